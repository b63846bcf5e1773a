//! Full assignment over the pairs that are given: is there one, auction, exact repair, proof.

use crate::control::{Control, Stage};
use crate::error::Error;

use super::auction::Auction;
use super::check;
use super::exact::{Exact, in_units};
use super::feasible::has_full_assignment;
use super::lists::Lists;
use super::matrix::{Matrix, Value};
use super::repair::{Arithmetic, Relist, Repair, Row};
use super::start::{self, Limits, SPARSE};

/// In units; what is finer, rounding settles.
const SMALLEST_EPS: f64 = 0.25;

/// Pairs that may be chosen, in compressed rows, with no more rows than columns.
pub(super) struct Pairs {
    pub(super) indptr: Vec<usize>,
    pub(super) column: Vec<u32>,
    /// Where the caller's costs have the pair; empty where only the pairs matter.
    edge: Vec<usize>,
    pub(super) n_columns: usize,
}

impl Pairs {
    /// Leaves out what is forbidden, and lets the fewer side be the rows.
    fn of_allowed(n_columns: usize, indptr: &[usize], column: &[u32], exact: &Exact<'_>) -> Self {
        let n_rows = indptr.len() - 1;
        let flipped = n_rows > n_columns;
        let (n_lines, n_across) = if flipped { (n_columns, n_rows) } else { (n_rows, n_columns) };
        let line = |row: usize, edge: usize| if flipped { column[edge] as usize } else { row };
        let allowed = |row: usize| (indptr[row]..indptr[row + 1]).filter(|&edge| exact.cost(edge).is_some());
        let mut next = vec![0; n_lines + 1];
        for row in 0..n_rows {
            allowed(row).for_each(|edge| next[line(row, edge) + 1] += 1);
        }
        for line in 0..n_lines {
            next[line + 1] += next[line];
        }
        let (indptr_of_lines, n_edges) = (next.clone(), next[n_lines]);
        let mut pairs =
            Self { indptr: indptr_of_lines, column: vec![0; n_edges], edge: vec![0; n_edges], n_columns: n_across };
        for row in 0..n_rows {
            for edge in allowed(row) {
                let place = &mut next[line(row, edge)];
                pairs.column[*place] = if flipped { row as u32 } else { column[edge] };
                pairs.edge[*place] = edge;
                *place += 1;
            }
        }
        pairs
    }

    /// The finite entries of a matrix, which has no fewer columns than rows.
    pub(super) fn finite<V: Value>(matrix: &Matrix<'_, V>) -> Self {
        let mut pairs = Self::new(matrix.n_columns());
        for row in 0..matrix.n_rows() {
            let allowed = matrix.row(row).iter().zip(0..).filter(|(value, _)| value.float().is_finite());
            pairs.push_row(allowed.map(|(_, column)| column));
        }
        pairs
    }

    /// No rows yet, and only pairs matter.
    pub(super) fn new(n_columns: usize) -> Self {
        Self { indptr: vec![0], column: vec![], edge: vec![], n_columns }
    }

    pub(super) fn push_row(&mut self, columns: impl Iterator<Item = u32>) {
        self.column.extend(columns);
        self.indptr.push(self.column.len());
    }

    pub(super) fn n_rows(&self) -> usize {
        self.indptr.len() - 1
    }

    pub(super) fn columns(&self, row: usize) -> &[u32] {
        &self.column[self.indptr[row]..self.indptr[row + 1]]
    }

    /// The pairs of a row: column and cost.
    fn row<'a, T: Arithmetic>(&'a self, row: usize, exact: &'a Exact<'_>) -> impl Iterator<Item = (u32, T)> + 'a {
        let edges = &self.edge[self.indptr[row]..self.indptr[row + 1]];
        let costs = edges.iter().map(|&edge| exact.cost(edge).map_or(T::default(), T::narrowed));
        self.columns(row).iter().copied().zip(costs)
    }
}

