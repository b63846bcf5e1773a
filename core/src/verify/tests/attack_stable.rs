//! Matchings that are said to be stable and are not, and lies about those that are.

use super::lie::Victim;
use super::*;
use crate::engine::{Engine, EngineReason};
use crate::matching::{Outcome, Status, Unmatched, UnmatchedReason};
use crate::policy::Objective;
use crate::solve::Price;
use crate::total::Total;

/// Small problems under the objective `stable`, with their matchings.
fn stable(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Problem, Matching)> {
    seeds.filter_map(|seed| {
        let (tables, policy) = sample::input(seed);
        solve_one(seed, (tables, policy.with_objective(Objective::Stable)))
    })
}

#[test]
fn the_best_by_tiers_and_score_is_believed_to_be_stable_only_where_it_is() {
    let (mut n_rejected, mut n_same) = (0, 0);
    for (seed, problem, matching) in stable(0..1500) {
        let options = Options { threads: Some(1), ..Options::default() };
        let other = solve(&problem.with_objective(Objective::TiersThenScore), &options).unwrap();
        let victim = Victim { seed, matching: &matching };
        let believed = victim.is_believed(|o| {
            let Outcome { status, engine, engine_reason, optimal_over, ref provenance, .. } = *o;
            let provenance = provenance.clone();
            *o = Outcome { status, engine, engine_reason, optimal_over, provenance, ..(*other.result).clone() };
            o.capacity.iter_mut().for_each(|row| row.price = Price::default());
        });
        match believed {
            // There is one stable matching.
            Some(true) => panic!("seed {seed}: another matching is believed"),
            Some(false) => n_rejected += 1,
            None => n_same += 1,
        }
    }
    assert!(n_rejected > 50 && n_same > 50, "{n_rejected} rejected, {n_same} the same");
}

#[test]
fn no_need_that_would_be_taken_is_left_out_of_a_stable_matching() {
    let mut n_lies = 0;
    for (seed, _, matching) in stable(0..300) {
        let victim = Victim { seed, matching: &matching };
        let known = matching.unmatched().iter().map(|unmatched| unmatched.reason.clone());
        let reasons: Vec<UnmatchedReason> =
            known.chain([UnmatchedReason::NoGain, UnmatchedReason::Undecided]).collect();
        for row in 0..matching.assignments().len() {
            for reason in &reasons {
                victim.lie("who is served", |o| {
                    let left = o.assignments.remove(row);
                    let worth = Total { tier: 5 - i128::from(left.tier.number()), score: left.score.into() };
                    (o.total, o.bound) = (o.total - worth, o.bound - worth);
                    o.unmatched.push(Unmatched { need: left.need, tier: left.tier, reason: reason.clone() });
                    o.unmatched.sort_by_key(|unmatched| matching.need_id(unmatched.need));
                });
                n_lies += 1;
            }
        }
    }
    assert!(n_lies > 500, "{n_lies}");
}

#[test]
fn no_lie_about_what_a_stable_matching_is_is_believed() {
    for (seed, _, matching) in stable(0..300) {
        let victim = Victim { seed, matching: &matching };
        for status in [Status::Optimal, Status::Bounded, Status::NotFound, Status::FloorsUnmet] {
            victim.lie("the status", |o| o.status = status);
        }
        for &engine in Engine::ALL.iter().filter(|&&engine| engine != Engine::DeferredAcceptance) {
            victim.lie("the engine", |o| o.engine = engine);
        }
        victim.lie("the reason for the engine", |o| o.engine_reason = EngineReason::OnlyCapacities);
        victim.lie("the bound", |o| o.bound.score += 1);
        victim.lie("the total", |o| o.total.tier -= 1);
        for row in 0..matching.capacity().len() {
            victim.lie("a price", |o| o.capacity[row].price.score = 1);
            victim.lie("places", |o| o.capacity[row].used += 1);
        }
    }
}

#[test]
fn a_matching_of_another_objective_is_not_called_stable() {
    for (seed, _, matching) in solved(0..200) {
        let victim = Victim { seed, matching: &matching };
        victim.lie("the status", |o| o.status = Status::Stable);
        victim.lie("the engine", |o| {
            (o.status, o.engine, o.engine_reason) =
                (Status::Stable, Engine::DeferredAcceptance, EngineReason::Objective);
        });
    }
}
