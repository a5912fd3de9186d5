//! The boundary that every binding calls: operations by name, arguments as JSON values, results as tables.
//!
//! A binding turns its host's values into [`Json`] and [`Input`] and calls; names, defaults, checks and errors are
//! here, so that they are the same in every language. [`surface`] describes all of it.

use crate::definitions::Definitions;
use crate::docs::documented;
use crate::error::{Code, Error, Problem, cut};
use crate::json::Json;
use crate::ledger::{Journal, Movements};
use crate::metrics::{Cohorts, FlowRetention, Retention, RetentionIntervals, WindowError};
use crate::partial::Partial;
use crate::portfolio::{
    Contract, Input, Limits, Load, Portfolio, Source, TABLES, TABLES_TO_COME, TableSpec, table_of, unknown_table,
};
use crate::query::Level;
use crate::table::Table;
use crate::watch::Watch;
use crate::word::Word as _;

mod arguments;
mod constructors;
mod errors;
mod members;
mod rows;
mod surface;
mod synthetic;
mod texts;
mod written;

pub use arguments::{Parameter, Takes};
pub use constructors::{CONSTRUCTORS, Constructor, FROM_CSV, FROM_TABLES};
pub use errors::Errors;
pub use rows::{not_a_row, rows};
pub use surface::surface;
pub use synthetic::*;
pub use texts::{escaped, grouped, percent, quoted, whole_percent};
pub use written::{PICTURE, pictures, written};

use arguments::{Arguments, missing_argument};

/// An operation of a portfolio.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Operation {
    /// The name, in the words of Rust and Python; JavaScript writes it in camel case.
    pub name: &'static str,
    /// What it gives: a sentence, and in further paragraphs what holds of it.
    pub doc: &'static str,
    /// Its arguments; those without a default come first.
    pub parameters: &'static [Parameter],
    /// What a row of its result is, and in which order.
    pub rows: &'static str,
    /// The columns of its result.
    pub columns: &'static [crate::table::ColumnDoc],
    /// The errors that it gives besides those of its arguments.
    pub errors: Errors,
    /// Where its definition comes from.
    pub source: &'static str,
    run: fn(&Portfolio, &Arguments<'_>, Call<'_>) -> Result<Answer, Error>,
}

/// How an operation is called.
#[derive(Clone, Copy)]
struct Call<'a> {
    watch: &'a dyn Watch,
    /// Whether the result is wanted as that of a part of the customers.
    is_partial: bool,
}

/// What an operation answers.
enum Answer {
    Table(Table),
    Partial(Partial),
}

const START: Parameter = Parameter::required("start", Takes::Date, "The first day; widened to whole periods.");
const END: Parameter = Parameter::required("end", Takes::Date, "The day after the last; widened to whole periods.");
const BY: Parameter = Parameter::optional(
    "by",
    Takes::Names,
    "null",
    "What to group by: columns of customers, cohort (the first day of the period in which a customer first paid), \
     product (then each customer's line for one product is what moves and is counted).",
);
const COHORTS_BY: Parameter = Parameter::optional(
    "by",
    Takes::Names,
    "null",
    "What to group by: columns of customers, product (then each customer's line for one product is what is counted).",
);
const LEVEL: Parameter = Parameter::optional(
    "level",
    Takes::Choice(Level::WORDS),
    "\"customer\"",
    "Whose line is looked at: each customer's own, or that of its top parent with all below it.",
);
const DEFINITIONS: Parameter = Parameter::optional(
    "definitions",
    Takes::Definitions,
    "null",
    "What every number means; the portfolio's definitions if left out.",
);
const KNOWN_ON: Parameter = Parameter::optional(
    "known_on",
    Takes::Date,
    "null",
    "Only what was known at the close of this day; periods that close after it have no rows.",
);
const WINDOW: Parameter = Parameter::optional(
    "window",
    Takes::Text,
    "\"12 months\"",
    "What each period's close is compared with: the close so many months earlier, or period for its own opening.",
);

const RESAMPLES: Parameter =
    Parameter::optional("resamples", Takes::Count, "1000", "How often the customers are drawn, from 100 to 100000.");

/// What is wrong with contracts and parents.
const BOOK: &[Code] =
    &[Code::TooManyDigits, Code::SecondCurrency, Code::Overflow, Code::UnknownParent, Code::ParentCycle];
