//! Lies about the greatest rates from the least on.

use super::lie::{Victim, disorder};
use super::*;
use crate::matching::{Outcome, Rate, Rates, Status, Unmet};
use crate::policy::Objective;

/// Small problems under the objective `leximin`, with their matchings.
fn compared(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Matching)> {
    seeds.filter_map(|seed| {
        let (tables, policy) = sample::input_with_kinds(seed);
        let (seed, _, matching) = solve_one(seed, (tables, policy.with_objective(Objective::Leximin)))?;
        matching.rates().is_some().then_some((seed, matching))
    })
}

fn rates(outcome: &mut Outcome) -> &mut Rates {
    outcome.rates.as_mut().unwrap()
}

#[test]
fn no_lie_about_ceilings_is_believed() {
    let (mut n_sets, mut n_chains) = (0, 0);
    for (seed, matching) in compared(0..900) {
        let victim = Victim { seed, matching: &matching };
        let ceilings = &matching.rates().unwrap().ceilings;
        victim.lie("a set that is short of nothing", |o| rates(o).ceilings.push(Unmet::default()));
        victim.lie("a proof of the least rate", |o| rates(o).proof = Some(Unmet::default()));
        if ceilings.is_empty() {
            continue;
        }
        n_sets += 1;
        n_chains += u32::from(ceilings.len() > 1);
        victim.lie("no ceilings", |o| rates(o).ceilings.clear());
        victim.lie("the order", |o| rates(o).ceilings.reverse());
        for (set, own) in ceilings.iter().enumerate() {
            victim.lie("missing", |o| rates(o).ceilings[set].missing += 1);
            for row in 0..own.floors.len() {
                victim.lie("a higher floor", |o| {
                    rates(o).ceilings[set].floors[row].needs += 1;
                    rates(o).ceilings[set].missing += 1;
                });
            }
            disorder(&victim, "the needs", |o| &mut rates(o).ceilings[set].needs);
            for row in (0..own.caps.len()).filter(|&row| own.caps[row].needs > 0) {
                victim.lie("a cap is left out", |o| {
                    rates(o).ceilings[set].missing += own.caps[row].needs;
                    rates(o).ceilings[set].caps.remove(row);
                });
            }
        }
    }
    assert!(n_sets > 120 && n_chains > 12, "{n_sets} {n_chains}");
}

#[test]
fn no_lie_about_rates_is_believed() {
    let (mut n, mut n_bounded) = (0, 0);
    for (seed, matching) in compared(0..600) {
        let victim = Victim { seed, matching: &matching };
        for other in [(1, 3), (1, 2), (1, 1), (0, 1), (2, 4)] {
            let other = Rate { served: other.0, needs: other.1 };
            victim.lie("the least rate", |o| rates(o).least = other);
            victim.lie("the bound", |o| rates(o).bound = other);
            victim.lie("both rates", |o| (rates(o).least, rates(o).bound) = (other, other));
        }
        victim.lie("no rates", |o| o.rates = None);
        for rank in 0..matching.rates().unwrap().greatest.len() {
            let Rate { served, needs } = matching.rates().unwrap().greatest[rank];
            for other in [(served + 1, needs), (2 * served, 2 * needs), (served, needs + 1)] {
                let other = Rate { served: other.0, needs: other.1 };
                if served > 0 || other.served > 0 {
                    victim.lie("one of the greatest", |o| rates(o).greatest[rank] = other);
                }
            }
            victim.lie("one of the greatest is left out", |o| {
                rates(o).greatest.remove(rank);
            });
        }
        if matching.status() == Status::Bounded {
            n_bounded += 1;
            victim.lie("the status", |o| o.status = Status::Optimal);
            victim.lie("that the rates are the greatest", |o| {
                let own = rates(o);
                let mut reached: Vec<Rate> = own.kinds.iter().map(|row| Rate::of(row.served, row.needs)).collect();
                reached.sort_unstable();
                (own.bound, own.greatest) = (own.least, reached);
            });
        }
        for row in 0..matching.rates().unwrap().kinds.len() {
            n += 1;
            victim.lie("a floor", |o| rates(o).kinds[row].floor += 1);
            victim.lie("a floor below", |o| {
                let floor = &mut rates(o).kinds[row].floor;
                *floor = floor.saturating_sub(1);
            });
            victim.lie("served and floor", |o| {
                rates(o).kinds[row].floor += 1;
                rates(o).kinds[row].served += 1;
            });
        }
    }
    assert!(n > 300 && n_bounded > 5, "{n} {n_bounded}");
}

#[test]
fn what_has_the_greatest_least_rate_alone_is_not_believed_to_have_the_greatest_rates() {
    let mut n = 0;
    for (seed, matching) in compared(0..1500) {
        let problem = matching.problem().with_objective(Objective::MaxMin);
        let other = solve(&problem, &Options { threads: Some(1), ..Options::default() }).unwrap();
        let sorted = |matching: &Matching| {
            let rows = &matching.rates().unwrap().kinds;
            let mut all: Vec<Rate> = rows.iter().map(|row| Rate::of(row.served, row.needs)).collect();
            all.sort_unstable();
            all
        };
        if other.status() != Status::Optimal || sorted(&other) == sorted(&matching) {
            continue;
        }
        n += 1;
        let victim = Victim { seed, matching: &matching };
        victim.lie("the assignments", |o| {
            let Outcome { provenance, .. } = o.clone();
            let ceilings = rates(o).ceilings.clone();
            *o = Outcome { provenance, ..(*other.result).clone() };
            rates(o).ceilings = ceilings;
            rates(o).proof = None;
            rates(o).kinds.iter_mut().for_each(|row| row.floor = row.served);
        });
    }
    assert!(n > 5, "{n}");
}
