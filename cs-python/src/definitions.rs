//! `Definitions`: what every number means.

use cs_core::{Definitions as Core, Difference, Json};
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyDict, PyString};

use crate::arguments::keywords;
use crate::convert::python;
use crate::errors::{entry, raised};

#[doc = include_str!("docs/Definitions.txt")]
#[pyclass(frozen, module = "customer_success")]
#[derive(Clone, PartialEq)]
pub(crate) struct Definitions(pub(crate) Core);

#[pymethods]
impl Definitions {
    #[new]
    #[pyo3(signature = (**switches), text_signature = None)]
    fn new(py: Python<'_>, switches: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        entry(|| {
            let switches = Json::Object(keywords(switches)?);
            Core::from_object(&switches).map(Self).map_err(|error| raised(py, &error))
        })
    }

    #[doc = include_str!("docs/definitions_replace.txt")]
    #[pyo3(signature = (**switches), text_signature = "($self, **switches)")]
    fn replace(&self, py: Python<'_>, switches: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        entry(|| {
            let switches = Json::Object(keywords(switches)?);
            self.0.replace(&switches).map(Self).map_err(|error| raised(py, &error))
        })
    }

    /// SHA-256 of the canonical JSON of all switches, in hexadecimal.
    #[getter]
    fn fingerprint(&self) -> PyResult<String> {
        entry(|| Ok(self.0.fingerprint()))
    }

    /// The canonical JSON of all switches.
    fn to_json(&self) -> PyResult<String> {
        entry(|| Ok(self.0.to_json()))
    }

    #[doc = include_str!("docs/definitions_from_json.txt")]
    #[staticmethod]
    fn from_json(py: Python<'_>, text: &str) -> PyResult<Self> {
        entry(|| Core::from_json(text).map(Self).map_err(|error| raised(py, &error)))
    }

    /// The switches on which `other` differs: a list of dicts `switch`, `before`, `after`.
    fn diff<'py>(&self, py: Python<'py>, other: &Self) -> PyResult<Vec<Bound<'py, PyDict>>> {
        entry(|| {
            let differences = self.0.diff(&other.0).into_iter().map(|difference| {
                let dict = PyDict::new(py);
                dict.set_item("switch", difference.switch)?;
                dict.set_item("before", held(py, difference.switch, &difference.before)?)?;
                dict.set_item("after", held(py, difference.switch, &difference.after)?)?;
                Ok(dict)
            });
            differences.collect()
        })
    }

    /// A switch by its name.
    fn __getattr__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        entry(|| match self.0.to_object().get(name) {
            Some(value) => held(py, name, value),
            None => Err(PyAttributeError::new_err(format!("there is no switch `{name}`"))),
        })
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<((), Bound<'py, PyAny>)> {
        entry(|| Ok(((), python(py, &self.0.to_object())?)))
    }

    fn __eq__(&self, other: &Self) -> PyResult<bool> {
        entry(|| Ok(self == other))
    }

    fn __hash__(&self) -> PyResult<u64> {
        // The first digits of a digest are as good a hash as any.
        entry(|| Ok(u64::from_str_radix(self.0.fingerprint().get(..16).unwrap_or_default(), 16).unwrap_or_default()))
    }

    fn __dir__<'py>(slf: &Bound<'py, Self>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        entry(|| {
            let py = slf.py();
            let names = py.get_type::<PyAny>().call_method1("__dir__", (slf,))?.try_iter()?;
            names.chain(Core::SWITCHES.iter().map(|name| Ok(PyString::new(py, name).into_any()))).collect()
        })
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        entry(|| {
            let differences = Core::default().diff(&self.0);
            let switch = |difference: &Difference| {
                let value = held(py, difference.switch, &difference.after)?.repr()?;
                Ok(format!("{}={}", difference.switch, value.to_str()?))
            };
            let switches = differences.iter().map(switch).collect::<PyResult<Vec<_>>>()?;
            Ok(format!("Definitions({})", switches.join(", ")))
        })
    }
}

/// Every switch with its value.
pub(crate) fn switches<'py>(py: Python<'py>, definitions: &Core) -> PyResult<Bound<'py, PyDict>> {
    let switches = PyDict::new(py);
    for (switch, value) in definitions.to_object().as_object().unwrap_or_default() {
        switches.set_item(switch, held(py, switch, value)?)?;
    }
    Ok(switches)
}

/// The value of a switch as Python has it: a day as a `datetime.date`.
fn held<'py>(py: Python<'py>, switch: &str, value: &Json) -> PyResult<Bound<'py, PyAny>> {
    match value {
        Json::Text(day) if Core::takes_day(switch) => py.get_type::<PyDate>().call_method1("fromisoformat", (day,)),
        _ => python(py, value),
    }
}
