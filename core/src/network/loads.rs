//! What it costs to use the places of a node: convex curves, piecewise constant in the cost of one more place.

use super::{MAX_SCORE, wrong_length};
use crate::error::{Fault, FaultCode, TableName};

/// For each node of the supply forest, what the places taken at it and under it cost, in units of score.
///
/// A node's curve is given by its breakpoints: each place after the first `from` costs `cost`, up to the next breakpoint;
/// places before the first breakpoint cost nothing. The cost of one more place must never decrease, so that the whole is
/// convex. The costs are taken from the total of the scores.
///
/// *Shapes*: `indptr` `[n_nodes + 1]`; `from` and `cost` `[n_breakpoints]`.
///
/// # Examples
///
/// The first two places of node 0 are free, the third and fourth cost 5 each, further ones 9 each; node 1 has no costs.
///
/// ```
/// use needmatch::Loads;
///
/// let loads = Loads { indptr: &[0, 2, 2], from: &[2, 4], cost: &[5, 9] };
/// assert_eq!([1, 2, 3, 4, 5].map(|k| loads.cost_of_place(0, k)), [0, 0, 5, 5, 9]);
/// assert_eq!(loads.cost_of_all(0, 5), 19);
/// assert_eq!(loads.cost_of_all(1, 5), 0);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Loads<'a> {
    /// The breakpoints of node v are those numbered `indptr[v]` to `indptr[v + 1] - 1`.
    pub indptr: &'a [usize],
    /// After how many places each breakpoint begins; ascending within a node.
    pub from: &'a [u64],
    /// What each place after that costs, within ±[`MAX_SCORE`]; never less than before.
    pub cost: &'a [i64],
}

impl Loads<'_> {
    /// The breakpoints of a node: after how many places, and what each further one costs.
    pub fn breakpoints(&self, node: u32) -> impl ExactSizeIterator<Item = (u64, i64)> + '_ {
        let row = self.indptr[node as usize]..self.indptr[node as usize + 1];
        self.from[row.clone()].iter().copied().zip(self.cost[row].iter().copied())
    }

    /// What the k-th place of a node costs, counted from 1.
    #[must_use]
    pub fn cost_of_place(&self, node: u32, k: u64) -> i64 {
        self.breakpoints(node).take_while(|&(from, _)| from < k).last().map_or(0, |(_, cost)| cost)
    }

    /// What so many places of a node cost together.
    #[must_use]
    pub fn cost_of_all(&self, node: u32, places: u64) -> i128 {
        let mut sum = 0;
        let mut next = self.breakpoints(node).peekable();
        while let Some((from, cost)) = next.next() {
            let until = next.peek().map_or(places, |&(from, _)| from.min(places));
            sum += i128::from(until.saturating_sub(from)) * i128::from(cost);
        }
        sum
    }

    /// Everything that is wrong.
    pub(super) fn faults(&self, n_nodes: usize) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.indptr.len() != n_nodes + 1 {
            faults.push(wrong_length("load_indptr", n_nodes + 1));
        }
        if self.cost.len() != self.from.len() {
            faults.push(wrong_length("load_cost", self.from.len()));
        }
        let rows_fit =
            self.indptr.first() == Some(&0) && self.indptr.last() == Some(&self.from.len()) && self.indptr.is_sorted();
        if !rows_fit {
            faults.push(Fault::in_column(TableName::Arrays, "load_indptr", FaultCode::RowPointers, ""));
        }
        let in_cell =
            |row, array, code, expected: String| Fault::in_cell(TableName::Arrays, row, array, code, expected);
        for (row, _) in self.cost.iter().enumerate().filter(|&(_, cost)| cost.unsigned_abs() > MAX_SCORE as u64) {
            let expected = format!("a cost from -{MAX_SCORE} to {MAX_SCORE}");
            faults.push(in_cell(row, "load_cost", FaultCode::OutOfRange, expected));
        }
        if !faults.is_empty() {
            return faults;
        }
        for row in self.indptr.windows(2) {
            // The curve starts at 0 places, which cost nothing until the first breakpoint.
            let mut before = None;
            for k in row[0]..row[1] {
                let (from, cost) = (self.from[k], self.cost[k]);
                if before.is_some_and(|(earlier, _)| from <= earlier) {
                    faults.push(in_cell(
                        k,
                        "load_from",
                        FaultCode::NotConvex,
                        "more than before in its node".to_owned(),
                    ));
                }
                let least = before.map_or((from > 0).then_some(0), |(_, cost)| Some(cost));
                if let Some(least) = least.filter(|&least| cost < least) {
                    faults.push(in_cell(k, "load_cost", FaultCode::NotConvex, format!("at least {least}")));
                }
                before = Some((from, cost));
            }
        }
        faults
    }
}
