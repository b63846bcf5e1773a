//! The independent checker: shares no code with what produced the result.
//!
//! [`prove`] checks numbers, for the low level. [`verify`] checks people: it reads rules, places and counts from the
//! problem's own rows, and the optimum from scores and prices. Of the library it uses the model, the policy's data, the
//! scores and the form of the result, and neither `candidate` nor `encode` nor `solve`.

mod violation;

mod certificate;
mod general;
mod least;

mod people;
mod places;
mod proof;
mod reasons;
mod scores;
mod summary;

mod case;
mod rules;
mod serving;
mod supply;

pub(crate) use certificate::{prove, prove_least};
pub(crate) use general::{Worth, prove_general, prove_infeasible, prove_without};
pub use violation::Violation;

use crate::engine::{Engine, EngineReason};
use crate::matching::{Matching, Outcome, Provenance, Status};
use crate::model::Problem;
use crate::score::ScoredCandidates;
use crate::total::Total;
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
/// no matching over the candidates has a greater total, and no lower prices would prove that.
///
/// # Errors
///
/// The first [`Violation`] that is found.
///
/// # Complexity
///
/// O(candidates), and for each need without a candidate the providers of its domain and area.
pub fn verify(problem: &Problem, scored: &ScoredCandidates, matching: &Matching) -> Result<Verified, Violation> {
    let outcome = &*matching.result;
    check_origin(problem, outcome)?;
    let supply = Supply::of(problem);
    check_candidates(problem, scored, &supply)?;
    let row_of = people::check(problem, outcome)?;
    let places = places::check(&supply, outcome)?;
    check_rules(problem, outcome)?;
    scores::check(problem, scored, outcome, &supply)?;
    let total = proof::check(problem, scored, outcome, &supply, &places, &row_of)?;
    reasons::check(problem, scored, outcome, &supply, &places)?;
    summary::check(problem, scored, outcome, &row_of)?;
    Ok(Verified {
        assignments: outcome.assignments.len(),
        unmatched: outcome.unmatched.len(),
        candidates: scored.score.len(),
        total,
    })
}

/// Is the result said to be the best, of this problem, by this library?
fn check_origin(problem: &Problem, outcome: &Outcome) -> Result<(), Violation> {
    let Status::Optimal = outcome.status;
    // Tables hold nothing that only another engine knows, and the tie rule asks for this one.
    let is_why = matches!(outcome.engine_reason, EngineReason::OnlyCapacities | EngineReason::Asked);
    if outcome.engine != Engine::Fast || !is_why {
        return Err(Violation::WrongEngine);
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
    for (row, assignment) in outcome.assignments.iter().enumerate() {
        let need = &problem.needs()[assignment.need.index()];
        if need.automated_decision_refused && need.pinned_worker.is_none() {
            return Err(Violation::Assignment { row, field: "need" });
        }
        let broken = rules::broken(problem, assignment.need, people::provider(assignment));
        if let Some(rule) = broken.iter().next() {
            return Err(Violation::BreaksRule { row, rule });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
