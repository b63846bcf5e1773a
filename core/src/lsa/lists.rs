//! Short lists: the pairs of each row that are cheapest at the prices of the time.
//!
//! Prices never fall while a list is in use, so what a pair outside the list costs never falls either: the least cost
//! plus price that was left out, here `beyond`, stays a bound, and a row looks at all its pairs again only when its
//! list has nothing as cheap. So short lists never change an answer.

use std::ops::Range;

use super::check;
use super::matrix::{Matrix, Value, least_of};
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
    /// Whether a count has confirmed the bound: what the list lacks costs no less at the prices of the start.
    pub(super) is_counted: Vec<bool>,
}

impl Lists {
    /// The `length` cheapest pairs of each row, or a few less where some are forbidden.
    pub(super) fn shortest<V: Value>(matrix: &Matrix<'_, V>, price: &[f64], length: usize, n_threads: usize) -> Self {
        let length = length.min(matrix.n_columns());
        let parts = in_parts(matrix.n_rows(), n_threads, |rows| {
            let mut lists = Self::empty(rows.len(), length);
            let mut sieve = Sieve::default();
            rows.clone().for_each(|row| lists.begin(row - rows.start, matrix, row, price, &mut sieve));
            lists
        });
        parts.into_iter().reduce(Self::followed_by).unwrap_or_else(|| Self::empty(0, 0))
    }

    /// Room for so many rows.
    pub(super) fn empty(n_rows: usize, length: usize) -> Self {
        Self {
            start: (0..=n_rows).map(|row| row * length).collect(),
            len: vec![0; n_rows],
            column: vec![0; n_rows * length],
            cost: vec![0.0; n_rows * length],
            beyond: vec![f64::INFINITY; n_rows],
            is_counted: vec![false; n_rows],
        }
    }

    /// These rows, then those.
    pub(super) fn followed_by(mut self, other: Self) -> Self {
        let entries = self.column.len();
        self.start.extend(other.start.iter().skip(1).map(|start| entries + start));
        self.len.extend(other.len);
        self.column.extend(other.column);
        self.cost.extend(other.cost);
        self.beyond.extend(other.beyond);
        self.is_counted.extend(other.is_counted);
        self
    }

    /// All pairs there are, in compressed rows.
    pub(super) fn complete(indptr: &[usize], column: Vec<u32>, cost: Vec<f64>) -> Self {
        let len = indptr.windows(2).map(|pair| (pair[1] - pair[0]) as u32).collect();
        let n_rows = indptr.len() - 1;
        let (beyond, is_counted) = (vec![f64::INFINITY; n_rows], vec![false; n_rows]);
        Self { start: indptr.to_vec(), len, column, cost, beyond, is_counted }
    }

    /// Lists the cheapest pairs of a row of the matrix at the prices of the start, and counts them while the row is at hand.
    pub(super) fn begin<V: Value>(
        &mut self,
        list: usize,
        matrix: &Matrix<'_, V>,
        row: usize,
        price: &[f64],
        sieve: &mut Sieve,
    ) {
        self.fill(list, matrix, row, price, sieve);
        let listed = self.start[list]..self.start[list] + self.len[list] as usize;
        let listed = (&self.column[listed.clone()], &self.cost[listed]);
        self.is_counted[list] = check::has_all_below(matrix, row, price, listed, self.beyond[list]);
    }

    /// Lists the cheapest pairs of a row of the matrix.
    pub(super) fn fill<V: Value>(
        &mut self,
        list: usize,
        matrix: &Matrix<'_, V>,
        row: usize,
        price: &[f64],
        sieve: &mut Sieve,
    ) {
        let room = self.start[list]..self.start[list + 1];
        let (column, cost) = (&mut self.column[room.clone()], &mut self.cost[room]);
        (self.len[list], self.beyond[list]) = sieve.fill(matrix, row, price, column, cost);
        self.is_counted[list] = false;
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
    blocks: Vec<(f64, u32)>,
    found: Vec<(f64, u32)>,
}

impl Sieve {
    /// Fills the space of one list; returns its length and the bound on what is outside.
    fn fill<V: Value>(
        &mut self,
        matrix: &Matrix<'_, V>,
        row: usize,
        price: &[f64],
        column: &mut [u32],
        cost: &mut [f64],
    ) -> (u32, f64) {
        let width = self.read_blocks(matrix, row, price, column.len());
        let mut beyond = self.limit(column.len());
        self.find_below(matrix, row, price, width, beyond, column.len());
        if self.found.len() > column.len() {
            beyond = self.keep_cheapest(column.len());
        } else if beyond < f64::INFINITY && self.found.len() < column.len() {
            self.find_equal(matrix, row, price, width, beyond, column.len());
        }
        for (k, &(_, chosen)) in self.found.iter().enumerate() {
            (column[k], cost[k]) = (chosen, matrix.cost(row, chosen as usize));
        }
        (self.found.len() as u32, beyond)
    }

