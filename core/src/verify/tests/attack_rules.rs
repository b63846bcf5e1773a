//! Matchings that fit in every number, of pairs that may not be: made under milder rules, or over other pairs.

use std::sync::Arc;

use super::solve_one;
use crate::matching::{Matching, OptimalOver, Provenance};
use crate::model::Problem;
use crate::policy::Policy;
use crate::sample;
use crate::table::{Column, Table};
use crate::verify::{Violation, rules, verify, verify_all_pairs};

/// A policy with these lines more.
fn policy(lines: &str) -> Policy {
    Policy::from_toml(lines).unwrap()
}

/// The table with other texts in a column.
fn with_column(table: &Table, name: &str, text: Option<&str>) -> Table {
    table.columns().iter().fold(Table::new(), |changed, (own, column)| {
        let Column::Text(texts) = column else { panic!("the sample holds texts only") };
        let same = || (0..texts.len()).map(|row| texts.get(row).map(|text| str::from_utf8(text).unwrap())).collect();
        let texts = if own == name { (0..texts.len()).map(|_| text).collect() } else { same() };
        changed.with(own, Column::Text(texts))
    })
}

/// The matching as if it were of another problem with the same rows.
fn passed_off(matching: &Matching, problem: &Problem) -> Matching {
    let mut changed = matching.clone();
    changed.problem = problem.clone();
    let provenance = &mut Arc::make_mut(&mut changed.result).provenance;
    let Provenance { input_digest, policy_version, seed, .. } = provenance;
    *input_digest = problem.input_digest().to_owned();
    *policy_version = problem.policy().version().to_owned();
    *seed = problem.policy().seed().to_owned();
    changed
}

#[test]
fn a_matching_made_under_milder_rules_is_not_believed() {
    let mut seen = 0;
    for seed in (0..400).step_by(2) {
        let (tables, _) = sample::input(seed);
        let mild = policy("[rules]\nH01 = false\nH02 = false\nH14 = false\n[travel]\nmax_minutes = 1000");
        let Some((_, _, matching)) = solve_one(seed, (tables.clone(), mild)) else { continue };
        let strict = Problem::new(&tables, policy("[travel]\nmax_minutes = 30")).unwrap();
        let broken = matching.assignments().iter().map(|assignment| {
            let provider = crate::verify::people::provider(assignment);
            rules::broken(&strict, assignment.need, provider).iter().next()
        });
        let first = broken.enumerate().find_map(|(row, rule)| Some(Violation::BreaksRule { row, rule: rule? }));
        if let Some(violation) = first {
            seen += 1;
            assert_eq!(passed_off(&matching, &strict).verify(), Err(violation), "seed {seed}");
        }
    }
    assert!(seen > 30, "{seen} matchings");
}

#[test]
fn whoever_refused_a_decision_by_machine_is_not_served_by_one() {
    let mut seen = 0;
    for seed in 0..800 {
        let (tables, policy) = sample::input(seed);
        let mut asking = tables.clone();
        asking.needs = with_column(&tables.needs, "automated_decision_refused", Some("false"));
        let Some((_, _, matching)) = solve_one(seed, (asking, policy.clone())) else { continue };
        let refusing = Problem::new(&tables, policy).unwrap();
        let refused = |need: crate::model::NeedId| {
            let need = &refusing.needs()[need.index()];
            need.automated_decision_refused && need.pinned_worker.is_none()
        };
        let first = matching.assignments().iter().position(|assignment| refused(assignment.need));
        if let Some(row) = first {
            seen += 1;
            let verdict = passed_off(&matching, &refusing).verify();
            assert_eq!(verdict, Err(Violation::Assignment { row, field: "need" }), "seed {seed}");
        }
    }
    assert!(seen > 20, "{seen} matchings");
}

#[test]
fn a_candidate_that_is_there_twice_is_not_believed() {
    let mut seen = 0;
    for seed in 0..60 {
        let Some((_, problem, matching)) = solve_one(seed, sample::input(seed)) else { continue };
        for k in 0..matching.candidates().score.len() {
            let mut scored = matching.candidates().clone();
            let (provider, score) = (scored.candidates.provider[k], scored.score[k]);
            scored.candidates.provider.insert(k, provider);
            scored.score.insert(k, score);
            scored.candidates.indptr.iter_mut().filter(|end| **end > k).for_each(|end| *end += 1);
            let mut changed = matching.clone();
            Arc::make_mut(&mut changed.result).summary.candidates += 1;
            let verdict = verify(&problem, &scored, &changed);
            assert_eq!(verdict, Err(Violation::Candidates { field: "provider" }), "seed {seed}, {k}");
            seen += 1;
        }
    }
    assert!(seen > 200, "{seen} candidates");
}

#[test]
fn over_which_pairs_a_result_is_the_best_is_checked() {
    let (mut part, mut short, mut whole) = (0, 0, 0);
    for seed in 0..150 {
        let lists =
            ["per_need = \"all\"", "per_need = 2\nprove_all_pairs = true", "per_need = 2\nprove_all_pairs = false"]
                [seed as usize % 3];
        let policy = policy(&format!("[candidates]\n{lists}\n[travel]\nmax_minutes = 1000"));
        let tables = if seed % 10 == 7 { sample::input_with_floors(seed).0 } else { sample::input(seed).0 };
        let Some((_, problem, matching)) = solve_one(seed, (tables, policy)) else { continue };
        assert_eq!(matching.verify().map(|_| ()), Ok(()), "seed {seed}");
        assert_eq!(matching.verify_all_pairs().map(|_| ()), Ok(()), "seed {seed}");
        let is_part = matching.summary().candidates > matching.candidates().score.len() as u64;
        let mut changed = matching.clone();
        let result = Arc::make_mut(&mut changed.result);
        match result.optimal_over {
            OptimalOver::Lists => {
                short += 1;
                result.optimal_over = OptimalOver::AllPairs;
                assert!(changed.verify_all_pairs().is_err(), "seed {seed}: lists are passed off as all pairs");
            }
            OptimalOver::AllPairs => {
                (part, whole) = (part + u32::from(is_part), whole + u32::from(!is_part));
                result.optimal_over = OptimalOver::Lists;
                let may_be = lists.ends_with("false") && matching.engine() == crate::Engine::Fast;
                if !may_be {
                    assert_eq!(changed.verify(), Err(Violation::WrongExtent), "seed {seed}");
                } else {
                    assert_eq!(changed.verify_all_pairs(), Err(Violation::WrongExtent), "seed {seed}");
                }
            }
        }
        // Fewer than are seen are never said, and a pair that is none, or scores otherwise, is found.
        if let Some(fewer) = (matching.candidates().score.len() as u64).checked_sub(1) {
            let mut changed = matching.clone();
            Arc::make_mut(&mut changed.result).summary.candidates = fewer;
            assert!(changed.verify().is_err(), "seed {seed}");
        }
        for k in 0..matching.candidates().score.len() {
            let mut scored = matching.candidates().clone();
            scored.score[k] += if scored.score[k] > 0 { -1 } else { 1 };
            let verdict = verify_all_pairs(&problem, &scored, &matching);
            assert_eq!(verdict, Err(Violation::Candidates { field: "provider" }), "seed {seed}, {k}");
        }
    }
    assert!(part > 5 && short > 5 && whole > 20, "{part}, {short}, {whole}");
}
