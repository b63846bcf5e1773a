//! Why a need is not served.

use super::{files, is_believed, refuse};
use crate::decision::form::{Count, Failed, File, Full, Nearest, Unmatched};
use crate::decision::tests::all_decisions;
use crate::matching::UnmatchedReason;

#[test]
fn providers_that_fail_rules_add_up() {
    let mut seen = [0; 6];
    for (seed, file) in files(all_decisions(0..300)) {
        for (k, unmatched) in file.result.unmatched.iter().enumerate() {
            let (Some(providers), Some(failed)) = (unmatched.providers, &unmatched.failed) else { continue };
            let mut of = |attack: usize, change: &dyn Fn(&mut Unmatched, &mut Vec<Failed>)| {
                seen[attack] += u32::from(refuse(seed, &file, "who fails a rule", |file| {
                    let row = &mut file.result.unmatched[k];
                    let mut failed = row.failed.take().unwrap();
                    change(row, &mut failed);
                    row.failed = Some(failed);
                }));
            };
            of(0, &|_, failed| failed.push(Failed { rule: "other".into(), providers: 0, alone: 0 }));
            of(1, &|row, _| row.providers = Some(failed.iter().map(|row| row.providers).sum::<u64>() + 1));
            for rule in 0..failed.len() {
                of(2, &|_, failed| failed[rule].providers = providers + 1);
                of(3, &|_, failed| {
                    let again = Failed { alone: 0, ..failed[rule].clone() };
                    failed.insert(rule, again);
                });
                let others: u64 = failed.iter().map(|row| row.alone).sum::<u64>() - failed[rule].alone;
                // More than fail this rule at all, although not more than there are providers.
                if others + failed[rule].providers < providers {
                    of(4, &|_, failed| failed[rule].alone = failed[rule].providers + 1);
                }
            }
            // As many as fail a rule at all, although some fail several.
            if failed.iter().map(|row| row.providers).sum::<u64>() > providers {
                of(5, &|_, failed| failed.iter_mut().for_each(|row| row.alone = row.providers));
            }
        }
    }
    assert!(seen.iter().all(|&n| n > 20), "{seen:?}");
}

#[test]
fn an_emergency_is_red() {
    let mut n_changes = 0;
    for (seed, file) in files(all_decisions(0..300)) {
        for id in file.result.immediate.iter().flatten() {
            let need = file.network.needs.id.iter().position(|own| own == id).unwrap();
            for tier in 2..=4 {
                n_changes += u32::from(refuse(seed, &file, "an emergency that is not red", |file| {
                    file.network.needs.tier[need] = tier;
                    file.result.unmatched.iter_mut().filter(|row| row.need_id == *id).for_each(|row| row.tier = tier);
                    recount_tiers(file);
                }));
            }
        }
    }
    assert!(n_changes > 20, "{n_changes} changes");
}

/// Makes the summary by tier fit.
fn recount_tiers(file: &mut File) {
    let rows = (1..=4).filter_map(|tier| {
        let needs = file.network.needs.tier.iter().filter(|&&own| own == tier).count() as u64;
        let served = file.result.assignments.iter().filter(|row| row.tier == tier).count() as u64;
        let key = tier.to_string().into();
        (needs > 0).then_some(crate::decision::form::Coverage { key, needs, served })
    });
    file.result.summary.by_tier = rows.collect();
}

#[test]
fn where_nothing_is_decided_no_place_is_taken_and_no_gain_weighed() {
    let mut seen = [0; 2];
    for (seed, file) in files(all_decisions(0..1200)) {
        if *file.result.status != *"floors_unmet" {
            continue;
        }
        let network = &file.network;
        let nodes = &network.nodes;
        for (k, unmatched) in file.result.unmatched.iter().enumerate().filter(|(_, row)| *row.reason == *"undecided") {
            let need = network.needs.id.iter().position(|id| *id == unmatched.need_id).unwrap();
            let row = network.candidates.start[need] as usize..network.candidates.start[need + 1] as usize;
            let closed = |node: u64| {
                let mut above = std::iter::successors(Some(node as usize), |&v| nodes.parent[v].map(|v| v as usize));
                above.find(|&v| nodes.places[v] == Some(0))
            };
            let level = |v: usize| match v {
                _ if v < nodes.workers.len() => 0,
                _ if v < nodes.workers.len() + nodes.organizations.len() => 1,
                _ => 2,
            };
            let full_at: Option<Vec<usize>> =
                row.clone().map(|at| closed(network.candidates.node[at]).map(level)).collect();
            if let Some(full_at) = full_at {
                let count = |level: usize| full_at.iter().filter(|&&own| own == level).count() as u64;
                let full = Full { worker: count(0), organization: count(1), group: count(2) };
                let score = |at: &usize| network.candidates.score[*at];
                let best = row.clone().max_by_key(|at| (score(at), std::cmp::Reverse(*at))).unwrap();
                let node = network.candidates.node[best] as usize;
                let is_worker = level(node) == 0;
                let organization = if is_worker { nodes.parent[node].unwrap() as usize } else { node };
                let nearest = Nearest {
                    organization_id: nodes.organizations[organization - nodes.workers.len()].clone(),
                    worker_id: is_worker.then(|| nodes.workers[node].clone()),
                    score: network.candidates.score[best],
                    full_at: ["worker", "organization", "group"][full_at[best - row.start]].into(),
                };
                seen[0] += u32::from(refuse(seed, &file, "no open place", |file| {
                    instead(file, k, "no_open_place");
                    (file.result.unmatched[k].full, file.result.unmatched[k].nearest) = (Some(full), Some(nearest));
                }));
            } else {
                seen[1] += u32::from(refuse(seed, &file, "no gain", |file| {
                    row.for_each(|at| file.network.candidates.score[at] = 0);
                    instead(file, k, "no_gain");
                }));
            }
        }
        assert!(is_believed(&file), "seed {seed}");
    }
    assert!(seen[0] > 10 && seen[1] > 100, "{seen:?}");
}