const RANGE_ERRORS: Errors = Errors::of(BOOK, &[Code::InvalidRange]);
const BOOK_ERRORS: Errors = Errors::of(BOOK, &[]);
const KNOW_YOUR_METRICS: &str = documented(
    "The eighth principle, know your metrics, of \"Customer Success\" by Mehta, Steinman and Murphy asks for one \
     definition; the one that is followed here is what the argument definitions states.",
);

/// Every operation of a portfolio.
pub const OPERATIONS: &[Operation] = &[
    Operation {
        name: "movements",
        doc: documented(
            "Movements of recurring revenue by period, and the balances that they join, exactly.\n\n\
              For every period `opening_mrr + new_mrr + reactivation_mrr + expansion_mrr - contraction_mrr - \
              churned_mrr + fx_mrr = closing_mrr`, and its closing is the next one's opening.",
        ),
        parameters: &[START, END, BY, LEVEL, DEFINITIONS, KNOWN_ON],
        rows: documented("A row for each group and period, in their order."),
        columns: Movements::COLUMNS,
        errors: RANGE_ERRORS,
        source: KNOW_YOUR_METRICS,
        run: |portfolio, arguments, call| {
            let query = portfolio.movements(arguments.day("start")?, arguments.day("end")?);
            arguments.answer(portfolio, query.by(arguments.names("by")?), call)
        },
    },
    Operation {
        name: "journal",
        doc: documented(
            "Every movement of recurring revenue by itself, with the contracts that caused it.\n\n\
              Every flow of `movements` is rows of the journal summed.",
        ),
        parameters: &[START, END, LEVEL, DEFINITIONS, KNOWN_ON],
        rows: documented("A row for each movement, in the order of day and customer (by bytes)."),
        columns: Journal::COLUMNS,
        errors: RANGE_ERRORS,
        source: KNOW_YOUR_METRICS,
        run: |portfolio, arguments, call| {
            arguments.answer(portfolio, portfolio.journal(arguments.day("start")?, arguments.day("end")?), call)
        },
    },
    Operation {
        name: "retention",
        doc: documented(
            "Retention from close to close, by period.\n\n\
              Of the customers paying at the first close of a window, what they pay at its last: `grr = retained_mrr / \
              opening_mrr`, of each customer the smaller of what it pays at both closes, and `nrr = grr + expansion_mrr / \
              opening_mrr`. Who came later is in no part of it. Ratios are absent where \
              nobody paid.",
        ),
        parameters: &[START, END, WINDOW, BY, LEVEL, DEFINITIONS, KNOWN_ON],
        rows: documented("A row for each group and period, in their order: the window ends with the period."),
        columns: Retention::COLUMNS,
        errors: RANGE_ERRORS,
        source: documented(
            "Gross and net revenue retention as in \"Customer Success\" by Mehta, Steinman and Murphy, by amounts and \
                 by customers; the interval is that of E. B. Wilson, 1927.",
        ),
        run: |portfolio, arguments, call| {
            let query = portfolio.retention(arguments.day("start")?, arguments.day("end")?);
            let query = query.window(arguments.parsed("window", WindowError::problem)?);
            arguments.answer(portfolio, query.by(arguments.names("by")?), call)
        },
    },
    Operation {
        name: "retention_intervals",
        doc: documented(
            "Bootstrap intervals of gross and net retention, by period.\n\n\
              As many customers as paid at a window's first close are drawn from them, with replacement, `resamples` \
              times: `grr_low` and `grr_high` leave 2.5% of the draws below and above, by the nearest rank. The draws \
              begin with a fixed seed in every row. Few customers, or one that is most of the revenue, make the \
              intervals unreliable.",
        ),
        parameters: &[START, END, WINDOW, RESAMPLES, BY, LEVEL, DEFINITIONS, KNOWN_ON],
        rows: documented("A row for each group and period, in their order: the window ends with the period."),
        columns: RetentionIntervals::COLUMNS,
        errors: RANGE_ERRORS,
        source: documented("The percentile interval of B. Efron, 1979, with the customer as the unit that is drawn."),
        run: |portfolio, arguments, call| {
            let query = portfolio.retention_intervals(arguments.day("start")?, arguments.day("end")?);
            let query = query.window(arguments.parsed("window", WindowError::problem)?);
            let query = query.resamples(arguments.count("resamples")?).by(arguments.names("by")?);
            arguments.answer_whole(portfolio, query, call)
        },
    },
    Operation {
        name: "flow_retention",
        doc: documented(
            "Retention as flows of a period, over what it opened with.\n\n\
              `flow_grr = 1 - (contraction_mrr + churned_mrr) / opening_mrr` and `flow_nrr = flow_grr + (expansion_mrr \
              + reactivation_mrr) / opening_mrr` of the customers paying at the opening, `net_mrr_churn_all = \
              net_churned_mrr / opening_mrr` of everybody. They can leave the range from 0 to 1: who leaves and returns \
              within a period is lost in the first and won in the second, and who came after the opening can be lost \
              from the third without ever having been in what it is divided by.",
        ),
        parameters: &[START, END, BY, LEVEL, DEFINITIONS, KNOWN_ON],
        rows: documented("A row for each group and period, in their order."),
        columns: FlowRetention::COLUMNS,
        errors: RANGE_ERRORS,
        source: documented("The rates that tools of subscription analytics show beside the point-to-point ones."),
        run: |portfolio, arguments, call| {
            let query = portfolio.flow_retention(arguments.day("start")?, arguments.day("end")?);
            arguments.answer(portfolio, query.by(arguments.names("by")?), call)
        },
    },
    Operation {
        name: "cohorts",
        doc: documented(
            "Customers by the period in which they first paid, and what becomes of them.\n\n\
              `customer_retention = customers / size` and `mrr_retention = mrr / base_mrr`; age 0 is the close of the \
              cohort's own period. At every close the sum of `mrr` over cohorts is total MRR.",
        ),
        parameters: &[END, COHORTS_BY, LEVEL, DEFINITIONS, KNOWN_ON],
        rows: documented("A row for each group, cohort and age, in their order, up to the last close."),
        columns: Cohorts::COLUMNS,
        errors: BOOK_ERRORS,
        source: KNOW_YOUR_METRICS,
        run: |portfolio, arguments, call| {
            let query = portfolio.cohorts(arguments.day("end")?);
            arguments.answer(portfolio, query.by(arguments.names("by")?), call)
        },
    },
];

