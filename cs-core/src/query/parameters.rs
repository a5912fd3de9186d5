//! Arguments as they are declared: by name, what they take, and their default.

use super::Level;
use crate::docs::documented;
use crate::error::{Code, Problem};
use crate::json::{EXACT, Json};
use crate::word::Word as _;

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
    pub(crate) const fn required(name: &'static str, takes: Takes, doc: &'static str) -> Self {
        Self { name, takes, default: None, built: true, doc: documented(doc) }
    }

    /// An argument that may be left out.
    pub(crate) const fn optional(name: &'static str, takes: Takes, default: &'static str, doc: &'static str) -> Self {
        Self { name, takes, default: Some(default), built: true, doc: documented(doc) }
    }

    /// An argument that is defined, and refused in this version.
    pub(crate) const fn later(name: &'static str, takes: Takes, default: &'static str, doc: &'static str) -> Self {
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
    /// A list of days.
    #[cfg(feature = "backtest")]
    Dates,
    /// Text.
    Text,
    /// A whole number from 0.
    Count,
    /// A number from 0 to 1, with at most 6 decimals.
    #[cfg(any(feature = "backtest", feature = "rooms"))]
    Share,
    /// A finite number.
    #[cfg(any(feature = "backtest", feature = "rooms"))]
    Number,
    /// An amount of money: decimal digits as text, or a whole number.
    #[cfg(feature = "rooms")]
    Amount,
    /// True or false.
    Flag,
    /// A list of finite numbers.
    #[cfg(feature = "rooms")]
    Numbers,
    /// A list of whole numbers from 0.
    #[cfg(feature = "rooms")]
    Counts,
    /// A list of values of which each is true or false, or 1 or 0.
    #[cfg(feature = "rooms")]
    Flags,
    /// A list of texts.
    #[cfg(feature = "rooms")]
    Texts,
    /// A list of texts, of which some may be absent.
    #[cfg(feature = "rooms")]
    MaybeTexts,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A `Definitions`.
    Definitions,
    /// A `Scorecard`.
    Scorecard,
    /// A touch model: an object of rules and tiers.
    #[cfg(feature = "rooms")]
    TouchModel,
    /// Targets of indicators by their names, each an amount or a number, or these by period.
    #[cfg(feature = "rooms")]
    Targets,
    /// A list of what others reach: objects of an indicator, a length of periods, a number and who says so.
    #[cfg(feature = "rooms")]
    Benchmarks,
    /// What a review goes by: an object of thresholds, exclusions and plays.
    #[cfg(feature = "review")]
    ReviewSettings,
    /// An earlier review: its canonical JSON, as text or as an object.
    #[cfg(feature = "review")]
    Review,
    /// A name or a list of names.
    Names,
    /// An object of whole numbers.
    Limits,
    /// An object, by table, of objects from their names of columns to ours.
    Columns,
}

/// So many days are counted: ten years at most.
#[cfg(feature = "health")]
pub(crate) const MANY_DAYS: std::ops::RangeInclusive<u32> = 1..=3_660;

pub(crate) const START: Parameter =
    Parameter::required("start", Takes::Date, "The first day; widened to whole periods.");
pub(crate) const END: Parameter =
    Parameter::required("end", Takes::Date, "The day after the last; widened to whole periods.");
pub(crate) const AS_OF: Parameter =
    Parameter::required("as_of", Takes::Date, "The day that is looked from: its close, and what was known then.");
#[cfg(feature = "rooms")]
pub(crate) const AS_SEEN: Parameter = Parameter {
    doc: documented(
        "The day that is looked from: its close, and what was known then. What became of customers behind `observed_until` is not \
         known: a later day is looked from as that one is.",
    ),
    ..AS_OF
};
pub(crate) const BY: Parameter = Parameter::optional(
    "by",
    Takes::Names,
    "null",
    "What to group by: columns of customers, cohort (the first day of the period in which a customer first paid, or with \
     product its line for one), product (then each customer's line for one product is what moves and is counted).",
);
#[cfg(feature = "rooms")]
pub(crate) const CUSTOMERS_BY: Parameter = Parameter {
    doc: documented(
        "What to group by: columns of customers, cohort (the first day of the period in which one first paid).",
    ),
    ..BY
};
pub(crate) const LEVEL: Parameter = Parameter::optional(
    "level",
    Takes::Choice(Level::WORDS),
    "\"customer\"",
    "Whose line is looked at: each customer's own, or that of its top parent with all below it.",
);
pub(crate) const DEFINITIONS: Parameter = Parameter::optional(
    "definitions",
    Takes::Definitions,
    "null",
    "What every number means; the portfolio's definitions if left out.",
);
pub(crate) const KNOWN_ON: Parameter = Parameter::optional(
    "known_on",
    Takes::Date,
    "null",
    "Only what was known at the close of this day; periods that close after it have no rows.",
);

