//! Small towns in which one check alone stands against a lie.

use std::sync::Arc;

use super::{solve_one, solved_with_floors, solved_with_quotas};
use crate::decision::Decision;
use crate::matching::{
    Assignment, Certificate, Matching, OptimalOver, Outcome, ReasonCount, Status, Unmatched, UnmatchedReason, Unmet,
};
use crate::model::NeedId;
use crate::policy::{Objective, Policy};
use crate::solve::Price;
use crate::table::{Column, Table, Tables};
use crate::total::Total;
use crate::verify::Violation;

/// Needs of these risks, and a worker under an organization under a group with so many places; a group without a number
/// has no limit.
fn town(risks: &[i64], (worker, organization, group): (i64, i64, Option<i64>)) -> Matching {
    let n = risks.len();
    let names: Vec<String> = (0..n).map(|k| format!("n{k}")).collect();
    let group = group.map(|most| most.to_string());
    let tables = Tables {
        communities: Table::new().with_texts("community", ["140524100201"]),
        groups: Some(
            Table::new()
                .with_texts("group_id", ["g"])
                .with("capacity_max", Column::Text([group.as_deref()].into_iter().collect())),
        ),
        organizations: Table::new()
            .with_texts("organization_id", ["o"])
            .with_texts("status", ["registered"])
            .with_texts("compliant", ["true"])
            .with_texts("group_id", ["g"])
            .with_ints("capacity_max", [organization]),
        workers: Table::new()
            .with_texts("worker_id", ["w"])
            .with_texts("organization_id", ["o"])
            .with_texts("domains", ["elderly_care:2"])
            .with_texts("qualifications", ["sw_certified@2030-12-31"])
            .with_texts("base_community", ["140524100201"])
            .with_texts("service_area", ["140524"])
            .with_ints("caseload_max", [worker]),
        needs: Table::new()
            .with_texts("need_id", names.iter().map(String::as_str))
            .with_texts("community", vec!["140524100201"; n])
            .with_texts("domain", vec!["elderly_care"; n])
            .with_texts("age_band", vec!["80-89"; n])
            .with_texts("consent", vec!["general;separate"; n])
            .with_ints("risk", risks.iter().copied()),
        ..Tables::default()
    };
    solve_one(0, (tables, Policy::default())).unwrap().2
}

/// The matching with another outcome.
fn with(matching: &Matching, change: impl FnOnce(&mut Outcome)) -> Matching {
    let mut changed = matching.clone();
    change(Arc::make_mut(&mut changed.result));
    changed
}

/// Whether the checker of decision files believes it.
fn is_believed_in_writing(matching: &Matching) -> bool {
    Decision::parse(&matching.to_decision().unwrap()).unwrap().verify().is_ok()
}

/// The rows of the capacity are the worker, the organization and the group.
const ROW_OF: [&str; 3] = ["worker", "organization", "group"];

fn times(total: Total, factor: i64) -> Price {
    Price { tier: factor * total.tier as i64, score: factor * total.score as i64 }
}

/// Nobody is served; whoever has a candidate is left out for this reason.
fn serve_nobody(matching: &Matching, reason: UnmatchedReason, o: &mut Outcome) {
    for Assignment { need, tier, .. } in o.assignments.drain(..) {
        o.unmatched.push(Unmatched { need, tier, reason: reason.clone() });
    }
    for unmatched in &mut o.unmatched {
        if matching.candidates().row(unmatched.need).len() > 0 {
            unmatched.reason = reason.clone();
        }
    }
    o.unmatched.sort_by_key(|unmatched| matching.need_id(unmatched.need).to_owned());
    o.capacity.iter_mut().for_each(|row| (row.used, row.price) = (0, Price::default()));
    o.quotas.iter_mut().for_each(|row| (row.served, row.price) = (0, Price::default()));
    (o.total, o.bound) = (Total::ZERO, Total::ZERO);
    let summary = &mut o.summary;
    (summary.served, summary.pinned, summary.mean_score) = (0, 0, 0);
    summary.by_tier.iter_mut().for_each(|row| row.served = 0);
    summary.by_domain.iter_mut().for_each(|row| row.served = 0);
    summary.by_county.iter_mut().for_each(|row| row.served = 0);
    summary.by_urban_rural_class.iter_mut().for_each(|row| row.served = 0);
    let count = |code: &'static str| {
        let needs = o.unmatched.iter().filter(|unmatched| unmatched.reason.code() == code).count() as u64;
        (needs > 0).then_some(ReasonCount { reason: code, needs })
    };
    summary.unmatched = UnmatchedReason::CODES.into_iter().filter_map(count).collect();
}

