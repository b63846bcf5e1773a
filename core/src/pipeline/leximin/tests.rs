//! The greatest rates against brute force.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::matching::{Kind, Matching, Rate, Rates, Status};
use crate::model::Problem;
use crate::options::Options;
use crate::oracle::{Worth, best_matching, worth_of};
use crate::pipeline::{objective_price, solve};
use crate::policy::{Objective, Over};
use crate::sample;
use crate::table::{Table, Tables};

fn on_one_thread() -> Options<'static> {
    Options { threads: Some(1), ..Options::default() }
}

fn solved(seed: u64) -> Option<(Tables, Matching)> {
    let (tables, policy) = sample::input_with_kinds(seed);
    let problem = Problem::new(&tables, policy.with_objective(Objective::Leximin)).unwrap();
    match solve(&problem, &on_one_thread()) {
        Ok(matching) => Some((tables, matching)),
        // The dice pinned a need against a rule or beyond the places.
        Err(Error::Input(_)) => None,
        Err(error) => panic!("seed {seed}: {error}"),
    }
}

/// The rates of all kinds, ascending.
fn ascending(rates: &Rates) -> Vec<Rate> {
    let mut all: Vec<Rate> = rates.kinds.iter().map(|row| Rate::of(row.served, row.needs)).collect();
    all.sort_unstable();
    all
}

#[test]
fn no_matching_has_greater_rates_from_the_least_on_or_than_the_bound() {
    let (mut n_best, mut n_chains, mut n_unmet, mut n_pinned, mut n_tied) = (0, 0, 0, 0, 0);
    let mut seen: BTreeMap<Status, (u32, u32)> = BTreeMap::new();
    for seed in 0..6000 {
        let Some((_, matching)) = solved(seed) else { continue };
        let Some(best) = best_matching(matching.problem(), matching.candidates()) else { continue };
        let found = matching.status().serves().then(|| worth_of(&matching));
        let rates_of = |worth: &Option<Worth>| worth.as_ref().map(|worth| worth.0.clone());
        // Equal rates may be had by other kinds; which of them does is decided before tiers and score.
        assert!(found <= best || matching.status() == Status::NotFound, "seed {seed}");
        let count = seen.entry(matching.status()).or_default();
        count.0 += 1;
        count.1 += u32::from(rates_of(&found) == rates_of(&best));
        let is_exact = matching.rates().is_some_and(Rates::are_proven) || matching.status() == Status::FloorsUnmet;
        if is_exact {
            assert_eq!(rates_of(&found), rates_of(&best), "seed {seed}");
        }
        let Some(rates) = matching.rates() else {
            n_unmet += 1;
            continue;
        };
        assert!(best.as_ref().is_some_and(|best| rates.greatest >= best.0), "seed {seed}: the bound is below the best");
        assert!(rates.bound >= rates.least && matching.status() != Status::Optimal || is_exact, "seed {seed}");
        let is_between = |rate: Rate| Rate::of(0, 1) < rate && rate < Rate::ALL;
        n_tied += u32::from(is_exact && found < best);
        n_best += u32::from(is_exact && ascending(rates).into_iter().any(is_between));
        n_chains += u32::from(is_exact && rates.ceilings.len() > 1);
        n_pinned += u32::from(is_exact && !rates.ceilings.is_empty() && matching.summary().pinned > 0);
    }
    assert!(n_best > 200 && n_chains > 30 && n_unmet > 10 && n_pinned > 10, "{n_best} {n_chains} {n_unmet} {n_pinned}");
    assert!(n_tied * 10 < n_best, "{n_tied} of {n_best}");
    let of = |status| seen.get(&status).copied().unwrap_or_default();
    // Where something crosses the rates are the greatest more often than that is proven.
    let (n_bounded, n_bounded_best) = of(Status::Bounded);
    assert!(n_bounded > 50 && n_bounded < of(Status::Optimal).0 && n_bounded_best * 2 > n_bounded, "{seen:?}");
    assert!(of(Status::NotFound).0 < n_bounded / 4, "{seen:?}");
}

#[test]
fn of_the_matchings_that_serve_as_many_of_every_kind_none_is_better_by_tiers_and_score() {
    let mut n_compared = 0;
    for seed in 0..2500 {
        let Some((mut tables, matching)) = solved(seed) else { continue };
        let Some(rates) = matching.rates() else { continue };
        if tables.quotas.is_some() {
            continue;
        }
        let floors: Vec<(Kind, String)> = rates.kinds.iter().map(|row| (row.kind, row.served.to_string())).collect();
        let areas: Option<Vec<String>> = floors.iter().map(|&(kind, _)| area_of(kind)).collect();
        let Some(areas) = areas else { continue };
        let names: Vec<String> = (0..areas.len()).map(|k| format!("q{k}")).collect();
        let quotas = Table::new()
            .with_texts("quota_id", names.iter().map(String::as_str))
            .with_texts("area", areas.iter().map(String::as_str))
            .with_texts("floor", floors.iter().map(|(_, floor)| floor.as_str()));
        tables.quotas = Some(quotas);
        let policy = matching.problem().policy().with_objective(Objective::TiersThenScore);
        let within = Problem::new(&tables, policy).unwrap();
        let Some(best) = best_matching(&within, matching.candidates()) else { continue };
        let (_, served, score, _) = worth_of(&matching);
        assert_eq!(best.map(|(_, served, score, _)| (served, score)), Some((served, score)), "seed {seed}");
        n_compared += 1;
    }
    assert!(n_compared > 150, "{n_compared}");
}

fn area_of(kind: Kind) -> Option<String> {
    match kind {
        Kind::Area(area) => Some(area.to_string()),
        Kind::ClientGroup(_) => None,
    }
}

#[test]
fn without_anything_that_crosses_or_holds_several_kinds_the_rates_are_proven() {
    let (mut n_proven, mut n_others) = (0, 0);
    for seed in 0..1500 {
        let Some((tables, matching)) = solved(seed) else { continue };
        if !matching.status().serves() {
            continue;
        }
        let are_apart = matching.problem().policy().over() != Over::ClientGroup;
        if tables.quotas.is_none() && are_apart {
            assert_eq!(matching.status(), Status::Optimal, "seed {seed}");
            n_proven += 1;
        } else {
            n_others += u32::from(matching.status() == Status::Optimal);
        }
    }
    assert!(n_proven > 200 && n_others > 100, "{n_proven} {n_others}");
}

#[test]
fn rates_after_the_least_are_no_less_than_where_the_least_alone_counts() {
    let (mut n_more, mut n_paid) = (0, 0);
    for seed in (3..1500).step_by(5) {
        let Some((_, matching)) = solved(seed) else { continue };
        let max_min = matching.problem().with_objective(Objective::MaxMin);
        let max_min = solve(&max_min, &on_one_thread()).unwrap();
        let (Some(own), Some(other)) = (matching.rates(), max_min.rates()) else { continue };
        if !own.are_proven() {
            continue;
        }
        assert_eq!(own.least, other.least, "seed {seed}");
        assert!(ascending(own) >= ascending(other), "seed {seed}");
        n_more += u32::from(ascending(own) > ascending(other));
        let price = objective_price(&matching, &on_one_thread()).unwrap();
        n_paid += u32::from(price.served != [0; 4] || price.score > 0);
    }
    assert!(n_more > 5 && n_paid > 10, "{n_more} {n_paid}");
}
