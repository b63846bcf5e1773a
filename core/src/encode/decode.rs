//! A flow to a matching.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::quota_use::QuotaUse;
use super::value::Prices;
use super::{Bounds, Forest, Reached, Size, kinds, proven, summary, unmatched};
use crate::control::Control;
use crate::engine::{Engine, EngineReason};
use crate::error::Error;
use crate::lists::Lists;
use crate::matching::{
    Assignment, Capacity, Kind, KindResult, Limited, Matching, OptimalOver, Outcome, Provenance, Rates, Status, Tier,
};
use crate::model::{NeedId, Problem};
use crate::proof::{TightSet, in_tiers};
use crate::score;
use crate::solve::{Flow, Price};
use crate::total::Total;

/// What an engine found.
pub(crate) enum Found {
    /// The least prices prove it.
    Flow(Flow),
    /// Prices on which floors and quotas have their say bound every matching.
    Proven {
        /// The node of each need.
        node: Vec<Option<u32>>,
        /// The prices.
        prices: Prices,
        /// By how much the bound exceeds what the matching is worth.
        gap: i128,
    },
    /// The node of each need in a stable matching, which has no prices.
    Stable(Vec<Option<u32>>),
    /// The floors cannot be met.
    Unmet(TightSet),
    /// Nothing within all quotas was found. No matching is worth more than the bound of the prices.
    Nothing {
        /// The prices.
        prices: Prices,
        /// The bound.
        bound: i128,
    },
}

