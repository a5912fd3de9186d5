//! Errors as data: a stable code, a sentence, and the place of the fault.
//!
//! The sentence starts in lower case, has no final period and names no type of any language. Only user input stands
//! in backticks, cut to 64 characters, so that [`Problem::redacted`] can take it out before an error reaches a log.

use std::fmt::{self, Write as _};
use std::ops::RangeInclusive;
use std::slice;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::word::words;

/// User input in a message or value is cut to this many characters.
pub(crate) const QUOTED_CHARACTERS: usize = 64;

words! {
    /// What went wrong, as a name that never changes once published.
    Code {
        /// A required column is not in the table.
        MissingColumn,
        /// A column that the table does not have; `extra_columns="ignore"` leaves it out.
        UnknownColumn,
        /// Two columns of the input have, or are mapped to, the same name.
        DuplicateColumn,
        /// A table that a mapping names was not given.
        MissingTable,
        /// A table name that the library does not know.
        UnknownTable,
        /// A required cell is empty.
        MissingValue,
        /// A cell of a type that its column refuses, such as a float for money.
        WrongType,
        /// Text that is not a date of the form 2026-01-31.
        InvalidDate,
        /// A date before 1900-01-01 or after 2200-12-31.
        DateOutOfRange,
        /// Text that is not a plain decimal number.
        InvalidAmount,
        /// More non-zero decimals than the currency has (plus `extra_digits`).
        TooManyDigits,
        /// An amount below zero where none can be.
        NegativeAmount,
        /// A count with a fraction, below zero, or beyond 2^53 - 1.
        InvalidCount,
        /// Text that is neither true nor false.
        InvalidFlag,
        /// A score that is not a finite number within its bounds.
        InvalidScore,
        /// Text that is not a plain number, or a number without an end.
        InvalidNumber,
        /// A value that a signal of a reserved name does not have.
        InvalidSignal,
        /// A word that is not one of a column's choices.
        UnknownChoice,
        /// A currency that ISO 4217 does not list, or that has no minor unit.
        UnknownCurrency,
        /// Neither the row nor the portfolio has a currency.
        MissingCurrency,
        /// A currency other than the reporting one, while `fx` is `single`.
        SecondCurrency,
        /// An end on or before the start: of a contract, which would never be in force, or of a pause.
        EndNotAfterStart,
        /// A term that ends on or before the start.
        TermEndNotAfterStart,
        /// A day before the one that it follows, such as the end of a case before it was opened.
        EndBeforeStart,
        /// Neither `mrr` nor `amount`.
        MissingAmount,
        /// Both `mrr` and `amount`, or a billing period beside `mrr`.
        TwoAmounts,
        /// An `amount` without a billing period or a term.
        MissingBillingPeriod,
        /// Both `billing_period` and `term_months`.
        TwoBillingPeriods,
        /// A term of no months, or of more than the library's longest.
        InvalidTerm,
        /// A row that says the same as an earlier one; `duplicates="drop"` leaves it out.
        DuplicateRow,
        /// Rows with the same key and different content.
        ConflictingRows,
        /// A row of which another with the same name, such as a revision of the same contract, was rejected.
        RejectedRevision,
        /// A customer that the table of customers does not have or, without that table, no contract.
        UnknownCustomer,
        /// A parent that the table of customers does not have.
        UnknownParent,
        /// A customer that belongs, by its parents, to itself.
        ParentCycle,
        /// A contract whose customer was rejected.
        RejectedCustomer,
        /// A contract that the table of contracts does not have.
        UnknownContract,
        /// A row of a contract that was rejected.
        RejectedContract,
        /// Ids that differ only by case, width or invisible characters.
        SimilarIds,
        /// A quote that is opened and never closed.
        UnterminatedQuote,
        /// A quote in the middle of a field.
        StrayQuote,
        /// A record with more or fewer fields than the header.
        RaggedRow,
        /// Bytes that are not text in the declared encoding.
        InvalidEncoding,
        /// More than a limit allows: of input, of rows of a result, of marks of a picture, of nested JSON.
        LimitExceeded,
        /// A sum that does not fit.
        Overflow,
        /// Text that is not JSON, or not the JSON that is meant here.
        InvalidJson,
        /// The same key twice in one JSON object.
        DuplicateKey,
        /// An argument that the operation does not have.
        UnknownArgument,
        /// An argument that the operation needs.
        MissingArgument,
        /// An argument of the wrong type or outside its choices.
        InvalidArgument,
        /// A name to group by that no column of customers has.
        UnknownAttribute,
        /// A range that does not end after it starts.
        InvalidRange,
        /// A switch that `Definitions` does not have.
        UnknownSwitch,
        /// A value that a switch does not take.
        InvalidSwitch,
        /// A scorecard that says what it cannot: a key that there is not, a curve that rises and falls, bands with a gap.
        InvalidScorecard,
        /// A curve that gives every value the same score.
        FlatCurve,
        /// A band that no score is in.
        UnreachableBand,
        /// A value of signals that does not say which signal.
        MixedSignals,
        /// A profile that fits nobody whom an earlier one does not.
        UnusedProfile,
        /// A measure of which a portfolio has no evidence.
        NoEvidence,
        /// Too few customers were lost, or kept, to fit anything to.
        TooFewEvents,
        /// Counts that no model of a kind is the most likely one of.
        NotIdentified,
        /// Defined, and not built in this version.
        NotAvailable,
        /// An operation that the library does not have.
        UnknownOperation,
        /// A merge of values in different currencies or with different digits.
        CurrencyMismatch,
        /// Bytes that are no partial.
        InvalidPartial,
        /// Partials of different operations, arguments, definitions or versions.
        PartialMismatch,
        /// A customer that is in two partials.
        OverlappingPartials,
        /// The caller stopped the work.
        Cancelled,
        /// A bug of the library.
        Internal,
        /// The browser's instance of the library is gone after a bug: load again and rebuild.
        InstanceLost,
    }
}

