//! The JavaScript face of the library: converts and calls.
//!
//! Names, defaults, checks and texts are the core's; `cs_core::wire` is all that is called beside tables. Arguments
//! and results cross as JSON and input tables column by column; `js/` makes classes of them. No handle to a result
//! exists: a result is its canonical JSON, which [`written`] takes again.

use cs_core::{Definitions, Error, Input, InputColumn, Json, Problem, Table, Unwatched, Value, wire};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// An error on its way out: the canonical JSON of [`wire::error_object`], of which `js/` makes an `Error`.
#[derive(Debug)]
pub struct Thrown(String);

impl From<Error> for Thrown {
    fn from(error: Error) -> Self {
        Self(wire::error_object(&error).to_string())
    }
}

impl From<Problem> for Thrown {
    fn from(problem: Problem) -> Self {
        Error::from(problem).into()
    }
}

impl From<Thrown> for JsValue {
    fn from(thrown: Thrown) -> Self {
        Self::from_str(&thrown.0)
    }
}

/// Asks for about as much memory as the work to come takes, which stays with the allocator.
///
/// Memory that grows page by page makes some hosts collect all their garbage every few pages. More than there is to be
/// had is not asked for.
fn reserve(bytes: usize) {
    let mut memory = Vec::<u8>::new();
    // Without it the work begins all the same.
    let _ = memory.try_reserve_exact(bytes);
    drop(std::hint::black_box(memory));
}

/// What a call is given: arguments, and tables or files by their names.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Given {
    arguments: Json,
    tables: Vec<(String, Input)>,
    files: Vec<(String, Vec<u8>)>,
}

#[wasm_bindgen]
impl Given {
    /// Arguments, and no table yet.
    #[wasm_bindgen(constructor)]
    pub fn new(arguments: &str) -> Result<Self, Thrown> {
        let arguments = Json::parse(arguments)?;
        Ok(Self { arguments, tables: Vec::new(), files: Vec::new() })
    }

    /// Adds a file.
    pub fn file(&mut self, name: String, bytes: Vec<u8>) {
        self.files.push((name, bytes));
    }

    /// Adds a table of so many rows, for so many columns, unless that is more than the limits allow.
    pub fn table(&mut self, name: String, rows: usize, columns: usize) -> Result<(), Thrown> {
        let limits = wire::limits(&self.arguments)?;
        limits.check_columns(&name, columns)?;
        limits.check_rows(&name, rows as u64)?;
        // Wide tables are sparse more often than not.
        reserve(rows.saturating_mul(columns.min(16)).saturating_mul(32));
        self.tables.push((name, Input::with_rows(rows)));
        Ok(())
    }

    /// Adds a column to the last table. `kinds` says what stands in each row, in the numbers of [`kind`]; numbers, and
    /// texts as pieces of `text` of so many UTF-16 units, are taken in turn.
    pub fn column(&mut self, name: &str, kinds: &[u8], numbers: &[f64], text: &str, lengths: &[u32]) {
        let mut numbers = numbers.iter().copied();
        let mut pieces = Pieces { rest: text, lengths: lengths.iter() };
        let absent = kinds.iter().filter(|&&kind| kind == kind::ABSENT).count();
        let texts = kinds.iter().filter(|&&kind| kind == kind::TEXT).count();
        let column = if absent + texts == kinds.len() && absent <= texts {
            let text = |&kind| if kind == kind::TEXT { pieces.next().unwrap_or_default() } else { "" };
            InputColumn::Text(kinds.iter().map(text).collect())
        } else {
            let mut value = |&kind: &u8| match kind {
                kind::FALSE | kind::TRUE => Value::Flag(kind == kind::TRUE),
                kind::FLOAT => Value::Float(numbers.next().unwrap_or(f64::NAN)),
                kind::INTEGER => {
                    let digits = pieces.next().unwrap_or_default();
                    digits.parse().map_or_else(|_| Value::Text(digits.to_owned()), Value::Integer)
                }
                kind::TEXT => Value::Text(pieces.next().unwrap_or_default().to_owned()),
                kind::MOMENT => Value::Moment(pieces.next().unwrap_or_default().to_owned()),
                _ => Value::Other(pieces.next().unwrap_or_default().to_owned()),
            };
            let present = kinds.iter().enumerate().filter(|&(_, &kind)| kind != kind::ABSENT);
            let values = present.map(|(row, kind)| (row, value(kind))).collect();
            InputColumn::Sparse { rows: kinds.len(), values }
        };
        if let Some((_, table)) = self.tables.last_mut() {
            *table = std::mem::take(table).column(name, column);
        }
    }
}

/// What stands in a row of a column, as `js/input.js` numbers it.
mod kind {
    pub(super) const ABSENT: u8 = 0;
    pub(super) const TEXT: u8 = 1;
    pub(super) const FALSE: u8 = 2;
    pub(super) const TRUE: u8 = 3;
    pub(super) const FLOAT: u8 = 4;
    /// A whole number by its digits; one too large for the core stays the text that it is.
    pub(super) const INTEGER: u8 = 5;
    /// A day with a clock time, by its text.
    pub(super) const MOMENT: u8 = 6;
}

/// A text cut into pieces whose lengths are in UTF-16 units, as JavaScript counts.
struct Pieces<'a> {
    rest: &'a str,
    lengths: std::slice::Iter<'a, u32>,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let mut units = *self.lengths.next()? as usize;
        let mut bytes = 0;
        for character in self.rest.chars() {
            if units == 0 {
                break;
            }
            units = units.saturating_sub(character.len_utf16());
            bytes += character.len_utf8();
        }
        let (piece, rest) = self.rest.split_at_checked(bytes)?;
        self.rest = rest;
        Some(piece)
    }
}

