//! Civil days and the periods that reports are cut into.
//!
//! A [`Day`] has no clock and no zone. A [`Calendar`] cuts time into months, quarters or years, which may start in
//! any month of the year.

use std::fmt;

use chrono::{Datelike as _, Months, NaiveDate};

use crate::error::{Code, Problem, quoted};
use crate::word::words;

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

    fn from_civil(year: i32, month: u32, day: u32) -> Option<Self> {
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

words! {
    /// How long a period is.
    PeriodLength {
        /// A calendar month.
        Month,
        /// Three months.
        Quarter,
        /// Twelve months.
        Year,
    }
}

impl PeriodLength {
    /// In months.
    #[must_use]
    pub fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }
}

/// A month of the year, 1 to 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Month(u8);

impl Month {
    /// The month of a number from 1 to 12.
    #[must_use]
    pub fn new(number: u32) -> Option<Self> {
        u8::try_from(number).ok().filter(|number| (1..=12).contains(number)).map(Self)
    }

    /// 1 to 12.
    #[must_use]
    pub fn number(self) -> u32 {
        u32::from(self.0)
    }
}

/// January.
impl Default for Month {
    fn default() -> Self {
        Self(1)
    }
}

/// How time is cut into periods: months, quarters or years, from any month of the year.
///
/// Periods are numbered without gaps; the number is an index, not a name. [`Calendar::label`] gives the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    length: PeriodLength,
    fiscal_year_start: Month,
}

impl Calendar {
    /// Periods of `length`, with fiscal years that start in `fiscal_year_start`.
    #[must_use]
    pub fn new(length: PeriodLength, fiscal_year_start: Month) -> Self {
        Self { length, fiscal_year_start }
    }

    /// The number of the period that holds `day`.
    #[must_use]
    pub fn period_of(self, day: Day) -> i32 {
        let date = day.date();
        let months = date.year() * 12 + date.month0() as i32 - self.shift();
        months.div_euclid(self.length.months() as i32)
    }

    /// The first day of a period; the day before it is the last of the period before. `None` where there is no such
    /// day, thousands of years from here.
    #[must_use]
    pub fn first_day(self, period: i32) -> Option<Day> {
        let months = i64::from(period) * i64::from(self.length.months()) + i64::from(self.shift());
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) as u32 + 1);
        i32::try_from(year).ok().and_then(|year| Day::from_civil(year, month, 1))
    }

    /// The last day of the period that holds `day`.
    pub(crate) fn last_day(self, day: Day) -> Day {
        self.first_day(self.period_of(day) + 1).map_or(Day::NEVER, Day::previous)
    }

    /// The periods that hold the days from `start` to `end` (exclusive), widened to whole ones; `None` if there are none.
    #[must_use]
    pub fn periods(self, start: Day, end: Day) -> Option<Periods> {
        (start < end).then(|| {
            let last = self.period_of(Day(end.0 - 1));
            Periods { calendar: self, first: self.period_of(start), last }
        })
    }

    /// The name of a period: `2026-01`, `2026 Q1`, `2026`, or with `FY` where fiscal years are not calendar years.
    ///
    /// A fiscal year is named after the calendar year that it starts in.
    #[must_use]
    pub fn label(self, period: i32) -> String {
        let date = self.first_day(period).unwrap_or(Day::NEVER).date();
        let into_year = date.month0() as i32 - self.fiscal_year_start.number() as i32 + 1;
        let year = if into_year < 0 { date.year() - 1 } else { date.year() };
        let fiscal = if self.fiscal_year_start.number() == 1 { "" } else { "FY" };
        match self.length {
            PeriodLength::Month => format!("{}-{:02}", date.year(), date.month()),
            PeriodLength::Quarter => format!("{fiscal}{year} Q{}", into_year.rem_euclid(12) / 3 + 1),
            PeriodLength::Year => format!("{fiscal}{year}"),
        }
    }

    /// Months by which periods are shifted against those that start in January.
    fn shift(self) -> i32 {
        ((self.fiscal_year_start.number() - 1) % self.length.months()) as i32
    }
}

/// A run of whole periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Periods {
    calendar: Calendar,
    first: i32,
    last: i32,
}

impl Periods {
    /// How many there are; at least one.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a run of periods is never empty")]
    pub fn len(self) -> usize {
        (self.last - self.first + 1) as usize
    }

