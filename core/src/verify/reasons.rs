//! Is the reason of each need that is not served the true one?

use super::case::{is_left_alone, policy_where};
use super::each::first_fault;
use super::places::Places;
use super::proof::counts;
use super::quotas;
use super::rules;
use super::serving::Serving;
use super::supply::Supply;
use super::{Extent, Violation};
use crate::candidate::{RuleId, RuleSet};
use crate::matching::{Alternative, FullPlaces, Level, Node, Outcome, Unmatched, UnmatchedReason};
use crate::model::codes::ServiceType;
use crate::model::{Need, NeedId, Problem};
use crate::policy::Scope;
use crate::score::ScoredCandidates;
use crate::total::Total;

/// Checks the reason of each unmatched need against rules, candidates and places.
pub(super) fn check(
    problem: &Problem,
    scored: &ScoredCandidates,
    outcome: &Outcome,
    supply: &Supply<'_>,
    places: &Places,
    extent: Extent,
) -> Result<(), Violation> {
    let serving = Serving::of_all(problem, supply);
    let is_decided = outcome.status.serves();
    let full_quota = quotas::full_quota(problem, outcome);
    let is_true = |unmatched: &Unmatched| match &unmatched.reason {
        UnmatchedReason::NoCandidate { providers, failed } => {
            let serving = serving.of(problem, unmatched.need);
            let failed = failed.iter().map(|row| (row.rule, row.providers, row.alone));
            decision(problem, unmatched.need).is_none()
                && scored.row(unmatched.need).len() == 0
                && *providers as usize == serving.len()
                && count(problem, unmatched.need, &serving).is_some_and(|counts| failed.eq(counts))
        }
        UnmatchedReason::NoOpenPlace { full, nearest } => {
            let agrees = |(seen, best): (FullPlaces, Alternative)| {
                let said = [full.worker, full.organization, full.group];
                let seen = [seen.worker, seen.organization, seen.group];
                best == *nearest && said.iter().zip(seen).all(|(&said, seen)| extent.agrees(said.into(), seen.into()))
            };
            is_decided
                && full_quota[unmatched.need.index()].is_none()
                && full_places(scored, supply, places, unmatched).is_some_and(agrees)
        }
        UnmatchedReason::NoGain => {
            let is_open = |&(provider, _): &(u32, i32)| places.full_at[provider as usize].is_none();
            let mut open = scored.row(unmatched.need).filter(is_open).peekable();
            let counts = counts(problem, &problem.needs()[unmatched.need.index()]);
            let adds = |score: i32| Total { tier: counts.into(), score: score.into() } != Total::ZERO;
            is_decided
                && full_quota[unmatched.need.index()].is_none()
                && open.peek().is_some()
                && !open.any(|(_, score)| adds(score))
        }
        UnmatchedReason::QuotaFull { quota, open } => {
            let row = scored.row(unmatched.need);
            let seen = row.clone().filter(|&(provider, _)| places.full_at[provider as usize].is_none()).count();
            is_decided
                && decision(problem, unmatched.need).is_none()
                && row.len() > 0
                && full_quota[unmatched.need.index()] == Some(*quota)
                && seen == *open as usize
        }
        UnmatchedReason::Undecided => {
            let is_pinned = problem.needs()[unmatched.need.index()].pinned_worker.is_some();
            let takes_part = is_pinned || decision(problem, unmatched.need).is_none();
            !is_decided && takes_part && scored.row(unmatched.need).len() > 0
        }
        taken_out => decision(problem, unmatched.need) == Some(taken_out.code()),
    };
    let fault =
        |row: usize| (!is_true(&outcome.unmatched[row])).then_some(Violation::Unmatched { row, field: "reason" });
    first_fault(outcome.unmatched.len(), fault).map_or(Ok(()), Err)
}

/// Why a need is no matter for the run at all.
pub(super) fn decision(problem: &Problem, need: NeedId) -> Option<&'static str> {
    let need = &problem.needs()[need.index()];
    if !need.emergencies.is_empty() || is_left_alone(need, problem.policy()) {
        return Some("immediate");
    }
    if is_out_of_scope(problem, need) {
        return Some("out_of_scope");
    }
    let usual = policy_where(problem, need).usual_service(need.domain);
    match need.service_type.unwrap_or(usual) {
        ServiceType::PsychTreatment => Some("refer_medical"),
        ServiceType::LawEnforcement => Some("law_enforcement"),
        _ if need.automated_decision_refused => Some("human_only"),
        _ => None,
    }
}

/// The run is about pilot communities alone and the need arises in another one. What a person decided holds everywhere.
pub(super) fn is_out_of_scope(problem: &Problem, need: &Need) -> bool {
    let is_limited = match problem.policy().scope() {
        Scope::All => false,
        Scope::Pilot => true,
    };
    is_limited && need.pinned_worker.is_none() && !problem.communities()[need.community.index()].pilot
}

/// For each rule how many providers break it, and how many of them break no other; `None` if one breaks none.
fn count(problem: &Problem, need: NeedId, providers: &[Node]) -> Option<Vec<(RuleId, u32, u32)>> {
    let mut counts: Vec<(RuleId, u32, u32)> = RuleId::ALL.iter().map(|&rule| (rule, 0, 0)).collect();
    for &provider in providers {
        let broken: RuleSet = rules::broken(problem, need, provider);
        if broken.is_empty() {
            return None;
        }
        for (_, failed, alone) in counts.iter_mut().filter(|(rule, ..)| broken.contains(*rule)) {
            *failed += 1;
            *alone += u32::from(broken.len() == 1);
        }
    }
    counts.retain(|&(_, failed, _)| failed > 0);
    Some(counts)
}

/// Where the candidates of a need are full, and the best of them; `None` if there is none or one has an open place.
fn full_places(
    scored: &ScoredCandidates,
    supply: &Supply<'_>,
    places: &Places,
    unmatched: &Unmatched,
) -> Option<(FullPlaces, Alternative)> {
    let mut counts = [0_u32; 3];
    let mut best: Option<(u32, i32, Level)> = None;
    for (provider, score) in scored.row(unmatched.need) {
        let level = places.full_at[provider as usize]?;
        counts[match level {
            Level::Worker => 0,
            Level::Organization => 1,
            Level::Group => 2,
        }] += 1;
        // Of equal scores the first.
        if best.is_none_or(|(_, most, _)| score > most) {
            best = Some((provider, score, level));
        }
    }
    let [worker, organization, group] = counts;
    let full = FullPlaces::new(worker, organization, group);
    let (provider, score, full_at) = best?;
    let (organization, worker) = supply.people(provider)?;
    Some((full, Alternative { organization, worker, score, full_at }))
}
