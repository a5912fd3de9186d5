//! A stream of Arrow as a table of the core: validated, then copied; a closed list of types.

use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchReader};
use arrow_data::ArrayData;
use arrow_schema::{ArrowError, DataType, Field, Schema, TimeUnit};
use cs_core::wire::quoted;
use cs_core::{Code, Error, Input, InputColumn, Limits, Nullable, Problem, Stage, TextColumn, Value, Watch};
use pyo3::exceptions::PyException;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::PyRecordBatchReader;

use crate::errors::raised;
use crate::work::watched;

const SECONDS_A_DAY: i64 = 86_400;

/// The table of an object that exports a stream.
pub(crate) fn table(name: &str, object: &Bound<'_, PyAny>, limits: &Limits) -> PyResult<Input> {
    let py = object.py();
    let reader = reader(name, object)?;
    let schema = reader.schema();
    // A column of the type Null holds nothing, and how some libraries export one is refused by the reader: where the
    // table can be given without such columns, they are left unread.
    let (empty, others): (Vec<&Field>, Vec<&Field>) =
        schema.fields().iter().map(AsRef::as_ref).partition(|field| field.data_type() == &DataType::Null);
    let (reader, rows) = if empty.is_empty() || !object.hasattr("select")? {
        (reader, None)
    } else {
        let names: Vec<&String> = others.iter().map(|field| field.name()).collect();
        (self::reader(name, &object.call_method1("select", (names,))?)?, Some(object.len()?))
    };
    let (name, limits) = (name.to_owned(), *limits);
    watched(py, move |watch| {
        limits.check_columns(&name, schema.fields().len())?;
        let batches = batches(&name, reader, rows, &limits, watch)?;
        read(&batches, &schema, rows).map_err(|error| unreadable(&name, &error.to_string()).into())
    })
}

/// The reader of an object's stream.
fn reader(name: &str, object: &Bound<'_, PyAny>) -> PyResult<Box<dyn RecordBatchReader + Send>> {
    let py = object.py();
    let stream = object.call_method0("__arrow_c_stream__").map_err(|error| {
        if !error.is_instance_of::<PyException>(py) {
            return error;
        }
        let told = error.value(py).str().map(|text| text.to_string_lossy().into_owned()).unwrap_or_default();
        let refusal = raised(py, &unreadable(name, &told).into());
        refusal.set_cause(py, Some(error));
        refusal
    })?;
    PyRecordBatchReader::from_arrow_pycapsule(stream.cast::<PyCapsule>()?)?.into_reader()
}

fn unreadable(name: &str, told: &str) -> Problem {
    let message = format!("the table cannot be read as Arrow: {}", quoted(told));
    Problem::table(Code::InvalidArgument, name, message)
        .help("give every column one type: text, whole numbers, decimals, dates or flags")
}

/// The whole stream, unless it has more rows than the limits allow or the user wants to stop.
fn batches(
    name: &str,
    reader: impl RecordBatchReader,
    rows: Option<usize>,
    limits: &Limits,
    watch: &dyn Watch,
) -> Result<Vec<RecordBatch>, Error> {
    let mut batches = Vec::new();
    let mut count = rows.unwrap_or_default() as u64;
    limits.check_rows(name, count)?;
    for batch in reader {
        let batch = batch.map_err(|error| unreadable(name, &error.to_string()))?;
        count += if rows.is_none() { batch.num_rows() as u64 } else { 0 };
        limits.check_rows(name, count)?;
        batches.push(batch);
        if watch.progress(Stage::Read, count, count).is_break() {
            return Err(Error::Cancelled);
        }
    }
    Ok(batches)
}

