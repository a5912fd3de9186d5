//! What reports have in common: figures and tables under their names.

use std::sync::Arc;

use cs_core::wire::Answer;
use cs_core::{Error, Json, Report as Core};
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;

use crate::convert::python;
use crate::table::Table;
use crate::work::watched;

/// A result of several tables.
pub(crate) struct Report(Arc<Core>);

impl Report {
    pub(crate) fn of(answer: Answer) -> Result<Self, Error> {
        match answer {
            Answer::Report(report) => Ok(Self(Arc::new(report))),
            _ => Err(Error::internal("the answer is no report")),
        }
    }

    pub(crate) fn figure<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        python(py, self.0.figure(name).unwrap_or(&Json::Null))
    }

    pub(crate) fn table(&self, name: &str) -> PyResult<Table> {
        // Every report has the tables that it describes.
        let table = self.0.table(name).cloned().map(Table::from);
        table.ok_or_else(|| PyAttributeError::new_err(name.to_owned()))
    }

    pub(crate) fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        let core = Arc::clone(&self.0);
        watched(py, move |_| Ok(core.to_json()))
    }

    pub(crate) fn repr(&self) -> String {
        let figures: Vec<String> = self.0.figures().iter().map(|(name, figure)| format!("{name}={figure}")).collect();
        format!("<{} {}>", self.0.schema(), figures.join(", "))
    }
}
