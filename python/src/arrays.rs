//! One-dimensional arrays of whole numbers, of any integer type, as vectors of the type that the core takes.
//!
//! Values are copied once, and the copies are what is checked and solved: while the interpreter lock is released,
//! another thread of the caller may write to the arrays.

use std::fmt::Display;

use needmatch::{Fault, FaultCode, TableName};
use numpy::{Element, PyArray1, PyArrayDescrMethods, PyArrayMethods, PyUntypedArray, PyUntypedArrayMethods};
use pyo3::prelude::*;
use pyo3::types::IntoPyDict;

/// Most faults that are collected from one array.
const MAX_FAULTS: usize = 10_000;

/// What is allowed in an array, for its faults.
#[derive(Clone, Copy)]
pub(crate) struct Allowed {
    /// The array's name.
    pub(crate) name: &'static str,
    /// The kind of fault where a number is outside its range.
    pub(crate) code: FaultCode,
    /// What a number should be.
    pub(crate) expected: &'static str,
}

impl Allowed {
    pub(crate) fn new(name: &'static str, code: FaultCode, expected: &'static str) -> Self {
        Self { name, code, expected }
    }

    fn fault_of(&self, row: usize, code: FaultCode) -> Fault {
        Fault::in_cell(TableName::Arrays, row, self.name, code, self.expected)
    }
}

/// Scores in the narrowest of the types that the core takes.
pub(crate) enum Scores {
    Narrow(Vec<i32>),
    Wide(Vec<i64>),
}

/// Reads scores; integers of at most 32 bits stay as narrow as they are.
pub(crate) fn scores(value: &Bound<'_, PyAny>, faults: &mut Vec<Fault>) -> PyResult<Scores> {
    let allowed = Allowed::new("score", FaultCode::OutOfRange, "a whole number of at most 64 bits");
    let Some(array) = one_dimensional(value, allowed.name, faults)? else { return Ok(Scores::Narrow(Vec::new())) };
    if array.dtype().kind() == b'i' && array.dtype().itemsize() <= 4 {
        return Ok(Scores::Narrow(values(&array, allowed, |v| i32::try_from(v).ok(), faults)?));
    }
    Ok(Scores::Wide(values(&array, allowed, Some, faults)?))
}

/// Reads whole numbers; `accept` makes the wanted number of one, or `None` where it is outside its range.
pub(crate) fn integers<T: Default>(
    value: &Bound<'_, PyAny>,
    allowed: Allowed,
    accept: impl Fn(i64) -> Option<T>,
    faults: &mut Vec<Fault>,
) -> PyResult<Vec<T>> {
    match one_dimensional(value, allowed.name, faults)? {
        Some(array) => values(&array, allowed, accept, faults),
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
    allowed: Allowed,
    accept: impl Fn(i64) -> Option<T>,
    faults: &mut Vec<Fault>,
) -> PyResult<Vec<T>> {
    macro_rules! read_as {
        ($($number:ty),+) => {$(
            if let Ok(array) = array.cast::<PyArray1<$number>>() {
                return Ok(whole(array, allowed, accept, faults));
            }
        )+};
    }
    read_as!(i64, i32, u32, u64, i16, u16, i8, u8);
    if array.dtype().kind() == b'f' && array.dtype().itemsize() <= 8 {
        let keywords = [("copy", false)].into_py_dict(array.py())?;
        let array = array.call_method("astype", ("float64",), Some(&keywords))?;
        return Ok(fractional(array.cast()?, allowed, accept, faults));
    }
    faults.push(Fault::in_column(TableName::Arrays, allowed.name, FaultCode::ColumnType, "whole numbers"));
    Ok(Vec::new())
}

fn whole<N: Element + Copy + TryInto<i64>, T: Default>(
    array: &Bound<'_, PyArray1<N>>,
    allowed: Allowed,
    accept: impl Fn(i64) -> Option<T>,
    faults: &mut Vec<Fault>,
) -> Vec<T> {
    let read = |number: N| number.try_into().ok().and_then(&accept).ok_or(allowed.code);
    collected(array, allowed, read, faults)
}

/// Floats count where each is whole, as they come from frames whose columns once had gaps.
fn fractional<T: Default>(
    array: &Bound<'_, PyArray1<f64>>,
    allowed: Allowed,
    accept: impl Fn(i64) -> Option<T>,
    faults: &mut Vec<Fault>,
) -> Vec<T> {
    // Both ends are exact as floats; the upper one is 2^63 itself and is not allowed.
    let range = i64::MIN as f64..-(i64::MIN as f64);
    let read = |number: f64| match number {
        _ if !number.is_finite() => Err(FaultCode::NotFinite),
        _ if number.fract() != 0.0 => Err(FaultCode::NotInteger),
        _ if !range.contains(&number) => Err(allowed.code),
        _ => accept(number as i64).ok_or(allowed.code),
    };
    collected(array, allowed, read, faults)
}

fn collected<N: Element + Copy, T: Default>(
    array: &Bound<'_, PyArray1<N>>,
    allowed: Allowed,
    read: impl Fn(N) -> Result<T, FaultCode>,
    faults: &mut Vec<Fault>,
) -> Vec<T> {
    let most = faults.len() + MAX_FAULTS;
    let array = array.readonly();
    let one = |(row, &number): (usize, &N)| {
        read(number).unwrap_or_else(|code| {
            if faults.len() < most {
                faults.push(allowed.fault_of(row, code));
            }
            T::default()
        })
    };
    array.as_array().iter().enumerate().map(one).collect()
}

/// A fault where arrays should have the same length.
pub(crate) fn wrong_length(name: &'static str, expected: impl Display) -> Fault {
    Fault::in_column(TableName::Arrays, name, FaultCode::ArrayLength, format!("length {expected}"))
}
