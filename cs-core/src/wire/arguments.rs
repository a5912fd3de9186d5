//! The arguments of a call: declared once, checked against their declaration, read with their defaults.

use std::str::FromStr;

use chrono::NaiveDate;

use super::{Answer, Call};
use crate::definitions::Definitions;
use crate::docs::documented;
use crate::error::{Code, Error, Problem, cut, quoted};
use crate::json::{EXACT, Json};
use crate::period::Day;
use crate::portfolio::{Portfolio, TABLES_TO_COME, unknown_table};
use crate::query::{Operation, Query};
use crate::sums::Additive;
use crate::table::Table;
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
    /// Whether this version takes anything but the default.
    pub built: bool,
    /// What it says.
    pub doc: &'static str,
}

impl Parameter {
    /// An argument that every call gives.
    pub(super) const fn required(name: &'static str, takes: Takes, doc: &'static str) -> Self {
        Self { name, takes, default: None, built: true, doc: documented(doc) }
    }

    /// An argument that may be left out.
    pub(super) const fn optional(name: &'static str, takes: Takes, default: &'static str, doc: &'static str) -> Self {
        Self { name, takes, default: Some(default), built: true, doc: documented(doc) }
    }

    /// An argument that is defined, and refused in this version.
    pub(super) const fn later(name: &'static str, takes: Takes, default: &'static str, doc: &'static str) -> Self {
        Self { name, takes, default: Some(default), built: false, doc: documented(doc) }
    }
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
    /// A whole number from 0.
    Count,
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
            let parameter = parameters.iter().find(|parameter| parameter.name == name);
            parameter.ok_or_else(|| unknown_argument(name, parameters))?.check(value)?;
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
        // What is no text was refused with the other arguments.
        let text = value.as_text().unwrap_or_default();
        text.parse::<Day>().map(Day::date).map_err(|fault| fault.problem(text).in_argument(name))
    }

    /// A day that may be left out.
    pub(super) fn optional_day(&self, name: &'static str) -> Result<Option<NaiveDate>, Problem> {
        if self.value(name)? == Json::Null { Ok(None) } else { self.day(name).map(Some) }
    }

    /// A name or a list of names; none where it is left out.
    pub(super) fn names(&self, name: &'static str) -> Result<Vec<String>, Problem> {
        let text = |json: &Json| json.as_text().map(str::to_owned);
        Ok(match self.value(name)? {
            Json::Array(names) => names.iter().filter_map(text).collect(),
            one => text(&one).into_iter().collect(),
        })
    }

    /// A whole number.
    pub(super) fn number(&self, name: &'static str) -> Result<u64, Problem> {
        // What is below zero was refused with the other arguments.
        Ok(if let Json::Integer(number) = self.value(name)? { number.unsigned_abs() } else { 0 })
    }

    /// The same; what does not fit is as large as fits.
    pub(super) fn count(&self, name: &'static str) -> Result<u32, Problem> {
        self.number(name).map(|number| u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// A text in a form of its own.
    pub(super) fn parsed<T: FromStr>(
        &self,
        name: &'static str,
        problem: impl FnOnce(T::Err, &str) -> Problem,
    ) -> Result<T, Problem> {
        let value = self.value(name)?;
        let text = value.as_text().unwrap_or_default();
        text.parse().map_err(|fault| problem(fault, text))
    }

    /// Answers a query with the arguments that every operation has.
    pub(super) fn answer<R: Additive>(
        &self,
        portfolio: &Portfolio,
        query: Query<'_, R>,
        call: Call<'_>,
    ) -> Result<Answer, Error> {
        let definitions = self.definitions(portfolio)?;
        let query = self.completed(query, &definitions, call)?;
        match call.is_partial {
            true => query.partial().map(Answer::Partial),
            false => query.run().map(|result| Answer::Table(result.into())),
        }
    }

    /// The same of a query whose results do not add up.
    pub(super) fn answer_whole<R: Operation + Into<Table>>(
        &self,
        portfolio: &Portfolio,
        query: Query<'_, R>,
        call: Call<'_>,
    ) -> Result<Answer, Error> {
        if call.is_partial {
            let message = "its results do not add up: it is run on the whole book";
            return Err(Problem::argument(Code::NotAvailable, "operation", message).into());
        }
        let definitions = self.definitions(portfolio)?;
        self.completed(query, &definitions, call)?.run().map(|result| Answer::Table(result.into()))
    }

    /// A query with the arguments that every operation has.
    fn completed<'q, R: Operation>(
        &self,
        query: Query<'q, R>,
        definitions: &'q Definitions,
        call: Call<'q>,
    ) -> Result<Query<'q, R>, Error> {
        let query = query.level(self.word("level")?).known_on(self.optional_day("known_on")?);
        Ok(query.definitions(definitions).watch(call.watch))
    }

    pub(super) fn word<T: Word>(&self, name: &'static str) -> Result<T, Error> {
        // Words were checked with the other arguments.
        self.value(name)?
            .as_text()
            .and_then(T::from_word)
            .ok_or_else(|| Error::internal(format!("the argument {name} was not checked")))
    }

    pub(super) fn definitions(&self, portfolio: &Portfolio) -> Result<Definitions, Error> {
        match self.value("definitions")? {
            Json::Null => Ok(portfolio.definitions().clone()),
            switches => portfolio.definitions().replace(&switches),
        }
    }
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

impl Parameter {
    /// Refuses a value that the argument does not take, or not in this version.
    fn check(&self, value: &Json) -> Result<(), Problem> {
        // Absent is as good as left out, also where a host passes it on.
        let absent = *value == Json::Null && self.default.is_none();
        if self.takes == Takes::Count && value.is_beyond_exact() {
            // Its digits are gone already: it is told by what it exceeds.
            let message = format!("a number beyond {EXACT} stands where a whole number from 0 to {EXACT} is expected");
            return Err(Problem::argument(Code::InvalidArgument, self.name, message));
        }
        if !absent && !self.accepts(value) {
            let message = format!("{} stands where {} is expected", value.describe(), self.takes.expected());
            return Err(Problem::argument(Code::InvalidArgument, self.name, message).value(&value.plain()));
        }
        let is_default = || self.default == Some(&value.to_string());
        if !self.built && *value != Json::Null && !is_default() {
            let message = format!("{} cannot be {} in this version", self.name, value.describe());
            return Err(Problem::argument(Code::NotAvailable, self.name, message)
                .value(&value.plain())
                .help("leave the argument out"));
        }
        Ok(())
    }

    /// Whether a value is of the kind that the argument takes; what is in it is judged by who reads it.
    fn accepts(&self, value: &Json) -> bool {
        match (self.takes, value) {
            (_, Json::Null) => self.default == Some("null"),
            (Takes::Choice(words), Json::Text(text)) => words.contains(&text.as_str()),
            (Takes::Date | Takes::Text, Json::Text(_))
            | (Takes::Count, Json::Integer(0..))
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
            Self::Count => "a whole number from 0".to_owned(),
            Self::Flag => "true or false".to_owned(),
            Self::Choice(words) => format!("one of {}", words.join(", ")),
            Self::Definitions => "an object of switches".to_owned(),
            Self::Names => "a name or a list of names".to_owned(),
            Self::Limits => "an object of limits".to_owned(),
            Self::Columns => "an object of tables".to_owned(),
        }
    }
}
