//! Civil days and the periods that reports are cut into.
//!
//! A [`Day`] has no clock and no zone. A [`Calendar`] cuts time into months, quarters or years, which may start in
//! any month of the year.

mod day;
#[cfg(feature = "rooms")]
mod trailing;

pub(crate) use day::day_argument;
pub use day::{Day, DayError};
#[cfg(feature = "rooms")]
pub(crate) use trailing::Trailing;

use chrono::Datelike as _;

use crate::word::words;

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
}
