//! Results with quotas: every change is noticed.

use super::lie::{Victim, disorder};
use super::solved_with_quotas;
use crate::matching::{
    Alternative, Certificate, FullPlaces, Limit, Limited, Matching, Node, Outcome, QuotaPrice, QuotaResult, Status,
    UnmatchedReason, Unmet,
};
use crate::model::{NeedId, QuotaId};
use crate::solve::Price;
use crate::total::Total;
use crate::verify::supply::Supply;

#[test]
fn no_lie_about_quotas_is_believed() {
    let mut seen = 0;
    for (seed, problem, matching) in solved_with_quotas(0..400) {
        let victim = Victim { seed, matching: &matching };
        for row in 0..matching.quotas().len() {
            let QuotaResult { quota: _, needs, served, floor, cap, price, crosses } = matching.quotas()[row];
            seen += 1;
            for quota in (0..=problem.quotas().len()).map(QuotaId::new) {
                victim.lie("a quota", |o| o.quotas[row].quota = quota);
            }
            for step in [1, u64::MAX] {
                victim.lie("the needs of a quota", |o| o.quotas[row].needs = needs.wrapping_add(step));
                victim.lie("the served of a quota", |o| o.quotas[row].served = served.wrapping_add(step));
                victim.lie("the floor of a quota", |o| o.quotas[row].floor = floor.wrapping_add(step));
            }
            for wrong in [None, Some(0), cap.map(|cap| cap + 1), Some(u64::MAX)] {
                victim.lie("the cap of a quota", |o| o.quotas[row].cap = wrong);
            }
            victim.lie("the price of a quota", |o| o.quotas[row].price.tier += 1);
            victim.lie("the price of a quota", |o| o.quotas[row].price = Price { score: price.score - 1, ..price });
            victim.lie("what crosses", |o| o.quotas[row].crosses = !crosses);
        }
        disorder(&victim, "the list of quotas", |o| &mut o.quotas);
    }
    assert!(seen > 500, "{seen} quotas");
}

#[test]
fn no_lie_about_the_prices_of_quotas_is_believed() {
    let mut seen = 0;
    for (seed, problem, matching) in solved_with_quotas(0..1200) {
        let Some(certificate) = matching.certificate() else { continue };
        let victim = Victim { seed, matching: &matching };
        let lie = |what: &str, change: &dyn Fn(&mut Certificate)| {
            victim.lie(what, |o| o.certificate.iter_mut().for_each(change));
        };
        for (row, &QuotaPrice { quota: _, household: _, price }) in certificate.quota_price.iter().enumerate() {
            seen += 1;
            for wrong in [0, price + 1, price - 1, i128::MAX, i128::MIN] {
                lie("the price of a quota", &|c| c.quota_price[row].price = wrong);
            }
            for quota in (0..=problem.quotas().len()).map(QuotaId::new) {
                lie("the quota of a price", &|c| c.quota_price[row].quota = quota);
            }
            for need in (0..=problem.needs().len()).map(NeedId::new).map(Some).chain([None]) {
                lie("the household of a price", &|c| c.quota_price[row].household = need);
            }
        }
        disorder(&victim, "the prices of quotas", |o| &mut o.certificate.as_mut().unwrap().quota_price);
        for status in [Status::Optimal, Status::Bounded, Status::NotFound, Status::FloorsUnmet] {
            victim.lie("the status", |o| o.status = status);
        }
        victim.lie("the gap", |o| o.bound = o.total + Total { tier: 0, score: 1 });
        victim.lie("the gap", |o| o.bound = Total { tier: o.bound.tier + 1, score: o.bound.score });
        if matching.status() == Status::Bounded {
            victim.lie("the gap", |o| {
                o.bound = o.total;
                o.status = Status::Optimal;
            });
        }
    }
    assert!(seen > 100, "{seen} prices");
}

#[test]
fn no_lie_about_a_full_quota_is_believed() {
    let (mut seen, mut n_closed) = (0, 0);
    for (seed, problem, matching) in solved_with_quotas(0..600) {
        let victim = Victim { seed, matching: &matching };
        for (row, unmatched) in matching.unmatched().iter().enumerate() {
            for quota in (0..problem.quotas().len()).map(QuotaId::new) {
                for open in 0..3 {
                    let wrong = UnmatchedReason::QuotaFull { quota, open };
                    victim.lie_about_reason(row, "a full quota", |o| o.unmatched[row].reason = wrong);
                }
            }
            if let UnmatchedReason::QuotaFull { .. } = unmatched.reason {
                seen += 1;
                // No place is open either, but that comes second.
                if let Some(reason) = no_open_place(&matching, unmatched.need) {
                    n_closed += 1;
                    victim.lie_about_reason(row, "places", |o| o.unmatched[row].reason = reason);
                }
            }
            victim.lie_about_reason(row, "a reason", |o| o.unmatched[row].reason = UnmatchedReason::NoGain);
        }
    }
    assert!(seen > 100 && n_closed > 20, "{seen} needs, {n_closed} without an open place");
}

/// What is true of the places of a need; `None` if one of them is open.
fn no_open_place(matching: &Matching, need: NeedId) -> Option<UnmatchedReason> {
    let supply = Supply::of(matching.problem());
    let is_full = |node: &Node| matching.capacity().iter().any(|row| row.node == *node && row.places == Some(row.used));
    let (mut full, mut nearest) = (FullPlaces::default(), None);
    for (provider, score) in matching.candidates().row(need) {
        let path = supply.path(supply.at(provider as usize)).map(|position| supply.at(position));
        let full_at = path.into_iter().find(is_full)?.level();
        full.count(full_at);
        let (organization, worker) = supply.people(provider)?;
        if nearest.is_none_or(|nearest: Alternative| score > nearest.score) {
            nearest = Some(Alternative { organization, worker, score, full_at });
        }
    }
    nearest.map(|nearest| UnmatchedReason::NoOpenPlace { full, nearest })
}

#[test]
fn no_lie_about_a_quota_in_a_tight_set_is_believed() {
    let mut seen = 0;
    for (seed, problem, matching) in solved_with_quotas(0..3000) {
        let Some(unmet) = matching.unmet() else { continue };
        let victim = Victim { seed, matching: &matching };
        let lie = |what: &str, change: &dyn Fn(&mut Unmet)| victim.lie(what, |o| o.unmet.iter_mut().for_each(change));
        seen += u32::from(unmet.floors.iter().any(|limit| matches!(limit.of, Limited::Quota(..))));
        for quota in (0..=problem.quotas().len()).map(QuotaId::new) {
            for household in (0..=problem.needs().len()).map(NeedId::new).map(Some).chain([None]) {
                for needs in [1, u64::MAX] {
                    lie("a floor", &|u| u.floors.push(Limit { of: Limited::Quota(quota, household), needs }));
                }
            }
        }
        lie("what is missing", &|u| u.missing += 1);
        disorder(&victim, "the floors", |o: &mut Outcome| &mut o.unmet.as_mut().unwrap().floors);
    }
    assert!(seen > 20, "{seen} tight sets");
}
