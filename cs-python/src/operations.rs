//! A method of `Portfolio` for each operation.

use std::sync::Arc;

use cs_core::{Json, wire};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arguments::{argument, keywords};
use crate::errors::entry;
use crate::portfolio::Portfolio;
use crate::table::Table;
use crate::work::watched;

/// Methods by the names of operations, each with the arguments that have a place. Their signatures and docstrings are
/// written from the surface manifest.
macro_rules! operations {
    ($($operation:ident($($data:ident),+),)+) => {
        #[pymethods]
        impl Portfolio {
            $(
                #[doc = include_str!(concat!("docs/", stringify!($operation), ".txt"))]
                #[pyo3(signature = ($($data,)+ **options), text_signature = None)]
                fn $operation(
                    &self,
                    py: Python<'_>,
                    $($data: &Bound<'_, PyAny>,)+
                    options: Option<&Bound<'_, PyDict>>,
                ) -> PyResult<Table> {
                    entry(|| self.run(py, stringify!($operation), &[$((stringify!($data), $data)),+], options))
                }
            )+
        }
    };
}

operations! {
    movements(start, end),
    journal(start, end),
    retention(start, end),
    retention_intervals(start, end),
    flow_retention(start, end),
    cohorts(end),
}

impl Portfolio {
    fn run(
        &self,
        py: Python<'_>,
        operation: &'static str,
        data: &[(&str, &Bound<'_, PyAny>)],
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Table> {
        let mut arguments = keywords(options)?;
        for (name, value) in data {
            arguments.push(((*name).to_owned(), argument(name, value)?));
        }
        let (core, arguments) = (Arc::clone(&self.core), Json::Object(arguments));
        watched(py, move |watch| wire::run(&core, operation, &arguments, watch)).map(Table::from)
    }
}
