//! Short lists: the pairs of each row that are cheapest at the prices of the time.
//!
//! Prices never fall while a list is in use, so what a pair outside the list costs never falls either: the least cost
//! plus price that was left out, here `beyond`, stays a bound, and a row looks at all its pairs again only when its
//! list has nothing as cheap. So short lists never change an answer.

use super::matrix::{Matrix, least_of};
use super::parts::in_parts;

/// How many pairs of a row share one minimum, at most.
const BLOCK: usize = 32;

/// Lists of all rows.
#[derive(Clone, Debug)]
pub(super) struct Lists {
    /// Where each row's entries begin; one more than there are rows.
    pub(super) start: Vec<usize>,
    /// How many each row has.
    pub(super) len: Vec<u32>,
    pub(super) column: Vec<u32>,
    /// Costs in minimizing sense.
    pub(super) cost: Vec<f64>,
    /// No pair outside the list costs less with its price; infinity where all that are allowed are listed.
    pub(super) beyond: Vec<f64>,
}

impl Lists {
    /// The `length` cheapest pairs of each row, or a few less where some are forbidden.
    pub(super) fn shortest(matrix: &Matrix<'_>, price: &[f64], length: usize, n_threads: usize) -> Self {
        let length = length.min(matrix.n_columns());
        let parts = in_parts(matrix.n_rows(), n_threads, |rows| {
            let (first, n_rows) = (rows.start, rows.len());
            let mut lists = Self {
                start: (0..=n_rows).map(|row| row * length).collect(),
                len: vec![0; n_rows],
                column: vec![0; n_rows * length],
                cost: vec![0.0; n_rows * length],
                beyond: vec![f64::INFINITY; n_rows],
            };
            let mut sieve = Sieve::default();
            let entries = lists.column.chunks_exact_mut(length).zip(lists.cost.chunks_exact_mut(length));
            for (row, (column, cost)) in entries.enumerate() {
                (lists.len[row], lists.beyond[row]) = sieve.fill(matrix, first + row, price, column, cost);
            }
            lists
        });
        let empty = Self { start: vec![0], len: vec![], column: vec![], cost: vec![], beyond: vec![] };
        parts.into_iter().reduce(Self::followed_by).unwrap_or(empty)
    }

    fn followed_by(mut self, other: Self) -> Self {
        let entries = self.column.len();
        self.start.extend(other.start.iter().skip(1).map(|start| entries + start));
        self.len.extend(other.len);
        self.column.extend(other.column);
        self.cost.extend(other.cost);
        self.beyond.extend(other.beyond);
        self
    }

    /// All pairs there are, in compressed rows.
    pub(super) fn complete(indptr: &[usize], column: Vec<u32>, cost: Vec<f64>) -> Self {
        let len = indptr.windows(2).map(|pair| (pair[1] - pair[0]) as u32).collect();
        Self { start: indptr.to_vec(), len, column, cost, beyond: vec![f64::INFINITY; indptr.len() - 1] }
    }

    /// Lists the row's cheapest pairs anew.
    pub(super) fn refill(&mut self, matrix: &Matrix<'_>, row: usize, price: &[f64], sieve: &mut Sieve) {
        let room = self.start[row]..self.start[row + 1];
        let (column, cost) = (&mut self.column[room.clone()], &mut self.cost[room]);
        (self.len[row], self.beyond[row]) = sieve.fill(matrix, row, price, column, cost);
    }

    /// The pairs of a row: column and cost.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = (u32, f64)> + '_ {
        let listed = self.start[row]..self.start[row] + self.len[row] as usize;
        self.column[listed.clone()].iter().copied().zip(self.cost[listed].iter().copied())
    }
}

/// Finds the cheapest pairs of one row; the space for it is used again.
#[derive(Clone, Debug, Default)]
pub(super) struct Sieve {
    minima: Vec<f64>,
    sorted: Vec<f64>,
    found: Vec<(f64, u32)>,
}