/// One fault: what, where, and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Problem {
    /// The stable name of the fault.
    pub code: Code,
    /// One sentence for a person.
    pub message: String,
    /// Where, as one path: `contracts[12].mrr` or `definitions.period`.
    pub path: String,
    /// The input table.
    pub table: Option<String>,
    /// The record in its table, from 1.
    pub row: Option<u64>,
    /// The line of the file, from 1, for CSV only.
    pub line: Option<u64>,
    /// The column.
    pub column: Option<String>,
    /// The value at fault, cut to 64 characters.
    pub value: Option<String>,
    /// How to mend it.
    pub help: Option<String>,
}

impl Problem {
    /// A fault of an argument, located by its path.
    #[must_use]
    pub fn argument(code: Code, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            path: path.into(),
            table: None,
            row: None,
            line: None,
            column: None,
            value: None,
            help: None,
        }
    }

    /// A whole number that an argument does not take.
    pub(crate) fn out_of_bounds<T: fmt::Display>(name: &'static str, number: T, bounds: &RangeInclusive<T>) -> Self {
        let (least, most) = (bounds.start(), bounds.end());
        let message = format!("{number} stands where a whole number from {least} to {most} is expected");
        Self::argument(Code::InvalidArgument, name, message).value(&number.to_string())
    }

    /// Refuses a whole number that an argument cannot be.
    pub(crate) fn ensure_within<T: fmt::Display + PartialOrd>(
        name: &'static str,
        number: T,
        bounds: &RangeInclusive<T>,
    ) -> Result<(), Self> {
        if bounds.contains(&number) { Ok(()) } else { Err(Self::out_of_bounds(name, number, bounds)) }
    }

    /// A fault of an input table, located further by [`Problem::at`].
    #[must_use]
    pub fn table(code: Code, table: &str, message: impl Into<String>) -> Self {
        Self::argument(code, "", message).in_table(table)
    }

    /// The same fault, of an input table.
    #[must_use]
    pub(crate) fn in_table(self, table: &str) -> Self {
        Self { table: Some(table.to_owned()), path: table.to_owned(), ..self }
    }

    /// The same fault, of the argument at a path.
    #[must_use]
    pub(crate) fn in_argument(self, path: impl Into<String>) -> Self {
        Self { path: path.into(), ..self }
    }

    /// The record, its line and its column.
    #[must_use]
    pub fn at(mut self, row: Option<u64>, line: Option<u64>, column: Option<&str>) -> Self {
        self.row = row;
        self.line = line;
        self.column = column.map(cut);
        self.path = self.table.clone().unwrap_or_default();
        // Writing to a string cannot fail.
        if let Some(row) = row {
            let _ = write!(self.path, "[{row}]");
        }
        if let Some(column) = &self.column {
            let _ = write!(self.path, ".{column}");
        }
        self
    }

    /// The value at fault.
    #[must_use]
    pub fn value(mut self, value: &str) -> Self {
        self.value = Some(cut(value));
        self
    }

    /// How to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same fault without user input: no value, and `…` for what stood in backticks.
    #[must_use]
    pub fn redacted(&self) -> Self {
        let without = |text: &str| {
            let parts = text.split('`').enumerate();
            parts.map(|(position, part)| if position % 2 == 0 { part } else { "`…`" }).collect::<String>()
        };
        Self { message: without(&self.message), help: self.help.as_deref().map(without), value: None, ..self.clone() }
    }
}