/// Runs an operation on a portfolio; `arguments` is an object, and what it leaves out takes its default.
///
/// # Errors
/// `unknown_operation`, `unknown_argument`, `missing_argument`, `invalid_argument`, `not_available`, and the
/// operation's own.
pub fn run(portfolio: &Portfolio, operation: &str, arguments: &Json, watch: &dyn Watch) -> Result<Table, Error> {
    run_as_asked(portfolio, operation, arguments, watch).map_err(|error| error.redacted_if(portfolio.redact))
}

fn run_as_asked(portfolio: &Portfolio, operation: &str, arguments: &Json, watch: &dyn Watch) -> Result<Table, Error> {
    match answer(portfolio, find(operation)?, arguments, Call { watch, is_partial: false })? {
        Answer::Table(table) => Ok(table),
        Answer::Partial(partial) => Ok(partial.into_result()),
    }
}

/// Runs an operation as [`run`] does, on a part of the customers, and gives the bytes that [`merge`] takes; `positional`
/// are the values of the arguments that have no default, in their order.
///
/// # Errors
/// Those of [`run`].
pub fn partial(
    portfolio: &Portfolio,
    operation: &str,
    positional: &[Json],
    arguments: &Json,
    watch: &dyn Watch,
) -> Result<Vec<u8>, Error> {
    let partial = || {
        let operation = find(operation)?;
        let arguments = named(operation, positional, arguments)?;
        match answer(portfolio, operation, &arguments, Call { watch, is_partial: true })? {
            Answer::Partial(partial) => Ok(partial.to_bytes()),
            Answer::Table(_) => Err(Error::internal(format!("{} does not add up", operation.name))),
        }
    };
    partial().map_err(|error: Error| error.redacted_if(portfolio.redact))
}

/// Arguments of which some are given by their place.
fn named(operation: &Operation, positional: &[Json], arguments: &Json) -> Result<Json, Problem> {
    let required = operation.parameters.iter().filter(|parameter| parameter.default.is_none());
    let count = required.clone().count();
    if positional.len() > count {
        let message = format!("{} takes {count} arguments by their place, not {}", operation.name, positional.len());
        return Err(
            Problem::argument(Code::InvalidArgument, "arguments", message).help("give the others by their names")
        );
    }
    let mut entries: Vec<(String, Json)> =
        required.zip(positional).map(|(parameter, value)| (parameter.name.to_owned(), value.clone())).collect();
    for (name, value) in arguments.as_object().unwrap_or_default() {
        if entries.iter().any(|(given, _)| given == name) {
            let message = format!("the argument {} is given twice", quoted(name));
            return Err(Problem::argument(Code::InvalidArgument, cut(name), message));
        }
        entries.push((name.clone(), value.clone()));
    }
    Ok(Json::Object(entries))
}

