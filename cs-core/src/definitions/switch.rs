//! The types of the switches: every value of a type is a valid reading.

use std::fmt;

use crate::error::{Code, Problem, quoted};
use crate::json::Json;
use crate::money::ExtraDigits;
use crate::period::{Day, Month};
use crate::word::{Word, words};

/// What a switch can be set to, in and out of JSON.
pub(crate) trait Switch: Sized + Clone + PartialEq {
    /// What it takes, as the surface manifest says it.
    const KIND: SwitchKind;

    fn to_json(&self) -> Json;

    /// Reads a value; the error says what is expected, as in "one of `a`, `b`".
    fn from_json(value: &Json) -> Result<Self, String>;
}

/// What a switch takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SwitchKind {
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A set of these words.
    Choices(&'static [&'static str]),
    /// A whole number.
    Count,
    /// A fraction as text.
    Fraction,
    /// True or false.
    Flag,
    /// A day.
    Date,
}

impl SwitchKind {
    /// The name of the kind, and the words that it chooses from.
    pub(crate) fn describe(self) -> (&'static str, Option<&'static [&'static str]>) {
        match self {
            Self::Choice(words) => ("choice", Some(words)),
            Self::Choices(words) => ("choices", Some(words)),
            Self::Count => ("count", None),
            Self::Fraction => ("fraction", None),
            Self::Flag => ("flag", None),
            Self::Date => ("date", None),
        }
    }
}

/// The fault of a value that the switch `name` does not take.
pub(crate) fn refused(name: &str, value: &Json, expected: &str) -> Problem {
    let value_told = match value {
        Json::Array(_) => quoted(&value.to_string()),
        other => other.describe(),
    };
    let message = format!("{value_told} is not a value of this switch, which takes {expected}");
    Problem::argument(Code::InvalidSwitch, format!("definitions.{name}"), message).value(&value.plain())
}

words! {
    /// Which closes are looked at for movements.
    Sampling {
        /// The close of every day.
        Daily,
        /// The closes of periods only.
        PeriodEnd,
    }
    /// When a customer who gave notice has churned.
    ChurnDate {
        /// On the first day without a contract.
        ContractEnd,
        /// On the day of the notice.
        Notice,
    }
    /// Which price counts.
    Discounts {
        /// The price after discount.
        Net,
        /// The list price where one is given.
        List,
    }
    /// What a paused contract carries.
    Paused {
        /// Its MRR.
        Counts,
        /// Nothing.
        Zero,
    }
    /// How other currencies become the reporting one.
    Fx {
        /// There is one currency; a second is an error.
        Single,
        /// By the rates of `fx_date`.
        Constant,
        /// By the rate of the day that the contract starts.
        ContractStart,
        /// By the rate of each period's close.
        PeriodClose,
    }
    /// What a contract is for.
    ContractKind {
        /// Recurring.
        Subscription,
        /// A trial.
        Trial,
        /// Paid once.
        OneTime,
        /// Paid by use.
        Usage,
    }
    /// In which column a return stands.
    ReactivationAs {
        /// In its own.
        Reactivation,
        /// Among expansions.
        Expansion,
        /// Among new customers.
        New,
    }
    /// What counts of a customer who comes and goes within one period.
    SamePeriodNewAndChurn {
        /// Both movements.
        Both,
        /// None of the movements.
        Neither,
    }
    /// Within what a renewal's successor is looked for when no contract names it.
    RenewalUnit {
        /// A customer's contracts for the same product.
        CustomerProduct,
        /// All contracts of a customer.
        Customer,
    }
}

impl<T: Word> Switch for T {
    const KIND: SwitchKind = SwitchKind::Choice(T::WORDS);

    fn to_json(&self) -> Json {
        Json::from(self.word())
    }

    fn from_json(value: &Json) -> Result<Self, String> {
        value.as_text().and_then(T::from_word).ok_or_else(|| format!("one of {}", T::words()))
    }
}

/// A positive fraction such as 365/12, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fraction {
    numerator: u32,
    denominator: u32,
}

/// Numerator and denominator of a [`Fraction`] are at most this.
const LARGEST_TERM: u32 = 1_000_000;

impl Fraction {
    /// A year's weeks over its months.
    pub const WEEKS_PER_MONTH: Self = Self { numerator: 52, denominator: 12 };
    /// A year's days over its months.
    pub const DAYS_PER_MONTH: Self = Self { numerator: 365, denominator: 12 };

