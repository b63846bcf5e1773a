//! The independent checker: shares no code with what produced the result.
//!
//! [`prove`] checks numbers, for the low level. [`verify`] checks people: it reads rules, places and counts from the
//! problem's own rows, and the optimum from scores and prices. Of the library it uses the model, the policy's data, the
//! scores and the form of the result, and neither `candidate` nor `encode` nor `solve`.

pub(crate) mod decision;
mod violation;

mod certificate;
mod general;
mod least;
mod packed;

mod limits;
mod people;
mod places;
mod proof;
mod proven;
mod quotas;
mod rates;
mod reasons;
mod scores;
mod stable;
mod summary;

mod pairs;

mod case;
mod ceilings;
mod each;
mod rules;
mod serving;
mod supply;

mod shortage;

pub(crate) use certificate::{prove, prove_least, total_and_bound};
pub(crate) use general::{Worth, prove_general, prove_infeasible, prove_without};
pub(crate) use shortage::verify_shortage;
pub use violation::Violation;

use crate::engine::{Binding, Engine, EngineReason};
use crate::matching::{Matching, OptimalOver, Outcome, Provenance};
use crate::model::Problem;
use crate::policy::Objective;
use crate::score::ScoredCandidates;
use crate::total::Total;
use each::first_fault;
use limits::Limits;
use rates::Kinds;
use supply::Supply;

/// What the checker has found to be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verified {
    /// Assignments whose hard rules, scores and places were checked.
    pub assignments: usize,
    /// Unmatched needs whose reasons were checked.
    pub unmatched: usize,
    /// Candidates over which the total is proven the greatest.
    pub candidates: usize,
    /// The total, which equals the bound.
    pub total: Total,
}

/// Checks a matching against the problem and its scored candidates, in every field.
///
/// Every need is listed once; nobody serves more than there are places for; pins are kept; every assignment obeys every
/// hard rule in force, read anew from the rows; every score is the candidate's; every reason, price and count is true;
/// no matching over the candidates has a greater total, and no lower prices would prove that. Where floors or
/// quotas bind, all are met and no other matching that meets them is better tier by tier; or by more than the gap, where
/// quotas cross; or nobody is served and none meets them. Under the objective `stable` no pair of need and candidate would
/// both rather have each other; under `max_min` no matching has a greater least rate, or none above the bound that is
/// stated where kinds cross; under `leximin` none has greater rates from the least on. Where the policy asks for short
/// lists, the candidates are those on the lists; [`verify_all_pairs`] looks at the others too.
///
/// # Errors
///
/// The first [`Violation`] that is found.
///
/// # Complexity
///
/// O(candidates), and for each need without a candidate the providers of its domain and area.
pub fn verify(problem: &Problem, scored: &ScoredCandidates, matching: &Matching) -> Result<Verified, Violation> {
    let is_short = problem.policy().lists().per_need.is_some();
    let extent = match matching.optimal_over() {
        OptimalOver::AllPairs if is_short && matching.engine() == Engine::Fast => Extent::Part,
        _ => Extent::Whole,
    };
    check(problem, scored, matching, extent)
}

/// Checks a matching as [`verify`] does, over all pairs that pass every rule, which it finds and scores itself.
///
/// The scored candidates must be some of them, each with its score. What the result says of all pairs is checked over all:
/// the optimum, ranks, reasons and counts.
///
/// # Errors
///
/// The first [`Violation`] that is found.
///
/// # Complexity
///
/// O(providers of its domain and area) for each need, about a microsecond each.
pub fn verify_all_pairs(
    problem: &Problem,
    scored: &ScoredCandidates,
    matching: &Matching,
) -> Result<Verified, Violation> {
    let supply = Supply::of(problem);
    check_candidates(problem, scored, &supply)?;
    let all = pairs::all(problem, &supply);
    pairs::check_part(scored, &all)?;
    match matching.optimal_over() {
        OptimalOver::AllPairs => check(problem, &all, matching, Extent::Whole),
        OptimalOver::Lists if scored.score.len() == all.score.len() => Err(Violation::WrongExtent),
        OptimalOver::Lists => check(problem, scored, matching, Extent::Whole),
    }
}

/// How many of the candidates that a result speaks of are at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// Every one.
    Whole,
    /// Those on short lists. What is said of all cannot be less than what is seen of them.
    Part,
}

impl Extent {
    /// Whether a number can be said of all candidates where so many are seen.
    fn agrees(self, said: u64, seen: u64) -> bool {
        match self {
            Self::Whole => said == seen,
            Self::Part => said >= seen,
        }
    }
}

