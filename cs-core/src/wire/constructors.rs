//! What makes a portfolio: constructors with their arguments, declared once.

use super::{Errors, Parameter, Takes};
use crate::docs::documented;
use crate::error::Code;
use crate::portfolio::{Duplicates, ExtraColumns, OnInvalid, TABLES};
use crate::word::Word as _;

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

/// Every constructor of a portfolio.
pub const CONSTRUCTORS: &[Constructor] = &[
    FROM_TABLES,
    FROM_CSV,
    #[cfg(feature = "synthetic")]
    super::SYNTHETIC,
];

/// What can be wrong with rows, and with their currency.
const ROWS: Errors = Errors::of(
    &[
        Code::MissingColumn,
        Code::UnknownColumn,
        Code::DuplicateColumn,
        Code::MissingValue,
        Code::InvalidDate,
        Code::DateOutOfRange,
        Code::InvalidAmount,
        Code::TooManyDigits,
        Code::NegativeAmount,
        Code::InvalidCount,
        Code::InvalidFlag,
        Code::InvalidScore,
        Code::UnknownChoice,
        Code::UnknownCurrency,
        Code::MissingCurrency,
        Code::EndNotAfterStart,
        Code::TermEndNotAfterStart,
        Code::MissingAmount,
        Code::TwoAmounts,
        Code::MissingBillingPeriod,
        Code::TwoBillingPeriods,
        Code::InvalidTerm,
        Code::DuplicateRow,
        Code::ConflictingRows,
        Code::RejectedRevision,
        Code::UnknownCustomer,
        Code::RejectedCustomer,
        Code::UnknownContract,
        Code::RejectedContract,
        Code::LimitExceeded,
        Code::Overflow,
    ],
    &[Code::UnknownCurrency, Code::MissingCurrency],
);

const CURRENCY: Parameter = Parameter::optional(
    "currency",
    Takes::Text,
    "null",
    "The reporting currency by its ISO 4217 code, and that of rows without one.",
);
const ON_INVALID: Parameter = Parameter::optional(
    "on_invalid",
    Takes::Choice(OnInvalid::WORDS),
    "\"raise\"",
    "Whether rows with a problem are an error, or are rejected and kept in the load report.",
);
const EXTRA_COLUMNS: Parameter = Parameter::optional(
    "extra_columns",
    Takes::Choice(ExtraColumns::WORDS),
    "\"error\"",
    "Whether columns that a table does not have are an error or are left out.",
);
const DUPLICATES: Parameter = Parameter::optional(
    "duplicates",
    Takes::Choice(Duplicates::WORDS),
    "\"error\"",
    "Whether rows that say the same as an earlier one are an error or are left out with a warning.",
);
const OBSERVED_UNTIL: Parameter = Parameter::optional(
    "observed_until",
    Takes::Date,
    "null",
    "The last day that the data tells of; the latest on which a row became known if left out.",
);
const LIMITS: Parameter = Parameter::optional(
    "limits",
    Takes::Limits,
    "null",
    "What the input may hold at most, by the names of the limits.",
);
const REDACT: Parameter = Parameter::optional(
    "redact",
    Takes::Flag,
    "false",
    "Whether problems leave out what users wrote, for the sake of logs.",
);
pub(super) const LOAD_DEFINITIONS: Parameter = Parameter::optional(
    "definitions",
    Takes::Definitions,
    "null",
    "The definitions that operations follow unless given others; their extra_digits say how many decimals amounts may have.",
);

/// What all constructors take beside tables.
const OPTIONS: [Parameter; 8] =
    [CURRENCY, ON_INVALID, EXTRA_COLUMNS, DUPLICATES, OBSERVED_UNTIL, LIMITS, REDACT, LOAD_DEFINITIONS];

/// What only files need.
const OF_FILES: [Parameter; 5] = [
    Parameter::later(
        "format",
        Takes::Choice(&["contracts", "baremetrics", "stripe_subscriptions", "chartmogul"]),
        "\"contracts\"",
        "Whose export it is.",
    ),
    Parameter::later("encoding", Takes::Choice(&["utf-8", "cp932"]), "\"utf-8\"", "The encoding of the files."),
    Parameter::optional("columns", Takes::Columns, "null", "By table, from their names of columns to ours."),
    Parameter::later(
        "number_format",
        Takes::Text,
        "null",
        "How the files write numbers; the plain form 1200.00 if left out.",
    ),
    Parameter::later("date_format", Takes::Text, "null", "How the files write dates; the form 2026-01-31 if left out."),
];

/// An argument for each table, the first of which every portfolio has; and others behind them.
#[expect(clippy::indexing_slicing, reason = "an index beyond the end does not compile")]
const fn with_tables<const N: usize>(takes: Takes, others: [&[Parameter]; 2]) -> [Parameter; N] {
    let mut parameters = [Parameter::required(TABLES[0].name, takes, TABLES[0].doc); N];
    let mut next = 1;
    while next < TABLES.len() {
        parameters[next] = Parameter::optional(TABLES[next].name, takes, "null", TABLES[next].doc);
        next += 1;
    }
    let mut list = 0;
    while list < others.len() {
        let mut position = 0;
        while position < others[list].len() {
            parameters[next] = others[list][position];
            (next, position) = (next + 1, position + 1);
        }
        list += 1;
    }
    assert!(next == N);
    parameters
}

/// Makes a portfolio of tables.
pub const FROM_TABLES: Constructor = Constructor {
    name: "from_tables",
    doc: documented(
        "A portfolio of tables.\n\n\
          Every problem of every row is found and located, in the error or, with \
          `on_invalid=\"reject\"`, in the load report.",
    ),
    parameters: &with_tables::<{ TABLES.len() + OPTIONS.len() }>(Takes::Table, [&OPTIONS, &[]]),
    errors: ROWS,
    source: documented("The columns and what a row must be are this library's own; currencies are those of ISO 4217."),
};

/// Makes a portfolio of CSV files.
pub const FROM_CSV: Constructor = Constructor {
    name: "from_csv",
    doc: documented(
        "A portfolio of CSV files: UTF-8, comma, a header.\n\n\
          Every problem of every row is found and located, in the error or, with \
          `on_invalid=\"reject\"`, in the load report.",
    ),
    parameters: &with_tables::<{ TABLES.len() + OPTIONS.len() + OF_FILES.len() }>(Takes::File, [&OPTIONS, &OF_FILES]),
    errors: ROWS,
    source: documented(
        "The form of files is that of RFC 4180; the columns and what a row must be are this library's own; \
             currencies are those of ISO 4217.",
    ),
};

#[cfg(test)]
mod tests {
    use super::{FROM_CSV, FROM_TABLES};
    use crate::portfolio::TABLES;
    use crate::wire::is_table;

    #[test]
    fn every_constructor_takes_every_table_in_order() {
        for constructor in [FROM_TABLES, FROM_CSV] {
            let names = constructor.parameters.iter().map(|parameter| parameter.name);
            let tables: Vec<&str> = names.filter(|name| is_table(name)).collect();
            assert_eq!(tables, TABLES.iter().map(|spec| spec.name).collect::<Vec<_>>(), "{}", constructor.name);
        }
    }
}