/// Names table, row, column and line before the sentence, the help after it.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}", self.path)?;
            if let Some(line) = self.line {
                write!(f, " (line {line})")?;
            }
            write!(f, ": ")?;
        }
        write!(f, "{}", self.message)?;
        if let Some(help) = &self.help {
            write!(f, " ({help})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

/// The faults of an input: the first ones kept, all of them counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// In the order of table, row and column, those that other rows have brought about behind all others; up to the
    /// limit `problems`.
    pub kept: Vec<Problem>,
    /// All of them, exactly.
    pub total: u64,
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kept.first() {
            Some(first) => write!(f, "{first}")?,
            None => write!(f, "invalid input")?,
        }
        match self.total {
            0 | 1 => Ok(()),
            2 => write!(f, " [and 1 more problem]"),
            n => write!(f, " [and {} more problems]", n - 1),
        }
    }
}

/// Why an operation gave no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The data cannot be read as what it claims to be.
    #[error("{0}")]
    InvalidInput(Problems),
    /// The call is wrong.
    #[error("{0}")]
    InvalidArgument(Box<Problem>),
    /// The caller's [`Watch`](crate::Watch) stopped the work.
    #[error("the work was stopped by its caller")]
    Cancelled,
    /// A bug of the library.
    #[error("{0}")]
    Internal(Box<Problem>),
}

