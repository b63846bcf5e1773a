//! Certificates, tight sets and gaps.

use super::{files, is_believed, refuse};
use crate::decision::form::{self, Limit};
use crate::decision::tests::{all_decisions, decisions, decisions_with_quotas};

#[test]
fn a_tight_set_holds_limits_that_bind_each_once() {
    let mut n_changes = 0;
    for (seed, file) in files(all_decisions(0..600)) {
        let Some(tight) = &file.result.tight_set else { continue };
        for row in &file.result.capacity {
            let limit = |needs: u64| Limit { level: row.level.clone(), id: row.id.clone(), household_id: None, needs };
            for at in 0..=tight.floors.len() {
                n_changes += u32::from(refuse(seed, &file, "a floor of nothing", |file| {
                    file.result.tight_set.as_mut().unwrap().floors.insert(at, limit(0));
                }));
            }
        }
        for k in 0..tight.floors.len() {
            refuse(seed, &file, "a floor that is a cap as well", |file| {
                let tight = file.result.tight_set.as_mut().unwrap();
                tight.caps.push(tight.floors[k].clone());
            });
        }
        for k in 0..tight.needs.len() {
            refuse(seed, &file, "a need less", |file| {
                let tight = file.result.tight_set.as_mut().unwrap();
                tight.needs.remove(k);
                tight.missing += 1;
            });
        }
    }
    assert!(n_changes > 200, "{n_changes} changes");
}

#[test]
fn a_matching_may_be_short_of_its_bound_only_where_quotas_cross() {
    let mut n_changes = 0;
    for (seed, file) in files(decisions(0..160).chain(decisions_with_quotas(0..240))) {
        let Some(certificate) = &file.result.certificate else { continue };
        let crosses = file.result.quotas.iter().flatten().any(|row| row.crosses);
        if crosses || certificate.unit.is_some() || *file.result.status != *"optimal" {
            continue;
        }
        for k in 0..certificate.price.len().min(6) {
            // A price that is too high by one leaves a gap of some ones.
            for gap in 0..=30 {
                let mut changed = file.clone();
                let own = changed.result.certificate.as_mut().unwrap();
                let price: i128 = own.price[k].parse().unwrap();
                own.price[k] = (price + 1).to_string().into();
                changed.result.capacity[k].price.score += 1;
                changed.result.gap.score += gap;
                changed.result.bound.score += gap;
                changed.result.status = "bounded".into();
                assert!(!is_believed(&changed), "seed {seed}: a gap of {gap} at row {k} is believed");
                n_changes += 1;
            }
        }
    }
    assert!(n_changes > 3000, "{n_changes} changes");
}

#[test]
fn proofs_stand_where_they_belong_and_in_one_spelling() {
    let mut n_changes = 0;
    for (seed, file) in files(all_decisions(0..120)) {
        let certificate = form::Certificate {
            step: vec!["0".into()],
            unit: None,
            price: vec!["0".into(); file.result.capacity.len()],
            quota_price: None,
        };
        let tight = form::TightSet { missing: 1, floors: Vec::new(), caps: Vec::new(), needs: Vec::new() };
        if file.result.certificate.is_none() {
            refuse(seed, &file, "a certificate", |file| file.result.certificate = Some(certificate));
        }
        if file.result.tight_set.is_none() {
            refuse(seed, &file, "a tight set", |file| file.result.tight_set = Some(tight));
        }
        let Some(own) = &file.result.certificate else { continue };
        let mut of = |what: &str, change: &dyn Fn(&mut form::Certificate)| {
            let refused = refuse(seed, &file, what, |file| file.result.certificate.iter_mut().for_each(change));
            n_changes += u32::from(refused);
        };
        for k in 0..own.step.len() {
            for more in [1, -1] {
                let step = own.step[k].parse::<i128>().unwrap() + more;
                of("a step", &|own| own.step[k] = step.to_string().into());
            }
        }
        of("a step more", &|own| own.step.push("1".into()));
        of("a price more", &|own| own.price.push("0".into()));
        for unit in ["0", "1", "2"] {
            of("the unit", &|own| own.unit = Some(unit.into()));
        }
        of("no unit", &|own| own.unit = None);
        if own.quota_price.is_none() {
            of("no prices of quotas", &|own| own.quota_price = Some(Vec::new()));
        }
        for k in 0..own.quota_price.as_ref().map_or(0, Vec::len) {
            of("a price of nothing", &|own| own.quota_price.as_mut().unwrap()[k].price = "0".into());
        }
    }
    assert!(n_changes > 300, "{n_changes} changes");
}

#[test]
fn what_is_a_floor_of_a_tight_set_is_no_cap_of_it_as_well() {
    let mut n_changes = 0;
    for (seed, file) in files(all_decisions(0..900)) {
        let Some(tight) = &file.result.tight_set else { continue };
        let most = tight.missing.min(file.network.needs.id.len() as u64 + 1);
        for floor in &tight.floors {
            // One of the numbers is the cap, and enough is missing elsewhere.
            for (needs, at) in (0..most).flat_map(|needs| (0..=tight.caps.len()).map(move |at| (needs, at))) {
                n_changes += u32::from(refuse(seed, &file, "a floor that is a cap as well", |file| {
                    let tight = file.result.tight_set.as_mut().unwrap();
                    tight.caps.insert(at, Limit { needs, ..floor.clone() });
                    tight.missing -= needs;
                }));
            }
        }
    }
    assert!(n_changes > 100, "{n_changes} changes");
}

#[test]
fn the_limits_of_a_tight_set_stand_in_order() {
    let mut n_changes = 0;
    for (seed, file) in files(all_decisions(0..900)) {
        let Some(tight) = &file.result.tight_set else { continue };
        for k in 1..tight.floors.len() {
            n_changes += u32::from(refuse(seed, &file, "floors in disorder", |file| {
                file.result.tight_set.as_mut().unwrap().floors.swap(k - 1, k);
            }));
        }
        for k in 1..tight.caps.len() {
            n_changes += u32::from(refuse(seed, &file, "caps in disorder", |file| {
                file.result.tight_set.as_mut().unwrap().caps.swap(k - 1, k);
            }));
        }
    }
    assert!(n_changes > 20, "{n_changes} changes");
}

#[test]
fn a_node_in_a_tight_set_has_no_household() {
    let mut n_changes = 0;
    for (seed, file) in files(all_decisions(0..300)) {
        let Some(tight) = &file.result.tight_set else { continue };
        for k in (0..tight.floors.len()).filter(|&k| *tight.floors[k].level != *"quota") {
            n_changes += u32::from(refuse(seed, &file, "the household of a node", |file| {
                file.result.tight_set.as_mut().unwrap().floors[k].household_id = Some("h0".into());
            }));
        }
    }
    assert!(n_changes > 20, "{n_changes} changes");
}
