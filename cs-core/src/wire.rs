//! The boundary that every binding calls: operations by name, arguments as JSON values, results as tables.
//!
//! A binding turns its host's values into [`Json`] and [`Input`] and calls; names, defaults, checks and errors are
//! here, so that they are the same in every language. [`surface`] describes all of it.

use crate::definitions::Definitions;
use crate::error::{Code, Error, Problem, cut, quoted};
use crate::json::Json;
use crate::portfolio::{
    Duplicates, ExtraColumns, Input, InputColumn, Limits, Load, OnInvalid, Portfolio, Source, Value, problem_object,
};
use crate::table::Table;
use crate::watch::Watch;
use crate::word::Word;

mod arguments;
mod surface;

pub use arguments::{Parameter, Takes};
pub use surface::surface;

use arguments::{Arguments, missing_argument};

/// An operation of a portfolio.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Operation {
    /// The name, in the words of Rust and Python; JavaScript writes it in camel case.
    pub name: &'static str,
    /// What it gives.
    pub doc: &'static str,
    /// Its arguments; those without a default come first.
    pub parameters: &'static [Parameter],
    /// The columns of its result.
    pub columns: &'static [crate::table::ColumnDoc],
    run: fn(&Portfolio, &Arguments<'_>, &dyn Watch) -> Result<Table, Error>,
}

const START: Parameter =
    Parameter { name: "start", takes: Takes::Date, default: None, doc: "The first day; widened to whole periods." };
const END: Parameter = Parameter {
    name: "end",
    takes: Takes::Date,
    default: None,
    doc: "The day after the last; widened to whole periods.",
};
const BY: Parameter = Parameter {
    name: "by",
    takes: Takes::Names,
    default: Some("null"),
    doc: "Attributes of customers to group by; not available in this version.",
};
const LEVEL: Parameter = Parameter {
    name: "level",
    takes: Takes::Choice(&["customer", "parent"]),
    default: Some("\"customer\""),
    doc: "Whose line is looked at; only \"customer\" is available in this version.",
};
const DEFINITIONS: Parameter = Parameter {
    name: "definitions",
    takes: Takes::Definitions,
    default: Some("null"),
    doc: "What every number means; the portfolio's definitions if left out.",
};
const KNOWN_ON: Parameter = Parameter {
    name: "known_on",
    takes: Takes::Date,
    default: Some("null"),
    doc: "Only what was known at the close of this day; not available in this version.",
};

/// Every operation of a portfolio.
pub const OPERATIONS: &[Operation] = &[
    Operation {
        name: "movements",
        doc: "Movements of recurring revenue by period: new, reactivation, expansion, contraction, churn, and the \
              balances that they join, exactly.",
        parameters: &[START, END, BY, LEVEL, DEFINITIONS, KNOWN_ON],
        columns: crate::ledger::Movements::COLUMNS,
        run: |portfolio, arguments, watch| {
            let definitions = arguments.definitions(portfolio)?;
            let query = portfolio.movements(arguments.day("start")?, arguments.day("end")?);
            query.definitions(&definitions).watch(watch).run().map(Table::from)
        },
    },
    Operation {
        name: "journal",
        doc: "Every movement of recurring revenue by itself, with the contracts that caused it.",
        parameters: &[START, END, LEVEL, DEFINITIONS, KNOWN_ON],
        columns: crate::ledger::Journal::COLUMNS,
        run: |portfolio, arguments, watch| {
            let definitions = arguments.definitions(portfolio)?;
            let query = portfolio.journal(arguments.day("start")?, arguments.day("end")?);
            query.definitions(&definitions).watch(watch).run().map(Table::from)
        },
    },
];

/// Runs an operation on a portfolio; `arguments` is an object, and what it leaves out takes its default.
///
/// # Errors
/// `unknown_operation`, `unknown_argument`, `missing_argument`, `invalid_argument`, `not_available`, and the
/// operation's own.
pub fn run(portfolio: &Portfolio, operation: &str, arguments: &Json, watch: &dyn Watch) -> Result<Table, Error> {
    let operation = OPERATIONS.iter().find(|known| known.name == operation).ok_or_else(|| {
        let names = OPERATIONS.iter().map(|known| known.name).collect::<Vec<_>>().join(", ");
        Problem::argument(Code::UnknownOperation, "operation", format!("there is no operation {}", quoted(operation)))
            .value(operation)
            .help(format!("the operations are {names}"))
    })?;
    let arguments = Arguments::of(arguments, operation.parameters)?;
    arguments.refuse_unavailable()?;
    (operation.run)(portfolio, &arguments, watch)
}

