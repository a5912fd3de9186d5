//! Typed rows as the columns of a table.

use super::input::Input;
use super::source::Source;

/// A row of an input table, such as [`Contract`](crate::Contract).
pub trait TypedRow: Sized {
    /// Rows as a table, with the columns of which any has a value.
    #[doc(hidden)]
    fn input(rows: &[Self]) -> Input;
}

impl<R: TypedRow> From<&[R]> for Input {
    fn from(rows: &[R]) -> Self {
        R::input(rows)
    }
}

impl<R: TypedRow> From<&Vec<R>> for Input {
    fn from(rows: &Vec<R>) -> Self {
        R::input(rows)
    }
}

impl<R: TypedRow> From<Vec<R>> for Input {
    fn from(rows: Vec<R>) -> Self {
        R::input(&rows)
    }
}

impl<const N: usize, R: TypedRow> From<[R; N]> for Input {
    fn from(rows: [R; N]) -> Self {
        R::input(&rows)
    }
}

impl<R: TypedRow> From<&[R]> for Source<'_> {
    fn from(rows: &[R]) -> Self {
        Self::Table(rows.into())
    }
}

impl<R: TypedRow> From<&Vec<R>> for Source<'_> {
    fn from(rows: &Vec<R>) -> Self {
        Self::Table(rows.into())
    }
}

impl<R: TypedRow> From<Vec<R>> for Source<'_> {
    fn from(rows: Vec<R>) -> Self {
        Self::Table(rows.into())
    }
}

impl<const N: usize, R: TypedRow> From<[R; N]> for Source<'_> {
    fn from(rows: [R; N]) -> Self {
        Self::Table(rows.into())
    }
}
