//! One matrix from its first prices to the proof.

use crate::control::{Control, Stage};
use crate::error::Error;
use crate::lsa::auction::Auction;
use crate::lsa::check::{Whole, optimal_over_all};
use crate::lsa::exact::{Exact, in_units, whole_units};
use crate::lsa::feasible::has_full_assignment;
use crate::lsa::lists::Lists;
use crate::lsa::matrix::Matrix;
use crate::lsa::repair::{Arithmetic, Repair, Row, Solution};
use crate::lsa::sparse::Pairs;
use crate::lsa::start::{self, Limits, PATTERN, PLAIN, Plan};

use super::Shape;
use super::relist::AllPairs;

/// One matrix with all that is known about its numbers.
#[derive(Clone, Copy)]
pub(super) struct Instance<'a> {
    pub(super) matrix: Matrix<'a>,
    pub(super) shape: Shape,
    pub(super) exact: &'a Exact<'a>,
    /// Whether all values are multiples of `2^unit` and below 2⁵¹ of them.
    pub(super) on_grid: bool,
    /// The exponent of the unit of the integers in terms of the floats.
    pub(super) unit: i32,
    pub(super) largest: f64,
    pub(super) some_forbidden: bool,
    pub(super) n_threads: usize,
    pub(super) control: &'a Control,
}

impl<'a> Instance<'a> {
    /// Prices and lists to start from where nothing better is known.
    pub(super) fn start_of_columns(&self, column_least: &[f64]) -> (Vec<f64>, Lists) {
        let price = start::prices_of_columns(column_least);
        let lists = Lists::shortest(&self.matrix, &price, PLAIN.length, self.n_threads);
        (price, lists)
    }

    /// The best columns of the rows, from these prices and lists, or better prices if it takes more than a few searches.
    pub(super) fn solved<T: Arithmetic>(&self, (price, lists): (Vec<f64>, Lists)) -> Result<Option<Vec<u32>>, Error> {
        self.control.check()?;
        let is_square = self.shape.n_rows == self.shape.n_columns;
        if is_square && let Some(columns) = self.solved_by_pattern::<T>()? {
            return Ok(Some(columns));
        }
        let auction = Auction::new(Some(self.matrix), lists, price, self.limits().price);
        // Where few rows compete, a few exact bids leave nearly nothing to do.
        let few = self.shape.n_rows / if is_square { 50 } else { 4 };
        let repair = self.repair::<T>(&auction);
        if repair.n_free() <= few {
            return self.proved(repair.run(self.control)?);
        }
        // Where there is no full assignment, an auction would go on until its bids are used up.
        if self.some_forbidden && !has_full_assignment(&Pairs::finite(&self.matrix), self.control)? {
            return Ok(None);
        }
        if is_square {
            drop(repair);
            let auction = self.auctioned(auction.price, Some(auction.lists), &PLAIN)?;
            return self.proved(self.repair::<T>(&auction).run(self.control)?);
        }
        let zeros = vec![0.0; self.shape.n_columns];
        let filled = Instance { matrix: self.matrix.filled(&zeros), ..*self };
        match filled.solved_by_pattern::<T>()? {
            Some(columns) => Ok(Some(columns)),
            None => self.proved(repair.run(self.control)?),
        }
    }

    /// The best columns of the rows of a square matrix; `None` if its costs show no pattern, or there is no full
    /// assignment.
    fn solved_by_pattern<T: Arithmetic>(&self) -> Result<Option<Vec<u32>>, Error> {
        let Some(price) = start::prices_of_pattern(&self.matrix, &self.limits(), self.control)? else {
            return Ok(None);
        };
        if self.some_forbidden && !has_full_assignment(&Pairs::finite(&self.matrix), self.control)? {
            return Ok(None);
        }
        let auction = self.auctioned(price, None, &PATTERN)?;
        self.proved(self.repair::<T>(&auction).run(self.control)?)
    }

    fn limits(&self) -> Limits {
        Limits {
            cost: self.largest,
            price: self.largest * 4.0 * (self.shape.n_columns as f64 + 1.0),
            eps: if self.on_grid { libm::ldexp(0.25, self.unit) } else { self.largest * 1e-15 },
        }
    }

    pub(super) fn auctioned(&self, price: Vec<f64>, lists: Option<Lists>, plan: &Plan) -> Result<Auction<'a>, Error> {
        let limits = self.limits();
        let lists = lists.unwrap_or_else(|| Lists::shortest(&self.matrix, &price, plan.length, self.n_threads));
        self.control.check()?;
        let mut auction = Auction::new(Some(self.matrix), lists, price, limits.price);
        start::run(&mut auction, plan, limits.eps, self.control)?;
        Ok(auction)
    }

    pub(super) fn repair<T: Arithmetic>(&self, auction: &Auction<'_>) -> Repair<T, AllPairs<'_>> {
        let error = self.error(&auction.price);
        let rows = (0..self.matrix.n_rows()).map(|row| self.row(auction, row, error)).collect();
        let price = auction.price.iter().map(|&price| T::narrowed(in_units(price, self.unit))).collect();
        Repair::new(rows, AllPairs::new(self), price, auction.column_of.clone())
    }

    pub(super) fn proved<T: Arithmetic>(&self, solution: Option<Solution<T>>) -> Result<Option<Vec<u32>>, Error> {
        let Some(mut solution) = solution else { return Ok(None) };
        self.control.enter(Stage::Verify, 0)?;
        solution.column.truncate(self.shape.n_rows);
        solution.u.truncate(self.shape.n_rows);
        self.check(&solution)?;
        Ok(Some(solution.column))
    }

    fn check<T: Arithmetic>(&self, solution: &Solution<T>) -> Result<(), Error> {
        let whole = Whole {
            values: self.matrix.values(),
            sign: self.matrix.sign(),
            unit: libm::ldexp(1.0, self.unit),
            on_grid: self.on_grid,
            largest: self.largest,
        };
        optimal_over_all(&whole, self.exact, |row, column| self.shape.edge(row, column), solution, self.n_threads)
    }

    /// The list of a row as the auction left it, in integers.
    fn row<T: Arithmetic>(&self, auction: &Auction<'_>, row: usize, error: f64) -> Row<T> {
        let pairs = auction.lists.row(row).filter_map(|(column, _)| Some((column, self.cost(row, column)?))).collect();
        let beyond = auction.lists.beyond[row];
        let beyond = (beyond < f64::INFINITY).then(|| {
            // The price is rounded to whole units, and so may be half a unit less than it was.
            let least = beyond - libm::ldexp(0.5, self.unit) - error;
            T::narrowed(-whole_units(-least, self.unit))
        });
        Row { pairs, beyond }
    }

    pub(super) fn cost<T: Arithmetic>(&self, row: usize, column: u32) -> Option<T> {
        if row >= self.shape.n_rows {
            return Some(T::default());
        }
        self.exact.cost(self.shape.edge(row, column as usize)).map(T::narrowed)
    }

    /// How far a sum of a cost and a price, both as floats, can be from what it stands for.
    pub(super) fn error(&self, price: &[f64]) -> f64 {
        price.iter().fold(self.largest, |size, price| size.max(price.abs())) * 2f64.powi(-50)
    }
}
