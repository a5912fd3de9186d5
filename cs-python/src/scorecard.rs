//! `Scorecard`: what makes a health score.

use cs_core::wire::Answer;
use cs_core::{Error, Json, Scorecard as Core, wire};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::convert::python;
use crate::errors::{entry, raised};
use crate::portfolio::Portfolio;

/// What makes a health score, as data: measures with their curves and weights, groups, bands, profiles and overrides.
#[pyclass(frozen, module = "customer_success")]
pub(crate) struct Scorecard(Json);

impl TryFrom<Answer> for Scorecard {
    type Error = Error;

    fn try_from(answer: Answer) -> Result<Self, Error> {
        wire::scorecard(Some(&answer.to_json())).map(Self)
    }
}

impl Scorecard {
    fn of(py: Python<'_>, text: Option<&str>) -> PyResult<Self> {
        wire::scorecard(text).map(Self).map_err(|error| raised(py, &error))
    }

    fn text(&self, key: &str) -> &str {
        self.0.get(key).and_then(Json::as_text).unwrap_or_default()
    }

    /// The scorecard as an argument.
    pub(crate) fn to_object(&self) -> PyResult<Json> {
        Json::parse(self.text("json")).map_err(|problem| Python::attach(|py| raised(py, &problem.into())))
    }
}

#[pymethods]
impl Scorecard {
    #[doc = include_str!("docs/scorecard_from_json.txt")]
    #[staticmethod]
    fn from_json(py: Python<'_>, text: &str) -> PyResult<Self> {
        entry(|| Self::of(py, Some(text)))
    }

    /// The standard scorecard: nine kinds of evidence by the reserved signals and the tables of facts.
    #[staticmethod]
    fn standard(py: Python<'_>) -> PyResult<Self> {
        entry(|| Self::of(py, None))
    }

    /// The JSON Schema of scorecards, for editors and forms.
    #[staticmethod]
    fn json_schema() -> PyResult<&'static str> {
        entry(|| Ok(Core::json_schema()))
    }

    /// Its name.
    #[getter]
    fn name(&self) -> PyResult<&str> {
        entry(|| Ok(self.text("name")))
    }

    /// SHA-256 of the canonical JSON, in hexadecimal.
    #[getter]
    fn fingerprint(&self) -> PyResult<&str> {
        entry(|| Ok(self.text("fingerprint")))
    }

    /// What its weights were fitted to, and how the test went, as a dict; None of one that was not fitted.
    #[getter]
    fn fitted<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        entry(|| python(py, self.to_object()?.get("fitted").unwrap_or(&Json::Null)))
    }

    /// The canonical JSON.
    fn to_json(&self) -> PyResult<&str> {
        entry(|| Ok(self.text("json")))
    }

    #[doc = include_str!("docs/scorecard_lint.txt")]
    #[pyo3(signature = (portfolio = None))]
    fn lint<'py>(&self, py: Python<'py>, portfolio: Option<&Portfolio>) -> PyResult<Bound<'py, PyAny>> {
        entry(|| {
            let told = wire::lint(self.text("json"), portfolio.map(Portfolio::core));
            python(py, &told.map_err(|error| raised(py, &error))?)
        })
    }

    fn __eq__(&self, other: &Self) -> PyResult<bool> {
        entry(|| Ok(self.0 == other.0))
    }

    fn __hash__(&self) -> PyResult<u64> {
        // The first digits of a digest are as good a hash as any.
        entry(|| {
            let digits = self.text("fingerprint").get(..16).unwrap_or_default();
            Ok(u64::from_str_radix(digits, 16).unwrap_or_default())
        })
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyTuple>)> {
        entry(|| {
            let py = slf.py();
            let read = slf.get_type().getattr("from_json")?;
            Ok((read, PyTuple::new(py, [slf.get().text("json")])?))
        })
    }

    fn __repr__(&self) -> PyResult<String> {
        entry(|| Ok(format!("<Scorecard {}>", self.text("name"))))
    }
}
