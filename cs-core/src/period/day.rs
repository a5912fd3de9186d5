//! Civil days.

use std::fmt;

use chrono::{Datelike as _, Months, NaiveDate};

use crate::error::{Code, Problem, quoted};

/// Days from the beginning of the common era to 1970-01-01.
const UNIX_EPOCH_FROM_CE: i32 = 719_163;

/// A civil date as a number of days since 1970-01-01.
///
/// Input lies between [`Day::MIN`] and [`Day::MAX`]; a boundary of a period may lie a little outside.
///
/// ```
/// use cs_core::Day;
/// let day: Day = "2020-01-31".parse()?;
/// assert_eq!(day.add_months(1), Some("2020-02-29".parse()?));
/// assert_eq!(day.add_months(2), Some("2020-03-31".parse()?));
/// # Ok::<(), cs_core::DayError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Day(pub(crate) i32);

/// Why a text is not a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DayError {
    /// Not of the form 2026-01-31, or no such day.
    #[error("not a date of the form 2026-01-31")]
    Invalid,
    /// Before 1900-01-01 or after 2200-12-31.
    #[error("a date outside 1900-01-01 to 2200-12-31")]
    OutOfRange,
}

impl DayError {
    /// The fault of the day `text`, not placed yet.
    pub(crate) fn problem(self, text: &str) -> Problem {
        let (code, what, help) = match self {
            Self::Invalid => (Code::InvalidDate, "is not a date", "write it like 2026-01-31"),
            Self::OutOfRange => (Code::DateOutOfRange, "is out of range", "dates run from 1900-01-01 to 2200-12-31"),
        };
        Problem::argument(code, "", format!("{} {what}", quoted(text))).value(text).help(help)
    }
}

impl Day {
    /// 1900-01-01.
    pub const MIN: Self = Self(-25_567);
    /// 2200-12-31.
    pub const MAX: Self = Self(84_370);
    /// After every day of the library: the end of what has no end.
    pub(crate) const NEVER: Self = Self(i32::MAX);

    /// The day so many days after 1970-01-01, if it lies within the library's range.
    #[must_use]
    pub fn from_unix_days(days: i64) -> Option<Self> {
        let day = Self(i32::try_from(days).ok()?);
        (Self::MIN..=Self::MAX).contains(&day).then_some(day)
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn unix_days(self) -> i32 {
        self.0
    }

    /// The civil date.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        // `NEVER` is the only day that the conversion refuses.
        self.0.checked_add(UNIX_EPOCH_FROM_CE).and_then(NaiveDate::from_num_days_from_ce_opt).unwrap_or(NaiveDate::MAX)
    }

    /// The same day of the month `months` later, or the last day of that month where it is shorter.
    ///
    /// Always counted from `self`: 31 January plus one month is 29 February 2020, plus two is 31 March.
    /// `None` after 2200-12-31.
    #[must_use]
    pub fn add_months(self, months: u32) -> Option<Self> {
        self.date().checked_add_months(Months::new(months)).and_then(|date| Self::try_from(date).ok())
    }

    /// A key in the order of days.
    #[inline]
    pub(crate) fn key(self) -> u32 {
        self.0 as u32 ^ 1 << 31
    }

    /// The day after it; that of [`Day::NEVER`] is itself.
    #[inline]
    pub(crate) fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The day before it.
    #[inline]
    pub(crate) fn previous(self) -> Self {
        if self == Self::NEVER { self } else { Self(self.0.saturating_sub(1)) }
    }

    /// The day so many days earlier, however early that is; that of [`Day::NEVER`] is itself.
    pub(crate) fn days_before(self, days: u32) -> Self {
        let earlier = i64::from(self.0) - i64::from(days);
        if self == Self::NEVER { self } else { Self(i32::try_from(earlier).unwrap_or(i32::MIN)) }
    }

