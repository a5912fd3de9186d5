//! The Python face of the library: converts and calls.
//!
//! Names, defaults, checks and texts are the core's; `cs_core::wire` is all that is called beside tables.

// The macros of the binding crate expand to foreign calls; no line of ours is unsafe.
#![allow(unsafe_code, reason = "expanded from the macros of pyo3")]

mod arguments;
mod arrow_in;
mod arrow_out;
mod convert;
mod definitions;
mod describe;
mod errors;
mod input;
mod pandas_in;
mod portfolio;
mod table;
mod work;

/// The native part of `customer_success`.
#[pyo3::pymodule]
mod _native {
    use pyo3::prelude::*;

    use crate::errors::entry;

    #[pymodule_export]
    use crate::definitions::Definitions;
    #[pymodule_export]
    use crate::portfolio::Portfolio;
    #[pymodule_export]
    use crate::table::Table;

    /// The version of the library.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "Python's name for it")]
    const __version__: &str = cs_core::VERSION;

    /// The surface manifest: what every language offers, as canonical JSON.
    #[pyfunction]
    fn surface() -> PyResult<String> {
        entry(|| Ok(cs_core::wire::surface().to_string()))
    }

    /// A table of every scalar kind.
    #[pyfunction]
    fn exemplar() -> PyResult<Table> {
        entry(|| Ok(Table::from(cs_core::exemplar())))
    }
}
