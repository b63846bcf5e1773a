//! Checks that a set of needs is short of places, from the problem's rows alone.

use std::collections::{HashMap, HashSet};

use super::Violation;
use crate::explain::Shortage;
use crate::matching::{Matching, Node};
use crate::model::{NeedId, Problem};
use crate::score::ScoredCandidates;

/// Checks that no more of the needs can be served than there are places, and that the matching serves as many.
///
/// Every candidate of the needs must be among the providers, every provider must be one of the binding nodes or below
/// one, and the places of these must be those open before the run, less those of pinned needs. Then each need that is
/// served takes one of these places.
///
/// # Errors
///
/// [`Violation::NotShort`].
pub(crate) fn verify_shortage(
    problem: &Problem,
    scored: &ScoredCandidates,
    matching: &Matching,
    shortage: &Shortage,
) -> Result<(), Violation> {
    let claim = |holds: bool| if holds { Ok(()) } else { Err(Violation::NotShort) };
    let needs: HashSet<NeedId> = shortage.needs.iter().copied().collect();
    let left_over: HashSet<NeedId> = shortage.left_over.iter().copied().collect();
    let providers: HashSet<Node> = shortage.providers.iter().copied().collect();
    let binding: HashMap<Node, u64> = shortage.binding.iter().copied().collect();
    claim(needs.len() == shortage.needs.len())?;
    claim(left_over.len() == shortage.left_over.len())?;
    claim(binding.len() == shortage.binding.len())?;
    claim(providers.len() == shortage.providers.len())?;

    for &need in &needs {
        claim(problem.needs()[need.index()].pinned_worker.is_none())?;
        claim(matching.assignment(need).is_none() == left_over.contains(&need))?;
        let reached = scored.row(need).map(|(provider, _)| provider_node(problem, provider));
        claim(reached.into_iter().all(|provider| providers.contains(&provider)))?;
    }
    claim(left_over.is_subset(&needs))?;
    for &provider in &providers {
        claim(path(problem, provider).any(|node| binding.contains_key(&node)))?;
    }
    // A node below another would be counted twice.
    claim(binding.keys().all(|&node| path(problem, node).skip(1).all(|above| !binding.contains_key(&above))))?;
    let mut pinned: HashMap<Node, u64> = HashMap::new();
    for worker in problem.needs().iter().filter_map(|need| need.pinned_worker) {
        path(problem, Node::Worker(worker)).for_each(|node| *pinned.entry(node).or_insert(0) += 1);
    }
    for (&node, &places) in &binding {
        let taken = pinned.get(&node).copied().unwrap_or(0);
        claim(open_places(problem, node).map(|open| open.saturating_sub(taken)) == Some(places))?;
    }
    let places: u64 = binding.values().sum();
    claim(shortage.places == places && needs.len() as u64 == places + left_over.len() as u64)?;
    let sums = |counts: &mut dyn Iterator<Item = (u64, u64)>| {
        counts.fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1)) == (needs.len() as u64, places)
    };
    claim(sums(&mut shortage.by_tier.iter().map(|row| (row.needs, row.served))))?;
    claim(sums(&mut shortage.by_domain.iter().map(|row| (row.needs, row.served))))?;
    claim(sums(&mut shortage.by_town.iter().map(|row| (row.needs, row.served))))
}

fn provider_node(problem: &Problem, provider: u32) -> Node {
    let (provider, n_workers) = (provider as usize, problem.workers().len());
    match provider.checked_sub(n_workers) {
        None => Node::Worker(crate::model::WorkerId::new(provider)),
        Some(organization) => Node::Organization(crate::model::OrganizationId::new(organization)),
    }
}

/// A node and everything above it.
fn path(problem: &Problem, node: Node) -> impl Iterator<Item = Node> + '_ {
    let above = |node: &Node| match *node {
        Node::Worker(worker) => Some(Node::Organization(problem.workers()[worker.index()].organization)),
        Node::Organization(organization) => problem.organizations()[organization.index()].group.map(Node::Group),
        Node::Group(group) => problem.groups()[group.index()].parent.map(Node::Group),
    };
    std::iter::successors(Some(node), above)
}

fn open_places(problem: &Problem, node: Node) -> Option<u64> {
    match node {
        Node::Worker(worker) => Some(problem.workers()[worker.index()].open_places().into()),
        Node::Organization(organization) => Some(problem.organizations()[organization.index()].open_places().into()),
        Node::Group(group) => problem.groups()[group.index()].open_places(),
    }
}
