//! Full assignment: every row (or every column, if these are fewer) gets a partner of its own, at the least total cost.
//!
//! These are the two functions that SciPy users know, for dense and for sparse costs. Two things are better here:
//! costs are turned into integers before anything is compared ([`exact`]), so no rounding decides between two
//! assignments, and an independent check ([`check`]) proves each answer optimal before it is handed out.
//!
//! The method is the same for both: an auction finds prices that are nearly right, in floats ([`auction`], from
//! [`start`]); shortest paths repair them in integers ([`repair`]). A dense matrix is read few times, since rows work on
//! short lists of their cheapest columns ([`lists`]); [`dense`] and [`sparse`] are the two drivers.

mod dense;
mod sparse;

mod exact;

mod feasible;

mod matrix;
mod parts;
mod scan;

mod lists;

mod auction;
mod start;

mod repair;

mod check;

use crate::control::Control;
use crate::error::{Error, Fault, FaultCode, InputError, TableName};
use crate::options::Options;

use exact::Exact;

/// Costs as the caller has them.
#[derive(Clone, Copy, Debug)]
pub enum Costs<'a> {
    /// Whole numbers, used as they are.
    Int(&'a [i64]),
    /// Other numbers. Infinity forbids a pair (negative infinity, where the total is maximized).
    ///
    /// All are turned into multiples of one power of two. That is exact where the lowest bit of any cost is at most 90
    /// binary digits below the highest bit of any cost. Beyond that, costs are rounded to 90 binary digits below the
    /// largest one, and the total of a matching of k pairs is within k × 2⁻⁸⁹ × the largest magnitude of the best.
    Float(&'a [f64]),
}

impl Costs<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Int(cost) => cost.len(),
            Self::Float(cost) => cost.len(),
        }
    }
}

/// Which total is best.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Goal {
    /// The smallest.
    #[default]
    Minimize,
    /// The largest.
    Maximize,
}

/// A full assignment as two lists of equal length: `row[k]` is paired with `column[k]`. The rows ascend.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// The rows that have a partner: all of them, unless there are more rows than columns.
    pub row: Vec<u32>,
    /// The partner of each.
    pub column: Vec<u32>,
}

/// The best full assignment of a dense matrix of costs.
///
/// *Shape*: `cost` is `[n_rows × n_columns]`, row by row.
///
/// # Errors
///
/// [`InputError`] if the length is wrong, a cost is NaN or infinite in the wrong direction, or no full assignment
/// exists; [`Error::Cancelled`] and [`Error::Limit`] as the options ask.
///
/// # Complexity
///
/// O(k · n log n) for n costs and k = min(rows, columns); much less on most inputs.
///
/// # Examples
///
/// Three nurses, three rounds, minutes of travel:
///
/// ```
/// use needmatch::{Costs, Goal, Options, linear_sum_assignment};
///
/// let minutes = [4, 1, 3, 2, 0, 5, 3, 2, 2];
/// let pairs = linear_sum_assignment(3, 3, Costs::Int(&minutes), Goal::Minimize, &Options::default())?;
/// assert_eq!(pairs.column, [1, 0, 2]);
/// # Ok::<(), needmatch::Error>(())
/// ```
///
/// # References
///
/// R. Jonker and A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment problems",
/// Computing 38 (1987), 325–340.
pub fn linear_sum_assignment(
    n_rows: usize,
    n_columns: usize,
    cost: Costs<'_>,
    goal: Goal,
    options: &Options<'_>,
) -> Result<Pairs, Error> {
    let n_edges = n_rows.checked_mul(n_columns).ok_or_else(|| too_many("rows times columns"))?;
    check_size(n_rows, n_columns)?;
    if cost.len() != n_edges {
        return Err(wrong_length("cost", n_edges));
    }
    let partners = dense::partners(n_rows, n_columns, cost, goal, options)?;
    best_pairs(partners, n_rows > n_columns)
}

