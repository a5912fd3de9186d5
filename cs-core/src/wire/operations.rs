//! Operations by name, and what their parts make together.

use crate::error::{Code, Error, Problem, cut, quoted};
use crate::json::Json;
use crate::operations::{Answer, OPERATIONS, OperationSpec};
use crate::partial::{Partial, path_of};
use crate::portfolio::Portfolio;
use crate::query::{self, Arguments};
use crate::table::Table;
use crate::watch::Watch;

/// Runs an operation on a portfolio; `arguments` is an object, and what it leaves out takes its default.
///
/// # Errors
/// `unknown_operation`, `unknown_argument`, `missing_argument`, `invalid_argument`, `not_available`, and the
/// operation's own.
pub fn run(portfolio: &Portfolio, operation: &str, arguments: &Json, watch: &dyn Watch) -> Result<Answer, Error> {
    run_as_asked(portfolio, operation, arguments, watch).map_err(|error| error.redacted_if(portfolio.redact))
}

fn run_as_asked(portfolio: &Portfolio, operation: &str, arguments: &Json, watch: &dyn Watch) -> Result<Answer, Error> {
    let operation = find(operation)?;
    operation.run(portfolio, &Arguments::of(arguments, operation.parameters)?, watch)
}

/// Runs an operation as [`run`] does, on a part of the customers, and gives the bytes that [`merge`] takes; `positional`
/// are the values of the arguments that have a place, in their order.
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
        let arguments = Arguments::of(&arguments, operation.parameters)?;
        Ok(Partial::ask(operation, portfolio, &arguments, watch)?.to_bytes())
    };
    partial().map_err(|error: Error| error.redacted_if(portfolio.redact))
}

/// Arguments of which some are given by their place.
fn named(operation: &OperationSpec, positional: &[Json], arguments: &Json) -> Result<Json, Problem> {
    let places = query::positional(operation.parameters);
    let count = places.clone().count();
    if positional.len() > count {
        let message = format!("{} takes {count} arguments by their place, not {}", operation.name, positional.len());
        return Err(
            Problem::argument(Code::InvalidArgument, "arguments", message).help("give the others by their names")
        );
    }
    let mut entries: Vec<(String, Json)> =
        places.zip(positional).map(|(parameter, value)| (parameter.name.to_owned(), value.clone())).collect();
    for (name, value) in arguments.as_object().unwrap_or_default() {
        if entries.iter().any(|(given, _)| given == name) {
            let message = format!("the argument {} is given twice", quoted(name));
            return Err(Problem::argument(Code::InvalidArgument, cut(name), message));
        }
        entries.push((name.clone(), value.clone()));
    }
    Ok(Json::Object(entries))
}

fn find(operation: &str) -> Result<&'static OperationSpec, Problem> {
    OPERATIONS.iter().find(|known| known.name == operation).ok_or_else(|| {
        let names = OPERATIONS.iter().map(|known| known.name).collect::<Vec<_>>().join(", ");
        Problem::argument(Code::UnknownOperation, "operation", format!("there is no operation {}", quoted(operation)))
            .value(operation)
            .help(format!("the operations are {names}"))
    })
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
    let read = |(position, bytes): (usize, &B)| Partial::read(bytes.as_ref(), &path_of(position));
    let partials = partials.iter().enumerate().map(read).collect::<Result<Vec<_>, _>>()?;
    Partial::merge(partials)
}
