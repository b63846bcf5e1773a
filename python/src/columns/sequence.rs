//! Columns from NumPy arrays and from plain sequences.

use needmatch::{Column, FaultCode};
use numpy::{Element, PyArray1, PyArrayDescrMethods, PyArrayMethods, PyUntypedArray, PyUntypedArrayMethods};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyByteArray, PyBytes, PyDate, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};

use super::sink::{ANY_COLUMN, Numbers, Place, Sink};

/// Reads a column from a NumPy array, something that NumPy can read, or any sequence.
pub(super) fn column(value: &Bound<'_, PyAny>, place: &mut Place) -> PyResult<Column> {
    let mut sink = Sink::default();
    if is_one_value(value) {
        place.refuse(FaultCode::ColumnType, ANY_COLUMN);
        return Ok(sink.finish());
    }
    let array = if value.hasattr("__array__")? {
        value.py().import("numpy")?.call_method1("asanyarray", (value,))?.cast_into::<PyUntypedArray>().ok()
    } else {
        None
    };
    match array {
        Some(array) => read_array(&array, &mut sink, place)?,
        None => read_values(value, &mut sink, place)?,
    }
    Ok(sink.finish())
}

/// Texts and mappings can be walked through, too, but not as columns.
fn is_one_value(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<PyString>()
        || value.is_instance_of::<PyBytes>()
        || value.is_instance_of::<PyByteArray>()
        || value.is_instance_of::<PyMapping>()
}

fn read_array(array: &Bound<'_, PyUntypedArray>, sink: &mut Sink, place: &mut Place) -> PyResult<()> {
    if array.ndim() != 1 {
        place.refuse(FaultCode::ColumnType, "a one-dimensional array");
        return Ok(());
    }
    let has_mask = array.hasattr("mask")?;
    match (array.dtype().kind(), array.dtype().itemsize()) {
        (b'b', _) if !has_mask => copy(array, "bool", sink.bool()),
        (b'i', _) | (b'u', ..8) if !has_mask => copy(array, "int64", sink.int()),
        (b'f', _) if !has_mask => copy(array, "float64", sink.float()),
        (b'M', _) => {
            read_values(&array.call_method1("astype", ("datetime64[us]",))?.call_method0("tolist")?, sink, place)
        }
        _ => read_values(&array.call_method0("tolist")?, sink, place),
    }
}

fn copy<T: Element + Copy + Default>(
    array: &Bound<'_, PyUntypedArray>,
    dtype: &str,
    out: Option<&mut Numbers<T>>,
) -> PyResult<()> {
    let array = array.call_method1("astype", (dtype,))?.cast_into::<PyArray1<T>>()?;
    if let Some(out) = out {
        array.readonly().as_array().iter().for_each(|&value| out.push(Some(value)));
    }
    Ok(())
}

fn read_values(values: &Bound<'_, PyAny>, sink: &mut Sink, place: &mut Place) -> PyResult<()> {
    let Ok(values) = values.try_iter() else {
        place.refuse(FaultCode::ColumnType, ANY_COLUMN);
        return Ok(());
    };
    for value in values {
        if !read_value(&value?, sink, place)? {
            place.refuse_cell(sink.len(), FaultCode::ColumnType, "values of one type, or None");
            return Ok(());
        }
    }
    Ok(())
}

