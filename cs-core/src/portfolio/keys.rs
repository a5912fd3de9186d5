//! Keys: one row for each, and the revision that counts.

use super::columns::{CUSTOMER_ID, Columns};
use super::rows::Rows;
use super::schema::RECORDED_ON;
use super::sheet::Sheet;
use crate::error::{Code, Problem};
use crate::order::{by_key, pair, sort_by_key};
use crate::period::Day;
use crate::table::{Cell, Column, Nullable};
use crate::text::{ABSENT, TextPool};

/// A row that says the same as an earlier one, and that one.
pub(super) type Duplicate = (usize, usize);

/// Rejects what else is of a name of which a row was rejected, and rows that say the same as an earlier one, or leaves
/// these out.
pub(super) fn settle(rows: &mut Rows<'_>, duplicates: &[Duplicate], drop_duplicates: bool, ids: &TextPool) {
    if rows.sheet.spec.has_revisions() {
        whole(rows);
    }
    let Rows { sheet, columns, .. } = rows;
    let Some(&column) = sheet.spec.key.first() else { return };
    let key = key(sheet, columns, column);
    let table = sheet.spec.name;
    for &(row, first) in duplicates {
        // A row that is refused for something else is told all that is wrong with it, and is none to leave out.
        if drop_duplicates && !sheet.accepts(row) {
            continue;
        }
        let first = sheet.record(first);
        let problem = || {
            let message = format!("row {first} has the same {key} and the same content");
            Problem::table(Code::DuplicateRow, table, message).value(name(columns, column, ids, row))
        };
        match drop_duplicates {
            true => sheet.drop_row(row, column, || problem().help("remove it to have no warning")),
            false => sheet
                .reject(row, Some(column), || problem().help("remove it, or leave such rows out (duplicates: drop)")),
        }
    }
}

/// The columns of a table's key that were given.
fn key(sheet: &Sheet<'_>, columns: &Columns, first: &str) -> String {
    let given = |name: &&&str| **name == first || columns.get(name).is_some();
    sheet.spec.key.iter().filter(given).copied().collect::<Vec<_>>().join(" and ")
}

/// Rejects rows of one key that say different things; gives those that say the same.
pub(super) fn conflicts(rows: &mut Rows<'_>, ids: &TextPool) -> Vec<Duplicate> {
    let Rows { sheet, columns, .. } = rows;
    let mut duplicates = Vec::new();
    let Some(&column) = sheet.spec.key.first().filter(|_| !lacks_key(sheet, columns)) else { return duplicates };
    let codes = names(columns, column);
    let key = key(sheet, columns, column);
    let table = sheet.spec.name;
    let help = match sheet.spec.has_revisions() {
        true => "correct one of them, or give each revision its recorded_on",
        false => "correct one of them, or leave it out",
    };
    for group in repeated(sheet, columns, codes) {
        let Some((&first, others)) = group.split_first() else { continue };
        if others.iter().all(|&row| same(columns, first, row)) {
            duplicates.extend(others.iter().map(|&row| (row, first)));
            continue;
        }
        for &row in &group {
            let other = if row == first { others.first().copied().unwrap_or(first) } else { first };
            let other = sheet.record(other);
            sheet.reject(row, Some(column), || {
                let message = format!("row {other} has the same {key} and other content");
                Problem::table(Code::ConflictingRows, table, message).value(name(columns, column, ids, row)).help(help)
            });
        }
    }
    duplicates
}

/// Rejects every row of a name of which another row was rejected: which of them counts would be a guess.
fn whole(rows: &mut Rows<'_>) {
    let Rows { sheet, columns, .. } = rows;
    let Some(&column) = sheet.spec.key.first() else { return };
    if !sheet.rejects_any() {
        return;
    }
    let codes = names(columns, column);
    let mut lost = for_each_name(codes, false);
    for (row, &code) in codes.iter().enumerate() {
        if let Some(lost) = lost.get_mut(code as usize) {
            *lost |= !sheet.accepts(row);
        }
    }
    let table = sheet.spec.name;
    for (row, &code) in codes.iter().enumerate() {
        if sheet.accepts(row) && lost.get(code as usize) == Some(&true) {
            sheet.reject_for_another(row, column, || {
                Problem::table(Code::RejectedRevision, table, format!("another row of the same {column} was rejected"))
                    .help("correct that one: which row counts would be a guess without it")
            });
        }
    }
}

/// The positions of the names that a table's keys begin with.
fn names<'a>(columns: &'a Columns, column: &str) -> &'a [u32] {
    match column {
        CUSTOMER_ID => &columns.customers,
        _ => columns.texts(column).map_or(&[], |texts| texts.codes()),
    }
}

/// The name of a row; those of customers are in `ids`.
fn name<'a>(columns: &'a Columns, column: &str, ids: &'a TextPool, row: usize) -> &'a str {
    let pool = match column {
        CUSTOMER_ID => Some(ids),
        _ => columns.texts(column).map(|texts| &**texts.pool()),
    };
    let code = names(columns, column).get(row).copied().unwrap_or(ABSENT);
    pool.and_then(|pool| pool.find(code)).unwrap_or_default()
}

