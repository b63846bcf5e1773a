//! Columns from the Arrow capsule protocol.
//!
//! Buffers are checked in full before they are read (offsets, lengths), except that texts may be malformed: the core
//! reports those with their row. What the producer says about an error is not passed on: it may hold values.

use std::ffi::CStr;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::NonNull;

use arrow_array::cast::AsArray;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::types::{self, ArrowPrimitiveType};
use arrow_array::{Array, ArrayReader, OffsetSizeTrait, RecordBatchReader, make_array, new_empty_array};
use arrow_schema::{ArrowError, DataType, TimeUnit};
use needmatch::{Column, Fault, FaultCode, Table, TableName};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use super::sink::{ANY_COLUMN, Place, Sink};
use super::{date, is_index};

const WELL_FORMED: &str = "a well-formed Arrow array";
const MILLISECONDS_PER_DAY: i64 = 86_400_000;

/// Reads a table through `__arrow_c_stream__`.
pub(super) fn table(value: &Bound<'_, PyAny>, name: TableName, faults: &mut Vec<Fault>) -> PyResult<Table> {
    let stream = stream_of(value)?;
    let columns = fallible(|| {
        let batches = RecordBatchStreamReader::try_new(stream)?;
        let fields = batches.schema().fields().clone();
        let mut columns: Vec<(Sink, Place)> =
            (0..fields.len()).map(|position| (Sink::default(), Place::new(name, position))).collect();
        for (field, (sink, place)) in fields.iter().zip(&mut columns) {
            read(&new_empty_array(field.data_type()), sink, place);
        }
        for batch in batches {
            for (column, (sink, place)) in batch?.columns().iter().zip(&mut columns) {
                read(column, sink, place);
            }
        }
        Ok((fields, columns))
    });
    let mut table = Table::new();
    let Some((fields, columns)) = columns else {
        faults.push(Fault::in_table(name, FaultCode::ColumnType, "a well-formed Arrow stream of rows"));
        return Ok(table);
    };
    for (field, (sink, mut place)) in fields.iter().zip(columns) {
        if !is_index(field.name()) {
            faults.append(&mut place.faults);
            table.push(field.name(), sink.finish());
        }
    }
    Ok(table)
}

/// Reads a column through `__arrow_c_stream__` or `__arrow_c_array__`.
pub(super) fn column(value: &Bound<'_, PyAny>, place: &mut Place) -> PyResult<Column> {
    let mut sink = Sink::default();
    let done = if value.hasattr("__arrow_c_stream__")? {
        let stream = stream_of(value)?;
        fallible(|| {
            let chunks = ArrayStreamReader::try_new(stream)?;
            read(&new_empty_array(chunks.field().data_type()), &mut sink, place);
            for chunk in chunks {
                read(&chunk?, &mut sink, place);
            }
            Ok(())
        })
    } else {
        let (array, schema) = array_of(value)?;
        fallible(|| {
            // SAFETY: both come from one pair of capsules with the names that the protocol gives to valid structures.
            let data = unsafe { from_ffi(array, &schema) }?;
            read(&make_array(data), &mut sink, place);
            Ok(())
        })
    };
    if done.is_none() {
        place.refuse(FaultCode::ColumnType, WELL_FORMED);
    }
    Ok(sink.finish())
}

/// `None` where the producer fails or its structures make no sense, which the import answers with an error or a panic.
fn fallible<T>(import: impl FnOnce() -> Result<T, ArrowError>) -> Option<T> {
    catch_unwind(AssertUnwindSafe(import)).ok()?.ok()
}

/// Takes the stream out of the capsule, which is left empty; dropping the stream releases it.
fn stream_of(value: &Bound<'_, PyAny>) -> PyResult<FFI_ArrowArrayStream> {
    let capsule = value.call_method0("__arrow_c_stream__")?;
    let stream = content::<FFI_ArrowArrayStream>(&capsule, c"arrow_array_stream")?;
    // SAFETY: the name of the capsule says that it holds a valid stream, and nobody else has access to it meanwhile.
    Ok(unsafe { FFI_ArrowArrayStream::from_raw(stream.as_ptr()) })
}

/// Takes an array out of its capsule, and its type out of another.
fn array_of(value: &Bound<'_, PyAny>) -> PyResult<(FFI_ArrowArray, FFI_ArrowSchema)> {
    let (schema, array) = value.call_method0("__arrow_c_array__")?.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
    let schema = content::<FFI_ArrowSchema>(&schema, c"arrow_schema")?;
    let array = content::<FFI_ArrowArray>(&array, c"arrow_array")?;
    // SAFETY: as in `stream_of`; both structures are moved out, and their destructors release them once.
    Ok(unsafe { (FFI_ArrowArray::from_raw(array.as_ptr()), FFI_ArrowSchema::from_raw(schema.as_ptr())) })
}