#[test]
fn a_price_where_there_is_no_limit_hides_nobody() {
    let matching = town(&[0], (1, 10, None));
    let worth = matching.total();
    let lie = with(&matching, |o| {
        serve_nobody(&matching, UnmatchedReason::NoGain, o);
        // So dear that nobody wants the place, and it counts for nothing.
        o.capacity[2].price = times(worth, 1);
    });
    assert_eq!(lie.verify(), Err(Violation::Capacity { row: 2, field: "price" }));
    assert!(is_believed_in_writing(&matching) && !is_believed_in_writing(&lie));
}

#[test]
fn a_price_below_zero_hides_nobody() {
    let matching = town(&[0], (1, 2, None));
    let worth = matching.total();
    let lie = with(&matching, |o| {
        serve_nobody(&matching, UnmatchedReason::NoGain, o);
        // One place at twice the worth and two at the worth below zero come to nothing.
        (o.capacity[0].price, o.capacity[1].price) = (times(worth, 2), times(worth, -1));
    });
    assert_eq!(lie.verify(), Err(Violation::NegativePrice { node: 1 }));
    assert!(!is_believed_in_writing(&lie));
}

#[test]
fn prices_are_refused_for_what_is_wrong_with_them() {
    // A red need takes the place that a green one wants as well.
    let matching = town(&[0, 3], (1, 10, Some(10)));
    let own = matching.capacity()[0].price;
    let need = |risk| matching.problem().needs().iter().position(|need| need.risk as u8 == risk).unwrap();
    let priced = |row: usize, tier: i64, score: i64| {
        let lie = with(&matching, |o| {
            let price = &mut o.capacity[row].price;
            (price.tier, price.score) = (price.tier + tier, price.score + score);
        });
        assert!(!is_believed_in_writing(&lie), "{} {tier} {score}", ROW_OF[row]);
        lie.verify().unwrap_err()
    };
    assert_eq!((own.tier, matching.total().tier), (1, 4));
    assert_eq!(priced(0, 0, 1), Violation::PriceNotLeast { node: 0 });
    assert_eq!(priced(0, 2, 0), Violation::PriceNotLeast { node: 0 });
    assert_eq!(priced(0, 9, 0), Violation::NotTheBest { need: need(3) });
    assert_eq!(priced(0, 0, -1), Violation::NotTheBest { need: need(0) });
    assert_eq!(priced(1, 0, 1), Violation::PricedButFree { node: 1 });
    assert_eq!(priced(2, 0, 1), Violation::PricedButFree { node: 2 });
}

#[test]
fn a_price_is_told_where_it_is_the_least() {
    // The worker and the organization have one place each: what the worker charges need not be charged above.
    let matching = town(&[0, 3], (1, 1, Some(10)));
    assert_eq!(matching.capacity()[1].price, Price::default());
    let lie = with(&matching, |o| {
        o.capacity[1].price = o.capacity[0].price;
        o.capacity[0].price = Price::default();
    });
    assert_eq!(lie.verify(), Err(Violation::PriceNotLeast { node: 1 }));
    assert!(!is_believed_in_writing(&lie));
}

