//! Lies about the rates of kinds of needs.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::lie::Victim;
use super::*;
use crate::matching::{Kind, Limited, Rate, Rates, Status};
use crate::model::codes::DivisionCode;
use crate::verify::Violation;

/// Small problems under the objective `max_min`, with their matchings.
fn compared(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Matching)> {
    seeds.filter_map(|seed| {
        let (seed, _, matching) = solve_one(seed, sample::input_with_kinds(seed))?;
        matching.rates().is_some().then_some((seed, matching))
    })
}

fn rates(outcome: &mut crate::matching::Outcome) -> &mut Rates {
    outcome.rates.as_mut().unwrap()
}

#[test]
fn another_rate_is_believed_neither_of_a_kind_nor_of_all() {
    let mut n = 0;
    for (seed, matching) in compared(0..600) {
        let victim = Victim { seed, matching: &matching };
        let Rates { least, bound, .. } = *matching.rates().unwrap();
        for other in [(1, 3), (1, 2), (2, 3), (1, 1), (0, 1), (2, 2), (2, 4), (3, 2), (0, 0)] {
            let other = Rate { served: other.0, needs: other.1 };
            if other != least {
                victim.lie("the least rate", |o| rates(o).least = other);
                victim.lie("both rates", |o| (rates(o).least, rates(o).bound) = (other, other));
            }
            // Of what is not proven the best, a bound that is weaker is no lie.
            if other != bound && matching.status() == Status::Optimal {
                victim.lie("the bound", |o| rates(o).bound = other);
            }
        }
        victim.lie("no rates", |o| o.rates = None);
        if matching.rates().unwrap().kinds.is_empty() {
            continue;
        }
        n += 1;
        victim.lie("a kind is missing", |o| rates(o).kinds.truncate(matching.rates().unwrap().kinds.len() - 1));
        victim.lie("a kind is told twice", |o| {
            let row = rates(o).kinds[0];
            rates(o).kinds.push(row);
        });
        victim.lie("another kind", |o| rates(o).kinds[0].kind = Kind::Area(DivisionCode::parse("99").unwrap()));
        victim.lie("more needs", |o| rates(o).kinds[0].needs += 1);
        victim.lie("more served", |o| rates(o).kinds[0].served += 1);
        victim.lie("another floor", |o| rates(o).kinds[0].floor += 1);
        victim.lie("another price", |o| rates(o).kinds[0].price.score -= 1);
    }
    assert!(n > 100, "{n}");
}

#[test]
fn a_proof_of_the_rate_must_be_whole_and_is_asked_for_exactly_where_not_all_are_served() {
    let (mut n_proofs, mut n_without) = (0, 0);
    for (seed, matching) in compared(0..600) {
        let victim = Victim { seed, matching: &matching };
        victim.lie("ceilings", |o| rates(o).ceilings.push(crate::matching::Unmet::default()));
        let Some(proof) = &matching.rates().unwrap().proof else {
            victim.lie("a proof of nothing", |o| rates(o).proof = Some(crate::matching::Unmet::default()));
            n_without += 1;
            continue;
        };
        n_proofs += 1;
        victim.lie("no proof", |o| rates(o).proof = None);
        victim.lie("missing", |o| rates(o).proof.as_mut().unwrap().missing += 1);
        for row in 0..proof.floors.len() {
            victim.lie("a floor is left out", |o| {
                rates(o).proof.as_mut().unwrap().floors.remove(row);
            });
            victim.lie("a higher floor", |o| {
                let proof = rates(o).proof.as_mut().unwrap();
                proof.floors[row].needs += 1;
                proof.missing += 1;
            });
        }
        // A cap of 0 less is no lie but another proof.
        for row in (0..proof.caps.len()).filter(|&row| proof.caps[row].needs > 0) {
            victim.lie("a cap is left out", |o| {
                let proof = rates(o).proof.as_mut().unwrap();
                proof.missing += proof.caps.remove(row).needs;
            });
        }
        for row in 0..proof.needs.len() {
            victim.lie("a need is left out", |o| {
                let proof = rates(o).proof.as_mut().unwrap();
                proof.needs.remove(row);
                proof.missing += 1;
            });
        }
    }
    assert!(n_proofs > 100 && n_without > 20, "{n_proofs} {n_without}");
}

