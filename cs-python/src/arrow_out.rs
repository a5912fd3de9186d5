//! A table as a stream of Arrow.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::types::{Decimal128Type, DecimalType as _};
use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array, StringArray, StructArray,
};
use arrow_schema::{ArrowError, Field, Fields};
use cs_core::wire::quoted;
use cs_core::{Code, Column, Error, Problem, Table, Values};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::ffi::{ArrayIterator, to_stream_pycapsule};

use crate::errors::raised;

/// The digits of every amount: as many as Arrow's decimals hold.
const PRECISION: u8 = 38;

pub(crate) fn stream<'py>(
    py: Python<'py>,
    table: &Table,
    requested_schema: Option<Bound<'py, PyCapsule>>,
) -> PyResult<Bound<'py, PyCapsule>> {
    let rows = rows(table).map_err(|error| raised(py, &error))?;
    let field = Arc::new(Field::new_struct("", rows.fields().clone(), false));
    let stream = ArrayIterator::new(vec![Ok(Arc::new(rows) as ArrayRef)], field);
    Ok(to_stream_pycapsule(py, Box::new(stream), requested_schema)?)
}

fn rows(table: &Table) -> Result<StructArray, Error> {
    let internal = |error: ArrowError| Error::internal(error.to_string());
    let mut fields = Vec::new();
    let mut arrays = Vec::new();
    for column in table.columns() {
        check_digits(table.schema(), column)?;
        let array = array(column.values()).map_err(internal)?;
        fields.push(Field::new(column.name(), array.data_type().clone(), true));
        arrays.push(array);
    }
    StructArray::try_new_with_length(Fields::from(fields), arrays, None, table.len()).map_err(internal)
}

/// Refuses an amount of more digits than Arrow's decimals hold. No operation gives one, but JSON may.
fn check_digits(table: &str, column: &Column) -> Result<(), Problem> {
    let Values::Money { units, .. } = column.values() else { return Ok(()) };
    let fits = |units| Decimal128Type::is_valid_decimal_precision(units, PRECISION);
    let Some(row) = units.iter().position(|units| !units.is_none_or(fits)) else { return Ok(()) };
    let amount = column.values().cell(row).to_string();
    let message = format!("{} has more than the {PRECISION} digits that Arrow holds", quoted(&amount));
    Err(Problem::table(Code::Overflow, table, message)
        .at(Some(row as u64 + 1), None, Some(column.name()))
        .value(&amount)
        .help("read the table with to_dicts, to_csv or to_json"))
}

fn array(values: &Values) -> Result<ArrayRef, ArrowError> {
    Ok(match values {
        Values::Money { units, digits } => {
            let array: Decimal128Array = units.iter().collect();
            Arc::new(array.with_precision_and_scale(PRECISION, *digits as i8)?)
        }
        Values::Count(counts) => Arc::new(counts.iter().map(|count| count.map(|n| n as i64)).collect::<Int64Array>()),
        Values::Ratio(ratios) => Arc::new(ratios.iter().collect::<Float64Array>()),
        Values::Date(days) => Arc::new(days.iter().map(|day| day.map(|day| day.unix_days())).collect::<Date32Array>()),
        Values::Text(texts) => Arc::new(texts.iter().collect::<StringArray>()),
        Values::TextList(lists) => {
            let mut builder = ListBuilder::new(StringBuilder::new());
            for list in lists.iter() {
                match list {
                    Some(list) => builder.append_value(list.iter().map(Some)),
                    None => builder.append_null(),
                }
            }
            Arc::new(builder.finish())
        }
        Values::Flag(flags) => Arc::new(flags.iter().collect::<BooleanArray>()),
        other => {
            let what = format!("a column of {}", other.kind().name());
            return Err(ArrowError::NotYetImplemented(what));
        }
    })
}
