//! What happens before paths are searched: pairs that are exactly best are kept, free columns taken, rows without one
//! find one by swaps among pairs that are all best, and a few exact bids are made.
//!
//! Where costs have few levels, each row has many best pairs. Then the swaps settle nearly all rows in a few rounds,
//! which would take a search each.

use std::collections::VecDeque;

use crate::control::Control;
use crate::error::Error;
use crate::lsa::feasible::most_columns;
use crate::lsa::sparse::Pairs;

use super::{Arithmetic, Relist, Repair};

/// Bids for each row that has no column, at most.
const BIDS_PER_ROW: usize = 4;

impl<T: Arithmetic, R: Relist<T>> Repair<T, R> {
    pub(super) fn begin(&mut self, control: &Control) -> Result<(), Error> {
        let n_rows = self.rows.len();
        (0..n_rows).for_each(|row| self.keep_if_best(row));
        for row in 0..n_rows {
            if self.column_of[row].is_none() {
                self.take_best_if_free(row);
            }
        }
        if self.n_free() > 0 {
            self.swap_best(control)?;
            self.bid();
        }
        Ok(())
    }

    fn keep_if_best(&mut self, row: usize) {
        let beyond = self.rows[row].beyond;
        if beyond.is_some_and(|beyond| self.least(row).is_none_or(|least| least > beyond)) {
            self.look_at_all(row, self.rows[row].pairs.len());
        }
        let Some(least) = self.least(row) else {
            self.column_of[row] = None;
            return;
        };
        self.u[row] = least;
        self.column_of[row] = self.column_of[row].filter(|&column| self.best(row).any(|best| best == column));
        if let Some(column) = self.column_of[row] {
            self.row_of[column as usize] = Some(row as u32);
        }
    }

    fn take_best_if_free(&mut self, row: usize) {
        let free = self.best(row).find(|&column| self.row_of[column as usize].is_none());
        if let Some(column) = free {
            (self.column_of[row], self.row_of[column as usize]) = (Some(column), Some(row as u32));
        }
    }

    fn swap_best(&mut self, control: &Control) -> Result<(), Error> {
        let mut best = Pairs::new(self.price.len());
        (0..self.rows.len()).for_each(|row| best.push_row(self.best(row)));
        self.column_of = most_columns(&best, std::mem::take(&mut self.column_of), control)?;
        for (&column, row) in self.column_of.iter().zip(0..) {
            if let Some(column) = column {
                self.row_of[column as usize] = Some(row);
            }
        }
        Ok(())
    }

    /// Lets rows without a column bid for the best, exactly as much as makes it no better than the second-best.
    ///
    /// A row that has two equally good columns cannot raise either, and takes one only if it is free. So this may leave
    /// rows, and gives up after a few bids for each (Jonker and Volgenant 1987, "augmenting row reduction").
    fn bid(&mut self) {
        let mut bidding: VecDeque<u32> =
            (0..self.u.len()).filter(|&row| self.column_of[row].is_none()).map(|row| row as u32).collect();
        for _ in 0..BIDS_PER_ROW * bidding.len() {
            let Some(row) = bidding.pop_front() else { return };
            let Some((column, best, second)) = self.best_two(row as usize) else { return };
            self.u[row as usize] = second.unwrap_or(best);
            let is_tie = second == Some(best);
            let column = if is_tie {
                self.best(row as usize).find(|&c| self.row_of[c as usize].is_none())
            } else {
                Some(column)
            };
            let Some(column) = column else { continue };
            self.price[column as usize] += self.u[row as usize] - best;
            self.column_of[row as usize] = Some(column);
            if let Some(loser) = self.row_of[column as usize].replace(row) {
                self.column_of[loser as usize] = None;
                bidding.push_back(loser);
            }
        }
    }

    /// The best column of a row, what it costs with its price, and what the second-best costs, or less.
    fn best_two(&mut self, row: usize) -> Option<(u32, T, Option<T>)> {
        let beyond = self.rows[row].beyond;
        if beyond.is_some_and(|beyond| self.least(row).is_none_or(|least| least > beyond)) {
            self.look_at_all(row, self.rows[row].pairs.len());
        }
        let (mut best, mut second) = (None, self.rows[row].beyond);
        for &(column, cost) in &self.rows[row].pairs {
            let value = cost + self.price[column as usize];
            match best {
                Some((_, least)) if least <= value => second = second.or(Some(value)).min(Some(value)),
                before => {
                    second = before.map_or(second, |(_, least)| second.or(Some(least)).min(Some(least)));
                    best = Some((column, value));
                }
            }
        }
        best.map(|(column, least)| (column, least, second))
    }

    /// The listed columns of reduced cost 0.
    fn best(&self, row: usize) -> impl Iterator<Item = u32> + '_ {
        let u = self.u[row];
        let is_best = move |&&(column, cost): &&(u32, T)| cost + self.price[column as usize] == u;
        self.rows[row].pairs.iter().filter(is_best).map(|pair| pair.0)
    }

    fn least(&self, row: usize) -> Option<T> {
        self.rows[row].pairs.iter().map(|&(column, cost)| cost + self.price[column as usize]).min()
    }

    pub(super) fn look_at_all(&mut self, row: usize, length: usize) {
        self.rows[row] = self.relist.relist(row, &self.price, length, &self.row_of);
    }
}
