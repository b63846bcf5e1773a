//! Full assignment of a whole matrix: scan, prices to start from, auction on short lists, exact repair, proof.

use std::num::NonZero;
use std::thread;

use crate::control::{Control, Stage};
use crate::error::{Error, InputError};
use crate::options::Options;

use super::auction::Auction;
use super::check::{Whole, optimal_over_all};
use super::exact::{self, Exact, KEPT_BITS, decoded, faults_of, in_units, whole_units};
use super::lists::{Lists, Sieve};
use super::matrix::{Matrix, transposed};
use super::parts::in_parts;
use super::repair::{Arithmetic, Relist, Repair, Row, Solution};
use super::scan::Scan;
use super::start::{self, Limits, PATTERN, PLAIN, Plan};
use super::{Costs, Goal};

/// Fewer pairs than this are not worth a second thread.
const PAIRS_PER_THREAD: usize = 1 << 18;
/// How many values tell on which grid all may lie.
const SAMPLED: usize = 1000;
/// Beyond this power of two, or its inverse, floats are scaled before sums of them are taken.
const FAR: i32 = 900;

/// A matrix with no more rows than columns, and where it came from.
#[derive(Clone, Copy)]
struct Shape {
    n_rows: usize,
    n_columns: usize,
    /// Whether rows here are the caller's columns.
    flipped: bool,
}

impl Shape {
    /// Where the caller's costs have a pair.
    fn edge(&self, row: usize, column: usize) -> usize {
        if self.flipped { column * self.n_rows + row } else { row * self.n_columns + column }
    }
}

/// The best columns of the shorter side: of each row, or where there are more rows than columns, the row of each column.
pub(super) fn partners(
    n_rows: usize,
    n_columns: usize,
    cost: Costs<'_>,
    goal: Goal,
    options: &Options<'_>,
) -> Result<Option<Vec<u32>>, Error> {
    let never_cancelled = Control::new();
    let control = options.control.unwrap_or(&never_cancelled);
    let (less, more) = (n_rows.min(n_columns), n_rows.max(n_columns));
    let shape = Shape { n_rows: less, n_columns: more, flipped: n_rows > n_columns };
    control.reserve(bytes_needed(shape, cost))?;
    control.enter(Stage::Auction, 0)?;
    if less == 0 {
        return Ok(Some(Vec::new()));
    }
    let processors = || thread::available_parallelism().map_or(1, NonZero::get);
    let n_threads = options.threads.filter(|&n| n > 0).unwrap_or_else(processors);
    let n_threads = n_threads.min(cost.len() / PAIRS_PER_THREAD).max(1);

    let copy = copied(cost, shape);
    let values = match (&copy, cost) {
        (Some(copy), _) => copy.as_slice(),
        (None, Costs::Float(values)) => values,
        (None, Costs::Int(_)) => &[],
    };
    let sign = if goal == Goal::Minimize { 1.0 } else { -1.0 };
    let step = step_of(cost);
    let (scan, lists) = scanned(&Matrix::new(values, more, sign), step, less < more, n_threads);
    if scan.n_refused > 0 {
        let Costs::Float(cost) = cost else { return Ok(None) };
        return Err(InputError::new(faults_of(cost, sign as i8, |edge| edge / n_columns)).into());
    }
    control.check()?;
    let unit = unit(cost, &scan);
    let exact = Exact::of_checked(cost, goal, unit, scan.largest);
    let shift = far(scan.largest);
    let scaled: Vec<f64>;
    let (values, scan, lists) = if shift == 0 {
        (values, scan, lists)
    } else {
        scaled = values.iter().map(|&value| libm::ldexp(value, shift)).collect();
        let (scan, lists) = scanned(&Matrix::new(&scaled, more, sign), step, less < more, n_threads);
        (scaled.as_slice(), scan, lists)
    };
    let instance = Instance {
        matrix: Matrix::new(values, more, sign),
        shape,
        exact: &exact,
        on_grid: scan.on_grid && shift == 0,
        unit: unit + shift,
        largest: scan.largest,
        n_threads,
        control,
    };
    let auction = match lists {
        Some(lists) => Auction::new(Some(instance.matrix), lists, vec![0.0; more], f64::INFINITY),
        None => instance.auction(&scan.column_least)?,
    };
    if exact.fits_64_bits(less) { instance.repaired::<i64>(auction) } else { instance.repaired::<i128>(auction) }
}

