//! What the values are like: one scan, the unit of the integers.

use crate::lsa::Costs;
use crate::lsa::exact::{KEPT_BITS, decoded, unit_of};
use crate::lsa::lists::{Lists, Sieve};
use crate::lsa::matrix::{Matrix, Value, smaller};
use crate::lsa::parts::in_parts;
use crate::lsa::scan::Scan;
use crate::lsa::start::PLAIN;

use super::Shape;

/// How many values tell on which grid all may lie.
const SAMPLED: usize = 1000;
/// How many rows tell whether costs are tied.
const SAMPLED_ROWS: usize = 16;
/// So many equal pairs of each row are enough that nearly every row finds one that no other takes.
const TIES: usize = 3;
/// Beyond this power of two, or its inverse, floats are scaled before sums of them are taken.
const FAR: i32 = 900;

/// Reads everything once. In the same pass lists the cheapest pairs of each row at the price 0, if asked to; if not, finds
/// the least cost of each column.
pub(super) fn scanned<V: Value>(
    matrix: &Matrix<'_, V>,
    step: f64,
    with_lists: bool,
    n_threads: usize,
) -> (Scan, Option<Lists>) {
    let price = vec![0.0; matrix.n_columns()];
    let parts = in_parts(matrix.n_rows(), n_threads, |rows| {
        let mut scan = Scan::new(if with_lists { 0 } else { matrix.n_columns() }, step);
        let mut lists = Lists::empty(if with_lists { rows.len() } else { 0 }, PLAIN.length.min(matrix.n_columns()));
        let mut sieve = Sieve::default();
        for row in rows.clone() {
            scan.read(matrix, row);
            if with_lists {
                lists.begin(row - rows.start, matrix, row, &price, &mut sieve);
            }
        }
        (scan, lists)
    });
    let both = parts
        .into_iter()
        .reduce(|(scan, lists), (others, other_lists)| (scan.with(others), lists.followed_by(other_lists)));
    let (scan, lists) = both.unwrap_or_else(|| (Scan::new(0, step), Lists::empty(0, 0)));
    (scan, with_lists.then_some(lists))
}

/// Whether rows have several pairs that cost them least, and so as little as they need at the price 0.
pub(super) fn is_tied<V: Value>(matrix: &Matrix<'_, V>) -> bool {
    let rows = (0..matrix.n_rows()).step_by((matrix.n_rows() / SAMPLED_ROWS).max(1));
    let n_tied = rows.clone().filter(|&row| {
        let costs = matrix.row(row).iter().map(|value| matrix.sign() * value.float());
        let least = costs.clone().fold(f64::INFINITY, smaller);
        least < f64::INFINITY && costs.filter(|&cost| cost == least).nth(TIES - 1).is_some()
    });
    2 * n_tied.count() > rows.len()
}

/// A power of two of which all costs may be multiples.
pub(super) fn step_of(cost: Costs<'_>) -> f64 {
    let Costs::Float(cost) = cost else { return 1.0 };
    let lowest_bit = |&c: &f64| {
        let (mantissa, exponent) = decoded(c);
        (c.is_finite() && mantissa != 0).then(|| exponent + mantissa.trailing_zeros() as i32)
    };
    let sampled = cost.iter().step_by((cost.len() / SAMPLED).max(1)).filter_map(lowest_bit);
    libm::ldexp(1.0, sampled.min().unwrap_or(0))
}

/// The exponent of the power of two in which the costs are counted.
pub(super) fn unit(cost: Costs<'_>, scan: &Scan) -> i32 {
    let Costs::Float(cost) = cost else { return 0 };
    if scan.largest == 0.0 {
        return 0;
    }
    let step = libm::ilogb(scan.step);
    if scan.on_grid {
        return step;
    }
    let (lowest, highest) = (decoded(scan.smallest).1.min(step), libm::ilogb(scan.largest) + 1);
    if highest - lowest <= KEPT_BITS { lowest } else { unit_of(cost) }
}

/// By what power of two values must be scaled so that sums and small parts of them are floats.
pub(super) fn far(largest: f64) -> i32 {
    let exponent = if largest == 0.0 { 0 } else { libm::ilogb(largest) };
    if exponent.abs() > FAR { -exponent } else { 0 }
}

pub(super) fn bytes_needed(shape: Shape) -> u64 {
    const BYTES_PER_PAIR: u64 = 8;
    // Lists as floats and as integers, in both forms; prices and paths.
    const BYTES_PER_ROW: u64 = 32 * (16 + 32) + 200;
    const BYTES_PER_COLUMN: u64 = 200;
    let n_copies = u64::from(shape.flipped);
    // Where pairs are forbidden, those that are allowed are noted once more.
    const BYTES_PER_ALLOWED_PAIR: u64 = 4;
    let (rows, columns) = (shape.n_rows as u64, shape.n_columns as u64);
    (rows.saturating_mul(columns).saturating_mul(BYTES_PER_PAIR * n_copies + BYTES_PER_ALLOWED_PAIR))
        .saturating_add(rows.saturating_mul(BYTES_PER_ROW))
        .saturating_add(columns.saturating_mul(BYTES_PER_COLUMN))
}
