//! Functions on plain numbers, and models. A build without the feature `forecast` has none, and says so.

#[cfg(feature = "forecast")]
pub use crate::functions::{FUNCTIONS, FunctionSpec, call};
#[cfg(not(feature = "forecast"))]
pub use lacking::no_calculations;
#[cfg(feature = "forecast")]
pub use there::calculated;

#[cfg(feature = "forecast")]
mod there {
    use crate::error::Error;
    use crate::functions::call;
    use crate::json::Json;
    use crate::portfolio::InputColumn;
    use crate::wire::{packed_table, shifted_beta_geometric};

    /// What a function gives, as bytes, or a method of a model, such as `shifted_beta_geometric.fit`, as JSON.
    ///
    /// # Errors
    /// Those of [`call`] and [`shifted_beta_geometric`].
    pub fn calculated(name: &str, columns: Vec<(String, InputColumn)>, arguments: &Json) -> Result<Vec<u8>, Error> {
        if let Some(method) = name.strip_prefix("shifted_beta_geometric.") {
            return shifted_beta_geometric(method, arguments).map(|answer| answer.to_string().into_bytes());
        }
        call(name, columns, arguments).map(|table| packed_table(&table))
    }
}

#[cfg(not(feature = "forecast"))]
mod lacking {
    use crate::error::{Code, Problem};
    use crate::json::Json;

    /// The refusal of whatever is asked for: `not_available`.
    #[must_use]
    pub fn no_calculations(_: &str, _: &Json) -> Problem {
        let problem = Problem::argument(Code::NotAvailable, "name", "this build has no functions on plain numbers");
        problem.help("load the build that has everything")
    }
}
