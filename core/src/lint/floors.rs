//! Floors above what exists, and quotas that cross or never bind.

use super::finding::{Finding, Lint};
use super::pairs::Pairs;
use crate::encode::{Bounds, Forest};
use crate::matching::Node;
use crate::model::{Problem, QuotaId};

/// For each node how many places it and everything below it must fill: its floor, or the sum of what stands below where
/// that is more.
pub(super) fn must_fill(forest: &Forest) -> Vec<u64> {
    let mut from_below = vec![0u64; forest.n_nodes()];
    let mut order: Vec<(usize, u32)> = (0..forest.n_nodes() as u32).map(|v| (forest.path(v).count(), v)).collect();
    order.sort_unstable();
    for &(_, v) in order.iter().rev() {
        from_below[v as usize] = from_below[v as usize].max(forest.floor[v as usize]);
        if let Some(above) = forest.parent[v as usize] {
            from_below[above as usize] += from_below[v as usize];
        }
    }
    from_below
}

pub(super) fn add(problem: &Problem, bounds: &Bounds, must: &[u64], pairs: &Pairs, found: &mut Vec<Finding>) {
    let forest = &bounds.forest;
    for (v, (&must, &reaching)) in must.iter().zip(&pairs.reaching).enumerate() {
        let (key, id) = name(problem, forest.node(v as u32));
        if must > reaching {
            found.push(Finding::new(Lint::FloorAboveNeeds, format!("{key}_min")).about(id).numbers(reaching, must));
        }
        if let Some(places) = forest.places[v].filter(|&places| must > places) {
            found.push(Finding::new(Lint::FloorsAboveCap, format!("{key}_max")).about(id).numbers(places, must));
        }
    }
    quotas(problem, bounds, pairs, found);
}

/// The columns of a node's floor and cap without their ends, and its identifier.
fn name(problem: &Problem, node: Node) -> (&'static str, &str) {
    match node {
        Node::Worker(worker) => ("workers.caseload", &problem.workers()[worker.index()].id),
        Node::Organization(organization) => {
            ("organizations.capacity", &problem.organizations()[organization.index()].id)
        }
        Node::Group(group) => ("groups.capacity", &problem.groups()[group.index()].id),
    }
}

fn quotas(problem: &Problem, bounds: &Bounds, pairs: &Pairs, found: &mut Vec<Finding>) {
    let id = |quota: QuotaId| problem.quotas()[quota.index()].id.to_string();
    // Of several households the first that asks for too many; parts come in one order.
    let mut told = vec![false; problem.quotas().len()];
    let mut binds = vec![false; problem.quotas().len()];
    for (part, quota) in bounds.quotas.parts.iter().filter_map(|part| Some((part, part.quota()?))) {
        binds[quota.index()] = true;
        let can_be = part.members.iter().filter(|&&need| pairs.has_candidate[need as usize]).count() as u64;
        if part.floor > can_be && !std::mem::replace(&mut told[quota.index()], true) {
            let finding = Finding::new(Lint::QuotaAboveNeeds, "quotas.floor");
            found.push(finding.about(id(quota)).numbers(can_be, part.floor));
        }
    }
    for quota in bounds.quotas.crossing_quotas(problem.needs().len()) {
        found.push(Finding::new(Lint::QuotaCrosses, "quotas").about(id(quota)));
    }
    for (k, _) in binds.iter().enumerate().filter(|(_, binds)| !**binds) {
        found.push(Finding::new(Lint::QuotaNeverBinds, "quotas").about(id(QuotaId::new(k))));
    }
}
