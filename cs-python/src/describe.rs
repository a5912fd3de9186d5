//! What a value of Python is, in words: the kind only, since messages reach logs.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDate, PyDateTime, PyFloat, PyInt, PyMapping, PySequence, PySet, PyString};

/// A text that holds half of a pair of surrogates, which no encoding can hold.
pub(crate) const HALF_A_CHARACTER: &str = "text with half a character";

pub(crate) fn describe(value: &Bound<'_, PyAny>) -> String {
    if value.is_none() {
        "nothing"
    } else if value.is_instance_of::<PyString>() {
        "text"
    } else if value.is_instance_of::<PyBool>() {
        "true or false"
    } else if value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>() {
        "a number"
    } else if value.is_instance_of::<PyDateTime>() {
        "a date with a time"
    } else if value.is_instance_of::<PyDate>() {
        "a date"
    } else if value.is_instance_of::<PyBytes>() {
        "bytes"
    } else if value.cast::<PyMapping>().is_err()
        && (value.cast::<PySequence>().is_ok() || value.is_instance_of::<PySet>())
    {
        "a list"
    } else {
        "an object"
    }
    .to_owned()
}
