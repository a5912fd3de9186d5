//! Results as bytes, for hosts that do not share memory with the library.

use super::Answer;
use crate::error::Error;
use crate::table::Table;

/// What an operation gives as bytes: of a table its columns as they are in memory, of a report its canonical JSON and its
/// tables, of a scorecard its canonical JSON.
#[must_use]
pub fn packed(answer: &Answer) -> Vec<u8> {
    match answer {
        Answer::Table(table) => table.to_packed(),
        #[cfg(any(feature = "backtest", feature = "rooms"))]
        Answer::Report(report) => report.to_packed(),
        #[cfg(feature = "backtest")]
        Answer::Scorecard(scorecard) => scorecard.to_json().into_bytes(),
    }
}

/// A table as the same bytes.
#[must_use]
pub fn packed_table(table: &Table) -> Vec<u8> {
    table.to_packed()
}

/// The table of such bytes.
///
/// # Errors
/// `invalid_argument` for any others.
pub fn unpacked(bytes: &[u8]) -> Result<Table, Error> {
    Table::from_packed(bytes)
}
