//! How much input is taken before it is refused: every limit has a name and can be overridden.

use crate::error::{Code, Problem, quoted};
use crate::json::Json;

macro_rules! limits {
    ($($(#[doc = $doc:literal])+ $name:ident = $default:expr;)+) => {
        /// What an input may hold at most.
        ///
        /// ```
        /// use cs_core::Limits;
        /// let limits = Limits { rows: 1_000_000, ..Limits::default() };
        /// assert_eq!(limits.columns, 1_024);
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct Limits {
            $($(#[doc = $doc])+ pub $name: u64,)+
        }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        impl Limits {
            /// The names of the limits.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($name)),+];

            /// The default limits with those of a JSON object set.
            ///
            /// # Errors
            /// `unknown_argument`, `invalid_argument`.
            pub fn from_object(object: &Json) -> Result<Self, Problem> {
                let Json::Object(entries) = object else {
                    let message = format!("{} is not an object of limits", object.describe());
                    return Err(Problem::argument(Code::InvalidArgument, "limits", message));
                };
                let mut limits = Self::default();
                for (name, value) in entries {
                    let slot = match name.as_str() {
                        $(stringify!($name) => &mut limits.$name,)+
                        _ => {
                            let message = format!("there is no limit {}", quoted(name));
                            return Err(Problem::argument(Code::UnknownArgument, "limits", message)
                                .value(name)
                                .help(format!("the limits are {}", Self::NAMES.join(", "))));
                        }
                    };
                    *slot = match value.as_whole() {
                        Some(number) if number >= 0 => number.unsigned_abs(),
                        _ => {
                            let message = format!("{} is not a whole number from 0", value.describe());
                            return Err(Problem::argument(Code::InvalidArgument, format!("limits.{name}"), message));
                        }
                    };
                }
                Ok(limits)
            }
        }
    };
}

limits! {
    /// Bytes of one file.
    bytes = if cfg!(target_arch = "wasm32") { 1 << 28 } else { 1 << 30 };
    /// Rows of one table.
    rows = 50_000_000;
    /// Rows of a result that periods and groups multiply, and of a table that is drawn; a journal has as many as there are
    /// movements.
    result_rows = if cfg!(target_arch = "wasm32") { 1_000_000 } else { 5_000_000 };
    /// Columns of one table.
    columns = 1_024;
    /// Bytes of one cell.
    field_bytes = 1 << 20;
    /// Bytes of one id.
    id_bytes = 1 << 10;
    /// Problems that are kept, at least one; all are counted.
    problems = 10_000;
    /// Currencies of one portfolio.
    currencies = 64;
}

/// Rows of any table: the library numbers them in 32 bits.
const MOST_ROWS: u64 = u32::MAX as u64 - 1;

impl Limits {
    /// Refuses a table of so many columns if that is more than are taken.
    ///
    /// # Errors
    /// `limit_exceeded`.
    pub fn check_columns(&self, table: &str, columns: usize) -> Result<(), Problem> {
        check(table, "columns", columns as u64, self.columns)
    }

    /// Refuses a table of so many rows if that is more than are taken.
    ///
    /// # Errors
    /// `limit_exceeded`.
    pub fn check_rows(&self, table: &str, rows: u64) -> Result<(), Problem> {
        check(table, "rows", rows, self.rows.min(MOST_ROWS))
    }
}

fn check(table: &str, what: &str, count: u64, limit: u64) -> Result<(), Problem> {
    if count <= limit {
        return Ok(());
    }
    // Who counts while reading stops at the first that is too much, so the number is not told.
    Err(exceeded(table, what, format!("the table has more {what} than the limit {what} of {limit}")))
}

/// The fault of more than the limit of a name allows.
pub(super) fn exceeded(table: &str, limit: &str, message: String) -> Problem {
    Problem::table(Code::LimitExceeded, table, message).help(format!("give less, or raise the limit {limit}"))
}
