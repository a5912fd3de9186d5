//! Where rows stand in the table that they came in.

use super::sheet::Sheet;

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
        Self { records: Some(in_32_bits(rows, |row| Some(sheet.record(row)))), lines: Self::lines(sheet, rows) }
    }

    /// The same, without the records if each is one more than the code of the row's id. So they are in a table in which
    /// every row has an id of its own and none is left out; whoever has the ids can tell them then.
    pub(super) fn unless_told_by_ids(sheet: &Sheet<'_>, rows: &[u32], ids: &[u32]) -> Self {
        let tells = |(&row, &id): (&u32, &u32)| sheet.record(row as usize) == u64::from(id) + 1;
        match rows.len() == ids.len() && rows.iter().zip(ids).all(tells) {
            true => Self { records: None, lines: Self::lines(sheet, rows) },
            false => Self::of(sheet, rows),
        }
    }

    fn lines(sheet: &Sheet<'_>, rows: &[u32]) -> Option<Vec<u32>> {
        sheet.is_file().then(|| in_32_bits(rows, |row| sheet.line(row)))
    }

    /// The record of a row, and its line where the table is a file.
    pub(super) fn get(&self, row: usize) -> (Option<u64>, Option<u64>) {
        let number = |numbers: &Vec<u32>| numbers.get(row).map(|&number| u64::from(number));
        (self.records.as_ref().and_then(number), self.lines.as_ref().and_then(number))
    }
}

/// A number of each row; those of a file within the limits fit.
fn in_32_bits(rows: &[u32], number: impl Fn(usize) -> Option<u64>) -> Vec<u32> {
    let number = |&row: &u32| number(row as usize).and_then(|number| u32::try_from(number).ok()).unwrap_or(u32::MAX);
    rows.iter().map(number).collect()
}
