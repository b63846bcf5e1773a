//! People to numbers and back: scored candidates to a network, its flow to a matching.
//!
//! A need becomes a need of the network, a worker, organization or group a node of the supply forest, a candidate an
//! edge. The tier of a need in the network is how much its being served counts in coverage:
//!
//! | objective | red | yellow | blue | green |
//! |---|---|---|---|---|
//! | `tiers_then_score`, `least_unequal`, `stable`, `max_min`, `leximin` | 4 | 3 | 2 | 1 |
//! | `coverage_then_score` | 1 | 1 | 1 | 1 |
//! | `score` | 0 | 0 | 0 | 0 |
//!
//! Any strictly decreasing numbers give the lexicographically best coverage, because the sets of needs that a supply
//! forest can serve together form a gammoid, and the greedy choice is best in a matroid under any such weights.

pub(crate) mod scale;

mod bounds;
mod forest;
mod kinds;
mod quotas;

mod scaled;
mod value;

mod decode;
mod proven;
mod quota_use;
mod summary;
mod unmatched;

use std::borrow::Cow;

pub(crate) use bounds::Bounds;
pub(crate) use decode::{Found, decode};
pub(crate) use forest::Forest;
pub(crate) use kinds::{Reached, Size, Sizes, sizes};
pub(crate) use proven::unmet;
pub(crate) use quotas::{Groups, Part, Quotas};
pub(crate) use scaled::Scaled;
pub(crate) use value::Prices;

use crate::candidate::Candidates;
use crate::control::Control;
use crate::error::{Error, InputError};
use crate::model::Problem;
use crate::model::codes::Risk;
use crate::network::Network;
use crate::policy::Objective;
use crate::score::ScoredCandidates;
use crate::solve;

/// The arrays of a network, borrowed from the candidates where they are the same.
pub(crate) struct Encoded<'a> {
    indptr: Cow<'a, [usize]>,
    node: Cow<'a, [u32]>,
    score: Cow<'a, [i32]>,
    /// How much each need counts in coverage.
    pub(crate) tier: Vec<u8>,
    /// What bounds the run.
    pub(crate) bounds: Bounds,
    /// Bytes in use besides.
    held: u64,
}

/// Encodes what is left to optimise: pinned needs keep no edges, and their places are taken. `held` bytes are in use.
///
/// # Errors
///
/// [`Error::Limit`] before more memory is taken than the budget allows.
///
/// # Complexity
///
/// O(needs + nodes · depth), and O(candidates) if a need is pinned.
pub(crate) fn encode<'a>(
    problem: &Problem,
    scored: &'a ScoredCandidates,
    held: u64,
    control: &Control,
) -> Result<Encoded<'a>, Error> {
    let of_edges = Candidates::bytes(problem.needs().len(), scored.score.len()) + size_of_val(&*scored.score) as u64;
    // Where a need is pinned, the candidates of the others are copied.
    control.reserve(held + of_edges)?;
    let objective = problem.policy().objective();
    let tier = problem.needs().iter().map(|need| tier(objective, need.risk)).collect();
    let (indptr, node, score) = free_edges(problem, scored);
    Ok(Encoded { indptr, node, score, tier, bounds: Bounds::of(problem), held })
}

impl Encoded<'_> {
    /// The network over the arrays.
    ///
    /// # Errors
    ///
    /// [`Error::Limit`] if the budget does not allow the memory to solve it;
    /// [`Error::InternalCheck`] if the arrays are not what a network may be, as those of a checked problem are.
    pub(crate) fn network(&self, control: &Control) -> Result<Network<'_, i32>, Error> {
        let build = || {
            let network = Network::new(&self.indptr, &self.node, &self.score, &self.bounds.capacity)?;
            network.with_parents(&self.bounds.forest.parent)?.with_tiers(&self.tier)
        };
        let network = build().map_err(|faults: InputError| Error::InternalCheck { check: faults.to_string() })?;
        control.reserve(self.held + solve::bytes_needed(&network))?;
        Ok(network)
    }
}

/// How much a need counts in coverage.
fn tier(objective: Objective, risk: Risk) -> u8 {
    match objective {
        Objective::TiersThenScore
        | Objective::LeastUnequal
        | Objective::Stable
        | Objective::MaxMin
        | Objective::Leximin => risk as u8 + 1,
        Objective::CoverageThenScore => 1,
        Objective::Score => 0,
    }
}

type Edges<'a> = (Cow<'a, [usize]>, Cow<'a, [u32]>, Cow<'a, [i32]>);

/// The candidates of all needs that are not pinned.
fn free_edges<'a>(problem: &Problem, scored: &'a ScoredCandidates) -> Edges<'a> {
    let (indptr, node, score) = (&scored.candidates.indptr, &scored.candidates.provider, &scored.score);
    if problem.needs().iter().all(|need| need.pinned_worker.is_none()) {
        return (indptr.into(), node.into(), score.into());
    }
    let (mut free_indptr, mut free_node, mut free_score) = (vec![0], Vec::new(), Vec::new());
    for (need, row) in problem.needs().iter().zip(indptr.windows(2)) {
        if need.pinned_worker.is_none() {
            free_node.extend_from_slice(&node[row[0]..row[1]]);
            free_score.extend_from_slice(&score[row[0]..row[1]]);
        }
        free_indptr.push(free_node.len());
    }
    (free_indptr.into(), free_node.into(), free_score.into())
}
