//! Facts as they were known at the close of a day.

use std::ops::Range;

use super::facts::{Facts, OfCustomers};
use super::schema::RECORDED_ON;
use crate::period::Day;
use crate::table::{Cell, Nullable, Texts, Values};

/// The column that most tables of facts begin with.
const CUSTOMER_ID: &str = "customer_id";

/// Fewer rows are looked at one by one, and not looked for by their days.
const FEW: usize = if cfg!(test) { 2 } else { 8 };

/// The first of some places for which something does not hold; it holds for all before that.
fn partition(places: Range<usize>, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (places.start, places.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// A table of facts as it was known at the close of a day.
#[derive(Clone, Copy)]
pub(crate) struct KnownFacts<'a> {
    facts: &'a Facts,
    of_customers: &'a OfCustomers,
    on: Day,
    recorded: Option<&'a Nullable<Day>>,
    from: Option<&'a Nullable<Day>>,
}

/// A column of facts, with the days from which its cells are known.
#[derive(Clone, Copy)]
pub(crate) struct KnownColumn<'a, V> {
    values: &'a V,
    since: Option<&'a Nullable<Day>>,
    on: Day,
}

impl<'a> KnownFacts<'a> {
    pub(crate) fn of(facts: &'a Facts, on: Day) -> Self {
        let from = facts.spec.known.from.and_then(|name| facts.days(name));
        Self { facts, of_customers: facts.of_customers(), on, recorded: facts.days(RECORDED_ON), from }
    }

    /// How many rows there are, known or not.
    pub(crate) fn rows(&self) -> usize {
        self.facts.rows()
    }

    /// Whether a row was known.
    #[inline]
    pub(crate) fn knows(&self, row: usize) -> bool {
        let day = |days: Option<&Nullable<Day>>| days.and_then(|days| days.get(row));
        // A row without a day is timeless.
        day(self.recorded).or_else(|| day(self.from)).is_none_or(|day| day <= self.on)
    }

    /// Whether any row was known by the close of a day that is no later.
    pub(crate) fn is_kept_by(&self, day: Day) -> bool {
        let then = Self { on: self.on.min(day), ..*self };
        (0..self.rows()).any(|row| then.knows(row))
    }

    /// The day on which a row was recorded, if that is told.
    pub(crate) fn recorded(&self, row: usize) -> Option<Day> {
        self.recorded.and_then(|days| days.get(row))
    }

    /// The places of a customer's rows, in the order of the table.
    pub(crate) fn places(&self, customer: u32) -> Range<usize> {
        self.of_customers.places(customer)
    }

    /// Those with one text in the column behind the customer, by its position among all; none where the rows of a text do
    /// not stand together.
    #[inline]
    pub(crate) fn places_of(&self, customer: u32, text: u32) -> Range<usize> {
        self.of_customers.places_of(customer, text)
    }

    /// Whether a customer's rows of one text in the column behind it stand together.
    pub(crate) fn has_runs(&self) -> bool {
        self.of_customers.has_runs()
    }

    /// Whether a customer's rows, or those of one text in the column behind it, are in the order of a column of days.
    pub(crate) fn are_by_day(&self, days: &str, of_text: bool) -> bool {
        let name = |position: usize| self.facts.spec.columns.get(position).map(|column| column.name);
        name(0) == Some(CUSTOMER_ID) && name(if of_text { 2 } else { 1 }) == Some(days)
    }

    /// Of places in the order of a column of days those after one day, if there is one, up to another; those of a few are not
    /// looked for.
    pub(crate) fn within(
        &self,
        places: Range<usize>,
        days: &KnownColumn<'_, Nullable<Day>>,
        before: Option<Day>,
        end: Day,
    ) -> Range<usize> {
        if places.len() < FEW {
            return places;
        }
        let day = |place: usize| days.get(self.row(place)).unwrap_or(Day::NEVER);
        let start = partition(places.clone(), |place| before.is_some_and(|before| day(place) <= before));
        start..partition(start..places.end, |place| day(place) <= end)
    }

    /// The row at a place.
    #[inline]
    pub(crate) fn row(&self, place: usize) -> usize {
        self.of_customers.row(place)
    }

    pub(crate) fn days(&self, name: &str) -> Option<KnownColumn<'a, Nullable<Day>>> {
        self.column(name, Values::days)
    }

    pub(crate) fn numbers(&self, name: &str) -> Option<KnownColumn<'a, Nullable<f64>>> {
        self.column(name, Values::ratios)
    }

    pub(crate) fn counts(&self, name: &str) -> Option<KnownColumn<'a, Nullable<u64>>> {
        self.column(name, Values::counts)
    }

    pub(crate) fn flags(&self, name: &str) -> Option<KnownColumn<'a, Nullable<bool>>> {
        self.column(name, Values::flags)
    }

    pub(crate) fn texts(&self, name: &str) -> Option<KnownColumn<'a, Texts>> {
        self.column(name, Values::texts)
    }

    /// A column of any kind.
    pub(crate) fn cells(&self, name: &str) -> Option<KnownColumn<'a, Values>> {
        self.column(name, Some)
    }

    /// A column that was given and is of a kind.
    fn column<V>(&self, name: &str, of_kind: fn(&'a Values) -> Option<&'a V>) -> Option<KnownColumn<'a, V>> {
        let values = self.facts.values(name).and_then(of_kind)?;
        let later = self.facts.spec.known.later.iter().find(|later| later.day == name || later.with.contains(&name));
        Some(KnownColumn { values, since: later.and_then(|later| self.facts.days(later.day)), on: self.on })
    }
}

impl<'a, V> KnownColumn<'a, V> {
    /// Whether the cell of a row that is known was known.
    #[inline]
    fn knows(&self, row: usize) -> bool {
        self.since.and_then(|days| days.get(row)).is_none_or(|day| day <= self.on)
    }
}

impl<V> KnownColumn<'_, V> {
    /// Whether no cell is known later than its row.
    pub(crate) fn is_known_with_the_row(&self) -> bool {
        self.since.is_none()
    }
}

impl KnownColumn<'_, Values> {
    /// Whether there is a value, and not false.
    #[inline]
    pub(crate) fn is_there(&self, row: usize) -> bool {
        !matches!(self.values.cell(row), Cell::Absent | Cell::Flag(false)) && self.knows(row)
    }

    /// Whether there is none.
    #[inline]
    pub(crate) fn is_absent(&self, row: usize) -> bool {
        self.values.cell(row) == Cell::Absent || !self.knows(row)
    }
}

impl<T: Copy + Default> KnownColumn<'_, Nullable<T>> {
    #[inline]
    pub(crate) fn get(&self, row: usize) -> Option<T> {
        self.values.get(row).filter(|_| self.knows(row))
    }
}

impl<'a> KnownColumn<'a, Texts> {
    /// The text's position among all of the column.
    #[inline]
    pub(crate) fn code(&self, row: usize) -> Option<u32> {
        self.values.code(row).filter(|_| self.knows(row))
    }

    #[cfg(feature = "rooms")]
    pub(crate) fn get(&self, row: usize) -> Option<&'a str> {
        self.values.get(row).filter(|_| self.knows(row))
    }

    /// The positions of some texts that the column has.
    pub(crate) fn positions(&self, is_one: impl Fn(&str) -> bool) -> Vec<bool> {
        self.values.pool().iter().map(is_one).collect()
    }
}
