//! Written by `cargo xtask surface` from the core's description of itself; not edited by hand.

use cs_core::Error;
use cs_core::wire::Answer;
use pyo3::prelude::*;

use crate::errors::entry;
use crate::report::Report;
use crate::table::Table;

/// Whether health scores foretold whom the company lost, by what was known on days that have passed.
#[pyclass(frozen, module = "customer_success")]
pub(crate) struct Backtest(Report);

impl TryFrom<Answer> for Backtest {
    type Error = Error;

    fn try_from(answer: Answer) -> Result<Self, Error> {
        Report::of(answer).map(Self)
    }
}

#[pymethods]
impl Backtest {
    /// The chance that of one lost and one kept the lost one had the lower score, ties counting one half; absent where there are not both.
    #[getter]
    fn auc<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        entry(|| self.0.figure(py, "auc"))
    }

    /// Whether the score is better than every baseline.
    #[getter]
    fn verdict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        entry(|| self.0.figure(py, "verdict"))
    }

    /// What it comes to, in one row.
    #[getter]
    fn summary(&self) -> PyResult<Table> {
        entry(|| self.0.table("summary"))
    }

    /// The score beside every baseline, a row for each: chance, tenure, mrr, days_since_engagement, quarterly_growth.
    #[getter]
    fn baselines(&self) -> PyResult<Table> {
        entry(|| self.0.table("baselines"))
    }

    /// What became of the customers of each band, a row for each, in the order of the scorecard.
    #[getter]
    fn by_band(&self) -> PyResult<Table> {
        entry(|| self.0.table("by_band"))
    }

    /// How often customers of each score were lost, a row for each ten points.
    #[getter]
    fn calibration(&self) -> PyResult<Table> {
        entry(|| self.0.table("calibration"))
    }

    /// How many of the lost are among the lowest scores, a row for each tenth of the observations.
    #[getter]
    fn lift(&self) -> PyResult<Table> {
        entry(|| self.0.table("lift"))
    }

    /// How the test went on each day that was asked for, a row for each, in their order.
    #[getter]
    fn days(&self) -> PyResult<Table> {
        entry(|| self.0.table("days"))
    }

    /// The canonical JSON of all of it.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        entry(|| self.0.to_json(py))
    }

    fn __repr__(&self) -> PyResult<String> {
        entry(|| Ok(self.0.repr()))
    }
}
