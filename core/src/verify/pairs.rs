//! All pairs of need and provider that pass every rule, found and scored from the raw rows.

use super::Violation;
use super::case::policy_where;
use super::each::{first_fault, of_each};
use super::reasons::decision;
use super::rules;
use super::scores::{is_switch, weighted_mean};
use super::serving::Serving;
use super::supply::Supply;
use crate::candidate::Candidates;
use crate::matching::Node;
use crate::model::{NeedId, Problem};
use crate::score::{self, ScoredCandidates};

/// Every pair with its score, in the form of candidates.
pub(super) fn all(problem: &Problem, supply: &Supply<'_>) -> ScoredCandidates {
    let serving = Serving::of_all(problem, supply);
    let n_needs = problem.needs().len();
    let rows = of_each(n_needs, |need| row(problem, supply, &serving, NeedId::new(need)));
    let (mut indptr, mut provider, mut scores) = (vec![0], Vec::new(), Vec::new());
    for row in rows {
        provider.extend(row.iter().map(|pair| pair.0));
        scores.extend(row.iter().map(|pair| pair.1));
        indptr.push(provider.len());
    }
    // Why a need takes no part is checked with its reason.
    ScoredCandidates::new(Candidates { indptr, provider, not_optimised: vec![None; n_needs] }, scores)
}

/// Checks that candidates are some of all pairs, each with its score.
pub(super) fn check_part(part: &ScoredCandidates, all: &ScoredCandidates) -> Result<(), Violation> {
    let fault = |need: usize| {
        let mut rest = all.row(NeedId::new(need));
        // Both rows ascend.
        let is_part = part.row(NeedId::new(need)).all(|pair| rest.any(|other| other == pair));
        (!is_part).then_some(Violation::Candidates { field: "provider" })
    };
    first_fault(all.candidates.indptr().len() - 1, fault).map_or(Ok(()), Err)
}

fn row(problem: &Problem, supply: &Supply<'_>, serving: &Serving, id: NeedId) -> Vec<(u32, i32)> {
    let need = &problem.needs()[id.index()];
    let providers = match (decision(problem, id), need.pinned_worker) {
        (None | Some("human_only"), Some(worker)) => vec![Node::Worker(worker)],
        (Some(_), _) => Vec::new(),
        (None, None) => serving.of(problem, id),
    };
    let policy = policy_where(problem, need);
    let pair = |node: Node| {
        let position = supply.position(node)? as u32;
        let spared = if is_switch(need, node, problem) { 0 } else { problem.policy().switch_penalty() as i32 };
        let score = || weighted_mean(policy, &score::criteria_of(problem, id, position)) as i32 + spared;
        rules::is_allowed(problem, id, node).then(|| (position, score()))
    };
    let mut row: Vec<(u32, i32)> = providers.into_iter().filter_map(pair).collect();
    row.sort_unstable();
    row
}
