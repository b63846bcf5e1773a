//! Would a need and a provider rather have each other than what the matching gives them?
//!
//! What both like is written anew here, in people's terms. A need likes the candidate of the better score, of equals the
//! provider that the lottery puts first. Whoever has places to give, at each level, likes the more urgent need, then the
//! better score, then the need that the lottery puts first, then the provider that it puts first. A pair is kept apart
//! only by somebody on the way up who is full of what they like better. Pinned needs were decided by people: they take
//! places, and take part in nothing else.

use super::Violation;
use super::each::first_fault;
use super::people::provider;
use super::supply::Supply;
use crate::matching::{Node, Outcome};
use crate::model::{NeedId, Problem};
use crate::score::ScoredCandidates;

/// What places are given by: red before green, the better score, the earlier need, the earlier provider. The smaller comes
/// first.
type Rank = (std::cmp::Reverse<u8>, std::cmp::Reverse<i32>, usize, usize);

/// Checks that no pair blocks the matching. `row_of` holds the row of each need's assignment.
///
/// # Complexity
///
/// O(candidates · depth).
pub(super) fn check(
    problem: &Problem,
    scored: &ScoredCandidates,
    outcome: &Outcome,
    supply: &Supply<'_>,
    row_of: &[Option<usize>],
) -> Result<(), Violation> {
    let last = last_to_be_served(problem, outcome, supply);
    let blocks = |need: usize| {
        if problem.needs()[need].pinned_worker.is_some() {
            return None;
        }
        let given = row_of[need].map(|row| &outcome.assignments[row]);
        let given = given.and_then(|a| Some((a.score, supply.position(provider(a))?)));
        let would_rather = |score: i32, at: usize| match given {
            None => true,
            Some((own, position)) => score > own || (score == own && at < position),
        };
        let is_apart = |score: i32, node: Node, at: usize| {
            let rank = rank(problem, need, score, at);
            supply
                .path(node)
                .any(|above| matches!(last[above], Last::Full(last) if last.is_none_or(|last| last < rank)))
        };
        let blocking = |(number, score): (u32, i32)| {
            let at = number as usize;
            would_rather(score, at) && !is_apart(score, supply.at(at), at)
        };
        scored.row(NeedId::new(need)).any(blocking).then_some(Violation::Blocked { need })
    };
    first_fault(problem.needs().len(), blocks).map_or(Ok(()), Err)
}

/// Who of those that somebody serves would be the first to give way.
#[derive(Clone, Copy)]
enum Last {
    /// A place is open.
    Open,
    /// No place is open; the last by rank, or nobody where all are pinned.
    Full(Option<Rank>),
}

/// By position, of everybody with all below.
fn last_to_be_served(problem: &Problem, outcome: &Outcome, supply: &Supply<'_>) -> Vec<Last> {
    let mut served = vec![0_u64; supply.n_nodes()];
    let mut last: Vec<Option<Rank>> = vec![None; supply.n_nodes()];
    for assignment in &outcome.assignments {
        let need = assignment.need.index();
        let node = provider(assignment);
        let rank = supply.position(node).map(|at| rank(problem, need, assignment.score, at));
        for position in supply.path(node) {
            served[position] += 1;
            if !assignment.pinned {
                last[position] = last[position].max(rank);
            }
        }
    }
    let of = |position: usize| match supply.places(supply.at(position)) {
        Some(places) if served[position] >= places => Last::Full(last[position]),
        _ => Last::Open,
    };
    (0..supply.n_nodes()).map(of).collect()
}

fn rank(problem: &Problem, need: usize, score: i32, at: usize) -> Rank {
    (std::cmp::Reverse(problem.needs()[need].risk as u8), std::cmp::Reverse(score), need, at)
}
