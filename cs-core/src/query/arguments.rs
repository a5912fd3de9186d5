//! The arguments of a call: checked against their declaration, read with their defaults.

use std::borrow::Cow;
use std::str::FromStr;

use chrono::NaiveDate;
#[cfg(feature = "rooms")]
use rust_decimal::Decimal;

use super::{DEFINITIONS, Parameter, place};
use crate::definitions::Definitions;
use crate::error::{Code, Error, Problem, cut, quoted};
use crate::json::Json;
use crate::period::{Day, DayError};
use crate::portfolio::{Portfolio, TABLES_TO_COME, unknown_table};
use crate::word::Word;

pub(crate) fn missing_argument(name: &str) -> Problem {
    Problem::argument(Code::MissingArgument, name, format!("the argument {name} is missing"))
}

/// The arguments of a call, all of them known.
pub struct Arguments<'a> {
    pub(crate) given: &'a Json,
    parameters: &'static [Parameter],
}

impl<'a> Arguments<'a> {
    pub(crate) fn of(given: &'a Json, parameters: &'static [Parameter]) -> Result<Self, Problem> {
        let Json::Object(entries) = given else {
            let message = format!("{} is not an object of arguments", given.describe());
            return Err(Problem::argument(Code::InvalidArgument, "arguments", message));
        };
        for (name, value) in entries {
            known(name, parameters)?.check(value)?;
        }
        Ok(Self { given, parameters })
    }

    /// Whether a call takes an argument of this name.
    pub(crate) fn takes(&self, parameter: &Parameter) -> bool {
        self.parameters.iter().any(|known| known.name == parameter.name)
    }

    /// The value of an argument, or its default.
    pub(crate) fn value(&self, name: &'static str) -> Result<Json, Problem> {
        if let Some(value) = self.given.get(name).filter(|value| **value != Json::Null) {
            return Ok(value.clone());
        }
        match self.parameters.iter().find(|parameter| parameter.name == name).and_then(|known| known.default) {
            Some(default) => Json::parse(default),
            None => Err(missing_argument(name)),
        }
    }

    pub(crate) fn day(&self, name: &'static str) -> Result<NaiveDate, Problem> {
        let value = self.value(name)?;
        // What is no text was refused with the other arguments.
        let text = value.as_text().unwrap_or_default();
        text.parse::<Day>().map(Day::date).map_err(|fault| fault.problem(text).in_argument(name))
    }

    /// A day that may be left out.
    pub(crate) fn optional_day(&self, name: &'static str) -> Result<Option<NaiveDate>, Problem> {
        if self.value(name)? == Json::Null { Ok(None) } else { self.day(name).map(Some) }
    }

    /// A list of days.
    pub(crate) fn days(&self, name: &'static str) -> Result<Vec<NaiveDate>, Problem> {
        let value = self.value(name)?;
        let texts = value.as_array().unwrap_or_default().iter().filter_map(Json::as_text);
        let day = |(position, text): (usize, &str)| {
            let refuse =
                |fault: DayError| Problem { path: place(name, position), ..fault.problem(text).in_argument(name) };
            text.parse::<Day>().map(Day::date).map_err(refuse)
        };
        texts.enumerate().map(day).collect()
    }

    /// A name or a list of names; none where it is left out.
    pub(crate) fn names(&self, name: &'static str) -> Result<Vec<String>, Problem> {
        let text = |json: &Json| json.as_text().map(str::to_owned);
        Ok(match self.value(name)? {
            Json::Array(names) => names.iter().filter_map(text).collect(),
            one => text(&one).into_iter().collect(),
        })
    }

    /// A list of texts, of which some may be absent.
    #[cfg(feature = "rooms")]
    pub(crate) fn maybe_texts(&self, name: &'static str) -> Result<Vec<Option<String>>, Problem> {
        let text = |json: &Json| json.as_text().map(str::to_owned);
        Ok(self.value(name)?.as_array().unwrap_or_default().iter().map(text).collect())
    }

