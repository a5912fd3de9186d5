//! Typed columns, close to Arrow's: values end to end, absence beside them.

use std::fmt;
use std::sync::Arc;

use super::lists::{TextList, TextLists};
use super::nullable::Nullable;
use crate::float;
use crate::interner::Interner;
use crate::money::pad_amount;
use crate::parts::{ROWS_A_PART, of_each};
use crate::period::Day;
use crate::text::{ABSENT, TextPool};
use crate::word::words;

words! {
    /// The scalar kinds of the library's tables.
    Kind {
        /// Exact amounts.
        Money,
        /// Whole numbers from 0.
        Count,
        /// Finite floats.
        Ratio,
        /// Civil days.
        Date,
        /// Strings.
        Text,
        /// Lists of strings.
        TextList,
        /// True or false.
        Flag,
    }
}

/// A name and its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub(super) name: String,
    pub(super) values: Values,
}

impl Column {
    pub(crate) fn new(name: impl Into<String>, values: Values) -> Self {
        Self { name: name.into(), values }
    }

    /// The name and the values.
    pub(crate) fn into_parts(self) -> (String, Values) {
        (self.name, self.values)
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The values.
    #[must_use]
    pub fn values(&self) -> &Values {
        &self.values
    }
}

/// The values of a column.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Values {
    /// Counts of 10^-`digits` of the table's currency.
    Money {
        /// The counts.
        units: Nullable<i128>,
        /// Decimals of every amount of the column.
        digits: u8,
    },
    /// Whole numbers from 0.
    Count(Nullable<u64>),
    /// Finite floats.
    Ratio(Nullable<f64>),
    /// Days.
    Date(Nullable<Day>),
    /// Strings.
    Text(Texts),
    /// Lists of strings.
    TextList(TextLists),
    /// True or false.
    Flag(Nullable<bool>),
}

impl Values {
    /// What the values are.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Money { .. } => Kind::Money,
            Self::Count(_) => Kind::Count,
            Self::Ratio(_) => Kind::Ratio,
            Self::Date(_) => Kind::Date,
            Self::Text(_) => Kind::Text,
            Self::TextList(_) => Kind::TextList,
            Self::Flag(_) => Kind::Flag,
        }
    }

    /// How many there are, absent ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Money { units, .. } => units.len(),
            Self::Count(values) => values.len(),
            Self::Ratio(values) => values.len(),
            Self::Date(values) => values.len(),
            Self::Text(values) => values.len(),
            Self::TextList(values) => values.len(),
            Self::Flag(values) => values.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The days, of a column of days.
    pub(crate) fn days(&self) -> Option<&Nullable<Day>> {
        if let Self::Date(days) = self { Some(days) } else { None }
    }

    /// The numbers, of a column of ratios.
    pub(crate) fn ratios(&self) -> Option<&Nullable<f64>> {
        if let Self::Ratio(ratios) = self { Some(ratios) } else { None }
    }

    /// The counts, of a column of counts.
    pub(crate) fn counts(&self) -> Option<&Nullable<u64>> {
        if let Self::Count(counts) = self { Some(counts) } else { None }
    }

    /// The flags, of a column of flags.
    pub(crate) fn flags(&self) -> Option<&Nullable<bool>> {
        if let Self::Flag(flags) = self { Some(flags) } else { None }
    }

    /// The counts of the smallest unit, of a column of amounts.
    pub(crate) fn amounts(&self) -> Option<&Nullable<i128>> {
        if let Self::Money { units, .. } = self { Some(units) } else { None }
    }

    /// The strings, of a column of them.
    pub(crate) fn texts(&self) -> Option<&Texts> {
        if let Self::Text(texts) = self { Some(texts) } else { None }
    }

    /// The values of these rows, in their order.
    pub(crate) fn take(&self, rows: &[u32]) -> Self {
        match self {
            Self::Money { units, digits } => Self::Money { units: units.take(rows), digits: *digits },
            Self::Count(values) => Self::Count(values.take(rows)),
            Self::Ratio(values) => Self::Ratio(values.take(rows)),
            Self::Date(values) => Self::Date(values.take(rows)),
            Self::Text(texts) => Self::Text(texts.take(rows)),
            Self::TextList(lists) => Self::TextList(rows.iter().map(|&row| lists.get(row as usize)).collect()),
            Self::Flag(values) => Self::Flag(values.take(rows)),
        }
    }

    /// The values of one column after another, all of the kind of the first.
    pub(crate) fn chained(all: &[&Self]) -> Self {
        macro_rules! chained {
            ($variant:ident) => {
                all.iter()
                    .filter_map(|values| if let Self::$variant(values) = values { Some(values) } else { None })
                    .flat_map(|values| values.iter())
                    .collect()
            };
        }
        match all.first() {
            Some(Self::Money { digits, .. }) => {
                let units = all.iter().filter_map(|values| values.amounts()).flat_map(Nullable::iter).collect();
                Self::Money { units, digits: *digits }
            }
            Some(Self::Ratio(_)) => Self::Ratio(chained!(Ratio)),
            Some(Self::Date(_)) => Self::Date(chained!(Date)),
            Some(Self::Text(_)) => Self::Text(chained!(Text)),
            Some(Self::TextList(_)) => Self::TextList(chained!(TextList)),
            Some(Self::Flag(_)) => Self::Flag(chained!(Flag)),
            Some(Self::Count(_)) | None => Self::Count(chained!(Count)),
        }
    }

    /// One value; absent beyond the last.
    #[must_use]
    pub fn cell(&self, row: usize) -> Cell<'_> {
        let cell = match self {
            Self::Money { units, digits } => units.get(row).map(|units| Cell::Money { units, digits: *digits }),
            Self::Count(values) => values.get(row).map(Cell::Count),
            Self::Ratio(values) => values.get(row).map(Cell::Ratio),
            Self::Date(values) => values.get(row).map(Cell::Date),
            Self::Text(values) => values.get(row).map(Cell::Text),
            Self::TextList(values) => values.get(row).map(Cell::TextList),
            Self::Flag(values) => values.get(row).map(Cell::Flag),
        };
        cell.unwrap_or(Cell::Absent)
    }
}

