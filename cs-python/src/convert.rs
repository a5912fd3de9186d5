//! Values of Python to values of the core and back.

use cs_core::wire::{self, quoted};
use cs_core::{Cell, Code, Input, InputColumn, InputRows, Json, Limits, Problem, Value};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyDate, PyDateTime, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PyMapping,
    PyMemoryView, PySequence, PySet, PyString, PyTuple, PyType,
};
use rust_decimal::Decimal;

use crate::definitions::Definitions;
use crate::errors::{raised, refused};

/// Arguments nest at most this deep, as the core's JSON does.
const DEPTH: usize = 32;

/// The names and values of keyword arguments.
pub(crate) fn keywords(keywords: Option<&Bound<'_, PyDict>>) -> PyResult<Vec<(String, Json)>> {
    let Some(keywords) = keywords else { return Ok(Vec::new()) };
    let entry = |(name, value): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
        let name: String = name.extract()?;
        let value = argument(&name, &value)?;
        Ok((name, value))
    };
    keywords.iter().map(entry).collect()
}

/// An argument as JSON; what JSON has no value for is refused by the argument's name.
pub(crate) fn argument(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Json> {
    nested(name, value, DEPTH)
}

fn nested(name: &str, value: &Bound<'_, PyAny>, depth: usize) -> PyResult<Json> {
    let inner = |item: &Bound<'_, PyAny>| match depth.checked_sub(1) {
        Some(depth) => nested(name, item, depth),
        None => Err(wrong(value, Code::LimitExceeded, name, format!("{name} nests deeper than {DEPTH} levels"))),
    };
    if value.is_none() {
        Ok(Json::Null)
    } else if let Ok(definitions) = value.cast::<Definitions>() {
        Ok(definitions.get().0.to_object())
    } else if value.is_instance_of::<PyBool>() {
        Ok(Json::Flag(value.extract()?))
    } else if value.is_instance_of::<PyInt>()
        && let Ok(number) = value.extract()
    {
        Ok(Json::Integer(number))
    } else if value.hasattr("__index__")?
        && let Ok(number) = value.call_method0("__index__")?.extract()
    {
        // A whole number of numpy.
        Ok(Json::Integer(number))
    } else if value.is_instance_of::<PyFloat>()
        && let Some(number) = value.extract().ok().filter(|number: &f64| number.is_finite())
    {
        Ok(Json::Float(number))
    } else if value.is_instance_of::<PyString>() {
        Ok(Json::Text(value.extract()?))
    } else if value.is_instance_of::<PyDate>() && !value.is_instance_of::<PyDateTime>() {
        Ok(Json::Text(value.str()?.extract()?))
    } else if is_collection(value) {
        Ok(Json::Array(value.try_iter()?.map(|item| inner(&item?)).collect::<PyResult<_>>()?))
    } else if let Ok(mapping) = value.cast::<PyMapping>() {
        let entry = |entry: Bound<'_, PyAny>| {
            let (key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>) = entry.extract()?;
            let key = key.extract().map_err(|_| {
                let message = format!("a key of {name} is not text");
                wrong(&key, Code::InvalidArgument, name, message)
            })?;
            Ok((key, inner(&value)?))
        };
        Ok(Json::Object(mapping.items()?.iter().map(entry).collect::<PyResult<_>>()?))
    } else {
        let moment = value.is_instance_of::<PyDateTime>();
        let what = if moment { "a date with a time of day" } else { "of a kind that no argument takes" };
        let text: String = value.str()?.extract()?;
        Err(wrong(value, Code::InvalidArgument, name, format!("{} is {what}", quoted(&text))))
    }
}

fn is_collection(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<PyList>()
        || value.is_instance_of::<PyTuple>()
        || value.is_instance_of::<PySet>()
        || value.is_instance_of::<PyFrozenSet>()
}

fn wrong(value: &Bound<'_, PyAny>, code: Code, name: &str, message: String) -> PyErr {
    raised(value.py(), &Problem::argument(code, name, message).into())
}