/// Whether an argument of the constructors is a table.
#[wasm_bindgen]
#[must_use]
pub fn is_table(argument: &str) -> bool {
    wire::is_table(argument)
}

/// A validated book of contracts and customers; never changed once made.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Portfolio(cs_core::Portfolio);

#[wasm_bindgen]
impl Portfolio {
    /// A portfolio of tables, which are used up.
    ///
    /// # Errors
    /// Those of [`wire::from_tables`].
    pub fn from_tables(given: Given) -> Result<Self, Thrown> {
        let (names, tables): (Vec<String>, Vec<Input>) = given.tables.into_iter().unzip();
        let tables = names.iter().map(String::as_str).zip(tables).collect();
        Ok(Self(wire::from_tables(tables, &given.arguments, &Unwatched)?))
    }

    /// A portfolio of CSV files, which are used up.
    ///
    /// # Errors
    /// Those of [`wire::from_csv`].
    pub fn from_csv(given: Given) -> Result<Self, Thrown> {
        reserve(given.files.iter().map(|(_, file)| file.len().saturating_mul(4)).sum());
        let files = given.files.iter().map(|(name, file)| (name.as_str(), file.as_slice())).collect();
        Ok(Self(wire::from_csv(files, &given.arguments, &Unwatched)?))
    }

    /// A portfolio that is drawn, or the errors of [`wire::synthetic`].
    pub fn synthetic(arguments: &str) -> Result<Self, Thrown> {
        Ok(Self(wire::synthetic(&Json::parse(arguments)?, &Unwatched)?))
    }

    /// The canonical JSON of the table that an operation gives.
    ///
    /// # Errors
    /// Those of [`wire::run`].
    pub fn run(&self, operation: &str, arguments: &str) -> Result<String, Thrown> {
        Ok(wire::run(&self.0, operation, &Json::parse(arguments)?, &Unwatched)?.to_json())
    }

    /// The bytes of the result of an operation on a part of the customers; `positional` is a list of arguments.
    ///
    /// # Errors
    /// Those of [`wire::partial`].
    pub fn partial(&self, operation: &str, positional: &str, arguments: &str) -> Result<Vec<u8>, Thrown> {
        let positional = Json::parse(positional)?;
        let positional = positional.as_array().unwrap_or_default();
        Ok(wire::partial(&self.0, operation, positional, &Json::parse(arguments)?, &Unwatched)?)
    }

    /// The canonical JSON of what was loaded into a table.
    ///
    /// # Errors
    /// `unknown_table`, `limit_exceeded`.
    pub fn table(&self, name: &str) -> Result<String, Thrown> {
        Ok(wire::table(&self.0, name, &Unwatched)?.to_json())
    }

    /// The canonical JSON of the load report.
    #[must_use]
    pub fn load_report(&self) -> String {
        self.0.load_report().to_object().to_string()
    }

    /// What else is known of it, as JSON: `{currency, observed_until, definitions}`.
    #[must_use]
    pub fn facts(&self) -> String {
        let observed_until = self.0.observed_until().map(|day| day.to_string());
        let facts = [
            ("currency", Json::from(self.0.currency().code())),
            ("observed_until", Json::text(observed_until.as_deref())),
            ("definitions", self.0.definitions().to_object()),
        ];
        Json::object(facts).to_string()
    }
}

/// What partials, given as files, make together: a partial again, or the canonical JSON of the table.
///
/// # Errors
/// Those of [`wire::merge`].
#[wasm_bindgen]
pub fn merge(given: Given, is_part: bool) -> Result<Vec<u8>, Thrown> {
    let partials: Vec<Vec<u8>> = given.files.into_iter().map(|(_, bytes)| bytes).collect();
    Ok(if is_part { wire::merge_partials(&partials)? } else { wire::merge(&partials)?.to_json().into_bytes() })
}

/// The canonical JSON of all switches: those of `definitions`, then those of an object set.
///
/// # Errors
/// Those of [`Definitions::from_json`] and [`Definitions::replace`].
#[wasm_bindgen]
pub fn definitions(definitions: &str, switches: &str) -> Result<String, Thrown> {
    Ok(Definitions::from_json(definitions)?.replace(&Json::parse(switches)?)?.to_json())
}

/// The fingerprint of definitions.
///
/// # Errors
/// Those of [`Definitions::from_json`].
#[wasm_bindgen]
pub fn definitions_fingerprint(definitions: &str) -> Result<String, Thrown> {
    Ok(Definitions::from_json(definitions)?.fingerprint())
}

/// The switches on which two definitions differ, as canonical JSON: a list of `{switch, before, after}`.
///
/// # Errors
/// Those of [`Definitions::from_json`].
#[wasm_bindgen]
pub fn definitions_diff(before: &str, after: &str) -> Result<String, Thrown> {
    let differences = Definitions::from_json(before)?.diff(&Definitions::from_json(after)?);
    Ok(Json::Array(differences.into_iter().map(Json::from).collect()).to_string())
}

/// A table, by its canonical JSON, in another form.
///
/// # Errors
/// Those of [`Table::from_json`] and [`wire::written`].
#[wasm_bindgen]
pub fn written(table: &str, form: &str, arguments: &str) -> Result<String, Thrown> {
    reserve(table.len().saturating_mul(8));
    Ok(wire::written(&Table::from_json(table)?, form, &Json::parse(arguments)?)?)
}

/// The surface manifest as canonical JSON.
#[wasm_bindgen]
#[must_use]
pub fn surface() -> String {
    wire::surface().to_string()
}

/// The canonical JSON of a table of every scalar kind.
#[wasm_bindgen]
#[must_use]
pub fn exemplar() -> String {
    cs_core::exemplar().to_json()
}

/// The version of the library.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    cs_core::VERSION.to_owned()
}
