//! Costs of all pairs, row by row, read as 64-bit floats, and the one loop that reads them.
//!
//! Floats are only a sieve here: they say which pairs are worth a look. What decides is computed in integers
//! ([`super::exact`]). The caller's numbers are turned into floats as they are read: a copy of a large matrix takes longer
//! than to solve an easy one.

/// How many results are kept side by side in loops over a row.
pub(super) const LANES: usize = 4;
/// Side of the squares in which a matrix is transposed, so that reads and writes stay in the cache.
const TILE: usize = 32;

/// A cost as the caller has it.
pub(super) trait Value: Copy + Default + Send + Sync {
    /// Whether only whole numbers are of this type, all of them finite.
    const IS_WHOLE: bool;
    /// The nearest float.
    fn float(self) -> f64;
}

impl Value for f64 {
    const IS_WHOLE: bool = false;

    fn float(self) -> f64 {
        self
    }
}

impl Value for i64 {
    const IS_WHOLE: bool = true;

    fn float(self) -> f64 {
        self as f64
    }
}

/// All pairs of a full assignment. Infinity forbids a pair.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matrix<'a, V> {
    values: &'a [V],
    n_columns: usize,
    /// -1 where the total is maximized.
    sign: f64,
    /// Rows that follow those with values, each of them these zeros.
    filler: Option<(usize, &'a [V])>,
}

impl<'a, V: Value> Matrix<'a, V> {
    /// `values` has `n_columns` to a row; each counts `sign` times.
    pub(super) fn new(values: &'a [V], n_columns: usize, sign: f64) -> Self {
        Self { values, n_columns, sign, filler: None }
    }

    /// The same with as many more rows as make it square, to which every column costs 0. `zeros` is one of them.
    pub(super) fn filled(self, zeros: &'a [V]) -> Self {
        Self { filler: Some((self.n_columns - self.n_rows(), zeros)), ..self }
    }

    pub(super) fn n_rows(&self) -> usize {
        self.n_rows_with_values() + self.filler.map_or(0, |(n_rows, _)| n_rows)
    }

    fn n_rows_with_values(&self) -> usize {
        self.values.len().checked_div(self.n_columns).unwrap_or(0)
    }

    pub(super) fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// All values as they are, row by row.
    pub(super) fn values(&self) -> &'a [V] {
        self.values
    }

    pub(super) fn sign(&self) -> f64 {
        self.sign
    }

    /// The values of a row as they are, before the sign.
    pub(super) fn row(&self, row: usize) -> &'a [V] {
        match self.filler {
            Some((_, zeros)) if row >= self.n_rows_with_values() => zeros,
            _ => &self.values[row * self.n_columns..(row + 1) * self.n_columns],
        }
    }

    /// A cost in minimizing sense.
    pub(super) fn cost(&self, row: usize, column: usize) -> f64 {
        self.sign * self.row(row)[column].float()
    }

    /// The least cost plus price of a row.
    pub(super) fn least(&self, row: usize, price: &[f64]) -> f64 {
        least_of(self.row(row), price, self.sign)
    }
}

/// The least of `sign × value + price`, infinity for none.
pub(super) fn least_of<V: Value>(values: &[V], price: &[f64], sign: f64) -> f64 {
    // Minima side by side, and comparisons rather than `f64::min`, let the compiler use vectors.
    let mut least = [f64::INFINITY; LANES];
    let (values, prices) = (values.chunks_exact(LANES), price.chunks_exact(LANES));
    for (&value, &price) in values.remainder().iter().zip(prices.remainder()) {
        least[0] = smaller(sign * value.float() + price, least[0]);
    }
    for (value, price) in values.zip(prices) {
        for lane in 0..LANES {
            least[lane] = smaller(sign * value[lane].float() + price[lane], least[lane]);
        }
    }
    least.into_iter().fold(f64::INFINITY, smaller)
}

/// The smaller of two numbers that are not NaN.
pub(super) fn smaller(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// The larger of two numbers that are not NaN.
pub(super) fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The values with rows and columns exchanged.
pub(super) fn transposed<T: Copy + Default>(values: &[T], n_rows: usize, n_columns: usize) -> Vec<T> {
    let mut flipped = vec![T::default(); values.len()];
    for first_row in (0..n_rows).step_by(TILE) {
        for first_column in (0..n_columns).step_by(TILE) {
            for column in first_column..(first_column + TILE).min(n_columns) {
                for row in first_row..(first_row + TILE).min(n_rows) {
                    flipped[column * n_rows + row] = values[row * n_columns + column];
                }
            }
        }
    }
    flipped
}
