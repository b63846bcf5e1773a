//! Exact repair: shortest augmenting paths from the prices of the auction, in integers.
//!
//! | Symbol | Is |
//! |---|---|
//! | c | the cost of a pair, in units |
//! | p | the price of a column |
//! | u | what a row's best column costs it with its price |
//! | c + p − u | the reduced cost of a pair, never negative |
//!
//! Pairs from the auction are kept where their reduced cost is exactly 0. Each other row looks for the shortest path, in
//! reduced costs, to a column without a partner; along it, pairs swap, and the prices of what is nearer than its end
//! rise (Jonker and Volgenant 1987, section 2).
//!
//! Where there are more columns than rows, those left over must be the cheapest. All columns then start at the same price
//! without partners, and since a column that once had a partner always has one, only columns with partners become dearer.
//!
//! Prices only rise, so the short lists of the auction stay valid ([`super::lists`]). A row whose list may lack something
//! waits in the queue at the distance where that could matter, and only then looks at all its pairs.
//!
//! Size of the numbers: let k be the number of rows and C the largest cost. A bid raises the highest price by at most
//! 2 C, and there are at most 4 k ([`begin`]). A row's path to its end, and to any column on the way, is a sum of at most
//! 2 k + 1 costs of alternating sign and of the prices at its two ends; so a price that rises stays within (4 k + 2) C of
//! the price of a column that no path has raised. Together that is less than (12 k + 2) C more than at the start.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::control::{Control, Stage};
use crate::error::Error;

mod arithmetic;

mod begin;

pub(super) use arithmetic::Arithmetic;

/// Lists a row's pairs anew: at least so many as are asked for, and the least cost plus price of the others.
pub(super) trait Relist<T> {
    /// `taken` says whether a column has a partner: of equals, those that have none come first.
    fn relist(&mut self, row: usize, price: &[T], length: usize, taken: &[Option<u32>]) -> Row<T>;
}

/// The listed pairs of one row.
#[derive(Clone, Debug)]
pub(super) struct Row<T> {
    pub(super) pairs: Vec<(u32, T)>,
    /// No other pair costs less with its price; `None` if there is no other.
    pub(super) beyond: Option<T>,
}

/// A partner for each row, with the duals that prove it cheapest.
#[derive(Clone, Debug)]
pub(super) struct Solution<T> {
    pub(super) column: Vec<u32>,
    pub(super) u: Vec<T>,
    pub(super) price: Vec<T>,
}

/// What waits in the queue. Of equal distances columns come first, since a list is long to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Column(u32),
    Beyond(u32),
}

/// Who has what, and the search for more.
pub(super) struct Repair<T, R> {
    rows: Vec<Row<T>>,
    relist: R,
    u: Vec<T>,
    price: Vec<T>,
    column_of: Vec<Option<u32>>,
    row_of: Vec<Option<u32>>,
    search: Search<T>,
}

/// The state of one search.
struct Search<T> {
    /// The distance of each column that was reached, and the row before it.
    reached: Vec<Option<(T, u32)>>,
    touched: Vec<u32>,
    settled: Vec<u32>,
    /// Distance of each row that was reached; old values stay.
    row_distance: Vec<T>,
    /// The nearest end so far.
    end: Option<(T, u32)>,
    queue: BinaryHeap<Reverse<(T, Event)>>,
}

impl<T: Arithmetic, R: Relist<T>> Repair<T, R> {
    /// Starts from prices, lists that are valid for them, and pairs that may or may not be the best.
    pub(super) fn new(
        rows: Vec<Row<T>>,
        relist: R,
        price: Vec<T>,
        pairs: Vec<Option<u32>>,
        control: &Control,
    ) -> Result<Self, Error> {
        let (n_rows, n_columns) = (rows.len(), price.len());
        let search = Search {
            reached: vec![None; n_columns],
            touched: Vec::new(),
            settled: Vec::new(),
            row_distance: vec![T::default(); n_rows],
            end: None,
            queue: BinaryHeap::new(),
        };
        let (u, row_of) = (vec![T::default(); n_rows], vec![None; n_columns]);
        let mut repair = Self { rows, relist, u, price, column_of: pairs, row_of, search };
        repair.begin(control)?;
        Ok(repair)
    }

