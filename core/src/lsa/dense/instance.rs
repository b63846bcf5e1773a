//! One matrix from its first prices to the proof.

use crate::control::{Control, Stage};
use crate::error::Error;
use crate::lsa::auction::Auction;
use crate::lsa::check::{Whole, optimal_over_all};
use crate::lsa::exact::{Exact, in_units, whole_units};
use crate::lsa::feasible::has_full_assignment;
use crate::lsa::lists::Lists;
use crate::lsa::matrix::{Matrix, Value};
use crate::lsa::repair::{Arithmetic, Repair, Row, Solution};
use crate::lsa::scan::Scan;
use crate::lsa::sparse::Pairs;
use crate::lsa::start::{self, Limits, PATTERN, PLAIN, Plan};

use super::Shape;
use super::relist::AllPairs;

/// One matrix with all that is known about its numbers.
#[derive(Clone, Copy)]
pub(super) struct Instance<'a, V> {
    pub(super) matrix: Matrix<'a, V>,
    pub(super) shape: Shape,
    pub(super) exact: &'a Exact<'a>,
    /// Whether all values are multiples of `2^unit` and below 2⁵¹ of them.
    pub(super) on_grid: bool,
    /// Whether the matrix has the caller's costs without loss.
    pub(super) is_lossless: bool,
    /// The exponent of the unit of the integers in terms of the floats.
    pub(super) unit: i32,
    pub(super) largest: f64,
    pub(super) some_forbidden: bool,
    pub(super) n_threads: usize,
    pub(super) control: &'a Control,
}

impl<'a, V: Value> Instance<'a, V> {
    /// The best columns of the rows. `lists` are of the price 0, if that is worth a try.
    pub(super) fn solved(&self, scan: Scan, lists: Option<Lists>) -> Result<Option<Vec<u32>>, Error> {
        self.control.check()?;
        if self.exact.fits_64_bits(self.shape.n_columns) {
            self.solved_in::<i64>(scan, lists)
        } else {
            self.solved_in::<i128>(scan, lists)
        }
    }

    fn solved_in<T: Arithmetic>(&self, scan: Scan, lists: Option<Lists>) -> Result<Option<Vec<u32>>, Error> {
        let zeros = || vec![0.0; self.shape.n_columns];
        if self.shape.n_rows < self.shape.n_columns {
            let lists = lists.unwrap_or_else(|| self.lists(&zeros(), &PLAIN));
            return self.solved_wide::<T>(&self.auction(zeros(), lists));
        }
        let column_least = if let Some(lists) = lists {
            let auction = self.auction(zeros(), lists);
            let repair = self.repair::<T>(&auction)?;
            if self.are_few(&repair) {
                return self.proved(repair.run(self.control)?, &auction);
            }
            start::column_least(&self.matrix)
        } else {
            scan.column_least
        };
        if let Some(columns) = self.solved_by_pattern::<T>()? {
            return Ok(Some(columns));
        }
        let price = start::prices_of_columns(&column_least);
        let lists = self.lists(&price, &PLAIN);
        let mut auction = self.auction(price, lists);
        let repair = self.repair::<T>(&auction)?;
        if self.are_few(&repair) {
            return self.proved(repair.run(self.control)?, &auction);
        }
        drop(repair);
        if !self.is_feasible()? {
            return Ok(None);
        }
        start::run(&mut auction, &PLAIN, &self.limits(), self.control)?;
        self.proved(self.repair::<T>(&auction)?.run(self.control)?, &auction)
    }

    /// The same where there are more columns than rows.
    fn solved_wide<T: Arithmetic>(&self, auction: &Auction<'_, V>) -> Result<Option<Vec<u32>>, Error> {
        let repair = self.repair::<T>(auction)?;
        // A search among columns that are mostly free is short.
        if repair.n_free() > self.shape.n_rows / 4 {
            if !self.is_feasible()? {
                return Ok(None);
            }
            let zeros = vec![V::default(); self.shape.n_columns];
            let filled = Instance { matrix: self.matrix.filled(&zeros), ..*self };
            if let Some(columns) = filled.solved_by_pattern::<T>()? {
                return Ok(Some(columns));
            }
        }
        self.proved(repair.run(self.control)?, auction)
    }

