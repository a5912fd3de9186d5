//! Functions on plain numbers: floats in arrays and flags in bytes, of which `_arrays.py` makes them, cross as they are.

use cs_core::{Json, wire, wire::Array};
use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::arguments::{argument, keywords};
use crate::convert::python;
use crate::errors::{entry, raised};
use crate::table::Table;
use crate::work::watched;

/// What a function on plain numbers gives, by its name.
#[pyfunction]
pub(crate) fn calculated(py: Python<'_>, name: String, given: &Bound<'_, PyDict>) -> PyResult<Table> {
    entry(|| {
        let (mut arrays, mut arguments) = (Vec::new(), Vec::new());
        for (key, value) in given {
            let key: String = key.extract()?;
            if let Ok(flags) = value.cast::<PyBytes>() {
                arrays.push((key, Array::Flags(flags.as_bytes().iter().map(|&flag| flag != 0).collect())));
            } else if let Ok(numbers) = PyBuffer::<f64>::get(&value) {
                arrays.push((key, Array::Numbers(numbers.to_vec(py)?)));
            } else {
                let json = argument(&key, &value)?;
                arguments.push((key, json));
            }
        }
        watched(py, move |_| wire::call(&name, &arrays, &Json::Object(arguments))).map(Table::from)
    })
}

/// What a method of the shifted-beta-geometric model gives, by its name.
#[pyfunction]
pub(crate) fn modelled<'py>(py: Python<'py>, method: &str, given: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyAny>> {
    entry(|| {
        let answer = wire::shifted_beta_geometric(method, &Json::Object(keywords(Some(given))?));
        python(py, &answer.map_err(|error| raised(py, &error))?)
    })
}
