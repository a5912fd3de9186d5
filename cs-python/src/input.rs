//! Tables and files of Python as the core takes them: nothing is judged here, nothing rounded, and no text made of
//! what is not text.

use cs_core::wire::{self, quoted};
use cs_core::{Code, Input, InputColumn, InputRows, Limits, Problem, Value};
use pyo3::exceptions::{PyException, PyMemoryError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::sync::PyOnceLock;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyDate, PyDateTime, PyFloat, PyMapping, PyMemoryView, PySequence, PyString, PyType,
};
use rust_decimal::Decimal;

use crate::describe::{HALF_A_CHARACTER, describe};
use crate::errors::Failure;
use crate::{arrow_in, pandas_in};

/// A table from any object with `__arrow_c_stream__`, a list of dicts or a dict of lists.
pub(crate) fn table(name: &str, table: &Bound<'_, PyAny>, limits: &Limits) -> Result<Input, Failure> {
    let py = table.py();
    let is_fault =
        |error: &PyErr| error.is_instance_of::<PyException>(py) && !error.is_instance_of::<PyMemoryError>(py);
    converted(name, table, limits).map_err(|failure| match failure {
        // What goes wrong within the objects of a host is a fault of its table, but for what stops the program.
        Failure::Python(error) if is_fault(&error) => unreadable(name, None, &error.to_string()).into(),
        failure => failure,
    })
}

fn converted(name: &str, table: &Bound<'_, PyAny>, limits: &Limits) -> Result<Input, Failure> {
    if let Some(input) = pandas_in::table(name, table, limits)? {
        return Ok(input);
    }
    if table.hasattr("__arrow_c_stream__")? {
        return arrow_in::table(name, table, limits);
    }
    if let Ok(columns) = table.cast::<PyMapping>() {
        return columns_table(name, columns, limits);
    }
    match table.cast::<PySequence>() {
        Ok(rows) if !is_text(table) => rows_table(name, rows, limits),
        _ => {
            let message = format!("{} stands where a table is expected", describe(table));
            let help =
                "give a data frame or another object with __arrow_c_stream__, a list of dicts, or a dict of lists";
            Err(Problem::argument(Code::InvalidArgument, name, message).help(help).into())
        }
    }
}

/// Whether a sequence is text or bytes, which are no list of anything here.
fn is_text(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<PyString>() || value.is_instance_of::<PyBytes>() || value.is_instance_of::<PyByteArray>()
}

/// The bytes of every partial of a list.
pub(crate) fn bytes_of_each(partials: &Bound<'_, PyAny>) -> PyResult<Vec<PyBackedBytes>> {
    let refused = |path: String, value: &Bound<'_, PyAny>, expected: &str| {
        let message = format!("{} stands where {expected} is expected", describe(value));
        let problem = Problem::argument(Code::InvalidArgument, path, message).help("give a list of what partial gave");
        Failure::from(problem).raised(value.py(), false)
    };
    let items = match partials.try_iter() {
        Ok(items) if !is_text(partials) && partials.cast::<PyMapping>().is_err() => items,
        _ => return Err(refused("partials".to_owned(), partials, "a list of partials")),
    };
    let bytes = |(position, item): (usize, PyResult<Bound<'_, PyAny>>)| {
        let item = item?;
        let item = if item.is_instance_of::<PyMemoryView>() { item.call_method0("tobytes")? } else { item };
        item.extract().map_err(|_| refused(format!("partials[{}]", position + 1), &item, "a partial"))
    };
    items.enumerate().map(bytes).collect()
}

/// The name of a column.
pub(crate) fn named(table: &str, name: &Bound<'_, PyAny>) -> Result<String, Failure> {
    name.extract().map_err(|_| {
        let message = format!("{} stands where the name of a column is expected", describe(name));
        Problem::table(Code::InvalidArgument, table, message).into()
    })
}

