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
//! Where there are more columns than rows, the left-over columns must be the cheapest ones. Think of a *filler*, a row of
//! cost 0 for every column that takes all that are left over: its own u, here `filler`, is the least price. A column
//! that nobody has and that costs more is *hungry*: it must be taken before the end. Paths therefore lead to hungry
//! columns, possibly by way of the filler, unless rows outnumber them.
//!
//! Prices only rise, so the short lists of the auction stay valid ([`super::lists`]). A row whose list may lack something
//! waits in the queue at the distance where that could matter, and only then looks at all its pairs.
//!
//! Size of the numbers: a row's path to its end, and to any column on the way, is a sum of at most 2k + 1 costs of
//! alternating sign and of the prices at its two ends; so a price that rises stays within (4k + 2) times the largest cost
//! of the price of a column that never rose before.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::ops::{Add, AddAssign, Sub, SubAssign};

use crate::control::{Control, Stage};
use crate::error::Error;

/// Bids for each row that has no column, at most, before paths are searched.
const BIDS_PER_ROW: usize = 4;

/// Integers to compute in.
pub(super) trait Arithmetic:
    Copy + Default + Ord + Send + Sync + Add<Output = Self> + Sub<Output = Self> + AddAssign + SubAssign
{
    /// A number that is known to fit.
    fn narrowed(wide: i128) -> Self;
    /// The same number, wide.
    fn wide(self) -> i128;
}

impl Arithmetic for i64 {
    fn narrowed(wide: i128) -> Self {
        wide as Self
    }

    fn wide(self) -> i128 {
        self.into()
    }
}

impl Arithmetic for i128 {
    fn narrowed(wide: i128) -> Self {
        wide
    }

    fn wide(self) -> i128 {
        self
    }
}

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

/// By what a search reached a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Via {
    Row(u32),
    Filler,
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
    /// The u of the filler; `None` where no column can be left over.
    filler: Option<T>,
    n_free_rows: usize,
    n_hungry: usize,
    search: Search<T>,
}

/// The state of one search.
struct Search<T> {
    reached: Vec<Option<(T, Via)>>,
    touched: Vec<u32>,
    settled: Vec<u32>,
    /// Distance of each row that was reached; old values stay.
    row_distance: Vec<T>,
    /// Distance of the filler, and the column by which it was reached.
    filler: Option<(T, Option<u32>)>,
    /// The nearest end so far.
    end: Option<(T, u32)>,
    queue: BinaryHeap<Reverse<(T, Event)>>,
}

impl<T: Arithmetic, R: Relist<T>> Repair<T, R> {
    /// Starts from prices, lists that are valid for them, and pairs that may or may not be the best.
    pub(super) fn new(rows: Vec<Row<T>>, relist: R, price: Vec<T>, pairs: Vec<Option<u32>>) -> Self {
        let (n_rows, n_columns) = (rows.len(), price.len());
        let search = Search {
            reached: vec![None; n_columns],
            touched: Vec::new(),
            settled: Vec::new(),
            row_distance: vec![T::default(); n_rows],
            filler: None,
            end: None,
            queue: BinaryHeap::new(),
        };
        let filler = if n_rows < n_columns { price.iter().copied().min() } else { None };
        let (u, row_of) = (vec![T::default(); n_rows], vec![None; n_columns]);
        let mut repair =
            Self { rows, relist, u, price, column_of: pairs, row_of, filler, n_free_rows: 0, n_hungry: 0, search };
        for row in 0..n_rows {
            repair.keep_if_best(row);
        }
        for row in 0..n_rows {
            if repair.column_of[row].is_none() {
                repair.take_best_if_free(row);
            }
        }
        repair.bid();
        repair.n_free_rows = repair.column_of.iter().filter(|column| column.is_none()).count();
        repair.n_hungry = repair.count_hungry();
        repair
    }

