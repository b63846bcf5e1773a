//! The greatest rates against brute force.

use crate::error::{Error, FaultCode};
use crate::matching::{Kind, Matching, Rate, Status};
use crate::model::Problem;
use crate::options::Options;
use crate::oracle::{best_matching, worth_of};
use crate::pipeline::{objective_price, solve};
use crate::policy::{Objective, Over};
use crate::sample;
use crate::table::{Table, Tables};

fn on_one_thread() -> Options<'static> {
    Options { threads: Some(1), ..Options::default() }
}

fn solved(seed: u64) -> Option<(Tables, Result<Matching, FaultCode>)> {
    let (tables, policy) = sample::input_with_kinds(seed);
    let problem = Problem::new(&tables, policy.with_objective(Objective::Leximin)).unwrap();
    match solve(&problem, &on_one_thread()) {
        Ok(matching) => Some((tables, Ok(matching))),
        Err(Error::Input(error)) if error.faults()[0].column.as_deref() == Some("objective") => {
            Some((tables, Err(error.faults()[0].code)))
        }
        // The dice pinned a need against a rule or beyond the places.
        Err(Error::Input(_)) => None,
        Err(error) => panic!("seed {seed}: {error}"),
    }
}

#[test]
fn no_matching_has_greater_rates_from_the_least_on() {
    let (mut n_best, mut n_chains, mut n_unmet, mut n_pinned, mut n_tied) = (0, 0, 0, 0, 0);
    for seed in 0..4000 {
        let Some((_, Ok(matching))) = solved(seed) else { continue };
        let Some(best) = best_matching(matching.problem(), matching.candidates()) else { continue };
        let found = matching.status().serves().then(|| worth_of(&matching));
        assert_eq!(found.as_ref().map(|worth| &worth.0), best.as_ref().map(|worth| &worth.0), "seed {seed}");
        assert!(matches!(matching.status(), Status::Optimal | Status::FloorsUnmet), "seed {seed}");
        // Equal rates may be had by other kinds; which of them does is decided before tiers and score.
        assert!(found <= best, "seed {seed}");
        n_tied += u32::from(found < best);
        let Some(rates) = matching.rates() else {
            n_unmet += 1;
            continue;
        };
        let is_between = |rate: Rate| Rate::of(0, 1) < rate && rate < Rate::ALL;
        n_best += u32::from(rates.kinds.iter().any(|row| is_between(Rate::of(row.served, row.needs))));
        n_chains += u32::from(rates.ceilings.len() > 1);
        n_pinned += u32::from(!rates.ceilings.is_empty() && matching.summary().pinned > 0);
    }
    assert!(n_best > 200 && n_chains > 30 && n_unmet > 10 && n_pinned > 10, "{n_best} {n_chains} {n_unmet} {n_pinned}");
    assert!(n_tied * 10 < n_best, "{n_tied} of {n_best}");
}

#[test]
fn of_the_matchings_that_serve_as_many_of_every_kind_none_is_better_by_tiers_and_score() {
    let mut n_compared = 0;
    for seed in 0..2500 {
        let Some((mut tables, Ok(matching))) = solved(seed) else { continue };
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
fn what_crosses_is_refused_and_nothing_else() {
    let (mut n_refused, mut n_solved) = (0, 0);
    for seed in 0..1500 {
        let Some((tables, result)) = solved(seed) else { continue };
        let is_solved = result.is_ok();
        match result {
            Err(code) => {
                assert_eq!(code, FaultCode::PolicyValue, "seed {seed}");
                n_refused += 1;
            }
            Ok(matching) => {
                n_solved += 1;
                assert!(matching.rates().is_none_or(|rates| rates.bound == rates.least), "seed {seed}");
            }
        }
        if tables.quotas.is_none() && sample::input_with_kinds(seed).1.over() != Over::ClientGroup {
            assert!(is_solved, "seed {seed}");
        }
    }
    assert!(n_refused > 50 && n_solved > 300, "{n_refused} {n_solved}");
}

#[test]
fn rates_after_the_least_are_no_less_than_where_the_least_alone_counts() {
    let (mut n_more, mut n_paid) = (0, 0);
    for seed in (3..1500).step_by(5) {
        let Some((_, Ok(matching))) = solved(seed) else { continue };
        let max_min = matching.problem().with_objective(Objective::MaxMin);
        let max_min = solve(&max_min, &on_one_thread()).unwrap();
        let (Some(own), Some(other)) = (matching.rates(), max_min.rates()) else { continue };
        let sorted = |rates: &crate::matching::Rates| {
            let mut all: Vec<Rate> = rates.kinds.iter().map(|row| Rate::of(row.served, row.needs)).collect();
            all.sort_unstable();
            all
        };
        assert_eq!(own.least, other.least, "seed {seed}");
        assert!(sorted(own) >= sorted(other), "seed {seed}");
        n_more += u32::from(sorted(own) > sorted(other));
        let price = objective_price(&matching, &on_one_thread()).unwrap();
        n_paid += u32::from(price.served != [0; 4] || price.score > 0);
    }
    assert!(n_more > 5 && n_paid > 10, "{n_more} {n_paid}");
}
