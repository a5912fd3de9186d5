//! What comes in, before anything is believed: columns of whatever a host had.
//!
//! Bindings fill an [`Input`] and judge nothing; every refusal is made in one place, so that one defect gives the
//! same error from CSV, JSON, Arrow and any language.

use std::ops::Range;
use std::sync::Arc;

use hashbrown::HashMap;
use rust_decimal::Decimal;

use super::limits::Limits;
use crate::error::Problem;
use crate::period::Day;
use crate::table::{Nullable, Table, Values};
use crate::text::{ABSENT, TextPool};

/// A value as a host had it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// Nothing.
    Absent,
    /// Text; empty text is absent.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// An exact decimal.
    Decimal(Decimal),
    /// A day, counted from 1970-01-01.
    Date(i32),
    /// True or false.
    Flag(bool),
    /// A float.
    Float(f64),
    /// A day with a clock time or a zone, as the host writes it.
    Moment(String),
    /// Anything else: what it is, such as "a list", in words of the host and not of its user.
    Other(String),
}

impl Value {
    /// The same without its own storage.
    pub(super) fn as_scalar(&self) -> Scalar<'_> {
        match self {
            Self::Absent => Scalar::Absent,
            Self::Text(text) => Scalar::text(text),
            Self::Integer(number) => Scalar::Integer(*number),
            Self::Decimal(number) => Scalar::Decimal { units: number.mantissa(), scale: number.scale() },
            Self::Date(day) => Scalar::Date(*day),
            Self::Flag(flag) => Scalar::Flag(*flag),
            Self::Float(number) => Scalar::Float(*number),
            Self::Moment(text) => Scalar::Moment(text),
            Self::Other(what) => Scalar::Other(what),
        }
    }
}

/// A borrowed [`Value`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Scalar<'a> {
    /// Nothing.
    Absent,
    /// Text that is not empty.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// An exact decimal: a count of 10^-`scale`.
    Decimal { units: i128, scale: u32 },
    /// A day, counted from 1970-01-01.
    Date(i32),
    /// True or false.
    Flag(bool),
    /// A float.
    Float(f64),
    /// A day with a clock time or a zone.
    Moment(&'a str),
    /// Anything else.
    Other(&'a str),
}

impl<'a> Scalar<'a> {
    fn text(text: &'a str) -> Self {
        if text.is_empty() { Self::Absent } else { Self::Text(text) }
    }
}

/// Strings end to end, repeated where they repeat; an empty one is absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextColumn(TextPool);

impl TextColumn {
    /// Puts a string at the end.
    pub fn push(&mut self, text: &str) {
        self.0.push(text);
    }

    /// Strings that stand end to end already, each up to one of these ends, in their order; none unless the last ends
    /// with the text and each end parts two characters.
    ///
    /// ```
    /// use cs_core::TextColumn;
    /// let column = TextColumn::of("acmebolt".to_owned(), [4, 8].into_iter());
    /// assert_eq!(column, Some(["acme", "bolt"].into_iter().collect()));
    /// assert_eq!(TextColumn::of("acmebolt".to_owned(), [4, 7].into_iter()), None);
    /// ```
    #[must_use]
    pub fn of(text: String, ends: impl ExactSizeIterator<Item = usize>) -> Option<Self> {
        TextPool::of(text, ends).map(Self)
    }

    /// Whether each string has at most so many bytes and none is absent.
    pub(super) fn are_within(&self, most: u64) -> bool {
        let (longest, any_absent) = self.0.longest();
        !any_absent && longest as u64 <= most
    }

    /// All strings.
    pub(super) fn into_pool(self) -> TextPool {
        self.0
    }

    /// How many strings, absent ones included.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The string of a row that has one.
    #[inline]
    pub(super) fn find(&self, row: usize) -> Option<&str> {
        Some(self.0.get(row as u32)).filter(|text| !text.is_empty())
    }
}

impl From<TextPool> for TextColumn {
    fn from(texts: TextPool) -> Self {
        Self(texts)
    }
}

impl<T: AsRef<str>> FromIterator<T> for TextColumn {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let mut column = Self::default();
        for text in texts {
            column.push(text.as_ref());
        }
        column
    }
}

/// Exact decimals have at most this many decimals, as in Arrow.
const MOST_DECIMALS: u32 = 38;