fn content<T>(capsule: &Bound<'_, PyAny>, name: &CStr) -> PyResult<NonNull<T>> {
    let Ok(capsule) = capsule.cast::<PyCapsule>() else {
        return Err(PyTypeError::new_err("the Arrow capsule protocol returned something that is not a capsule"));
    };
    Ok(capsule.pointer_checked(Some(name))?.cast())
}

/// Appends the values of a chunk.
fn read(array: &dyn Array, sink: &mut Sink, place: &mut Place) {
    match array.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => return texts(array, sink, place),
        DataType::List(_) => return lists(array, array.as_list::<i32>().values(), offsets::<i32>(array), sink, place),
        DataType::LargeList(_) => {
            return lists(array, array.as_list::<i64>().values(), offsets::<i64>(array), sink, place);
        }
        DataType::FixedSizeList(_, size) => {
            let size = usize::try_from(*size).unwrap_or(0);
            let values = array.as_fixed_size_list().values();
            return lists(array, values, |row| row * size..(row + 1) * size, sink, place);
        }
        DataType::Dictionary(_, _) => return dictionary(array, sink, place),
        _ => {}
    }
    if array.to_data().validate_full().is_err() {
        return place.refuse(FaultCode::ColumnType, WELL_FORMED);
    }
    match array.data_type() {
        DataType::Null => (0..array.len()).for_each(|_| sink.push_missing()),
        DataType::Boolean => match sink.bool() {
            Some(values) => array.as_boolean().iter().for_each(|value| values.push(value)),
            None => place.refuse(FaultCode::ColumnType, ANY_COLUMN),
        },
        DataType::Int8 => whole::<types::Int8Type>(array, sink, place),
        DataType::Int16 => whole::<types::Int16Type>(array, sink, place),
        DataType::Int32 => whole::<types::Int32Type>(array, sink, place),
        DataType::Int64 => whole::<types::Int64Type>(array, sink, place),
        DataType::UInt8 => whole::<types::UInt8Type>(array, sink, place),
        DataType::UInt16 => whole::<types::UInt16Type>(array, sink, place),
        DataType::UInt32 => whole::<types::UInt32Type>(array, sink, place),
        DataType::UInt64 => whole::<types::UInt64Type>(array, sink, place),
        DataType::Decimal128(_, 0) => whole::<types::Decimal128Type>(array, sink, place),
        // Powers of ten up to this one are exact as floats, so the quotient is rounded once.
        DataType::Decimal128(_, scale @ 1..=22) => {
            let unit = 10f64.powi(i32::from(*scale));
            fractional::<types::Decimal128Type>(array, sink, place, |value| value as f64 / unit);
        }
        DataType::Float16 => fractional::<types::Float16Type>(array, sink, place, |value| value.to_f64()),
        DataType::Float32 => fractional::<types::Float32Type>(array, sink, place, f64::from),
        DataType::Float64 => fractional::<types::Float64Type>(array, sink, place, |value| value),
        DataType::Date32 => dates::<types::Date32Type>(array, sink, place, 1),
        DataType::Date64 => dates::<types::Date64Type>(array, sink, place, MILLISECONDS_PER_DAY),
        DataType::Timestamp(TimeUnit::Second, None) => {
            dates::<types::TimestampSecondType>(array, sink, place, MILLISECONDS_PER_DAY / 1000);
        }
        DataType::Timestamp(TimeUnit::Millisecond, None) => {
            dates::<types::TimestampMillisecondType>(array, sink, place, MILLISECONDS_PER_DAY);
        }
        DataType::Timestamp(TimeUnit::Microsecond, None) => {
            dates::<types::TimestampMicrosecondType>(array, sink, place, MILLISECONDS_PER_DAY * 1000);
        }
        DataType::Timestamp(TimeUnit::Nanosecond, None) => {
            dates::<types::TimestampNanosecondType>(array, sink, place, MILLISECONDS_PER_DAY * 1_000_000);
        }
        // The day of an instant depends on where one stands.
        DataType::Timestamp(_, Some(_)) => {
            place.refuse(FaultCode::ColumnType, "dates, or timestamps without a time zone");
        }
        _ => place.refuse(FaultCode::ColumnType, ANY_COLUMN),
    }
}

/// Texts are checked as bytes, so that malformed ones reach the core, which names their rows.
fn texts(array: &dyn Array, sink: &mut Sink, place: &mut Place) {
    let as_bytes = match array.data_type() {
        DataType::LargeUtf8 => DataType::LargeBinary,
        DataType::Utf8View => DataType::BinaryView,
        _ => DataType::Binary,
    };
    let (Ok(data), Some(texts)) = (array.to_data().into_builder().data_type(as_bytes).build(), sink.text()) else {
        return place.refuse(FaultCode::ColumnType, WELL_FORMED);
    };
    let bytes = make_array(data);
    match bytes.data_type() {
        DataType::LargeBinary => bytes.as_binary::<i64>().iter().for_each(|text| texts.push(text)),
        DataType::BinaryView => bytes.as_binary_view().iter().for_each(|text| texts.push(text)),
        _ => bytes.as_binary::<i32>().iter().for_each(|text| texts.push(text)),
    }
}

