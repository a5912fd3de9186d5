//! Functions on plain numbers, and models. A build without the feature `forecast` has none, and says so.

#[cfg(feature = "forecast")]
pub use crate::functions::{FUNCTIONS, FunctionSpec, call};
#[cfg(not(feature = "forecast"))]
pub use lacking::calculated;
#[cfg(feature = "forecast")]
pub use there::calculated;

#[cfg(feature = "forecast")]
mod there {
    use crate::error::Error;
    use crate::functions::call;
    use crate::json::Json;
    use crate::query::Array;
    use crate::wire::{packed_table, shifted_beta_geometric};

    /// What a function gives, as bytes, or a method of a model, such as `shifted_beta_geometric.fit`, as JSON; of each array
    /// it is said whether its numbers are flags.
    ///
    /// # Errors
    /// Those of [`call`] and [`shifted_beta_geometric`].
    pub fn calculated(name: &str, arrays: Vec<(String, Vec<f64>, bool)>, arguments: &Json) -> Result<Vec<u8>, Error> {
        if let Some(method) = name.strip_prefix("shifted_beta_geometric.") {
            return shifted_beta_geometric(method, arguments).map(|answer| answer.to_string().into_bytes());
        }
        let array = |(name, numbers, are_flags): (String, Vec<f64>, bool)| match are_flags {
            true => (name, Array::Flags(numbers.into_iter().map(|number| number != 0.0).collect())),
            false => (name, Array::Numbers(numbers)),
        };
        let arrays: Vec<(String, Array)> = arrays.into_iter().map(array).collect();
        call(name, &arrays, arguments).map(|table| packed_table(&table))
    }
}

#[cfg(not(feature = "forecast"))]
mod lacking {
    use crate::error::{Code, Error, Problem};
    use crate::json::Json;

    /// Refuses whatever is asked for.
    ///
    /// # Errors
    /// `not_available`.
    pub fn calculated(_: &str, _: Vec<(String, Vec<f64>, bool)>, _: &Json) -> Result<Vec<u8>, Error> {
        let problem = Problem::argument(Code::NotAvailable, "name", "this build has no functions on plain numbers");
        Err(problem.help("load the build that has everything").into())
    }
}
