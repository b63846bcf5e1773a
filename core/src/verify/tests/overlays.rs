//! Overlays: every need is judged by the policy of its area, as if all the city had that one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::solve_one;
use crate::candidate::{self, blockers};
use crate::control::Control;
use crate::decision::Decision;
use crate::model::{NeedId, Problem};
use crate::oracle::{best_matching, worth_of};
use crate::policy::Policy;
use crate::sample;
use crate::score::{criteria_of, score_all};
use crate::verify::case::policy_where;
use crate::verify::rules::broken;
use crate::verify::supply::Supply;
use crate::verify::verify_all_pairs;

#[test]
fn every_need_is_judged_as_if_all_had_the_policy_of_its_area() {
    let (mut n_otherwise, mut n_local) = (0, 0);
    for seed in 0..400 {
        let (tables, policy) = sample::input_with_overlays(seed);
        let problem = Problem::new(&tables, policy.clone()).unwrap();
        let found = candidate::find(&problem, &Control::new()).unwrap();
        let scores = score_all(&problem, &found, &Control::new()).unwrap();
        let supply = Supply::of(&problem);
        let mut under: BTreeMap<String, (Problem, candidate::Candidates, Vec<i32>)> = BTreeMap::new();
        let mut alone = |policy: &Policy| {
            let make = || {
                let problem = Problem::new(&tables, policy.clone()).unwrap();
                let found = candidate::find(&problem, &Control::new()).unwrap();
                let scores = score_all(&problem, &found, &Control::new()).unwrap();
                (problem, found, scores)
            };
            under.entry(policy.to_toml()).or_insert_with(make).clone()
        };
        let without = Policy::from_toml(policy.to_toml().split("\n[[overlay]]").next().unwrap()).unwrap();
        for id in (0..problem.needs().len()).map(NeedId::new) {
            let need = &problem.needs()[id.index()];
            let own = problem.policy_of(need);
            assert_eq!(own, policy_where(&problem, need), "seed {seed}");
            n_local += u32::from(own != &policy);
            // The order of rows depends on the seed alone, so a need has the same number.
            let whole_city = if own == &policy { &without } else { own };
            let (other, expected, expected_scores) = alone(whole_city);
            assert_eq!(found.row(id), expected.row(id), "seed {seed}, need {}", id.index());
            assert_eq!(found.not_optimised(id), expected.not_optimised(id));
            let row = |found: &candidate::Candidates, scores: &[i32]| {
                scores[found.indptr()[id.index()]..found.indptr()[id.index() + 1]].to_vec()
            };
            assert_eq!(row(&found, &scores), row(&expected, &expected_scores), "seed {seed}");
            assert_eq!(blockers(&problem, id), blockers(&other, id), "seed {seed}");
            for node in 0..(problem.workers().len() + problem.organizations().len()) as u32 {
                let failed = candidate::failed_rules(&problem, id, node);
                assert_eq!(failed, candidate::failed_rules(&other, id, node), "seed {seed}");
                assert_eq!(failed, broken(&problem, id, supply.at(node as usize)), "seed {seed}");
                assert_eq!(criteria_of(&problem, id, node), criteria_of(&other, id, node), "seed {seed}");
            }
            let (_, around, around_scores) = alone(&without);
            n_otherwise +=
                u32::from(around.row(id) != found.row(id) || row(&around, &around_scores) != row(&found, &scores));
        }
    }
    assert!(n_local > 1000 && n_otherwise > 500, "{n_local} {n_otherwise}");
}

#[test]
fn matchings_with_overlays_are_the_best_verified_and_written_into_decisions() {
    let mut n_best = 0;
    for seed in 0..600 {
        let Some((_, problem, matching)) = solve_one(seed, sample::input_with_overlays(seed)) else { continue };
        matching.verify().unwrap_or_else(|violation| panic!("seed {seed}: {violation}"));
        if let Some(best) = best_matching(&problem, matching.candidates()) {
            assert_eq!(Some(worth_of(&matching)), best, "seed {seed}");
            n_best += 1;
        }
        let decision = Decision::parse(&matching.to_decision().unwrap()).unwrap();
        decision.verify().unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
    }
    assert!(n_best > 200, "{n_best}");
}

/// A result of the policy around is none of the policy with overlays, wherever that judges otherwise.
#[test]
fn a_result_without_the_overlays_is_not_believed() {
    let (mut n_refused, mut n_seen) = (0, 0);
    for seed in 0..300 {
        let (tables, policy) = sample::input_with_overlays(seed);
        let without = Policy::from_toml(policy.to_toml().split("\n[[overlay]]").next().unwrap()).unwrap();
        let Some((_, problem, right)) = solve_one(seed, (tables.clone(), policy)) else { continue };
        let Some((_, _, wrong)) = solve_one(seed, (tables, without)) else { continue };
        let same = right.candidates() == wrong.candidates();
        let mut forged = wrong.clone();
        Arc::make_mut(&mut forged.result).provenance.input_digest = problem.input_digest().to_owned();
        let refused = verify_all_pairs(&problem, wrong.candidates(), &forged).is_err();
        n_seen += u32::from(!same);
        n_refused += u32::from(!same && refused);
        assert!(same || refused, "seed {seed}");
    }
    assert!(n_refused > 50, "{n_refused} of {n_seen}");
}
