//! What a constructor of a portfolio is.

use super::{Errors, Parameter, Takes};

/// A constructor of a portfolio.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Constructor {
    /// The name, in the words of Rust and Python; JavaScript writes it in camel case.
    pub name: &'static str,
    /// What it gives: a sentence, and in further paragraphs what holds of it.
    pub doc: &'static str,
    /// Its arguments; those without a default come first.
    pub parameters: &'static [Parameter],
    /// The errors that it gives besides those of its arguments.
    pub errors: Errors,
    /// Where its definition comes from.
    pub source: &'static str,
}

/// What every constructor takes.
pub(super) const LOAD_DEFINITIONS: Parameter = Parameter::optional(
    "definitions",
    Takes::Definitions,
    "null",
    "The definitions that operations follow unless given others; their extra_digits say how many decimals amounts may have.",
);