    /// The first day of the `position`th period, from 0; that of the period after the last is [`Periods::end`]. `None`
    /// for any later one.
    #[must_use]
    pub fn first_day(self, position: usize) -> Option<Day> {
        (position <= self.len()).then(|| self.day(position))
    }

    /// The same of a position that is not behind the end.
    pub(crate) fn day(self, position: usize) -> Day {
        self.calendar.first_day(self.first + position as i32).unwrap_or(Day::NEVER)
    }

    /// The first day of all.
    #[must_use]
    pub fn start(self) -> Day {
        self.day(0)
    }

    /// The day after the last.
    #[must_use]
    pub fn end(self) -> Day {
        self.day(self.len())
    }

    /// The first so many of them; none for no period.
    pub(crate) fn first(self, count: usize) -> Option<Self> {
        let last = self.last.min(self.first + count as i32 - 1);
        (count > 0).then_some(Self { last, ..self })
    }

    /// The position of the period that each day of the run lies in.
    pub(crate) fn positions(self) -> Vec<u32> {
        (0..self.len())
            .flat_map(|position| {
                let days = self.day(position + 1).0 - self.day(position).0;
                std::iter::repeat_n(position as u32, days as usize)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap_or(Day::NEVER)
    }

    fn calendar(length: PeriodLength, start: u32) -> Calendar {
        Calendar::new(length, Month::new(start).unwrap_or_default())
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
    #[case(PeriodLength::Month, 1, "2026-03-31", "2026-03-01", "2026-04-01", "2026-03")]
    #[case(PeriodLength::Month, 4, "2026-01-31", "2026-01-01", "2026-02-01", "2026-01")]
    #[case(PeriodLength::Quarter, 1, "2026-03-31", "2026-01-01", "2026-04-01", "2026 Q1")]
    #[case(PeriodLength::Quarter, 4, "2026-03-31", "2026-01-01", "2026-04-01", "FY2025 Q4")]
    #[case(PeriodLength::Quarter, 2, "2026-01-31", "2025-11-01", "2026-02-01", "FY2025 Q4")]
    #[case(PeriodLength::Quarter, 12, "2026-11-30", "2026-09-01", "2026-12-01", "FY2025 Q4")]
    #[case(PeriodLength::Year, 1, "2026-12-31", "2026-01-01", "2027-01-01", "2026")]
    #[case(PeriodLength::Year, 4, "2026-03-31", "2025-04-01", "2026-04-01", "FY2025")]
    #[case(PeriodLength::Year, 4, "2026-04-01", "2026-04-01", "2027-04-01", "FY2026")]
    #[case(PeriodLength::Year, 12, "1900-01-01", "1899-12-01", "1900-12-01", "FY1899")]
    #[case(PeriodLength::Quarter, 1, "1969-12-31", "1969-10-01", "1970-01-01", "1969 Q4")]
    fn periods_hold_their_days(
        #[case] length: PeriodLength,
        #[case] start: u32,
        #[case] inside: &str,
        #[case] first: &str,
        #[case] next: &str,
        #[case] label: &str,
    ) {
        let calendar = calendar(length, start);
        let period = calendar.period_of(day(inside));
        let first_day = |period| calendar.first_day(period).map(|day| day.to_string());
        assert_eq!(first_day(period).as_deref(), Some(first));
        assert_eq!(first_day(period + 1).as_deref(), Some(next));
        assert_eq!((calendar.first_day(i32::MAX), calendar.first_day(i32::MIN)), (None, None));
        assert_eq!(calendar.label(period), label);
    }

    #[test]
    fn a_range_is_widened_to_whole_periods() {
        let months = calendar(PeriodLength::Month, 1);
        let periods = months.periods(day("2026-01-31"), day("2026-03-01"));
        assert_eq!(periods.map(Periods::len), Some(2));
        assert_eq!(periods.map(|p| (p.start(), p.end())), Some((day("2026-01-01"), day("2026-03-01"))));
        assert_eq!(
            periods.map(|p| [2, 3, usize::MAX].map(|at| p.first_day(at))),
            Some([Some(day("2026-03-01")), None, None])
        );
        assert_eq!(months.periods(day("2026-01-31"), day("2026-03-02")).map(Periods::len), Some(3));
        assert_eq!(months.periods(day("2026-01-31"), day("2026-01-31")), None);
        let positions = periods.map(Periods::positions).unwrap_or_default();
        assert_eq!((positions.len(), positions.first(), positions.last()), (59, Some(&0), Some(&1)));
        assert_eq!(positions.iter().filter(|&&p| p == 0).count(), 31);
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
}
