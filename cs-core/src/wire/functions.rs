//! Functions on plain numbers, and models. A build without the feature `forecast` has none, and says so.

#[cfg(feature = "forecast")]
pub use crate::functions::FunctionSpec;
#[cfg(not(feature = "forecast"))]
pub use lacking::no_calculations;
#[cfg(feature = "forecast")]
pub use there::{FUNCTIONS, asked, calculated, call};

#[cfg(feature = "forecast")]
mod there {
    #[cfg(feature = "docs")]
    use crate::catalogue::Catalogue;
    use crate::error::{Code, Error, Problem, quoted};
    use crate::functions::{FunctionSpec, ON_NUMBERS};
    use crate::json::Json;
    use crate::metrics::FORMULAS;
    use crate::portfolio::InputColumn;
    use crate::table::Table;
    use crate::wire::packed_table;
    use crate::wire::shifted_beta_geometric::shifted_beta_geometric;

    /// Every function that gives a table: those on plain numbers, and what is known of all that there is.
    pub const FUNCTIONS: &[&[FunctionSpec]] = &[
        ON_NUMBERS,
        #[cfg(feature = "docs")]
        &[FunctionSpec::of::<Catalogue>()],
    ];

    /// What a function gives; `arguments` is an object, and `columns` are those arguments that the host has as columns.
    ///
    /// # Errors
    /// `unknown_operation`, `unknown_argument`, `missing_argument`, `invalid_argument`, and the function's own.
    pub fn call(name: &str, columns: Vec<(String, InputColumn)>, arguments: &Json) -> Result<Table, Error> {
        let functions = || FUNCTIONS.iter().copied().flatten();
        let function = functions().find(|known| known.name == name).ok_or_else(|| {
            let names = functions().map(|known| known.name).collect::<Vec<_>>().join(", ");
            let message = format!("there is no function {}", quoted(name));
            Problem::argument(Code::UnknownOperation, "function", message)
                .value(name)
                .help(format!("there are {names}"))
        })?;
        function.call(columns, arguments)
    }

    /// What a function gives, as bytes, or JSON of [`asked`] where the name has a point.
    ///
    /// # Errors
    /// Those of [`call`] and [`asked`].
    pub fn calculated(name: &str, columns: Vec<(String, InputColumn)>, arguments: &Json) -> Result<Vec<u8>, Error> {
        if name.contains('.') {
            return asked(name, arguments).map(|answer| answer.to_string().into_bytes());
        }
        call(name, columns, arguments).map(|table| packed_table(&table))
    }

    /// What a method of a model gives, such as `shifted_beta_geometric.fit`, or a formula, such as `metrics.nps`.
    ///
    /// # Errors
    /// `unknown_operation`, those of arguments, and those of the method or the formula.
    pub fn asked(name: &str, arguments: &Json) -> Result<Json, Error> {
        if let Some(method) = name.strip_prefix("shifted_beta_geometric.") {
            return shifted_beta_geometric(method, arguments);
        }
        let formulas = || FORMULAS.iter().copied().flatten();
        let formula = name.strip_prefix("metrics.");
        let known = formula.and_then(|formula| formulas().find(|known| known.name == formula)).ok_or_else(|| {
            let message = format!("there is no formula {}", quoted(name));
            Problem::argument(Code::UnknownOperation, "function", message).value(name)
        })?;
        known.call(arguments)
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
