//! Where the rows of a table come from.

use super::input::Input;

/// Where the rows of a table come from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Source<'a> {
    /// Columns, or typed rows made into columns.
    Table(Input),
    /// A CSV file in UTF-8 with a header.
    Csv(&'a [u8]),
}

impl From<Input> for Source<'_> {
    fn from(input: Input) -> Self {
        Self::Table(input)
    }
}

impl<'a> From<&'a [u8]> for Source<'a> {
    fn from(file: &'a [u8]) -> Self {
        Self::Csv(file)
    }
}

impl<'a> From<&'a str> for Source<'a> {
    fn from(file: &'a str) -> Self {
        Self::Csv(file.as_bytes())
    }
}

impl<'a> From<&'a Vec<u8>> for Source<'a> {
    fn from(file: &'a Vec<u8>) -> Self {
        Self::Csv(file)
    }
}

impl<'a> From<&'a String> for Source<'a> {
    fn from(file: &'a String) -> Self {
        Self::Csv(file.as_bytes())
    }
}
