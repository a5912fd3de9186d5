//! Where rows stand in the table that they came in.

use super::decode::Sheet;

/// Where rows stand in their table.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// The record of each, from 1; none where each is one more than the code of the row's id.
    records: Option<Vec<u32>>,
    /// The line, from 1; none for a table that is no file.
    lines: Option<Vec<u32>>,
}

impl Places {
    pub(super) fn of(sheet: &Sheet<'_>, rows: &[u32]) -> Self {
        // Those of a file within the limits fit.
        let in_32_bits = |number: Option<u64>| number.and_then(|number| u32::try_from(number).ok()).unwrap_or(u32::MAX);
        let each =
            |number: &dyn Fn(usize) -> Option<u64>| rows.iter().map(|&row| in_32_bits(number(row as usize))).collect();
        Self {
            records: Some(each(&|row| Some(sheet.record(row)))),
            lines: sheet.is_file().then(|| each(&|row| sheet.line(row))),
        }
    }

    /// The same, without the records if each is one more than the code of the row's id. So they are in a table in which
    /// every row has an id of its own and none is left out; whoever has the ids can tell them then.
    pub(super) fn beside(mut self, ids: &[u32]) -> Self {
        self.records =
            self.records.filter(|records| records.iter().zip(ids).any(|(&record, &id)| record != id.wrapping_add(1)));
        self
    }

    /// The record of a row, and its line where the table is a file.
    pub(super) fn get(&self, row: usize) -> (Option<u64>, Option<u64>) {
        let number = |numbers: &Vec<u32>| numbers.get(row).map(|&number| u64::from(number));
        (self.records.as_ref().and_then(number), self.lines.as_ref().and_then(number))
    }
}