    /// The cheapest way to give every row a column of its own, or `None` where there is none.
    pub(super) fn run(mut self, control: &Control) -> Result<Option<Solution<T>>, Error> {
        control.enter(Stage::Repair, (self.n_free_rows + self.n_hungry) as u64)?;
        for row in 0..self.column_of.len() {
            if self.column_of[row].is_none() {
                if !self.augment(Some(row as u32)) {
                    return Ok(None);
                }
                control.advance(1)?;
            }
        }
        while self.n_hungry > 0 {
            if !self.augment(None) {
                return Ok(None);
            }
            control.advance(1)?;
        }
        let column = self.column_of.iter().flatten().copied().collect();
        Ok(Some(Solution { column, u: self.u, price: self.price }))
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

    fn look_at_all(&mut self, row: usize, length: usize) {
        self.rows[row] = self.relist.relist(row, &self.price, length, &self.row_of);
    }

    /// The columns that must not stay without a row.
    fn count_hungry(&self) -> usize {
        (0..self.price.len()).filter(|&column| self.filler.is_some() && self.is_hungry(column)).count()
    }

    fn is_hungry(&self, column: usize) -> bool {
        self.row_of[column].is_none() && self.filler.is_none_or(|filler| self.price[column] > filler)
    }

    /// Finds the row a column, whatever swaps that takes, or without a row, finds the filler a hungry column. Returns
    /// false if there is none to be had.
    fn augment(&mut self, start: Option<u32>) -> bool {
        self.search.clear();
        match start {
            Some(row) => self.reach_row(row, T::default()),
            None => self.reach_filler(None, T::default()),
        }
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
        let (filler, was_hungry) = (self.filler, self.is_hungry(end as usize));
        self.raise_prices(start, distance);
        self.swap_along_path(start, end);
        self.n_free_rows -= usize::from(start.is_some());
        if self.filler != filler {
            self.n_hungry = self.count_hungry();
        } else if filler.is_some() && was_hungry {
            self.n_hungry -= 1;
        }
        true
    }

    fn settle(&mut self, column: u32, distance: T) {
        // An entry that was overtaken by a nearer one has nothing to add.
        if self.search.reached[column as usize].is_none_or(|(nearest, _)| nearest != distance) {
            return;
        }
        self.search.settled.push(column);
        match self.row_of[column as usize] {
            Some(row) => self.reach_row(row, distance),
            None => self.reach_filler(Some(column), distance),
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
            self.reach_column(column, distance + (cost + self.price[column as usize] - u), Via::Row(row));
        }
        self.rows[row as usize].pairs = listed;
        if let Some(beyond) = self.rows[row as usize].beyond {
            self.search.wait(distance + (beyond - u).max(T::default()), Event::Beyond(row));
        }
    }

    fn reach_filler(&mut self, by: Option<u32>, distance: T) {
        let Some(filler) = self.filler else { return };
        if self.search.filler.is_none() {
            self.search.filler = Some((distance, by));
            for column in 0..self.price.len() as u32 {
                self.reach_column(column, distance + (self.price[column as usize] - filler), Via::Filler);
            }
        }
    }

    fn reach_column(&mut self, column: u32, distance: T, via: Via) {
        let search = &mut self.search;
        if search.end.is_some_and(|(end, _)| end <= distance) {
            return;
        }
        match &mut search.reached[column as usize] {
            Some((nearest, _)) if *nearest <= distance => return,
            Some(reached) => *reached = (distance, via),
            reached => {
                *reached = Some((distance, via));
                search.touched.push(column);
            }
        }
        let is_spare = self.row_of[column as usize].is_none() && self.n_free_rows > self.n_hungry;
        if is_spare || self.is_hungry(column as usize) {
            self.search.end = Some((distance, column));
        } else {
            self.search.wait(distance, Event::Column(column));
        }
    }

    fn raise_prices(&mut self, start: Option<u32>, end: T) {
        if let Some(row) = start {
            self.u[row as usize] += end;
        }
        for &column in &self.search.settled {
            let Some((distance, _)) = self.search.reached[column as usize] else { continue };
            self.price[column as usize] += end - distance;
            if let Some(row) = self.row_of[column as usize] {
                self.u[row as usize] += end - distance;
            }
        }
        if let (Some(filler), Some((distance, _))) = (&mut self.filler, self.search.filler) {
            *filler += end - distance;
        }
    }

    fn swap_along_path(&mut self, start: Option<u32>, end: u32) {
        let mut next = Some(end);
        while let Some(column) = next {
            let Some((_, via)) = self.search.reached[column as usize] else { return };
            next = match via {
                Via::Row(row) => {
                    self.row_of[column as usize] = Some(row);
                    let freed = self.column_of[row as usize].replace(column);
                    if Some(row) == start { None } else { freed }
                }
                // The filler takes this column, which shows nowhere, and gives up the one by which it was reached.
                Via::Filler => {
                    self.row_of[column as usize] = None;
                    self.search.filler.and_then(|(_, by)| by)
                }
            };
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
        self.filler = None;
        self.end = None;
    }

    fn wait(&mut self, distance: T, event: Event) {
        if self.end.is_none_or(|(end, _)| distance < end) {
            self.queue.push(Reverse((distance, event)));
        }
    }
}
