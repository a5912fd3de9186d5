//! What became of every row that was read.

use crate::error::Problems;
use crate::json::Json;

/// What became of the rows of one table: `rows_read = accepted + rejected + blank`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableReport {
    /// The table.
    pub table: String,
    /// All rows.
    pub rows_read: u64,
    /// Rows that are in the portfolio.
    pub accepted: u64,
    /// Rows with a problem, and duplicates that were left out.
    pub rejected: u64,
    /// Rows without any value.
    pub blank: u64,
}

/// What became of every row of every table, and why rows were rejected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoadReport {
    /// A report for each table that was given.
    pub tables: Vec<TableReport>,
    /// Why rows were rejected.
    pub problems: Problems,
    /// What looks wrong and rejects no row.
    pub warnings: Problems,
}

impl LoadReport {
    /// All rows of all tables.
    #[must_use]
    pub fn rows_read(&self) -> u64 {
        self.sum(|table| table.rows_read)
    }

    /// Rows that are in the portfolio.
    #[must_use]
    pub fn accepted(&self) -> u64 {
        self.sum(|table| table.accepted)
    }

    /// Rows with a problem, and duplicates that were left out.
    #[must_use]
    pub fn rejected(&self) -> u64 {
        self.sum(|table| table.rejected)
    }

    /// Rows without any value.
    #[must_use]
    pub fn blank(&self) -> u64 {
        self.sum(|table| table.blank)
    }

    fn sum(&self, count: impl Fn(&TableReport) -> u64) -> u64 {
        self.tables.iter().map(count).sum()
    }

    /// The report as JSON, keys in their fixed order.
    #[must_use]
    pub fn to_object(&self) -> Json {
        let tables = self.tables.iter().map(|table| {
            Json::object([
                ("table", Json::from(table.table.as_str())),
                ("rows_read", Json::from(table.rows_read)),
                ("accepted", Json::from(table.accepted)),
                ("rejected", Json::from(table.rejected)),
                ("blank", Json::from(table.blank)),
            ])
        });
        Json::object([
            ("tables", Json::Array(tables.collect())),
            ("rows_read", Json::from(self.rows_read())),
            ("accepted", Json::from(self.accepted())),
            ("rejected", Json::from(self.rejected())),
            ("blank", Json::from(self.blank())),
            ("problems", Json::Array(self.problems.kept.iter().map(Json::from).collect())),
            ("problems_total", Json::from(self.problems.total)),
            ("warnings", Json::Array(self.warnings.kept.iter().map(Json::from).collect())),
            ("warnings_total", Json::from(self.warnings.total)),
        ])
    }
}
