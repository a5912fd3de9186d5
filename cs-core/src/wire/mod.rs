//! The boundary that every binding calls: operations by name, arguments as JSON values, results as tables.
//!
//! A binding turns its host's values into [`Json`] and [`Input`](crate::Input) and calls; names, defaults, checks and
//! errors are here, so that they are the same in every language. [`surface`] describes all of it.

use crate::error::Error;
use crate::json::Json;

mod constructor;
mod constructors;
mod described;
mod functions;
mod load;
mod members;
mod operations;
mod packed;
mod rows;
mod scorecards;
#[cfg(feature = "forecast")]
mod shifted_beta_geometric;
mod surface;
mod synthetic;
mod texts;
mod written;

pub use crate::operations::{Answer, Gives, OPERATIONS, OperationSpec};
pub use crate::query::{Errors, Parameter, Takes};
pub use constructor::Constructor;
pub use constructors::CONSTRUCTORS;
pub use functions::*;
pub use load::{FROM_CSV, FROM_TABLES, from_csv, from_tables, is_table, limits, redacts};
pub use operations::{merge, merge_partials, partial, run, table};
pub use packed::{packed, packed_table, unpacked};
pub use rows::{not_a_row, rows};
pub use scorecards::*;
pub use surface::surface;
pub use synthetic::*;
pub use texts::{cut, escaped, grouped, percent, quoted, whole_percent};
#[cfg(any(feature = "backtest", feature = "rooms"))]
pub use written::{IN_LANGUAGE, unpacked_report, written_report};
pub use written::{PICTURE, pictures, written};

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
