//! Full assignment of a whole matrix: scan, prices to start from, auction on short lists, exact repair, proof.
//!
//! [`numbers`] finds out about the values, [`instance`] solves.

use std::num::NonZero;
use std::thread;

use crate::control::{Control, Stage};
use crate::error::{Error, InputError};
use crate::options::Options;

use super::exact::{Exact, faults_of};
use super::matrix::{Matrix, Value, transposed};
use super::scan::Scan;
use super::{Costs, Goal};

mod numbers;

mod instance;

mod relist;

use instance::Instance;
use numbers::{bytes_needed, far, is_tied, scanned, step_of, unit};

/// Fewer pairs than this are not worth a second thread.
const PAIRS_PER_THREAD: usize = 1 << 18;
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
    control.reserve(bytes_needed(shape))?;
    control.enter(Stage::Auction, 0)?;
    if less == 0 {
        return Ok(Some(Vec::new()));
    }
    let processors = || thread::available_parallelism().map_or(1, NonZero::get);
    let n_threads = options.threads.filter(|&n| n > 0).unwrap_or_else(processors);
    let n_threads = n_threads.min(cost.len() / PAIRS_PER_THREAD).max(1);
    let given = Given { cost, goal, shape, n_threads, control };
    match cost {
        Costs::Float(values) => given.partners(values),
        Costs::Int(values) => given.partners(values),
    }
}

/// What the caller asks for.
struct Given<'a> {
    cost: Costs<'a>,
    goal: Goal,
    shape: Shape,
    n_threads: usize,
    control: &'a Control,
}

impl Given<'_> {
    /// The same costs once more: `values`.
    fn partners<V: Value>(&self, values: &[V]) -> Result<Option<Vec<u32>>, Error> {
        let Self { cost, goal, shape, n_threads, control } = *self;
        let flipped: Vec<V>;
        let values = if shape.flipped {
            flipped = transposed(values, shape.n_columns, shape.n_rows);
            &flipped
        } else {
            values
        };
        let sign = if goal == Goal::Minimize { 1.0 } else { -1.0 };
        let matrix = Matrix::new(values, shape.n_columns, sign);
        let step = step_of(cost);
        let starts_at_0 = shape.n_rows < shape.n_columns || is_tied(&matrix);
        let (scan, lists) = scanned(&matrix, step, starts_at_0, n_threads);
        if scan.n_refused > 0 {
            let Costs::Float(cost) = cost else { return Ok(None) };
            let n_columns = if shape.flipped { shape.n_rows } else { shape.n_columns };
            return Err(InputError::new(faults_of(cost, sign as i8, |edge| edge / n_columns)).into());
        }
        control.check()?;
        let unit = unit(cost, &scan);
        let exact = Exact::of_checked(cost, goal, unit, scan.largest);
        let shift = far(scan.largest);
        if shift == 0 {
            return self.instance(matrix, &exact, &scan, unit, true).solved(scan, lists);
        }
        let scaled: Vec<f64> = values.iter().map(|&value| libm::ldexp(value.float(), shift)).collect();
        let matrix = Matrix::new(&scaled, shape.n_columns, sign);
        let (scan, lists) = scanned(&matrix, step, starts_at_0, n_threads);
        self.instance(matrix, &exact, &scan, unit + shift, false).solved(scan, lists)
    }

    fn instance<'a, V: Value>(
        &'a self,
        matrix: Matrix<'a, V>,
        exact: &'a Exact<'a>,
        scan: &Scan,
        unit: i32,
        is_as_given: bool,
    ) -> Instance<'a, V> {
        let on_grid = scan.on_grid && is_as_given;
        Instance {
            matrix,
            shape: self.shape,
            exact,
            on_grid,
            is_lossless: on_grid || is_as_given && !V::IS_WHOLE,
            unit,
            largest: scan.largest,
            some_forbidden: scan.n_infinite > 0,
            n_threads: self.n_threads,
            control: self.control,
        }
    }
}

#[cfg(test)]
mod tests;
