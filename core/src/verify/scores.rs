//! Is each score the candidate's, and the weighted mean of its criteria with what it is spared for no switch?

use super::case::policy_where;
use super::each::first_fault;
use super::people::provider;
use super::supply::Supply;
use super::{Extent, Violation};
use crate::matching::{Node, Outcome};
use crate::model::{Need, Problem};
use crate::policy::Policy;
use crate::score::{self, Criterion, N_CRITERIA, ScoredCandidates};

/// Checks score, criteria and rank of each assignment.
pub(super) fn check(
    problem: &Problem,
    scored: &ScoredCandidates,
    outcome: &Outcome,
    supply: &Supply<'_>,
    extent: Extent,
) -> Result<(), Violation> {
    let check = |row: usize| {
        let assignment = &outcome.assignments[row];
        let not_a_candidate = Violation::NotACandidate { need: assignment.need.index() };
        let position = supply.position(provider(assignment)).ok_or(not_a_candidate)? as u32;
        let candidates = || scored.row(assignment.need);
        let (k, (_, score)) =
            candidates().enumerate().find(|&(_, (provider, _))| provider == position).ok_or(not_a_candidate)?;
        let wrong = |field| Violation::Assignment { row, field };
        if assignment.score != score {
            return Err(wrong("score"));
        }
        if assignment.criteria != score::criteria_of(problem, assignment.need, position) {
            return Err(wrong("criteria"));
        }
        let policy = policy_where(problem, &problem.needs()[assignment.need.index()]);
        let is_switch = is_switch(&problem.needs()[assignment.need.index()], provider(assignment), problem);
        if assignment.switched != is_switch {
            return Err(wrong("switched"));
        }
        let spared = if is_switch { 0 } else { problem.policy().switch_penalty() };
        if i64::from(assignment.score) != weighted_mean(policy, &assignment.criteria) + i64::from(spared) {
            return Err(wrong("score"));
        }
        // Of equal scores the one before it in the row comes first.
        let is_better = |&(other, (_, score)): &(usize, (u32, i32))| {
            if other < k { score >= assignment.score } else { score > assignment.score }
        };
        let better = candidates().enumerate().filter(is_better).count();
        if !extent.agrees(assignment.rank.into(), (better + 1) as u64) {
            return Err(wrong("rank"));
        }
        Ok(())
    };
    first_fault(outcome.assignments.len(), |row| check(row).err()).map_or(Ok(()), Err)
}

/// Whether somebody serves the resident already and it would be somebody else. The organization tells only where no
/// current worker is on record.
pub(super) fn is_switch(need: &Need, node: Node, problem: &Problem) -> bool {
    if let Some(worker) = need.current_worker {
        return node != Node::Worker(worker);
    }
    let organization = match node {
        Node::Worker(id) => Some(problem.workers()[id.index()].organization),
        Node::Organization(id) => Some(id),
        Node::Group(_) => None,
    };
    need.current_organization.is_some() && need.current_organization != organization
}

/// The weighted mean of the criteria; a half goes to the even number.
pub(super) fn weighted_mean(policy: &Policy, criteria: &[i32; N_CRITERIA]) -> i64 {
    let mut thousandths = 0;
    for (&criterion, &measure) in Criterion::ALL.iter().zip(criteria) {
        thousandths += i64::from(policy.weight(criterion)) * i64::from(measure);
    }
    let down = thousandths.div_euclid(1000);
    match thousandths.rem_euclid(1000) {
        ..500 => down,
        500 => down + down % 2,
        _ => down + 1,
    }
}
