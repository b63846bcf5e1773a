//! Pairs of need and provider as the matching and the candidates have them.

use super::Explainer;
use crate::matching::{Assignment, Node};
use crate::model::NeedId;

/// Who serves.
pub(super) fn provider_of(assignment: &Assignment) -> Node {
    assignment.worker.map_or(Node::Organization(assignment.organization), Node::Worker)
}

impl Explainer {
    /// The score of a pair, or `None` where it is no candidate.
    pub(super) fn score_of(&self, need: NeedId, provider: u32) -> Option<i32> {
        let at = self.scored.candidates.row(need).binary_search(&provider).ok()?;
        self.scored.row(need).nth(at).map(|(_, score)| score)
    }

    /// How many providers there are: workers, then organizations.
    pub(super) fn n_providers(&self) -> u32 {
        let problem = self.matching.problem();
        (problem.workers().len() + problem.organizations().len()) as u32
    }
}
