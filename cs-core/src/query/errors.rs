//! Which errors a call can give: those of its arguments, by what they take, and its own.

use super::{Parameter, Takes};
use crate::error::Code;

/// Codes of errors, by the kind of error. Any call may also be stopped, or meet a bug of the library.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Errors {
    /// Of `InvalidInput`: the data is at fault.
    pub input: &'static [Code],
    /// Of `InvalidArgument`: the call is at fault.
    pub argument: &'static [Code],
}

impl Errors {
    /// Of an operation on the contracts of a range of days.
    pub(crate) const RANGE: Self = Self::of(CONTRACTS, &[Code::LimitExceeded, Code::InvalidRange]);
    /// Of an operation on all contracts.
    pub(crate) const CONTRACTS: Self = Self::of(CONTRACTS, &[Code::LimitExceeded]);

    /// Of an operation that looks from a day, on contracts and facts of customers.
    pub(crate) const AS_OF: Self =
        Self::of(&[Code::TooManyDigits, Code::SecondCurrency, Code::Overflow], &[Code::LimitExceeded]);

    pub(crate) const fn of(input: &'static [Code], argument: &'static [Code]) -> Self {
        Self { input, argument }
    }

    /// All that a call with these arguments can give, each kind by its name, codes in the order of [`Code::ALL`].
    pub(crate) fn with(self, parameters: &[Parameter]) -> [(&'static str, Vec<Code>); 2] {
        let all: Vec<Self> = parameters.iter().flat_map(Parameter::errors).chain([ANY_CALL, self]).collect();
        let codes = |of: fn(&Self) -> &'static [Code]| {
            Code::ALL.iter().copied().filter(|code| all.iter().any(|errors| of(errors).contains(code))).collect()
        };
        [("InvalidInput", codes(|errors| errors.input)), ("InvalidArgument", codes(|errors| errors.argument))]
    }
}

/// What is wrong with contracts and parents.
const CONTRACTS: &[Code] =
    &[Code::TooManyDigits, Code::SecondCurrency, Code::Overflow, Code::UnknownParent, Code::ParentCycle];

/// What a call gives for arguments that are not its own, of the wrong type, or nested too deep.
const ANY_CALL: Errors = Errors::of(&[], &[Code::LimitExceeded, Code::UnknownArgument, Code::InvalidArgument]);

impl Parameter {
    /// What can be wrong with it, whichever call takes it.
    fn errors(&self) -> [Errors; 2] {
        let missing: &[Code] = if self.default.is_none() { &[Code::MissingArgument] } else { &[] };
        // What is not built is not read.
        let value = if self.built { self.takes.errors() } else { Errors::of(&[], &[Code::NotAvailable]) };
        [Errors::of(&[], missing), value]
    }
}

impl Takes {
    const DAY: Errors = Errors::of(&[], &[Code::InvalidDate, Code::DateOutOfRange]);

    /// What can be wrong with a value of its kind.
    const fn errors(self) -> Errors {
        match self {
            // Tables that are defined and not built are refused by their names.
            Self::Table => Errors::of(&[Code::WrongType, Code::InvalidArgument], &[Code::NotAvailable]),
            Self::File => Errors::of(
                &[Code::UnterminatedQuote, Code::StrayQuote, Code::RaggedRow, Code::InvalidEncoding],
                &[Code::NotAvailable],
            ),
            Self::Date => Self::DAY,
            #[cfg(feature = "backtest")]
            Self::Dates => Self::DAY,
            #[cfg(any(feature = "backtest", feature = "rooms"))]
            Self::Share => Errors::of(&[], &[]),
            #[cfg(any(feature = "backtest", feature = "rooms"))]
            Self::Number => Errors::of(&[], &[]),
            #[cfg(feature = "rooms")]
            Self::Amount => Errors::of(&[], &[]),
            #[cfg(feature = "rooms")]
            Self::Numbers
            | Self::Counts
            | Self::Flags
            | Self::Texts
            | Self::MaybeTexts
            | Self::TouchModel
            | Self::Targets
            | Self::Benchmarks => Errors::of(&[], &[]),
            #[cfg(feature = "review")]
            Self::ReviewSettings | Self::Review => Errors::of(&[], &[Code::InvalidJson, Code::DuplicateKey]),
            Self::Definitions => Errors::of(&[], &[Code::UnknownSwitch, Code::InvalidSwitch, Code::NotAvailable]),
            Self::Scorecard => Errors::of(&[], &[Code::InvalidScorecard, Code::UnknownAttribute]),
            Self::Columns => {
                Errors::of(&[], &[Code::UnknownTable, Code::MissingTable, Code::UnknownColumn, Code::NotAvailable])
            }
            Self::Names => Errors::of(&[], &[Code::UnknownAttribute]),
            Self::Text | Self::Count | Self::Flag | Self::Choice(_) | Self::Limits => Errors::of(&[], &[]),
        }
    }
}
