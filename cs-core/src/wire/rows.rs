//! Rows as JSON, made into columns.

use crate::error::{Code, Error, Problem};
use crate::json::Json;
use crate::portfolio::{Input, InputRows, Limits, Value};

/// Rows as JSON objects made into columns, in the order in which names first appear.
///
/// # Errors
/// `invalid_argument` for what is not a list of objects, `limit_exceeded` for more columns than the limits allow.
pub fn rows(table: &str, json: &Json, limits: &Limits) -> Result<Input, Error> {
    let Json::Array(rows) = json else {
        let message = format!("{} stands where a list of rows is expected", json.describe());
        let problem = Problem::table(Code::InvalidArgument, table, message);
        return Err(problem.help("give a list of rows, each an object of named values").into());
    };
    let mut input = InputRows::new(table, limits);
    for (row, json) in rows.iter().enumerate() {
        let Json::Object(entries) = json else { return Err(not_a_row(table, row, &json.describe()).into()) };
        input.row()?;
        for (name, json) in entries {
            input.value(name, value(json))?;
        }
    }
    Ok(input.into_input())
}

/// The fault of what stands where a row, from 0, is expected; `what` describes it.
#[must_use]
pub fn not_a_row(table: &str, row: usize, what: &str) -> Problem {
    Problem::table(Code::InvalidArgument, table, format!("{what} stands where a row is expected"))
        .at(Some(row as u64 + 1), None, None)
        .help("a row is an object of named values")
}

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Absent,
        Json::Text(text) => Value::Text(text.clone()),
        Json::Integer(number) => Value::Integer(*number),
        Json::Float(number) => Value::Float(*number),
        Json::Flag(flag) => Value::Flag(*flag),
        other => Value::Other(other.describe()),
    }
}