fn columns_table(name: &str, columns: &Bound<'_, PyMapping>, limits: &Limits) -> Result<Input, Failure> {
    let py = columns.py();
    let mut lists: Vec<(String, Vec<Value>)> = Vec::new();
    for entry in columns.items()?.iter() {
        let (column, values): (Bound<'_, PyAny>, Bound<'_, PyAny>) = entry.extract()?;
        let column = named(name, &column)?;
        limits.check_columns(name, lists.len() + 1)?;
        let values = match values.try_iter() {
            Ok(iterator) if !is_text(&values) && values.cast::<PyMapping>().is_err() => iterator,
            _ => {
                let message = format!("{} stands where a list of values is expected", describe(&values));
                let problem = Problem::table(Code::InvalidArgument, name, message).at(None, None, Some(&column));
                return Err(problem.help("a single row is given as a list of one dict").into());
            }
        };
        let mut list = Vec::new();
        for item in values {
            let_interrupt(py, list.len())?;
            list.push(value(&item?)?);
            limits.check_rows(name, list.len() as u64)?;
        }
        lists.push((column, list));
    }
    let rows = lists.first().map_or(0, |(_, values)| values.len());
    let columns = lists.into_iter().map(|(column, values)| (column, InputColumn::Values(values)));
    Ok(columns.fold(Input::with_rows(rows), |input, (name, values)| input.column(name, values)))
}

fn rows_table(name: &str, rows: &Bound<'_, PySequence>, limits: &Limits) -> Result<Input, Failure> {
    let py = rows.py();
    let mut input = InputRows::new(name, limits);
    for (row, item) in rows.try_iter()?.enumerate() {
        let_interrupt(py, row)?;
        let item = item?;
        let Ok(item) = item.cast::<PyMapping>() else {
            return Err(wire::not_a_row(name, row, &describe(&item)).into());
        };
        input.row()?;
        for entry in item.items()?.iter() {
            let (key, cell): (Bound<'_, PyAny>, Bound<'_, PyAny>) = entry.extract()?;
            input.value(&named(name, &key)?, value(&cell)?)?;
        }
    }
    Ok(input.into_input())
}

/// The bytes of a CSV file, given as they are, by its path, or as a file that is open for reading bytes; no more than
/// one beyond the limit, for the core to refuse.
pub(crate) fn file(name: &str, file: &Bound<'_, PyAny>, most: u64) -> Result<Vec<u8>, Failure> {
    let py = file.py();
    if let Ok(bytes) = file.cast::<PyBytes>() {
        return Ok(bytes.as_bytes().to_vec());
    }
    if file.is_instance_of::<PyByteArray>() || file.is_instance_of::<PyMemoryView>() {
        return Ok(py.get_type::<PyBytes>().call1((file,))?.extract()?);
    }
    if file.hasattr("read")? {
        read(name, file, most)
    } else if file.is_instance_of::<PyString>() || file.hasattr("__fspath__")? {
        let open = py.import("io")?.call_method1("open", (file, "rb"))?;
        let bytes = read(name, &open, most);
        open.call_method0("close")?;
        bytes
    } else {
        let message = format!("{} stands where a file is expected", describe(file));
        Err(Problem::argument(Code::InvalidArgument, name, message).help("give a path, bytes, or an open file").into())
    }
}

/// Bytes of a file that are asked for at a time.
const PART: u64 = 1 << 24;

/// What an open file gives until it gives no more: a pipe or a raw file gives less at a time than it is asked for.
fn read(name: &str, open: &Bound<'_, PyAny>, most: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    loop {
        let asked = most.saturating_add(1).saturating_sub(bytes.len() as u64).min(PART);
        let part = open.call_method1("read", (asked,))?;
        let Ok(part) = part.cast::<PyBytes>() else {
            let message = format!("the file gives {}, where bytes are expected", describe(&part));
            return Err(Problem::argument(Code::InvalidArgument, name, message)
                .help("open it with mode \"rb\"")
                .into());
        };
        bytes.extend_from_slice(part.as_bytes());
        if part.as_bytes().is_empty() || bytes.len() as u64 > most {
            return Ok(bytes);
        }
    }
}

/// The user may stop a conversion every so many rows.
const CHECKED: usize = 1 << 10;

/// Lets the user stop a conversion now and then.
pub(crate) fn let_interrupt(py: Python<'_>, row: usize) -> PyResult<()> {
    if row.is_multiple_of(CHECKED) { py.check_signals() } else { Ok(()) }
}

/// Decimals of a greater magnitude are no amounts.
const MOST_MAGNITUDE: u64 = 100;

