//! The greatest least rate against brute force, and what stands in its way.

use std::collections::BTreeMap;

use crate::Total;
use crate::engine::{Engine, EngineReason};
use crate::error::Error;
use crate::matching::{Limited, Matching, Rate, Rates, Status};
use crate::model::Problem;
use crate::options::Options;
use crate::oracle::{best_matching, worth_of};
use crate::pipeline::{objective_price, solve};
use crate::policy::{Objective, Policy};
use crate::sample;
use crate::table::{Table, Tables};

fn on_one_thread() -> Options<'static> {
    Options { threads: Some(1), ..Options::default() }
}

fn solved(seed: u64) -> Option<Matching> {
    let (tables, policy) = sample::input_with_kinds(seed);
    match solve(&Problem::new(&tables, policy).unwrap(), &on_one_thread()) {
        Ok(matching) => Some(matching),
        Err(Error::Input(_)) => None,
        Err(error) => panic!("seed {seed}: {error}"),
    }
}

#[test]
fn no_matching_has_a_greater_least_rate_and_of_those_that_have_it_none_is_better() {
    let mut seen: BTreeMap<Status, (u32, u32)> = BTreeMap::new();
    let (mut n_between, mut n_pinned) = (0, 0);
    for seed in 0..4000 {
        let Some(matching) = solved(seed) else { continue };
        let Some(best) = best_matching(matching.problem(), matching.candidates()) else { continue };
        let found = matching.status().serves().then(|| worth_of(&matching));
        match matching.status() {
            Status::Optimal | Status::FloorsUnmet => assert_eq!(found, best, "seed {seed}"),
            Status::Bounded => assert!(found <= best, "seed {seed}"),
            Status::NotFound => {}
            Status::Stable => panic!("seed {seed}: the objective is another one"),
        }
        if let (Some(rates), Some(best)) = (matching.rates(), &best) {
            assert!(best.0.first().is_none_or(|&best| rates.bound >= best), "seed {seed}: the bound is below the best");
            let is_between = Rate::of(0, 1) < rates.least && rates.least < Rate::ALL;
            n_between += u32::from(is_between);
            n_pinned += u32::from(is_between && matching.summary().pinned > 0);
        }
        assert_eq!(matching.engine(), Engine::General);
        assert_eq!(matching.engine_reason(), EngineReason::Objective);
        let count = seen.entry(matching.status()).or_default();
        count.0 += 1;
        count.1 += u32::from(found == best);
    }
    let of = |status| seen.get(&status).copied().unwrap_or_default();
    assert!(of(Status::Optimal).0 > 800 && of(Status::FloorsUnmet).0 > 20, "{seen:?}");
    assert!(of(Status::Bounded).0 > 5 && of(Status::Bounded).0 < of(Status::Optimal).0 / 4, "{seen:?}");
    assert!(n_between > 200 && n_pinned > 10, "{n_between} rates between none and all, {n_pinned} with pins");
}

#[test]
fn without_anything_that_crosses_the_result_is_proven() {
    let mut n_proven = 0;
    for seed in 0..1500 {
        let Some(matching) = solved(seed) else { continue };
        let over = matching.problem().policy().over();
        if matching.problem().quotas().is_empty() && over != crate::policy::Over::ClientGroup {
            assert!(matches!(matching.status(), Status::Optimal | Status::FloorsUnmet), "seed {seed}");
            assert_eq!(matching.gap(), Total::ZERO, "seed {seed}");
            n_proven += u32::from(matching.rates().is_some_and(|rates| rates.proof.is_some()));
        }
    }
    assert!(n_proven > 100, "{n_proven}");
}

#[test]
fn the_least_rate_is_no_less_than_under_the_default_which_scores_more() {
    let (mut n_more, mut n_paid) = (0, 0);
    for seed in (3..900).step_by(5) {
        let Some(matching) = solved(seed) else { continue };
        let Some(Rates { least, kinds, .. }) = matching.rates() else { continue };
        let default = matching.problem().with_objective(Objective::TiersThenScore);
        let default = solve(&default, &on_one_thread()).unwrap();
        let is_served = |need| default.assignment(need).is_some();
        let mut served: BTreeMap<String, u64> = BTreeMap::new();
        let problem = matching.problem();
        for need in problem.needs_by_id().filter(|&need| is_served(need)) {
            let need = &problem.needs()[need.index()];
            let code = problem.communities()[need.community.index()].code.to_string();
            let names = match problem.policy().over() {
                crate::policy::Over::County => vec![format!("{}000000", &code[..6])],
                crate::policy::Over::Township => vec![format!("{}000", &code[..9])],
                crate::policy::Over::ClientGroup => need.groups.iter().map(|group| group.code().to_owned()).collect(),
            };
            names.into_iter().for_each(|name| *served.entry(name).or_default() += 1);
        }
        let rate = |row: &crate::matching::KindResult| {
            Rate::of(served.get(&row.kind.to_string()).copied().unwrap_or(0), row.needs)
        };
        let of_default = kinds.iter().map(rate).min().unwrap_or(Rate::ALL);
        if matching.status() == Status::Optimal {
            assert!(*least >= of_default, "seed {seed}: {least} and {of_default}");
        }
        n_more += u32::from(*least > of_default);
        let price = objective_price(&matching, &on_one_thread()).unwrap();
        let above = price.served.iter().scan(0, |sum, served| {
            *sum += served;
            Some(*sum)
        });
        assert!(above.min() >= Some(0), "seed {seed}: {price:?}");
        n_paid += u32::from(price.served != [0; 4] || price.score > 0);
    }
    assert!(n_more > 10 && n_paid > 10, "{n_more} more, {n_paid} paid");
}

