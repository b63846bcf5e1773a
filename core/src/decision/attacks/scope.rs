//! Needs out of scope, under policies that limit the run and others.

use super::{files, refuse};
use crate::decision::form::Count;
use crate::decision::tests::{all_decisions, decision_of};
use crate::decision::write;
use crate::sample;

fn in_scope(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Vec<u8>)> {
    seeds.filter_map(|seed| {
        let (tables, policy) = sample::input_in_scope(seed);
        Some((seed, decision_of(tables, policy)?))
    })
}

#[test]
fn a_need_is_out_of_scope_only_under_a_policy_that_limits_the_run() {
    let (mut n_outside, mut n_changed) = (0, 0);
    for (seed, file) in files(in_scope(0..200)) {
        assert!(super::is_believed(&file), "seed {seed}");
        if file.result.unmatched.iter().all(|row| *row.reason != *"out_of_scope") {
            continue;
        }
        n_outside += 1;
        for scope in ["", "scope = \"pilots\"\n", "scope = \"all\"\n", "scope = pilot\n"] {
            n_changed += u32::from(refuse(seed, &file, "another scope", |file| {
                file.policy.text = file.policy.text.replacen("scope = \"pilot\"\n", scope, 1).into();
                file.policy.digest = write::sha256(file.policy.text.as_bytes()).into();
            }));
        }
    }
    assert!(n_outside > 50 && n_changed == 4 * n_outside, "{n_changed} changes of {n_outside} files");
}

#[test]
fn nobody_is_out_of_scope_without_one() {
    let mut n_changed = 0;
    for (seed, file) in files(all_decisions(0..150)) {
        let taken_out = |reason: &str| ["human_only", "refer_medical", "law_enforcement"].contains(&reason);
        for k in (0..file.result.unmatched.len()).filter(|&k| taken_out(&file.result.unmatched[k].reason)) {
            n_changed += u32::from(refuse(seed, &file, "out of scope", |file| {
                let result = &mut file.result;
                let was = std::mem::replace(&mut result.unmatched[k].reason, "out_of_scope".into());
                // The counts go with it; the word comes last of all.
                let counts = &mut result.summary.unmatched;
                counts.iter_mut().filter(|row| row.reason == was).for_each(|row| row.needs -= 1);
                counts.retain(|row| row.needs > 0);
                counts.push(Count { reason: "out_of_scope".into(), needs: 1 });
            }));
        }
    }
    assert!(n_changed > 50, "{n_changed} changes");
}
