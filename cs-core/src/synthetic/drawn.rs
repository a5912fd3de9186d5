//! What a table of facts that is drawn consists of.

use super::life::Life;
use super::recipe::Recipe;
use super::rows::TableRows;
use crate::table::Kind;

/// A table of facts about customers: its name, its columns, and the rows of one customer.
pub(super) struct Drawn {
    pub(super) name: &'static str,
    pub(super) columns: &'static [(&'static str, Kind)],
    pub(super) write: fn(&Recipe, &Life, &mut TableRows),
}
