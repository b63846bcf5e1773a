//! One pass over all values, before anything else: are they valid, how large are they, and what is the least of each
//! column.

use super::matrix::{LANES, Matrix, Value, larger, smaller};

/// What one pass over a matrix finds out.
#[derive(Clone, Debug)]
pub(super) struct Scan {
    /// How many values are NaN or infinite in the direction that does not forbid.
    pub(super) n_refused: usize,
    /// How many are not finite.
    pub(super) n_infinite: usize,
    /// The largest magnitude of a finite value.
    pub(super) largest: f64,
    /// No value has a smaller magnitude but 0 and perhaps multiples of the step.
    pub(super) smallest: f64,
    /// Whether all finite values are multiples of `step`, as far as is sure: below 2⁵¹ steps.
    pub(super) on_grid: bool,
    /// The power of two that was asked about.
    pub(super) step: f64,
    /// The least cost of each column, in minimizing sense, or nothing if it was not asked for.
    pub(super) column_least: Vec<f64>,
}

impl Scan {
    /// Nothing was read yet.
    pub(super) fn new(n_columns: usize, step: f64) -> Self {
        let column_least = vec![f64::INFINITY; n_columns];
        Self { n_refused: 0, n_infinite: 0, largest: 0.0, smallest: f64::INFINITY, on_grid: true, step, column_least }
    }