const fn option(name: &'static str, takes: Takes, default: &'static str, doc: &'static str) -> Parameter {
    Parameter { name, takes, default: Some(default), doc }
}

const CURRENCY: Parameter = option(
    "currency",
    Takes::Text,
    "null",
    "The reporting currency by its ISO 4217 code, and that of rows without one.",
);
const ON_INVALID: Parameter = option(
    "on_invalid",
    Takes::Choice(OnInvalid::WORDS),
    "\"raise\"",
    "Whether rows with a problem are an error, or are rejected and kept in the load report.",
);
const EXTRA_COLUMNS: Parameter = option(
    "extra_columns",
    Takes::Choice(ExtraColumns::WORDS),
    "\"error\"",
    "Whether columns that a table does not have are an error or are left out.",
);
const DUPLICATES: Parameter = option(
    "duplicates",
    Takes::Choice(Duplicates::WORDS),
    "\"error\"",
    "Whether rows that say the same as an earlier one are an error or are left out with a warning.",
);
const OBSERVED_UNTIL: Parameter = option(
    "observed_until",
    Takes::Date,
    "null",
    "The last day that the data tells of; not available in this version.",
);
const LIMITS: Parameter =
    option("limits", Takes::Limits, "null", "What the input may hold at most, by the names of the limits.");
const REDACT: Parameter =
    option("redact", Takes::Flag, "false", "Whether problems leave out what users wrote, for the sake of logs.");
const LOAD_DEFINITIONS: Parameter = option(
    "definitions",
    Takes::Definitions,
    "null",
    "The definitions that operations follow unless given others; their extra_digits say how many decimals amounts may have.",
);

/// The arguments that make a portfolio of tables.
pub const FROM_TABLES: &[Parameter] = &[
    Parameter { name: "contracts", takes: Takes::Table, default: None, doc: "The table of contracts." },
    option("customers", Takes::Table, "null", "The table of customers; made from the contracts if left out."),
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
    Parameter { name: "contracts", takes: Takes::File, default: None, doc: "The file of contracts." },
    option("customers", Takes::File, "null", "The file of customers; made from the contracts if left out."),
    CURRENCY,
    ON_INVALID,
    EXTRA_COLUMNS,
    DUPLICATES,
    OBSERVED_UNTIL,
    LIMITS,
    REDACT,
    LOAD_DEFINITIONS,
    option(
        "format",
        Takes::Choice(&["contracts", "baremetrics", "stripe_subscriptions", "chartmogul"]),
        "\"contracts\"",
        "Whose export it is; only \"contracts\" is available in this version.",
    ),
    option(
        "encoding",
        Takes::Choice(&["utf-8", "cp932"]),
        "\"utf-8\"",
        "The encoding of the files; only \"utf-8\" is available in this version.",
    ),
    option("columns", Takes::Columns, "null", "By table, from their names of columns to ours."),
    option(
        "number_format",
        Takes::Text,
        "null",
        "How the files write numbers; only the plain form 1200.00 is available in this version.",
    ),
    option(
        "date_format",
        Takes::Text,
        "null",
        "How the files write dates; only the form 2026-01-31 is available in this version.",
    ),
];

/// Makes a portfolio of tables, by the arguments of [`FROM_TABLES`] but the tables.
///
/// # Errors
/// Those of [`Load::load`], and `unknown_argument`, `invalid_argument`, `not_available`.
pub fn from_tables(
    contracts: Option<Source<'_>>,
    customers: Option<Source<'_>>,
    arguments: &Json,
    watch: &dyn Watch,
) -> Result<Portfolio, Error> {
    let contracts = contracts.ok_or_else(|| missing_argument("contracts"))?;
    load(contracts, customers, arguments, FROM_TABLES, watch)
}

