//! Proves an assignment cheapest, in integers, without trust in the search that found it.
//!
//! Let every pair cost with the price of its column at least the u of its row, and let no column be cheaper than those
//! without a partner, which all cost the same, λ. With v = λ − price, any full assignment then costs at least the sum of
//! u − λ over the rows and v over its columns, which is at least the same sum with v over all columns, since v ≤ 0. And
//! one whose pairs cost exactly u costs exactly that.
//!
//! Dense costs are first looked at as floats, with a bound on all rounding: only what is nearer than that to its row's
//! u is computed in integers. And a row need not be read again if, when its list was made, a count of its own confirmed
//! that all other pairs cost at least so much, and prices have not fallen since.

use crate::error::Error;

use super::exact::{Exact, KEPT_BITS};
use super::lists::Lists;
use super::matrix::{Matrix, Value};
use super::repair::{Arithmetic, Solution};

/// How many pairs are looked at together.
const BLOCK: usize = 128;

const NEGATIVE: &str = "a pair has a negative reduced cost";

/// Fails unless the pairs are full, allowed and proved cheapest. `rows` gives all allowed pairs of a row: column and
/// cost.
pub(super) fn optimal<T: Arithmetic, I: Iterator<Item = (usize, T)>>(
    n_rows: usize,
    solution: &Solution<T>,
    rows: impl Fn(usize) -> I,
) -> Result<(), Error> {
    left_over_columns(n_rows, solution)?;
    for row in 0..n_rows {
        let mut is_paired_at_u = false;
        for (column, cost) in rows(row) {
            let value = cost + solution.price[column];
            if value < solution.u[row] {
                return failed(NEGATIVE);
            }
            is_paired_at_u |= column == solution.column[row] as usize && value == solution.u[row];
        }
        if !is_paired_at_u {
            return failed("a chosen pair is forbidden or has a positive reduced cost");
        }
    }
    Ok(())
}

/// Whether a list of columns and costs is right, names no column twice, and has all columns that cost less than the limit
/// at these prices.
pub(super) fn has_all_below<V: Value>(
    matrix: &Matrix<'_, V>,
    row: usize,
    price: &[f64],
    (columns, costs): (&[u32], &[f64]),
    limit: f64,
) -> bool {
    let (values, sign) = (matrix.row(row), matrix.sign());
    let is_below = |(value, price): (&V, &f64)| u64::from(sign * value.float() + price < limit);
    let n_below = values.iter().zip(price).map(is_below).fold(0, u64::wrapping_add);
    let listed = || columns.iter().zip(costs);
    let n_listed = listed().filter(|&(&column, cost)| cost + price[column as usize] < limit).count();
    let is_new = |(k, column): (usize, &u32)| !columns[..k].contains(column);
    n_below == n_listed as u64
        && listed().all(|(&column, &cost)| sign * values[column as usize].float() == cost)
        && columns.iter().enumerate().all(is_new)
}

/// The pairs of a whole matrix.
pub(super) struct Whole<'a, V> {
    /// `sign × value` is the cost of a pair in minimizing sense as a float, in the order of rows and columns.
    pub(super) values: &'a [V],
    pub(super) sign: f64,
    /// Exactly a power of two: the unit of the integers in terms of the floats.
    pub(super) unit: f64,
    /// Whether all values are multiples of the unit, so that floats add them without loss as far as 53 bits reach.
    pub(super) on_grid: bool,
    /// The largest magnitude of a value.
    pub(super) largest: f64,
    /// Lists of which some are counted, and the prices at that time.
    pub(super) lists: &'a Lists,
    pub(super) start: &'a [f64],
}