/// A column in the layout that the host had it in.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum InputColumn {
    /// Strings.
    Text(TextColumn),
    /// Positions in a dictionary of strings.
    Dictionary {
        /// The position of each row's string.
        positions: Nullable<u32>,
        /// The strings.
        texts: TextColumn,
    },
    /// Whole numbers.
    Integer(Nullable<i64>),
    /// Exact decimals: counts of 10^-`scale`.
    Decimal {
        /// The counts.
        units: Nullable<i128>,
        /// Their decimals.
        scale: u32,
    },
    /// Days counted from 1970-01-01.
    Date(Nullable<i32>),
    /// True or false.
    Flag(Nullable<bool>),
    /// Floats.
    Float(Nullable<f64>),
    /// A value of its own kind in every row.
    Values(Vec<Value>),
    /// Values of some of so many rows, in their order; the others have none.
    Sparse {
        /// How many rows.
        rows: usize,
        /// Rows, from 0, with their values.
        values: Vec<(usize, Value)>,
    },
}

impl InputColumn {
    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Text(texts) => texts.len(),
            Self::Dictionary { positions, .. } => positions.len(),
            Self::Integer(values) => values.len(),
            Self::Decimal { units, .. } => units.len(),
            Self::Date(values) => values.len(),
            Self::Flag(values) => values.len(),
            Self::Float(values) => values.len(),
            Self::Values(values) => values.len(),
            Self::Sparse { rows, .. } => *rows,
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether values that are given with their rows are those of one row after the other.
    pub(super) fn is_in_order(&self) -> bool {
        match self {
            Self::Sparse { rows, values } => {
                values.is_sorted_by(|(one, _), (next, _)| one < next) && values.last().is_none_or(|(row, _)| row < rows)
            }
            _ => true,
        }
    }

    /// Calls `f` with the value of each of some rows. The layout is looked at once, outside the loop, and the loops are
    /// compiled once, whatever is done with the values.
    pub(super) fn for_each(&self, rows: Range<usize>, f: &mut dyn FnMut(usize, Scalar<'_>)) {
        fn all<T: Copy + Default>(
            rows: Range<usize>,
            values: &Nullable<T>,
            f: &mut dyn FnMut(usize, Scalar<'_>),
            scalar: impl Fn(T) -> Scalar<'static>,
        ) {
            rows.for_each(|row| f(row, values.get(row).map_or(Scalar::Absent, &scalar)));
        }
        match self {
            Self::Text(texts) => rows.for_each(|row| f(row, Scalar::text(texts.0.get(row as u32)))),
            Self::Dictionary { positions, texts } => rows.for_each(|row| {
                f(row, positions.get(row).map_or(Scalar::Absent, |position| Scalar::text(texts.0.get(position))));
            }),
            Self::Integer(values) => all(rows, values, f, Scalar::Integer),
            Self::Decimal { units, scale } => all(rows, units, f, |units| match *scale {
                scale @ ..=MOST_DECIMALS => Scalar::Decimal { units, scale },
                _ => Scalar::Other("a decimal number of more than 38 decimals"),
            }),
            Self::Date(values) => all(rows, values, f, Scalar::Date),
            Self::Flag(values) => all(rows, values, f, Scalar::Flag),
            Self::Float(values) => all(rows, values, f, Scalar::Float),
            Self::Values(values) => {
                rows.for_each(|row| f(row, values.get(row).map_or(Scalar::Absent, Value::as_scalar)));
            }
            Self::Sparse { values, .. } => {
                let first = values.partition_point(|(at, _)| *at < rows.start);
                let mut values = values.iter().skip(first).peekable();
                for row in rows {
                    let value = values.next_if(|(at, _)| *at == row);
                    f(row, value.map_or(Scalar::Absent, |(_, value)| value.as_scalar()));
                }
            }
        }
    }
}

/// A table as a host had it: named columns of one length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Input {
    columns: Vec<(String, InputColumn)>,
    rows: usize,
}

impl Input {
    /// A table without columns, of so many rows.
    #[must_use]
    pub fn with_rows(rows: usize) -> Self {
        Self { rows, ..Self::default() }
    }

    /// Adds a column; one of another length than the table's is refused when the table is loaded.
    #[must_use]
    pub fn column(mut self, name: impl Into<String>, column: InputColumn) -> Self {
        self.columns.push((name.into(), column));
        self
    }

