//! A stream of Arrow as a table of the core: validated, then copied; a closed list of types.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal128Type, Float16Type, Float32Type, Float64Type, Int8Type,
    Int16Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{
    Array, ArrayRef, GenericStringArray, OffsetSizeTrait, RecordBatch, RecordBatchReader, new_empty_array,
};
use arrow_data::ArrayData;
use arrow_schema::{ArrowError, DataType, Field, TimeUnit};
use cs_core::{Input, InputColumn, Limits, Nullable, TextColumn, Value};
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::PyRecordBatchReader;

use crate::errors::Failure;
use crate::input::{is_of, unreadable};

const SECONDS_A_DAY: i64 = 86_400;

/// The table of an object that exports a stream.
///
/// Where the stream is made by Python, it is only asked for more on the thread that Python has called.
pub(crate) fn table(name: &str, object: &Bound<'_, PyAny>, limits: &Limits) -> Result<Input, Failure> {
    let py = object.py();
    let reader = reader(object)?;
    let schema = reader.schema();
    // How pandas writes the numbers of its rows, which are no column of the table.
    let is_index = |field: &Field| schema.metadata().contains_key("pandas") && is_index_level(field.name());
    limits.check_columns(name, schema.fields().iter().filter(|field| !is_index(field)).count())?;
    // A column of the type Null holds nothing, and how polars exports one is refused by the reader: there, such
    // columns are left unread.
    let is_null = |field: &Field| field.data_type() == &DataType::Null;
    let unread = schema.fields().iter().any(|field| is_null(field)) && is_of(object, "polars")?;
    let (reader, mut rows) = if unread {
        let others = schema.fields().iter().filter(|field| !is_null(field));
        let names: Vec<&String> = others.map(|field| field.name()).collect();
        (self::reader(&object.call_method1("select", (names,))?)?, object.len()?)
    } else {
        (reader, 0)
    };
    let mut batches = Vec::new();
    let mut reader = reader.into_iter();
    while let Some(batch) = py.detach(|| reader.next()) {
        let batch: RecordBatch = batch.map_err(|error| stopped_or_unreadable(py, name, &error))?;
        rows = if unread { rows } else { rows + batch.num_rows() };
        limits.check_rows(name, rows as u64)?;
        // What crosses the boundary of a batch without rows is less than its offsets say: it is not looked at.
        if batch.num_rows() > 0 {
            batches.push(batch);
        }
        py.check_signals()?;
    }
    // The chunks of each column; none of one that is left unread.
    let mut chunks_read = 0..;
    let mut columns: Vec<(&Field, Option<Vec<&ArrayRef>>)> = Vec::new();
    for field in schema.fields() {
        let position = if unread && is_null(field) { None } else { chunks_read.next() };
        let chunks = position.map(|position| batches.iter().map(|batch| batch.column(position)).collect());
        if !is_index(field) {
            columns.push((field, chunks));
        }
    }
    let values = py.detach(|| {
        by_column(&columns, |(field, chunks)| match chunks {
            None => Ok(InputColumn::Flag(std::iter::repeat_n(None, rows).collect())),
            Some(chunks) => read(field, chunks),
        })
    });
    py.check_signals()?;
    let mut input = Input::with_rows(rows);
    for ((field, _), values) in columns.into_iter().zip(values) {
        let values = values.map_err(|error| unreadable(name, Some(field.name()), &error.to_string()))?;
        input = input.column(field.name(), values);
    }
    Ok(input)
}