    /// The day so many days later, and no later than the last of all; that of [`Day::NEVER`] is itself.
    pub(crate) fn days_later(self, days: u32) -> Self {
        Self(i32::try_from(i64::from(self.0) + i64::from(days)).unwrap_or(i32::MAX))
    }

    /// How many days it is after another.
    #[inline]
    pub(crate) fn days_after(self, other: Self) -> i64 {
        i64::from(self.0) - i64::from(other.0)
    }

    /// Of terms of one length from this day on, of which the first ends on `first`, the end of the first that ends after
    /// another day: whole months where the first has such, else days. None beyond all days.
    pub(crate) fn further_term(self, first: Self, after: Self) -> Option<Self> {
        let months = |until: Self| {
            let ([year, month], [from_year, from_month]) = (until.month_of(), self.month_of());
            u32::try_from((year - from_year) * 12 + month - from_month).unwrap_or_default()
        };
        let term = months(first);
        if term > 0 && self.add_months(term) == Some(first) {
            // The one that ends in the month of that day may end before or after it.
            let terms = (months(after) / term).max(1);
            return (terms..=terms + 1).filter_map(|count| self.add_months(count * term)).find(|&end| end > after);
        }
        let term = first.days_after(self).max(1);
        let end = i64::from(self.0) + (after.days_after(self).max(0) / term + 1) * term;
        i32::try_from(end).ok().map(Self).filter(|&end| end <= Self::MAX)
    }

    /// The most whole months after which this day is no later than another; none before it.
    #[cfg(feature = "rooms")]
    pub(crate) fn whole_months_until(self, other: Self) -> u32 {
        let ([year, month], [from_year, from_month]) = (other.month_of(), self.month_of());
        let months = u32::try_from((year - from_year) * 12 + month - from_month).unwrap_or_default();
        // The day of that month may come later than the other.
        let is_full = self.add_months(months).is_some_and(|day| day <= other);
        if is_full { months } else { months.saturating_sub(1) }
    }

    /// The year and the month.
    fn month_of(self) -> [i32; 2] {
        let date = self.date();
        [date.year(), date.month() as i32]
    }

    /// The same day of the month `months` earlier, however early that is: for boundaries that the library computed.
    pub(crate) fn months_before(self, months: u32) -> Self {
        self.date().checked_sub_months(Months::new(months)).map_or(Self::MIN, Self::of)
    }

    /// Unchecked against the library's range: for boundaries that the library computed.
    fn of(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce() - UNIX_EPOCH_FROM_CE)
    }

    /// A date that may be the boundary of a period at the edge of the range, within a year outside it, or of a window
    /// of up to a century that ends there.
    pub(crate) fn boundary(text: &str) -> Option<Self> {
        let day = Self::civil(text)?;
        (Self(Self::MIN.0 - 36_890)..=Self(Self::MAX.0 + 366)).contains(&day).then_some(day)
    }

    /// Exactly ten characters, `2026-01-31`, of any year.
    fn civil(text: &str) -> Option<Self> {
        let &[a, b, c, d, b'-', e, f, b'-', g, h] = text.as_bytes() else { return None };
        let number = |digits: &[u8]| {
            digits
                .iter()
                .try_fold(0_u32, |sum, &digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
        };
        Self::from_civil(number(&[a, b, c, d])? as i32, number(&[e, f])?, number(&[g, h])?)
    }

    pub(super) fn from_civil(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self::of)
    }
}

impl TryFrom<NaiveDate> for Day {
    type Error = DayError;

    fn try_from(date: NaiveDate) -> Result<Self, DayError> {
        let day = Self::of(date);
        if (Self::MIN..=Self::MAX).contains(&day) { Ok(day) } else { Err(DayError::OutOfRange) }
    }
}

impl std::str::FromStr for Day {
    type Err = DayError;

    /// Exactly ten characters, `2026-01-31`.
    fn from_str(text: &str) -> Result<Self, DayError> {
        let day = Self::civil(text).ok_or(DayError::Invalid)?;
        if (Self::MIN..=Self::MAX).contains(&day) { Ok(day) } else { Err(DayError::OutOfRange) }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date())
    }
}