    /// How many rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The columns by themselves, in the order given.
    #[must_use]
    pub fn into_columns(self) -> Vec<(String, InputColumn)> {
        self.columns
    }

    /// The column at a position, which has none from then on.
    pub(super) fn take(&mut self, position: usize) -> InputColumn {
        let nothing = InputColumn::Values(Vec::new());
        self.columns.get_mut(position).map_or(nothing.clone(), |(_, column)| std::mem::replace(column, nothing))
    }

    /// The columns, in the order given.
    #[must_use]
    pub fn columns(&self) -> &[(String, InputColumn)] {
        &self.columns
    }
}

/// A result as input: what a portfolio showed can be loaded again. Lists of texts have no place in an input table, and
/// become [`Value::Other`].
impl From<Table> for Input {
    fn from(table: Table) -> Self {
        let rows = table.len();
        let columns = table.into_columns().map(|(name, values)| (name, values.into()));
        Self { columns: columns.collect(), rows }
    }
}

impl From<Values> for InputColumn {
    fn from(values: Values) -> Self {
        match values {
            Values::Money { units, digits } => Self::Decimal { units, scale: digits.into() },
            Values::Count(counts) => {
                let fits = |count: Option<u64>| count.is_none_or(|count| i64::try_from(count).is_ok());
                // One that does not fit is refused when it is read, and not lost.
                let value =
                    |count: u64| i64::try_from(count).map_or_else(|_| Value::Text(count.to_string()), Value::Integer);
                match counts.iter().all(fits) {
                    true => Self::Integer(counts.iter().map(|count| count?.try_into().ok()).collect()),
                    false => Self::Values(counts.iter().map(|count| count.map_or(Value::Absent, value)).collect()),
                }
            }
            Values::Ratio(ratios) => Self::Float(ratios),
            Values::Date(days) => Self::Date(days.iter().map(|day| day.map(Day::unix_days)).collect()),
            Values::Text(texts) => {
                let (codes, pool) = texts.into_parts();
                let positions = codes.into_iter().map(|code| (code != ABSENT).then_some(code)).collect();
                Self::Dictionary { positions, texts: TextColumn(Arc::unwrap_or_clone(pool)) }
            }
            Values::TextList(lists) => {
                let value = |list: Option<_>| list.map_or(Value::Absent, |_| Value::Other("a list".to_owned()));
                Self::Values(lists.iter().map(value).collect())
            }
            Values::Flag(flags) => Self::Flag(flags),
        }
    }
}

/// A table made row by row; its columns are in the order in which their names first appear.
///
/// What it takes grows with the values, not with rows times columns: a row that names a column of its own costs no
/// more than another.
#[derive(Debug)]
pub struct InputRows<'a> {
    table: &'a str,
    limits: &'a Limits,
    positions: HashMap<String, usize>,
    columns: Vec<(String, Vec<(usize, Value)>)>,
    rows: usize,
}

impl<'a> InputRows<'a> {
    /// No rows yet, of the table of a name.
    #[must_use]
    pub fn new(table: &'a str, limits: &'a Limits) -> Self {
        Self { table, limits, positions: HashMap::new(), columns: Vec::new(), rows: 0 }
    }

    /// Begins the next row.
    ///
    /// # Errors
    /// `limit_exceeded`.
    pub fn row(&mut self) -> Result<(), Problem> {
        self.rows += 1;
        self.limits.check_rows(self.table, self.rows as u64)
    }

    /// Puts a value into the row, under the name of its column.
    ///
    /// # Errors
    /// `limit_exceeded`.
    pub fn value(&mut self, name: &str, value: Value) -> Result<(), Problem> {
        let position = match self.positions.get(name) {
            Some(&position) => position,
            None => {
                self.limits.check_columns(self.table, self.columns.len() + 1)?;
                self.positions.insert(name.to_owned(), self.columns.len());
                self.columns.push((name.to_owned(), Vec::new()));
                self.columns.len() - 1
            }
        };
        if let Some((_, values)) = self.columns.get_mut(position) {
            values.push((self.rows.saturating_sub(1), value));
        }
        Ok(())
    }

