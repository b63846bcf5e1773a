//! Shortest augmenting paths: rows find their partners one after the other.
//!
//! Symbols: c cost, u dual of a row, v dual of a column, c − u − v reduced cost.
//!
//! The idea: keep duals under which no pair has a negative reduced cost and every pair chosen so far has none. A row
//! without a partner looks for the shortest path, in reduced costs, to a column without a partner; along it, pairs
//! swap. Raising the duals of all that was reached before the path's end keeps the first condition and makes the path
//! fit the second (Jonker and Volgenant 1987, section 2).
//!
//! Invariants between rows: v ≤ 0, and v = 0 for a column without a partner; so at the end no other choice of columns
//! can be cheaper. Departs from the source: rows are sparse, the frontier is a heap, and the only start is that each
//! row takes its cheapest column where that is still free.
//!
//! Size of the duals: the start of a path has no partner and its end has v = 0, so the distance D to the end is a sum of
//! at most 2k + 1 costs of alternating sign, and so is the distance from the start to column j before v is taken off.
//! The new v is the difference of two such sums: at most (4k + 2) times the largest cost, however many rows came before.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::{Add, AddAssign, Sub, SubAssign};

use crate::control::{Control, Stage};
use crate::error::Error;

/// Integers to compute in.
pub(super) trait Arithmetic:
    Copy + Default + Ord + Add<Output = Self> + Sub<Output = Self> + AddAssign + SubAssign
{
}
impl Arithmetic for i64 {}
impl Arithmetic for i128 {}

/// Pairs that may be chosen, in compressed rows.
pub(super) struct Rows<T> {
    indptr: Vec<usize>,
    column: Vec<u32>,
    cost: Vec<T>,
    n_columns: usize,
}

impl<T: Arithmetic> Rows<T> {
    /// No rows yet.
    pub(super) fn new(n_columns: usize) -> Self {
        Self { indptr: vec![0], column: Vec::new(), cost: Vec::new(), n_columns }
    }

    /// Appends a row.
    pub(super) fn push(&mut self, edges: impl Iterator<Item = (u32, T)>) {
        for (column, cost) in edges {
            self.column.push(column);
            self.cost.push(cost);
        }
        self.indptr.push(self.column.len());
    }

    /// The same pairs with rows and columns exchanged.
    pub(super) fn transposed(&self) -> Self {
        let mut indptr = vec![0; self.n_columns + 1];
        for &column in &self.column {
            indptr[column as usize + 1] += 1;
        }
        for column in 0..self.n_columns {
            indptr[column + 1] += indptr[column];
        }
        let mut next = indptr.clone();
        let mut column = vec![0; self.column.len()];
        let mut cost = vec![T::default(); self.cost.len()];
        for row in 0..self.n_rows() {
            for (old_column, old_cost) in self.edges(row) {
                let edge = &mut next[old_column];
                (column[*edge], cost[*edge]) = (row as u32, old_cost);
                *edge += 1;
            }
        }
        Self { indptr, column, cost, n_columns: self.n_rows() }
    }

    /// How many rows.
    pub(super) fn n_rows(&self) -> usize {
        self.indptr.len() - 1
    }

    /// How many columns.
    pub(super) fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// The pairs of a row: column and cost.
    pub(super) fn edges(&self, row: usize) -> impl Iterator<Item = (usize, T)> + '_ {
        let edges = self.indptr[row]..self.indptr[row + 1];
        self.column[edges.clone()].iter().map(|&column| column as usize).zip(self.cost[edges].iter().copied())
    }
}

/// A partner for each row, with the duals that prove it cheapest.
pub(super) struct Solution<T> {
    pub(super) column: Vec<u32>,
    pub(super) u: Vec<T>,
    pub(super) v: Vec<T>,
}

