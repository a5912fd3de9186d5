//! How the library writes what people read, for programs that write more of it.

use crate::error;
use crate::float;
use crate::money;
use crate::table;

/// User input as it stands in a message: in backticks, on one line, cut to 64 characters.
#[must_use]
pub fn quoted(input: &str) -> String {
    error::quoted(input)
}

/// User input as it stands in a path: on one line, cut to 64 characters.
#[must_use]
pub fn cut(input: &str) -> String {
    error::cut(input)
}

/// Text as it stands in HTML and SVG, where nothing of it is markup.
#[must_use]
pub fn escaped(text: &str) -> String {
    table::escaped(text)
}

/// A plain decimal number with a comma before every third digit of its whole part: `-1,234.50`.
#[must_use]
pub fn grouped(number: &str) -> String {
    money::grouped(number)
}

/// A share as a percentage with one decimal: `95.2%`.
#[must_use]
pub fn percent(share: f64) -> String {
    float::percent(share)
}

/// A share as a percentage without decimals: `95%`.
#[must_use]
pub fn whole_percent(share: f64) -> String {
    float::whole_percent(share)
}