fn whole<T: ArrowPrimitiveType>(array: &dyn Array, sink: &mut Sink, place: &mut Place)
where
    T::Native: TryInto<i64>,
{
    let first = sink.len();
    let Some(numbers) = sink.int() else { return place.refuse(FaultCode::ColumnType, ANY_COLUMN) };
    for (row, value) in array.as_primitive::<T>().iter().enumerate() {
        let number = value.map(TryInto::try_into);
        if let Some(Err(_)) = number {
            place.refuse_cell(first + row, FaultCode::OutOfRange, "a whole number of at most 64 bits");
        }
        numbers.push(number.and_then(Result::ok));
    }
}

fn fractional<T: ArrowPrimitiveType>(
    array: &dyn Array,
    sink: &mut Sink,
    place: &mut Place,
    to_float: impl Fn(T::Native) -> f64,
) {
    match sink.float() {
        Some(numbers) => array.as_primitive::<T>().iter().for_each(|value| numbers.push(value.map(&to_float))),
        None => place.refuse(FaultCode::ColumnType, ANY_COLUMN),
    }
}

fn dates<T: ArrowPrimitiveType>(array: &dyn Array, sink: &mut Sink, place: &mut Place, units_per_day: i64)
where
    T::Native: Into<i64>,
{
    let first = sink.len();
    let Some(texts) = sink.text() else { return place.refuse(FaultCode::ColumnType, ANY_COLUMN) };
    for (row, value) in array.as_primitive::<T>().iter().enumerate() {
        let Some(value) = value.map(Into::into) else {
            texts.push(None);
            continue;
        };
        let is_midnight = value.rem_euclid(units_per_day) == 0;
        let date = date::text(value.div_euclid(units_per_day)).filter(|_| is_midnight);
        if date.is_none() {
            place.refuse_cell(first + row, FaultCode::MalformedDate, "a date without a time of day");
        }
        texts.push(date.as_deref().map(str::as_bytes));
    }
}

/// Where the elements of each row of a list lie; an impossible range where the offsets are not ascending.
fn offsets<O: OffsetSizeTrait>(array: &dyn Array) -> impl Fn(usize) -> Range<usize> + '_ {
    let offsets = array.as_list::<O>().value_offsets();
    |row| {
        let end = |at: usize| offsets[at].to_usize().unwrap_or(usize::MAX);
        end(row)..end(row + 1)
    }
}

/// Lists of texts become texts with `;` between the elements; elements that are missing are left out.
fn lists(
    array: &dyn Array,
    elements: &dyn Array,
    range: impl Fn(usize) -> Range<usize>,
    sink: &mut Sink,
    place: &mut Place,
) {
    let ranges_fit = (0..array.len()).map(&range).all(|range| range.start <= range.end && range.end <= elements.len());
    if !ranges_fit || array.nulls().is_some_and(|nulls| nulls.len() != array.len()) {
        return place.refuse(FaultCode::ColumnType, WELL_FORMED);
    }
    if matches!(elements.data_type(), DataType::List(_) | DataType::LargeList(_) | DataType::FixedSizeList(_, _)) {
        return place.refuse(FaultCode::ColumnType, ANY_COLUMN);
    }
    let first = sink.len();
    let mut parts = Sink::default();
    read(elements, &mut parts, place);
    let (Some(parts), Some(texts)) = (parts.text(), sink.text()) else {
        return place.refuse(FaultCode::ColumnType, ANY_COLUMN);
    };
    let mut joined = Vec::new();
    for row in 0..array.len() {
        if array.is_null(row) {
            texts.push(None);
            continue;
        }
        joined.clear();
        for part in range(row).filter_map(|element| parts.get(element)) {
            if part.contains(&b';') {
                place.refuse_cell(first + row, FaultCode::MalformedList, "elements without ;");
            }
            if !joined.is_empty() {
                joined.push(b';');
            }
            joined.extend_from_slice(part);
        }
        texts.push(Some(&joined));
    }
}

/// Each key stands for one of the distinct values.
fn dictionary(array: &dyn Array, sink: &mut Sink, place: &mut Place) {
    let Some(dictionary) = array.as_any_dictionary_opt() else {
        return place.refuse(FaultCode::ColumnType, ANY_COLUMN);
    };
    let (mut keys, mut distinct) = (Sink::default(), Sink::default());
    read(dictionary.keys(), &mut keys, place);
    read(dictionary.values(), &mut distinct, place);
    let Some(keys) = keys.int() else { return place.refuse(FaultCode::ColumnType, WELL_FORMED) };
    for row in 0..keys.len() {
        match keys.get(row).map(usize::try_from) {
            None => sink.push_missing(),
            Some(Ok(key)) if key < distinct.len() && sink.push_from(&distinct, key) => {}
            Some(_) => return place.refuse(FaultCode::ColumnType, WELL_FORMED),
        }
    }
    if sink.len() == 0 {
        sink.become_like(&distinct);
    }
}