/// A day among the arguments.
pub(crate) fn day_argument(name: &str, date: NaiveDate) -> Result<Day, Problem> {
    Day::try_from(date).map_err(|fault| fault.problem(&date.to_string()).in_argument(name))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap_or(Day::NEVER)
    }

    #[test]
    fn the_range_is_declared_once() {
        assert_eq!(Day::MIN.to_string(), "1900-01-01");
        assert_eq!(Day::MAX.to_string(), "2200-12-31");
        assert_eq!("1899-12-31".parse::<Day>(), Err(DayError::OutOfRange));
        assert_eq!("2201-01-01".parse::<Day>(), Err(DayError::OutOfRange));
        assert_eq!(Day::from_unix_days(i64::from(Day::MAX.0)), Some(Day::MAX));
        assert_eq!(Day::from_unix_days(i64::from(Day::MAX.0) + 1), None);
        assert_eq!(Day::from_unix_days(i64::from(Day::MIN.0) - 1), None);
        assert_eq!(day("1970-01-02").unix_days(), 1);
        for (text, is_boundary) in
            [("1798-12-30", false), ("1799-01-01", true), ("2201-12-31", true), ("2202-01-02", false)]
        {
            assert_eq!(Day::boundary(text).is_some(), is_boundary, "{text}");
        }
    }

    #[rstest]
    #[case("2026-1-31")]
    #[case("2026-02-29")]
    #[case("2026-01-31 ")]
    #[case("2026/01/31")]
    #[case("20260131")]
    #[case("+026-01-31")]
    #[case("2026-01-3x")]
    #[case("２０２６-01-31")]
    #[case("")]
    fn no_date(#[case] text: &str) {
        assert_eq!(text.parse::<Day>(), Err(DayError::Invalid));
    }

    #[test]
    fn months_are_added_to_the_anchor() {
        let anchor = day("2020-01-31");
        let days: Vec<String> = (0..4).map(|n| anchor.add_months(n).unwrap_or(Day::NEVER).to_string()).collect();
        assert_eq!(days, ["2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30"]);
        assert_eq!(Day::MAX.add_months(1), None);
        assert_eq!(anchor.add_months(u32::MAX), None);
    }

    #[rstest]
    #[case::of_months("2024-01-31", "2024-02-29", "2024-02-28", Some("2024-02-29"))]
    #[case::of_months("2024-01-31", "2024-02-29", "2024-02-29", Some("2024-03-31"))]
    #[case::of_months("2024-01-01", "2025-01-01", "2029-12-31", Some("2030-01-01"))]
    #[case::of_months("2024-01-01", "2025-01-01", "2030-01-01", Some("2031-01-01"))]
    #[case::of_days("2024-01-01", "2024-01-11", "2024-01-30", Some("2024-01-31"))]
    #[case::of_days("2024-01-01", "2024-01-11", "2024-01-31", Some("2024-02-10"))]
    #[case::beyond("2199-06-01", "2200-06-01", "2200-06-01", None)]
    #[case::beyond("2200-12-01", "2200-12-20", "2200-12-31", None)]
    fn further_terms(#[case] start: &str, #[case] first: &str, #[case] after: &str, #[case] next: Option<&str>) {
        assert_eq!(day(start).further_term(day(first), day(after)), next.map(day));
    }

    #[rstest]
    #[case::none("2024-01-31", "2024-02-28", 0)]
    #[case::clamped("2024-01-31", "2024-02-29", 1)]
    #[case::not_yet("2024-01-15", "2025-01-14", 11)]
    #[case::full("2024-01-15", "2025-01-15", 12)]
    #[case::before("2024-03-15", "2024-01-15", 0)]
    #[case::the_last("2199-12-31", "2200-12-31", 12)]
    fn whole_months(#[case] from: &str, #[case] until: &str, #[case] months: u32) {
        assert_eq!(day(from).whole_months_until(day(until)), months);
    }
}
