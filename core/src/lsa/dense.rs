//! Full assignment of a whole matrix: scan, prices to start from, auction on short lists, exact repair, proof.
//!
//! [`numbers`] finds out about the values, [`instance`] solves.

use std::num::NonZero;
use std::thread;

use crate::control::{Control, Stage};
use crate::error::{Error, InputError};
use crate::options::Options;

use super::exact::{Exact, faults_of};
use super::matrix::Matrix;
use super::{Costs, Goal};

mod numbers;

mod instance;

mod relist;

use instance::Instance;
use numbers::{bytes_needed, copied, far, scanned, step_of, unit};

/// Fewer pairs than this are not worth a second thread.
const PAIRS_PER_THREAD: usize = 1 << 20;
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
        some_forbidden: scan.n_infinite > 0,
        n_threads,
        control,
    };
    let lists = lists.map_or_else(|| instance.start_of_columns(&scan.column_least), |lists| (vec![0.0; more], lists));
    if exact.fits_64_bits(more) { instance.solved::<i64>(lists) } else { instance.solved::<i128>(lists) }
}

#[cfg(test)]
mod tests;
