//! The rows of a table while they are judged: which are rejected, which are blank, and what is wrong with them.

use super::columns::Columns;
use super::csv::Records;
use super::read_options::ReadOptions;
use super::report::TableReport;
use super::schema::TableSpec;
use crate::error::{Code, Problem};
use crate::faults::Faults;

/// The rows of a table while they are judged.
pub(super) struct Sheet<'w> {
    pub(super) spec: &'static TableSpec,
    pub(super) options: ReadOptions<'w>,
    /// Where the rows stand in their file, if they come from one.
    records: Option<Records>,
    /// Rows with a problem.
    rejected: Vec<bool>,
    /// Rows with a value in any column.
    filled: Vec<bool>,
    /// The columns of each row whose cell was refused, a bit for each; made with the first of them.
    refused: Option<Vec<u64>>,
    /// Columns of which every row must have a value, unless it is blank, and some have none.
    missing: Vec<&'static str>,
    pub(super) faults: Faults,
    /// Faults of rows that another row's fault has brought about.
    pub(super) consequences: Faults,
    pub(super) warnings: Faults,
}

impl<'w> Sheet<'w> {
    pub(super) fn new(
        spec: &'static TableSpec,
        rows: usize,
        mut records: Option<Records>,
        options: ReadOptions<'w>,
    ) -> Self {
        let none = || Faults::new(options.limits.problems, options.redact);
        let faults = records.as_mut().map_or_else(none, |records| std::mem::replace(&mut records.faults, none()));
        Self {
            spec,
            options,
            records,
            rejected: vec![false; rows],
            filled: vec![false; rows],
            refused: None,
            missing: Vec::new(),
            faults,
            consequences: none(),
            warnings: none(),
        }
    }

    pub(super) fn rows(&self) -> usize {
        self.rejected.len()
    }

    /// Whether records of the file could not be cut into cells, so that nobody knows what stands in them.
    pub(super) fn is_spoilt(&self) -> bool {
        self.records.as_ref().is_some_and(|records| records.spoilt > 0)
    }

    /// Whether the rows are those of a file.
    pub(super) fn is_file(&self) -> bool {
        self.records.is_some()
    }

    /// The record of a row in its table, from 1.
    pub(super) fn record(&self, row: usize) -> u64 {
        self.records.as_ref().map_or(row as u64 + 1, |records| records.record(row))
    }

    /// The line that a row of a file begins on, from 1.
    pub(super) fn line(&self, row: usize) -> Option<u64> {
        self.records.as_ref().and_then(|records| records.line(row))
    }

    /// Whether a row is neither rejected nor blank.
    pub(super) fn accepts(&self, row: usize) -> bool {
        self.rejected.get(row) == Some(&false) && self.filled.get(row) == Some(&true)
    }

    /// Notes which rows have a value in a column, all of them without a list.
    pub(super) fn fill(&mut self, column: &str, present: Option<&[bool]>) {
        let Some(present) = present else { return self.filled.fill(true) };
        self.filled.iter_mut().zip(present).for_each(|(filled, &present)| *filled |= present);
        self.missing.extend(self.spec.column(column).filter(|spec| spec.required).map(|spec| spec.name));
    }

    /// Notes that a row has a value.
    pub(super) fn fill_row(&mut self, row: usize) {
        if let Some(filled) = self.filled.get_mut(row) {
            *filled = true;
        }
    }

    /// Notes that the cell of a row was refused.
    pub(super) fn mark_refused(&mut self, row: usize, column: &str) {
        // Attributes are judged by nothing but themselves.
        let Some(position) = self.spec.position(column) else { return };
        let rows = self.rejected.len();
        if let Some(bits) = self.refused.get_or_insert_with(|| vec![0; rows]).get_mut(row) {
            *bits |= 1 << position;
        }
    }

    /// Some columns of the table, a bit for each.
    pub(super) fn bits(&self, columns: &[&str]) -> u64 {
        columns.iter().filter_map(|column| self.spec.position(column)).fold(0, |bits, position| bits | 1 << position)
    }

    /// Whether the cell of any of these columns was refused, so that nothing can be said of it.
    pub(super) fn refused_any(&self, row: usize, columns: u64) -> bool {
        self.refused.as_ref().and_then(|rows| rows.get(row)).is_some_and(|bits| bits & columns != 0)
    }

