//! A need that is served.

use super::Tier;
use crate::model::{NeedId, OrganizationId, WorkerId};
use crate::score::N_CRITERIA;

/// One chosen candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Assignment {
    /// The need that is served.
    pub need: NeedId,
    /// The organization that serves it.
    pub organization: OrganizationId,
    /// The worker of that organization; `None` where the organization serves without naming one.
    pub worker: Option<WorkerId>,
    /// How urgent the need is.
    pub tier: Tier,
    /// The score of the candidate in fixed point; 1.0 is 1 000 000. Beside the weighted mean of the criteria it holds the
    /// policy's switch penalty, unless the resident is given another provider than the current one.
    pub score: i32,
    /// The parts of the score before they are weighted, in the order of [`Criterion::ALL`](crate::score::Criterion).
    pub criteria: [i32; N_CRITERIA],
    /// The place of the candidate among all candidates of the need, 1 for the best score.
    /// Of equal scores the canonically first is before the others.
    pub rank: u32,
    /// A person decided on this worker before the run.
    pub pinned: bool,
    /// The resident has a current provider and is given another one.
    pub switched: bool,
}
