//! What a book is drawn by.

use super::dice::{Dice, Subject, later, months_later};
use super::fault::PlantedFault;
use crate::currency::Currency;
use crate::period::Day;
use crate::table::Cell;

/// The first day of a synthetic book.
const START: Day = Day(19_358);
/// How much of a month's usual new business comes in each calendar month, in hundredths.
const SEASON: [u64; 12] = [95, 100, 125, 105, 95, 100, 85, 60, 110, 105, 110, 130];

/// What a book is drawn by.
#[derive(Debug)]
pub(super) struct Recipe {
    pub(super) customers: u32,
    pub(super) months: u32,
    seed: u64,
    pub(super) currency: Currency,
    pub(super) fault: Option<PlantedFault>,
    pub(super) start: Day,
    /// The first day that the book does not tell of.
    pub(super) end: Day,
    /// How many customers come in each month, relative to each other.
    arrivals: Vec<u64>,
}

impl Recipe {
    pub(super) fn of(customers: u32, months: u32, seed: u64, currency: Currency, fault: Option<PlantedFault>) -> Self {
        let end = months_later(START, months);
        Self { customers, months, seed, currency, fault, start: START, end, arrivals: arrivals(months) }
    }

    /// The draws of one subject of one customer.
    pub(super) fn dice(&self, number: u32, subject: Subject) -> Dice {
        Dice::of(self.seed, number.into(), subject)
    }

    /// A day on which a customer comes: a working day, as far as the book reaches.
    pub(super) fn arrival(&self, dice: &mut Dice) -> Day {
        let month = dice.weighted(self.arrivals.iter().copied()) as u32;
        let first = months_later(self.start, month);
        let days = months_later(self.start, month + 1).days_after(first);
        let day = dice.days_after(first, 0, days - 1);
        // 1970-01-01 was a Thursday.
        let weekday = (day.0 + 3).rem_euclid(7);
        if weekday > 4 { later(day, i64::from(7 - weekday)).min(later(self.end, -1)) } else { day }
    }

    /// Whole units of a currency like the dollar, in the smallest unit of the book's.
    pub(super) fn units(&self, whole: i64) -> i64 {
        match self.currency.digits() {
            0 => whole * 100,
            digits => whole * 10_i64.pow(digits.into()),
        }
    }

    pub(super) fn money(&self, units: i64) -> Cell<'static> {
        Cell::Money { units: units.into(), digits: self.currency.digits() }
    }

    /// A day, unless it lies beyond the book.
    pub(super) fn seen(&self, day: Day) -> Cell<'static> {
        if day < self.end { Cell::Date(day) } else { Cell::Absent }
    }
}

/// How many customers come in each month, relative to each other: a company that grows, with its seasons.
///
/// In the first month come also those who had been customers before the book begins.
fn arrivals(months: u32) -> Vec<u64> {
    let of_month = |month: u32| {
        let season = SEASON.get((month % 12) as usize).copied().unwrap_or(100);
        let earlier = if month == 0 { 5 } else { 1 };
        (24 + u64::from(month)) * season * earlier
    };
    (0..months).map(of_month).collect()
}
