//! What makes a portfolio: its arguments, declared once.

use super::{Parameter, Takes};
use crate::portfolio::{Duplicates, ExtraColumns, OnInvalid};
use crate::word::Word as _;

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
const OBSERVED_UNTIL: Parameter =
    Parameter::later("observed_until", Takes::Date, "null", "The last day that the data tells of.");
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
const LOAD_DEFINITIONS: Parameter = Parameter::optional(
    "definitions",
    Takes::Definitions,
    "null",
    "The definitions that operations follow unless given others; their extra_digits say how many decimals amounts may have.",
);

/// The arguments that make a portfolio of tables.
pub const FROM_TABLES: &[Parameter] = &[
    Parameter::required("contracts", Takes::Table, "The table of contracts."),
    Parameter::optional(
        "customers",
        Takes::Table,
        "null",
        "The table of customers; made from the contracts if left out.",
    ),
    CURRENCY,
    ON_INVALID,
    EXTRA_COLUMNS,
    DUPLICATES,
    OBSERVED_UNTIL,
    LIMITS,
    REDACT,
    LOAD_DEFINITIONS,
];

/// The arguments that make a portfolio of CSV files.
pub const FROM_CSV: &[Parameter] = &[
    Parameter::required("contracts", Takes::File, "The file of contracts."),
    Parameter::optional(
        "customers",
        Takes::File,
        "null",
        "The file of customers; made from the contracts if left out.",
    ),
    CURRENCY,
    ON_INVALID,
    EXTRA_COLUMNS,
    DUPLICATES,
    OBSERVED_UNTIL,
    LIMITS,
    REDACT,
    LOAD_DEFINITIONS,
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
