//! What a call is given, on its way from JavaScript.

use cs_core::{Input, InputColumn, Json, Value, wire};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::Thrown;

/// Asks for about as much memory as the work to come takes, which stays with the allocator.
///
/// Memory that grows page by page makes some hosts collect all their garbage every few pages. More than there is to be
/// had is not asked for.
pub(crate) fn reserve(bytes: usize) {
    let mut memory = Vec::<u8>::new();
    // Without it the work begins all the same.
    let _ = memory.try_reserve_exact(bytes);
    drop(std::hint::black_box(memory));
}

/// What a call is given: arguments, and tables or files by their names.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Given {
    pub(crate) arguments: Json,
    pub(crate) tables: Vec<(String, Input)>,
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

#[wasm_bindgen]
impl Given {
    /// Arguments, and no table yet.
    #[wasm_bindgen(constructor, skip_jsdoc)]
    pub fn new(arguments: &str) -> Result<Self, Thrown> {
        let arguments = Json::parse(arguments)?;
        Ok(Self { arguments, tables: Vec::new(), files: Vec::new() })
    }

    /// Adds a file.
    #[wasm_bindgen(skip_jsdoc)]
    pub fn file(&mut self, name: String, bytes: Vec<u8>) {
        self.files.push((name, bytes));
    }

    /// Adds a table of so many rows, for so many columns, unless that is more than the limits allow.
    #[wasm_bindgen(skip_jsdoc)]
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
    #[wasm_bindgen(skip_jsdoc)]
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
