//! Values of Python to values of the core and back.

use cs_core::{Cell, Code, Input, InputColumn, Json, Limits, Problem, Value};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDate, PyDateTime, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple, PyType};
use rust_decimal::Decimal;

use crate::definitions::Definitions;
use crate::errors::raised;

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
    } else if value.is_instance_of::<PyFloat>()
        && let Some(number) = value.extract().ok().filter(|number: &f64| number.is_finite())
    {
        Ok(Json::Float(number))
    } else if value.is_instance_of::<PyString>() {
        Ok(Json::Text(value.extract()?))
    } else if value.is_instance_of::<PyDate>() && !value.is_instance_of::<PyDateTime>() {
        Ok(Json::Text(value.str()?.extract()?))
    } else if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        Ok(Json::Array(value.try_iter()?.map(|item| inner(&item?)).collect::<PyResult<_>>()?))
    } else if let Ok(dict) = value.cast::<PyDict>() {
        let entry = |(key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>)| Ok((key.extract()?, inner(&value)?));
        Ok(Json::Object(dict.iter().map(entry).collect::<PyResult<_>>()?))
    } else {
        let moment = value.is_instance_of::<PyDateTime>();
        let what = if moment { "a date with a time of day" } else { "of a kind that no argument takes" };
        let text: String = value.str()?.extract()?;
        Err(wrong(value, Code::InvalidArgument, name, format!("`{}` is {what}", cut(&text))))
    }
}

fn wrong(value: &Bound<'_, PyAny>, code: Code, name: &str, message: String) -> PyErr {
    raised(value.py(), &Problem::argument(code, name, message).into())
}

/// What is quoted is cut, and stays within its quotes and on its line.
fn cut(text: &str) -> String {
    text.chars().take(64).map(|c| if c.is_control() || c == '`' { ' ' } else { c }).collect()
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
        return crate::arrow_in::table(name, table);
    }
    if let Ok(columns) = table.cast::<PyDict>() {
        return columns_table(name, columns);
    }
    if let Ok(rows) = table.cast::<PyList>() {
        return rows_table(name, rows, limits.columns);
    }
    let kind = table.get_type().name()?;
    Err(PyTypeError::new_err(format!(
        "{name}: a {kind} is not a table; give a data frame or another object with __arrow_c_stream__, a list of \
         dicts, or a dict of lists"
    )))
}

fn columns_table(name: &str, columns: &Bound<'_, PyDict>) -> PyResult<Input> {
    let mut lists: Vec<(String, Vec<Value>)> = Vec::new();
    for (column, values) in columns.iter() {
        if values.is_instance_of::<PyString>() || values.is_instance_of::<PyDict>() {
            let message = "a column is text where a list is expected: a single row is given as a list of one dict";
            return Err(refused(columns.py(), name, message));
        }
        let values = values.try_iter()?.map(|item| value(&item?)).collect::<PyResult<_>>()?;
        lists.push((column.extract()?, values));
    }
    let rows = lists.first().map_or(0, |(_, values)| values.len());
    if let Some((column, values)) = lists.iter().find(|(_, values)| values.len() != rows) {
        let message = format!("a column has {} values, and the first column {rows}", values.len());
        let problem = Problem::table(Code::InvalidArgument, name, message).at(None, None, Some(column));
        return Err(raised(columns.py(), &problem.into()));
    }
    let columns = lists.into_iter().map(|(column, values)| (column, InputColumn::Values(values)));
    Ok(columns.fold(Input::with_rows(rows), |input, (column, values)| input.column(column, values)))
}

fn rows_table(name: &str, rows: &Bound<'_, PyList>, most: u64) -> PyResult<Input> {
    let mut names: Vec<String> = Vec::new();
    let mut columns: Vec<Vec<Value>> = Vec::new();
    let positions = PyDict::new(rows.py());
    for (row, item) in rows.iter().enumerate() {
        if row % CHECKED == 0 {
            rows.py().check_signals()?;
        }
        let Ok(item) = item.cast_into::<PyDict>() else {
            return Err(refused(rows.py(), name, &format!("row {} is not a dict", row + 1)));
        };
        for (key, cell) in item.iter() {
            let position = match positions.get_item(&key)? {
                Some(position) => position.extract()?,
                None if names.len() as u64 >= most => {
                    let message = format!("the table has more columns than the limit columns of {most}");
                    return Err(raised(rows.py(), &Problem::table(Code::LimitExceeded, name, message).into()));
                }
                None => {
                    positions.set_item(&key, names.len())?;
                    names.push(key.extract()?);
                    columns.push(Vec::new());
                    names.len() - 1
                }
            };
            if let Some(column) = columns.get_mut(position) {
                column.resize(row, Value::Absent);
                column.push(value(&cell)?);
            }
        }
    }
    Ok(names.into_iter().zip(columns).fold(Input::with_rows(rows.len()), |input, (name, mut column)| {
        column.resize(rows.len(), Value::Absent);
        input.column(name, InputColumn::Values(column))
    }))
}

/// Decimals of a greater magnitude are no amounts.
const MOST_MAGNITUDE: u64 = 100;

/// The user may stop a conversion every so many rows.
const CHECKED: usize = 1 << 14;

fn refused(py: Python<'_>, table: &str, message: &str) -> PyErr {
    raised(py, &Problem::table(Code::InvalidArgument, table, message).into())
}

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
        Ok(Value::Moment(value.str()?.extract()?))
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
        Ok(Value::Other(value.str()?.extract()?))
    }
}
