//! All candidates of all needs, in compressed rows.

use super::NotOptimised;
use super::ledger::Ledger;
use super::not_optimised::not_optimised;
use super::rows::LocalOrder;
use super::search::Search;
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::model::{NeedId, Problem};

/// The candidates of each need, in compressed rows.
///
/// Providers are numbered: workers first, then organizations, each in canonical order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    pub(crate) indptr: Vec<usize>,
    pub(crate) provider: Vec<u32>,
    pub(crate) not_optimised: Vec<Option<NotOptimised>>,
}

impl Candidates {
    /// Where the row of each need starts and the last one ends, `[n_needs + 1]`.
    #[must_use]
    pub fn indptr(&self) -> &[usize] {
        &self.indptr
    }

    /// The providers of all rows, `[n_candidates]`; ascending in each row.
    #[must_use]
    pub fn provider(&self) -> &[u32] {
        &self.provider
    }

    /// The candidates of one need, in ascending order.
    #[must_use]
    pub fn row(&self, need: NeedId) -> &[u32] {
        &self.provider[self.indptr[need.index()]..self.indptr[need.index() + 1]]
    }

    /// Why a need takes no part, or `None` for one that does.
    #[must_use]
    pub fn not_optimised(&self, need: NeedId) -> Option<NotOptimised> {
        self.not_optimised[need.index()]
    }

    /// How many candidates there are in all.
    #[must_use]
    pub fn len(&self) -> usize {
        self.provider.len()
    }

    /// Whether no need has a candidate.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.provider.is_empty()
    }

    /// Bytes of the arrays.
    pub(crate) fn bytes(n_needs: usize, n_candidates: usize) -> u64 {
        let of_need = size_of::<usize>() + size_of::<Option<NotOptimised>>();
        ((n_needs + 1) * of_need + n_candidates * size_of::<u32>()) as u64
    }
}

/// Finds every pair that passes every hard rule.
///
/// The candidates of a pinned need are the pinned worker alone, if it passes every rule.
/// Works in whatever rayon pool is current; the result is the same for any number of threads.
///
/// # Errors
///
/// [`Error::Cancelled`], and [`Error::Limit`] before more memory is taken than the budget allows.
///
/// # Complexity
///
/// O(pairs looked at): for each need the providers of its domain whose area holds its community.
pub fn find(problem: &Problem, control: &Control) -> Result<Candidates, Error> {
    let n_needs = problem.needs().len();
    control.enter(Stage::Candidates, n_needs as u64)?;
    let mut ledger = Ledger::new(control);
    // The rows come last, but what they need at least is known now.
    control.reserve(LocalOrder::bytes::<u32>(n_needs, 0))?;
    ledger.take::<Option<NotOptimised>>(n_needs)?;
    let search = Search::new(problem, &mut ledger)?;
    let (indptr, provider) =
        LocalOrder::new(problem).gather(ledger.held(), control, |need, row| search.candidates_of(need, row))?;
    let not_optimised = problem.needs().iter().map(|need| not_optimised(problem, need)).collect();
    Ok(Candidates { indptr, provider, not_optimised })
}