    /// Whether a row has any value at all.
    pub(super) fn is_filled(&self, row: usize) -> bool {
        self.filled.get(row) == Some(&true)
    }

    /// The rows that are neither rejected nor blank.
    pub(super) fn accepted(&self) -> impl Iterator<Item = usize> {
        (0..self.rows()).filter(|&row| self.accepts(row))
    }

    /// Rejects a row for a fault of one column, or of the whole row where `column` names none.
    pub(super) fn reject(&mut self, row: usize, column: Option<&str>, fault: impl FnOnce() -> Problem) {
        self.turn_away(row);
        let (record, line, position) = self.place(row, column);
        let told = column.map(|column| self.told(column));
        self.faults.push(record, position, || fault().at(Some(record), line, told));
    }

    /// Rejects a row for the fault of another one.
    pub(super) fn reject_for_another(&mut self, row: usize, column: &str, fault: impl FnOnce() -> Problem) {
        self.turn_away(row);
        let (record, line, position) = self.place(row, Some(column));
        self.consequences.push(record, position, || fault().at(Some(record), line, Some(column)));
    }

    /// Whether any row was rejected.
    pub(super) fn rejects_any(&self) -> bool {
        self.rejected.contains(&true)
    }

    /// Leaves a row out with a warning.
    pub(super) fn drop_row(&mut self, row: usize, column: &str, fault: impl FnOnce() -> Problem) {
        self.turn_away(row);
        self.warn(Some(row), column, fault);
    }

    /// Warns of a cell, or of a column where `row` names none.
    pub(super) fn warn(&mut self, row: Option<usize>, column: &str, fault: impl FnOnce() -> Problem) {
        let place = row.map(|row| self.place(row, Some(column)));
        let (record, position) = place.map_or((0, 0), |(record, _, position)| (record, position));
        let line = place.and_then(|(_, line, _)| line);
        self.warnings.push(record, position, || fault().at(place.map(|_| record), line, Some(column)));
    }

    fn turn_away(&mut self, row: usize) {
        for mark in [self.rejected.get_mut(row), self.filled.get_mut(row)].into_iter().flatten() {
            *mark = true;
        }
    }

    /// The name of a column as it is told.
    pub(super) fn told<'c>(&self, column: &'c str) -> &'c str {
        self.spec.told(column, self.options.redact)
    }

    /// Notes a fault of a column as a whole.
    pub(super) fn refuse_column(&mut self, column: &str, fault: impl FnOnce() -> Problem) {
        let position = self.spec.position(column).unwrap_or(self.spec.columns.len());
        let column = self.told(column);
        self.faults.push(0, position, || fault().at(None, None, Some(column)));
    }

    fn place(&self, row: usize, column: Option<&str>) -> (u64, Option<u64>, usize) {
        let position = column.map_or(0, |name| self.spec.position(name).unwrap_or(self.spec.columns.len()) + 1);
        (self.record(row), self.line(row), position)
    }

    /// Rejects the rows without a value that they must have; blank rows need none.
    pub(super) fn reject_missing(&mut self, columns: &Columns) {
        let table = self.spec.name;
        for name in std::mem::take(&mut self.missing) {
            let column = self.bits(&[name]);
            for row in 0..self.rows() {
                if self.is_filled(row) && columns.is_absent(name, row) && !self.refused_any(row, column) {
                    self.reject(row, Some(name), || {
                        Problem::table(Code::MissingValue, table, format!("{name} has no value"))
                            .help("every row has one: give it, or leave the row out")
                    });
                }
            }
        }
    }

    /// What became of the rows, and of the records that are none.
    pub(super) fn report(&self) -> TableReport {
        let count = |marks: &[bool], mark: bool| marks.iter().filter(|&&found| found == mark).count() as u64;
        let (spoilt, blank) = self.records.as_ref().map_or((0, 0), |records| (records.spoilt, records.blank));
        let accepted = self.accepted().count() as u64;
        TableReport {
            table: self.spec.name.to_owned(),
            rows_read: self.rows() as u64 + spoilt + blank,
            accepted,
            rejected: count(&self.rejected, true) + spoilt,
            blank: count(&self.filled, false) + blank,
        }
    }
}
