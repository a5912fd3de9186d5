//! What has pictures: a result with its columns, and how each picture is drawn.

use super::labels::Label;
use super::source::Source;
use super::{Figure, Picture};
use crate::error::Problem;
use crate::table::{Column, Kind, Table, Values};

/// A picture of a result: what it is called, and how it is drawn.
pub(super) struct Drawn {
    pub(super) picture: Picture,
    pub(super) title: Label,
    pub(super) draw: fn(&Source<'_>) -> Result<Figure, Problem>,
}

pub(super) const fn drawn(
    picture: Picture,
    title: &'static [&'static str; 2],
    draw: fn(&Source<'_>) -> Result<Figure, Problem>,
) -> Drawn {
    Drawn { picture, title: Label(title), draw }
}

/// Results that have pictures.
pub(super) struct Drawable {
    pub(super) schema: &'static str,
    /// The first column that every such result has: those before it say which group a row is of.
    pub(super) first: &'static str,
    pub(super) is_grouped: bool,
    /// What the pictures are drawn of: a table that was read from JSON may lack it.
    pub(super) columns: &'static [(&'static str, Kind)],
    pub(super) pictures: &'static [Drawn],
}

impl Drawable {
    /// Whether a table has the columns, and its amounts the same decimals: these are added up.
    pub(super) fn is_in(&self, table: &Table) -> bool {
        let mut decimals = None;
        self.columns.iter().all(|&(name, kind)| {
            let Some(values) = table.column(name).map(Column::values) else { return false };
            let is_alike = match values {
                Values::Money { digits, .. } => *decimals.get_or_insert(*digits) == *digits,
                _ => true,
            };
            values.kind() == kind && is_alike
        })
    }

    /// How many columns of a result say which group a row is of.
    pub(super) fn groups(&self, table: &Table) -> usize {
        // A group can have the same name, such as `cohort`, and stands before.
        table.columns().iter().rposition(|column| column.name() == self.first).unwrap_or(0)
    }
}
