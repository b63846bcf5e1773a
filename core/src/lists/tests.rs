//! Short lists against whole ones, and lies about what was looked at.

use std::sync::Arc;

use super::Lists;
use crate::control::Control;
use crate::matching::{Matching, OptimalOver, UnmatchedReason};
use crate::model::Problem;
use crate::options::Options;
use crate::pipeline::solve;
use crate::policy::Policy;
use crate::sample;
use crate::score::ScoredCandidates;
use crate::verify_all_pairs;

/// A random problem whose lists start so long.
fn problem(seed: u64, per_need: &str, prove: bool) -> Problem {
    let (tables, policy) = sample::input(seed);
    let text = policy.to_toml().replace("per_need = \"all\"", &format!("per_need = {per_need}"));
    let text = text.replace("prove_all_pairs = true", &format!("prove_all_pairs = {prove}"));
    Problem::new(&tables, Policy::from_toml(&text).unwrap()).unwrap()
}

fn solved(problem: &Problem) -> Option<Matching> {
    solve(problem, &Options { threads: Some(1), ..Options::default() }).ok()
}

/// The result without the digest, which the policy enters.
fn bytes(matching: &Matching) -> String {
    matching.to_json().replace(&matching.provenance().input_digest, "")
}

#[test]
fn a_result_over_all_pairs_is_the_same_for_every_length_of_the_lists() {
    let (mut n_shorter, mut n_lengthened) = (0, 0);
    for seed in 0..1500 {
        let Some(whole) = solved(&problem(seed, "\"all\"", true)) else { continue };
        assert_eq!(whole.verify_all_pairs(), whole.verify(), "seed {seed}");
        for per_need in ["1", "2", "4"] {
            let problem = problem(seed, per_need, true);
            let matching = solved(&problem).unwrap();
            assert_eq!(bytes(&matching), bytes(&whole), "seed {seed}, {per_need} per need");
            assert!(matching.verify().is_ok(), "seed {seed}, {per_need} per need");
            assert_eq!(matching.verify_all_pairs(), whole.verify(), "seed {seed}, {per_need} per need");
            let start = Lists::new(&problem, &Control::new()).unwrap().scored.score.len();
            let (end, all) = (matching.candidates().score.len(), whole.candidates().score.len());
            n_shorter += u32::from(end < all);
            n_lengthened += u32::from(end > start);
        }
    }
    assert!(n_shorter > 500 && n_lengthened > 500, "{n_shorter} ended shorter, {n_lengthened} were lengthened");
}

#[test]
fn a_result_on_the_lists_says_so_and_is_not_passed_off_as_more() {
    let (mut n_worse, mut n_whole) = (0, 0);
    for seed in 0..1500 {
        let Some(whole) = solved(&problem(seed, "\"all\"", false)) else { continue };
        assert_eq!(whole.optimal_over(), OptimalOver::AllPairs, "seed {seed}");
        let matching = solved(&problem(seed, "1", false)).unwrap();
        assert!(matching.verify().is_ok() && matching.verify_all_pairs().is_ok(), "seed {seed}");
        let is_whole = matching.candidates() == whole.candidates();
        assert_eq!(matching.optimal_over() == OptimalOver::AllPairs, is_whole, "seed {seed}");
        n_whole += u32::from(is_whole);
        let mut lie = matching.clone();
        let over = if is_whole { OptimalOver::Lists } else { OptimalOver::AllPairs };
        Arc::make_mut(&mut lie.result).optimal_over = over;
        let is_worse = matching.total() < whole.total();
        let verdict = lie.verify_all_pairs();
        assert!(verdict.is_err() || !(is_whole || is_worse), "seed {seed}");
        n_worse += u32::from(is_worse);
    }
    assert!(n_worse > 200 && n_whole > 50, "{n_worse} are worse than over all pairs, {n_whole} had whole lists");
}

#[test]
fn no_lie_about_pairs_off_the_lists_is_believed() {
    let mut n_lies = 0;
    for seed in 0..200 {
        let problem = problem(seed, "1", true);
        let Some(matching) = solved(&problem) else { continue };
        let mut lie = |what: &str, change: &dyn Fn(&mut Matching)| {
            let mut changed = matching.clone();
            change(&mut changed);
            assert!(changed.verify_all_pairs().is_err(), "seed {seed}: a lie about {what} is believed");
            n_lies += 1;
        };
        for row in 0..matching.assignments().len() {
            lie("a rank", &|m| Arc::make_mut(&mut m.result).assignments[row].rank += 1);
        }
        for row in 0..matching.unmatched().len() {
            if let UnmatchedReason::NoOpenPlace { .. } = matching.unmatched()[row].reason {
                lie("full places", &|m| {
                    if let UnmatchedReason::NoOpenPlace { full, .. } =
                        &mut Arc::make_mut(&mut m.result).unmatched[row].reason
                    {
                        full.worker += 1;
                    }
                });
            }
        }
        lie("the number of pairs", &|m| Arc::make_mut(&mut m.result).summary.candidates += 1);
        for k in 0..matching.candidates().score.len() {
            lie("a score", &|m| Arc::make_mut(&mut m.candidates).score[k] += 1);
        }
        for (need, window) in matching.candidates().candidates.indptr().windows(2).enumerate() {
            let providers = 0..(problem.workers().len() + problem.organizations().len()) as u32;
            let all = Lists::new(&self::problem(seed, "\"all\"", true), &Control::new()).unwrap().scored.clone();
            let row = all.candidates.row(crate::model::NeedId::new(need));
            for stranger in providers.filter(|provider| !row.contains(provider)) {
                let at = window[0]
                    + matching.candidates().candidates.provider()[window[0]..window[1]]
                        .partition_point(|&provider| provider < stranger);
                lie("who is a candidate", &|m| {
                    let scored: &mut ScoredCandidates = Arc::make_mut(&mut m.candidates);
                    scored.candidates.provider.insert(at, stranger);
                    scored.score.insert(at, 0);
                    scored.candidates.indptr[need + 1..].iter_mut().for_each(|end| *end += 1);
                });
            }
        }
    }
    assert!(n_lies > 4000, "{n_lies} lies were told");
}

#[test]
fn a_better_matching_off_the_lists_is_noticed() {
    // The solver's lists without what the proof added to them: the matching that is best on these is worse.
    let mut n_noticed = 0;
    for seed in 0..1500 {
        let Some(whole) = solved(&problem(seed, "\"all\"", true)) else { continue };
        let short = solved(&problem(seed, "1", false)).unwrap();
        if short.total() == whole.total() {
            continue;
        }
        let proving = problem(seed, "1", true);
        let mut lie = short.clone();
        let outcome = Arc::make_mut(&mut lie.result);
        outcome.optimal_over = OptimalOver::AllPairs;
        outcome.provenance = solved(&proving).unwrap().provenance().clone();
        assert!(verify_all_pairs(&proving, short.candidates(), &lie).is_err(), "seed {seed}");
        n_noticed += 1;
    }
    assert!(n_noticed > 200, "{n_noticed} were worse");
}

#[test]
fn the_number_of_threads_changes_no_byte_of_a_result_on_short_lists() {
    for seed in 0..60 {
        for prove in [false, true] {
            let problem = problem(seed, "1", prove);
            let Some(one) = solved(&problem) else { continue };
            for threads in [2, 4] {
                let again = solve(&problem, &Options { threads: Some(threads), ..Options::default() }).unwrap();
                assert_eq!(again.to_json(), one.to_json(), "seed {seed}, {threads} threads");
                assert_eq!(again.candidates(), one.candidates(), "seed {seed}, {threads} threads");
            }
        }
    }
}
