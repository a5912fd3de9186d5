//! Results that add up: of customers split into parts, the parts' results make the whole.
//!
//! Every column of such a result tells its rows apart, is a sum over customers, or follows from such sums. So a result
//! is its own accumulator: rows of the same key are added, and what follows from the sums is computed anew.

use crate::error::{Code, Error, Problem};
use crate::order::sort_by;
use crate::period::Day;
use crate::query::{OverPeriods, Told};
use crate::table::{Cell, Column, ColumnDoc, Heading, Kind, Metadata, Table, Values};

/// A result that adds up.
pub trait Additive: OverPeriods<Asked: Told> + Into<Table> {
    /// The columns that, behind those of groups, tell rows apart.
    #[doc(hidden)]
    const KEYS: &'static [&'static str];

    /// How the table comes about from one that has the keys and sums; none where rows are not added at all.
    #[doc(hidden)]
    const REBUILD: Option<Rebuild>;
}

/// Makes a table of its keys and sums, and of the columns of its groups.
pub(crate) type Rebuild = fn(&Sums<'_>, Vec<Column>) -> Table;

/// The columns of a result that adds up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// The operation, and the name of the result's shape.
    pub(crate) operation: &'static str,
    columns: &'static [ColumnDoc],
    keys: &'static [&'static str],
    rebuild: Option<Rebuild>,
}

/// A table of keys and sums.
pub struct Sums<'a>(&'a Table);

impl Sums<'_> {
    /// The rows, by their positions.
    pub(crate) fn rows(&self) -> std::ops::Range<usize> {
        0..self.0.len()
    }

    /// An amount, in counts of the table's smallest unit.
    pub(crate) fn units(&self, row: usize, column: &str) -> i128 {
        if let Cell::Money { units, .. } = self.0.cell(row, column) { units } else { 0 }
    }

    pub(crate) fn count(&self, row: usize, column: &str) -> u64 {
        if let Cell::Count(count) = self.0.cell(row, column) { count } else { 0 }
    }

    pub(crate) fn day(&self, row: usize, column: &str) -> Day {
        if let Cell::Date(day) = self.0.cell(row, column) { day } else { Day::MIN }
    }

    /// The table itself, where nothing follows from its sums.
    pub(crate) fn as_they_are(&self) -> Table {
        self.0.clone()
    }

    /// Decimals of the amounts.
    pub(crate) fn digits(&self) -> u8 {
        let digits =
            |column: &Column| if let Values::Money { digits, .. } = column.values() { Some(*digits) } else { None };
        self.0.columns().iter().find_map(digits).unwrap_or_default()
    }

    /// What the table was computed with; what is absent is seen when it is computed.
    pub(crate) fn metadata(&self) -> Metadata {
        Metadata { absent: Vec::new(), ..self.0.metadata().clone() }
    }
}

/// What rows are told apart and ordered by: absent texts last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum KeyCell {
    Date(Day),
    Count(u64),
    Text(String),
    Absent,
}

impl Shape {
    pub(crate) const fn of<R: Additive>() -> Self {
        let (operation, columns) = R::HEADING;
        Self { operation, columns, keys: R::KEYS, rebuild: R::REBUILD }
    }

    pub(crate) fn heading(&self) -> Heading {
        (self.operation, self.columns)
    }

    /// Whether a table is one of the shape, with a value in every cell that is a key or a sum.
    pub(crate) fn is_of(&self, table: &Table) -> bool {
        let Some(groups) = self.groups(table) else { return false };
        let (groups, own) = table.columns().split_at_checked(groups).unwrap_or_default();
        let same = |(column, doc): (&Column, &ColumnDoc)| {
            let is_whole = || (0..table.len()).all(|row| is_sum_or_key(column.values().cell(row)));
            let may_be_absent = matches!(doc.kind, Kind::Ratio | Kind::Flag);
            column.name() == doc.name && column.values().kind() == doc.kind && (may_be_absent || is_whole())
        };
        let is_key = |column: &Column| matches!(column.values().kind(), Kind::Text | Kind::Date);
        let is_of = table.schema() == self.operation && table.metadata().operation == self.operation;
        is_of && groups.iter().all(is_key) && own.iter().zip(self.columns).all(same)
    }

    /// How many columns of groups a table has in front of those of the shape.
    fn groups(&self, table: &Table) -> Option<usize> {
        table.columns().len().checked_sub(self.columns.len())
    }

