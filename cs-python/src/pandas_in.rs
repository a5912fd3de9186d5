//! Data frames of pandas.
//!
//! A column of objects has values of any kind. Arrow would give it one type and make the others fit: a moment beside
//! dates loses its time of day without a word. So such columns are taken value by value, and the others as Arrow.

use cs_core::{Input, InputColumn, Limits, Value};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PySlice};

use crate::arrow_in;
use crate::errors::Failure;
use crate::input::{is_missing, let_interrupt, named, value};

/// The table of a frame; nothing for what is no frame of pandas.
pub(crate) fn table(name: &str, table: &Bound<'_, PyAny>, limits: &Limits) -> Result<Option<Input>, Failure> {
    let py = table.py();
    let Some(frame) = frame(table)? else { return Ok(None) };
    let labels = list(&frame.getattr("columns")?)?;
    let names = labels.iter().map(|label| named(name, label)).collect::<Result<Vec<_>, _>>()?;
    let rows = frame.len()?;
    limits.check_columns(name, names.len())?;
    limits.check_rows(name, rows as u64)?;

    let types = list(&frame.getattr("dtypes")?)?;
    let are_objects = types.iter().map(|kind| Ok(kind.str()? == "object")).collect::<PyResult<Vec<bool>>>()?;
    let positions = frame.getattr("iloc")?;
    let typed: Vec<usize> = (0..).zip(&are_objects).filter(|(_, is_object)| !**is_object).map(|(at, _)| at).collect();
    let mut typed = if typed.is_empty() {
        Vec::new()
    } else {
        let part = positions.get_item((PySlice::full(py), &typed))?;
        // By their numbers: names may stand twice, or look like those that pandas gives to its index.
        let axis = PyDict::new(py);
        axis.set_item("axis", 1)?;
        let numbers: Vec<String> = typed.iter().map(usize::to_string).collect();
        let part = part.call_method("set_axis", (numbers,), Some(&axis))?;
        arrow_in::table(name, &part, limits)?.into_columns()
    }
    .into_iter()
    .peekable();

    let mut input = Input::with_rows(rows);
    for (position, (name, is_object)) in names.into_iter().zip(are_objects).enumerate() {
        let column = match typed.next_if(|_| !is_object) {
            Some((_, column)) => column,
            None => InputColumn::Values(objects(&positions.get_item((PySlice::full(py), position))?)?),
        };
        input = input.column(name, column);
    }
    Ok(Some(input))
}

/// A frame of pandas, its index made columns where it has names.
fn frame<'py>(table: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = table.py();
    let pandas = py.import("sys")?.getattr("modules")?.call_method1("get", ("pandas",))?;
    if pandas.is_none() || !table.is_instance(&pandas.getattr("DataFrame")?)? {
        return Ok(None);
    }
    let levels = list(&table.getattr("index")?.getattr("names")?)?;
    let named = levels.iter().enumerate().filter(|(_, level)| !level.is_none()).map(|(number, _)| number);
    let named: Vec<usize> = named.collect();
    let options = PyDict::new(py);
    if named.is_empty() {
        options.set_item("drop", true)?;
    } else {
        options.set_item("level", named)?;
        options.set_item("allow_duplicates", true)?;
    }
    table.call_method("reset_index", (), Some(&options)).map(Some)
}

fn list<'py>(values: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    values.try_iter()?.collect()
}

/// The values of a column of objects; what pandas has for a missing one is none.
fn objects(column: &Bound<'_, PyAny>) -> PyResult<Vec<Value>> {
    let mut values = Vec::with_capacity(column.len()?);
    for (row, item) in column.call_method0("tolist")?.try_iter()?.enumerate() {
        let_interrupt(column.py(), row)?;
        let item = item?;
        let value = if is_missing(&item)? { Value::Absent } else { value(&item)? };
        values.push(match value {
            Value::Float(number) if number.is_nan() => Value::Absent,
            value => value,
        });
    }
    Ok(values)
}