/// The best full assignment over the pairs that are given; other pairs are forbidden.
///
/// *Shape*: compressed rows: `indptr` `[n_rows + 1]`, `column` and `cost` `[n_pairs]`. Each pair at most once.
///
/// # Errors
///
/// [`InputError`] if the arrays do not fit each other, a pair appears twice, a cost is NaN or infinite in the wrong
/// direction, or no full assignment exists; [`Error::Cancelled`] and [`Error::Limit`] as the options ask.
///
/// # Complexity
///
/// O(k · n log n) for n pairs and k = min(rows, columns); much less on most inputs.
///
/// # Examples
///
/// ```
/// use needmatch::{Costs, Goal, Options, min_weight_full_matching};
///
/// // Row 0 knows both columns, row 1 only the first.
/// let pairs =
///     min_weight_full_matching(2, &[0, 2, 3], &[0, 1, 0], Costs::Int(&[1, 9, 1]), Goal::Minimize, &Options::default())?;
/// assert_eq!(pairs.column, [1, 0]);
/// # Ok::<(), needmatch::Error>(())
/// ```
pub fn min_weight_full_matching(
    n_columns: usize,
    indptr: &[usize],
    column: &[u32],
    cost: Costs<'_>,
    goal: Goal,
    options: &Options<'_>,
) -> Result<Pairs, Error> {
    check_size(indptr.len(), n_columns)?;
    if cost.len() != column.len() {
        return Err(wrong_length("cost", column.len()));
    }
    check_rows(n_columns, indptr, column)?;
    let exact = Exact::new(cost, goal, |edge| edge)?;
    let never_cancelled = Control::new();
    let control = options.control.unwrap_or(&never_cancelled);
    let n_rows = indptr.len() - 1;
    control.reserve(bytes_needed(column.len(), n_rows + n_columns))?;
    let partners = sparse::partners(n_columns, indptr, column, &exact, control)?;
    best_pairs(partners, n_rows > n_columns)
}

/// From the partners of the shorter side; `flipped` says that this is the columns.
fn best_pairs(partners: Option<Vec<u32>>, flipped: bool) -> Result<Pairs, Error> {
    let Some(partners) = partners else {
        let fault = Fault::in_table(TableName::Arrays, FaultCode::NoFullAssignment, "");
        return Err(InputError::from(fault).into());
    };
    if !flipped {
        return Ok(Pairs { row: (0..).take(partners.len()).collect(), column: partners });
    }
    let mut pairs: Vec<(u32, u32)> = partners.into_iter().zip(0..).collect();
    pairs.sort_unstable();
    let (row, column) = pairs.into_iter().unzip();
    Ok(Pairs { row, column })
}

fn check_size(n_rows: usize, n_columns: usize) -> Result<(), Error> {
    if n_rows.max(n_columns) >= u32::MAX as usize { Err(too_many("rows or columns")) } else { Ok(()) }
}

fn check_rows(n_columns: usize, indptr: &[usize], column: &[u32]) -> Result<(), InputError> {
    let rows_fit = indptr.first() == Some(&0)
        && indptr.last() == Some(&column.len())
        && indptr.windows(2).all(|pair| pair[0] <= pair[1]);
    if !rows_fit {
        return Err(Fault::in_column(TableName::Arrays, "indptr", FaultCode::RowPointers, "").into());
    }
    let mut faults = Vec::new();
    let mut last_row = vec![usize::MAX; n_columns];
    for (row, pair) in indptr.windows(2).enumerate() {
        for (edge, &partner) in (pair[0]..pair[1]).zip(&column[pair[0]..pair[1]]) {
            let (code, expected) = match last_row.get_mut(partner as usize) {
                None => (FaultCode::IndexOutOfRange, format!("a column below {n_columns}")),
                Some(last) if *last == row => (FaultCode::DuplicatePair, "each column once in a row".to_owned()),
                Some(last) => {
                    *last = row;
                    continue;
                }
            };
            faults.push(Fault::in_cell(TableName::Arrays, edge, "column", code, expected));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(InputError::new(faults)) }
}

/// Counts pairs as floats and in the wide form, which are held at once.
fn bytes_needed(n_edges: usize, n_lines: usize) -> u64 {
    const BYTES_PER_EDGE: u64 = 12 + 12 + 32;
    const BYTES_PER_LINE: u64 = 300;
    (n_edges as u64).saturating_mul(BYTES_PER_EDGE).saturating_add((n_lines as u64).saturating_mul(BYTES_PER_LINE))
}

fn wrong_length(array: &'static str, expected: usize) -> Error {
    let fault = Fault::in_column(TableName::Arrays, array, FaultCode::ArrayLength, format!("length {expected}"));
    InputError::from(fault).into()
}

fn too_many(what: &str) -> Error {
    InputError::from(Fault::in_table(TableName::Arrays, FaultCode::TooManyRows, format!("less than 2^32 {what}")))
        .into()
}

#[cfg(test)]
mod tests;
