//! What became of every row that was read.

use crate::error::{Problem, Problems};
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
            ("problems", Json::Array(self.problems.kept.iter().map(problem_object).collect())),
            ("problems_total", Json::from(self.problems.total)),
            ("warnings", Json::Array(self.warnings.kept.iter().map(problem_object).collect())),
            ("warnings_total", Json::from(self.warnings.total)),
        ])
    }
}

/// A problem as JSON, keys in their fixed order.
pub(crate) fn problem_object(problem: &Problem) -> Json {
    let text = |text: &Option<String>| Json::text(text.as_deref());
    let number = |number: Option<u64>| number.map_or(Json::Null, Json::from);
    Json::object([
        ("code", Json::from(problem.code.name())),
        ("message", Json::from(problem.message.as_str())),
        ("path", Json::from(problem.path.as_str())),
        ("table", text(&problem.table)),
        ("row", number(problem.row)),
        ("line", number(problem.line)),
        ("column", text(&problem.column)),
        ("value", text(&problem.value)),
        ("help", text(&problem.help)),
    ])
}

/// Faults as they are found: all counted, the first ones by row and column kept.
#[derive(Debug)]
pub(crate) struct Faults {
    /// With record and position of the column, for the order.
    kept: Vec<(u64, usize, Problem)>,
    total: u64,
    limit: usize,
    /// Where the kept ones end, once there are too many: what lies behind is only counted.
    bar: Option<(u64, usize)>,
    redact: bool,
}

impl Faults {
    pub(crate) fn new(limit: u64, redact: bool) -> Self {
        // An error always has a first problem to tell.
        let limit = usize::try_from(limit).unwrap_or(usize::MAX).max(1);
        Self { kept: Vec::new(), total: 0, limit, bar: None, redact }
    }

    /// Notes a fault of a record (0: of the table) and of the column at a position; built only if it may be kept.
    pub(crate) fn push(&mut self, row: u64, column: usize, problem: impl FnOnce() -> Problem) {
        self.total += 1;
        if self.bar.is_some_and(|bar| (row, column) >= bar) {
            return;
        }
        let problem = problem();
        self.kept.push((row, column, if self.redact { problem.redacted() } else { problem }));
        // Cut only at twice the limit, so that each sorting is paid for by as many faults.
        if self.kept.len() >= self.limit.saturating_mul(2) {
            self.cut();
            self.bar = self.kept.last().map(|(row, column, _)| (*row, *column));
        }
    }

    fn cut(&mut self) {
        self.kept.sort_by_key(|(row, column, _)| (*row, *column));
        self.kept.truncate(self.limit);
    }

    /// The faults in the order of row and column.
    pub(crate) fn take(&mut self) -> Problems {
        self.cut();
        let kept = std::mem::take(&mut self.kept).into_iter().map(|(_, _, problem)| problem).collect();
        Problems { kept, total: std::mem::take(&mut self.total) }
    }
}

impl Problems {
    /// Puts the faults of another table behind these, as far as the limit goes.
    pub(crate) fn append(&mut self, other: Self, limit: u64) {
        let room = usize::try_from(limit).unwrap_or(usize::MAX).max(1).saturating_sub(self.kept.len());
        self.kept.extend(other.kept.into_iter().take(room));
        self.total += other.total;
    }
}
