//! Shares that are exact: numbers of six decimals.

#[cfg(any(feature = "backtest", feature = "rooms"))]
use crate::error::Code;
use crate::error::Problem;
use crate::float;
use crate::json::Json;
use crate::money::parse_units;

/// Decimals of a share.
const DIGITS: u8 = 6;
/// As many millionths as a whole has.
pub(crate) const ONE: u32 = 1_000_000;

/// A number from 0 to `most` with at most 6 decimals, in millionths.
pub(crate) fn read_millionths(json: &Json, most: u32, refuse: impl Fn(String) -> Problem) -> Result<u32, Problem> {
    let expected = || refuse(format!("a number from 0 to {most} with at most {DIGITS} decimals"));
    let text = match json {
        Json::Integer(number) => number.to_string(),
        Json::Float(number) => float::canonical(*number).ok_or_else(expected)?,
        _ => return Err(expected()),
    };
    let millionths = parse_units(&text, DIGITS).ok().and_then(|units| u32::try_from(units).ok());
    millionths.filter(|&millionths| u64::from(millionths) <= u64::from(most) * u64::from(ONE)).ok_or_else(expected)
}

/// The share that an argument gives, in millionths.
#[cfg(any(feature = "backtest", feature = "rooms"))]
pub(crate) fn share_argument(name: &str, share: &Json) -> Result<u32, Problem> {
    read_millionths(share, 1, |expected| {
        let message = format!("{} stands where {expected} is expected", share.describe());
        Problem::argument(Code::InvalidArgument, name, message).value(&share.plain())
    })
}
