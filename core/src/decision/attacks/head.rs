//! Head and policy, and over what a result is the best.

use super::{files, is_believed, refuse};
use crate::decision::tests::{all_decisions, decision_of};
use crate::decision::write;
use crate::policy::Policy;
use crate::sample;

#[test]
fn digests_are_of_64_small_hexadecimal_digits() {
    for (seed, file) in files(all_decisions(1..4)) {
        let digest = &*file.input_digest;
        for wrong in [&digest[1..], &format!("{digest}0"), &format!("g{}", &digest[1..]), &digest.to_uppercase(), ""] {
            refuse(seed, &file, "a digest", |file| {
                file.input_digest = wrong.into();
                file.result.provenance.input_digest = wrong.into();
            });
            refuse(seed, &file, "a digest", |file| file.tables_digest = wrong.into());
        }
    }
}

#[test]
fn the_reason_of_the_engine_is_the_true_one_or_that_it_was_asked_for() {
    let mut seen = 0;
    for (seed, file) in files(all_decisions(0..60)) {
        let with = |reason: &str| {
            let mut changed = file.clone();
            changed.engine_reason = reason.into();
            changed.result.engine_reason = reason.into();
            changed
        };
        assert!(is_believed(&with("asked")), "seed {seed}");
        for reason in ["only_capacities", "floors", "groups", "costs", "floors_groups", "groups_costs", "", "any"] {
            assert!(*file.engine_reason == *reason || !is_believed(&with(reason)), "seed {seed}: {reason}");
        }
        seen += u32::from(*file.engine == *"general");
    }
    assert!(seen > 20, "{seen} of the general engine");
}

#[test]
fn a_policy_is_read_for_what_the_result_rests_on() {
    let mut n_changes = 0;
    for (seed, file) in files(all_decisions(0..40)) {
        let text = &*file.policy.text;
        let line = |key: &str| text.lines().find(|line| line.starts_with(key)).unwrap().to_owned();
        let weight = line("domain_competence = ");
        let value = weight.split(" = ").nth(1).unwrap();
        let objective = line("objective = ");
        let changes = [
            (line("format = "), "format = 2".to_owned()),
            (line("version = "), "version = \"other\"".to_owned()),
            (line("evaluation_date = "), "evaluation_date = 2031-01-01".to_owned()),
            (line("seed = "), "seed = \"other\"".to_owned()),
            (objective.clone(), "objective = \"any\"".to_owned()),
            (objective.clone(), objective.replace('=', "is")),
            (weight.clone(), "domain_competence = some".to_owned()),
            (weight.clone(), "domain_competence = 1001".to_owned()),
            (weight.clone(), "domain_competence = -1".to_owned()),
            (weight.clone(), format!("domain_competence = +{value}")),
            (weight.clone(), format!("other = {value}")),
            (weight.clone(), format!("{weight}\nother = 1")),
        ];
        for (k, (old, new)) in changes.iter().enumerate() {
            // Which criteria count is seen where somebody is served.
            if k >= 10 && file.result.assignments.is_empty() {
                continue;
            }
            n_changes += u32::from(refuse(seed, &file, new, |file| {
                file.policy.text = text.replacen(old.as_str(), new, 1).into();
                file.policy.digest = write::sha256(file.policy.text.as_bytes()).into();
            }));
        }
        refuse(seed, &file, "another policy", |file| file.policy.text = format!("{text}\n").into());
    }
    assert!(n_changes > 400, "{n_changes} changes");
}

/// Files whose lists of candidates are short, proven over all pairs or not.
fn with_lists(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Vec<u8>)> {
    seeds.filter_map(|seed| {
        let proven = seed % 2 == 0;
        let policy = format!("[candidates]\nper_need = 2\nprove_all_pairs = {proven}\n[travel]\nmax_minutes = 1000");
        Some((seed, decision_of(sample::input(seed).0, Policy::from_toml(&policy).unwrap())?))
    })
}

#[test]
fn what_is_said_of_all_candidates_is_no_less_than_what_is_seen() {
    let (mut part, mut short) = (0, 0);
    for (seed, file) in files(with_lists(0..300)) {
        assert!(is_believed(&file), "seed {seed}");
        let is_part = *file.result.optimal_over == *"all_pairs";
        (part, short) = (part + u32::from(is_part), short + u32::from(!is_part));
        let seen = file.network.candidates.node.len() as u64;
        let with = |candidates: u64| {
            let mut changed = file.clone();
            changed.result.summary.candidates = candidates;
            is_believed(&changed)
        };
        assert_eq!((with(seen), with(seen + 1), with(seen + 1000)), (true, is_part, is_part), "seed {seed}");
        assert!(!with(seen.wrapping_sub(1)) && !with(seen / 2) || seen == 0, "seed {seed}");
        assert!(!with(1 << 53), "seed {seed}");
        for k in 0..file.result.assignments.len() {
            refuse(seed, &file, "a rank", |file| file.result.assignments[k].rank = 0);
            if file.result.assignments[k].rank > seen {
                refuse(seed, &file, "a rank", |file| file.result.assignments[k].rank = 1);
            }
        }
        for k in 0..file.result.unmatched.len() {
            for level in 0..3 {
                refuse(seed, &file, "full places", |file| {
                    if let Some(full) = &mut file.result.unmatched[k].full {
                        let of_level = [&mut full.worker, &mut full.organization, &mut full.group];
                        let count: &mut u64 = of_level.into_iter().nth(level).unwrap();
                        *count = if is_part { count.saturating_sub(1) } else { *count + 1 };
                    }
                });
            }
        }
        // Where a proof over all pairs is asked for, nothing less is the result.
        if seed.is_multiple_of(2) {
            refuse(seed, &file, "over what it is the best", |file| file.result.optimal_over = "lists".into());
        }
    }
    // Without short lists there is nothing that lists could leave out.
    for (seed, file) in files(all_decisions(0..20)) {
        refuse(seed, &file, "over what it is the best", |file| file.result.optimal_over = "lists".into());
    }
    assert!(part > 50 && short > 50, "{part}, {short}");
}