/// The columns of `schema`; those of the type Null are not in the batches where the number of `rows` is given.
fn read(batches: &[RecordBatch], schema: &Schema, rows: Option<usize>) -> Result<Input, ArrowError> {
    let count = rows.unwrap_or_else(|| batches.iter().map(RecordBatch::num_rows).sum());
    let mut input = Input::with_rows(count);
    let mut position = 0;
    for field in schema.fields() {
        if rows.is_some() && field.data_type() == &DataType::Null {
            let nothing = std::iter::repeat_n(None, count).collect();
            input = input.column(field.name(), InputColumn::Flag(nothing));
            continue;
        }
        let chunks: Vec<&ArrayRef> = batches.iter().map(|batch| batch.column(position)).collect();
        position += 1;
        // How pandas exports the numbers of its rows: no column of the table.
        if field.name().starts_with("__index_level_") {
            continue;
        }
        // The stream comes from another library; what it claims of itself is looked at before it is read.
        chunks.iter().try_for_each(|chunk| chunk.to_data().validate_full())?;
        input = input.column(field.name(), column(field.data_type(), &chunks));
    }
    Ok(input)
}

fn column(kind: &DataType, chunks: &[&ArrayRef]) -> InputColumn {
    match kind {
        DataType::Utf8 => texts(chunks.iter().flat_map(|chunk| chunk.as_string::<i32>().iter())),
        DataType::LargeUtf8 => texts(chunks.iter().flat_map(|chunk| chunk.as_string::<i64>().iter())),
        DataType::Utf8View => texts(chunks.iter().flat_map(|chunk| chunk.as_string_view().iter())),
        DataType::Dictionary(_, values) if is_text(values) => dictionary(chunks),
        DataType::Int8 => integers::<Int8Type>(chunks),
        DataType::Int16 => integers::<Int16Type>(chunks),
        DataType::Int32 => integers::<Int32Type>(chunks),
        DataType::Int64 => integers::<Int64Type>(chunks),
        DataType::UInt8 => integers::<UInt8Type>(chunks),
        DataType::UInt16 => integers::<UInt16Type>(chunks),
        DataType::UInt32 => integers::<UInt32Type>(chunks),
        DataType::UInt64 => InputColumn::Values(
            primitive::<UInt64Type>(chunks)
                .map(|value| {
                    value.map_or(Value::Absent, |number| match i64::try_from(number) {
                        Ok(number) => Value::Integer(number),
                        Err(_) => Value::Text(number.to_string()),
                    })
                })
                .collect(),
        ),
        DataType::Decimal128(_, scale) if *scale >= 0 => InputColumn::Decimal {
            units: primitive::<Decimal128Type>(chunks).collect(),
            scale: u32::from(scale.unsigned_abs()),
        },
        DataType::Boolean => InputColumn::Flag(chunks.iter().flat_map(|chunk| chunk.as_boolean().iter()).collect()),
        DataType::Float32 => InputColumn::Float(floats::<Float32Type>(chunks)),
        DataType::Float64 => InputColumn::Float(floats::<Float64Type>(chunks)),
        DataType::Date32 => InputColumn::Date(primitive::<Date32Type>(chunks).collect()),
        DataType::Date64 => moments::<Date64Type>(chunks, 1_000, None),
        DataType::Timestamp(unit, zone) => {
            let zone = zone.as_deref();
            match unit {
                TimeUnit::Second => moments::<TimestampSecondType>(chunks, 1, zone),
                TimeUnit::Millisecond => moments::<TimestampMillisecondType>(chunks, 1_000, zone),
                TimeUnit::Microsecond => moments::<TimestampMicrosecondType>(chunks, 1_000_000, zone),
                TimeUnit::Nanosecond => moments::<TimestampNanosecondType>(chunks, 1_000_000_000, zone),
            }
        }
        other => {
            let what = format!("{other}").to_lowercase();
            let absent = chunks
                .iter()
                .flat_map(|chunk| (0..chunk.len()).map(|row| chunk.is_null(row) || *other == DataType::Null));
            InputColumn::Values(
                absent.map(|absent| if absent { Value::Absent } else { Value::Other(what.clone()) }).collect(),
            )
        }
    }
}

fn is_text(kind: &DataType) -> bool {
    matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

fn texts<'a>(values: impl Iterator<Item = Option<&'a str>>) -> InputColumn {
    InputColumn::Text(values.map(Option::unwrap_or_default).collect())
}

