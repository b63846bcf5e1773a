//! All candidates of all needs, in compressed rows.

use std::ops::Range;

use rayon::prelude::*;

use super::NotOptimised;
use super::not_optimised::not_optimised;
use super::search::Search;
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::model::{NeedId, Problem};

/// Needs that one thread takes at a time, after which it looks whether the run was cancelled.
const CHUNK: usize = 512;

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
/// O(pairs looked at): for each need the providers of its domain whose area holds its community. The search runs twice,
/// first to count, so that nothing is ever copied.
pub fn find(problem: &Problem, control: &Control) -> Result<Candidates, Error> {
    let n_needs = problem.needs().len();
    control.enter(Stage::Candidates, 2 * n_needs as u64)?;
    let beforehand = Search::bytes(problem);
    control.reserve(beforehand + Candidates::bytes(n_needs, 0))?;
    let search = Search::new(problem);

    let indptr = row_pointers(&search, control)?;
    let n_candidates = indptr[n_needs];
    control.reserve(beforehand + Candidates::bytes(n_needs, n_candidates))?;
    let provider = fill(&search, &indptr, control)?;
    let not_optimised = problem.needs().iter().map(|need| not_optimised(need, problem.policy())).collect();
    Ok(Candidates { indptr, provider, not_optimised })
}

fn row_pointers(search: &Search<'_>, control: &Control) -> Result<Vec<usize>, Error> {
    let mut indptr = vec![0; search.problem.needs().len() + 1];
    let chunks = indptr[1..].par_chunks_mut(CHUNK).enumerate();
    chunks.try_for_each_init(Vec::new, |row, (chunk, counts)| {
        for (k, count) in counts.iter_mut().enumerate() {
            search.candidates_of(NeedId::new(chunk * CHUNK + k), row);
            *count = row.len();
        }
        control.advance(counts.len() as u64)
    })?;
    let mut end = 0;
    for pointer in &mut indptr {
        end += *pointer;
        *pointer = end;
    }
    Ok(indptr)
}

fn fill(search: &Search<'_>, indptr: &[usize], control: &Control) -> Result<Vec<u32>, Error> {
    let n_needs = indptr.len() - 1;
    let mut provider = vec![0; indptr[n_needs]];
    split_rows(indptr, &mut provider).into_par_iter().try_for_each_init(Vec::new, |row, (needs, part)| {
        let offset = indptr[needs.start];
        for need in needs.clone() {
            search.candidates_of(NeedId::new(need), row);
            part[indptr[need] - offset..indptr[need + 1] - offset].copy_from_slice(row);
        }
        control.advance(needs.len() as u64)
    })?;
    Ok(provider)
}

/// Takes the values of all rows apart, in pieces of some needs each.
pub(crate) fn split_rows<'a, T>(indptr: &[usize], mut values: &'a mut [T]) -> Vec<(Range<usize>, &'a mut [T])> {
    let n_needs = indptr.len() - 1;
    let mut parts = Vec::with_capacity(n_needs.div_ceil(CHUNK));
    for start in (0..n_needs).step_by(CHUNK) {
        let end = n_needs.min(start + CHUNK);
        let (part, rest) = values.split_at_mut(indptr[end] - indptr[start]);
        parts.push((start..end, part));
        values = rest;
    }
    parts
}