    /// What both have read.
    pub(super) fn with(mut self, other: Self) -> Self {
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

    /// Reads a row. Whole numbers need a step of 1.
    pub(super) fn read<V: Value>(&mut self, matrix: &Matrix<'_, V>, row: usize) {
        let (values, sign) = (matrix.row(row), matrix.sign());
        for (least, &value) in self.column_least.iter_mut().zip(values) {
            *least = smaller(sign * value.float(), *least);
        }
        let is_read =
            (self.on_grid && self.is_on_grid(values)) || self.measure_positive(values) || self.measure(values);
        if !is_read {
            self.read_infinite(values, sign);
        }
    }

    fn read_infinite<V: Value>(&mut self, values: &[V], sign: f64) {
        let values = values.iter().map(|value| value.float());
        let finite: Vec<f64> = values.clone().filter(|value| value.is_finite()).collect();
        self.n_infinite += values.len() - finite.len();
        self.n_refused += values.filter(|&value| value.is_nan() || sign * value == f64::NEG_INFINITY).count();
        self.largest = finite.iter().fold(self.largest, |largest, value| larger(value.abs(), largest));
        if !(self.on_grid && self.is_on_grid(&finite)) {
            self.measure(&finite);
        }
    }

    /// Whether the values are finite and on the grid, in which case nothing else need be known about their bits.
    fn is_on_grid<V: Value>(&mut self, values: &[V]) -> bool {
        // Adding this rounds a float to a multiple of the step; taking it off again changes nothing else.
        let rounder = 1.5 * 2f64.powi(52) * self.step;
        // How many are not on the grid, and the largest.
        let found = lanes(values, [0.0, 0.0], |[off, largest], value| {
            let is_on = V::IS_WHOLE || (value + rounder) - rounder == value;
            [off + if is_on { 0.0 } else { 1.0 }, larger(value.abs(), largest)]
        });
        let largest = found.iter().fold(self.largest, |so_far, &[_, largest]| larger(largest, so_far));
        let is_on_grid = largest < 2f64.powi(51) * self.step && found.iter().all(|&[off, _]| off == 0.0);
        if is_on_grid {
            self.largest = largest;
        }
        is_on_grid
    }

    /// Finds the largest and smallest of values that are not all on the grid. Returns false if one is not positive or not
    /// finite, or they are so large that their sum is not.
    fn measure_positive<V: Value>(&mut self, values: &[V]) -> bool {
        let mut found = Found { sum: [0.0; LANES], largest: [0.0; LANES], smallest: [f64::INFINITY; LANES] };
        let chunks = values.chunks_exact(LANES);
        let rest = chunks.remainder();
        for chunk in chunks {
            chunk.iter().enumerate().for_each(|(lane, value)| found.read(lane, value.float()));
        }
        rest.iter().for_each(|value| found.read(0, value.float()));
        let is_sure = (0..LANES).all(|lane| found.sum[lane].is_finite() && found.smallest[lane] > 0.0);
        if is_sure {
            self.note_sizes(found.largest, found.smallest);
        }
        is_sure
    }

    /// The same for values of any sign.
    fn measure<V: Value>(&mut self, values: &[V]) -> bool {
        let found = lanes(values, [0.0, 0.0, f64::INFINITY], |[nan, largest, smallest], value| {
            let magnitude = value.abs();
            // A number times 0 is 0, but infinities and NaN make NaN.
            let nearest = if value == 0.0 { f64::INFINITY } else { magnitude };
            [nan + value * 0.0, larger(magnitude, largest), smaller(nearest, smallest)]
        });
        let is_finite = found.iter().all(|&[nan, _, _]| nan == 0.0);
        if is_finite {
            self.note_sizes(found.map(|[_, largest, _]| largest), found.map(|[_, _, smallest]| smallest));
        }
        is_finite
    }

    fn note_sizes(&mut self, largest: [f64; LANES], smallest: [f64; LANES]) {
        self.on_grid = false;
        self.largest = largest.into_iter().fold(self.largest, larger);
        self.smallest = smallest.into_iter().fold(self.smallest, smaller);
    }
}

/// What is found out about positive values, each in several lanes.
struct Found {
    sum: [f64; LANES],
    largest: [f64; LANES],
    smallest: [f64; LANES],
}

impl Found {
    fn read(&mut self, lane: usize, value: f64) {
        self.sum[lane] += value;
        self.largest[lane] = larger(value, self.largest[lane]);
        self.smallest[lane] = smaller(value, self.smallest[lane]);
    }
}

/// Folds the values into several results side by side, which lets the compiler use vectors.
fn lanes<V: Value, const N: usize>(
    values: &[V],
    start: [f64; N],
    fold: impl Fn([f64; N], f64) -> [f64; N],
) -> [[f64; N]; LANES] {
    // Of each result all lanes together, as vectors have them.
    let mut folded = start.map(|start| [start; LANES]);
    let chunks = values.chunks_exact(LANES);
    let rest = chunks.remainder();
    let mut step = |chunk: &[V]| {
        for (lane, value) in chunk.iter().enumerate() {
            let next = fold(std::array::from_fn(|k| folded[k][lane]), value.float());
            for k in 0..N {
                folded[k][lane] = next[k];
            }
        }
    };
    chunks.for_each(&mut step);
    step(rest);
    std::array::from_fn(|lane| std::array::from_fn(|k| folded[k][lane]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanned(values: &[f64], step: f64) -> Scan {
        let mut scan = Scan::new(values.len(), step);
        scan.read(&Matrix::new(values, values.len(), 1.0), 0);
        scan
    }

    #[test]
    fn values_on_a_grid_are_told_from_others() {
        assert!(scanned(&[0.25, -3.5, 0.0, 100.0, 0.75], 0.25).on_grid);
        assert!(scanned(&[0.25, f64::INFINITY, 1.0, 7.5, 2.0], 0.25).on_grid);
        for place in 0..5 {
            let mut values = [1.0, 2.0, 3.0, 4.0, 5.0];
            values[place] += 0.125;
            assert!(!scanned(&values, 0.25).on_grid);
        }
    }

    #[test]
    fn a_grid_too_fine_for_the_values_is_none() {
        let large = 2f64.powi(52) + 1.0;
        let scan = scanned(&[large, large + 1.0, 1.0], 1.0);
        assert!(!scan.on_grid);
        assert_eq!(scan.smallest, 1.0);
    }

    #[test]
    fn sizes_and_infinities_are_counted() {
        let scan = scanned(&[0.0, -8.0, 0.125, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 3.0], 1.0);
        assert_eq!((scan.n_refused, scan.n_infinite, scan.largest), (2, 3, 8.0));
        assert!(scan.smallest <= 0.125);
        assert_eq!(scanned(&[f64::INFINITY; 3], 1.0).largest, 0.0);
    }
}