/// One value of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Cell<'a> {
    /// Nothing.
    Absent,
    /// An exact amount: a count of 10^-`digits`.
    Money {
        /// The count.
        units: i128,
        /// Its decimals.
        digits: u8,
    },
    /// A whole number.
    Count(u64),
    /// A finite float.
    Ratio(f64),
    /// A day.
    Date(Day),
    /// A string.
    Text(&'a str),
    /// A list of strings.
    TextList(TextList<'a>),
    /// True or false.
    Flag(bool),
}

/// As a person reads it; empty where absent.
impl fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => Ok(()),
            Self::Money { units, digits } => pad_amount(f, *units, *digits),
            Self::Count(count) => fmt::Display::fmt(count, f),
            Self::Ratio(ratio) => float::pad(f, *ratio),
            Self::Date(day) => f.pad(&day.to_string()),
            Self::Text(text) => f.pad(text),
            Self::TextList(list) => f.pad(&list.iter().collect::<Vec<_>>().join(", ")),
            Self::Flag(flag) => fmt::Display::fmt(flag, f),
        }
    }
}

/// Strings, each stored once.
#[derive(Clone, Default)]
pub struct Texts {
    codes: Vec<u32>,
    pool: Arc<TextPool>,
}

impl Texts {
    /// Positions in a pool, [`ABSENT`] for absent.
    pub(crate) fn new(codes: Vec<u32>, pool: Arc<TextPool>) -> Self {
        Self { codes, pool }
    }

    pub(crate) fn into_parts(self) -> (Vec<u32>, Arc<TextPool>) {
        (self.codes, self.pool)
    }

    pub(crate) fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// The position of one string in the pool; none of an absent one.
    #[inline]
    pub(crate) fn code(&self, row: usize) -> Option<u32> {
        self.codes.get(row).copied().filter(|&code| self.pool.find(code).is_some())
    }

    pub(crate) fn pool(&self) -> &Arc<TextPool> {
        &self.pool
    }

    /// The strings of these rows, in their order.
    pub(crate) fn take(&self, rows: &[u32]) -> Self {
        let code = |position: usize| rows.get(position).and_then(|&row| self.codes.get(row as usize)).copied();
        let codes = of_each(rows.len(), ROWS_A_PART, |position| code(position).unwrap_or(ABSENT));
        Self { codes, pool: Arc::clone(&self.pool) }
    }

    /// How many there are, absent ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// One string.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        self.codes.get(row).and_then(|&code| self.pool.find(code))
    }

    /// All of them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<&str>> {
        self.codes.iter().map(|&code| self.pool.find(code))
    }
}

impl<'a> FromIterator<Option<&'a str>> for Texts {
    fn from_iter<I: IntoIterator<Item = Option<&'a str>>>(items: I) -> Self {
        let mut interner = Interner::default();
        let codes = items.into_iter().map(|item| item.map_or(ABSENT, |text| interner.intern(text))).collect();
        Self { codes, pool: Arc::new(interner.into_pool()) }
    }
}

/// Equal strings, whatever pool they are in.
impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_end_to_end_whichever_are_absent() {
        let (full, holed) = ([Some(1), Some(2)], [None, Some(3)]);
        for (one, other) in [(full, full), (full, holed), (holed, full), (holed, holed)] {
            let mut values: Nullable<u64> = one.into_iter().collect();
            values.append(other.into_iter().collect());
            assert!(values.iter().eq(one.into_iter().chain(other)));
            assert_eq!(values.present().is_some(), [one, other].contains(&holed));
            let mut values = Nullable::default();
            values.append(other.into_iter().collect());
            assert!(values.iter().eq(other));
        }
    }
}