/// Appends one value; `false` if it has a type that no column has, or another than those before it.
fn read_value(value: &Bound<'_, PyAny>, sink: &mut Sink, place: &mut Place) -> PyResult<bool> {
    let row = sink.len();
    if is_missing(value)? {
        sink.push_missing();
    } else if let Some(text) = bytes_of(value)? {
        let Some(texts) = sink.text() else { return Ok(false) };
        texts.push(Some(&text));
    } else if let Ok(truth) = value.cast::<PyBool>() {
        let Some(truths) = sink.bool() else { return Ok(false) };
        truths.push(Some(truth.is_true()));
    } else if let Ok(number) = value.cast::<PyInt>() {
        let number = number.extract::<i64>().ok();
        if number.is_none() {
            place.refuse_cell(row, FaultCode::OutOfRange, "a whole number of at most 64 bits");
        }
        return Ok(push_whole(number, sink));
    } else if let Ok(number) = value.cast::<PyFloat>() {
        sink.widen();
        let Some(numbers) = sink.float() else { return Ok(false) };
        numbers.push(Some(number.value()));
    } else if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        return read_list(value, sink, place);
    } else if let Some(plain) = plain(value)? {
        return read_value(&plain, sink, place);
    } else if value.is_instance_of::<PyDate>() {
        let Some(texts) = sink.text() else { return Ok(false) };
        let date = date_of(value)?;
        if date.is_none() {
            place.refuse_cell(row, FaultCode::MalformedDate, "a date without a time of day");
        }
        texts.push(date.as_deref().map(str::as_bytes));
    } else {
        return Ok(false);
    }
    Ok(true)
}

/// None, and the marks of pandas for what is missing.
fn is_missing(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(value.is_none() || matches!(&*value.get_type().name()?.to_cow()?, "NAType" | "NaTType"))
}

/// A text as UTF-8; one with lone surrogates as the bytes they stand for, which the core refuses with the row.
fn bytes_of(value: &Bound<'_, PyAny>) -> PyResult<Option<Vec<u8>>> {
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Ok(Some(bytes.as_bytes().to_vec()));
    }
    let Ok(text) = value.cast::<PyString>() else { return Ok(None) };
    match text.to_cow() {
        Ok(text) => Ok(Some(text.as_bytes().to_vec())),
        Err(_) => Ok(Some(text.call_method1("encode", ("utf-8", "surrogatepass"))?.extract()?)),
    }
}

fn push_whole(number: Option<i64>, sink: &mut Sink) -> bool {
    if let Sink::Float(numbers) = sink {
        numbers.push(number.map(|number| number as f64));
        return true;
    }
    sink.int().map(|numbers| numbers.push(number)).is_some()
}

/// A list of texts becomes a text with `;` between the elements; elements that are missing are left out.
fn read_list(list: &Bound<'_, PyAny>, sink: &mut Sink, place: &mut Place) -> PyResult<bool> {
    let row = sink.len();
    let Some(texts) = sink.text() else { return Ok(false) };
    let mut joined = Vec::new();
    for part in list.try_iter()? {
        let part = part?;
        if is_missing(&part)? {
            continue;
        }
        let part = bytes_of(&part)?.filter(|part| !part.contains(&b';'));
        if part.is_none() {
            place.refuse_cell(row, FaultCode::MalformedList, "texts without ;");
        }
        if !joined.is_empty() {
            joined.push(b';');
        }
        joined.extend(part.unwrap_or_default());
    }
    texts.push(Some(&joined));
    Ok(true)
}

/// The plain number or list behind a scalar or array of NumPy, or a decimal of the standard library.
fn plain<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    if value.hasattr("tolist")? {
        return value.call_method0("tolist").map(Some);
    }
    let name = value.get_type().name()?;
    if name.to_cow()? != "Decimal" {
        return Ok(None);
    }
    let number = value.call_method0("__float__")?;
    let is_whole = number.cast::<PyFloat>().is_ok_and(|number| number.value().fract() == 0.0);
    if is_whole { value.call_method0("__int__").map(Some) } else { Ok(Some(number)) }
}

/// The day of a date, or of a timestamp at midnight without a time zone.
pub(crate) fn date_of(value: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    let text = value.call_method0("isoformat")?.extract::<String>()?;
    let (date, time) = text.split_once('T').unwrap_or((&text, ""));
    let is_midnight = time.bytes().all(|b| matches!(b, b'0' | b':' | b'.'));
    Ok(is_midnight.then(|| date.to_owned()))
}
