//! Auction: rows bid for columns until each has one that is nearly the best it could have at the prices.
//!
//! A row without a column takes the one that costs it least with its price, and raises that price to where its
//! second-best would be as good, plus eps (Bertsekas 1988). Whoever had the column bids again. Then every row has a
//! column within eps of its best. Phases run from coarse to fine, each from the prices of the one before.
//!
//! Nothing here must be exact: the prices are a start for the repair.

use super::lists::{Lists, Sieve};
use super::matrix::{Matrix, Value};

/// Bids in one phase for each row, at most; what is then without a column is left to later phases or the repair.
const BIDS_PER_ROW: usize = 60;

/// Prices, lists and who has what.
#[derive(Clone, Debug)]
pub(super) struct Auction<'a, V> {
    /// All pairs; `None` if the lists have them all.
    matrix: Option<Matrix<'a, V>>,
    pub(super) lists: Lists,
    /// The prices of the start.
    pub(super) start: Vec<f64>,
    pub(super) price: Vec<f64>,
    pub(super) column_of: Vec<Option<u32>>,
    pub(super) row_of: Vec<Option<u32>>,
    sieve: Sieve,
    /// No price rises above this.
    most: f64,
}

/// The best that a row can do.
struct Best {
    column: u32,
    value: f64,
    /// What the second-best costs, or less.
    second: f64,
}

impl<'a, V: Value> Auction<'a, V> {
    /// Nobody has anything yet. Lists that are counted were counted at these prices. `most` limits the prices.
    pub(super) fn new(matrix: Option<Matrix<'a, V>>, lists: Lists, price: Vec<f64>, most: f64) -> Self {
        let (column_of, row_of) = (vec![None; lists.len.len()], vec![None; price.len()]);
        Self { matrix, lists, start: price.clone(), price, column_of, row_of, sieve: Sieve::default(), most }
    }

    /// One phase. Rows that have more than eps more than their best give it up first. Returns whether every row has a
    /// column at its end.
    pub(super) fn phase(&mut self, eps: f64) -> bool {
        let mut bidding = self.dissatisfied(eps);
        let mut driven_out = Vec::new();
        let mut bids_left = BIDS_PER_ROW * self.column_of.len();
        while !bidding.is_empty() {
            for row in bidding.drain(..) {
                let Some(best) = self.best(row as usize) else { return false };
                bids_left = bids_left.saturating_sub(1);
                // Without a second choice there is no bound on what the row would pay; the limit on prices is one.
                let second = if best.second < self.most { best.second } else { best.value };
                let price = self.price[best.column as usize] + (second - best.value) + eps;
                if bids_left == 0 || price > self.most {
                    return false;
                }
                self.price[best.column as usize] = price;
                self.column_of[row as usize] = Some(best.column);
                if let Some(loser) = self.row_of[best.column as usize].replace(row) {
                    self.column_of[loser as usize] = None;
                    driven_out.push(loser);
                }
            }
            std::mem::swap(&mut bidding, &mut driven_out);
        }
        true
    }

    /// How much dearer the end of a typical row's list is than its beginning.
    pub(super) fn spread(&mut self) -> f64 {
        let n_rows = self.column_of.len();
        let mut spreads: Vec<f64> = (0..n_rows).filter_map(|row| self.spread_of(row)).collect();
        if spreads.is_empty() {
            return 0.0;
        }
        let middle = spreads.len() / 2;
        let median = *spreads.select_nth_unstable_by(middle, f64::total_cmp).1;
        // Where most rows have ties only, the others tell.
        if median > 0.0 { median } else { spreads.iter().sum::<f64>() / n_rows as f64 }
    }

    fn spread_of(&mut self, row: usize) -> Option<f64> {
        let Best { value, .. } = self.best(row)?;
        let beyond = self.lists.beyond[row];
        if beyond < f64::INFINITY {
            return Some(beyond - value);
        }
        let values = self.lists.row(row).map(|(column, cost)| cost + self.price[column as usize]);
        values.max_by(f64::total_cmp).map(|dearest| dearest - value)
    }

    /// The rows without a column, after those that could do better by more than eps have given theirs up.
    fn dissatisfied(&mut self, eps: f64) -> Vec<u32> {
        let mut rows = Vec::new();
        for row in 0..self.column_of.len() {
            if let Some(column) = self.column_of[row] {
                let value = self.cost_of(row, column) + self.price[column as usize];
                if self.best(row).is_some_and(|best| value <= best.value + eps) {
                    continue;
                }
                self.column_of[row] = None;
                self.row_of[column as usize] = None;
            }
            rows.push(row as u32);
        }
        rows
    }

    fn cost_of(&self, row: usize, column: u32) -> f64 {
        match self.matrix {
            Some(matrix) => matrix.cost(row, column as usize),
            None => self.lists.row(row).find(|pair| pair.0 == column).map_or(f64::INFINITY, |pair| pair.1),
        }
    }

    /// The row's best column, or `None` if it may have none at all.
    fn best(&mut self, row: usize) -> Option<Best> {
        let best = self.best_listed(row);
        let beyond = self.lists.beyond[row];
        let best = match (&self.matrix, best) {
            (Some(matrix), best) if best.as_ref().is_none_or(|best| best.value > beyond) => {
                self.lists.fill(row, matrix, row, &self.price, &mut self.sieve);
                self.best_listed(row)?
            }
            (_, best) => best?,
        };
        let beyond = self.lists.beyond[row];
        Some(Best { second: if beyond < best.second { beyond } else { best.second }, ..best })
    }

    fn best_listed(&self, row: usize) -> Option<Best> {
        let mut best = Best { column: u32::MAX, value: f64::INFINITY, second: f64::INFINITY };
        for (column, cost) in self.lists.row(row) {
            let value = cost + self.price[column as usize];
            if value < best.value {
                best = Best { column, value, second: best.value };
            } else if value < best.second {
                best.second = value;
            }
        }
        (best.value < f64::INFINITY).then_some(best)
    }
}
