//! Values of the core as Python has them.

use cs_core::{Cell, Json};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyList};

use crate::input::decimal_type;

/// A value of the core's JSON as Python has it.
pub(crate) fn python<'py>(py: Python<'py>, json: &Json) -> PyResult<Bound<'py, PyAny>> {
    match json {
        Json::Null => Ok(py.None().into_bound(py)),
        Json::Flag(flag) => Ok(PyBool::new(py, *flag).to_owned().into_any()),
        Json::Integer(number) => Ok(number.into_pyobject(py)?.into_any()),
        Json::Float(number) => Ok(number.into_pyobject(py)?.into_any()),
        Json::Text(text) => Ok(text.into_pyobject(py)?.into_any()),
        Json::Array(items) => {
            items.iter().map(|item| python(py, item)).collect::<PyResult<Vec<_>>>()?.into_pyobject(py)
        }
        Json::Object(entries) => {
            let dict = PyDict::new(py);
            for (name, value) in entries {
                dict.set_item(name, python(py, value)?)?;
            }
            Ok(dict.into_any())
        }
    }
}

/// A cell of a table as Python has it: money as `decimal.Decimal`, days as `datetime.date`.
pub(crate) fn cell<'py>(py: Python<'py>, cell: Cell<'_>) -> PyResult<Bound<'py, PyAny>> {
    match cell {
        Cell::Money { .. } => decimal_type(py)?.call1((cell.to_string(),)),
        Cell::Count(count) => Ok(count.into_pyobject(py)?.into_any()),
        Cell::Ratio(ratio) => Ok(ratio.into_pyobject(py)?.into_any()),
        Cell::Date(day) => Ok(day.date().into_pyobject(py)?.into_any()),
        Cell::Text(text) => Ok(text.into_pyobject(py)?.into_any()),
        Cell::TextList(list) => Ok(PyList::new(py, list.iter().collect::<Vec<_>>())?.into_any()),
        Cell::Flag(flag) => Ok(PyBool::new(py, flag).to_owned().into_any()),
        _ => Ok(py.None().into_bound(py)),
    }
}