/// The texts of dictionaries, one behind the other, and every row's position among them; chunks that share a
/// dictionary share its texts.
fn dictionary(chunks: &[&ArrayRef]) -> InputColumn {
    let mut texts = TextColumn::default();
    let mut positions: Nullable<u32> = Nullable::default();
    let (mut first, mut next) = (0_usize, 0_usize);
    let mut last: Option<ArrayData> = None;
    for chunk in chunks {
        let dictionary = chunk.as_any_dictionary();
        let values = dictionary.values();
        let data = values.to_data();
        if last.as_ref().is_none_or(|last| !last.ptr_eq(&data)) {
            first = next;
            next += values.len();
            (0..values.len()).for_each(|position| texts.push(text(values, position)));
            last = Some(data);
        }
        // Without values every key is absent, and there is nothing to look up.
        let keys = if values.is_empty() { Vec::new() } else { dictionary.normalized_keys() };
        for row in 0..chunk.len() {
            let key = keys.get(row).copied().filter(|&key| !chunk.is_null(row) && !values.is_null(key));
            positions.push(key.and_then(|key| u32::try_from(first + key).ok()));
        }
    }
    match u32::try_from(next) {
        Ok(_) => InputColumn::Dictionary { positions, texts },
        // More texts than positions can tell apart: each row has its own instead.
        Err(_) => {
            let rows = chunks.iter().flat_map(|chunk| {
                let dictionary = chunk.as_any_dictionary();
                let keys = dictionary.normalized_keys();
                (0..chunk.len()).map(move |row| match keys.get(row) {
                    Some(&key) if !chunk.is_null(row) => text(dictionary.values(), key).to_owned(),
                    _ => String::new(),
                })
            });
            InputColumn::Text(rows.collect())
        }
    }
}

/// A text of an array of texts; empty where it is absent.
fn text(values: &ArrayRef, position: usize) -> &str {
    match values.data_type() {
        _ if values.is_null(position) => "",
        DataType::LargeUtf8 => values.as_string::<i64>().value(position),
        DataType::Utf8View => values.as_string_view().value(position),
        _ => values.as_string::<i32>().value(position),
    }
}

fn primitive<'a, T: ArrowPrimitiveType>(chunks: &'a [&ArrayRef]) -> impl Iterator<Item = Option<T::Native>> + 'a {
    chunks.iter().flat_map(|chunk| chunk.as_primitive::<T>().iter())
}

fn integers<T: ArrowPrimitiveType>(chunks: &[&ArrayRef]) -> InputColumn
where
    i64: From<T::Native>,
{
    InputColumn::Integer(primitive::<T>(chunks).map(|value| value.map(i64::from)).collect())
}

fn floats<T: ArrowPrimitiveType>(chunks: &[&ArrayRef]) -> Nullable<f64>
where
    f64: From<T::Native>,
{
    primitive::<T>(chunks).map(|value| value.map(f64::from)).collect()
}

/// Days where every moment is a midnight without a zone; else moments, which the core refuses.
fn moments<T: ArrowPrimitiveType<Native = i64>>(chunks: &[&ArrayRef], ticks: i64, zone: Option<&str>) -> InputColumn {
    let day = ticks * SECONDS_A_DAY;
    let value = |value: Option<i64>| match (value, zone) {
        (None, _) => Value::Absent,
        (Some(tick), None) if tick.rem_euclid(day) == 0 => {
            i32::try_from(tick.div_euclid(day)).map_or_else(|_| Value::Moment(tick.to_string()), Value::Date)
        }
        (Some(tick), zone) => Value::Moment(written(tick, ticks, zone)),
    };
    InputColumn::Values(primitive::<T>(chunks).map(value).collect())
}

/// A moment as a person writes it.
fn written(tick: i64, ticks: i64, zone: Option<&str>) -> String {
    let time = chrono::DateTime::from_timestamp(tick.div_euclid(ticks), 0).map(|time| time.naive_utc().to_string());
    let zone = zone.map(|zone| format!(" {zone}")).unwrap_or_default();
    format!("{}{zone}", time.unwrap_or_else(|| tick.to_string()))
}
