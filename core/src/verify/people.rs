//! Is every need listed exactly once, in order, with a provider that exists and the pin that it has?

use super::Violation;
use crate::matching::{Assignment, Node, Outcome, Status, Unmatched};
use crate::model::codes::Risk;
use crate::model::{NeedId, Problem};

/// Checks both lists of needs; gives for each need the row of its assignment.
pub(super) fn check(problem: &Problem, outcome: &Outcome) -> Result<Vec<Option<usize>>, Violation> {
    let mut listed = vec![false; problem.needs().len()];
    let mut row_of = vec![None; problem.needs().len()];
    let mut last = None;
    for (row, assignment) in outcome.assignments.iter().enumerate() {
        let wrong = |field| Violation::Assignment { row, field };
        let id = list_once(problem, assignment.need, &mut listed).ok_or(wrong("need"))?;
        if last.replace(id) >= Some(id) {
            return Err(wrong("need"));
        }
        row_of[assignment.need.index()] = Some(row);
        check_assignment(problem, assignment).map_err(wrong)?;
    }
    let mut last = None;
    for (row, unmatched) in outcome.unmatched.iter().enumerate() {
        let wrong = |field| Violation::Unmatched { row, field };
        let id = list_once(problem, unmatched.need, &mut listed).ok_or(wrong("need"))?;
        if last.replace(id) >= Some(id) {
            return Err(wrong("need"));
        }
        check_unmatched(problem, outcome.status, unmatched).map_err(wrong)?;
    }
    match listed.iter().position(|&listed| !listed) {
        Some(need) => Err(Violation::NotListed { need }),
        None => Ok(row_of),
    }
}

/// The identifier of a need that exists and was not listed before.
fn list_once<'a>(problem: &'a Problem, need: NeedId, listed: &mut [bool]) -> Option<&'a str> {
    let first_time = listed.get_mut(need.index()).is_some_and(|listed| !std::mem::replace(listed, true));
    first_time.then(|| &*problem.needs()[need.index()].id)
}

fn check_assignment(problem: &Problem, assignment: &Assignment) -> Result<(), &'static str> {
    let need = &problem.needs()[assignment.need.index()];
    if assignment.organization.index() >= problem.organizations().len() {
        return Err("organization");
    }
    if let Some(id) = assignment.worker {
        let worker = problem.workers().get(id.index()).ok_or("worker")?;
        if worker.organization != assignment.organization {
            return Err("organization");
        }
    }
    if need.pinned_worker.is_some() && assignment.worker != need.pinned_worker {
        return Err("worker");
    }
    if assignment.pinned != need.pinned_worker.is_some() {
        return Err("pinned");
    }
    if assignment.tier.number() != urgency(need.risk) {
        return Err("tier");
    }
    Ok(())
}

fn check_unmatched(problem: &Problem, status: Status, unmatched: &Unmatched) -> Result<(), &'static str> {
    let need = &problem.needs()[unmatched.need.index()];
    // Where floors cannot be met nothing is decided, and no pin is carried out.
    if need.pinned_worker.is_some() && status.serves() {
        return Err("need");
    }
    if unmatched.tier.number() != urgency(need.risk) {
        return Err("tier");
    }
    Ok(())
}

/// The provider that an assignment names.
pub(super) fn provider(assignment: &Assignment) -> Node {
    assignment.worker.map_or(Node::Organization(assignment.organization), Node::Worker)
}

/// Red is the most urgent.
fn urgency(risk: Risk) -> u8 {
    match risk {
        Risk::Red => 1,
        Risk::Yellow => 2,
        Risk::Blue => 3,
        Risk::Green => 4,
    }
}
