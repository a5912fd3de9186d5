//! Portfolios by the arguments of their constructors.

use super::{FROM_CSV, FROM_TABLES};
use crate::definitions::Definitions;
use crate::error::{Code, Error, Problem, cut};
use crate::json::Json;
use crate::portfolio::{
    Contract, Input, Limits, Load, Portfolio, Source, TABLES_TO_COME, TableSpec, spec_of, table_of, unknown_table,
};
use crate::query::{Arguments, Parameter, Takes, missing_argument};
use crate::watch::Watch;

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
