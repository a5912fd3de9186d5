//! Ratios that are absent with a reason, never 0, NaN or infinite.

use std::fmt;

use crate::float;
use crate::word::words;

words! {
    /// Why a ratio or a result is absent.
    Reason {
        /// There is nothing to divide by: nobody was there at the start.
        ZeroDenominator,
        /// There is too little evidence for a score.
        InsufficientData,
        /// One of the two that are compared is absent.
        NothingToCompare,
        /// It was not measured, or too long ago.
        NotMeasured,
        /// There are no groups.
        NoGroups,
        /// The customer does not pay.
        NotPaying,
        /// Nobody knows it.
        NotKnown,
        /// It has not been reached.
        NotReached,
        /// What is added up has no end.
        NoEnd,
        /// It is counted in another unit.
        OtherUnit,
        /// It does not apply.
        NotApplicable,
    }
}

/// A quotient of two exact sums by one division, or the reason why there is none.
///
/// ```
/// use cs_core::{Ratio, Reason};
/// assert_eq!(Ratio::of(95, 100).value(), Some(0.95));
/// assert_eq!(Ratio::of(1, 0), Ratio::Absent(Reason::ZeroDenominator));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ratio {
    /// A finite number.
    Value(f64),
    /// No number, and why.
    Absent(Reason),
}

impl Ratio {
    /// `numerator / denominator` of two exact sums in the same unit.
    #[must_use]
    pub fn of(numerator: i128, denominator: i128) -> Self {
        float::quotient(numerator, denominator).map_or(Self::Absent(Reason::ZeroDenominator), Self::Value)
    }

    /// The ends of the Wilson interval, at 95%, of the share of `some` among `all`.
    ///
    /// With `n = all` and `z = 1.959963984540054` the lower end of `k` is `(2 k + z^2 - z sqrt(z^2 + 4 k (n - k) / n)) /
    /// (2 (n + z^2))`, and the upper end is 1 less the lower end of the others; both are absent where there are none at
    /// all, or fewer than some.
    ///
    /// ```
    /// use cs_core::Ratio;
    /// let (low, high) = Ratio::wilson(10, 200);
    /// assert_eq!((low.value(), high.value()), (Some(0.027382645600763925), Some(0.08957814813877596)));
    /// ```
    #[must_use]
    pub fn wilson(some: u64, all: u64) -> (Self, Self) {
        let ends =
            float::wilson(some, all).filter(|_| some <= all).map(|(low, high)| (Self::Value(low), Self::Value(high)));
        ends.unwrap_or((Self::Absent(Reason::ZeroDenominator), Self::Absent(Reason::ZeroDenominator)))
    }

    /// The number, if there is one.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent(_) => None,
        }
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => float::pad(f, *value),
            Self::Absent(reason) => write!(f, "absent ({reason})"),
        }
    }
}
