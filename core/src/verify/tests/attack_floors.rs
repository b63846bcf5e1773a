//! Results in which floors bind, and proofs that they cannot be met: every change is noticed.

use super::lie::{Victim, disorder};
use super::{solved_with_floors, solved_with_quotas};
use crate::engine::{Binding, Engine, EngineReason};
use crate::matching::{Certificate, Limit, Limited, Matching, Node, OptimalOver, Status, UnmatchedReason, Unmet};
use crate::model::{GroupId, NeedId, OrganizationId, WorkerId};
use crate::verify::limits::Limits;
use crate::verify::supply::Supply;

#[test]
fn no_lie_about_the_prices_of_floors_is_believed() {
    let mut seen = 0;
    for (seed, _, matching) in solved_with_floors(0..1500) {
        let Some(Certificate { step, unit, price, quota_price: _, kind_price: _ }) = matching.certificate() else {
            continue;
        };
        let victim = Victim { seed, matching: &matching };
        seen += 1;
        victim.lie("the certificate", |o| o.certificate = None);
        victim.lie("the steps", |o| o.certificate.iter_mut().for_each(|c| c.step.push(1)));
        for t in 0..step.len() {
            victim.lie("the steps", |o| o.certificate.iter_mut().for_each(|c| c.step[t] += 1));
        }
        for wrong in [0, unit - 1, unit + 1, i128::MAX] {
            victim.lie("the unit of score", |o| o.certificate.iter_mut().for_each(|c| c.unit = wrong));
        }
        victim.lie("the prices", |o| o.certificate.iter_mut().for_each(|c| c.price.push(0)));
        for (row, &own) in price.iter().enumerate() {
            // Where one of score counts many units, a price that is one of them off may prove as much.
            let step = if *unit == 1 { 1 } else { 10 * unit };
            for wrong in [own + step, own - step, i128::MAX, i128::MIN] {
                victim.lie("an exact price", |o| o.certificate.iter_mut().for_each(|c| c.price[row] = wrong));
            }
            victim.lie("a floor", |o| o.capacity[row].floor += 1);
            victim.lie("a floor", |o| o.capacity[row].floor = o.capacity[row].floor.wrapping_sub(1));
        }
        lie_about_the_kind(&victim);
        victim.lie("the status", |o| o.status = Status::FloorsUnmet);
        victim.lie("the proof", |o| o.unmet = Some(Unmet::default()));
    }
    assert!(seen > 100, "{seen} results");
}

#[test]
fn no_lie_about_a_tight_set_is_believed() {
    let mut seen = 0;
    for (seed, problem, matching) in solved_with_floors(0..600) {
        let Some(Unmet { missing: _, floors: _, caps: _, needs: _ }) = matching.unmet() else { continue };
        let victim = Victim { seed, matching: &matching };
        seen += 1;
        let lie = |what: &str, change: &dyn Fn(&mut Unmet)| victim.lie(what, |o| o.unmet.iter_mut().for_each(change));
        lie("what is missing", &|u| u.missing += 1);
        lie("what is missing", &|u| u.missing = 0);
        lie("what is missing", &|u| u.missing = u64::MAX);
        for need in (0..=problem.needs().len()).map(NeedId::new) {
            lie("a need", &|u| u.needs.push(need));
        }
        let workers = (0..=problem.workers().len()).map(|k| Node::Worker(WorkerId::new(k)));
        let organizations = (0..=problem.organizations().len()).map(|k| Node::Organization(OrganizationId::new(k)));
        let groups = (0..=problem.groups().len()).map(|k| Node::Group(GroupId::new(k)));
        for node in workers.chain(organizations).chain(groups) {
            for needs in [0, 1, u64::MAX] {
                lie("a floor", &|u| u.floors.push(Limit { of: Limited::Node(node), needs }));
                if needs > 0 {
                    // A cap of 0 more is no lie but another proof.
                    lie("a cap", &|u| u.caps.push(Limit { of: Limited::Node(node), needs }));
                }
            }
        }
        let unmet = |o: &mut crate::matching::Outcome| o.unmet.clone().unwrap_or_default();
        for row in 0..unmet(&mut (*matching.result).clone()).floors.len() {
            lie("a floor", &|u| u.floors[row].needs += 1);
        }
        disorder(&victim, "the floors", |o| &mut o.unmet.as_mut().unwrap().floors);
        if matching.unmet().is_some_and(|unmet| unmet.caps.iter().all(|cap| cap.needs > 0)) {
            disorder(&victim, "the caps", |o| &mut o.unmet.as_mut().unwrap().caps);
        }
        disorder(&victim, "the needs", |o| &mut o.unmet.as_mut().unwrap().needs);
        for row in 0..matching.unmatched().len() {
            for reason in [UnmatchedReason::NoGain, UnmatchedReason::Undecided, UnmatchedReason::HumanOnly] {
                victim.lie_about_reason(row, "a reason", |o| o.unmatched[row].reason = reason);
            }
        }
        lie_about_the_kind(&victim);
        victim.lie("the status", |o| o.status = Status::Optimal);
        victim.lie("the tight set", |o| o.unmet = None);
        victim.lie("the certificate", |o| o.certificate = Some(Certificate::default()));
    }
    assert!(seen > 150, "{seen} results");
}

