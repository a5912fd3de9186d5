//! What an input table is: its columns and what they hold, its key, since when its rows are known.

use crate::error::Code;
use crate::table::{Nullable, Texts, Values};

/// What a column of an input table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnKind {
    /// A name of something, byte-exact.
    Id,
    /// Any text.
    Text,
    /// A day.
    Date,
    /// An amount of money that is not negative.
    Money,
    /// A whole number from 0.
    Count,
    /// A finite number.
    Number,
    /// A finite number from 0 to this one.
    Score(u32),
    /// True or false.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
}

impl ColumnKind {
    /// A column of the kind without rows.
    pub(crate) fn empty(self) -> Values {
        match self {
            Self::Id | Self::Text | Self::Choice(_) => Values::Text(Texts::default()),
            Self::Date => Values::Date(Nullable::default()),
            Self::Money => Values::Money { units: Nullable::default(), digits: 0 },
            Self::Count => Values::Count(Nullable::default()),
            Self::Number | Self::Score(_) => Values::Ratio(Nullable::default()),
            Self::Flag => Values::Flag(Nullable::default()),
        }
    }

    /// The name of the kind in the surface manifest.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Text => "text",
            Self::Date => "date",
            Self::Money => "money",
            Self::Count => "count",
            Self::Number => "number",
            Self::Score(_) => "score",
            Self::Flag => "flag",
            Self::Choice(_) => "choice",
        }
    }
}

/// The column of the day on which a row was recorded.
pub(crate) const RECORDED_ON: &str = "recorded_on";

/// A column of an input table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ColumnSpec {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether every row has a value.
    pub required: bool,
    /// What it means.
    pub doc: &'static str,
}

/// An input table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableSpec {
    /// Its name.
    pub name: &'static str,
    /// Its columns, in their fixed order.
    pub columns: &'static [ColumnSpec],
    /// The columns whose values, together, stand in one row only; none for a table of events.
    pub key: &'static [&'static str],
    /// Columns of which the table has at least one; none where it needs no such choice.
    pub one_of: &'static [&'static str],
    /// Whether any other column is an attribute, kept as text.
    pub attributes: bool,
    /// What its rows are, in words.
    pub doc: &'static str,
    /// Since when its rows are known, where they were not recorded on a day; contracts have rules of their own.
    pub(crate) known: Known,
    /// Pairs of days in their order.
    pub(crate) spans: &'static [Span],
}

/// Since when rows of a table are known, and some of their cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    /// The column of a row's first day; a row without one is timeless.
    pub(crate) from: Option<&'static str>,
    /// What is known of a row later than the row.
    pub(crate) later: &'static [Later],
}

/// Cells that are known from a day of their own, where that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Later {
    /// The column of that day.
    pub(crate) day: &'static str,
    /// The columns that came with it.
    pub(crate) with: &'static [&'static str],
}

impl Known {
    /// Rows are timeless.
    pub(crate) const ALWAYS: Self = Self { from: None, later: &[] };

    /// Rows are known from the day of a column.
    pub(crate) const fn from(day: &'static str) -> Self {
        Self { from: Some(day), later: &[] }
    }

    /// The columns of all days on which something became known.
    pub(crate) fn days(&self) -> impl Iterator<Item = &'static str> {
        self.from.into_iter().chain(self.later.iter().map(|later| later.day))
    }
}

/// Two days in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    /// The column of the first day.
    pub(crate) start: &'static str,
    /// The column of the other.
    pub(crate) end: &'static str,
    pub(crate) order: SpanOrder,
}

/// What is asked of the two days of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SpanOrder {
    /// Something lasts from the first to the day before the other.
    Lasts {
        /// What lasts.
        what: &'static str,
        /// What the end is the first day of.
        after: &'static str,
        /// What it is that an end before its start is called.
        code: Code,
    },
    /// The other is the first or after it.
    NotBefore,
}

impl TableSpec {
    /// The name of a column as it is told: in a file without a header, what stands for names of attributes is data.
    pub(crate) fn told<'c>(&self, column: &'c str, redact: bool) -> &'c str {
        if redact && self.position(column).is_none() { "…" } else { column }
    }

    /// The column of a name.
    #[must_use]
    pub(crate) fn column(&self, name: &str) -> Option<&'static ColumnSpec> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether a row is one of the revisions of what its key names.
    pub(crate) fn has_revisions(&self) -> bool {
        self.key.contains(&RECORDED_ON)
    }

    /// The position of a column.
    #[must_use]
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}