/// The cheapest way to give every row a column of its own, or `None` where there is none.
pub(super) fn cheapest<T: Arithmetic>(rows: &Rows<T>, control: &Control) -> Result<Option<Solution<T>>, Error> {
    control.enter(Stage::Repair, rows.n_rows() as u64)?;
    let mut search = Search::new(rows);
    for row in 0..rows.n_rows() {
        search.take_cheapest_if_free(row);
    }
    for row in 0..rows.n_rows() {
        if search.column_of[row].is_none() && !search.augment(row) {
            return Ok(None);
        }
        control.advance(1)?;
    }
    let column = search.column_of.iter().flatten().copied().collect();
    Ok(Some(Solution { column, u: search.u, v: search.v }))
}

struct Search<'a, T> {
    rows: &'a Rows<T>,
    u: Vec<T>,
    v: Vec<T>,
    column_of: Vec<Option<u32>>,
    row_of: Vec<Option<u32>>,
    /// Of the current row: the distance of each column reached, and the row before it on the path.
    reached: Vec<Option<(T, u32)>>,
    touched: Vec<u32>,
    frontier: BinaryHeap<Reverse<(T, u32)>>,
    /// The columns whose distance is final, in order.
    settled: Vec<u32>,
}

impl<'a, T: Arithmetic> Search<'a, T> {
    fn new(rows: &'a Rows<T>) -> Self {
        Self {
            rows,
            u: vec![T::default(); rows.n_rows()],
            v: vec![T::default(); rows.n_columns()],
            column_of: vec![None; rows.n_rows()],
            row_of: vec![None; rows.n_columns()],
            reached: vec![None; rows.n_columns()],
            touched: Vec::new(),
            frontier: BinaryHeap::new(),
            settled: Vec::new(),
        }
    }

    fn take_cheapest_if_free(&mut self, row: usize) {
        let Some((cost, column)) = self.rows.edges(row).map(|(column, cost)| (cost, column)).min() else { return };
        self.u[row] = cost;
        if self.row_of[column].is_none() {
            (self.row_of[column], self.column_of[row]) = (Some(row as u32), Some(column as u32));
        }
    }

    /// Finds the row a column, whatever swaps that takes; `false` if there is none to be had.
    fn augment(&mut self, row: usize) -> bool {
        for column in self.touched.drain(..) {
            self.reached[column as usize] = None;
        }
        self.frontier.clear();
        self.settled.clear();
        let Some((end, distance)) = self.nearest_free_column(row) else { return false };
        self.raise_duals(row, distance);
        self.swap_along_path(row, end);
        true
    }

    fn nearest_free_column(&mut self, start: usize) -> Option<(u32, T)> {
        self.reach_from(start, T::default());
        while let Some(Reverse((distance, column))) = self.frontier.pop() {
            let best = self.reached[column as usize].map(|(best, _)| best);
            if best != Some(distance) {
                continue;
            }
            let Some(row) = self.row_of[column as usize] else { return Some((column, distance)) };
            self.settled.push(column);
            self.reach_from(row as usize, distance);
        }
        None
    }

    fn reach_from(&mut self, row: usize, so_far: T) {
        for (column, cost) in self.rows.edges(row) {
            let distance = so_far + (cost - self.u[row] - self.v[column]);
            match self.reached[column] {
                Some((best, _)) if best <= distance => continue,
                Some(_) => {}
                None => self.touched.push(column as u32),
            }
            self.reached[column] = Some((distance, row as u32));
            self.frontier.push(Reverse((distance, column as u32)));
        }
    }

    fn raise_duals(&mut self, start: usize, distance: T) {
        self.u[start] += distance;
        for &column in &self.settled {
            let Some((before, _)) = self.reached[column as usize] else { continue };
            let raise = distance - before;
            self.v[column as usize] -= raise;
            if let Some(row) = self.row_of[column as usize] {
                self.u[row as usize] += raise;
            }
        }
    }

    fn swap_along_path(&mut self, start: usize, end: u32) {
        let mut column = end;
        while let Some((_, row)) = self.reached[column as usize] {
            self.row_of[column as usize] = Some(row);
            let freed = self.column_of[row as usize].replace(column);
            match freed {
                Some(next) if row as usize != start => column = next,
                _ => return,
            }
        }
    }
}