#[test]
fn a_bound_is_in_lowest_terms_and_that_all_are_served_has_no_proof() {
    let (mut n_bounds, mut n_proofs) = (0, 0);
    for (seed, matching) in compared(0..600) {
        let verdict = |change: &dyn Fn(&mut Rates)| {
            let mut changed = matching.clone();
            let outcome = Arc::make_mut(&mut changed.result);
            outcome.status = Status::Bounded;
            change(rates(outcome));
            changed.verify().map(|_| ())
        };
        let wrong = |field| Err(Violation::Rates { field });
        let Rate { served, needs } = matching.rates().unwrap().bound;
        let twice = Rate { served: 2 * served, needs: 2 * needs };
        assert_eq!(verdict(&|own| own.bound = twice), wrong("bound"), "seed {seed}");
        n_bounds += 1;
        let has_pins = matching.problem().needs().iter().any(|need| need.pinned_worker.is_some());
        if has_pins || matching.rates().unwrap().proof.is_none() {
            continue;
        }
        // What is short for a lower rate is all the more so for the whole of every kind.
        let of_all = |own: &mut Rates| {
            own.bound = Rate::ALL;
            let proof = own.proof.as_mut().unwrap();
            for floor in &mut proof.floors {
                if let Some(row) = own.kinds.iter().find(|row| floor.of == Limited::Kind(row.kind)) {
                    proof.missing += row.needs - floor.needs;
                    floor.needs = row.needs;
                }
            }
        };
        assert_eq!(verdict(&of_all), wrong("proof"), "seed {seed}");
        n_proofs += 1;
    }
    assert!(n_bounds > 100 && n_proofs > 50, "{n_bounds} {n_proofs}");
}

#[test]
fn what_is_best_by_tiers_and_score_is_not_believed_to_have_the_greatest_least_rate() {
    let mut n = 0;
    for (seed, matching) in compared(0..1500) {
        let problem = matching.problem().with_objective(crate::policy::Objective::TiersThenScore);
        let default = solve(&problem, &Options { threads: Some(1), ..Options::default() }).unwrap();
        // What serves the same needs and is worth the same is no lie, but another best matching.
        let served = |of: &Matching| of.assignments().iter().map(|assignment| assignment.need).collect::<BTreeSet<_>>();
        let is_as_good = default.total() == matching.total() && served(&default) == served(&matching);
        if is_as_good || matching.status() != Status::Optimal {
            continue;
        }
        n += 1;
        let victim = Victim { seed, matching: &matching };
        victim.lie("the default's assignments", |o| {
            o.assignments = default.result.assignments.clone();
            o.unmatched = default.result.unmatched.clone();
            o.summary = default.result.summary.clone();
            o.total = default.total();
            o.bound = default.total();
            let used = default.capacity().iter().map(|row| row.used);
            o.capacity.iter_mut().zip(used).for_each(|(row, used)| row.used = used);
        });
    }
    assert!(n > 30, "{n}");
}

#[test]
fn rates_are_told_under_no_other_objective_and_where_nobody_is_served() {
    let (mut n_other, mut n_unmet) = (0, 0);
    let some = Rates {
        kinds: Vec::new(),
        least: Rate::ALL,
        bound: Rate::ALL,
        proof: None,
        ceilings: Vec::new(),
        greatest: Vec::new(),
    };
    for seed in 0..400 {
        let Some((seed, _, matching)) = solve_one(seed, sample::input(seed)) else { continue };
        Victim { seed, matching: &matching }.lie("rates", |o| o.rates = Some(some.clone()));
        n_other += 1;
    }
    for seed in 0..2000 {
        let Some((seed, _, matching)) = solve_one(seed, sample::input_with_kinds(seed)) else { continue };
        if !matching.status().serves() {
            Victim { seed, matching: &matching }.lie("rates", |o| o.rates = Some(some.clone()));
            n_unmet += 1;
        }
    }
    assert!(n_other > 100 && n_unmet > 5, "{n_other} {n_unmet}");
}
