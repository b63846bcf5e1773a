//! Prices to start from.
//!
//! Where costs have a pattern, as distances or products have, prices follow it: a sample of every fourth row and column
//! is solved nearly, its prices carry over to the other columns, and so on from a few dozen rows upwards. Where costs
//! have none, a sample says nothing about the rest, and the least cost of each column is the better start. Which of the
//! two it is shows early, at a few hundred rows, by the bound that either start proves.

use crate::control::Control;
use crate::error::Error;

use super::auction::Auction;
use super::lists::Lists;
use super::matrix::{Matrix, Value, smaller};

/// Of so many rows and columns one is sampled.
const STRIDE: usize = 4;
/// The fewest rows of which a sample is taken.
const LEAST_ROWS: usize = 128;

/// The coarsest eps is the largest cost over this.
const COARSE: f64 = 8.0;

/// How a matrix is auctioned: measured over uniform, Euclidean and product costs from 1000² to 4000².
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    /// Entries of a list.
    pub(super) length: usize,
    /// The first eps, as a multiple of the spread of a typical list.
    pub(super) first: f64,
    /// The last eps, likewise.
    pub(super) last: f64,
    /// The factor from one eps to the next.
    pub(super) step: f64,
}

/// Costs without a pattern: columns are nearly right at once, and fine phases on very short lists finish.
pub(super) const PLAIN: Plan = Plan { length: 12, first: 0.1, last: 1e-3, step: 10.0 };
/// Costs with a pattern: prices are right at large and wrong in detail.
pub(super) const PATTERN: Plan = Plan { length: 32, first: 3.0, last: 1e-3, step: 4.0 };
/// Some pairs only, all of them listed.
pub(super) const SPARSE: Plan = Plan { length: 0, first: 0.3, last: 2e-4, step: 5.0 };
/// A sample need not be solved finely.
const SAMPLE: Plan = Plan { length: 32, first: 2.0, last: 0.2, step: 4.0 };

/// What the size of the costs allows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// The largest magnitude of a cost.
    pub(super) cost: f64,
    /// No price rises above this.
    pub(super) price: f64,
    /// No eps need be finer than this.
    pub(super) eps: f64,
}

/// Runs the phases of a plan, none of them finer than the limit.
pub(super) fn run<V: Value>(
    auction: &mut Auction<'_, V>,
    plan: &Plan,
    limits: &Limits,
    control: &Control,
) -> Result<(), Error> {
    let spread = auction.spread();
    let last = (spread * plan.last).max(limits.eps).max(f64::MIN_POSITIVE);
    let mut eps = (spread * plan.first).max(last);
    // Where costs of some rows are far larger than those of most, bids run out before prices are anywhere near. Then
    // phases begin as coarse as the largest cost.
    if !auction.phase(eps) {
        control.check()?;
        eps = eps.max(limits.cost / COARSE);
        auction.phase(eps);
    }
    control.check()?;
    while eps > last {
        eps = (eps / plan.step).max(last);
        auction.phase(eps);
        control.check()?;
    }
    Ok(())
}

/// The prices at which each column is worth nothing to the row that it costs least.
pub(super) fn prices_of_columns(column_least: &[f64]) -> Vec<f64> {
    column_least.iter().map(|&least| if least < f64::INFINITY { -least } else { 0.0 }).collect()
}

/// Prices that follow the pattern of the costs, or `None` if there seems to be none.
pub(super) fn prices_of_pattern<V: Value>(
    matrix: &Matrix<'_, V>,
    limits: &Limits,
    control: &Control,
) -> Result<Option<Vec<f64>>, Error> {
    if matrix.n_rows() < LEAST_ROWS {
        return Ok(None);
    }
    let values = sample_of(matrix);
    let sample = Matrix::new(&values, matrix.n_columns() / STRIDE, 1.0);
    let Some(price) = prices_of_sample(&sample, limits, control)? else { return Ok(None) };
    let price = carried_over(matrix, &sample, &price);
    let is_first_test = sample.n_rows() < LEAST_ROWS;
    if is_first_test && bound(matrix, &price) <= bound(matrix, &prices_of_columns(&column_least(matrix))) {
        return Ok(None);
    }
    Ok(Some(price))
}

fn prices_of_sample(sample: &Matrix<'_, f64>, limits: &Limits, control: &Control) -> Result<Option<Vec<f64>>, Error> {
    let is_smallest = sample.n_rows() < LEAST_ROWS;
    let price = if is_smallest {
        prices_of_columns(&column_least(sample))
    } else {
        match prices_of_pattern(sample, limits, control)? {
            Some(price) => price,
            None => return Ok(None),
        }
    };
    let lists = Lists::shortest(sample, &price, SAMPLE.length, 1);
    let mut auction = Auction::new(Some(*sample), lists, price, limits.price);
    if is_smallest {
        let mut eps = limits.cost / COARSE;
        while eps > auction.spread() * SAMPLE.first {
            auction.phase(eps);
            eps /= SAMPLE.step;
        }
    }
    run(&mut auction, &SAMPLE, limits, control)?;
    Ok(Some(auction.price))
}

/// Every [`STRIDE`]-th row and column, in minimizing sense.
fn sample_of<V: Value>(matrix: &Matrix<'_, V>) -> Vec<f64> {
    let (n_rows, n_columns) = (matrix.n_rows() / STRIDE, matrix.n_columns() / STRIDE);
    let mut values = Vec::with_capacity(n_rows * n_columns);
    for row in 0..n_rows {
        let row = matrix.row(row * STRIDE + STRIDE / 2);
        values.extend(
            row.iter().skip(STRIDE / 2).step_by(STRIDE).take(n_columns).map(|&value| matrix.sign() * value.float()),
        );
    }
    values
}

/// For each column the price at which the sampled row that gains most by it gains nothing: the duals of the sampled rows
/// allow no lower one.
fn carried_over<V: Value>(matrix: &Matrix<'_, V>, sample: &Matrix<'_, f64>, price: &[f64]) -> Vec<f64> {
    let mut least = vec![f64::INFINITY; matrix.n_columns()];
    for row in 0..sample.n_rows() {
        let own = sample.least(row, price);
        if own < f64::INFINITY {
            for (least, &value) in least.iter_mut().zip(matrix.row(row * STRIDE + STRIDE / 2)) {
                *least = smaller(matrix.sign() * value.float() - own, *least);
            }
        }
    }
    prices_of_columns(&least)
}

pub(super) fn column_least<V: Value>(matrix: &Matrix<'_, V>) -> Vec<f64> {
    let mut least = vec![f64::INFINITY; matrix.n_columns()];
    for row in 0..matrix.n_rows() {
        for (least, &value) in least.iter_mut().zip(matrix.row(row)) {
            *least = smaller(matrix.sign() * value.float(), *least);
        }
    }
    least
}

/// What no full assignment of a square matrix can be cheaper than, as these prices prove, apart from rounding.
fn bound<V: Value>(matrix: &Matrix<'_, V>, price: &[f64]) -> f64 {
    let rows: f64 = (0..matrix.n_rows()).map(|row| matrix.least(row, price)).sum();
    rows - price.iter().sum::<f64>()
}
