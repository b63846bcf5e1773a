//! A matching in a few numbers.

use std::collections::BTreeMap;

use crate::matching::{Assignment, Coverage, ReasonCount, Summary, Tier, Unmatched, UnmatchedReason};
use crate::model::codes::DivisionLevel;
use crate::model::{NeedId, Problem};

pub(super) fn of(problem: &Problem, candidates: u64, assignments: &[Assignment], unmatched: &[Unmatched]) -> Summary {
    let served = assignments.len() as u64;
    let score: i64 = assignments.iter().map(|assignment| i64::from(assignment.score)).sum();
    let needs = || {
        let served = assignments.iter().map(|assignment| (assignment.need, true));
        served.chain(unmatched.iter().map(|unmatched| (unmatched.need, false)))
    };
    let need = |id: NeedId| &problem.needs()[id.index()];
    let community = |id: NeedId| &problem.communities()[need(id).community.index()];
    let n_unmatched = |reason| unmatched.iter().filter(|u| u.reason.code() == reason).count() as u64;
    Summary {
        needs: problem.needs().len() as u64,
        served,
        pinned: assignments.iter().filter(|assignment| assignment.pinned).count() as u64,
        candidates,
        mean_score: if served == 0 { 0 } else { score / served as i64 },
        by_tier: coverage(needs(), |id| Tier::of(need(id).risk)),
        by_domain: coverage(needs(), |id| need(id).domain),
        by_county: coverage(needs(), |id| community(id).code.at_level(DivisionLevel::County)),
        by_urban_rural_class: unknown_last(coverage(needs(), |id| community(id).urban_rural_class)),
        unmatched: UnmatchedReason::CODES
            .into_iter()
            .map(|reason| ReasonCount { reason, needs: n_unmatched(reason) })
            .filter(|count| count.needs > 0)
            .collect(),
    }
}

/// Counts needs, each with whether it is served, by a key.
fn coverage<K: Ord>(needs: impl Iterator<Item = (NeedId, bool)>, key: impl Fn(NeedId) -> K) -> Vec<Coverage<K>> {
    let mut counts = BTreeMap::new();
    for (need, served) in needs {
        let (of_kind, served_of_kind) = counts.entry(key(need)).or_insert((0, 0));
        *of_kind += 1;
        *served_of_kind += u64::from(served);
    }
    counts.into_iter().map(|(key, (needs, served))| Coverage { key, needs, served }).collect()
}

/// `None` is the least of all keys, but is read last.
fn unknown_last<K>(mut rows: Vec<Coverage<Option<K>>>) -> Vec<Coverage<Option<K>>> {
    if rows.first().is_some_and(|row| row.key.is_none()) {
        rows.rotate_left(1);
    }
    rows
}