    /// Notes the least value of each block; returns how wide they are.
    fn read_blocks<V: Value>(&mut self, matrix: &Matrix<'_, V>, row: usize, price: &[f64], length: usize) -> usize {
        // Enough blocks that the cheapest pairs spread over many of them.
        let width = (matrix.n_columns() / (2 * length.max(1))).next_multiple_of(8).clamp(8, BLOCK);
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

    /// Collects columns that cost less than the limit: all of them, or at least the `length` cheapest and one more.
    ///
    /// Goes through the blocks from the cheapest on, since where neighbours cost about the same, few blocks have it all.
    fn find_below<V: Value>(
        &mut self,
        matrix: &Matrix<'_, V>,
        row: usize,
        price: &[f64],
        width: usize,
        limit: f64,
        length: usize,
    ) {
        self.found.clear();
        self.blocks.clear();
        let minima = self.minima.iter().zip(0..).filter(|&(&least, _)| least < limit);
        self.blocks.extend(minima.map(|(&least, block)| (least, block)));
        self.blocks.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let (values, mut limit) = (matrix.row(row), limit);
        for k in 0..self.blocks.len() {
            let (least, block) = self.blocks[k];
            if least >= limit {
                return;
            }
            for column in columns_of(block as usize, width, values.len()) {
                let value = matrix.sign() * values[column].float() + price[column];
                if value < limit {
                    self.found.push((value, column as u32));
                }
            }
            if self.found.len() > 2 * length {
                limit = self.keep_cheapest(length + 1);
            }
        }
    }

    /// Keeps so many of the columns that were found, if there are more; returns what the cheapest of the others costs, or
    /// infinity.
    fn keep_cheapest(&mut self, length: usize) -> f64 {
        if self.found.len() <= length {
            return f64::INFINITY;
        }
        let (_, first, _) = self.found.select_nth_unstable_by(length, |a, b| a.0.total_cmp(&b.0));
        let beyond = first.0;
        self.found.truncate(length);
        beyond
    }

    /// Adds columns of just this value until the list is full. Each row begins elsewhere, so that rows whose pairs all
    /// cost the same do not list the same columns.
    fn find_equal<V: Value>(
        &mut self,
        matrix: &Matrix<'_, V>,
        row: usize,
        price: &[f64],
        width: usize,
        value: f64,
        length: usize,
    ) {
        let (values, n_blocks) = (matrix.row(row), self.minima.len());
        let first = row * n_blocks / matrix.n_rows();
        for block in (first..n_blocks).chain(0..first).filter(|&block| self.minima[block] <= value) {
            for column in columns_of(block, width, values.len()) {
                if self.found.len() == length {
                    return;
                }
                if matrix.sign() * values[column].float() + price[column] == value {
                    self.found.push((value, column as u32));
                }
            }
        }
    }

    /// The columns that cost at most what the `length` cheapest cost, and `slop` more; and the limit that was applied,
    /// infinity if all that are allowed were found.
    pub(super) fn about<V: Value>(
        &mut self,
        matrix: &Matrix<'_, V>,
        row: usize,
        price: &[f64],
        length: usize,
        slop: f64,
    ) -> (f64, &[(f64, u32)]) {
        let width = self.read_blocks(matrix, row, price, length);
        let limit = self.limit(length);
        let (values, most) = (matrix.row(row), limit + slop);
        self.found.clear();
        for (block, _) in self.minima.iter().enumerate().filter(|&(_, &least)| least <= most) {
            for column in columns_of(block, width, values.len()) {
                let value = matrix.sign() * values[column].float() + price[column];
                if value <= most && value < f64::INFINITY {
                    self.found.push((value, column as u32));
                }
            }
        }
        (limit, &self.found)
    }
}

fn columns_of(block: usize, width: usize, n_columns: usize) -> Range<usize> {
    block * width..((block + 1) * width).min(n_columns)
}