/// Turns what was found on the lists into a matching, which is the best over what is given with them. Its total and bound
/// are what the assignments are worth; whether the prices prove that is for the checker to say.
///
/// # Errors
///
/// [`Error::Cancelled`] and [`Error::Limit`].
pub(crate) fn decode(
    problem: &Problem,
    (lists, over): (&Lists<'_>, OptimalOver),
    bounds: &Bounds,
    (found, reached): (&Found, Option<&Reached>),
    (engine, engine_reason): (Engine, EngineReason),
    control: &Control,
) -> Result<Matching, Error> {
    let forest = &bounds.forest;
    let served_at = served_at(problem, forest, found);
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
    let (prices, gap) = match found {
        Found::Proven { prices, gap, .. } => (Some(prices), *gap),
        Found::Nothing { prices, bound } => (Some(prices), *bound),
        Found::Flow(_) | Found::Stable(_) | Found::Unmet(_) => (None, 0),
    };
    let rates = reached.map(|reached| rates(problem, bounds, reached, &served_at, prices));
    let status = match found {
        Found::Proven { .. } if rates.as_ref().is_some_and(|rates| !rates.are_proven()) => Status::Bounded,
        Found::Flow(_) | Found::Proven { gap: 0, .. } => Status::Optimal,
        Found::Proven { .. } => Status::Bounded,
        Found::Unmet(_) => Status::FloorsUnmet,
        Found::Nothing { .. } => Status::NotFound,
        Found::Stable(_) => Status::Stable,
    };
    let quotas = QuotaUse::of(problem, |need| served_at[need.index()].is_some());
    let outcome_of = (&used[..], &quotas, status);
    let unmatched = unmatched::explain(problem, (lists, over), forest, outcome_of, &unserved, control)?;
    let summary = summary::of(problem, lists.n_candidates(over), &assignments, &unmatched);
    let total = assignments.iter().fold(Total::ZERO, |sum, a| sum + worth(problem, a));
    let outcome = Outcome {
        capacity: capacity(problem, forest, &used, found),
        summary,
        total,
        bound: total + prices.map_or(Total::ZERO, |prices| in_needs(prices, gap)),
        status,
        optimal_over: over,
        engine,
        engine_reason,
        provenance: Provenance::of(problem),
        quotas: quotas.rows(bounds, prices),
        certificate: prices.map(|prices| proven::certificate(problem, bounds, prices)),
        unmet: match found {
            Found::Unmet(tight) => Some(proven::unmet(problem, &lists.scored, bounds, tight)),
            _ => None,
        },
        rates,
        assignments,
        unmatched,
    };
    Ok(Matching { problem: problem.clone(), candidates: Arc::clone(&lists.scored), result: Arc::new(outcome) })
}

/// What became of the kinds that the objective compares.
fn rates(
    problem: &Problem,
    bounds: &Bounds,
    reached: &Reached,
    served_at: &[Option<u32>],
    prices: Option<&Prices>,
) -> Rates {
    let mut served: BTreeMap<Kind, u64> = BTreeMap::new();
    for (need, _) in problem.needs().iter().zip(served_at).filter(|(_, at)| at.is_some()) {
        kinds::of_need(problem, need).into_iter().for_each(|kind| *served.entry(kind).or_default() += 1);
    }
    let price = |kind: Kind| {
        let is_its = |k: &usize| bounds.quotas.parts[*k].of == Limited::Kind(kind);
        let part = (0..bounds.quotas.parts.len()).find(is_its);
        let own = part.and_then(|k| Some(in_tiers(&prices?.step, prices?.unit, prices?.part[k])));
        own.unwrap_or_default()
    };
    let row = |(&kind, size): (&Kind, &Size)| KindResult {
        kind,
        needs: size.needs,
        served: served.get(&kind).copied().unwrap_or(0),
        floor: reached.floor.get(&kind).copied().unwrap_or(0),
        price: price(kind),
    };
    Rates {
        kinds: reached.sizes.iter().map(row).collect(),
        least: reached.least,
        bound: reached.bound,
        proof: reached.proof.clone(),
        ceilings: reached.ceilings.clone(),
        greatest: reached.greatest.clone(),
    }
}

/// A difference in the words of a total: as many needs of the highest tier as it could be, then of the next, and the rest in
/// score.
fn in_needs(prices: &Prices, gap: i128) -> Total {
    let mut total = Total { tier: 0, score: gap };
    for (tier, &step) in prices.step.iter().enumerate().skip(1).rev() {
        total.tier += (total.score / step) * tier as i128;
        total.score %= step;
    }
    // Rounded up, so that only no gap at all reads as none.
    total.score = total.score.div_euclid(prices.unit) + i128::from(total.score % prices.unit > 0);
    total
}

/// Where each need is served: a pinned one at its worker, unless nothing can be decided at all.
fn served_at(problem: &Problem, forest: &Forest, found: &Found) -> Vec<Option<u32>> {
    let node = match found {
        Found::Flow(flow) => &flow.node,
        Found::Proven { node, .. } | Found::Stable(node) => node,
        Found::Unmet(_) | Found::Nothing { .. } => return vec![None; problem.needs().len()],
    };
    let pinned = |need: usize| problem.needs()[need].pinned_worker.map(|worker| forest.worker(worker));
    (0..problem.needs().len()).map(|need| pinned(need).or(node[need])).collect()
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
        switched: score::is_switch(problem, id, provider),
    })
}

/// What an assignment adds to the total.
fn worth(problem: &Problem, assignment: &Assignment) -> Total {
    let risk = problem.needs()[assignment.need.index()].risk;
    let tier = super::tier(problem.policy().objective(), risk);
    Total { tier: tier.into(), score: assignment.score.into() }
}

/// All nodes with their places, workers first, in the order of their identifiers.
fn capacity(problem: &Problem, forest: &Forest, used: &[u64], found: &Found) -> Vec<Capacity> {
    let price = |v: usize| match found {
        Found::Flow(flow) => flow.price[v],
        Found::Proven { prices, .. } | Found::Nothing { prices, .. } => {
            in_tiers(&prices.step, prices.unit, prices.node[v])
        }
        Found::Stable(_) | Found::Unmet(_) => Price::default(),
    };
    let row = |v: usize| {
        let (places, floor) = (forest.places[v], forest.floor[v]);
        Capacity { node: forest.node(v as u32), places, floor, used: used[v], price: price(v) }
    };
    proven::nodes_by_id(problem).map(row).collect()
}