/// The arguments of an operation: its own, and what every operation takes.
macro_rules! parameters {
    ($($own:expr),+) => {
        &[$($own,)+ $crate::query::LEVEL, $crate::query::DEFINITIONS, $crate::query::KNOWN_ON]
    };
}

pub(crate) use parameters;

/// The arguments of an operation that looks from a day: its own, and what each such operation takes.
macro_rules! as_of_parameters {
    ($($own:expr),*) => {
        &[$crate::query::AS_OF, $($own,)* $crate::query::DEFINITIONS]
    };
}

pub(crate) use as_of_parameters;

/// The same of an operation that tells what became of customers up to the day.
#[cfg(feature = "rooms")]
macro_rules! as_seen_parameters {
    ($($own:expr),*) => {
        &[$crate::query::AS_SEEN, $($own,)* $crate::query::DEFINITIONS]
    };
}

#[cfg(feature = "rooms")]
pub(crate) use as_seen_parameters;

/// Of the parameters of a call those that may be given without their names: they have no default and stand first. Tables
/// have no place, since one is as good as another.
pub(crate) fn positional(parameters: &'static [Parameter]) -> impl Iterator<Item = &'static Parameter> + Clone {
    parameters.iter().take_while(|parameter| parameter.default.is_none() && parameter.takes != Takes::Table)
}

/// The path of an item of a list that is an argument.
pub(crate) fn place(name: &str, position: usize) -> String {
    format!("{name}[{}]", position + 1)
}

impl Parameter {
    /// Refuses a value that the argument does not take, or not in this version.
    pub(super) fn check(&self, value: &Json) -> Result<(), Problem> {
        // Absent is as good as left out, also where a host passes it on.
        let absent = *value == Json::Null && self.default.is_none();
        if self.takes == Takes::Count && value.is_beyond_exact() {
            // Its digits are gone already: it is told by what it exceeds.
            let message = format!("a number beyond {EXACT} stands where a whole number from 0 to {EXACT} is expected");
            return Err(Problem::argument(Code::InvalidArgument, self.name, message));
        }
        if !absent && !self.accepts(value) {
            #[cfg(feature = "rooms")]
            if let Some((position, item)) = self.item_at_fault(value) {
                let message = format!("{} stands where {} is expected", item.describe(), self.takes.expected_item());
                let path = place(self.name, position);
                return Err(Problem::argument(Code::InvalidArgument, path, message).value(&item.plain()));
            }
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

    /// The first item of a list that its argument does not take, and its position.
    #[cfg(feature = "rooms")]
    fn item_at_fault<'j>(&self, value: &'j Json) -> Option<(usize, &'j Json)> {
        let items = value.as_array().filter(|_| self.takes.is_list())?;
        items.iter().enumerate().find(|(_, item)| !self.takes.accepts_item(item))
    }

    /// Whether a value is of the kind that the argument takes; what is in it is judged by who reads it.
    fn accepts(&self, value: &Json) -> bool {
        match (self.takes, value) {
            (_, Json::Null) => self.default == Some("null"),
            (Takes::Choice(words), Json::Text(text)) => words.contains(&text.as_str()),
            (Takes::Date | Takes::Text, Json::Text(_))
            | (Takes::Flag, Json::Flag(_))
            | (Takes::Definitions | Takes::Scorecard | Takes::Limits | Takes::Columns, Json::Object(_)) => true,
            #[cfg(feature = "rooms")]
            (Takes::TouchModel | Takes::Targets, Json::Object(_)) | (Takes::Benchmarks, Json::Array(_)) => true,
            #[cfg(feature = "review")]
            (Takes::ReviewSettings | Takes::Review, Json::Object(_)) | (Takes::Review, Json::Text(_)) => true,
            (Takes::Count, number) => number.as_whole().is_some_and(|number| number >= 0),
            (Takes::Names, Json::Text(_)) => true,
            (Takes::Names, Json::Array(names)) => are_texts(names),
            #[cfg(feature = "backtest")]
            (Takes::Dates, Json::Array(days)) => are_texts(days),
            #[cfg(feature = "rooms")]
            (takes, Json::Array(items)) if takes.is_list() => items.iter().all(|item| takes.accepts_item(item)),
            #[cfg(any(feature = "backtest", feature = "rooms"))]
            (Takes::Share, Json::Integer(0..=1) | Json::Float(0.0..=1.0)) => true,
            #[cfg(any(feature = "backtest", feature = "rooms"))]
            (Takes::Number, Json::Integer(_) | Json::Float(_)) => true,
            // Which digits are one is looked at where it is read.
            #[cfg(feature = "rooms")]
            (Takes::Amount, Json::Integer(_) | Json::Text(_)) => true,
            _ => false,
        }
    }
}

fn are_texts(items: &[Json]) -> bool {
    items.iter().all(|item| matches!(item, Json::Text(_)))
}

impl Takes {
    /// Whether it is a table, which comes beside the other arguments.
    pub(super) fn is_table(self) -> bool {
        matches!(self, Self::Table | Self::File)
    }

    /// Whether it is a list of plain values.
    #[cfg(feature = "rooms")]
    fn is_list(self) -> bool {
        matches!(self, Self::Numbers | Self::Counts | Self::Flags | Self::Texts | Self::MaybeTexts)
    }

    /// Whether a list of its kind may hold an item.
    #[cfg(feature = "rooms")]
    fn accepts_item(self, item: &Json) -> bool {
        match self {
            Self::Counts => item.as_whole().is_some_and(|number| number >= 0) && !item.is_beyond_exact(),
            Self::Flags => {
                matches!(item, Json::Flag(_)) || item.as_whole().is_some_and(|number| number == 0 || number == 1)
            }
            Self::Texts => matches!(item, Json::Text(_)),
            Self::MaybeTexts => matches!(item, Json::Text(_) | Json::Null),
            _ => item.as_number().is_some(),
        }
    }

    /// What an item of a list of its kind is.
    #[cfg(feature = "rooms")]
    fn expected_item(self) -> &'static str {
        match self {
            Self::Counts => "a whole number from 0",
            Self::Flags => "true, false, 1 or 0",
            Self::Texts => "text",
            Self::MaybeTexts => "text, or nothing,",
            _ => "a number",
        }
    }

    pub(super) fn expected(self) -> String {
        match self {
            Self::Table => "a table".to_owned(),
            Self::File => "a file".to_owned(),
            Self::Date => "a date such as 2026-01-31".to_owned(),
            #[cfg(feature = "backtest")]
            Self::Dates => "a list of dates such as 2026-01-31".to_owned(),
            Self::Text => "text".to_owned(),
            Self::Count => "a whole number from 0".to_owned(),
            #[cfg(any(feature = "backtest", feature = "rooms"))]
            Self::Share => "a number from 0 to 1".to_owned(),
            #[cfg(any(feature = "backtest", feature = "rooms"))]
            Self::Number => "a number".to_owned(),
            #[cfg(feature = "rooms")]
            Self::Amount => "an amount such as \"1200.00\"".to_owned(),
            Self::Flag => "true or false".to_owned(),
            #[cfg(feature = "rooms")]
            Self::Numbers => "a list of numbers".to_owned(),
            #[cfg(feature = "rooms")]
            Self::Counts => "a list of whole numbers from 0".to_owned(),
            #[cfg(feature = "rooms")]
            Self::Flags => "a list of values that are true or false, or 1 or 0,".to_owned(),
            #[cfg(feature = "rooms")]
            Self::Texts | Self::MaybeTexts => "a list of texts".to_owned(),
            Self::Choice(words) => format!("one of {}", words.join(", ")),
            Self::Definitions => "an object of switches".to_owned(),
            Self::Scorecard => "a scorecard".to_owned(),
            #[cfg(feature = "rooms")]
            Self::TouchModel => "an object of rules and tiers".to_owned(),
            #[cfg(feature = "rooms")]
            Self::Targets => "an object of targets".to_owned(),
            #[cfg(feature = "rooms")]
            Self::Benchmarks => "a list of benchmarks".to_owned(),
            #[cfg(feature = "review")]
            Self::ReviewSettings => "an object of settings".to_owned(),
            #[cfg(feature = "review")]
            Self::Review => "a review".to_owned(),
            Self::Names => "a name or a list of names".to_owned(),
            Self::Limits => "an object of limits".to_owned(),
            Self::Columns => "an object of tables".to_owned(),
        }
    }
}
