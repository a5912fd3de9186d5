//! Functions on plain numbers. A build without the feature `forecast` has none, and says so.

#[cfg(feature = "forecast")]
pub use crate::functions::{FUNCTIONS, FunctionSpec, call};
#[cfg(not(feature = "forecast"))]
pub use lacking::call;

#[cfg(not(feature = "forecast"))]
mod lacking {
    use crate::error::{Code, Error, Problem};
    use crate::json::Json;
    use crate::query::Array;
    use crate::table::Table;

    /// Refuses whatever is asked for.
    ///
    /// # Errors
    /// `not_available`.
    pub fn call(_: &str, _: &[(String, Array)], _: &Json) -> Result<Table, Error> {
        let problem = Problem::argument(Code::NotAvailable, "function", "this build has no functions on plain numbers");
        Err(problem.help("load the build that has everything").into())
    }
}
