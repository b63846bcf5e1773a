//! One-dimensional arrays of whole numbers, of any integer type, as vectors of the type that the core takes.
//!
//! Values are copied once, and the copies are what is checked and solved: while the interpreter lock is released,
//! another thread of the caller may write to the arrays.
//!
//! Only what is no whole number at all is a fault here. A number outside its range becomes one that the core refuses, so
//! that all faults are reported at once.

use needmatch::{Fault, FaultCode, TableName};
use numpy::{PyArray1, PyArrayDescrMethods, PyArrayMethods, PyUntypedArray, PyUntypedArrayMethods};
use pyo3::prelude::*;

/// Most faults that are collected from one array.
const MAX_FAULTS: usize = 10_000;

/// Scores in the narrowest of the types that the core takes.
pub(crate) enum Scores {
    Narrow(Vec<i32>),
    Wide(Vec<i64>),
}

/// Reads scores; integers of at most 32 bits stay as narrow as they are.
pub(crate) fn scores(value: &Bound<'_, PyAny>, faults: &mut Vec<Fault>) -> PyResult<Scores> {
    let Some(array) = one_dimensional(value, "score", faults)? else { return Ok(Scores::Narrow(Vec::new())) };
    if array.dtype().kind() == b'i' && array.dtype().itemsize() <= 4 {
        return Ok(Scores::Narrow(values(&array, "score", |number| number as i32, faults)?));
    }
    Ok(Scores::Wide(values(&array, "score", |number| number, faults)?))
}

/// Reads whole numbers. `convert` gets each of them, those beyond 64 bits as the nearest that fits.
pub(crate) fn integers<T: Default>(
    value: &Bound<'_, PyAny>,
    name: &'static str,
    convert: impl Fn(i64) -> T,
    faults: &mut Vec<Fault>,
) -> PyResult<Vec<T>> {
    match one_dimensional(value, name, faults)? {
        Some(array) => values(&array, name, convert, faults),
        None => Ok(Vec::new()),
    }
}

/// The value as a NumPy array in this machine's byte order, or a fault.
fn one_dimensional<'py>(
    value: &Bound<'py, PyAny>,
    name: &'static str,
    faults: &mut Vec<Fault>,
) -> PyResult<Option<Bound<'py, PyUntypedArray>>> {
    let mut refuse = |code, expected: &'static str| {
        faults.push(Fault::in_column(TableName::Arrays, name, code, expected));
        Ok(None)
    };
    let Ok(array) = value.py().import("numpy")?.call_method1("asarray", (value,)) else {
        return refuse(FaultCode::ColumnType, "a one-dimensional array");
    };
    let mut array: Bound<'py, PyUntypedArray> = array.cast_into()?;
    if array.ndim() != 1 {
        return refuse(FaultCode::ArrayLength, "a one-dimensional array");
    }
    if array.dtype().is_native_byteorder() == Some(false) {
        let native = array.dtype().call_method1("newbyteorder", ("=",))?;
        array = array.call_method1("astype", (native,))?.cast_into()?;
    }
    Ok(Some(array))
}

fn values<T: Default>(
    array: &Bound<'_, PyUntypedArray>,
    name: &'static str,
    convert: impl Fn(i64) -> T,
    faults: &mut Vec<Fault>,
) -> PyResult<Vec<T>> {
    macro_rules! read_as {
        ($($number:ty),+) => {$(
            if let Ok(array) = array.cast::<PyArray1<$number>>() {
                let numbers = array.readonly();
                let whole = |&number: &$number| convert(i64::try_from(number).unwrap_or(i64::MAX));
                return Ok(numbers.as_array().iter().map(whole).collect());
            }
        )+};
    }
    read_as!(i64, i32, u32, u64, i16, u16, i8, u8);
    if array.dtype().kind() == b'f' && array.dtype().itemsize() <= 8 {
        let array = array.call_method1("astype", ("float64",))?;
        return Ok(fractional(array.cast()?, name, convert, faults));
    }
    faults.push(Fault::in_column(TableName::Arrays, name, FaultCode::ColumnType, "whole numbers"));
    Ok(Vec::new())
}

/// Floats count where each is whole, as they come from frames whose columns once had gaps.
fn fractional<T: Default>(
    array: &Bound<'_, PyArray1<f64>>,
    name: &'static str,
    convert: impl Fn(i64) -> T,
    faults: &mut Vec<Fault>,
) -> Vec<T> {
    let most = faults.len() + MAX_FAULTS;
    let mut refuse = |row, code| {
        if faults.len() < most {
            faults.push(Fault::in_cell(TableName::Arrays, row, name, code, "a whole number"));
        }
        T::default()
    };
    let array = array.readonly();
    let numbers = array.as_array();
    let one = |(row, &number): (usize, &f64)| match number {
        _ if !number.is_finite() => refuse(row, FaultCode::NotFinite),
        _ if number.fract() != 0.0 => refuse(row, FaultCode::NotInteger),
        _ => convert(number as i64),
    };
    numbers.iter().enumerate().map(one).collect()
}