/// A value of the core's JSON as Python has it.
pub(crate) fn python<'py>(py: Python<'py>, json: &Json) -> PyResult<Bound<'py, PyAny>> {
    match json {
        Json::Null => Ok(py.None().into_bound(py)),
        Json::Flag(flag) => Ok(PyBool::new(py, *flag).to_owned().into_any()),
        Json::Integer(number) => Ok(number.into_pyobject(py)?.into_any()),
        Json::Float(number) => Ok(number.into_pyobject(py)?.into_any()),
        Json::Text(text) => Ok(text.into_pyobject(py)?.into_any()),
        Json::Array(items) => {
            let items = items.iter().map(|item| python(py, item)).collect::<PyResult<Vec<_>>>()?;
            Ok(PyList::new(py, items)?.into_any())
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

fn decimal_type(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    DECIMAL.import(py, "decimal", "Decimal")
}

/// A table from any object with `__arrow_c_stream__`, a list of dicts or a dict of lists.
pub(crate) fn table(name: &str, table: &Bound<'_, PyAny>, limits: &Limits) -> PyResult<Input> {
    if table.hasattr("__arrow_c_stream__")? {
        return crate::arrow_in::table(name, table, limits);
    }
    if let Ok(columns) = table.cast::<PyMapping>() {
        return columns_table(name, columns, limits);
    }
    if let Ok(rows) = table.cast::<PySequence>()
        && !is_text(table)
    {
        return rows_table(name, rows, limits);
    }
    let kind = table.get_type().name()?;
    Err(PyTypeError::new_err(format!(
        "{name}: a {kind} is not a table; give a data frame or another object with __arrow_c_stream__, a list of \
         dicts, or a dict of lists"
    )))
}

/// Whether a sequence is text or bytes, which are no list of anything here.
fn is_text(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<PyString>() || value.is_instance_of::<PyBytes>() || value.is_instance_of::<PyByteArray>()
}

/// The name of a column.
fn named(table: &str, name: &Bound<'_, PyAny>) -> PyResult<String> {
    name.extract().or_else(|_| {
        let message = format!("{} is the name of a column, and is not text", quoted(&name.str()?.to_string_lossy()));
        Err(refused(name.py(), table, &message))
    })
}

fn columns_table(name: &str, columns: &Bound<'_, PyMapping>, limits: &Limits) -> PyResult<Input> {
    let py = columns.py();
    let mut lists: Vec<(String, Vec<Value>)> = Vec::new();
    for entry in columns.items()?.iter() {
        let (column, values): (Bound<'_, PyAny>, Bound<'_, PyAny>) = entry.extract()?;
        let column = named(name, &column)?;
        if is_text(&values) || values.cast::<PyMapping>().is_ok() {
            let message = "a column is text where a list is expected: a single row is given as a list of one dict";
            return Err(refused(py, name, message));
        }
        let mut list = Vec::new();
        for item in values.try_iter()? {
            pause(py, list.len())?;
            list.push(value(&item?)?);
            limits.check_rows(name, list.len() as u64).map_err(|problem| raised(py, &problem.into()))?;
        }
        lists.push((column, list));
    }
    let rows = lists.first().map_or(0, |(_, values)| values.len());
    let columns = lists.into_iter().map(|(column, values)| (column, InputColumn::Values(values)));
    Ok(columns.fold(Input::with_rows(rows), |input, (name, values)| input.column(name, values)))
}

fn rows_table(name: &str, rows: &Bound<'_, PySequence>, limits: &Limits) -> PyResult<Input> {
    let py = rows.py();
    let failed = |problem: Problem| raised(py, &problem.into());
    let mut input = InputRows::new(name, limits);
    for (row, item) in rows.try_iter()?.enumerate() {
        pause(py, row)?;
        let item = item?;
        let Ok(item) = item.cast::<PyMapping>() else {
            let what = if item.is_none() { "nothing".to_owned() } else { quoted(&item.str()?.to_string_lossy()) };
            return Err(failed(wire::not_a_row(name, row, &what)));
        };
        input.row().map_err(failed)?;
        for entry in item.items()?.iter() {
            let (key, cell): (Bound<'_, PyAny>, Bound<'_, PyAny>) = entry.extract()?;
            input.value(&named(name, &key)?, value(&cell)?).map_err(failed)?;
        }
    }
    Ok(input.into_input())
}

/// The bytes of a CSV file, given as they are, by its path, or as a file that is open for reading bytes; no more than
/// one beyond the limit, for the core to refuse.
pub(crate) fn file(name: &str, file: &Bound<'_, PyAny>, most: u64) -> PyResult<Vec<u8>> {
    let py = file.py();
    if let Ok(bytes) = file.cast::<PyBytes>() {
        return Ok(bytes.as_bytes().to_vec());
    }
    if file.is_instance_of::<PyByteArray>() || file.is_instance_of::<PyMemoryView>() {
        return py.get_type::<PyBytes>().call1((file,))?.extract();
    }
    if file.hasattr("read")? {
        read(name, file, most)
    } else if file.is_instance_of::<PyString>() || file.hasattr("__fspath__")? {
        let open = py.import("io")?.call_method1("open", (file, "rb"))?;
        let bytes = read(name, &open, most);
        open.call_method0("close")?;
        bytes
    } else {
        let kind = file.get_type().name()?;
        Err(PyTypeError::new_err(format!("{name}: a {kind} is not a file; give a path, bytes, or an open file")))
    }
}

/// What an open file gives until it gives no more: a pipe or a raw file gives less at a time than it is asked for.
fn read(name: &str, open: &Bound<'_, PyAny>, most: u64) -> PyResult<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let asked = most.saturating_add(1).saturating_sub(bytes.len() as u64).min(PART);
        let part = open.call_method1("read", (asked,))?;
        let Ok(part) = part.cast::<PyBytes>() else {
            return Err(PyTypeError::new_err(format!("{name}: the file gives text; open it with mode \"rb\"")));
        };
        bytes.extend_from_slice(part.as_bytes());
        if part.as_bytes().is_empty() || bytes.len() as u64 > most {
            return Ok(bytes);
        }
    }
}

/// Bytes of a file that are asked for at a time.
const PART: u64 = 1 << 24;

/// Lets the user stop a conversion now and then.
pub(crate) fn pause(py: Python<'_>, row: usize) -> PyResult<()> {
    if row.is_multiple_of(CHECKED) { py.check_signals() } else { Ok(()) }
}

/// Decimals of a greater magnitude are no amounts.
const MOST_MAGNITUDE: u64 = 100;

/// The user may stop a conversion every so many rows.
const CHECKED: usize = 1 << 10;

/// A cell as it is, for the core to judge: nothing is rounded, and no text is made of what is not text.
fn value(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    if value.is_none() {
        Ok(Value::Absent)
    } else if value.is_instance_of::<PyString>() {
        Ok(value.extract().map_or_else(|_| Value::Other("text that is no Unicode".to_owned()), Value::Text))
    } else if value.is_instance_of::<PyBool>() {
        Ok(Value::Flag(value.extract()?))
    } else if value.is_instance_of::<PyFloat>() {
        Ok(Value::Float(value.extract()?))
    } else if value.is_instance_of::<PyDateTime>() {
        let text: String = value.str()?.extract()?;
        // The missing value of pandas calls itself a moment.
        Ok(if text == "NaT" { Value::Other(text) } else { Value::Moment(text) })
    } else if value.is_instance_of::<PyDate>() {
        Ok(Value::Text(value.str()?.extract()?))
    } else if value.is_instance(decimal_type(value.py())?)? {
        // Written out, the digits of a huge exponent would fill the memory.
        let magnitude: i64 = value.call_method0("adjusted")?.extract()?;
        if magnitude.unsigned_abs() > MOST_MAGNITUDE {
            return Ok(Value::Other("a decimal number of more digits than any column holds".to_owned()));
        }
        let text: String = value.call_method1("__format__", ("f",))?.extract()?;
        Ok(Decimal::from_str_exact(&text).map_or(Value::Text(text), Value::Decimal))
    } else if value.hasattr("__index__")? {
        let whole = value.call_method0("__index__")?;
        Ok(match whole.extract() {
            Ok(number) => Value::Integer(number),
            Err(_) => match whole.str().and_then(|text| text.extract()) {
                Ok(digits) => Value::Text(digits),
                Err(_) => Value::Other("a whole number of more digits than any column holds".to_owned()),
            },
        })
    } else {
        numpy(value)
    }
}

/// A scalar of numpy as it is; any other object by its text.
fn numpy(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    let kind: Option<String> =
        value.getattr("dtype").and_then(|dtype| dtype.getattr("kind")).and_then(|kind| kind.extract()).ok();
    let text = || -> PyResult<String> { value.str()?.extract() };
    Ok(match kind.as_deref() {
        Some("b") => Value::Flag(value.is_truthy()?),
        Some("f") => Value::Float(value.call_method0("item")?.extract()?),
        // A day is written as one; anything finer has a time.
        Some("M") => match text()? {
            missing if missing == "NaT" => Value::Other(missing),
            day if day.len() == DAY => Value::Text(day),
            moment => Value::Moment(moment),
        },
        _ => Value::Other(text()?),
    })
}

/// The length of a day's text, 2026-01-31.
const DAY: usize = 10;