/// Two counties, in one of which four residents ask, in the other two; one worker with places for all.
fn two_counties(quotas: Option<Table>, caseload_max: i64) -> Tables {
    let near = "140524100201";
    let far = "140502001001";
    let communities = [near, near, near, near, far, far];
    Tables {
        communities: Table::new().with_texts("community", [near, far]),
        organizations: Table::new()
            .with_texts("organization_id", ["o1"])
            .with_texts("status", ["registered"])
            .with_texts("compliant", ["true"])
            .with_ints("capacity_max", [10]),
        workers: Table::new()
            .with_texts("worker_id", ["w1"])
            .with_texts("organization_id", ["o1"])
            .with_texts("domains", ["elderly_care:2"])
            .with_texts("qualifications", ["sw_certified@2030-12-31"])
            .with_texts("base_community", [near])
            .with_texts("service_area", ["1405"])
            .with_ints("caseload_max", [caseload_max]),
        needs: Table::new()
            .with_texts("need_id", ["a", "b", "c", "d", "e", "f"])
            .with_texts("community", communities)
            .with_texts("domain", ["elderly_care"; 6])
            .with_texts("age_band", ["80-89"; 6])
            .with_texts("consent", ["general;separate"; 6])
            .with_ints("risk", [3, 3, 3, 3, 0, 0]),
        quotas,
        ..Tables::default()
    }
}

fn rates_of(tables: &Tables) -> (Matching, Rates) {
    let policy = Policy::from_toml("objective = \"max_min\"\n[rules]\nT01 = false").unwrap();
    let matching = solve(&Problem::new(tables, policy).unwrap(), &on_one_thread()).unwrap();
    let rates = matching.rates().unwrap().clone();
    (matching, rates)
}

#[test]
fn places_are_shared_so_that_both_counties_have_half_of_their_needs_served() {
    let (matching, rates) = rates_of(&two_counties(None, 3));
    assert_eq!((rates.least, rates.bound), (Rate::of(1, 2), Rate::of(1, 2)));
    let row = |k: usize| (rates.kinds[k].kind.to_string(), rates.kinds[k].needs, rates.kinds[k].served);
    assert_eq!(row(0), ("140502000000".to_owned(), 2, 1));
    assert_eq!(row(1), ("140524000000".to_owned(), 4, 2));
    // Above one half they would ask for 2 and 3 places, and there are 3.
    assert_eq!(rates.proof.unwrap().missing, 2);
    let price = objective_price(&matching, &on_one_thread()).unwrap();
    assert_eq!(price.served, [1, 0, 0, -1]);
}

#[test]
fn a_kind_that_a_cap_holds_back_is_proven_to_be_and_the_others_go_on_by_tiers_and_score() {
    let quotas = Table::new().with_texts("quota_id", ["q"]).with_texts("area", ["140524"]).with_texts("cap", ["1"]);
    let (matching, rates) = rates_of(&two_counties(Some(quotas), 6));
    assert_eq!(rates.least, Rate::of(1, 4));
    assert_eq!(matching.status(), Status::Optimal);
    let served: Vec<u64> = rates.kinds.iter().map(|row| row.served).collect();
    assert_eq!(served, [2, 1]);
    let proof = rates.proof.unwrap();
    assert!(proof.caps.iter().any(|limit| matches!(limit.of, Limited::Quota(..))), "{proof:?}");
}

#[test]
fn a_kind_that_nobody_can_serve_is_left_out_and_every_kind_can_be_served_whole() {
    let mut tables = two_counties(None, 6);
    tables.workers = Table::new()
        .with_texts("worker_id", ["w1"])
        .with_texts("organization_id", ["o1"])
        .with_texts("domains", ["elderly_care:2"])
        .with_texts("qualifications", ["sw_certified@2030-12-31"])
        .with_texts("service_area", ["140524"])
        .with_ints("caseload_max", [6]);
    let (_, rates) = rates_of(&tables);
    assert_eq!((rates.least, rates.bound, rates.proof), (Rate::ALL, Rate::ALL, None));
    assert_eq!(rates.kinds.len(), 1);
    assert_eq!(rates.kinds[0].served, 4);
}