/// One matrix with all that is known about its numbers.
struct Instance<'a> {
    matrix: Matrix<'a>,
    shape: Shape,
    exact: &'a Exact<'a>,
    /// Whether all values are multiples of `2^unit` and below 2⁵¹ of them.
    on_grid: bool,
    /// The exponent of the unit of the integers in terms of the floats.
    unit: i32,
    largest: f64,
    n_threads: usize,
    control: &'a Control,
}

impl<'a> Instance<'a> {
    fn auction(&self, column_least: &[f64]) -> Result<Auction<'a>, Error> {
        let (matrix, control, limits) = (&self.matrix, self.control, self.limits());
        let (price, plan) = if let Some(price) = start::prices_of_pattern(matrix, &limits, control)? {
            (price, &PATTERN)
        } else {
            (start::prices_of_columns(column_least), &PLAIN)
        };
        self.auctioned(price, plan, &limits)
    }

    fn limits(&self) -> Limits {
        Limits {
            cost: self.largest,
            price: self.largest * 4.0 * (self.shape.n_rows as f64 + 1.0),
            eps: if self.on_grid { libm::ldexp(0.25, self.unit) } else { self.largest * 1e-15 },
        }
    }

    fn auctioned(&self, price: Vec<f64>, plan: &Plan, limits: &Limits) -> Result<Auction<'a>, Error> {
        let lists = Lists::shortest(&self.matrix, &price, plan.length, self.n_threads);
        self.control.check()?;
        let mut auction = Auction::new(Some(self.matrix), lists, price, limits.price);
        start::run(&mut auction, plan, limits.eps, self.control)?;
        Ok(auction)
    }

    fn repaired<T: Arithmetic>(&self, auction: Auction<'_>) -> Result<Option<Vec<u32>>, Error> {
        let error = self.error(&auction.price);
        let rows = (0..self.shape.n_rows).map(|row| self.row(&auction, row, error)).collect();
        let price = auction.price.iter().map(|&price| T::narrowed(in_units(price, self.unit))).collect();
        let relist = AllPairs { instance: self, sieve: Sieve::default(), price: Vec::new() };
        let repair = Repair::new(rows, relist, price, auction.column_of);
        let Some(solution) = repair.run(self.control)? else { return Ok(None) };
        self.control.enter(Stage::Verify, 0)?;
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

    fn cost<T: Arithmetic>(&self, row: usize, column: u32) -> Option<T> {
        self.exact.cost(self.shape.edge(row, column as usize)).map(T::narrowed)
    }

    /// How far a sum of a cost and a price, both as floats, can be from what it stands for.
    fn error(&self, price: &[f64]) -> f64 {
        price.iter().fold(self.largest, |size, price| size.max(price.abs())) * 2f64.powi(-50)
    }
}

/// Lists rows anew from all pairs there are.
struct AllPairs<'a> {
    instance: &'a Instance<'a>,
    sieve: Sieve,
    price: Vec<f64>,
}

impl<T: Arithmetic> Relist<T> for AllPairs<'_> {
    fn relist(&mut self, row: usize, price: &[T], length: usize, taken: &[Option<u32>]) -> Row<T> {
        let instance = self.instance;
        let unit = libm::ldexp(1.0, instance.unit);
        self.price.clear();
        self.price.extend(price.iter().map(|price| price.wide() as f64 * unit));
        let error = instance.error(&self.price);
        let (limit, found) = self.sieve.about(&instance.matrix, row, &self.price, length, 2.0 * error);
        let value = |&(_, column): &(f64, u32)| {
            let cost: T = instance.cost(row, column)?;
            Some((cost + price[column as usize], taken[column as usize].is_some(), column, cost))
        };
        let mut pairs: Vec<_> = found.iter().filter_map(value).collect();
        // What was not found costs more than the limit, even after both errors of the sum.
        let mut beyond = (limit < f64::INFINITY).then(|| T::narrowed(whole_units(limit + error, instance.unit)));
        if pairs.len() > length {
            let (_, first, _) = pairs.select_nth_unstable(length);
            beyond = Some(beyond.map_or(first.0, |beyond| beyond.min(first.0)));
            pairs.truncate(length);
        }
        Row { pairs: pairs.into_iter().map(|(_, _, column, cost)| (column, cost)).collect(), beyond }
    }
}

