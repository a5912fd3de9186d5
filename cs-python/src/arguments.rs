//! Arguments of Python as JSON of the core.

use cs_core::{Code, Json, Problem, wire::cut};
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyDate, PyDateTime, PyDict, PyFloat, PyFrozenSet, PyList, PyMapping, PySet, PyString, PyTuple,
};

use crate::definitions::Definitions;
use crate::describe::{HALF_A_CHARACTER, describe};
use crate::errors::raised;
use crate::input::{decimal_type, whole};
use crate::portfolio::reports::Review;
use crate::scorecard::Scorecard;

/// Arguments nest at most this deep, as the core's JSON does.
const DEPTH: usize = 32;

/// The names and values of keyword arguments.
pub(crate) fn keywords(keywords: Option<&Bound<'_, PyDict>>) -> PyResult<Vec<(String, Json)>> {
    let Some(keywords) = keywords else { return Ok(Vec::new()) };
    let entry = |(name, value): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
        let name: String = name.extract()?;
        argument(&name, &value).map(|value| (name, value))
    };
    keywords.iter().map(entry).collect()
}

/// An argument as JSON; what JSON has no value for is refused where it stands, such as `scorecard.measures[1].weight`.
pub(crate) fn argument(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Json> {
    nested(name, value, DEPTH)
}

fn nested(name: &str, value: &Bound<'_, PyAny>, depth: usize) -> PyResult<Json> {
    let py = value.py();
    let inner = |place: String, item: &Bound<'_, PyAny>| match depth.checked_sub(1) {
        Some(depth) => nested(&place, item, depth),
        None => {
            let message = format!("an argument nests deeper than {DEPTH} levels");
            Err(raised(py, &Problem::argument(Code::LimitExceeded, name, message).into()))
        }
    };
    if value.is_none() {
        Ok(Json::Null)
    } else if let Ok(definitions) = value.cast::<Definitions>() {
        Ok(definitions.get().0.to_object())
    } else if let Ok(scorecard) = value.cast::<Scorecard>() {
        scorecard.get().to_object()
    } else if let Ok(review) = value.cast::<Review>() {
        Ok(Json::Text(review.get().0.to_json()))
    } else if value.is_instance_of::<PyBool>() {
        Ok(Json::Flag(value.extract()?))
    } else if let Some(whole) = whole(value)? {
        let number = whole.extract().map(Json::Integer).or_else(|_| whole.extract().map(Json::Float));
        number.map_err(|_: PyErr| unexpected(name, value, "a number beyond all limits"))
    } else if value.is_instance_of::<PyFloat>() {
        match value.extract::<f64>()? {
            number if number.is_finite() => Ok(Json::Float(number)),
            _ => Err(unexpected(name, value, "not a number, or an infinite one,")),
        }
    } else if value.is_instance_of::<PyString>() {
        value.extract().map(Json::Text).map_err(|_| unexpected(name, value, HALF_A_CHARACTER))
    } else if value.is_instance(decimal_type(py)?)? {
        Ok(Json::Text(value.call_method1("__format__", ("f",))?.extract()?))
    } else if value.is_instance_of::<PyDate>() && !value.is_instance_of::<PyDateTime>() {
        Ok(Json::Text(value.call_method0("isoformat")?.extract()?))
    } else if name == "by" && is_set(value) {
        // The columns of a result would be in another order with every run.
        Err(unexpected(name, value, "a set, which has no order,"))
    } else if is_set(value) || value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        let items = value.try_iter()?.zip(1_usize..).map(|(item, number)| inner(format!("{name}[{number}]"), &item?));
        Ok(Json::Array(items.collect::<PyResult<_>>()?))
    } else if let Ok(mapping) = value.cast::<PyMapping>() {
        let entry = |entry: Bound<'_, PyAny>| {
            let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = entry.extract()?;
            let Json::Text(key) = inner(name.to_owned(), &key)? else {
                return Err(unexpected(name, &key, &describe(&key)));
            };
            inner(format!("{name}.{}", cut(&key)), &value).map(|value| (key, value))
        };
        Ok(Json::Object(mapping.items()?.iter().map(entry).collect::<PyResult<_>>()?))
    } else {
        Err(unexpected(name, value, &describe(value)))
    }
}

fn is_set(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<PySet>() || value.is_instance_of::<PyFrozenSet>()
}

fn unexpected(name: &str, value: &Bound<'_, PyAny>, what: &str) -> PyErr {
    let problem = Problem::argument(Code::InvalidArgument, name, format!("{what} stands where a value is expected"));
    let problem = if value.is_instance_of::<PyDateTime>() { problem.help("write it like 2026-01-31") } else { problem };
    raised(value.py(), &problem.into())
}