/// A cell as it is, for the core to judge. What data frames have for a missing value is not a number, in any column.
pub(crate) fn value(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    let other = |what: &str| Ok(Value::Other(what.to_owned()));
    if value.is_none() {
        Ok(Value::Absent)
    } else if value.is_instance_of::<PyString>() {
        value.extract().map(Value::Text).or_else(|_| other(HALF_A_CHARACTER))
    } else if value.is_instance_of::<PyBool>() {
        Ok(Value::Flag(value.extract()?))
    } else if value.is_instance_of::<PyFloat>() || is_missing(value)? {
        Ok(Value::Float(value.extract().unwrap_or(f64::NAN)))
    } else if value.is_instance_of::<PyDateTime>() {
        Ok(Value::Moment(value.str()?.extract()?))
    } else if value.is_instance_of::<PyDate>() {
        Ok(Value::Text(value.call_method0("isoformat")?.extract()?))
    } else if value.is_instance(decimal_type(value.py())?)? {
        if !value.call_method0("is_finite")?.is_truthy()? {
            return Ok(Value::Float(
                value.call_method0("__float__").and_then(|float| float.extract()).unwrap_or(f64::NAN),
            ));
        }
        // Written out, the digits of a huge exponent would fill the memory.
        let magnitude: i64 = value.call_method0("adjusted")?.extract()?;
        if magnitude.unsigned_abs() > MOST_MAGNITUDE {
            return other(TOO_MANY_DIGITS);
        }
        let text: String = value.call_method1("__format__", ("f",))?.extract()?;
        let exact = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        Decimal::from_str_exact(exact).map(Value::Decimal).or_else(|_| other(TOO_MANY_DIGITS))
    } else if let Some(whole) = whole(value)? {
        match whole.extract() {
            Ok(number) => Ok(Value::Integer(number)),
            Err(_) => match whole.str().and_then(|text| text.extract()) {
                Ok(digits) => Ok(Value::Text(digits)),
                Err(_) => other("a whole number of more digits than any column holds"),
            },
        }
    } else if is_of(value, "pyarrow")? && value.hasattr("as_py")? {
        let scalar = value.call_method0("as_py")?;
        if is_of(&scalar, "pyarrow")? { other(&describe(&scalar)) } else { self::value(&scalar) }
    } else {
        numpy(value)
    }
}

const TOO_MANY_DIGITS: &str = "a decimal number of more digits than any column holds";

/// A whole number of any kind; none of what only looks like one, such as a class or an array.
pub(crate) fn whole<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    Ok(if value.hasattr("__index__")? { value.call_method0("__index__").ok() } else { None })
}

/// Whether a value is of a class of a library, which is not imported for that.
pub(crate) fn is_of(value: &Bound<'_, PyAny>, library: &str) -> PyResult<bool> {
    let module = value.get_type().module()?;
    Ok(module.to_str()?.split('.').next() == Some(library))
}

/// Whether a value is one that pandas has for what is missing, beside `None` and NaN.
pub(crate) fn is_missing(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(matches!(value.get_type().name()?.to_str()?, "NaTType" | "NAType"))
}

/// A scalar of numpy as it is; any other object by what it is.
fn numpy(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    let kind: Option<String> =
        value.getattr("dtype").and_then(|dtype| dtype.getattr("kind")).and_then(|kind| kind.extract()).ok();
    let is_list = value.cast::<PySequence>().is_ok() || value.hasattr("__len__")?;
    Ok(match kind.as_deref() {
        Some("b") if !is_list => Value::Flag(value.is_truthy()?),
        Some("f") if !is_list => Value::Float(value.call_method0("item")?.extract()?),
        // A day is written as one; anything finer has a time.
        Some("M") if !is_list => match value.str()?.extract::<String>()? {
            missing if missing == "NaT" => Value::Float(f64::NAN),
            day if day.len() == DAY => Value::Text(day),
            moment => Value::Moment(moment),
        },
        _ => Value::Other(describe(value)),
    })
}

/// The length of a day's text, 2026-01-31.
const DAY: usize = 10;

pub(crate) fn decimal_type(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static DECIMAL: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    DECIMAL.import(py, "decimal", "Decimal")
}

/// The fault of a stream, or of a column of it, that another library made wrong.
pub(crate) fn unreadable(table: &str, column: Option<&str>, told: &str) -> Problem {
    let what = if column.is_some() { "column" } else { "table" };
    Problem::table(Code::InvalidArgument, table, format!("the {what} cannot be read: {}", quoted(told)))
        .at(None, None, column)
        .help("give every column one type: text, whole numbers, decimals, dates or flags")
}
