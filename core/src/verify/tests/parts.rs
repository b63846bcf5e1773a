//! Floors that are parts of the needs: kept exactly, and missed by nobody who claims to keep them.

use std::sync::Arc;

use super::solve_one;
use crate::matching::{Matching, Outcome, Provenance, Status};
use crate::model::Problem;
use crate::oracle::{best_matching, worth_of};
use crate::sample;
use crate::table::Tables;
use crate::verify::{verify, verify_all_pairs};

/// For each quota whether as large a part of its needs is served as it asks for.
fn parts_are_served(problem: &Problem, matching: &Matching) -> Vec<bool> {
    let covered = |quota: &crate::model::Quota| {
        let of = problem.needs().iter().enumerate();
        let of = of.filter(|(_, need)| quota.covers(need, &problem.communities()[need.community.index()]));
        of.map(|(k, _)| crate::model::NeedId::new(k)).collect::<Vec<_>>()
    };
    let is_served = |quota: &crate::model::Quota| {
        let needs = covered(quota);
        let served = needs.iter().filter(|&&need| matching.assignment(need).is_some()).count();
        1000 * served >= usize::from(quota.floor_per_mille) * needs.len()
    };
    problem.quotas().iter().map(is_served).collect()
}

#[test]
fn the_best_of_the_matchings_that_serve_such_parts_is_found_or_there_is_none() {
    let (mut n_best, mut n_unmet) = (0, 0);
    for seed in 0..1500 {
        let Some((_, problem, matching)) = solve_one(seed, sample::input_with_parts(seed)) else { continue };
        verify_all_pairs(&problem, matching.candidates(), &matching).unwrap_or_else(|wrong| panic!("{seed}: {wrong}"));
        let serves = matching.status().serves();
        assert!(!serves || parts_are_served(&problem, &matching).into_iter().all(|is_served| is_served), "seed {seed}");
        let is_exact = !matches!(matching.status(), Status::Bounded | Status::NotFound);
        let Some(best) = best_matching(&problem, matching.candidates()) else { continue };
        if is_exact {
            assert_eq!(serves.then(|| worth_of(&matching)), best, "seed {seed}");
            (n_best, n_unmet) = (n_best + u32::from(serves), n_unmet + u32::from(!serves));
        }
    }
    assert!(n_best > 100 && n_unmet > 100, "{n_best} {n_unmet}");
}

#[test]
fn no_result_that_serves_less_is_believed() {
    let mut n_short = 0;
    for seed in 0..600 {
        let (tables, policy) = sample::input_with_parts(seed);
        let Some((_, problem, _)) = solve_one(seed, (tables.clone(), policy.clone())) else { continue };
        let Some((_, _, free)) = solve_one(seed, (Tables { quotas: None, ..tables }, policy)) else { continue };
        if free.status().serves() && parts_are_served(&problem, &free).contains(&false) {
            let result = Outcome { provenance: Provenance::of(&problem), ..(*free.result).clone() };
            let claimed = Matching { problem: problem.clone(), result: Arc::new(result), ..free.clone() };
            assert!(verify(&problem, free.candidates(), &claimed).is_err(), "seed {seed}");
            n_short += 1;
        }
    }
    assert!(n_short > 50, "{n_short}");
}