    /// The table.
    #[must_use]
    pub fn into_input(self) -> Input {
        let Self { columns, rows, .. } = self;
        let columns = columns.into_iter().map(|(name, values)| (name, InputColumn::Sparse { rows, values }));
        Input { columns: columns.collect(), rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    #[test]
    fn rows_without_a_value_are_there() -> Result<(), Problem> {
        let limits = Limits { columns: 2, rows: 3, ..Limits::default() };
        let mut rows = InputRows::new("contracts", &limits);
        rows.row()?;
        rows.row()?;
        rows.value("b", Value::Integer(1))?;
        rows.value("a", Value::Integer(2))?;
        assert_eq!(rows.value("c", Value::Absent).map_err(|problem| problem.code), Err(Code::LimitExceeded));
        rows.row()?;
        rows.value("b", Value::Integer(3))?;
        assert_eq!(rows.row().map_err(|problem| problem.code), Err(Code::LimitExceeded));
        let input = rows.into_input();
        let cells = input.columns().iter().map(|(name, column)| {
            let mut cells = Vec::new();
            column.for_each(0..column.len(), &mut |_, scalar| {
                cells.push(if let Scalar::Integer(number) = scalar { number } else { 0 })
            });
            (name.as_str(), cells)
        });
        assert_eq!(cells.collect::<Vec<_>>(), [("b", vec![0, 1, 3, 0]), ("a", vec![0, 2, 0, 0])]);
        Ok(())
    }

    #[test]
    fn values_with_their_rows_are_in_order() {
        let is_in_order = |rows: &[usize]| {
            let values = rows.iter().map(|&row| (row, Value::Absent)).collect();
            InputColumn::Sparse { rows: 3, values }.is_in_order()
        };
        assert!([&[][..], &[0, 2], &[0, 1, 2]].into_iter().all(is_in_order));
        assert!(![&[2, 0][..], &[1, 1], &[3]].into_iter().any(is_in_order));
    }

    #[test]
    fn every_layout_hands_out_its_values() {
        let texts: TextColumn = ["x", ""].into_iter().collect();
        let decimals = |scale| InputColumn::Decimal { units: [Some(125), None].into_iter().collect(), scale };
        let positions = [Some(0), None].into_iter().collect();
        for (column, expected) in [
            (InputColumn::Text(texts.clone()), Scalar::Text("x")),
            (InputColumn::Dictionary { positions, texts }, Scalar::Text("x")),
            (InputColumn::Integer([Some(7), None].into_iter().collect()), Scalar::Integer(7)),
            (decimals(2), Scalar::Decimal { units: 125, scale: 2 }),
            (decimals(38), Scalar::Decimal { units: 125, scale: 38 }),
            (decimals(39), Scalar::Other("a decimal number of more than 38 decimals")),
            (InputColumn::Date([Some(1), None].into_iter().collect()), Scalar::Date(1)),
            (InputColumn::Flag([Some(true), None].into_iter().collect()), Scalar::Flag(true)),
            (InputColumn::Float([Some(0.5), None].into_iter().collect()), Scalar::Float(0.5)),
            (InputColumn::Values(vec![Value::Integer(7), Value::Absent]), Scalar::Integer(7)),
            (InputColumn::Sparse { rows: 2, values: vec![(0, Value::Flag(true))] }, Scalar::Flag(true)),
        ] {
            let mut rows = 0;
            column.for_each(0..column.len(), &mut |row, scalar| {
                assert_eq!((row, scalar), (rows, if row == 0 { expected } else { Scalar::Absent }));
                rows += 1;
            });
            assert_eq!(rows, column.len());
            // From a later row on, and of no row.
            column.for_each(1..2, &mut |row, scalar| assert_eq!((row, scalar), (1, Scalar::Absent)));
            let mut none = 0;
            column.for_each(1..1, &mut |_, _| none += 1);
            assert_eq!(none, 0);
        }
        let values = [1, 3, 6].map(|row| (row, Value::Integer(row as i64)));
        let mut sparse = Vec::new();
        let number = |scalar: Scalar<'_>| if let Scalar::Integer(number) = scalar { number } else { 0 };
        InputColumn::Sparse { rows: 9, values: values.into() }
            .for_each(2..7, &mut |row, scalar| sparse.push((row, number(scalar))));
        assert_eq!(sparse, [(2, 0), (3, 3), (4, 0), (5, 0), (6, 6)]);
    }

    #[test]
    fn columns_know_their_length() {
        for rows in 0..2 {
            let column = InputColumn::Integer(Nullable::from(vec![7; rows]));
            assert_eq!((column.len(), column.is_empty()), (rows, rows == 0));
        }
    }
}