    /// How many rows have no column yet, each of which costs a search.
    pub(super) fn n_free(&self) -> usize {
        self.column_of.iter().filter(|column| column.is_none()).count()
    }

    /// The cheapest way to give every row a column of its own, or `None` where there is none.
    pub(super) fn run(mut self, control: &Control) -> Result<Option<Solution<T>>, Error> {
        control.enter(Stage::Repair, self.n_free() as u64)?;
        for row in 0..self.column_of.len() {
            if self.column_of[row].is_none() {
                if !self.augment(row as u32) {
                    return Ok(None);
                }
                control.advance(1)?;
            }
        }
        let column = self.column_of.iter().flatten().copied().collect();
        Ok(Some(Solution { column, u: self.u, price: self.price }))
    }

    /// Finds the row a column, whatever swaps that takes; false if there is none to be had.
    fn augment(&mut self, start: u32) -> bool {
        self.search.clear();
        self.reach_row(start, T::default());
        while let Some(Reverse((distance, event))) = self.search.queue.pop() {
            if self.search.end.is_some_and(|(end, _)| end <= distance) {
                break;
            }
            match event {
                Event::Column(column) => self.settle(column, distance),
                Event::Beyond(row) => {
                    self.look_at_all(row as usize, 2 * self.rows[row as usize].pairs.len().max(1));
                    self.reach_from(row, self.search.row_distance[row as usize]);
                }
            }
        }
        let Some((distance, end)) = self.search.end else { return false };
        self.raise_prices(start, distance);
        self.swap_along_path(start, end);
        true
    }

    fn settle(&mut self, column: u32, distance: T) {
        // An entry that was overtaken by a nearer one has nothing to add.
        if self.search.reached[column as usize].is_none_or(|(nearest, _)| nearest != distance) {
            return;
        }
        self.search.settled.push(column);
        if let Some(row) = self.row_of[column as usize] {
            self.reach_row(row, distance);
        }
    }

    fn reach_row(&mut self, row: u32, distance: T) {
        self.search.row_distance[row as usize] = distance;
        self.reach_from(row, distance);
    }

    /// Goes on from a row to the columns of its list.
    fn reach_from(&mut self, row: u32, distance: T) {
        let u = self.u[row as usize];
        let listed = std::mem::take(&mut self.rows[row as usize].pairs);
        for &(column, cost) in &listed {
            self.reach_column(column, distance + (cost + self.price[column as usize] - u), row);
        }
        self.rows[row as usize].pairs = listed;
        if let Some(beyond) = self.rows[row as usize].beyond {
            self.search.wait(distance + (beyond - u).max(T::default()), Event::Beyond(row));
        }
    }

    fn reach_column(&mut self, column: u32, distance: T, row: u32) {
        let search = &mut self.search;
        if search.end.is_some_and(|(end, _)| end <= distance) {
            return;
        }
        match &mut search.reached[column as usize] {
            Some((nearest, _)) if *nearest <= distance => return,
            Some(reached) => *reached = (distance, row),
            reached => {
                *reached = Some((distance, row));
                search.touched.push(column);
            }
        }
        if self.row_of[column as usize].is_none() {
            search.end = Some((distance, column));
        } else {
            search.wait(distance, Event::Column(column));
        }
    }

    fn raise_prices(&mut self, start: u32, end: T) {
        self.u[start as usize] += end;
        for &column in &self.search.settled {
            let Some((distance, _)) = self.search.reached[column as usize] else { continue };
            self.price[column as usize] += end - distance;
            if let Some(row) = self.row_of[column as usize] {
                self.u[row as usize] += end - distance;
            }
        }
    }

    fn swap_along_path(&mut self, start: u32, end: u32) {
        let mut column = end;
        while let Some((_, row)) = self.search.reached[column as usize] {
            self.row_of[column as usize] = Some(row);
            match self.column_of[row as usize].replace(column) {
                Some(freed) if row != start => column = freed,
                _ => return,
            }
        }
    }
}

impl<T: Arithmetic> Search<T> {
    fn clear(&mut self) {
        for column in self.touched.drain(..) {
            self.reached[column as usize] = None;
        }
        self.settled.clear();
        self.queue.clear();
        self.end = None;
    }

    fn wait(&mut self, distance: T, event: Event) {
        if self.end.is_none_or(|(end, _)| distance < end) {
            self.queue.push(Reverse((distance, event)));
        }
    }
}
