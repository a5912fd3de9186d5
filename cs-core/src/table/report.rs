//! Results of several tables.

use super::{ColumnDoc, Table};
use crate::error::{Code, Error, Problem};
use crate::json::Json;
use crate::locale::Locale;

/// A result of several tables, each under its name, with figures beside them.
///
/// Its canonical JSON is an object: `schema`, every figure, every table as [`Table::to_json`] writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    schema: &'static str,
    figures: Vec<(&'static str, Json)>,
    tables: Vec<(&'static str, Table)>,
}

/// A table of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableDoc {
    /// Its name.
    pub name: &'static str,
    /// What a row is, and in which order.
    pub rows: &'static str,
    /// Its columns.
    pub columns: &'static [ColumnDoc],
}

/// A form in which people read a report.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct ReportForm {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Writes a report in it, in a language.
    pub(crate) write: fn(&Report, Locale) -> Result<String, Error>,
}

impl TableDoc {
    pub(crate) const fn of(name: &'static str, rows: &'static str, columns: &'static [ColumnDoc]) -> Self {
        Self { name, rows, columns }
    }
}

impl Report {
    pub(crate) fn new(
        schema: &'static str,
        figures: impl IntoIterator<Item = (&'static str, Json)>,
        tables: impl IntoIterator<Item = (&'static str, Table)>,
    ) -> Self {
        Self { schema, figures: figures.into_iter().collect(), tables: tables.into_iter().collect() }
    }

    /// The name of the report's shape.
    #[must_use]
    pub fn schema(&self) -> &str {
        self.schema
    }

    /// The figures, in their fixed order.
    #[must_use]
    pub fn figures(&self) -> &[(&'static str, Json)] {
        &self.figures
    }

    /// A figure by its name.
    #[must_use]
    pub fn figure(&self, name: &str) -> Option<&Json> {
        self.figures.iter().find(|(known, _)| *known == name).map(|(_, figure)| figure)
    }

    /// The tables, in their fixed order.
    #[must_use]
    pub fn tables(&self) -> &[(&'static str, Table)] {
        &self.tables
    }

    /// A table by its name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|(known, _)| *known == name).map(|(_, table)| table)
    }

    /// The report of such bytes as [`Report::to_packed`] gives, whose shape and tables are known by their names.
    pub(crate) fn from_packed(schema: &'static str, tables: &[TableDoc], bytes: &[u8]) -> Result<Self, Error> {
        let mut rest = bytes;
        let mut next = || {
            let (length, behind) = rest.split_first_chunk::<4>()?;
            let length = u32::from_le_bytes(*length) as usize;
            let part = behind.get(..length)?;
            rest = behind.get(length..)?;
            Some(part)
        };
        let cut = || Problem::argument(Code::InvalidArgument, "report", "these are not the bytes of a report");
        // What is in the tables is not read from the text of all of it.
        next().ok_or_else(cut)?;
        let table = |doc: &TableDoc| Ok((doc.name, Table::from_packed(next().ok_or_else(cut)?)?));
        let tables: Vec<(&'static str, Table)> = tables.iter().map(table).collect::<Result<_, Error>>()?;
        Ok(Self::new(schema, [], tables))
    }

    /// The report as bytes: its canonical JSON, and each of its tables as bytes, before each its length.
    pub(crate) fn to_packed(&self) -> Vec<u8> {
        let tables = self.tables.iter().map(|(_, table)| table.to_packed());
        let parts = std::iter::once(self.to_json().into_bytes()).chain(tables);
        parts.flat_map(|part| (part.len() as u32).to_le_bytes().into_iter().chain(part)).collect()
    }

    /// The canonical JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = format!("{{\"schema\":{}", Json::from(self.schema));
        for (name, figure) in &self.figures {
            out += &format!(",{}:{figure}", Json::from(*name));
        }
        for (name, table) in &self.tables {
            out += &format!(",{}:{}", Json::from(*name), table.to_json());
        }
        out + "}"
    }
}