    /// A number.
    pub(crate) fn float(&self, name: &'static str) -> Result<f64, Problem> {
        // What is no number was refused with the other arguments.
        Ok(self.value(name)?.as_number().unwrap_or_default())
    }

    /// An amount of money, exactly.
    #[cfg(feature = "rooms")]
    pub(crate) fn amount(&self, name: &'static str) -> Result<Decimal, Problem> {
        let value = self.value(name)?;
        match &value {
            Json::Integer(number) => Ok(Decimal::from(*number)),
            _ => {
                let text = value.as_text().unwrap_or_default();
                let refused = |expected: &str| {
                    let message = format!("{} stands where {expected} is expected", quoted(text));
                    Problem::argument(Code::InvalidArgument, name, message).value(text)
                };
                let plain = "an amount such as \"1200.00\"";
                // The text of a decimal number has at least one digit, and no exponent.
                if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-') {
                    return Err(refused(plain));
                }
                Decimal::from_str_exact(text).map_err(|fault| match fault {
                    rust_decimal::Error::ErrorString(_) => refused(plain),
                    _ => refused("an amount of at most 28 digits"),
                })
            }
        }
    }

    /// A whole number.
    pub(crate) fn number(&self, name: &'static str) -> Result<u64, Problem> {
        // What is below zero was refused with the other arguments.
        Ok(self.value(name)?.as_whole().map_or(0, i64::unsigned_abs))
    }

    /// A list of whole numbers.
    #[cfg(feature = "rooms")]
    pub(crate) fn numbers(&self, name: &'static str) -> Result<Vec<u64>, Problem> {
        let value = self.value(name)?;
        let numbers = value.as_array().unwrap_or_default().iter().filter_map(Json::as_whole);
        Ok(numbers.map(i64::unsigned_abs).collect())
    }

    /// The same, of 32 bits.
    pub(crate) fn count(&self, name: &'static str) -> Result<u32, Problem> {
        let number = self.number(name)?;
        u32::try_from(number).map_err(|_| Problem::out_of_bounds(name, number, &(0..=u32::MAX.into())))
    }

    /// A text in a form of its own.
    pub(crate) fn parsed<T: FromStr>(
        &self,
        name: &'static str,
        problem: impl FnOnce(T::Err, &str) -> Problem,
    ) -> Result<T, Problem> {
        let value = self.value(name)?;
        let text = value.as_text().unwrap_or_default();
        text.parse().map_err(|fault| problem(fault, text))
    }

    pub(crate) fn word<T: Word>(&self, name: &'static str) -> Result<T, Error> {
        // Words were checked with the other arguments.
        self.value(name)?
            .as_text()
            .and_then(T::from_word)
            .ok_or_else(|| Error::internal(format!("the argument {name} was not checked")))
    }

    /// The definitions to follow: those of the portfolio with the switches that are given.
    pub(crate) fn definitions<'p>(&self, portfolio: &'p Portfolio) -> Result<Cow<'p, Definitions>, Error> {
        match self.value(DEFINITIONS.name)? {
            Json::Null => Ok(Cow::Borrowed(portfolio.definitions())),
            switches => portfolio.definitions().replace(&switches).map(Cow::Owned),
        }
    }
}

/// The argument of a name; tables come beside the arguments.
pub(super) fn known(name: &str, parameters: &'static [Parameter]) -> Result<&'static Parameter, Problem> {
    let is_it = |parameter: &&Parameter| parameter.name == name && !parameter.takes.is_table();
    parameters.iter().find(is_it).ok_or_else(|| unknown_argument(name, parameters))
}

fn unknown_argument(name: &str, parameters: &[Parameter]) -> Problem {
    if TABLES_TO_COME.contains(&name) {
        return unknown_table(name, name, &[]);
    }
    let names = parameters.iter().map(|parameter| parameter.name).collect::<Vec<_>>().join(", ");
    Problem::argument(Code::UnknownArgument, cut(name), format!("there is no argument {}", quoted(name)))
        .value(name)
        .help(format!("the arguments are {names}"))
}
