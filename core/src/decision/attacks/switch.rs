//! Who switches, and what it costs by the policy of the file.

use super::{files, is_believed, refuse};
use crate::decision::form::File;
use crate::decision::tests::{all_decisions, decision_of};
use crate::decision::write;
use crate::sample;

fn with_penalty(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Vec<u8>)> {
    seeds.filter_map(|seed| {
        let (tables, policy) = sample::input_with_penalty(seed);
        Some((seed, decision_of(tables, policy)?))
    })
}

/// Another line for the penalty; an empty one takes it away.
fn rewrite(file: &mut File, line: &str) {
    let text = &file.policy.text;
    let own = text.lines().find(|line| line.starts_with("switch_penalty = ")).unwrap();
    file.policy.text = text.replacen(&format!("{own}\n"), line, 1).into();
    file.policy.digest = write::sha256(file.policy.text.as_bytes()).into();
}

#[test]
fn nobody_is_passed_off_as_switching_or_staying() {
    let (mut n_switched, mut n_stayed) = (0, 0);
    for (seed, file) in files(with_penalty(0..300)) {
        assert!(is_believed(&file), "seed {seed}");
        for k in 0..file.result.assignments.len() {
            let own = file.result.assignments[k].switched.unwrap();
            refuse(seed, &file, "a switch", |file| file.result.assignments[k].switched = Some(!own));
            refuse(seed, &file, "no word of a switch", |file| file.result.assignments[k].switched = None);
            (n_switched, n_stayed) = (n_switched + u32::from(own), n_stayed + u32::from(!own));
        }
    }
    assert!(n_switched > 50 && n_stayed > 50, "{n_switched} switched, {n_stayed} stayed");
}

#[test]
fn the_penalty_is_that_of_the_policy() {
    let mut n_changed = 0;
    for (seed, file) in files(with_penalty(0..200)) {
        // Where everybody switches or nobody is served, no score tells.
        let stays = file.result.assignments.iter().any(|row| row.switched == Some(false));
        let wrong = ["0", "1000001", "01", "-1", "1.0", "+1", "", "99999999999999999999"];
        for penalty in wrong.into_iter().chain(["2", "90001", "999999"].into_iter().filter(|_| stays)) {
            let line = format!("switch_penalty = {penalty}\n");
            n_changed += u32::from(refuse(seed, &file, &line, |file| rewrite(file, &line)));
        }
        if !file.result.assignments.is_empty() {
            refuse(seed, &file, "no penalty", |file| rewrite(file, ""));
        }
        for k in 0..file.network.candidates.score.len() {
            refuse(seed, &file, "a score above the most", |file| file.network.candidates.score[k] = 2_000_001);
        }
    }
    assert!(n_changed > 500, "{n_changed}");
}

#[test]
fn without_a_penalty_nothing_is_said_of_switches() {
    let mut n_changed = 0;
    for (seed, file) in files(all_decisions(0..60)) {
        for k in 0..file.result.assignments.len() {
            for switched in [true, false] {
                let say = |file: &mut File| file.result.assignments[k].switched = Some(switched);
                n_changed += u32::from(refuse(seed, &file, "a switch", say));
            }
        }
        for k in 0..file.network.candidates.score.len() {
            refuse(seed, &file, "a score above 1.0", |file| file.network.candidates.score[k] = 1_000_001);
        }
    }
    assert!(n_changed > 100, "{n_changed}");
}