impl Error {
    /// The name of the kind, as the bindings call it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::InvalidInput(_) => "InvalidInput",
            Self::InvalidArgument(_) => "InvalidArgument",
            Self::Cancelled => "Cancelled",
            Self::Internal(_) => "InternalError",
        }
    }

    /// The faults, the first one first; at least one of every error that the library makes.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        static CANCELLED: LazyLock<Problem> =
            LazyLock::new(|| Problem::argument(Code::Cancelled, "", Error::Cancelled.to_string()));
        match self {
            Self::InvalidInput(problems) => &problems.kept,
            Self::InvalidArgument(problem) | Self::Internal(problem) => slice::from_ref(problem),
            Self::Cancelled => slice::from_ref(&CANCELLED),
        }
    }

    /// How many faults there are, kept or not.
    #[must_use]
    pub fn total(&self) -> u64 {
        match self {
            Self::InvalidInput(problems) => problems.total,
            _ => 1,
        }
    }

    /// The same error without user input.
    #[must_use]
    pub fn redacted(&self) -> Self {
        match self {
            Self::InvalidInput(problems) => Self::InvalidInput(Problems {
                kept: problems.kept.iter().map(Problem::redacted).collect(),
                total: problems.total,
            }),
            Self::InvalidArgument(problem) => Self::InvalidArgument(Box::new(problem.redacted())),
            Self::Internal(problem) => Self::Internal(Box::new(problem.redacted())),
            Self::Cancelled => Self::Cancelled,
        }
    }

    /// The same error, without user input where that is asked for.
    #[must_use]
    pub fn redacted_if(self, redact: bool) -> Self {
        if redact { self.redacted() } else { self }
    }

    /// A bug of the library, told as an error.
    #[must_use]
    pub fn internal(message: impl Into<String>) -> Self {
        Self::Internal(Box::new(Problem::argument(Code::Internal, "", message)))
    }
}

impl From<Problem> for Error {
    /// A fault of a table is one of input; any other is one of the call.
    fn from(problem: Problem) -> Self {
        match problem.table {
            Some(_) => Self::InvalidInput(Problems { kept: vec![problem], total: 1 }),
            None => Self::InvalidArgument(Box::new(problem)),
        }
    }
}

/// User input as it stands in a message: in backticks, on one line, cut to 64 characters.
pub(crate) fn quoted(input: &str) -> String {
    format!("`{}`", cut(input).replace('`', "'"))
}

/// Whether a character ends a line or turns the direction of the text behind it, which could hide what stands there.
pub(crate) fn steers(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// User input on one line, in its reading order, cut to 64 characters.
pub(crate) fn cut(input: &str) -> String {
    // Ends of lines and controls of direction would let a value rewrite the line that quotes it.
    let mut characters = input.chars().map(|c| if steers(c) { ' ' } else { c });
    let mut out: String = characters.by_ref().take(QUOTED_CHARACTERS).collect();
    if characters.next().is_some() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_snake_case_in_every_form() {
        for code in Code::ALL {
            assert_eq!(serde_json::to_string(&code).ok(), Some(format!("\"{}\"", code.name())));
            assert_eq!(code.name().parse(), Ok(*code));
        }
    }

    #[test]
    fn a_problem_names_its_place() {
        let problem = Problem::table(Code::InvalidAmount, "contracts", format!("{} is no amount", quoted("1,5")))
            .at(Some(12), Some(14), Some("mrr"))
            .value("1,5")
            .help("write 1.5");
        assert_eq!(problem.path, "contracts[12].mrr");
        assert_eq!(problem.to_string(), "contracts[12].mrr (line 14): `1,5` is no amount (write 1.5)");
        let redacted = problem.redacted();
        assert_eq!(redacted.message, "`…` is no amount");
        assert_eq!(redacted.value, None);
    }

    #[test]
    fn quoted_input_is_cut_and_kept_on_its_line() {
        assert_eq!(quoted("a\nb`c"), "`a b'c`");
        assert_eq!(quoted("a\u{202E}b"), "`a b`");
        assert_eq!(cut(&"x".repeat(64)).chars().count(), 64);
        assert_eq!(cut(&"x".repeat(65)), format!("{}…", "x".repeat(64)));
    }

    #[test]
    fn the_count_of_problems_is_told() {
        let problem =
            Problem::table(Code::MissingColumn, "contracts", "the column is missing").at(None, None, Some("mrr"));
        let text = |total| Problems { kept: vec![problem.clone()], total }.to_string();
        assert_eq!(text(1), "contracts.mrr: the column is missing");
        assert_eq!(text(2), "contracts.mrr: the column is missing [and 1 more problem]");
        assert_eq!(text(9), "contracts.mrr: the column is missing [and 8 more problems]");
    }
}
