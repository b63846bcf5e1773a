//! Somebody is served although nobody can be served within all floors.

use super::{files, is_believed, nodes_above};
use crate::decision::form::{Assignment, Criteria, File, Pair};
use crate::decision::tests::all_decisions;

/// The need is served by one of its candidates, and all sums fit; `None` where a node above has no place.
fn served(file: &File, need: usize, at: usize) -> Option<File> {
    let mut changed = file.clone();
    let (network, result) = (&file.network, &mut changed.result);
    let (nodes, needs, candidates) = (&network.nodes, &network.needs, &network.candidates);
    let (node, score) = (candidates.node[at] as usize, candidates.score[at]);
    let (n_workers, tier) = (nodes.workers.len(), needs.tier[need]);
    let is_worker = node < n_workers;
    let organization = if is_worker { nodes.parent[node]? as usize } else { node } - n_workers;
    let row = candidates.start[need] as usize..candidates.start[need + 1] as usize;
    let before = row.clone().filter(|&k| k < at && candidates.score[k] >= score).count();
    let better = row.filter(|&k| k > at && candidates.score[k] > score).count();
    let text = &*file.policy.text;
    let weights = text.split("\n[criteria]\n").nth(1)?.lines().map_while(|line| line.split_once(" = "));
    result.assignments.push(Assignment {
        need_id: needs.id[need].clone(),
        organization_id: nodes.organizations[organization].clone(),
        worker_id: is_worker.then(|| nodes.workers[node].clone()),
        tier,
        score,
        // Criteria that are all alike have themselves as their mean.
        criteria: Criteria(weights.map(|(code, _)| (code.into(), score)).collect()),
        rank: (before + better + 1) as u64,
        pinned: needs.pinned.contains(&(need as u64)),
        switched: None,
    });
    for place in nodes_above(network, node) {
        let row = result.capacity.iter_mut().find(|row| (&*row.level, &*row.id) == place)?;
        row.used += 1;
        if row.places.is_some_and(|places| row.used > places) {
            return None;
        }
    }
    for (k, row) in result.quotas.iter_mut().flatten().enumerate() {
        let quotas = network.quotas.as_ref()?;
        let about = &quotas.need[quotas.start[k] as usize..quotas.start[k + 1] as usize];
        row.served += u64::from(about.contains(&(need as u64)));
    }
    let counts = match text.split("\nobjective = \"").nth(1)?.split('"').next()? {
        "score" => 0,
        "coverage_then_score" => 1,
        _ => 5 - tier,
    };
    (result.total, result.bound) = (Pair { tier: counts, score }, Pair { tier: counts, score });
    let k = result.unmatched.iter().position(|row| row.need_id == needs.id[need])?;
    let reason = result.unmatched.remove(k).reason;
    let summary = &mut result.summary;
    (summary.served, summary.mean_score) = (1, score);
    summary.by_tier.iter_mut().filter(|row| *row.key == *tier.to_string()).for_each(|row| row.served += 1);
    for rows in [&mut summary.by_domain, &mut summary.by_county, &mut summary.by_urban_rural_class] {
        rows.first_mut()?.served += 1;
    }
    summary.unmatched.iter_mut().filter(|row| row.reason == reason).for_each(|row| row.needs -= 1);
    summary.unmatched.retain(|row| row.needs > 0);
    Some(changed)
}

#[test]
fn nobody_is_served_where_floors_cannot_be_met() {
    let (mut n_changes, mut n_files) = (0, 0);
    for (seed, file) in files(all_decisions(0..600)) {
        if *file.result.status != *"floors_unmet" {
            continue;
        }
        n_files += 1;
        let start = &file.network.candidates.start;
        for need in 0..file.network.needs.id.len() {
            for at in start[need] as usize..start[need + 1] as usize {
                let Some(changed) = served(&file, need, at) else { continue };
                assert!(!is_believed(&changed), "seed {seed}: need {need} is served");
                n_changes += 1;
            }
        }
    }
    assert!(n_changes > 200 && n_files > 20, "{n_changes} changes of {n_files} files");
}
