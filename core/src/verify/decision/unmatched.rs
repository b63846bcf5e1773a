//! Is the reason of each need that is not served one that its candidates bear out?

use std::collections::HashMap;

use super::Rows;
use super::head::Head;
use super::supply::{Places, Supply};
use crate::decision::DecisionFault;
use crate::decision::form::{Failed, File, Full, Nearest, Unmatched};

/// The reasons of needs that were no matter for the run.
const TAKEN_OUT: [&str; 3] = ["human_only", "refer_medical", "law_enforcement"];

pub(super) fn check(
    file: &File,
    head: &Head<'_>,
    supply: &Supply<'_>,
    rows: &Rows<'_>,
    served_at: &[Option<usize>],
    places: &Places,
) -> Result<(), DecisionFault> {
    let needs: HashMap<&str, usize> =
        file.network.needs.id.iter().enumerate().map(|(position, id)| (&**id, position)).collect();
    for (row, unmatched) in file.result.unmatched.iter().enumerate() {
        let place = |field| DecisionFault::wrong(format!("result.unmatched[{row}].{field}"));
        let need = needs.get(&*unmatched.need_id).copied().filter(|&need| served_at[need].is_none());
        let need = need.ok_or(place("need_id"))?;
        if unmatched.tier != file.network.needs.tier[need] {
            return Err(place("tier"));
        }
        if !is_true(head, supply, rows, places, unmatched, need) {
            return Err(place("reason"));
        }
    }
    Ok(())
}

fn is_true(
    head: &Head<'_>,
    supply: &Supply<'_>,
    rows: &Rows<'_>,
    places: &Places,
    unmatched: &Unmatched,
    need: usize,
) -> bool {
    let has_candidates = rows.row(need).len() > 0;
    match (&*unmatched.reason, unmatched.providers, &unmatched.failed, unmatched.full, &unmatched.nearest) {
        ("no_candidate", Some(providers), Some(failed), None, None) => !has_candidates && adds_up(providers, failed),
        ("no_open_place", None, None, Some(full), Some(nearest)) => {
            head.is_decided && has_candidates && is_full(head, supply, rows, places, need, full, nearest)
        }
        ("no_gain", None, None, None, None) => {
            head.is_decided && rows.row(need).any(|(node, score)| score == 0 && places.full_at[node].is_none())
        }
        ("undecided", None, None, None, None) => !head.is_decided && has_candidates,
        (reason, None, None, None, None) => TAKEN_OUT.contains(&reason) && !has_candidates,
        _ => false,
    }
}

/// Every provider fails a rule, so the rules count each at least once; alone it fails one of them.
fn adds_up(providers: u64, failed: &[Failed]) -> bool {
    let each_is_possible =
        failed.iter().all(|row| (1..=providers).contains(&row.providers) && row.alone <= row.providers);
    let sum = |of: fn(&Failed) -> u64| failed.iter().try_fold(0u64, |sum, row| sum.checked_add(of(row)));
    let each_rule_once = (1..failed.len()).all(|row| failed[..row].iter().all(|other| other.rule != failed[row].rule));
    let once = sum(|row| row.providers).is_some_and(|sum| sum >= providers);
    let alone = sum(|row| row.alone).is_some_and(|sum| sum <= providers);
    each_is_possible && each_rule_once && once && alone
}

/// Is every candidate full where it is said, and the nearest the best of them?
fn is_full(
    head: &Head<'_>,
    supply: &Supply<'_>,
    rows: &Rows<'_>,
    places: &Places,
    need: usize,
    stated: Full,
    nearest: &Nearest,
) -> bool {
    let mut full = Full::default();
    let mut best: Option<(usize, i64)> = None;
    for (node, score) in rows.row(need) {
        let Some(at) = places.full_at[node] else { return false };
        supply.count(&mut full, at);
        // Of equal scores the first in the row is the nearest.
        if best.is_none_or(|(_, most)| score > most) {
            best = Some((node, score));
        }
    }
    let Some((node, score)) = best else { return false };
    let counts = [(stated.worker, full.worker), (stated.organization, full.organization), (stated.group, full.group)];
    let counted = counts.into_iter().all(|(stated, seen)| head.agrees(stated, seen));
    counted
        && supply.node(&nearest.organization_id, nearest.worker_id.as_deref()) == Some(node)
        && nearest.score == score
        && places.full_at[node].is_some_and(|at| *nearest.full_at == *supply.level(at))
}
