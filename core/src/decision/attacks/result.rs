//! Who is served and who is not, and what is counted.

use super::{files, is_believed, nodes_above, refuse};
use crate::decision::DecisionFault;
use crate::decision::form::{self, Count, Coverage, File};
use crate::decision::tests::{all_decisions, decision_of, decisions_with_quotas};
use crate::policy::Policy;
use crate::sample;
use crate::table::{Column, Table};
use crate::verify;

/// Files of problems in which a score may be 0, so that serving gains nothing.
fn of_no_gain(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Vec<u8>)> {
    let criteria = "domain_competence = 0\nqualification = 0\ntravel_time = 0\ncontinuity = 0\nwaiting = 1000\n\
                    languages = 0\npreference = 0\norganization_grade = 0";
    let policy = format!("objective = \"score\"\n[criteria]\n{criteria}\n[travel]\nmax_minutes = 1000");
    seeds.filter_map(move |seed| {
        let mut tables = sample::input(seed).0;
        tables.needs = tables.needs.columns().iter().fold(Table::new(), |changed, (name, column)| {
            let Column::Text(texts) = column else { panic!("the sample holds texts only") };
            let text = |row: usize| texts.get(row).map(|text| str::from_utf8(text).unwrap());
            let days = |row: usize| if row.is_multiple_of(2) { Some("0") } else { text(row) };
            let of = |row: usize| if name == "waiting_days" { days(row) } else { text(row) };
            changed.with(name, Column::Text((0..texts.len()).map(of).collect()))
        });
        Some((seed, decision_of(tables, Policy::from_toml(&policy).unwrap())?))
    })
}

/// An assignment is taken back, as if it gained nothing.
fn taken_back(file: &File, k: usize) -> File {
    let mut changed = file.clone();
    let (nodes, result) = (&file.network.nodes, &mut changed.result);
    let form::Assignment { need_id, organization_id, worker_id, tier, score, .. } = result.assignments.remove(k);
    let reason = "no_gain".into();
    result.unmatched.push(form::Unmatched {
        need_id,
        tier,
        reason,
        providers: None,
        failed: None,
        quota_id: None,
        open: None,
        full: None,
        nearest: None,
    });
    result.unmatched.sort_by(|a, b| a.need_id.cmp(&b.need_id));
    let organization =
        || nodes.workers.len() + nodes.organizations.iter().position(|id| *id == organization_id).unwrap();
    let node = worker_id.map_or_else(organization, |w| nodes.workers.iter().position(|id| *id == w).unwrap());
    for place in nodes_above(&file.network, node) {
        result.capacity.iter_mut().find(|row| (&*row.level, &*row.id) == place).unwrap().used -= 1;
    }
    result.total.score -= score;
    result.bound.score -= score;
    let summary = &mut result.summary;
    summary.served -= 1;
    let scores: i64 = result.assignments.iter().map(|row| row.score).sum();
    summary.mean_score = scores.checked_div(summary.served as i64).unwrap_or(0);
    summary.by_tier.iter_mut().filter(|row| *row.key == *tier.to_string()).for_each(|row| row.served -= 1);
    for rows in [&mut summary.by_domain, &mut summary.by_county, &mut summary.by_urban_rural_class] {
        rows.iter_mut().find(|row| row.served > 0).unwrap().served -= 1;
    }
    let order = ["no_candidate", "quota_full", "no_open_place"];
    let at = summary.unmatched.iter().filter(|row| order.contains(&&*row.reason)).count();
    match summary.unmatched.get_mut(at).filter(|row| *row.reason == *"no_gain") {
        Some(row) => row.needs += 1,
        None => summary.unmatched.insert(at, Count { reason: "no_gain".into(), needs: 1 }),
    }
    changed
}

#[test]
fn nothing_is_gained_only_where_an_open_place_adds_nothing() {
    let (mut no_gain, mut gains, mut others) = (0, 0, 0);
    for (seed, file) in files(of_no_gain(0..300)) {
        assert!(is_believed(&file), "seed {seed}");
        for k in 0..file.result.assignments.len() {
            let is_believed = is_believed(&taken_back(&file, k));
            // To serve where nothing is gained is as good as not to, unless a place is priced that would be free then.
            let adds = file.result.assignments[k].score > 0 || file.result.assignments[k].pinned;
            assert!(!(is_believed && adds), "seed {seed}: {k}");
            no_gain += u32::from(is_believed);
            gains += u32::from(adds);
        }
        for k in 0..file.result.unmatched.len() {
            others += u32::from(refuse(seed, &file, "no gain", |file| {
                let row = &mut file.result.unmatched[k];
                let was = std::mem::replace(&mut row.reason, "no_gain".into());
                (row.full, row.nearest, row.providers, row.failed) = (None, None, None, None);
                let counts = &mut file.result.summary.unmatched;
                counts.iter_mut().filter(|row| row.reason == was).for_each(|row| row.needs -= 1);
                counts.retain(|row| row.needs > 0);
                match counts.iter_mut().find(|row| *row.reason == *"no_gain") {
                    Some(row) => row.needs += 1,
                    None => {
                        let order = ["no_candidate", "quota_full", "no_open_place"];
                        let at = counts.iter().filter(|row| order.contains(&&*row.reason)).count();
                        counts.insert(at, Count { reason: "no_gain".into(), needs: 1 });
                    }
                }
            }));
        }
    }
    assert!(no_gain > 50 && gains > 50 && others > 50, "{no_gain}, {gains}, {others}");
}