/// What is made of each column, on as many threads as the machine has, each of which takes the next column that nobody
/// has taken. They end here: a pool of threads that stays would not be there in a fork of the process.
fn by_column<C: Sync, M: Send + Sync>(columns: &[C], make: impl Fn(&C) -> M + Sync) -> Vec<M> {
    let made: Vec<OnceLock<M>> = columns.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let taken = || columns.iter().zip(&made).nth(next.fetch_add(1, Ordering::Relaxed));
        while let Some((column, slot)) = taken() {
            slot.get_or_init(|| make(column));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(columns.len());
    std::thread::scope(|scope| {
        // Where no thread is to be had, the others do all; a panic of one comes out of the scope.
        (1..threads).for_each(|_| _ = std::thread::Builder::new().spawn_scoped(scope, work));
        work();
    });
    made.into_iter().filter_map(OnceLock::into_inner).collect()
}

/// The reader of an object's stream.
fn reader(object: &Bound<'_, PyAny>) -> PyResult<Box<dyn RecordBatchReader + Send>> {
    let stream = object.call_method0("__arrow_c_stream__")?;
    let stream = stream.cast::<PyCapsule>().map_err(PyErr::from)?;
    PyRecordBatchReader::from_arrow_pycapsule(stream)?.into_reader()
}

/// `__index_level_0__` and so on.
fn is_index_level(name: &str) -> bool {
    let number = name.strip_prefix("__index_level_").and_then(|rest| rest.strip_suffix("__"));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Why a stream gave no more: the user has stopped what makes it, or something is wrong with it.
fn stopped_or_unreadable(py: Python<'_>, name: &str, error: &ArrowError) -> Failure {
    let told = error.to_string();
    match py.check_signals() {
        Err(interrupt) => interrupt.into(),
        // What makes the stream was written in Python and was interrupted itself.
        Ok(()) if told.contains("KeyboardInterrupt") => PyKeyboardInterrupt::new_err(()).into(),
        Ok(()) => unreadable(name, None, &told).into(),
    }
}

/// The values of a column. It comes from another library; what it claims of itself is looked at before it is read.
fn read(field: &Field, chunks: &[&ArrayRef]) -> Result<InputColumn, ArrowError> {
    chunks.iter().try_for_each(|chunk| match chunk.as_any_dictionary_opt() {
        // Texts that are none cross the boundary without their bytes, as a batch without rows does.
        Some(dictionary) if dictionary.values().is_empty() => {
            let none = new_empty_array(dictionary.values().data_type());
            dictionary.with_values(none).to_data().validate_full()
        }
        _ => chunk.to_data().validate_full(),
    })?;
    // What an extension means by its numbers is its own secret: a month of pandas is a count of months.
    match field.extension_type_name() {
        Some(_) if !is_text(field.data_type()) => Ok(others(chunks, "a value of another kind")),
        _ => Ok(column(field.data_type(), chunks)),
    }
}

/// Values of a kind that no column takes.
fn others(chunks: &[&ArrayRef], what: &str) -> InputColumn {
    let is_absent = chunks.iter().flat_map(|chunk| (0..chunk.len()).map(|row| chunk.is_null(row)));
    let value = |absent| if absent { Value::Absent } else { Value::Other(what.to_owned()) };
    InputColumn::Values(is_absent.map(value).collect())
}

fn column(kind: &DataType, chunks: &[&ArrayRef]) -> InputColumn {
    match kind {
        DataType::Utf8 => strings::<i32>(chunks),
        DataType::LargeUtf8 => strings::<i64>(chunks),
        DataType::Utf8View => texts(chunks.iter().flat_map(|chunk| chunk.as_string_view().iter())),
        DataType::Dictionary(_, values) if is_text(values) => dictionary(chunks),
        DataType::Int8 => InputColumn::Integer(numbers::<Int8Type, i64>(chunks)),
        DataType::Int16 => InputColumn::Integer(numbers::<Int16Type, i64>(chunks)),
        DataType::Int32 => InputColumn::Integer(numbers::<Int32Type, i64>(chunks)),
        DataType::Int64 => InputColumn::Integer(numbers::<Int64Type, i64>(chunks)),
        DataType::UInt8 => InputColumn::Integer(numbers::<UInt8Type, i64>(chunks)),
        DataType::UInt16 => InputColumn::Integer(numbers::<UInt16Type, i64>(chunks)),
        DataType::UInt32 => InputColumn::Integer(numbers::<UInt32Type, i64>(chunks)),
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
            units: numbers::<Decimal128Type, i128>(chunks),
            scale: u32::from(scale.unsigned_abs()),
        },
        DataType::Boolean => InputColumn::Flag(chunks.iter().flat_map(|chunk| chunk.as_boolean().iter()).collect()),
        DataType::Float16 => InputColumn::Float(numbers::<Float16Type, f64>(chunks)),
        DataType::Float32 => InputColumn::Float(numbers::<Float32Type, f64>(chunks)),
        DataType::Float64 => InputColumn::Float(numbers::<Float64Type, f64>(chunks)),
        DataType::Date32 => InputColumn::Date(numbers::<Date32Type, i32>(chunks)),
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
        DataType::Null => {
            InputColumn::Flag(std::iter::repeat_n(None, chunks.iter().map(|chunk| chunk.len()).sum()).collect())
        }
        other => others(chunks, described(other)),
    }
}

/// What a value of a type that no column takes is, in words.
fn described(kind: &DataType) -> &'static str {
    match kind {
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => "bytes",
        DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(..) => "a list",
        DataType::Struct(_) | DataType::Map(..) => "an object",
        DataType::Time32(_) | DataType::Time64(_) => "a time of day",
        DataType::Duration(_) | DataType::Interval(_) => "a span of time",
        DataType::Decimal256(..) => "a decimal number of more digits than any column holds",
        _ => "a value of another kind",
    }
}

fn is_text(kind: &DataType) -> bool {
    matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}

/// Texts of arrays whose bytes are end to end, as those of a column are: copied at once where none is absent.
fn strings<O: OffsetSizeTrait>(chunks: &[&ArrayRef]) -> InputColumn {
    let arrays = || chunks.iter().map(|chunk| chunk.as_string::<O>());
    if arrays().all(|array| array.null_count() == 0) {
        let mut text = String::with_capacity(arrays().map(|array| span(array).len()).sum());
        for array in arrays() {
            // The stream is validated: its bytes are text.
            let bytes = array.value_data().get(span(array)).unwrap_or_default();
            text.push_str(std::str::from_utf8(bytes).unwrap_or_default());
        }
        let lengths = arrays().flat_map(|array| array.offsets().lengths());
        let mut ends = lengths.scan(0, |end, length| {
            *end += length;
            Some(*end)
        });
        let rows = 0..arrays().map(Array::len).sum();
        if let Some(column) = TextColumn::of(text, rows.map(|_| ends.next().unwrap_or_default())) {
            return InputColumn::Text(column);
        }
    }
    texts(arrays().flat_map(|array| array.iter()))
}

/// Where the bytes of an array's texts stand among those that it shares with others.
fn span<O: OffsetSizeTrait>(array: &GenericStringArray<O>) -> std::ops::Range<usize> {
    let offsets = array.value_offsets();
    let at = |offset: Option<&O>| offset.map_or(0, |offset| offset.as_usize());
    at(offsets.first())..at(offsets.last())
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

/// Numbers as the core has them: copied at once where none is absent.
fn numbers<T: ArrowPrimitiveType, N: From<T::Native> + Copy + Default>(chunks: &[&ArrayRef]) -> Nullable<N> {
    if chunks.iter().any(|chunk| chunk.null_count() > 0) {
        return primitive::<T>(chunks).map(|value| value.map(N::from)).collect();
    }
    let mut numbers: Vec<N> = Vec::with_capacity(chunks.iter().map(|chunk| chunk.len()).sum());
    for chunk in chunks {
        numbers.extend(chunk.as_primitive::<T>().values().iter().map(|&number| N::from(number)));
    }
    numbers.into()
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
