//! The day that the review looks from, and the months that it shows.

use chrono::{Datelike as _, Days, Months, NaiveDate};
use cs_core::{Day, Table, Values};

/// Months that a review shows.
const MONTHS: u32 = 12;

/// The day that a review looks from: its month is the last one shown.
pub(super) struct AsOf {
    day: NaiveDate,
    reason: &'static str,
}

impl AsOf {
    /// The day asked for, else the latest start of a contract; none without contracts.
    ///
    /// The latest start and not the latest end: ends may be agreed years ahead, and months that nobody has lived
    /// through would show churn where renewals are still to come.
    pub(super) fn of(contracts: &Table, observed_until: Option<NaiveDate>, asked: Option<Day>) -> Option<Self> {
        // What is signed and has not begun is no month that anybody lived through either.
        let is_past = |day: &Day| observed_until.is_none_or(|last| day.date() <= last);
        let latest = match contracts.column("start_date").map(|column| column.values()) {
            Some(Values::Date(days)) => {
                let starts = || days.iter().flatten();
                starts().filter(is_past).max().or_else(|| starts().max())
            }
            _ => None,
        };
        latest.map(|latest| match asked {
            Some(day) => Self { day: day.date(), reason: "as asked" },
            None => Self { day: latest.date(), reason: "the latest start of a contract" },
        })
    }

    pub(super) fn day(&self) -> NaiveDate {
        self.day
    }

    /// Why it is that day.
    pub(super) fn reason(&self) -> &'static str {
        self.reason
    }

    /// The first day of its month.
    pub(super) fn month(&self) -> NaiveDate {
        self.day.with_day(1).unwrap_or(self.day)
    }

    /// The days of its month and of the eleven before, end exclusive, as far as the library's calendar goes.
    pub(super) fn range(&self) -> (NaiveDate, NaiveDate) {
        let (first, last) = (Day::MIN.date(), Day::MAX.date());
        let month = self.month();
        let start = month.checked_sub_months(Months::new(MONTHS - 1)).unwrap_or(first);
        let end = month.checked_add_months(Months::new(1)).unwrap_or(last);
        // The last month is whole even so: a range is widened to whole periods.
        (start.max(first), end.min(last).max(first + Days::new(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_months_end_with_that_of_the_day() {
        let range = |day: &str| {
            let day = day.parse::<Day>().unwrap().date();
            let (start, end) = AsOf { day, reason: "" }.range();
            (start.to_string(), end.to_string())
        };
        let expected = |start: &str, end: &str| (start.to_owned(), end.to_owned());
        assert_eq!(range("2026-01-12"), expected("2025-02-01", "2026-02-01"));
        assert_eq!(range("2024-12-31"), expected("2024-01-01", "2025-01-01"));
        assert_eq!(range("2024-02-29"), expected("2023-03-01", "2024-03-01"));
        assert_eq!(range("1900-01-01"), expected("1900-01-01", "1900-02-01"));
        assert_eq!(range("2200-12-31"), expected("2200-01-01", "2200-12-31"));
    }
}