#[test]
fn counts_are_of_kinds_that_occur_and_of_counties() {
    for (seed, file) in files(all_decisions(0..40)) {
        let none = |key: &str| Coverage { key: key.into(), needs: 0, served: 0 };
        refuse(seed, &file, "a domain without needs", |file| file.result.summary.by_domain.push(none("other")));
        refuse(seed, &file, "a class without needs", |file| file.result.summary.by_urban_rural_class.push(none("999")));
        refuse(seed, &file, "a county without needs", |file| file.result.summary.by_county.push(none("659000000000")));
        refuse(seed, &file, "a tier without needs", |file| file.result.summary.by_tier.push(none("5")));
        for k in 0..file.result.summary.by_county.len() {
            for wrong in ["000000", "1405a4000000", "140524000001", "1405240000000", "14052400000", "x40524000000"] {
                refuse(seed, &file, "a county", |file| file.result.summary.by_county[k].key = wrong.into());
            }
        }
        let rows = file.result.summary.by_domain.len();
        for (a, b) in (0..rows).flat_map(|a| (0..rows).map(move |b| (a, b))).filter(|(a, b)| a != b) {
            refuse(seed, &file, "a domain twice", |file| {
                file.result.summary.by_domain[a].key = file.result.summary.by_domain[b].key.clone();
            });
            refuse(seed, &file, "more served than there are", |file| {
                let rows = &mut file.result.summary.by_domain;
                let (needs, served) = (rows[a].needs, rows[a].served);
                let moved = (needs + 1 - served).min(rows[b].served);
                if served + moved > needs {
                    rows[a].served += moved;
                    rows[b].served -= moved;
                }
            });
        }
    }
}

/// Criteria with their measures.
type Measures = Vec<(form::Text, i64)>;

#[test]
fn criteria_are_those_of_the_policy_and_within_their_range() {
    let mut n_changes = 0;
    for (seed, file) in files(all_decisions(0..60)) {
        for k in 0..file.result.assignments.len() {
            let of = |file: &mut File, change: &dyn Fn(&mut Measures)| {
                change(&mut file.result.assignments[k].criteria.0);
            };
            // Two that count alike, so that the mean stays.
            let sum = |own: &[(form::Text, i64)]| -> i64 {
                let both = own.iter().filter(|(code, _)| ["domain_competence", "travel_time"].contains(&&**code));
                both.map(|(_, measure)| measure).sum()
            };
            for high in [1_000_001, -1] {
                n_changes += u32::from(refuse(seed, &file, "a criterion out of range", |file| {
                    of(file, &|own| {
                        let sum = sum(own);
                        for (code, measure) in own.iter_mut() {
                            match &**code {
                                "domain_competence" => *measure = high,
                                "travel_time" => *measure = sum - high,
                                _ => {}
                            }
                        }
                    });
                }));
            }
            refuse(seed, &file, "the name of a criterion", |file| of(file, &|own| own[0].0 = "other".into()));
            refuse(seed, &file, "a criterion less", |file| of(file, &|own| drop(own.pop())));
            refuse(seed, &file, "a criterion more", |file| of(file, &|own| own.push(("other".into(), 0))));
        }
    }
    assert!(n_changes > 100, "{n_changes} changes");
}

#[test]
fn a_pinned_need_has_no_choice_and_every_need_is_listed() {
    let (mut n_pins, mut n_needs) = (0, 0);
    for (seed, file) in files(all_decisions(0..400)) {
        let start = &file.network.candidates.start;
        let n_providers = (file.network.nodes.workers.len() + file.network.nodes.organizations.len()) as u64;
        for &need in &file.network.needs.pinned {
            let at = start[need as usize] as usize;
            let own = file.network.candidates.node[at];
            for node in (0..n_providers).filter(|&node| node != own) {
                n_pins += u32::from(refuse(seed, &file, "a pin with a choice", |file| {
                    let candidates = &mut file.network.candidates;
                    let at = at + usize::from(node > own);
                    candidates.node.insert(at, node);
                    candidates.score.insert(at, 0);
                    candidates.start.iter_mut().skip(need as usize + 1).for_each(|end| *end += 1);
                    file.result.summary.candidates += 1;
                }));
            }
        }
        for k in 0..file.result.unmatched.len() {
            n_needs += u32::from(refuse(seed, &file, "a need that is listed nowhere", |file| {
                let reason = file.result.unmatched.remove(k).reason;
                let counts = &mut file.result.summary.unmatched;
                counts.iter_mut().filter(|row| row.reason == reason).for_each(|row| row.needs -= 1);
                counts.retain(|row| row.needs > 0);
            }));
        }
        for status in ["optimal", "bounded", "not_found", "floors_unmet"] {
            refuse(seed, &file, "the status", |file| file.result.status = status.into());
        }
    }
    assert!(n_pins > 50 && n_needs > 500, "{n_pins}, {n_needs}");
}

