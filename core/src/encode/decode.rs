//! A flow to a matching.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Forest, summary, unmatched};
use crate::control::Control;
use crate::engine::{Engine, EngineReason};
use crate::error::Error;
use crate::lists::Lists;
use crate::matching::{Assignment, Capacity, Matching, OptimalOver, Outcome, Provenance, Status, Tier};
use crate::model::{NeedId, Problem};
use crate::score;
use crate::solve::{Flow, Price};
use crate::total::Total;

/// Turns a flow on the lists into a matching, which is the best over what is given with them. Its total and bound are what the assignments are worth; whether the prices prove that
/// is for the checker to say.
///
/// # Errors
///
/// [`Error::Cancelled`] and [`Error::Limit`].
pub(crate) fn decode(
    problem: &Problem,
    (lists, over): (&Lists<'_>, OptimalOver),
    forest: &Forest,
    flow: &Flow,
    (engine, engine_reason): (Engine, EngineReason),
    control: &Control,
) -> Result<Matching, Error> {
    let pinned = |need: usize| problem.needs()[need].pinned_worker.map(|worker| forest.worker(worker));
    let served_at: Vec<Option<u32>> = (0..problem.needs().len()).map(|i| pinned(i).or(flow.node[i])).collect();
    let mut used = vec![0u64; forest.n_nodes()];
    for provider in served_at.iter().flatten() {
        forest.path(*provider).for_each(|v| used[v as usize] += 1);
    }
    let by_id: Vec<NeedId> = problem.needs_by_id().collect();
    let (served, unserved): (Vec<NeedId>, Vec<NeedId>) =
        by_id.into_iter().partition(|need| served_at[need.index()].is_some());
    let chosen: Vec<Option<Assignment>> = served
        .into_par_iter()
        .map(|need| assignment(problem, (lists, over), forest, need, served_at[need.index()]?))
        .collect();
    // A need served off its candidates would be missing here, which the checker notices.
    let assignments: Vec<Assignment> = chosen.into_iter().flatten().collect();
    let unmatched = unmatched::explain(problem, (lists, over), forest, &used, &unserved, control)?;
    let summary = summary::of(problem, lists.n_candidates(over), &assignments, &unmatched);
    let total = assignments.iter().fold(Total::ZERO, |sum, a| sum + worth(problem, a));
    let outcome = Outcome {
        capacity: capacity(problem, forest, &used, &flow.price),
        summary,
        total,
        bound: total,
        status: Status::Optimal,
        optimal_over: over,
        engine,
        engine_reason,
        provenance: Provenance::of(problem),
        assignments,
        unmatched,
    };
    Ok(Matching { problem: problem.clone(), candidates: Arc::clone(&lists.scored), result: Arc::new(outcome) })
}

fn assignment(
    problem: &Problem,
    (lists, over): (&Lists<'_>, OptimalOver),
    forest: &Forest,
    id: NeedId,
    provider: u32,
) -> Option<Assignment> {
    let need = &problem.needs()[id.index()];
    let (_, score) = lists.scored.row(id).find(|&(other, _)| other == provider)?;
    let (organization, worker) = forest.provider(problem, provider);
    Some(Assignment {
        need: id,
        organization,
        worker,
        tier: Tier::of(need.risk),
        score,
        criteria: score::criteria_of(problem, id, provider),
        rank: lists.rank(id, (provider, score), over),
        pinned: need.pinned_worker.is_some(),
    })
}

/// What an assignment adds to the total.
fn worth(problem: &Problem, assignment: &Assignment) -> Total {
    let risk = problem.needs()[assignment.need.index()].risk;
    let tier = super::tier(problem.policy().objective(), risk);
    Total { tier: tier.into(), score: assignment.score.into() }
}

/// All nodes with their places, workers first, in the order of their identifiers.
fn capacity(problem: &Problem, forest: &Forest, used: &[u64], price: &[Price]) -> Vec<Capacity> {
    let (n_workers, n_organizations) = (problem.workers().len(), problem.organizations().len());
    let workers = problem.workers_by_id().map(|id| id.index());
    let organizations = problem.organizations_by_id().map(|id| n_workers + id.index());
    let groups = problem.groups_by_id().map(|id| n_workers + n_organizations + id.index());
    let row =
        |v: usize| Capacity { node: forest.node(v as u32), places: forest.places[v], used: used[v], price: price[v] };
    workers.chain(organizations).chain(groups).map(row).collect()
}
