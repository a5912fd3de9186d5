//! Where the data ends: the latest day of which it tells.

use super::rows::{Columns, Rows};
use crate::period::Day;
use crate::table::Nullable;

/// The latest day on which any of the accepted rows, or a fact in one of them, became known; none without rows.
pub(super) fn until<'r, 'w: 'r>(tables: impl Iterator<Item = &'r Rows<'w>>) -> Option<Day> {
    tables.flat_map(|rows| rows.sheet.accepted().filter_map(|row| Facts(&rows.columns).latest(row))).max()
}

/// The columns that say when something became known.
struct Facts<'a>(&'a Columns);

impl Facts<'_> {
    fn day(&self, column: &str, row: usize) -> Option<Day> {
        self.0.days(column).and_then(|days: &Nullable<Day>| days.get(row))
    }

    /// The latest day of a row: that on which it was recorded, or else that of the latest of its facts.
    fn latest(&self, row: usize) -> Option<Day> {
        let day = |column| self.day(column, row);
        if let Some(recorded) = day("recorded_on") {
            return Some(recorded);
        }
        let facts = [
            day("signed_date").or_else(|| day("start_date")),
            day("notice_date"),
            day("notice_withdrawn_on"),
            self.end_known(row),
            day("from_date"),
            day("to_date"),
        ];
        facts.into_iter().flatten().max()
    }

    /// The day on which a contract's end became known: that of a notice that stands, or the end itself. An end with the
    /// term is a plan.
    fn end_known(&self, row: usize) -> Option<Day> {
        let end = self.day("end_date", row).filter(|&end| self.day("term_end", row) != Some(end))?;
        let notice = self.day("notice_date", row).filter(|_| self.day("notice_withdrawn_on", row).is_none());
        Some(notice.map_or(end, |notice| notice.min(end)))
    }
}
