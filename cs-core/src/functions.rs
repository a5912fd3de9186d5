//! Every function on plain numbers, and what goes by each.

use crate::docs::documented;
use crate::error::Error;
use crate::forecast::{CumulativeIncidence, KaplanMeier, LogRank, RestrictedMean};
use crate::json::Json;
use crate::portfolio::InputColumn;
use crate::query::{Array, Errors, Function, Given, Parameter};
use crate::table::{ColumnDoc, Table};

/// Every function on plain numbers that gives a table.
pub(crate) const ON_NUMBERS: &[FunctionSpec] = &[
    FunctionSpec::of::<KaplanMeier>(),
    FunctionSpec::of::<RestrictedMean>(),
    FunctionSpec::of::<LogRank>(),
    FunctionSpec::of::<CumulativeIncidence>(),
    #[cfg(feature = "review")]
    FunctionSpec::of::<crate::principles::Plays>(),
];

/// A function on plain numbers, as its file describes it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FunctionSpec {
    /// The name, in the words of Rust and Python; JavaScript writes it in camel case.
    pub name: &'static str,
    /// What it gives: a sentence, and in further paragraphs what holds of it.
    pub doc: &'static str,
    /// Its arguments; those without a default come first.
    pub parameters: &'static [Parameter],
    /// What a row of its table is, and in which order.
    pub rows: &'static str,
    /// The columns of its table.
    pub columns: &'static [ColumnDoc],
    /// The errors that it gives besides those of its arguments.
    pub errors: Errors,
    /// Where its definition comes from.
    pub source: &'static str,
    compute: fn(&Given<'_>) -> Result<Table, Error>,
}

impl FunctionSpec {
    /// One that says of itself what it does.
    pub(crate) const fn of<F: Function>() -> Self {
        let about = F::ABOUT;
        Self {
            name: F::HEADING.0,
            doc: documented(about.doc),
            parameters: about.parameters,
            rows: documented(about.rows),
            columns: F::HEADING.1,
            errors: about.errors,
            source: documented(about.source),
            compute: |given| F::compute(given).map(Into::into),
        }
    }

    /// What it gives; `arguments` is an object, and `columns` are those arguments that the host has as columns.
    pub(crate) fn call(&self, columns: Vec<(String, InputColumn)>, arguments: &Json) -> Result<Table, Error> {
        // What is no array of numbers or flags is read as a list would be.
        let (mut arrays, mut lists) = (Vec::new(), Vec::new());
        for (key, column) in columns {
            match Array::of(column) {
                Ok(array) => arrays.push((key, array)),
                Err(column) => lists.push((key.clone(), column.to_json(&key)?)),
            }
        }
        let entries = arguments.as_object().unwrap_or_default().iter().cloned();
        let arguments =
            if lists.is_empty() { arguments.clone() } else { Json::Object(lists.into_iter().chain(entries).collect()) };
        (self.compute)(&Given::of(&arguments, &arrays, self.parameters)?)
    }
}