impl Sieve {
    /// Fills the space of one list; returns its length and the bound on what is outside.
    fn fill(
        &mut self,
        matrix: &Matrix<'_>,
        row: usize,
        price: &[f64],
        column: &mut [u32],
        cost: &mut [f64],
    ) -> (u32, f64) {
        let width = self.read_blocks(matrix, row, price, column.len());
        let mut beyond = self.limit(column.len());
        self.find(matrix, row, price, width, |value| value < beyond);
        if self.found.len() > column.len() {
            beyond = self.found.select_nth_unstable_by(column.len(), |a, b| a.0.total_cmp(&b.0)).1.0;
            self.found.truncate(column.len());
        } else if beyond < f64::INFINITY {
            self.find_equal(matrix, row, price, width, beyond, column.len());
        }
        for (k, &(_, chosen)) in self.found.iter().enumerate() {
            (column[k], cost[k]) = (chosen, matrix.cost(row, chosen as usize));
        }
        (self.found.len() as u32, beyond)
    }

    /// Notes the least value of each block; returns how wide they are.
    fn read_blocks(&mut self, matrix: &Matrix<'_>, row: usize, price: &[f64], length: usize) -> usize {
        // Enough blocks that the cheapest pairs spread over many of them.
        let width = (matrix.n_columns() / (2 * length.max(1)) / 4 * 4).clamp(4, BLOCK);
        let blocks = matrix.row(row).chunks(width).zip(price.chunks(width));
        self.minima.clear();
        self.minima.extend(blocks.map(|(values, price)| least_of(values, price, matrix.sign())));
        width
    }

    /// A value that at least `length` pairs do not exceed: that many blocks have one.
    fn limit(&mut self, length: usize) -> f64 {
        if self.minima.len() <= length {
            return f64::INFINITY;
        }
        self.sorted.clone_from(&self.minima);
        *self.sorted.select_nth_unstable_by(length, f64::total_cmp).1
    }

    /// Collects the columns whose value passes, which must then be at least the least of their block.
    fn find(&mut self, matrix: &Matrix<'_>, row: usize, price: &[f64], width: usize, passes: impl Fn(f64) -> bool) {
        self.found.clear();
        let values = matrix.row(row);
        for (block, &least) in self.minima.iter().enumerate() {
            if passes(least) {
                for column in block * width..((block + 1) * width).min(values.len()) {
                    let value = matrix.sign() * values[column] + price[column];
                    if passes(value) {
                        self.found.push((value, column as u32));
                    }
                }
            }
        }
    }

    /// Adds columns of just this value until the list is full. Each row begins elsewhere, so that rows whose pairs all
    /// cost the same do not list the same columns.
    fn find_equal(&mut self, matrix: &Matrix<'_>, row: usize, price: &[f64], width: usize, value: f64, length: usize) {
        let (values, n_blocks) = (matrix.row(row), self.minima.len());
        let first = row * n_blocks / matrix.n_rows();
        for block in (first..n_blocks).chain(0..first).filter(|&block| self.minima[block] <= value) {
            for column in block * width..((block + 1) * width).min(values.len()) {
                if self.found.len() == length {
                    return;
                }
                if matrix.sign() * values[column] + price[column] == value {
                    self.found.push((value, column as u32));
                }
            }
        }
    }

    /// The columns that cost at most what the `length` cheapest cost, and `slop` more; and the limit that was applied,
    /// infinity if all that are allowed were found.
    pub(super) fn about(
        &mut self,
        matrix: &Matrix<'_>,
        row: usize,
        price: &[f64],
        length: usize,
        slop: f64,
    ) -> (f64, &[(f64, u32)]) {
        let width = self.read_blocks(matrix, row, price, length);
        let limit = self.limit(length);
        let most = limit + slop;
        self.find(matrix, row, price, width, |value| value <= most && value < f64::INFINITY);
        (limit, &self.found)
    }
}