    /// Whether a column of the result is a sum.
    fn is_sum(&self, doc: &ColumnDoc) -> bool {
        self.rebuild.is_some() && matches!(doc.kind, Kind::Money | Kind::Count) && !self.keys.contains(&doc.name)
    }

    /// One table of several of the shape that have the same columns and metadata, of at least one.
    pub(crate) fn merged(&self, tables: &[&Table]) -> Result<Table, Error> {
        let Some(first) = tables.first() else { return Err(Error::internal("no tables are merged".to_owned())) };
        let groups = self.groups(first).unwrap_or_default();
        let whole = first.followed_by(tables.get(1..).unwrap_or_default());
        let is_key = |(position, column): &(usize, &Column)| *position < groups || self.keys.contains(&column.name());
        let keys: Vec<&Values> =
            whole.columns().iter().enumerate().filter(is_key).map(|(_, column)| column.values()).collect();
        let key =
            |row: u32| -> Vec<KeyCell> { keys.iter().map(|values| KeyCell::of(values.cell(row as usize))).collect() };
        let found: Vec<Vec<KeyCell>> = (0..whole.len() as u32).map(key).collect();
        let of = |row: u32| found.get(row as usize);
        let mut rows: Vec<u32> = (0..whole.len() as u32).collect();
        sort_by(&mut rows, &mut |a, b| of(a).cmp(&of(b)));
        let Some(rebuild) = self.rebuild else { return Ok(whole.take(&rows)) };
        let same: Vec<Vec<u32>> = rows.chunk_by(|&a, &b| of(a) == of(b)).map(<[u32]>::to_vec).collect();
        let firsts: Vec<u32> = same.iter().filter_map(|rows| rows.first().copied()).collect();
        let column = |(position, column): (usize, &Column)| {
            let doc = position.checked_sub(groups).and_then(|own| self.columns.get(own));
            let values = match doc.filter(|doc| self.is_sum(doc)) {
                Some(_) => summed(column, &same)?,
                None => column.values().take(&firsts),
            };
            Ok(Column::new(column.name(), values))
        };
        let columns = whole.columns().iter().enumerate().map(column).collect::<Result<Vec<_>, Error>>()?;
        let group_columns = columns.get(..groups).unwrap_or_default().to_vec();
        let sums = Table::new(whole.schema(), columns, firsts.len(), whole.metadata().clone());
        Ok(rebuild(&Sums(&sums), group_columns))
    }
}

impl KeyCell {
    fn of(cell: Cell<'_>) -> Self {
        match cell {
            Cell::Date(day) => Self::Date(day),
            Cell::Count(count) => Self::Count(count),
            Cell::Text(text) => Self::Text(text.to_owned()),
            _ => Self::Absent,
        }
    }
}

/// Whether a cell has a value, and an amount is one that a million parts can have and still be summed.
fn is_sum_or_key(cell: Cell<'_>) -> bool {
    match cell {
        Cell::Absent => false,
        Cell::Money { units, .. } => units.unsigned_abs() <= LARGEST,
        _ => true,
    }
}

/// No amount of a part is larger: what other processes give could be anything, and is computed with.
const LARGEST: u128 = 1 << 100;
/// Sums up to this leave room for what is computed of a few of them.
const LARGEST_SUM: u128 = 1 << 120;

/// The sum of a column over each of these lists of rows.
fn summed(column: &Column, lists: &[Vec<u32>]) -> Result<Values, Error> {
    let overflow = || {
        let problem =
            Problem::argument(Code::Overflow, "partials", format!("the sum of {} does not fit", column.name()));
        Error::from(problem)
    };
    match column.values() {
        Values::Money { units, digits } => {
            let sum = |rows: &Vec<u32>| {
                let units = rows.iter().filter_map(|&row| units.get(row as usize));
                let sum = units.into_iter().try_fold(0_i128, i128::checked_add);
                sum.filter(|sum| sum.unsigned_abs() <= LARGEST_SUM).map(Some).ok_or_else(overflow)
            };
            Ok(Values::Money { units: lists.iter().map(sum).collect::<Result<_, _>>()?, digits: *digits })
        }
        Values::Count(counts) => {
            let sum = |rows: &Vec<u32>| {
                let counts = rows.iter().filter_map(|&row| counts.get(row as usize));
                counts.into_iter().try_fold(0_u64, u64::checked_add).map(Some).ok_or_else(overflow)
            };
            Ok(Values::Count(lists.iter().map(sum).collect::<Result<_, _>>()?))
        }
        other => Ok(other.clone()),
    }
}
