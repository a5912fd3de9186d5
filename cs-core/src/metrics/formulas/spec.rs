//! A formula as it is asked for by its name.

use crate::docs::documented;
use crate::error::{Code, Error, Problem};
use crate::json::Json;
use crate::query::{Arguments, Errors, Parameter};
use crate::ratio::Ratio;

/// A formula on plain numbers.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FormulaSpec {
    /// The name, in the words of Rust and Python; JavaScript writes it in camel case.
    pub name: &'static str,
    /// What it gives: a sentence, and in further paragraphs the formula.
    pub doc: &'static str,
    /// Its arguments; those without a default come first.
    pub parameters: &'static [Parameter],
    /// Where it comes from.
    pub source: &'static str,
    compute: FormulaGives,
}

/// What a formula gives.
#[derive(Clone, Copy, Debug)]
pub(super) enum FormulaGives {
    /// A number, or nothing where it would divide by zero.
    Number(fn(&Arguments<'_>) -> Result<Ratio, Error>),
    /// The ends of an interval, or nothing.
    Interval(fn(&Arguments<'_>) -> Result<(Ratio, Ratio), Error>),
}

impl FormulaSpec {
    pub(super) const fn of(
        name: &'static str,
        parameters: &'static [Parameter],
        doc: &'static str,
        source: &'static str,
        compute: FormulaGives,
    ) -> Self {
        Self { name, doc: documented(doc), parameters, source: documented(source), compute }
    }

    /// The errors that it gives besides those of its arguments.
    #[must_use]
    pub fn errors(&self) -> Errors {
        Errors::of(&[], &[Code::InvalidArgument])
    }

    /// Whether it gives an interval.
    #[must_use]
    pub fn is_interval(&self) -> bool {
        matches!(self.compute, FormulaGives::Interval(_))
    }

    /// What it gives: a number, the two ends of an interval, or null.
    ///
    /// # Errors
    /// Those of the arguments; `invalid_argument` for numbers that no company has.
    pub fn call(&self, arguments: &Json) -> Result<Json, Error> {
        let arguments = Arguments::of(arguments, self.parameters)?;
        let number = |ratio: Ratio| ratio.value().map(Json::Float);
        Ok(match self.compute {
            FormulaGives::Number(compute) => number(compute(&arguments)?).unwrap_or(Json::Null),
            FormulaGives::Interval(compute) => {
                let (low, high) = compute(&arguments)?;
                number(low).zip(number(high)).map_or(Json::Null, |(low, high)| Json::Array(vec![low, high]))
            }
        })
    }
}

/// The fault of a number at an argument.
pub(super) fn refused(name: &str, value: impl ToString, expected: &str) -> Error {
    let value = value.to_string();
    let message = format!("{} stands where {expected} is expected", crate::error::quoted(&value));
    Problem::argument(Code::InvalidArgument, name, message).value(&value).into()
}

/// HubSpot Japan's guide.
pub(super) const HUBSPOT: &str = "HubSpot Japan's guide to customer success.";
/// The book.
pub(super) const BOOK: &str = "\"Customer Success\" by Mehta, Steinman and Murphy.";