/// The best columns of the shorter side: of each row, or where there are more rows than columns, the row of each column.
pub(super) fn partners(
    n_columns: usize,
    indptr: &[usize],
    column: &[u32],
    exact: &Exact<'_>,
    control: &Control,
) -> Result<Option<Vec<u32>>, Error> {
    control.enter(Stage::Auction, 0)?;
    let pairs = Pairs::of_allowed(n_columns, indptr, column, exact);
    if pairs.n_rows() == 0 {
        return Ok(Some(Vec::new()));
    }
    if !has_full_assignment(&pairs, control)? {
        return Ok(None);
    }
    if exact.fits_64_bits(pairs.n_rows()) {
        solved::<i64>(&pairs, exact, control)
    } else {
        solved::<i128>(&pairs, exact, control)
    }
}

fn solved<T: Arithmetic>(pairs: &Pairs, exact: &Exact<'_>, control: &Control) -> Result<Option<Vec<u32>>, Error> {
    let (mut auction, limits) = start_of_columns(pairs, exact);
    let repair = repair::<T>(pairs, exact, &auction, control)?;
    // Columns left over must be the cheapest, which an auction in more than one phase does not see to. And where few rows
    // compete, a few exact bids leave nearly nothing to do.
    let is_square = pairs.n_rows() == pairs.n_columns;
    let repair = if is_square && repair.n_free() > pairs.n_rows() / 50 {
        drop(repair);
        start::run(&mut auction, &SPARSE, &limits, control)?;
        self::repair(pairs, exact, &auction, control)?
    } else {
        repair
    };
    let Some(solution) = repair.run(control)? else { return Ok(None) };
    control.enter(Stage::Verify, 0)?;
    check::optimal(pairs.n_rows(), &solution, |row| {
        pairs.row::<T>(row, exact).map(|(column, cost)| (column as usize, cost))
    })?;
    Ok(Some(solution.column))
}

/// Costs and prices are counted in whole units here, as far as floats can.
fn start_of_columns(pairs: &Pairs, exact: &Exact<'_>) -> (Auction<'static, f64>, Limits) {
    let cost: Vec<f64> = pairs.edge.iter().map(|&edge| exact.cost(edge).unwrap_or(0) as f64).collect();
    let largest = cost.iter().fold(0.0f64, |largest, cost| largest.max(cost.abs()));
    let limits = Limits { cost: largest, price: largest * 4.0 * (pairs.n_rows() as f64 + 1.0), eps: SMALLEST_EPS };
    let is_square = pairs.n_rows() == pairs.n_columns;
    let mut least = vec![if is_square { f64::INFINITY } else { 0.0 }; pairs.n_columns];
    if is_square {
        for (&column, &cost) in pairs.column.iter().zip(&cost) {
            least[column as usize] = least[column as usize].min(cost);
        }
    }
    let lists = Lists::complete(&pairs.indptr, pairs.column.clone(), cost);
    (Auction::new(None, lists, start::prices_of_columns(&least), limits.price), limits)
}

fn repair<T: Arithmetic>(
    pairs: &Pairs,
    exact: &Exact<'_>,
    auction: &Auction<'_, f64>,
    control: &Control,
) -> Result<Repair<T, NothingElse>, Error> {
    let rows = (0..pairs.n_rows()).map(|row| Row { pairs: pairs.row(row, exact).collect(), beyond: None }).collect();
    let price = auction.price.iter().map(|&price| T::narrowed(in_units(price, 0))).collect();
    Repair::new(rows, NothingElse, price, auction.column_of.clone(), control)
}

/// The lists have every pair.
struct NothingElse;

impl<T: Arithmetic> Relist<T> for NothingElse {
    fn relist(&mut self, _row: usize, _price: &[T], _length: usize, _taken: &[Option<u32>]) -> Row<T> {
        Row { pairs: Vec::new(), beyond: None }
    }
}
