//! What proves a result, from numbers to people.

use super::value::Prices;
use super::{Bounds, quota_use};
use crate::matching::{Certificate, KindPrice, Limit, Limited, QuotaPrice, Unmet};
use crate::model::{NeedId, Problem};
use crate::proof::{Shortage, TightSet};
use crate::score::ScoredCandidates;

/// The positions of all nodes, workers first, each level in the order of its identifiers.
pub(super) fn nodes_by_id(problem: &Problem) -> impl Iterator<Item = usize> {
    let (n_workers, n_organizations) = (problem.workers().len(), problem.organizations().len());
    let workers = problem.workers_by_id().map(|id| id.index());
    let organizations = problem.organizations_by_id().map(move |id| n_workers + id.index());
    let groups = problem.groups_by_id().map(move |id| n_workers + n_organizations + id.index());
    workers.chain(organizations).chain(groups)
}

/// The prices in the order of the places, and those of quotas.
pub(super) fn certificate(problem: &Problem, bounds: &Bounds, prices: &Prices) -> Certificate {
    let (mut quota_price, mut kind_price) = (Vec::new(), Vec::new());
    for k in quota_use::parts_by_id(problem, bounds).filter(|&k| prices.part[k] != 0) {
        let price = prices.part[k];
        match bounds.quotas.parts[k].of {
            Limited::Quota(quota, household) => quota_price.push(QuotaPrice { quota, household, price }),
            Limited::Kind(kind) => kind_price.push(KindPrice { kind, price }),
            Limited::Node(_) => {}
        }
    }
    Certificate {
        step: prices.step.clone(),
        unit: prices.unit,
        price: nodes_by_id(problem).map(|v| prices.node[v]).collect(),
        quota_price,
        kind_price,
    }
}

/// The floors and caps at the border of a tight set, and the needs that cross it.
///
/// A floor at the border gets the price −1, a cap 1. At these prices a candidate is worth 1 to a need that can bring a
/// unit over the border for nothing, and so fill one place of the floors.
pub(crate) fn unmet(problem: &Problem, scored: &ScoredCandidates, bounds: &Bounds, tight: &TightSet) -> Unmet {
    let border = Border::of(bounds, tight);
    let full = |v: u32| bounds.forest.path(v).map(|v| border.node[v as usize]).sum();
    let full: Vec<i64> = (0..bounds.forest.n_nodes() as u32).map(full).collect();
    let mut of_need = vec![0_i64; problem.needs().len()];
    for (part, &price) in bounds.quotas.parts.iter().zip(&border.part) {
        part.members.iter().for_each(|&need| of_need[need as usize] += price);
    }
    let crosses = |need: &NeedId| {
        let is_free = problem.needs()[need.index()].pinned_worker.is_none();
        is_free && scored.row(*need).any(|(provider, _)| full[provider as usize] + of_need[need.index()] < 0)
    };
    let needs: Vec<NeedId> = problem.needs_by_id().filter(crosses).collect();
    // Nobody fills more places than there are needs.
    let most = problem.needs().len() as u64;
    let limits = |sign: i64| -> Vec<Limit> {
        let amount = |floor: u64, cap: u64, most: u64| if sign < 0 { floor } else { cap.min(most) };
        let at = |v: usize| Limit {
            of: Limited::Node(bounds.forest.node(v as u32)),
            needs: amount(bounds.floor[v], bounds.capacity[v], most),
        };
        let nodes = nodes_by_id(problem).filter(|&v| border.node[v] == sign).map(at);
        let of_part = |k: usize| {
            let part = &bounds.quotas.parts[k];
            let needs = amount(part.floor, part.cap, part.members.len() as u64);
            Limit { of: part.of, needs }
        };
        let parts = quota_use::parts_by_id(problem, bounds).filter(|&k| border.part[k] == sign).map(of_part);
        nodes.chain(parts).collect()
    };
    let (floors, caps) = (limits(-1), limits(1));
    let sum = |limits: &[Limit]| limits.iter().map(|limit| limit.needs).sum::<u64>();
    let missing = sum(&floors).saturating_sub(sum(&caps)).saturating_sub(needs.len() as u64);
    Unmet { missing, floors, caps, needs }
}

/// For each node and each part of a quota −1 if its floor is at the border of a tight set, 1 if its cap is, else 0.
struct Border {
    node: Vec<i64>,
    part: Vec<i64>,
}

impl Border {
    fn of(bounds: &Bounds, tight: &TightSet) -> Self {
        let members = |list: &[u32], n: usize| {
            let mut is_in = vec![0; n];
            list.iter().for_each(|&x| is_in[x as usize] = 1);
            is_in
        };
        let (forest, quotas) = (&bounds.forest, &bounds.quotas);
        let nodes = members(&tight.nodes, forest.n_nodes());
        let groups = members(&tight.groups, quotas.groups.parent.len());
        // What enters a set that lacks places is forced by floors, and what leaves it is bounded by caps; units come into
        // a group from above, and leave a node upwards.
        let sign = if tight.shortage == Shortage::Places { 1 } else { -1 };
        let within = |is_in: &[i64], x: Option<u32>| x.map_or(0, |x| is_in[x as usize]);
        // A floor of 0 asks for nothing, and without its price the proof only becomes stronger.
        let least = |floor: u64| if floor > 0 { -1 } else { 0 };
        let own = |v: usize| sign * (nodes[v] - within(&nodes, forest.parent[v]));
        let node = (0..forest.n_nodes()).map(|v| own(v).max(least(bounds.floor[v]))).collect();
        let mut part = vec![0; quotas.parts.len()];
        for (g, &k) in quotas.part_of_group.iter().enumerate() {
            let own = sign * (within(&groups, quotas.groups.parent[g]) - groups[g]);
            part[k] = own.max(least(quotas.parts[k].floor));
        }
        Self { node, part }
    }
}