/// Gives a need another reason, of which nothing more is said, and counts the reasons anew.
fn instead(file: &mut File, k: usize, reason: &str) {
    let row = &mut file.result.unmatched[k];
    row.reason = reason.into();
    (row.providers, row.failed, row.full, row.nearest) = (None, None, None, None);
    (row.quota_id, row.open) = (None, None);
    let count = |code: &&str| {
        let needs = file.result.unmatched.iter().filter(|row| *row.reason == **code).count() as u64;
        (needs > 0).then_some(Count { reason: (*code).into(), needs })
    };
    file.result.summary.unmatched = UnmatchedReason::CODES.iter().filter_map(count).collect();
}

#[test]
fn whoever_has_a_candidate_was_a_matter_for_the_run_and_who_has_none_has_a_reason_for_that() {
    let (mut n_taken_out, mut n_unknown) = (0, 0);
    for (seed, file) in files(all_decisions(0..120)) {
        let start = &file.network.candidates.start;
        for (k, unmatched) in file.result.unmatched.iter().enumerate() {
            let need = file.network.needs.id.iter().position(|id| *id == unmatched.need_id).unwrap();
            // An emergency is named once more.
            if *unmatched.reason == *"immediate" {
                continue;
            }
            if start[need] < start[need + 1] {
                for reason in ["human_only", "refer_medical", "law_enforcement", "undecided"] {
                    n_taken_out += u32::from(refuse(seed, &file, reason, |file| instead(file, k, reason)));
                }
            } else {
                for reason in ["", "any", "undecided"] {
                    n_unknown += u32::from(refuse(seed, &file, "no reason", |file| instead(file, k, reason)));
                }
            }
        }
    }
    assert!(n_taken_out > 100 && n_unknown > 100, "{n_taken_out}, {n_unknown}");
}

#[test]
fn what_is_said_of_a_quota_is_said_whole_and_nothing_else_with_it() {
    let (mut n_full, mut n_others) = (0, 0);
    for (seed, file) in files(all_decisions(0..300)) {
        for (k, unmatched) in file.result.unmatched.iter().enumerate() {
            let of = |change: &dyn Fn(&mut Unmatched)| {
                u32::from(refuse(seed, &file, "a reason", |file| change(&mut file.result.unmatched[k])))
            };
            let own = |row: &mut Unmatched| (row.quota_id.clone(), row.open);
            if own(&mut unmatched.clone()) == (None, None) {
                n_others += of(&|row| row.quota_id = Some("q0".into()));
                n_others += of(&|row| row.open = Some(0));
                n_others += of(&|row| (row.quota_id, row.open) = (Some("q0".into()), Some(0)));
            } else {
                n_full += of(&|row| row.quota_id = None);
                n_full += of(&|row| row.quota_id = Some("other".into()));
                n_full += of(&|row| row.open = None);
                n_full += of(&|row| row.open = row.open.map(|open| open + 1));
                n_full += of(&|row| row.providers = Some(1));
                n_full += of(&|row| row.failed = Some(Vec::new()));
                n_full += of(&|row| row.full = Some(Full::default()));
                let (organization_id, worker_id) = ("o0".into(), None);
                let nearest = Nearest { organization_id, worker_id, score: 0, full_at: "organization".into() };
                n_full += of(&|row| row.nearest = Some(nearest.clone()));
                for reason in ["no_gain", "undecided", "human_only"] {
                    n_full += of(&|row| row.reason = reason.into());
                }
            }
        }
    }
    assert!(n_full > 200 && n_others > 1000, "{n_full}, {n_others}");
}
