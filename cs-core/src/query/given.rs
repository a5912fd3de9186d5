//! What a function on plain numbers is given: arguments, and columns in the layout that the host had them in.

use std::borrow::Cow;

use crate::error::{Code, Error, Problem, cut, quoted};
use crate::json::Json;
use crate::portfolio::InputColumn;
use crate::query::{Arguments, Parameter, Takes, place};

/// A column of plain values that crosses as it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Array {
    /// Numbers.
    Numbers(Vec<f64>),
    /// Each true or false.
    Flags(Vec<bool>),
}

impl Array {
    /// Of a column of numbers or flags in which no value is absent; any other column is given back.
    pub(crate) fn of(column: InputColumn) -> Result<Self, InputColumn> {
        match column {
            InputColumn::Float(numbers) if numbers.present().is_none() => Ok(Self::Numbers(numbers.into_values(0.0))),
            InputColumn::Flag(flags) if flags.present().is_none() => Ok(Self::Flags(flags.into_values(false))),
            column => Err(column),
        }
    }
}

/// The first item of an array.
fn first(array: &Array) -> Option<Json> {
    match array {
        Array::Numbers(numbers) => numbers.first().map(|number| Json::Float(*number)),
        Array::Flags(flags) => flags.first().map(|flag| Json::Flag(*flag)),
    }
}

/// The fault of a number at a path; one that is not finite has no text.
pub(crate) fn unexpected_number(path: impl Into<String>, number: f64, expected: &str) -> Problem {
    let told = Some(number).filter(|number| number.is_finite()).map(|number| Json::Float(number).to_string());
    let what = told.as_deref().map_or_else(|| "no finite number".to_owned(), quoted);
    let message = format!("{what} stands where {expected} is expected");
    let problem = Problem::argument(Code::InvalidArgument, path, message);
    told.map_or(problem.clone(), |told| problem.value(&told))
}

/// What a function on plain numbers is given.
pub(crate) struct Given<'a> {
    arguments: Arguments<'a>,
    arrays: &'a [(String, Array)],
}

impl<'a> Given<'a> {
    /// Arguments, and those of them that are columns of the host's.
    pub(crate) fn of(
        arguments: &'a Json,
        arrays: &'a [(String, Array)],
        parameters: &'static [Parameter],
    ) -> Result<Self, Problem> {
        let named = arguments.as_object().unwrap_or_default().iter().map(|(name, _)| name);
        let names: Vec<&String> = arrays.iter().map(|(name, _)| name).chain(named).collect();
        let twice = names
            .iter()
            .enumerate()
            .find(|(position, name)| names.iter().take(*position).any(|before| before == *name));
        if let Some((_, name)) = twice {
            let message = format!("the argument {} is given twice", quoted(name));
            return Err(Problem::argument(Code::InvalidArgument, cut(name), message));
        }
        for (name, array) in arrays {
            let parameter = crate::query::arguments::known(name, parameters)?;
            let fits = match array {
                Array::Numbers(_) => matches!(parameter.takes, Takes::Numbers | Takes::Flags),
                Array::Flags(_) => parameter.takes == Takes::Flags,
            };
            if !fits {
                // Its first item is as wrong as in a list.
                parameter.check(&Json::Array(first(array).into_iter().collect()))?;
                let message = format!("an array stands where {} is expected", parameter.takes.expected());
                return Err(Problem::argument(Code::InvalidArgument, parameter.name, message));
            }
        }
        Ok(Self { arguments: Arguments::of(arguments, parameters)?, arrays })
    }

    pub(crate) fn arguments(&self) -> &Arguments<'a> {
        &self.arguments
    }

    fn array(&self, name: &str) -> Option<&'a Array> {
        self.arrays.iter().find(|(given, _)| given == name).map(|(_, array)| array)
    }

    /// A column of numbers; none where it is left out.
    pub(crate) fn numbers(&self, name: &'static str) -> Result<Option<Cow<'a, [f64]>>, Problem> {
        if let Some(Array::Numbers(numbers)) = self.array(name) {
            return Ok(Some(numbers.into()));
        }
        let value = self.arguments.value(name)?;
        // What is no number was refused with the other arguments.
        let numbers = value.as_array().map(|items| items.iter().filter_map(Json::as_number).collect::<Vec<_>>());
        Ok(numbers.map(Cow::Owned))
    }

    /// A column of which each is true or false, or 1 or 0.
    pub(crate) fn flags(&self, name: &'static str) -> Result<Cow<'a, [bool]>, Error> {
        match self.array(name) {
            Some(Array::Flags(flags)) => Ok(flags.into()),
            Some(Array::Numbers(numbers)) => {
                let flag = |(position, number): (usize, &f64)| match *number {
                    0.0 => Ok(false),
                    1.0 => Ok(true),
                    other => Err(unexpected_number(place(name, position), other, "true, false, 1 or 0")),
                };
                Ok(Cow::Owned(numbers.iter().enumerate().map(flag).collect::<Result<_, _>>()?))
            }
            None => {
                let value = self.arguments.value(name)?;
                let flag = |item: &Json| *item == Json::Flag(true) || item.as_whole() == Some(1);
                Ok(Cow::Owned(value.as_array().unwrap_or_default().iter().map(flag).collect()))
            }
        }
    }
}
