//! Points of scores: exact, in millionths.

use crate::error::Problem;
use crate::float;
use crate::json::Json;
use crate::money::parse_units;

/// From 0 to 100 points, in millionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Points(u32);

/// Decimals of points, and of shares.
const DIGITS: u8 = 6;

/// One, in millionths.
pub(super) const ONE: u32 = 1_000_000;

impl Points {
    pub(super) const NEUTRAL: Self = Self(50 * ONE);
    pub(super) const WORST: Self = Self(0);
    pub(super) const BEST: Self = Self(100 * ONE);

    /// So many millionths, of which there are no more than of the best.
    pub(super) fn of_millionths(millionths: i64) -> Self {
        Self(u32::try_from(millionths.max(0)).unwrap_or(u32::MAX).min(Self::BEST.0))
    }

    pub(super) fn millionths(self) -> u32 {
        self.0
    }

    /// As a number of points.
    pub(super) fn number(self) -> f64 {
        number(i64::from(self.0))
    }

    pub(super) fn to_json(self) -> Json {
        share_to_json(self.0)
    }
}

/// Millionths of points as a number of points.
pub(super) fn number(millionths: i64) -> f64 {
    // The quotient of two exact numbers, rounded once.
    millionths as f64 / f64::from(ONE)
}

/// A number from 0 to `most` with at most 6 decimals, in millionths.
pub(super) fn read_millionths(json: &Json, most: u32, refuse: impl Fn(String) -> Problem) -> Result<u32, Problem> {
    let expected = || refuse(format!("a number from 0 to {most} with at most {DIGITS} decimals"));
    let text = match json {
        Json::Integer(number) => number.to_string(),
        Json::Float(number) => float::canonical(*number).ok_or_else(expected)?,
        _ => return Err(expected()),
    };
    let millionths = parse_units(&text, DIGITS).ok().and_then(|units| u32::try_from(units).ok());
    millionths.filter(|&millionths| u64::from(millionths) <= u64::from(most) * u64::from(ONE)).ok_or_else(expected)
}

/// Millionths as the number that they were read from.
pub(super) fn share_to_json(millionths: u32) -> Json {
    match millionths % ONE {
        0 => Json::Integer(i64::from(millionths / ONE)),
        _ => Json::Float(number(i64::from(millionths))),
    }
}
