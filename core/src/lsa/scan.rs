//! One pass over all values, before anything else: are they valid, how large are they, and what is the least of each
//! column.

use super::matrix::{Matrix, larger, smaller};
use super::parts::in_parts;

/// What one pass over a matrix finds out.
#[derive(Clone, Debug)]
pub(super) struct Scan {
    /// How many values are NaN or infinite in the direction that does not forbid.
    pub(super) n_refused: usize,
    /// How many are not finite.
    pub(super) n_infinite: usize,
    /// The largest magnitude of a finite value.
    pub(super) largest: f64,
    /// The smallest magnitude of a value but 0; infinity if there is none.
    pub(super) smallest: f64,
    /// Whether all finite values are multiples of the step that was asked about.
    pub(super) on_grid: bool,
    /// The least cost of each column, in minimizing sense.
    pub(super) column_least: Vec<f64>,
}

/// Reads everything once. `step` is a power of two: the test whether all are multiples of it is sound for values below
/// 2⁵¹ steps, and says no for larger ones.
pub(super) fn scan(matrix: &Matrix<'_>, step: f64, n_threads: usize) -> Scan {
    let parts = in_parts(matrix.n_rows(), n_threads, |rows| {
        let mut scan = Scan::of_nothing(matrix.n_columns());
        for row in rows {
            scan.read(matrix.row(row), matrix.sign(), step);
        }
        scan
    });
    parts.into_iter().reduce(Scan::with).unwrap_or_else(|| Scan::of_nothing(matrix.n_columns()))
}

impl Scan {
    fn of_nothing(n_columns: usize) -> Self {
        let column_least = vec![f64::INFINITY; n_columns];
        Self { n_refused: 0, n_infinite: 0, largest: 0.0, smallest: f64::INFINITY, on_grid: true, column_least }
    }

    fn with(mut self, other: Self) -> Self {
        for (least, other) in self.column_least.iter_mut().zip(&other.column_least) {
            *least = smaller(*least, *other);
        }
        self.n_refused += other.n_refused;
        self.n_infinite += other.n_infinite;
        self.largest = larger(self.largest, other.largest);
        self.smallest = smaller(self.smallest, other.smallest);
        self.on_grid &= other.on_grid;
        self
    }

    fn read(&mut self, values: &[f64], sign: f64, step: f64) {
        // Adding this rounds a float to a multiple of the step; taking it off again changes nothing else.
        let rounder = 1.5 * 2f64.powi(52) * step;
        let (mut refused, mut infinite, mut off_grid) = ([0.0; 2], [0.0; 2], [0.0; 2]);
        let (mut largest, mut smallest) = ([self.largest; 2], [self.smallest; 2]);
        // Counters are floats and everything is a selection, so that the compiler can use vectors throughout.
        let mut read = |lane: usize, value: f64, least: &mut f64| {
            let (cost, magnitude) = (sign * value, value.abs());
            let is_finite = magnitude < f64::INFINITY;
            refused[lane] += if cost > f64::NEG_INFINITY { 0.0 } else { 1.0 };
            infinite[lane] += if is_finite { 0.0 } else { 1.0 };
            off_grid[lane] += if (value + rounder) - rounder == value { 0.0 } else { 1.0 };
            largest[lane] = larger(if is_finite { magnitude } else { 0.0 }, largest[lane]);
            smallest[lane] = smaller(if magnitude > 0.0 { magnitude } else { f64::INFINITY }, smallest[lane]);
            *least = smaller(cost, *least);
        };
        let (mut leasts, values) = (self.column_least.chunks_exact_mut(2), values.chunks_exact(2));
        let last = values.remainder();
        for (least, value) in leasts.by_ref().zip(values) {
            for lane in 0..2 {
                read(lane, value[lane], &mut least[lane]);
            }
        }
        for (least, &value) in leasts.into_remainder().iter_mut().zip(last) {
            read(0, value, least);
        }
        self.n_refused += (refused[0] + refused[1]) as usize;
        self.n_infinite += (infinite[0] + infinite[1]) as usize;
        self.on_grid &= off_grid[0] + off_grid[1] == 0.0;
        self.largest = larger(largest[0], largest[1]);
        self.smallest = smaller(smallest[0], smallest[1]);
    }
}