/// Reads everything once. In the same pass lists the cheapest pairs of each row at the price 0, if asked to; if not, finds
/// the least cost of each column.
fn scanned(matrix: &Matrix<'_>, step: f64, with_lists: bool, n_threads: usize) -> (Scan, Option<Lists>) {
    let price = vec![0.0; matrix.n_columns()];
    let parts = in_parts(matrix.n_rows(), n_threads, |rows| {
        let mut scan = Scan::new(if with_lists { 0 } else { matrix.n_columns() }, step);
        let mut lists = Lists::empty(if with_lists { rows.len() } else { 0 }, PLAIN.length.min(matrix.n_columns()));
        let mut sieve = Sieve::default();
        for row in rows.clone() {
            scan.read(matrix, row);
            if with_lists {
                lists.fill(row - rows.start, matrix, row, &price, &mut sieve);
            }
        }
        (scan, lists)
    });
    let both = parts
        .into_iter()
        .reduce(|(scan, lists), (others, other_lists)| (scan.with(others), lists.followed_by(other_lists)));
    let (scan, lists) = both.unwrap_or_else(|| (Scan::new(0, step), Lists::empty(0, 0)));
    (scan, with_lists.then_some(lists))
}

/// The costs as floats with no more rows than columns, if they must be copied for that.
fn copied(cost: Costs<'_>, shape: Shape) -> Option<Vec<f64>> {
    match (cost, shape.flipped) {
        (Costs::Float(_), false) => None,
        (Costs::Float(cost), true) => Some(transposed(cost, shape.n_columns, shape.n_rows)),
        (Costs::Int(cost), false) => Some(cost.iter().map(|&cost| cost as f64).collect()),
        (Costs::Int(cost), true) => {
            Some(transposed(cost, shape.n_columns, shape.n_rows).into_iter().map(|cost| cost as f64).collect())
        }
    }
}

/// A power of two of which all costs may be multiples.
fn step_of(cost: Costs<'_>) -> f64 {
    let Costs::Float(cost) = cost else { return 1.0 };
    let lowest_bit = |&c: &f64| {
        let (mantissa, exponent) = decoded(c);
        (c.is_finite() && mantissa != 0).then(|| exponent + mantissa.trailing_zeros() as i32)
    };
    let sampled = cost.iter().step_by((cost.len() / SAMPLED).max(1)).filter_map(lowest_bit);
    libm::ldexp(1.0, sampled.min().unwrap_or(0))
}

/// The exponent of the power of two in which the costs are counted.
fn unit(cost: Costs<'_>, scan: &Scan) -> i32 {
    let Costs::Float(cost) = cost else { return 0 };
    if scan.largest == 0.0 {
        return 0;
    }
    let step = libm::ilogb(scan.step);
    if scan.on_grid {
        return step;
    }
    let (lowest, highest) = (decoded(scan.smallest).1.min(step), libm::ilogb(scan.largest) + 1);
    if highest - lowest <= KEPT_BITS { lowest } else { exact::unit_of(cost) }
}

/// By what power of two values must be scaled so that sums and small parts of them are floats.
fn far(largest: f64) -> i32 {
    let exponent = if largest == 0.0 { 0 } else { libm::ilogb(largest) };
    if exponent.abs() > FAR { -exponent } else { 0 }
}

fn bytes_needed(shape: Shape, cost: Costs<'_>) -> u64 {
    const BYTES_PER_PAIR: u64 = 8;
    // Lists as floats and as integers, in both forms; prices and paths.
    const BYTES_PER_ROW: u64 = 32 * (16 + 32) + 200;
    const BYTES_PER_COLUMN: u64 = 200;
    let n_copies = match (cost, shape.flipped) {
        (Costs::Float(_), false) => 0,
        (Costs::Int(_), true) => 2,
        _ => 1,
    };
    let (rows, columns) = (shape.n_rows as u64, shape.n_columns as u64);
    (rows.saturating_mul(columns).saturating_mul(BYTES_PER_PAIR * n_copies))
        .saturating_add(rows.saturating_mul(BYTES_PER_ROW))
        .saturating_add(columns.saturating_mul(BYTES_PER_COLUMN))
}

#[cfg(test)]
mod tests;
