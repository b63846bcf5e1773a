//! Why a need is not served.

use rayon::prelude::*;

use super::Forest;
use super::quota_use::QuotaUse;
use crate::candidate::{self, BlockerCounts, NotOptimised, RuleId};
use crate::control::Control;
use crate::error::Error;
use crate::lists::Lists;
use crate::matching::{
    Alternative, FullPlaces, Level, OptimalOver, RuleCount, Status, Tier, Unmatched, UnmatchedReason,
};
use crate::model::{NeedId, Problem, QuotaId};

/// The reasons of needs that are not served, in the order given.
///
/// # Errors
///
/// [`Error::Cancelled`] and [`Error::Limit`].
pub(super) fn explain(
    problem: &Problem,
    (lists, over): (&Lists<'_>, OptimalOver),
    forest: &Forest,
    (used, quotas, status): (&[u64], &QuotaUse<'_>, Status),
    needs: &[NeedId],
    control: &Control,
) -> Result<Vec<Unmatched>, Error> {
    let full_at = full_levels(forest, used);
    let decided = needs.par_iter().map(|&need| match lists.scored.candidates.not_optimised(need) {
        Some(NotOptimised::Immediate) => Some(UnmatchedReason::Immediate),
        Some(NotOptimised::HumanOnly) => Some(UnmatchedReason::HumanOnly),
        Some(NotOptimised::ReferMedical) => Some(UnmatchedReason::ReferMedical),
        Some(NotOptimised::LawEnforcement) => Some(UnmatchedReason::LawEnforcement),
        Some(NotOptimised::OutOfScope) => Some(UnmatchedReason::OutOfScope),
        None if !status.serves() => (lists.scored.row(need).len() > 0).then_some(UnmatchedReason::Undecided),
        None => match quotas.full(need) {
            Some(quota) => quota_full(quota, &lists.row(need, over), &full_at),
            None => no_place(problem, lists.row(need, over), forest, &full_at),
        },
    });
    let decided: Vec<Option<UnmatchedReason>> = decided.collect();
    let without = needs.iter().zip(&decided).filter(|(_, decided)| decided.is_none());
    let without: Vec<NeedId> = without.map(|(&need, _)| need).collect();
    let mut blockers = candidate::blockers_with(lists.search(), &without, control)?.into_iter();
    let rows = needs.iter().zip(decided).map(|(&need, decided)| Unmatched {
        need,
        tier: Tier::of(problem.needs()[need.index()].risk),
        reason: decided.unwrap_or_else(|| no_candidate(&blockers.next().unwrap_or_default())),
    });
    Ok(rows.collect())
}

/// `None` where there is no candidate at all.
fn quota_full(quota: QuotaId, row: &[(u32, i32)], full_at: &[Option<Level>]) -> Option<UnmatchedReason> {
    let open = row.iter().filter(|&&(provider, _)| full_at[provider as usize].is_none()).count() as u32;
    (!row.is_empty()).then_some(UnmatchedReason::QuotaFull { quota, open })
}

/// `None` where there is no candidate at all.
fn no_place(
    problem: &Problem,
    row: Vec<(u32, i32)>,
    forest: &Forest,
    full_at: &[Option<Level>],
) -> Option<UnmatchedReason> {
    let mut full = FullPlaces::default();
    let mut nearest: Option<Alternative> = None;
    for (provider, score) in row {
        let Some(level) = full_at[provider as usize] else {
            return Some(UnmatchedReason::NoGain);
        };
        full.count(level);
        if nearest.is_none_or(|best| score > best.score) {
            let (organization, worker) = forest.provider(problem, provider);
            nearest = Some(Alternative { organization, worker, score, full_at: level });
        }
    }
    nearest.map(|nearest| UnmatchedReason::NoOpenPlace { full, nearest })
}

fn no_candidate(blockers: &BlockerCounts) -> UnmatchedReason {
    let count =
        |&rule: &RuleId| RuleCount { rule, providers: blockers.failed(rule), alone: blockers.failed_alone(rule) };
    UnmatchedReason::NoCandidate {
        providers: blockers.n_providers,
        failed: RuleId::ALL.iter().map(count).filter(|count| count.providers > 0).collect(),
    }
}

/// For each node the lowest level on its path that is full; `None` where a place is open all the way up.
fn full_levels(forest: &Forest, used: &[u64]) -> Vec<Option<Level>> {
    let is_full = |&v: &u32| forest.places[v as usize].is_some_and(|places| used[v as usize] >= places);
    let level = |v: u32| forest.path(v).find(is_full).map(|full| forest.node(full).level());
    (0..forest.n_nodes() as u32).map(level).collect()
}
