//! Points of scores: exact, in millionths.

use std::num::NonZeroU32;

use crate::json::Json;
pub(super) use crate::query::{ONE, read_millionths};

/// From 0 to 100 points: 1 more than their millionths, so that none of them takes no room of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Points(NonZeroU32);

impl Default for Points {
    fn default() -> Self {
        Self::WORST
    }
}

impl Points {
    pub(super) const NEUTRAL: Self = Self(NonZeroU32::MIN.saturating_add(50 * ONE));
    pub(super) const WORST: Self = Self(NonZeroU32::MIN);
    pub(super) const BEST: Self = Self(NonZeroU32::MIN.saturating_add(100 * ONE));

    /// So many millionths, of which there are no more than of the best.
    #[inline]
    pub(super) fn of_millionths(millionths: i64) -> Self {
        let most = i64::from(Self::BEST.millionths());
        // No more than of the best, which fits.
        Self(NonZeroU32::MIN.saturating_add(millionths.clamp(0, most) as u32))
    }

    /// So many millionths if there are any, without a look whether they are more than those of the best.
    #[inline]
    pub(super) fn some_if(is_there: bool, millionths: u32) -> Option<Self> {
        NonZeroU32::new(if is_there { millionths.wrapping_add(1) } else { 0 }).map(Self)
    }

    #[inline]
    pub(super) const fn millionths(self) -> u32 {
        self.0.get() - 1
    }

    /// How many millionths more than others.
    #[inline]
    pub(super) fn less(self, others: Self) -> i32 {
        // No points have more millionths than fit: nothing wraps, and is not asked whether it does.
        (self.millionths() as i32).wrapping_sub(others.millionths() as i32)
    }

    /// As a number of points.
    #[inline]
    pub(super) fn number(self) -> f64 {
        number(self.millionths())
    }

    pub(super) fn to_json(self) -> Json {
        share_to_json(self.millionths())
    }
}

/// Millionths of points as a number of points.
#[inline]
pub(super) fn number(millionths: impl Into<f64>) -> f64 {
    // The quotient of two exact numbers, rounded once.
    millionths.into() / f64::from(ONE)
}

/// Millionths as the number that they were read from.
pub(super) fn share_to_json(millionths: u32) -> Json {
    match millionths % ONE {
        0 => Json::Integer(i64::from(millionths / ONE)),
        _ => Json::Float(number(millionths)),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{Points, number, read_millionths, share_to_json};
    use crate::error::{Code, Problem};
    use crate::json::Json;

    fn read(json: &str, most: u32) -> Result<u32, String> {
        let refuse = |expected: String| Problem::argument(Code::InvalidScorecard, "here", expected);
        read_millionths(&Json::parse(json).unwrap(), most, refuse).map_err(|problem| problem.message)
    }

    #[rstest]
    #[case(-1, 0)]
    #[case(i64::MIN, 0)]
    #[case(0, 0)]
    #[case(1, 1)]
    #[case(99_999_999, 99_999_999)]
    #[case(100_000_000, 100_000_000)]
    #[case(100_000_001, 100_000_000)]
    #[case(1 << 32, 100_000_000)]
    #[case(i64::MAX, 100_000_000)]
    fn points_lie_from_0_to_100(#[case] millionths: i64, #[case] expected: u32) {
        assert_eq!(Points::of_millionths(millionths).millionths(), expected);
    }

    #[test]
    fn the_worst_the_middle_and_the_best_are_what_they_say() {
        assert_eq!([Points::WORST, Points::NEUTRAL, Points::BEST].map(Points::number), [0.0, 50.0, 100.0]);
        assert_eq!(Points::default(), Points::WORST);
        assert_eq!(Points::NEUTRAL.less(Points::BEST), -50_000_000);
    }

    #[rstest]
    #[case(1, 0.000_001)]
    #[case(-1_500_000, -1.5)]
    #[case(99_999_999, 99.999_999)]
    fn millionths_are_the_nearest_number(#[case] millionths: i32, #[case] expected: f64) {
        assert_eq!(number(millionths), expected);
    }

    #[rstest]
    #[case("0", 1, 0)]
    #[case("-0", 1, 0)]
    #[case("-0.0", 1, 0)]
    #[case("0.000001", 1, 1)]
    #[case("1e-6", 1, 1)]
    #[case("0.5", 1, 500_000)]
    #[case("1", 1, 1_000_000)]
    #[case("1.0", 1, 1_000_000)]
    #[case("33.333333", 100, 33_333_333)]
    #[case("99.999999", 100, 99_999_999)]
    #[case("1e2", 100, 100_000_000)]
    fn numbers_are_read_exactly(#[case] json: &str, #[case] most: u32, #[case] expected: u32) {
        assert_eq!(read(json, most), Ok(expected));
    }

    #[rstest]
    #[case("-1", 1)]
    #[case("-0.000001", 1)]
    #[case("1.000001", 1)]
    #[case("2", 1)]
    #[case("100.000001", 100)]
    #[case("0.0000001", 1)]
    #[case("0.1234567", 1)]
    #[case("5000", 100)]
    #[case("9223372036854775807", 100)]
    #[case("1e300", 100)]
    #[case("\"1\"", 1)]
    #[case("true", 1)]
    #[case("null", 1)]
    #[case("[1]", 1)]
    fn others_are_refused(#[case] json: &str, #[case] most: u32) {
        assert_eq!(read(json, most), Err(format!("a number from 0 to {most} with at most 6 decimals")));
    }

    #[rstest]
    #[case(0, "0")]
    #[case(1, "0.000001")]
    #[case(500_000, "0.5")]
    #[case(999_999, "0.999999")]
    #[case(1_000_000, "1")]
    #[case(1_000_001, "1.000001")]
    #[case(75_000_000, "75")]
    fn millionths_are_written_as_they_are_read(#[case] millionths: u32, #[case] expected: &str) {
        assert_eq!(share_to_json(millionths).to_string(), expected);
        assert_eq!(Points::of_millionths(millionths.into()).to_json().to_string(), expected);
        assert_eq!(read(expected, 100), Ok(millionths));
    }
}