    /// `numerator / denominator`, both from 1 to 1,000,000.
    #[must_use]
    pub fn new(numerator: u32, denominator: u32) -> Option<Self> {
        let fits = |term| (1..=LARGEST_TERM).contains(&term);
        (fits(numerator) && fits(denominator)).then_some(Self { numerator, denominator })
    }

    /// The upper number.
    #[must_use]
    pub fn numerator(self) -> u32 {
        self.numerator
    }

    /// The lower number.
    #[must_use]
    pub fn denominator(self) -> u32 {
        self.denominator
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

/// A whole number within bounds that the switch names.
fn whole(value: &Json, least: i64, most: i64) -> Result<u32, String> {
    match value.as_whole() {
        Some(number) if (least..=most).contains(&number) => Ok(number as u32),
        _ => Err(format!("a whole number from {least} to {most}")),
    }
}

impl Switch for Month {
    const KIND: SwitchKind = SwitchKind::Count;

    fn to_json(&self) -> Json {
        Json::Integer(i64::from(self.number()))
    }

    fn from_json(value: &Json) -> Result<Self, String> {
        whole(value, 1, 12).map(|number| Self::new(number).unwrap_or_default())
    }
}

impl Switch for ExtraDigits {
    const KIND: SwitchKind = SwitchKind::Count;

    fn to_json(&self) -> Json {
        Json::Integer(i64::from(self.count()))
    }

    fn from_json(value: &Json) -> Result<Self, String> {
        whole(value, 0, i64::from(Self::MOST)).map(|count| Self::new(count).unwrap_or_default())
    }
}

impl Switch for Fraction {
    const KIND: SwitchKind = SwitchKind::Fraction;

    fn to_json(&self) -> Json {
        Json::Text(self.to_string())
    }

    fn from_json(value: &Json) -> Result<Self, String> {
        let text = value.as_text().ok_or(FRACTION)?;
        let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
        let term = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
        term(numerator)
            .zip(term(denominator))
            .and_then(|(numerator, denominator)| Self::new(numerator, denominator))
            .ok_or_else(|| FRACTION.to_owned())
    }
}

const FRACTION: &str = "a fraction as text, such as 365/12, of whole numbers from 1 to 1000000";

/// A number of days.
impl Switch for u32 {
    const KIND: SwitchKind = SwitchKind::Count;

    fn to_json(&self) -> Json {
        Json::Integer(i64::from(*self))
    }

    fn from_json(value: &Json) -> Result<Self, String> {
        whole(value, 0, i64::from(Self::MAX))
    }
}

impl Switch for bool {
    const KIND: SwitchKind = SwitchKind::Flag;

    fn to_json(&self) -> Json {
        Json::Flag(*self)
    }

    fn from_json(value: &Json) -> Result<Self, String> {
        match value {
            Json::Flag(flag) => Ok(*flag),
            _ => Err("true or false".to_owned()),
        }
    }
}

impl Switch for Day {
    const KIND: SwitchKind = SwitchKind::Date;

    fn to_json(&self) -> Json {
        Json::Text(self.to_string())
    }

    fn from_json(value: &Json) -> Result<Self, String> {
        let day = value.as_text().and_then(|text| text.parse().ok());
        day.ok_or_else(|| "a date such as 2026-01-31, from 1900-01-01 to 2200-12-31".to_owned())
    }
}

impl<T: Switch> Switch for Option<T> {
    const KIND: SwitchKind = T::KIND;

    fn to_json(&self) -> Json {
        self.as_ref().map_or(Json::Null, Switch::to_json)
    }

    fn from_json(value: &Json) -> Result<Self, String> {
        match value {
            Json::Null => Ok(None),
            value => T::from_json(value).map(Some).map_err(|expected| format!("{expected}, or nothing")),
        }
    }
}

/// A set, in the order of its variants whatever the order given.
impl Switch for Vec<ContractKind> {
    const KIND: SwitchKind = SwitchKind::Choices(ContractKind::WORDS);

    fn to_json(&self) -> Json {
        let kinds = ContractKind::ALL.iter().filter(|kind| self.contains(kind));
        Json::Array(kinds.map(Switch::to_json).collect())
    }

    fn from_json(value: &Json) -> Result<Self, String> {
        let expected = || format!("a list of {}", ContractKind::words());
        let Json::Array(items) = value else { return Err(expected()) };
        let given = items.iter().map(ContractKind::from_json).collect::<Result<Self, _>>().map_err(|_| expected())?;
        Ok(ContractKind::ALL.iter().copied().filter(|kind| given.contains(kind)).collect())
    }
}