fn lie_about_the_kind(victim: &Victim<'_>) {
    victim.lie("the pairs", |o| o.optimal_over = OptimalOver::Lists);
    victim.lie("the engine", |o| o.engine = Engine::Fast);
    victim.lie("the engine's reason", |o| o.engine_reason = EngineReason::OnlyCapacities);
    victim.lie("the engine's reason", |o| o.engine_reason = EngineReason::CanBind(Binding::default()));
    for step in [-1, 1] {
        victim.lie("the total", |o| o.total.tier += step);
        victim.lie("the bound", |o| o.bound.score += step);
    }
}

#[test]
fn a_result_with_floors_is_not_believed_of_the_problem_without_them() {
    let mut seen = 0;
    for (seed, _, matching) in solved_with_floors(0..600) {
        let without = crate::sample::problem(seed).unwrap();
        if matching.certificate().is_some() {
            seen += 1;
            assert!(crate::verify(&without, matching.candidates(), &matching).is_err(), "seed {seed}");
            assert_ne!(matching.problem().input_digest(), without.input_digest(), "seed {seed}");
        }
    }
    assert!(seen > 20, "{seen} results");
}

#[test]
fn a_result_with_floors_is_proven_over_all_pairs() {
    for (seed, _, matching) in solved_with_floors(0..300) {
        assert_eq!(matching.optimal_over(), OptimalOver::AllPairs);
        let verdict = Matching::verify_all_pairs(&matching);
        assert!(verdict.is_ok(), "seed {seed}: {verdict:?}");
    }
}

#[test]
fn what_is_a_floor_of_a_tight_set_is_no_cap_of_it_as_well() {
    let mut n_lies = 0;
    for (seed, problem, matching) in solved_with_floors(0..1500).chain(solved_with_quotas(0..800)) {
        let Some(unmet) = matching.unmet() else { continue };
        let supply = Supply::of(&problem);
        let limits = Limits::of(&problem, &supply, std::iter::empty());
        let victim = Victim { seed, matching: &matching };
        for floor in &unmet.floors {
            let cap = match floor.of {
                Limited::Node(node) => limits.cap[supply.position(node).unwrap()],
                of => limits.quotas.parts[&of].cap,
            };
            // Enough is missing elsewhere.
            for at in 0..=unmet.caps.len() * usize::from(unmet.missing > cap) {
                n_lies += u32::from(unmet.missing > cap);
                victim.lie("a cap", |o| {
                    let unmet = o.unmet.as_mut().unwrap();
                    unmet.caps.insert(at, Limit { of: floor.of, needs: cap });
                    unmet.missing = unmet.missing.saturating_sub(cap);
                });
            }
        }
    }
    assert!(n_lies > 50, "{n_lies} lies");
}
