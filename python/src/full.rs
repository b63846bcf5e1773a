//! Full assignment of a matrix, under the names and habits of SciPy.

use needmatch::{Costs, Fault, FaultCode, Goal, Pairs, TableName};
use numpy::{PyArray1, PyArrayDescrMethods, PyArrayMethods, PyReadonlyArray1, PyUntypedArray, PyUntypedArrayMethods};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use crate::arrays::integers;
use crate::failure::{guard, input_error, none_of};
use crate::run::detached;

/// The rows that have a partner and their partners, as SciPy returns them.
type RowsAndColumns<'py> = (Bound<'py, PyArray1<i64>>, Bound<'py, PyArray1<i64>>);

/// Solve the linear sum assignment problem, exactly.
///
/// Behaves as ``scipy.optimize.linear_sum_assignment``, with two differences. Costs are compared as integers: 64-bit
/// integers as they are, floats as multiples of one power of two, which is exact where the lowest bit of any cost is at
/// most 90 binary digits below the highest bit of any cost (beyond that, costs are rounded there, and the cost of k pairs
/// is within ``k * 2**-89`` times the largest magnitude of the best). And every result is proven best before it is
/// returned. Among equally good assignments, another may be chosen than SciPy's.
///
/// Parameters
/// ----------
/// cost_matrix : array_like, shape (n_rows, n_columns)
///     Integers, booleans or floats. Infinity forbids a pair (negative infinity with `maximize`). An array of 64-bit
///     floats in row order is read where it is: do not write to it from another thread before the call returns.
/// maximize : bool, default False
///     Find the greatest sum instead of the least.
///
/// Returns
/// -------
/// row_ind, col_ind : int64 arrays, shape (min(n_rows, n_columns),)
///     The pairs, rows ascending; ``cost_matrix[row_ind, col_ind].sum()`` is the best sum.
///
/// Raises
/// ------
/// InputError
///     A ValueError: the matrix is not two-dimensional, holds NaN or the wrong infinity, or allows no full assignment.
///
/// Examples
/// --------
/// >>> import numpy as np
/// >>> from needmatch import linear_sum_assignment
/// >>> cost = np.array([[4, 1, 3], [2, 0, 5], [3, 2, 2]])
/// >>> row_ind, col_ind = linear_sum_assignment(cost)
/// >>> col_ind
/// array([1, 0, 2])
/// >>> int(cost[row_ind, col_ind].sum())
/// 5
#[pyfunction]
#[pyo3(signature = (cost_matrix, maximize=false))]
pub(crate) fn linear_sum_assignment<'py>(
    py: Python<'py>,
    cost_matrix: &Bound<'py, PyAny>,
    maximize: bool,
) -> PyResult<RowsAndColumns<'py>> {
    guard(py, || {
        let matrix: Bound<'_, PyUntypedArray> =
            py.import("numpy")?.call_method1("asarray", (cost_matrix,))?.cast_into()?;
        let &[n_rows, n_columns] = matrix.shape() else {
            let expected = "a matrix, that is a two-dimensional array";
            let fault = Fault::in_column(TableName::Arrays, "cost", FaultCode::ArrayLength, expected);
            return Err(input_error(py, &fault.into()));
        };
        let numbers = Numbers::read(&matrix)?;
        let cost = numbers.borrowed()?;
        let pairs = detached(py, None, None, |options| {
            needmatch::linear_sum_assignment(n_rows, n_columns, cost, goal(maximize), options)
        })?;
        Ok(rows_and_columns(py, pairs))
    })
}

/// The best full matching over compressed rows; what `needmatch.min_weight_full_bipartite_matching` calls.
#[pyfunction]
pub(crate) fn min_weight_full_matching<'py>(
    py: Python<'py>,
    n_columns: usize,
    indptr: &Bound<'py, PyAny>,
    indices: &Bound<'py, PyAny>,
    data: &Bound<'py, PyAny>,
    maximize: bool,
) -> PyResult<RowsAndColumns<'py>> {
    guard(py, || {
        let mut faults = Vec::new();
        let indptr = integers(indptr, "indptr", |v| usize::try_from(v).unwrap_or(usize::MAX), &mut faults)?;
        let column = integers(indices, "indices", |v| u32::try_from(v).unwrap_or(u32::MAX), &mut faults)?;
        none_of(py, faults)?;
        let weights = Numbers::read(&py.import("numpy")?.call_method1("asarray", (data,))?.cast_into()?)?;
        let cost = weights.borrowed()?;
        let pairs = detached(py, Some(1), None, |options| {
            needmatch::min_weight_full_matching(n_columns, &indptr, &column, cost, goal(maximize), options)
        })?;
        Ok(rows_and_columns(py, pairs))
    })
}

fn goal(maximize: bool) -> Goal {
    if maximize { Goal::Maximize } else { Goal::Minimize }
}

fn rows_and_columns(py: Python<'_>, pairs: Pairs) -> RowsAndColumns<'_> {
    // Memory that NumPy owns: SciPy cannot index sparse matrices by arrays that borrow theirs.
    let array = |indices: Vec<u32>| {
        let indices: Vec<i64> = indices.into_iter().map(i64::from).collect();
        PyArray1::from_slice(py, &indices)
    };
    (array(pairs.row), array(pairs.column))
}

/// The caller's costs, row by row: borrowed where they are 64-bit numbers without gaps already, else converted.
///
/// While the interpreter lock is released, nobody may write to what is borrowed; the documentation says so, as a copy of
/// a large matrix would take as long as an easy one takes to solve.
enum Numbers<'py> {
    Int(PyReadonlyArray1<'py, i64>),
    Float(PyReadonlyArray1<'py, f64>),
}

impl<'py> Numbers<'py> {
    /// Reads an array of any number type, as SciPy does. Integers that a 64-bit float holds become one.
    fn read(array: &Bound<'py, PyUntypedArray>) -> PyResult<Self> {
        let flat = array.call_method1("reshape", (-1,))?;
        let (kind, size) = (array.dtype().kind(), array.dtype().itemsize());
        if kind == b'u' && size == 8 {
            let unsigned = flat.call_method1("astype", ("uint64",))?.cast_into::<PyArray1<u64>>()?;
            let too_large = unsigned.readonly().as_slice()?.iter().any(|&cost| cost > i64::MAX as u64);
            let fault =
                || Fault::in_column(TableName::Arrays, "cost", FaultCode::OutOfRange, "integers of at most 63 bits");
            none_of(array.py(), too_large.then(fault).into_iter().collect())?;
        }
        let is_whole = matches!(kind, b'b' | b'i' | b'u');
        if is_whole && size == 8 {
            return Ok(Self::Int(converted(&flat, "int64")?.cast_into::<PyArray1<i64>>()?.readonly()));
        }
        if !is_whole && kind != b'f' && array.len() > 0 {
            return Err(PyTypeError::new_err("expected a matrix of numbers"));
        }
        Ok(Self::Float(converted(&flat, "float64")?.cast_into::<PyArray1<f64>>()?.readonly()))
    }

    fn borrowed(&self) -> PyResult<Costs<'_>> {
        Ok(match self {
            Self::Int(cost) => Costs::Int(cost.as_slice()?),
            Self::Float(cost) => Costs::Float(cost.as_slice()?),
        })
    }
}

/// The array as this type, without gaps, in this machine's byte order and aligned; itself if it is so already.
fn converted<'py>(array: &Bound<'py, PyAny>, dtype: &str) -> PyResult<Bound<'py, PyAny>> {
    array.py().import("numpy")?.call_method1("require", (array, dtype, ["C", "A"]))
}
