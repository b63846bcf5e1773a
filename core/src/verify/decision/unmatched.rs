//! Is the reason of each need that is not served one that its candidates bear out?

use std::collections::HashMap;

use super::Rows;
use super::head::Head;
use super::quotas::Quotas;
use super::supply::{Places, Supply};
use crate::decision::DecisionFault;
use crate::decision::form::{Failed, File, Full, Nearest, Unmatched};

/// The reasons of needs that were no matter for the run.
pub(super) const TAKEN_OUT: [&str; 5] = ["human_only", "refer_medical", "law_enforcement", "immediate", OUT_OF_SCOPE];
/// The one of them that only a policy gives that limits the run to pilot communities.
const OUT_OF_SCOPE: &str = "out_of_scope";

pub(super) fn check(
    file: &File,
    head: &Head<'_>,
    supply: &Supply<'_>,
    (rows, quotas): (&Rows<'_>, &Quotas<'_>),
    served_at: &[Option<usize>],
    places: &Places,
) -> Result<(), DecisionFault> {
    let full_quota = quotas.full(file, served_at);
    let needs: HashMap<&str, usize> =
        file.network.needs.id.iter().enumerate().map(|(position, id)| (&**id, position)).collect();
    for (row, unmatched) in file.result.unmatched.iter().enumerate() {
        let place = |field| DecisionFault::wrong(format!("result.unmatched[{row}].{field}"));
        let need = needs.get(&*unmatched.need_id).copied().filter(|&need| served_at[need].is_none());
        let need = need.ok_or(place("need_id"))?;
        if unmatched.tier != file.network.needs.tier[need] {
            return Err(place("tier"));
        }
        // What is said of a quota is said where one is full, if anything is decided about the need at all.
        let full = full_quota[need].filter(|_| head.is_decided && rows.row(need).len() > 0);
        let is_of_quota = unmatched.quota_id.is_some() || unmatched.open.is_some();
        let holds = match full {
            Some(quota) => is_full_quota(file, rows, places, unmatched, (need, quota)),
            None => !is_of_quota && is_true(head, supply, rows, places, unmatched, need),
        };
        if !holds {
            return Err(place("reason"));
        }
    }
    check_immediate(file)
}

/// Does the list at the head name the emergencies among the unmatched, all of them and in order, and are they red?
fn check_immediate(file: &File) -> Result<(), DecisionFault> {
    let emergencies: Vec<&Unmatched> =
        file.result.unmatched.iter().filter(|unmatched| *unmatched.reason == *"immediate").collect();
    let listed = file.result.immediate.as_deref();
    let is_complete = match listed {
        Some(listed) => !listed.is_empty() && listed.iter().eq(emergencies.iter().map(|unmatched| &unmatched.need_id)),
        None => emergencies.is_empty(),
    };
    if is_complete && emergencies.iter().all(|unmatched| unmatched.tier == 1) {
        Ok(())
    } else {
        Err(DecisionFault::wrong("result.immediate"))
    }
}

/// Is it the quota that is full, and so many of the candidates have a place?
fn is_full_quota(
    file: &File,
    rows: &Rows<'_>,
    places: &Places,
    unmatched: &Unmatched,
    (need, quota): (usize, usize),
) -> bool {
    let open = rows.row(need).filter(|&(node, _)| places.full_at[node].is_none()).count() as u64;
    let id = file.network.quotas.as_ref().map(|quotas| &quotas.id[quota]);
    let says_no_more = unmatched.providers.is_none()
        && unmatched.failed.is_none()
        && unmatched.full.is_none()
        && unmatched.nearest.is_none();
    *unmatched.reason == *"quota_full"
        && unmatched.quota_id.as_ref() == id
        && unmatched.open == Some(open)
        && says_no_more
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
            head.is_decided && is_full(head, supply, rows, places, need, full, nearest)
        }
        ("no_gain", None, None, None, None) => {
            head.is_decided && rows.row(need).any(|(node, score)| score == 0 && places.full_at[node].is_none())
        }
        ("undecided", None, None, None, None) => !head.is_decided && has_candidates,
        (reason, None, None, None, None) => {
            let may_be = reason != OUT_OF_SCOPE || head.is_limited;
            TAKEN_OUT.contains(&reason) && may_be && !has_candidates
        }
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