/// Makes a portfolio of CSV files, by the arguments of [`FROM_CSV`] but the files.
///
/// # Errors
/// Those of [`Load::load`], and `unknown_argument`, `invalid_argument`, `not_available`.
pub fn from_csv(
    contracts: &[u8],
    customers: Option<&[u8]>,
    arguments: &Json,
    watch: &dyn Watch,
) -> Result<Portfolio, Error> {
    load(Source::from(contracts), customers.map(Source::from), arguments, FROM_CSV, watch)
}

fn load<'a>(
    contracts: Source<'a>,
    customers: Option<Source<'a>>,
    arguments: &Json,
    parameters: &'static [Parameter],
    watch: &'a dyn Watch,
) -> Result<Portfolio, Error> {
    let redact = matches!(arguments.get("redact"), Some(Json::Flag(true)));
    load_as_asked(contracts, customers, arguments, parameters, watch)
        .map_err(|error| if redact { error.redacted() } else { error })
}

fn load_as_asked<'a>(
    contracts: Source<'a>,
    customers: Option<Source<'a>>,
    arguments: &Json,
    parameters: &'static [Parameter],
    watch: &'a dyn Watch,
) -> Result<Portfolio, Error> {
    // The tables come beside the arguments.
    let arguments = Arguments::of(arguments, parameters.get(2..).unwrap_or_default())?;
    arguments.refuse_unavailable()?;
    let mut load: Load<'a> = Portfolio::from_tables(contracts)
        .on_invalid(arguments.word("on_invalid")?)
        .extra_columns(arguments.word("extra_columns")?)
        .duplicates(arguments.word("duplicates")?)
        .redact(matches!(arguments.value("redact")?, Json::Flag(true)))
        .watch(watch);
    if let Some(customers) = customers {
        load = load.customers(customers);
    }
    if let Json::Text(code) = arguments.value("currency")? {
        load = load.currency(code);
    }
    if let limits @ Json::Object(_) = arguments.value("limits")? {
        load = load.limits(Limits::from_object(&limits)?);
    }
    if let object @ Json::Object(_) = arguments.value("definitions")? {
        load = load.definitions(Definitions::from_object(&object)?);
    }
    if let Some(Json::Object(tables)) = arguments.given.get("columns") {
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
    let entry = |(theirs, ours): &'j (String, Json)| match ours {
        Json::Text(ours) => Ok((theirs.as_str(), ours.as_str())),
        other => Err(wrong(other)),
    };
    entries.iter().map(entry).collect()
}

/// An error as JSON: `{kind, message, problems, problems_total}`, problems as in the load report.
#[must_use]
pub fn error_object(error: &Error) -> Json {
    Json::object([
        ("kind", Json::from(error.kind())),
        ("message", Json::Text(error.to_string())),
        ("problems", Json::Array(error.problems().iter().map(problem_object).collect())),
        ("problems_total", Json::from(error.total())),
    ])
}

/// Rows as JSON objects made into columns, in the order in which names first appear.
///
/// # Errors
/// `invalid_argument` for what is not a list of objects.
pub fn rows(json: &Json) -> Result<Input, Problem> {
    let wrong = |value: &Json, expected: &str| {
        Problem::argument(
            Code::InvalidArgument,
            "rows",
            format!("{} stands where {expected} is expected", value.describe()),
        )
    };
    let Json::Array(rows) = json else { return Err(wrong(json, "a list of rows")) };
    let mut names: Vec<&str> = Vec::new();
    for row in rows {
        let Json::Object(entries) = row else { return Err(wrong(row, "a row")) };
        for (name, _) in entries {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
    }
    let value = |json: Option<&Json>| match json {
        None | Some(Json::Null) => Value::Absent,
        Some(Json::Text(text)) => Value::Text(text.clone()),
        Some(Json::Integer(number)) => Value::Integer(*number),
        Some(Json::Float(number)) => Value::Float(*number),
        Some(Json::Flag(flag)) => Value::Flag(*flag),
        Some(other) => Value::Other(other.describe()),
    };
    let column = |name: &str| InputColumn::Values(rows.iter().map(|row| value(row.get(name))).collect());
    Ok(names.iter().fold(Input::with_rows(rows.len()), |input, name| input.column(*name, column(name))))
}
