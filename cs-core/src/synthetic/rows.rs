//! Tables made row by row.

use std::sync::Arc;

use crate::interner::Interner;
use crate::period::Day;
use crate::table::{Cell, Column, Kind, Metadata, Nullable, Table, Texts, Values};
use crate::text::{ABSENT, TextPool};

/// A table while its rows are written, of columns whose kinds are told beforehand.
pub(super) struct TableRows {
    schema: &'static str,
    columns: Vec<(&'static str, Cells)>,
    rows: usize,
}

/// Columns that name what the rows are of, customer by customer.
const NAMES: [&str; 4] = ["contract_id", "customer_id", "renews_contract_id", "case_id"];

/// The cells of a column.
enum Cells {
    Money(Nullable<i128>, u8),
    Count(Nullable<u64>),
    Ratio(Nullable<f64>),
    Date(Nullable<Day>),
    Text(Vec<u32>, Interner),
    /// Names of which each stands in rows that follow each other.
    Names(Vec<u32>, TextPool),
    Flag(Nullable<bool>),
}

impl TableRows {
    /// No rows yet; amounts have so many decimals. Lists of texts cannot be written.
    pub(super) fn of(schema: &'static str, columns: &[(&'static str, Kind)], digits: u8) -> Self {
        let cells = |name, kind| match kind {
            // What is told apart by the row before needs no hash table, which would weigh more than the names.
            Kind::Text if NAMES.contains(&name) => Cells::Names(Vec::new(), TextPool::default()),
            Kind::Money => Cells::Money(Nullable::default(), digits),
            Kind::Count => Cells::Count(Nullable::default()),
            Kind::Ratio => Cells::Ratio(Nullable::default()),
            Kind::Date => Cells::Date(Nullable::default()),
            Kind::Text | Kind::TextList => Cells::Text(Vec::new(), Interner::default()),
            Kind::Flag => Cells::Flag(Nullable::default()),
        };
        Self { schema, columns: columns.iter().map(|&(name, kind)| (name, cells(name, kind))).collect(), rows: 0 }
    }

    /// Puts a row at the end. A cell of another kind than its column's is absent, and so is one that is left out.
    pub(super) fn push(&mut self, row: &[Cell<'_>]) {
        debug_assert_eq!(row.len(), self.columns.len(), "{}", self.schema);
        self.rows += 1;
        for (position, (_, cells)) in self.columns.iter_mut().enumerate() {
            cells.push(row.get(position).copied().unwrap_or(Cell::Absent));
        }
    }

    pub(super) fn schema(&self) -> &'static str {
        self.schema
    }

    pub(super) fn len(&self) -> usize {
        self.rows
    }

    pub(super) fn into_table(self, metadata: Metadata) -> Table {
        let columns = self.columns.into_iter().map(|(name, cells)| Column::new(name, cells.into_values()));
        Table::new(self.schema, columns.collect(), self.rows, metadata)
    }
}

/// A whole number, none below zero.
pub(super) fn count(number: i64) -> Cell<'static> {
    Cell::Count(number.max(0) as u64)
}

/// A text, if there is one.
pub(super) fn text(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Absent, Cell::Text)
}

/// A day, if there is one.
pub(super) fn day(day: Option<Day>) -> Cell<'static> {
    day.map_or(Cell::Absent, Cell::Date)
}

/// A whole number where a column holds floats.
pub(super) fn ratio(number: i64) -> Cell<'static> {
    Cell::Ratio(number as f64)
}

impl Cells {
    fn push(&mut self, cell: Cell<'_>) {
        match self {
            Self::Money(amounts, digits) => amounts.push(match cell {
                Cell::Money { units, digits: given } if given == *digits => Some(units),
                _ => None,
            }),
            Self::Count(counts) => counts.push(if let Cell::Count(count) = cell { Some(count) } else { None }),
            Self::Ratio(ratios) => ratios.push(if let Cell::Ratio(ratio) = cell { Some(ratio) } else { None }),
            Self::Date(days) => days.push(if let Cell::Date(day) = cell { Some(day) } else { None }),
            Self::Text(codes, texts) => {
                codes.push(if let Cell::Text(text) = cell { texts.intern(text) } else { ABSENT });
            }
            Self::Names(codes, names) => codes.push(match cell {
                Cell::Text(name) => match (names.len() as u32).checked_sub(1) {
                    Some(last) if names.get(last) == name => last,
                    _ => names.push(name),
                },
                _ => ABSENT,
            }),
            Self::Flag(flags) => flags.push(if let Cell::Flag(flag) = cell { Some(flag) } else { None }),
        }
    }

    fn into_values(self) -> Values {
        match self {
            Self::Money(units, digits) => Values::Money { units, digits },
            Self::Count(counts) => Values::Count(counts),
            Self::Ratio(ratios) => Values::Ratio(ratios),
            Self::Date(days) => Values::Date(days),
            Self::Text(codes, texts) => Values::Text(Texts::new(codes, Arc::new(texts.into_pool()))),
            Self::Names(codes, mut names) => {
                names.shrink();
                Values::Text(Texts::new(codes, Arc::new(names)))
            }
            Self::Flag(flags) => Values::Flag(flags),
        }
    }
}