fn find(operation: &str) -> Result<&'static Operation, Problem> {
    OPERATIONS.iter().find(|known| known.name == operation).ok_or_else(|| {
        let names = OPERATIONS.iter().map(|known| known.name).collect::<Vec<_>>().join(", ");
        Problem::argument(Code::UnknownOperation, "operation", format!("there is no operation {}", quoted(operation)))
            .value(operation)
            .help(format!("the operations are {names}"))
    })
}

fn answer(portfolio: &Portfolio, operation: &Operation, arguments: &Json, call: Call<'_>) -> Result<Answer, Error> {
    (operation.run)(portfolio, &Arguments::of(arguments, operation.parameters)?, call)
}

/// What was loaded into a table, as [`Portfolio::table`] gives it.
///
/// # Errors
/// Those of [`Portfolio::table`].
pub fn table(portfolio: &Portfolio, name: &str, watch: &dyn Watch) -> Result<Table, Error> {
    portfolio.table_watched(name, watch)
}

/// The result of all the parts that [`partial`] gave.
///
/// # Errors
/// `invalid_partial`, `partial_mismatch`, `currency_mismatch`, `overlapping_partials`, `overflow`, and
/// `invalid_argument` for no parts at all.
pub fn merge<B: AsRef<[u8]>>(partials: &[B]) -> Result<Table, Error> {
    merged(partials).map(Partial::into_result)
}

/// The bytes of all the parts as one part.
///
/// # Errors
/// Those of [`merge`].
pub fn merge_partials<B: AsRef<[u8]>>(partials: &[B]) -> Result<Vec<u8>, Error> {
    merged(partials).map(|partial| partial.to_bytes())
}

fn merged<B: AsRef<[u8]>>(partials: &[B]) -> Result<Partial, Error> {
    let read = |(position, bytes): (usize, &B)| Partial::read(bytes.as_ref(), &format!("partials[{}]", position + 1));
    let partials = partials.iter().enumerate().map(read).collect::<Result<Vec<_>, _>>()?;
    Partial::merge(partials)
}

/// Whether an argument of the constructors is a table: one of this version, or one that it refuses by name.
#[must_use]
pub fn is_table(argument: &str) -> bool {
    TABLES.iter().any(|spec| spec.name == argument) || TABLES_TO_COME.contains(&argument)
}

/// The limits among the arguments of a constructor, for a binding that takes tables apart.
///
/// # Errors
/// `unknown_argument`, `invalid_argument`.
pub fn limits(arguments: &Json) -> Result<Limits, Error> {
    match arguments.get("limits") {
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
    matches!(arguments.get("redact"), Some(Json::Flag(true)))
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
        let Some(spec) = TABLES.iter().copied().find(|spec| spec.name == name) else {
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
    let contracts = contracts.ok_or_else(|| missing_argument(Contract::SPEC.name))?;
    // The tables stand first, and come beside the arguments.
    let is_table = |parameter: &&Parameter| matches!(parameter.takes, Takes::Table | Takes::File);
    let options = parameters.get(parameters.iter().take_while(is_table).count()..).unwrap_or_default();
    let arguments = Arguments::of(arguments, options)?;
    let mut load = Load::of(contracts)
        .on_invalid(arguments.word("on_invalid")?)
        .extra_columns(arguments.word("extra_columns")?)
        .duplicates(arguments.word("duplicates")?)
        .redact(matches!(arguments.value("redact")?, Json::Flag(true)))
        .watch(watch);
    for (spec, source) in others {
        load = load.table(spec, source);
    }
    if let Some(day) = arguments.optional_day("observed_until")? {
        load = load.observed_until(day);
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
    table_of(&format!("columns.{}", cut(table)), table)?;
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
        ("problems", Json::Array(error.problems().iter().map(Json::from).collect())),
        ("problems_total", Json::from(error.total())),
    ])
}
