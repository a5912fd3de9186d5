//! How much input is taken before it is refused: every limit has a name and can be overridden.

use crate::error::{Code, Problem, quoted};
use crate::json::Json;

macro_rules! limits {
    ($($(#[doc = $doc:literal])+ $name:ident = $default:expr;)+) => {
        /// What an input may hold at most.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
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
                    *slot = match value {
                        Json::Integer(number) if *number >= 0 => number.unsigned_abs(),
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

impl Limits {
    /// Rows of one table: the library numbers them in 32 bits.
    pub(super) fn most_rows(&self) -> u64 {
        self.rows.min(u64::from(u32::MAX) - 1)
    }
}
