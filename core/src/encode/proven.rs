//! What proves a result, from numbers to people.

use super::Bounds;
use crate::matching::{Certificate, Limit, Limited, Unmet};
use crate::model::{NeedId, Problem};
use crate::proof::{Proof, Shortage, TightSet};
use crate::score::ScoredCandidates;

/// The positions of all nodes, workers first, each level in the order of its identifiers.
pub(super) fn nodes_by_id(problem: &Problem) -> impl Iterator<Item = usize> {
    let (n_workers, n_organizations) = (problem.workers().len(), problem.organizations().len());
    let workers = problem.workers_by_id().map(|id| id.index());
    let organizations = problem.organizations_by_id().map(move |id| n_workers + id.index());
    let groups = problem.groups_by_id().map(move |id| n_workers + n_organizations + id.index());
    workers.chain(organizations).chain(groups)
}

/// The prices in the order of the places.
pub(super) fn certificate(problem: &Problem, proof: &Proof) -> Certificate {
    Certificate { step: proof.step.clone(), price: nodes_by_id(problem).map(|v| proof.price[v]).collect() }
}

/// The floors and caps at the border of a tight set, and the needs that cross it.
///
/// A floor at the border gets the price −1, a cap 1. At these prices a candidate is worth 1 to a need that can bring a
/// unit over the border for nothing, and so fill one place of the floors.
pub(super) fn unmet(problem: &Problem, scored: &ScoredCandidates, bounds: &Bounds, tight: &TightSet) -> Unmet {
    let price = prices(bounds, tight);
    let full: Vec<i64> =
        (0..bounds.forest.n_nodes() as u32).map(|v| bounds.forest.path(v).map(|v| price[v as usize]).sum()).collect();
    let crosses = |need: &NeedId| {
        let is_free = problem.needs()[need.index()].pinned_worker.is_none();
        is_free && scored.row(*need).any(|(provider, _)| full[provider as usize] < 0)
    };
    let needs: Vec<NeedId> = problem.needs_by_id().filter(crosses).collect();
    let limits = |sign: i64, amount: &[u64]| -> Vec<Limit> {
        let at = |v: usize| Limit { of: Limited::Node(bounds.forest.node(v as u32)), needs: amount[v] };
        nodes_by_id(problem).filter(|&v| price[v] == sign).map(at).collect()
    };
    // Nobody fills more places than there are needs.
    let most = problem.needs().len() as u64;
    let caps: Vec<u64> = bounds.capacity.iter().map(|&places| places.min(most)).collect();
    let (floors, caps) = (limits(-1, &bounds.floor), limits(1, &caps));
    let sum = |limits: &[Limit]| limits.iter().map(|limit| limit.needs).sum::<u64>();
    let missing = sum(&floors).saturating_sub(sum(&caps)).saturating_sub(needs.len() as u64);
    Unmet { missing, floors, caps, needs }
}

/// For each node −1 if its floor is at the border, 1 if its cap is, else 0.
fn prices(bounds: &Bounds, tight: &TightSet) -> Vec<i64> {
    let forest = &bounds.forest;
    let mut is_in = vec![0; forest.n_nodes()];
    tight.nodes.iter().for_each(|&v| is_in[v as usize] = 1);
    // What enters a set that lacks places is forced by floors, and what leaves it is bounded by caps.
    let sign = if tight.shortage == Shortage::Places { 1 } else { -1 };
    let above = |v: usize| forest.parent[v].map_or(0, |above| is_in[above as usize]);
    // A floor of 0 asks for nothing, and without its price the proof only becomes stronger.
    let least = |v: usize| if bounds.floor[v] > 0 { -1 } else { 0 };
    (0..forest.n_nodes()).map(|v| least(v).max(sign * (is_in[v] - above(v)))).collect()
}