    /// Whether so few rows are without a column that searches for each take less time than better prices.
    fn are_few<T: Arithmetic>(&self, repair: &Repair<T, AllPairs<'_, V>>) -> bool {
        repair.n_free() <= self.shape.n_rows / 50
    }

    /// Whether there is a full assignment: where there is none, an auction would go on until its bids are used up.
    fn is_feasible(&self) -> Result<bool, Error> {
        Ok(!self.some_forbidden || has_full_assignment(&Pairs::finite(&self.matrix), self.control)?)
    }

    /// The best columns of the rows of a square matrix; `None` if its costs show no pattern, or there is no full
    /// assignment.
    fn solved_by_pattern<T: Arithmetic>(&self) -> Result<Option<Vec<u32>>, Error> {
        let Some(price) = start::prices_of_pattern(&self.matrix, &self.limits(), self.control)? else {
            return Ok(None);
        };
        if !self.is_feasible()? {
            return Ok(None);
        }
        let auction = self.auctioned(price, &PATTERN)?;
        self.proved(self.repair::<T>(&auction)?.run(self.control)?, &auction)
    }

    fn limits(&self) -> Limits {
        Limits {
            cost: self.largest,
            price: self.largest * 4.0 * (self.shape.n_columns as f64 + 1.0),
            eps: if self.on_grid { libm::ldexp(0.25, self.unit) } else { self.largest * 1e-15 },
        }
    }

    fn lists(&self, price: &[f64], plan: &Plan) -> Lists {
        Lists::shortest(&self.matrix, price, plan.length, self.n_threads)
    }

    pub(super) fn auction(&self, price: Vec<f64>, lists: Lists) -> Auction<'a, V> {
        Auction::new(Some(self.matrix), lists, price, self.limits().price)
    }

    pub(super) fn auctioned(&self, price: Vec<f64>, plan: &Plan) -> Result<Auction<'a, V>, Error> {
        let lists = self.lists(&price, plan);
        self.control.check()?;
        let mut auction = self.auction(price, lists);
        start::run(&mut auction, plan, &self.limits(), self.control)?;
        Ok(auction)
    }

    pub(super) fn repair<T: Arithmetic>(&self, auction: &Auction<'_, V>) -> Result<Repair<T, AllPairs<'_, V>>, Error> {
        let error = self.error(&auction.price);
        let rows = (0..self.matrix.n_rows()).map(|row| self.row(auction, row, error)).collect();
        let price = auction.price.iter().map(|&price| T::narrowed(in_units(price, self.unit))).collect();
        Repair::new(rows, AllPairs::new(self), price, auction.column_of.clone(), self.control)
    }

    pub(super) fn proved<T: Arithmetic>(
        &self,
        solution: Option<Solution<T>>,
        auction: &Auction<'_, V>,
    ) -> Result<Option<Vec<u32>>, Error> {
        let Some(mut solution) = solution else { return Ok(None) };
        self.control.enter(Stage::Verify, 0)?;
        solution.column.truncate(self.shape.n_rows);
        solution.u.truncate(self.shape.n_rows);
        self.check(&solution, auction)?;
        Ok(Some(solution.column))
    }

    fn check<T: Arithmetic>(&self, solution: &Solution<T>, auction: &Auction<'_, V>) -> Result<(), Error> {
        let whole = Whole {
            values: self.matrix.values(),
            sign: self.matrix.sign(),
            unit: libm::ldexp(1.0, self.unit),
            on_grid: self.on_grid,
            largest: self.largest,
            lists: &auction.lists,
            start: &auction.start,
        };
        optimal_over_all(&whole, self.exact, |row, column| self.shape.edge(row, column), solution, self.n_threads)
    }

    /// The list of a row as the auction left it, in integers.
    fn row<T: Arithmetic>(&self, auction: &Auction<'_, V>, row: usize, error: f64) -> Row<T> {
        let listed = auction.lists.row(row);
        let pairs = if self.is_lossless {
            // The float is at hand, and infinity is never listed.
            listed.map(|(column, cost)| (column, T::narrowed(in_units(cost, self.unit)))).collect()
        } else {
            listed.filter_map(|(column, _)| Some((column, self.cost(row, column)?))).collect()
        };
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