/// Fails unless the pairs are full, allowed and proved cheapest over a whole matrix. `edge` says where the caller's costs
/// have a pair.
pub(super) fn optimal_over_all<T: Arithmetic, V: Value>(
    whole: &Whole<'_, V>,
    exact: &Exact<'_>,
    edge: impl Fn(usize, usize) -> usize + Sync,
    solution: &Solution<T>,
    n_threads: usize,
) -> Result<(), Error> {
    let (n_rows, n_columns) = (solution.u.len(), solution.price.len());
    let value = |row: usize, column: usize| whole.sign * whole.values[row * n_columns + column].float();
    left_over_columns(n_rows, solution)?;
    let as_float = |number: T| number.wide() as f64 * whole.unit;
    let price: Vec<f64> = solution.price.iter().map(|&price| as_float(price)).collect();
    let size = |size: f64, price: &[f64]| price.iter().fold(size, |size, price| size.max(price.abs()));
    // Each of u, price, cost and their sum is rounded once, by at most 2⁻⁵³ of the size.
    let size_of_sums = size(whole.largest, &price);
    let is_exact = whole.on_grid && size_of_sums < 2f64.powi(51) * whole.unit;
    let error = if is_exact { 0.0 } else { size_of_sums * 2f64.powi(-49) };
    // Prices at the start need not be multiples of the unit.
    let fallen = whole.start.iter().zip(&price).fold(0.0, |most: f64, (start, price)| most.max(start - price));
    let size_since = size(size_of_sums, whole.start);
    let is_multiple = |start: &f64| (start / whole.unit).fract() == 0.0;
    let is_exact_since = is_exact && size_since < 2f64.powi(51) * whole.unit && whole.start.iter().all(is_multiple);
    let error_since = if is_exact_since { 0.0 } else { size_since * 2f64.powi(-49) };
    let reduced = |row: usize, column: usize| {
        let cost = exact.cost(edge(row, column)).map(T::narrowed)?;
        Some(cost + solution.price[column] - solution.u[row])
    };
    // Integers stand for the floats without loss, or with one that only a unit far below the largest may bring.
    let is_faithful = |row: usize, column: usize| {
        let integer = exact.cost(edge(row, column)).map(|cost| cost as f64 * whole.unit);
        integer == Some(value(row, column)) || whole.unit <= whole.largest * 2f64.powi(2 - KEPT_BITS)
    };
    let is_proved = |row: usize| {
        let chosen = solution.column[row] as usize;
        if !is_faithful(row, chosen) {
            return failed("an integer does not stand for its cost");
        }
        if reduced(row, chosen) != Some(T::default()) {
            return failed("a chosen pair is forbidden or has a positive reduced cost");
        }
        let limit = as_float(solution.u[row]) + error;
        let is_negative = |column: usize| {
            let is_near = value(row, column) + price[column] < limit;
            is_near && reduced(row, column).is_some_and(|reduced| reduced < T::default())
        };
        if whole.lists.is_counted[row] && whole.lists.beyond[row] - fallen - error_since >= limit {
            let is_negative =
                |(column, cost): (u32, f64)| cost + price[column as usize] < limit && is_negative(column as usize);
            return if whole.lists.row(row).any(is_negative) { failed(NEGATIVE) } else { Ok(()) };
        }
        let values = &whole.values[row * n_columns..(row + 1) * n_columns];
        for (block, (values, price)) in values.chunks(BLOCK).zip(price.chunks(BLOCK)).enumerate() {
            if least(values, price, whole.sign) >= limit {
                continue;
            }
            if (block * BLOCK..block * BLOCK + values.len()).any(is_negative) {
                return failed(NEGATIVE);
            }
        }
        Ok(())
    };
    let parts = super::parts::in_parts(n_rows, n_threads, |mut rows| rows.try_for_each(is_proved));
    parts.into_iter().collect()
}

/// The least of `sign × value + price`, with minima side by side so that the compiler can use vectors.
fn least<V: Value>(values: &[V], price: &[f64], sign: f64) -> f64 {
    let mut least = [f64::INFINITY; 8];
    let (values, prices) = (values.chunks_exact(8), price.chunks_exact(8));
    let rest = values.remainder().iter().zip(prices.remainder());
    let rest = rest.map(|(value, price)| sign * value.float() + price).fold(f64::INFINITY, f64::min);
    for (values, price) in values.zip(prices) {
        for lane in 0..8 {
            let sum = sign * values[lane].float() + price[lane];
            least[lane] = if sum < least[lane] { sum } else { least[lane] };
        }
    }
    least.into_iter().fold(rest, f64::min)
}

/// Each row has a column of its own, and those left over are the cheapest.
fn left_over_columns<T: Arithmetic>(n_rows: usize, solution: &Solution<T>) -> Result<(), Error> {
    if solution.column.len() != n_rows {
        return failed("a row has no partner");
    }
    let mut has_partner = vec![false; solution.price.len()];
    for &column in &solution.column {
        if std::mem::replace(&mut has_partner[column as usize], true) {
            return failed("a column has two partners");
        }
    }
    let least = solution.price.iter().min();
    let left_over = solution.price.iter().zip(&has_partner).filter(|&(_, &has)| !has);
    if left_over.into_iter().any(|(price, _)| Some(price) > least) {
        return failed("a column that is left over is not the cheapest");
    }
    Ok(())
}

fn failed(check: &str) -> Result<(), Error> {
    Err(Error::InternalCheck { check: format!("full assignment: {check}") })
}
