//! Scores: how good each candidate is, as one integer.
//!
//! Each criterion is measured in [0, 1] and rounded at once to fixed point; the score is the weighted mean of the
//! rounded measures, rounded once more, and the policy's switch penalty on top unless the pair is a switch. 1.0 is
//! 1 000 000.

mod criterion;
mod measure;
mod switch;

mod criteria;

mod scorer;

pub use criterion::{Criterion, N_CRITERIA};
pub(crate) use scorer::{Scorer, weights_of};

use crate::candidate::{Candidates, LocalOrder, Site};
use crate::control::{Control, Stage};
use crate::encode::scale::to_fixed;
use crate::error::Error;
use crate::model::{NeedId, Problem};
use crate::policy::Policy;
use criteria::measures;
use measure::{NeedSide, ProviderSide};

/// Candidates with their scores.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScoredCandidates {
    /// The candidates.
    pub candidates: Candidates,
    /// The score of each candidate in fixed point, `[n_candidates]`; from 0 to 1 000 000, and the policy's
    /// switch penalty more.
    pub score: Vec<i32>,
}

impl ScoredCandidates {
    /// Joins candidates and their scores.
    ///
    /// # Panics
    ///
    /// Panics if there is not one score for each candidate.
    #[must_use]
    pub fn new(candidates: Candidates, score: Vec<i32>) -> Self {
        assert_eq!(candidates.len(), score.len(), "one score for each candidate");
        Self { candidates, score }
    }

    /// The candidates of one need with their scores, in ascending order of the providers.
    pub fn row(&self, need: NeedId) -> impl ExactSizeIterator<Item = (u32, i32)> + Clone + '_ {
        let indptr = self.candidates.indptr();
        let row = indptr[need.index()]..indptr[need.index() + 1];
        self.candidates.row(need).iter().copied().zip(self.score[row].iter().copied())
    }
}

/// Scores every candidate. Works in whatever rayon pool is current; the result is the same for any number of threads.
///
/// # Errors
///
/// [`Error::Cancelled`], and [`Error::Limit`] before more memory is taken than the budget allows.
///
/// # Complexity
///
/// O(candidates).
pub fn score_all(problem: &Problem, candidates: &Candidates, control: &Control) -> Result<Vec<i32>, Error> {
    let n_needs = problem.needs().len();
    control.enter(Stage::Candidates, n_needs as u64)?;
    let beforehand = Candidates::bytes(n_needs, candidates.len()) + Scorer::bytes(problem);
    control.reserve(beforehand + LocalOrder::bytes::<i32>(n_needs, candidates.len() as u64))?;

    let scorer = Scorer::new(problem);
    let (_, score) = LocalOrder::new(problem).gather(beforehand, control, |need, row| {
        let score = scorer.of_need(need);
        row.extend(candidates.row(need).iter().map(|&node| score(node)));
    })?;
    Ok(score)
}

/// The measure of each criterion for one pair in fixed point, in the order of [`Criterion::ALL`].
///
/// # Panics
///
/// Panics if there is no such need or provider.
#[must_use]
pub fn criteria_of(problem: &Problem, need: NeedId, provider: u32) -> [i32; N_CRITERIA] {
    let row = &problem.needs()[need.index()];
    let side = NeedSide::new(problem, need, Site::of(row, problem));
    measure_all(&side, &ProviderSide::new(problem, provider), problem.policy_of(row))
}

/// Whether a pair gives a resident who has a current provider another one.
///
/// # Panics
///
/// Panics if there is no such need or provider.
#[must_use]
pub fn is_switch(problem: &Problem, need: NeedId, provider: u32) -> bool {
    switch::is_switch(&problem.needs()[need.index()], &ProviderSide::new(problem, provider))
}

fn measure_all(need: &NeedSide<'_>, provider: &ProviderSide, policy: &Policy) -> [i32; N_CRITERIA] {
    measures(need, provider, policy).map(to_fixed)
}

#[cfg(test)]
mod tests;
