//! Ratios that are absent with a reason, never 0, NaN or infinite.

use std::fmt;

use crate::float;
use crate::word::words;

words! {
    /// Why a ratio or a result is absent.
    Reason {
        /// There is nothing to divide by: nobody was there at the start.
        ZeroDenominator,
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
