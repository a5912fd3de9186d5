//! Ratios that are absent with a reason, never 0, NaN or infinite.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::float;

/// Why a ratio or a result is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// There is nothing to divide by: nobody was there at the start.
    ZeroDenominator,
}

impl Reason {
    /// The published name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ZeroDenominator => "zero_denominator",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
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
            Self::Value(value) => write!(f, "{value}"),
            Self::Absent(reason) => write!(f, "absent ({reason})"),
        }
    }
}
