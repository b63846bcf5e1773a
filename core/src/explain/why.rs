//! Why this one: an assignment beside everything that could have been instead.

use super::pair::provider_of;
use super::{Change, Explainer};
use crate::matching::{Assignment, Node, Unmatched};
use crate::model::NeedId;
use crate::score::{self, N_CRITERIA};
use crate::total::Total;

/// Why a need is served as it is, or not served.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Why {
    /// The need.
    pub need: NeedId,
    /// The assignment with its criterion scores and its rank; `None` where the need is not served.
    pub assignment: Option<Assignment>,
    /// Why it is not served; `None` where it is.
    pub unmatched: Option<Unmatched>,
    /// What would follow if the need could not be with this provider. Its loss is the margin by which the assignment was
    /// chosen; a margin of zero means that there is another matching as good. `None` where the need is not served or
    /// pinned, and where floors cannot be met without the pair.
    pub margin: Option<Change>,
    /// Every other candidate, the least loss first, of equal ones the best score, of these the canonically first.
    pub others: Vec<OtherCandidate>,
}

/// A candidate that was not chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OtherCandidate {
    /// The worker, or the organization that would serve without naming one.
    pub provider: Node,
    /// The score in fixed point; 1.0 is 1 000 000.
    pub score: i32,
    /// The parts of the score before they are weighted, in the order of [`Criterion::ALL`](crate::score::Criterion).
    pub criteria: [i32; N_CRITERIA],
    /// The place among all candidates of the need by score, from 1.
    pub rank: u32,
    /// The resident would have another provider than the current one.
    pub switched: bool,
    /// What the total would lose if this pair were forced; `None` where the provider has no place in this run, or no matching
    /// within all floors and quotas has the pair.
    pub loss: Option<Total>,
}

impl Explainer {
    /// Why a need is served as it is, or why not.
    ///
    /// # Panics
    ///
    /// Panics if there is no such need.
    #[must_use]
    pub fn why(&self, need: NeedId) -> Why {
        let matching = &self.matching;
        let assignment = matching.assignment(need).cloned();
        let unmatched = matching.unmatched().iter().find(|unmatched| unmatched.need == need).cloned();
        let chosen = assignment.as_ref().map(|assignment| self.forest.index(provider_of(assignment)));
        let is_free = assignment.as_ref().is_some_and(|assignment| !assignment.pinned);
        let (margin, mut others) = self.with_ways_back(need, |back| {
            let margin = if is_free { self.if_forbidden(back, need) } else { None };
            let others = self.scored.row(need).filter(|&(provider, _)| Some(provider) != chosen);
            let others = others.map(|(provider, score)| {
                let loss = self.loss_if_forced(back, need, (provider, score)).map(|(loss, _)| loss);
                (loss, provider, score)
            });
            (margin, others.collect::<Vec<_>>())
        });
        // No place comes last.
        others.sort_unstable_by_key(|&(loss, provider, score)| (loss.is_none(), loss, -score, provider));
        let before = |provider: u32, score: i32| {
            let before = |&(other, better): &(u32, i32)| better > score || (better == score && other < provider);
            1 + self.scored.row(need).filter(before).count() as u32
        };
        let others = others.into_iter().map(|(loss, provider, score)| OtherCandidate {
            provider: self.forest.node(provider),
            score,
            criteria: score::criteria_of(matching.problem(), need, provider),
            rank: before(provider, score),
            switched: score::is_switch(matching.problem(), need, provider),
            loss,
        });
        Why { need, assignment, unmatched, margin, others: others.collect() }
    }
}