#[test]
fn floors_that_can_be_met_are_not_given_up() {
    let mut seen = 0;
    for (seed, _, matching) in solved_with_floors(0..400).chain(solved_with_quotas(0..200)) {
        if matching.certificate().is_none() {
            continue;
        }
        let lie = with(&matching, |o| {
            serve_nobody(&matching, UnmatchedReason::Undecided, o);
            (o.status, o.optimal_over) = (Status::FloorsUnmet, OptimalOver::AllPairs);
            (o.certificate, o.unmet) = (None, Some(Unmet::default()));
        });
        assert_eq!(lie.verify(), Err(Violation::NotTight), "seed {seed}");
        assert!(!is_believed_in_writing(&lie), "seed {seed}");
        seen += 1;
    }
    assert!(seen > 50, "{seen} results");
}

#[test]
fn nothing_was_found_only_where_quotas_cross_and_something_must_be_served() {
    let (mut believed, mut without_floors, mut without_crossing) = (0, 0, 0);
    let crossing = (0..1200).filter_map(|seed| solve_one(seed, crate::sample::input_with_crossing_quotas(seed)));
    for (seed, problem, matching) in solved_with_quotas(0..600).chain(solved_with_floors(0..300)).chain(crossing) {
        let Some(Certificate { step, unit: 1, .. }) = matching.certificate() else { continue };
        if problem.policy().objective() == Objective::LeastUnequal {
            continue;
        }
        // At no price at all a matching may have the best of each need.
        let best = |need: NeedId| {
            let best = matching.candidates().row(need).map(|(_, score)| i128::from(score)).max()?;
            let counts = crate::verify::proof::counts(&problem, &problem.needs()[need.index()]);
            Some(Total { tier: counts.into(), score: best })
        };
        let free = problem.needs_by_id().filter(|need| problem.needs()[need.index()].pinned_worker.is_none());
        let most = free.filter_map(best).fold(Total::ZERO, |sum, best| sum + best);
        let claim = |assigned: bool| {
            with(&matching, |o| {
                if !assigned {
                    serve_nobody(&matching, UnmatchedReason::Undecided, o);
                }
                o.status = Status::NotFound;
                if !assigned {
                    let price = vec![0; o.capacity.len()];
                    o.bound = most;
                    o.certificate = Some(Certificate { step: step.clone(), unit: 1, price, ..Certificate::default() });
                }
            })
        };
        let crosses = matching.quotas().iter().any(|row| row.crosses);
        let no_floors =
            matching.capacity().iter().all(|row| row.floor == 0) && matching.quotas().iter().all(|row| row.floor == 0);
        let has_pins = problem.needs().iter().any(|need| need.pinned_worker.is_some());
        let verdict = claim(false).verify();
        assert_eq!(verdict.is_ok(), is_believed_in_writing(&claim(false)), "seed {seed}: {verdict:?}");
        if !matching.assignments().is_empty() {
            assert!(claim(true).verify().is_err() && !is_believed_in_writing(&claim(true)), "seed {seed}");
        }
        if !crosses || no_floors {
            assert!(verdict.is_err(), "seed {seed}");
            without_crossing += u32::from(!crosses);
            without_floors += u32::from(crosses);
        } else if !has_pins {
            assert_eq!(verdict.map(|_| ()), Ok(()), "seed {seed}");
            believed += 1;
        }
    }
    assert!(
        believed > 5 && without_floors > 20 && without_crossing > 50,
        "{believed}, {without_floors}, {without_crossing}"
    );
}

#[test]
fn whoever_stands_above_all_charges_no_more_than_it_must() {
    let matching = town(&[0, 3], (10, 10, Some(1)));
    assert!(matching.capacity()[2].price > Price::default());
    for (tier, score) in [(0, 1), (1, 0)] {
        let lie = with(&matching, |o| {
            let price = &mut o.capacity[2].price;
            (price.tier, price.score) = (price.tier + tier, price.score + score);
        });
        // Nobody below is tied to outside either.
        assert_eq!(lie.verify(), Err(Violation::PriceNotLeast { node: 0 }));
        assert!(!is_believed_in_writing(&lie));
    }
}
