//! Portfolios by the arguments of their constructors.

use super::Errors;
use super::constructor::{Constructor, LOAD_DEFINITIONS};
use crate::definitions::Definitions;
use crate::docs::documented;
use crate::error::{Code, Error, Problem, cut};
use crate::json::Json;
use crate::portfolio::{
    Contract, Duplicates, ExtraColumns, Input, Limits, Load, OnInvalid, Portfolio, Source, TABLES, TABLES_TO_COME,
    TableSpec, spec_of, table_of, unknown_table,
};
use crate::query::{Arguments, Parameter, Takes, missing_argument};
use crate::watch::Watch;
use crate::word::Word as _;

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
        Code::InvalidNumber,
        Code::InvalidSignal,
        Code::UnknownChoice,
        Code::UnknownCurrency,
        Code::MissingCurrency,
        Code::EndNotAfterStart,
        Code::TermEndNotAfterStart,
        Code::EndBeforeStart,
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

/// What all constructors take beside tables.
const OPTIONS: [Parameter; 8] =
    [CURRENCY, ON_INVALID, EXTRA_COLUMNS, DUPLICATES, OBSERVED_UNTIL, LIMITS, REDACT, LOAD_DEFINITIONS];

const COLUMNS: Parameter =
    Parameter::optional("columns", Takes::Columns, "null", "By table, from their names of columns to ours.");

/// What only files need.
const OF_FILES: [Parameter; 5] = [
    Parameter::later(
        "format",
        Takes::Choice(&["contracts", "baremetrics", "stripe_subscriptions", "chartmogul"]),
        "\"contracts\"",
        "Whose export it is.",
    ),
    Parameter::later("encoding", Takes::Choice(&["utf-8", "cp932"]), "\"utf-8\"", "The encoding of the files."),
    COLUMNS,
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

/// Whether an argument of the constructors is a table: one of this version, or one that it refuses by name.
#[must_use]
pub fn is_table(argument: &str) -> bool {
    spec_of(argument).is_some() || TABLES_TO_COME.contains(&argument)
}

/// The limits among the arguments of a constructor, for a binding that takes tables apart.
///
/// # Errors
/// `unknown_argument`, `invalid_argument`.
pub fn limits(arguments: &Json) -> Result<Limits, Error> {
    match arguments.get(LIMITS.name) {
        Some(object @ Json::Object(_)) => Ok(Limits::from_object(object)?),
        // What is no object is refused with the other arguments.
        _ => Ok(Limits::default()),
    }
}

/// Makes a portfolio of named tables, by the other arguments of [`FROM_TABLES`].
///
/// # Errors
/// Those of [`Load::load`], and `missing_argument`, `unknown_argument`, `invalid_argument`, `not_available`.
pub fn from_tables(tables: Vec<(&str, Input)>, arguments: &Json, watch: &dyn Watch) -> Result<Portfolio, Error> {
    let tables = tables.into_iter().map(|(name, input)| (name, Source::Table(input))).collect();
    load(tables, arguments, FROM_TABLES.parameters, watch)
}

/// Makes a portfolio of named CSV files, by the other arguments of [`FROM_CSV`].
///
/// # Errors
/// Those of [`Load::load`], and `missing_argument`, `unknown_argument`, `invalid_argument`, `not_available`.
pub fn from_csv(files: Vec<(&str, &[u8])>, arguments: &Json, watch: &dyn Watch) -> Result<Portfolio, Error> {
    let files = files.into_iter().map(|(name, file)| (name, Source::Csv(file))).collect();
    load(files, arguments, FROM_CSV.parameters, watch)
}

fn load(
    tables: Vec<(&str, Source<'_>)>,
    arguments: &Json,
    parameters: &'static [Parameter],
    watch: &dyn Watch,
) -> Result<Portfolio, Error> {
    load_as_asked(tables, arguments, parameters, watch).map_err(|error| error.redacted_if(redacts(arguments)))
}

/// Whether the arguments of a constructor ask for errors without user input.
#[must_use]
pub fn redacts(arguments: &Json) -> bool {
    matches!(arguments.get(REDACT.name), Some(Json::Flag(true)))
}

fn load_as_asked(
    tables: Vec<(&str, Source<'_>)>,
    arguments: &Json,
    parameters: &'static [Parameter],
    watch: &dyn Watch,
) -> Result<Portfolio, Error> {
    let mut contracts = None;
    let mut others: Vec<(&'static TableSpec, Source<'_>)> = Vec::new();
    for (name, source) in tables {
        let Some(spec) = spec_of(name) else {
            return Err(unknown_table(&cut(name), name, &[]).into());
        };
        if contracts.is_some() && spec.name == Contract::SPEC.name || others.iter().any(|(given, _)| *given == spec) {
            let message = format!("the table {name} is given twice");
            return Err(Problem::argument(Code::InvalidArgument, name, message).into());
        }
        match spec.name == Contract::SPEC.name {
            true => contracts = Some(source),
            false => others.push((spec, source)),
        }
    }
    // Who wrote another name than ours is told of the names before what is missing.
    let arguments = Arguments::of(arguments, parameters)?;
    let contracts = contracts.ok_or_else(|| missing_argument(Contract::SPEC.name))?;
    let mut load = Load::of(contracts)
        .on_invalid(arguments.word(ON_INVALID.name)?)
        .extra_columns(arguments.word(EXTRA_COLUMNS.name)?)
        .duplicates(arguments.word(DUPLICATES.name)?)
        .redact(matches!(arguments.value(REDACT.name)?, Json::Flag(true)))
        .watch(watch);
    for (spec, source) in others {
        load = load.table(spec, source);
    }
    if let Some(day) = arguments.optional_day(OBSERVED_UNTIL.name)? {
        load = load.observed_until(day);
    }
    if let Json::Text(code) = arguments.value(CURRENCY.name)? {
        load = load.currency(code);
    }
    if let limits @ Json::Object(_) = arguments.value(LIMITS.name)? {
        load = load.limits(Limits::from_object(&limits)?);
    }
    if let object @ Json::Object(_) = arguments.value(LOAD_DEFINITIONS.name)? {
        load = load.definitions(Definitions::from_object(&object)?);
    }
    if let Some(Json::Object(tables)) = arguments.given.get(COLUMNS.name) {
        for (table, names) in tables {
            for (theirs, ours) in renamed(table, names)? {
                load = load.rename(table, theirs, ours);
            }
        }
    }
    load.load()
}

fn renamed<'j>(table: &str, names: &'j Json) -> Result<Vec<(&'j str, &'j str)>, Problem> {
    let wrong = |value: &Json| {
        let message = format!("{} stands where their names of columns lead to ours", value.describe());
        Problem::argument(Code::InvalidArgument, format!("columns.{}", cut(table)), message)
            .help("write {\"their name\": \"our name\"}")
    };
    let Json::Object(entries) = names else { return Err(wrong(names)) };
    table_of(&format!("columns.{}", cut(table)), table)?;
    let entry = |(theirs, ours): &'j (String, Json)| match ours {
        Json::Text(ours) => Ok((theirs.as_str(), ours.as_str())),
        other => Err(wrong(other)),
    };
    entries.iter().map(entry).collect()
}
