//! Functions on plain numbers: floats in arrays and flags in bytes, of which `_arrays.py` makes them, cross as they are.

use cs_core::{InputColumn, Json, wire};
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
        let (mut columns, mut arguments) = (Vec::new(), Vec::new());
        for (key, value) in given {
            let key: String = key.extract()?;
            if let Ok(flags) = value.cast::<PyBytes>() {
                let flags: Vec<bool> = flags.as_bytes().iter().map(|&flag| flag != 0).collect();
                columns.push((key, InputColumn::Flag(flags.into())));
            } else if let Ok(numbers) = PyBuffer::<f64>::get(&value) {
                columns.push((key, InputColumn::Float(numbers.to_vec(py)?.into())));
            } else {
                arguments.push((key.clone(), argument(&key, &value)?));
            }
        }
        watched(py, move |_| wire::call(&name, columns, &Json::Object(arguments))).map(Table::from)
    })
}

/// What a method of a model gives, or a formula, by its name.
#[pyfunction]
pub(crate) fn asked<'py>(py: Python<'py>, name: &str, given: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyAny>> {
    entry(|| {
        let answer = wire::asked(name, &Json::Object(keywords(Some(given))?));
        python(py, &answer.map_err(|error| raised(py, &error))?)
    })
}
