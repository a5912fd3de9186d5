//! The Python face of the library: converts and calls. Names, defaults, checks and texts are the core's, and `cs_core::wire`
//! is all that is called beside tables.

#![allow(unsafe_code, reason = "the macros of pyo3 expand to foreign calls; no line of ours is unsafe")]

mod arguments;
mod arrays;
mod arrow_in;
mod arrow_out;
mod convert;
mod definitions;
mod describe;
mod errors;
mod input;
mod pandas_in;
mod portfolio;
mod scorecard;
mod table;
mod work;

/// To ask the system for the memory of a million rows with every call would take longer than to compute them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The native part of `customer_success`.
#[pyo3::pymodule]
mod _native {
    use cs_core::wire;
    use pyo3::prelude::*;
    use pyo3::types::PyBytes;

    use crate::errors::entry;
    use crate::input::bytes_of_each;
    use crate::work::watched;

    #[pymodule_export]
    use crate::arrays::{asked, calculated};
    #[pymodule_export]
    use crate::definitions::Definitions;
    #[pymodule_export]
    use crate::portfolio::Portfolio;
    #[pymodule_export]
    use crate::portfolio::reports::{Backtest, Drilldown, Review};
    #[pymodule_export]
    use crate::scorecard::Scorecard;
    #[pymodule_export]
    use crate::table::Table;

    /// The version of the library.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "Python's name for it")]
    const __version__: &str = cs_core::VERSION;

    #[doc = include_str!("docs/merge.txt")]
    #[pyfunction]
    #[pyo3(signature = (partials, /), text_signature = None)]
    fn merge(py: Python<'_>, partials: &Bound<'_, PyAny>) -> PyResult<Table> {
        entry(|| {
            let partials = bytes_of_each(partials)?;
            watched(py, move |_| wire::merge(&partials)).map(Table::from)
        })
    }

    #[doc = include_str!("docs/merge_partials.txt")]
    #[pyfunction]
    #[pyo3(signature = (partials, /), text_signature = None)]
    fn merge_partials<'py>(py: Python<'py>, partials: &Bound<'_, PyAny>) -> PyResult<Bound<'py, PyBytes>> {
        entry(|| {
            let partials = bytes_of_each(partials)?;
            watched(py, move |_| wire::merge_partials(&partials)).map(|bytes| PyBytes::new(py, &bytes))
        })
    }

    /// The surface manifest: what every language offers, as canonical JSON.
    #[pyfunction]
    fn surface() -> PyResult<String> {
        entry(|| Ok(wire::surface().to_string()))
    }

    /// A table of every scalar kind.
    #[pyfunction]
    fn exemplar() -> PyResult<Table> {
        entry(|| Ok(Table::from(cs_core::exemplar())))
    }
}
