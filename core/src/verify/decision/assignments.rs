//! Who serves whom: is every need listed once, and every field of an assignment what the network says?

use std::collections::HashMap;

use super::head::Head;
use super::supply::Supply;
use super::{FULL_SCORE, Rows};
use crate::decision::DecisionFault;
use crate::decision::form::{Assignment, File};

/// Checks the assignments, and that they and the unmatched needs are all needs; gives the node that serves each need.
pub(super) fn check(
    file: &File,
    head: &Head<'_>,
    supply: &Supply<'_>,
    rows: &Rows<'_>,
) -> Result<Vec<Option<usize>>, DecisionFault> {
    let result = &file.result;
    let needs: HashMap<&str, usize> =
        file.network.needs.id.iter().enumerate().map(|(position, id)| (&**id, position)).collect();
    let mut served_at = vec![None; rows.n_needs()];
    for (row, assignment) in result.assignments.iter().enumerate() {
        let place = |field| DecisionFault::wrong(format!("result.assignments[{row}].{field}"));
        let need = *needs.get(&*assignment.need_id).ok_or(place("need_id"))?;
        let node = supply.node(&assignment.organization_id, assignment.worker_id.as_deref());
        let node = node.ok_or(place("worker_id"))?;
        if let Some(field) = wrong_field(head, rows, assignment, need, node) {
            return Err(place(field));
        }
        served_at[need] = Some(node);
    }
    for (list, ids) in [
        ("assignments", result.assignments.iter().map(|row| &*row.need_id).collect::<Vec<_>>()),
        ("unmatched", result.unmatched.iter().map(|row| &*row.need_id).collect()),
    ] {
        if let Some(row) = ids.windows(2).position(|pair| pair[0] >= pair[1]) {
            return Err(DecisionFault::wrong(format!("result.{list}[{}].need_id", row + 1)));
        }
    }
    // Each list has each need at most once; that no need is in both is checked with the unmatched.
    if result.assignments.len() + result.unmatched.len() != rows.n_needs() {
        return Err(DecisionFault::wrong("result.unmatched"));
    }
    let is_lost = |&need: &usize| head.is_decided && rows.is_pinned[need] && served_at[need].is_none();
    if let Some(need) = (0..rows.n_needs()).find(is_lost) {
        return Err(DecisionFault::wrong(format!("network.needs.pinned: {need}")));
    }
    Ok(served_at)
}

fn wrong_field(
    head: &Head<'_>,
    rows: &Rows<'_>,
    assignment: &Assignment,
    need: usize,
    node: usize,
) -> Option<&'static str> {
    let candidate = rows.row(need).find(|&(other, _)| other == node);
    let Some((_, score)) = candidate else { return Some("worker_id") };
    // Of equal scores the one before it in the row comes first.
    let is_better = |&(other, value): &(usize, i64)| value > score || (value == score && other < node);
    let rank = rows.row(need).filter(is_better).count() as u64 + 1;
    let spared = if assignment.switched == Some(true) { 0 } else { head.switch_penalty };
    let facts = [
        ("tier", assignment.tier == rows.file.network.needs.tier[need]),
        ("score", assignment.score == score),
        ("switched", assignment.switched.is_some() == (head.switch_penalty > 0)),
        (
            "criteria",
            weighted_mean(head, assignment).is_some_and(|mean| mean + spared == score || head.has_local_weights),
        ),
        // Candidates that the file leaves out may be better.
        ("rank", head.agrees(assignment.rank, rank)),
        ("pinned", assignment.pinned == rows.is_pinned[need]),
    ];
    facts.into_iter().find(|&(_, holds)| !holds).map(|(field, _)| field)
}

/// The weighted mean of the criteria, a half to the even number; `None` if they are not those of the policy.
fn weighted_mean(head: &Head<'_>, assignment: &Assignment) -> Option<i64> {
    let criteria = &assignment.criteria.0;
    if criteria.len() != head.weights.len() {
        return None;
    }
    let mut thousandths = 0;
    for ((code, measure), &(weighted, weight)) in criteria.iter().zip(&head.weights) {
        if **code != *weighted || !(0..=FULL_SCORE).contains(measure) {
            return None;
        }
        thousandths += measure * weight;
    }
    let down = thousandths / 1000;
    match thousandths % 1000 {
        ..500 => Some(down),
        500 => Some(down + down % 2),
        _ => Some(down + 1),
    }
}
