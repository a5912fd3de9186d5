//! The arguments of a call: declared once, checked against their declaration, read with their defaults.

use chrono::NaiveDate;

use crate::definitions::Definitions;
use crate::error::{Code, Error, Problem, cut, quoted};
use crate::json::Json;
use crate::period::{Day, DayError};
use crate::portfolio::Portfolio;
use crate::word::Word;

/// An argument of an operation: its name, what it takes, and its default where it may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// The name, in the words of Rust and Python; JavaScript writes it in camel case.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// The default as canonical JSON; none for an argument that is required.
    pub default: Option<&'static str>,
    /// What it says.
    pub doc: &'static str,
}

/// What an argument takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Takes {
    /// A table: columns or rows.
    Table,
    /// A CSV file: its path or its bytes, as the language has it.
    File,
    /// A day.
    Date,
    /// Text.
    Text,
    /// True or false.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A `Definitions`.
    Definitions,
    /// A name or a list of names.
    Names,
    /// An object of whole numbers.
    Limits,
    /// An object, by table, of objects from their names of columns to ours.
    Columns,
}

pub(super) fn missing_argument(name: &str) -> Problem {
    Problem::argument(Code::MissingArgument, name, format!("the argument {name} is missing"))
}

/// The arguments of a call, all of them known.
pub(super) struct Arguments<'a> {
    pub(super) given: &'a Json,
    parameters: &'static [Parameter],
}

impl<'a> Arguments<'a> {
    pub(super) fn of(given: &'a Json, parameters: &'static [Parameter]) -> Result<Self, Problem> {
        let Json::Object(entries) = given else {
            let message = format!("{} is not an object of arguments", given.describe());
            return Err(Problem::argument(Code::InvalidArgument, "arguments", message));
        };
        for (name, value) in entries {
            let Some(parameter) = parameters.iter().find(|parameter| parameter.name == name) else {
                let names = parameters.iter().map(|parameter| parameter.name).collect::<Vec<_>>().join(", ");
                return Err(Problem::argument(
                    Code::UnknownArgument,
                    cut(name),
                    format!("there is no argument {}", quoted(name)),
                )
                .value(name)
                .help(format!("the arguments are {names}")));
            };
            // Absent is as good as left out, also where a host passes it on.
            let absent = *value == Json::Null && parameter.default.is_none();
            if !absent && !parameter.accepts(value) {
                let message = format!("{} stands where {} is expected", value.describe(), parameter.takes.expected());
                return Err(Problem::argument(Code::InvalidArgument, parameter.name, message).value(&value.plain()));
            }
        }
        Ok(Self { given, parameters })
    }

    /// The value of an argument, or its default.
    pub(super) fn value(&self, name: &'static str) -> Result<Json, Problem> {
        if let Some(value) = self.given.get(name).filter(|value| **value != Json::Null) {
            return Ok(value.clone());
        }
        match self.parameters.iter().find(|parameter| parameter.name == name).and_then(|known| known.default) {
            Some(default) => Json::parse(default),
            None => Err(missing_argument(name)),
        }
    }

    pub(super) fn day(&self, name: &'static str) -> Result<NaiveDate, Problem> {
        let value = self.value(name)?;
        let text = match &value {
            Json::Text(text) => text.as_str(),
            _ => "",
        };
        text.parse::<Day>().map(Day::date).map_err(|fault| {
            let code = match fault {
                DayError::Invalid => Code::InvalidDate,
                DayError::OutOfRange => Code::DateOutOfRange,
            };
            Problem::argument(code, name, format!("{} is {fault}", value.describe())).value(text)
        })
    }

    pub(super) fn word<T: Word>(&self, name: &'static str) -> Result<T, Error> {
        let word = match self.value(name)? {
            Json::Text(text) => T::from_word(&text),
            _ => None,
        };
        // Words were checked with the other arguments.
        word.ok_or_else(|| Error::internal(format!("the argument {name} was not checked")))
    }

    pub(super) fn definitions(&self, portfolio: &Portfolio) -> Result<Definitions, Error> {
        match self.value("definitions")? {
            Json::Null => Ok(portfolio.definitions().clone()),
            switches => portfolio.definitions().replace(&switches),
        }
    }

    /// Refuses what is declared and not built in this version.
    pub(super) fn refuse_unavailable(&self) -> Result<(), Problem> {
        const LATER: [&str; 8] =
            ["by", "level", "known_on", "observed_until", "format", "encoding", "number_format", "date_format"];
        for name in LATER.into_iter().filter(|name| self.parameters.iter().any(|known| known.name == *name)) {
            let (value, default) = (self.value(name)?, self.default(name)?);
            if value != default {
                let message = format!("{name} cannot be {} in this version", value.describe());
                return Err(Problem::argument(Code::NotAvailable, name, message)
                    .value(&value.plain())
                    .help("leave the argument out"));
            }
        }
        Ok(())
    }

    fn default(&self, name: &'static str) -> Result<Json, Problem> {
        Self { given: &Json::Null, parameters: self.parameters }.value(name)
    }
}

impl Parameter {
    /// Whether a value is of the kind that the argument takes; what is in it is judged by who reads it.
    fn accepts(&self, value: &Json) -> bool {
        match (self.takes, value) {
            (_, Json::Null) => self.default == Some("null"),
            (Takes::Choice(words), Json::Text(text)) => words.contains(&text.as_str()),
            (Takes::Date | Takes::Text, Json::Text(_))
            | (Takes::Flag, Json::Flag(_))
            | (Takes::Definitions | Takes::Limits | Takes::Columns, Json::Object(_)) => true,
            (Takes::Names, Json::Text(_)) => true,
            (Takes::Names, Json::Array(names)) => names.iter().all(|name| matches!(name, Json::Text(_))),
            _ => false,
        }
    }
}

impl Takes {
    fn expected(self) -> String {
        match self {
            Self::Table => "a table".to_owned(),
            Self::File => "a file".to_owned(),
            Self::Date => "a date such as 2026-01-31".to_owned(),
            Self::Text => "text".to_owned(),
            Self::Flag => "true or false".to_owned(),
            Self::Choice(words) => format!("one of {}", words.join(", ")),
            Self::Definitions => "an object of switches".to_owned(),
            Self::Names => "a name or a list of names".to_owned(),
            Self::Limits => "an object of limits".to_owned(),
            Self::Columns => "an object of tables".to_owned(),
        }
    }
}