#[test]
fn the_floors_of_quotas_are_met_where_anything_is_decided() {
    let mut n_changes = 0;
    for (seed, file) in files(decisions_with_quotas(0..240)) {
        let is_decided = matches!(&*file.result.status, "optimal" | "bounded");
        // A quota for each household asks for nothing where there is none.
        let may_ask = |row: &form::Quota| is_decided && row.needs > 0;
        for (k, row) in file.result.quotas.iter().flatten().enumerate().filter(|(_, row)| may_ask(row)) {
            n_changes += u32::from(refuse(seed, &file, "a floor that is not met", |file| {
                // At no price it is no part of the bound.
                file.network.quotas.as_mut().unwrap().floor[k] = row.served + 1;
                file.result.quotas.as_mut().unwrap()[k].floor = row.served + 1;
            }));
        }
    }
    assert!(n_changes > 100, "{n_changes} changes");
}

#[test]
fn used_places_and_totals_are_added_up() {
    let mut n_changes = 0;
    for (seed, file) in files(all_decisions(0..60)) {
        for k in 0..file.result.capacity.len() {
            for step in [1, u64::MAX] {
                n_changes += u32::from(refuse(seed, &file, "used places", |file| {
                    let used = &mut file.result.capacity[k].used;
                    *used = used.wrapping_add(step);
                }));
            }
        }
        for k in 0..6 {
            n_changes += u32::from(refuse(seed, &file, "a total", |file| {
                let result = &mut file.result;
                let pair = [&mut result.total, &mut result.bound, &mut result.gap].into_iter().nth(k / 2).unwrap();
                let part = if k % 2 == 0 { &mut pair.tier } else { &mut pair.score };
                *part += 1;
            }));
        }
    }
    assert!(n_changes > 500, "{n_changes} changes");
}

#[test]
fn a_pin_is_counted_once() {
    let mut n_changes = 0;
    for (seed, file) in files(all_decisions(0..400)) {
        for k in 0..file.network.needs.pinned.len() {
            n_changes += u32::from(refuse(seed, &file, "a pin twice", |file| {
                let pinned = &mut file.network.needs.pinned;
                pinned.insert(k, pinned[k]);
                file.result.summary.pinned += u64::from(file.result.summary.pinned > 0);
            }));
        }
    }
    assert!(n_changes > 20, "{n_changes} changes");
}

#[test]
fn a_mean_of_a_half_goes_to_the_even_number() {
    let (mut right, mut wrong) = (0, 0);
    for (seed, file) in files(all_decisions(0..60)) {
        for k in 0..file.result.assignments.len() {
            let score = file.result.assignments[k].score;
            // Criteria that are all alike have themselves as their mean, and these two count 50 and 100 thousandths.
            for (waiting, preference) in
                [(10, 0), (-10, 0), (0, 5), (9, 0), (-9, 0), (11, 0), (-11, 0), (30, 0), (-30, 0)]
            {
                let mut changed = file.clone();
                for (code, measure) in &mut changed.result.assignments[k].criteria.0 {
                    *measure = score
                        + match &**code {
                            "waiting" => waiting,
                            "preference" => preference,
                            _ => 0,
                        };
                }
                let thousandths: i64 = 50 * waiting + 100 * preference;
                let is_right = thousandths.abs() < 500 || (thousandths.abs() == 500 && score % 2 == 0);
                let is_in_range = (30..=1_000_000 - 30).contains(&score);
                if is_in_range {
                    assert_eq!(is_believed(&changed), is_right, "seed {seed}: {score}, {waiting}, {preference}");
                    (right, wrong) = (right + u32::from(is_right), wrong + u32::from(!is_right));
                }
            }
        }
    }
    assert!(right > 100 && wrong > 100, "{right}, {wrong}");
}

#[test]
fn prices_are_small_enough_to_be_added_up() {
    let mut n_changes = 0;
    for (seed, file) in files(all_decisions(0..60)) {
        if file.result.certificate.is_some() {
            continue;
        }
        for k in (0..file.result.capacity.len()).filter(|&k| file.result.capacity[k].places.is_some()) {
            let fault = |tier: i64, score: i64| {
                let mut changed = file.clone();
                changed.result.capacity[k].price = form::Pair { tier, score };
                verify::decision::check(&changed).unwrap_err()
            };
            let too_large = DecisionFault::wrong(format!("result.capacity[{k}].price"));
            for (tier, score) in [(1 << 53, 0), (1, 1 << 53), (1, -(1 << 53)), (i64::MAX, i64::MIN)] {
                assert_eq!(fault(tier, score), too_large, "seed {seed}");
            }
            // One less can be added up, and proves nothing.
            assert_ne!(fault((1 << 53) - 1, 1 - (1 << 53)), too_large, "seed {seed}");
            n_changes += 1;
        }
    }
    assert!(n_changes > 50, "{n_changes} changes");
}