/// A value for each name, by its position.
fn for_each_name<T: Clone>(codes: &[u32], value: T) -> Vec<T> {
    let last = codes.iter().copied().filter(|&code| code != ABSENT).max();
    vec![value; last.map_or(0, |last| last as usize + 1)]
}

/// The accepted rows with the same key, group by group.
fn repeated(sheet: &Sheet<'_>, columns: &Columns, codes: &[u32]) -> Vec<Vec<usize>> {
    let cells: Vec<KeyCells<'_>> = sheet.spec.key.iter().map(|name| KeyCells::of(columns, name)).collect();
    let mut rows = repeated_names(sheet, codes);
    for column in cells.iter().rev() {
        sort_by_key(&mut rows, |&row| column.get(row));
    }
    let same = |&a: &usize, &b: &usize| cells.iter().all(|column| column.get(a) == column.get(b));
    rows.chunk_by(same).filter(|group| group.len() > 1).map(<[usize]>::to_vec).collect()
}

/// The cells of a column of a key, as numbers that tell them apart.
enum KeyCells<'c> {
    Days(&'c Nullable<Day>),
    Names(&'c [u32]),
}

impl<'c> KeyCells<'c> {
    fn of(columns: &'c Columns, name: &str) -> Self {
        columns.days(name).map_or_else(|| Self::Names(names(columns, name)), Self::Days)
    }

    fn get(&self, row: usize) -> u64 {
        match self {
            Self::Days(days) => days.get(row).map_or(0, |day| u64::from(day.key())),
            Self::Names(codes) => codes.get(row).copied().unwrap_or(ABSENT).into(),
        }
    }
}

/// Whether a table lacks a column of its key that every row has: which rows are of one key, nobody knows then.
fn lacks_key(sheet: &Sheet<'_>, columns: &Columns) -> bool {
    let is_given = |name: &str| if name == CUSTOMER_ID { columns.has_customers } else { columns.get(name).is_some() };
    let required = |name: &&str| sheet.spec.column(name).is_some_and(|column| column.required);
    sheet.spec.key.iter().copied().filter(required).any(|name| !is_given(name))
}

/// The accepted rows whose name stands in more than one; in most books there are none.
fn repeated_names(sheet: &Sheet<'_>, codes: &[u32]) -> Vec<usize> {
    let mut times = for_each_name(codes, 0_u8);
    let named = || sheet.accepted().filter_map(|row| Some((row, *codes.get(row)?)));
    for (_, code) in named() {
        if let Some(times) = times.get_mut(code as usize) {
            *times = times.saturating_add(1);
        }
    }
    match times.iter().any(|&times| times > 1) {
        false => Vec::new(),
        true => named()
            .filter(|(_, code)| times.get(*code as usize).is_some_and(|&times| times > 1))
            .map(|(row, _)| row)
            .collect(),
    }
}

fn same(columns: &Columns, a: usize, b: usize) -> bool {
    columns.customers.get(a) == columns.customers.get(b)
        && columns.iter().all(|(_, values)| values.cell(a) == values.cell(b))
}

/// Rows in the order of their names' bytes, and of the day of recording, if there is one.
pub(super) fn order(names: &TextPool, codes: &[u32], columns: &[Column]) -> Vec<u32> {
    let recorded = columns.iter().find(|column| column.name() == RECORDED_ON).map(Column::values);
    let ranks = names.ranks();
    by_key(codes.len(), |row| {
        let day = match recorded.map(|days| days.cell(row)) {
            Some(Cell::Date(day)) => day.key(),
            _ => 0,
        };
        let code = codes.get(row).copied().unwrap_or(ABSENT);
        pair(ranks.get(code as usize).copied().unwrap_or_default(), day)
    })
}

/// For each row whether it is the revision that counts: of these rows the latest recorded of its name, unless that
/// withdraws it.
pub(super) fn current(
    codes: &[u32],
    recorded: Option<&Nullable<Day>>,
    withdrawn: Option<&Nullable<bool>>,
    rows: impl Iterator<Item = usize>,
) -> Vec<bool> {
    let mut current = vec![false; codes.len()];
    for row in latest(codes, recorded, rows) {
        // A name without a row is beyond all rows.
        if let Some(current) = current.get_mut(row as usize) {
            *current = withdrawn.and_then(|flags| flags.get(row as usize)) != Some(true);
        }
    }
    current
}

/// Of these rows the latest recorded of each name, [`ABSENT`] for none; one without a day of recording is older than any
/// with one.
pub(super) fn latest(codes: &[u32], recorded: Option<&Nullable<Day>>, rows: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut latest: Vec<u32> = for_each_name(codes, ABSENT);
    let day = |row: usize| recorded.and_then(|days| days.get(row));
    for row in rows {
        let Some(slot) = codes.get(row).and_then(|&code| latest.get_mut(code as usize)) else { continue };
        if *slot == ABSENT || (recorded.is_some() && day(*slot as usize) < day(row)) {
            *slot = row as u32;
        }
    }
    latest
}