fn check(
    problem: &Problem,
    scored: &ScoredCandidates,
    matching: &Matching,
    extent: Extent,
) -> Result<Verified, Violation> {
    let outcome = &*matching.result;
    let supply = Supply::of(problem);
    check_candidates(problem, scored, &supply)?;
    let kinds = Kinds::of(problem, scored);
    let limits = Limits::of(problem, &supply, kinds.at_least(outcome));
    check_origin(problem, outcome, limits.binding())?;
    let row_of = people::check(problem, outcome)?;
    let places = places::check(&supply, outcome)?;
    check_rules(problem, outcome)?;
    scores::check(problem, scored, outcome, &supply, extent)?;
    let is_greatest = rates::check(problem, scored, outcome, &supply, &kinds)?;
    let total = proof::check(problem, scored, outcome, (&supply, &limits), (&places, is_greatest), &row_of)?;
    quotas::check(problem, outcome, &limits.quotas)?;
    reasons::check(problem, scored, outcome, &supply, &places, extent)?;
    summary::check(problem, scored, outcome, &row_of, extent)?;
    Ok(Verified {
        assignments: outcome.assignments.len(),
        unmatched: outcome.unmatched.len(),
        candidates: scored.score.len(),
        total,
    })
}

/// Is the result said to be the best, of this problem, by this library?
fn check_origin(problem: &Problem, outcome: &Outcome, binding: Binding) -> Result<(), Violation> {
    // The tie rule asks for the fast engine wherever that is exact.
    let (engine, why) = match (problem.policy().objective(), binding.is_nothing()) {
        (Objective::Stable, true) => (Engine::DeferredAcceptance, EngineReason::Objective),
        // Nothing is promised of stability within floors and quotas.
        (Objective::Stable, false) => return Err(Violation::WrongEngine),
        (Objective::MaxMin | Objective::Leximin, _) => (Engine::General, EngineReason::Objective),
        (_, true) => (Engine::Fast, EngineReason::OnlyCapacities),
        (_, false) => (Engine::General, EngineReason::CanBind(binding)),
    };
    if outcome.engine != engine || ![why, EngineReason::Asked].contains(&outcome.engine_reason) {
        return Err(Violation::WrongEngine);
    }
    let lists = problem.policy().lists();
    // Lists are shorter than all pairs only where the policy allows it, and then it asks for no proof.
    let may_be_short = engine == Engine::Fast && !lists.prove_all_pairs && lists.per_need.is_some();
    if outcome.optimal_over == OptimalOver::Lists && !may_be_short {
        return Err(Violation::WrongExtent);
    }
    let Provenance { semantics_id, input_digest, policy_version, seed, library_version } = &outcome.provenance;
    let fields = [
        ("semantics_id", *semantics_id, crate::matching::SEMANTICS_ID),
        ("input_digest", input_digest, problem.input_digest()),
        ("policy_version", policy_version, problem.policy().version()),
        ("seed", seed, problem.policy().seed()),
        ("library_version", *library_version, env!("CARGO_PKG_VERSION")),
    ];
    match fields.into_iter().find(|(_, stated, is)| stated != is) {
        Some((field, ..)) => Err(Violation::Provenance { field }),
        None => Ok(()),
    }
}

/// Are the candidates rows of existing providers, each once and in order?
fn check_candidates(problem: &Problem, scored: &ScoredCandidates, supply: &Supply<'_>) -> Result<(), Violation> {
    let (indptr, provider) = (scored.candidates.indptr(), scored.candidates.provider());
    let rows_fit = indptr.len() == problem.needs().len() + 1
        && indptr.first() == Some(&0)
        && indptr.last() == Some(&provider.len())
        && indptr.is_sorted();
    if !rows_fit {
        return Err(Violation::Candidates { field: "indptr" });
    }
    if scored.score.len() != provider.len() {
        return Err(Violation::Candidates { field: "score" });
    }
    for row in indptr.windows(2).map(|row| &provider[row[0]..row[1]]) {
        let exist = row.last().is_none_or(|&last| supply.people(last).is_some());
        if !exist || !row.is_sorted_by(|a, b| a < b) {
            return Err(Violation::Candidates { field: "provider" });
        }
    }
    Ok(())
}

/// Does every assignment obey every hard rule in force, and was it for the run to decide?
fn check_rules(problem: &Problem, outcome: &Outcome) -> Result<(), Violation> {
    let fault = |row: usize| {
        let assignment = &outcome.assignments[row];
        let need = &problem.needs()[assignment.need.index()];
        let is_refused = need.automated_decision_refused && need.pinned_worker.is_none();
        if is_refused || reasons::is_out_of_scope(problem, need) {
            return Some(Violation::Assignment { row, field: "need" });
        }
        let broken = rules::broken(problem, assignment.need, people::provider(assignment));
        broken.iter().next().map(|rule| Violation::BreaksRule { row, rule })
    };
    first_fault(outcome.assignments.len(), fault).map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests;
