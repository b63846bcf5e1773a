//! Contributions against the definition, by every order; and differences, carried out.

use std::collections::BTreeMap;

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::amendment::between;
use super::attribution::over_all_orders;
use super::mixture::mixture;
use super::*;
use crate::error::{Error, FaultCode, Language};
use crate::matching::{Matching, Tier};
use crate::options::Options;
use crate::pipeline::solve;
use crate::table::{Column, Table, Texts};
use crate::{Problem, sample};

const ONE_THREAD: Options<'_> = Options { threads: Some(1), control: None, ties: crate::Ties::Canonical, engine: None };

/// What may be amended: rules, weights, ways, scales, services, the day, the seed, what is best.
const CHANGES: [&str; 12] = [
    "rules.H14 = false",
    "rules.T01 = false",
    "rules.H01 = false",
    "criteria = { travel_time = 100, continuity = 300 }",
    "criteria = { waiting = 300, domain_competence = 0, languages = 0 }",
    "travel.max_minutes = 25",
    "objective = 'coverage_then_score'",
    "objective = 'score'",
    "risk_scales.ltc = { blue = ['1', '2'], yellow = [] }",
    "services.visit = { any_of = ['sw_certified'], red = ['sw_senior'] }",
    // One amendment: the day alone, or the days of validity alone, would give no problem.
    "evaluation_date = 2027-03-01\nvalid_from = 2027-01-01\nvalid_until = 2027-12-31",
    "volunteers.max_risk = 'green'",
];

fn policy_with(changes: &[&str]) -> Option<Policy> {
    let root: toml::Table = "travel = { max_minutes = 1000 }".parse().unwrap();
    let mut merged = root;
    for change in changes {
        for (key, value) in change.parse::<toml::Table>().unwrap() {
            match (merged.get_mut(&key), value) {
                (Some(toml::Value::Table(own)), toml::Value::Table(more)) => own.extend(more),
                (_, value) => drop(merged.insert(key, value)),
            }
        }
    }
    Policy::from_toml(&merged.to_string()).ok()
}

/// The tables of a sample in which nobody is pinned, so that no rule can break a pin.
fn unpinned(seed: u64) -> Tables {
    let (tables, _) = sample::input(seed);
    let columns = tables.needs.columns().iter().filter(|(name, _)| name != "pinned_worker");
    let needs = columns.fold(Table::new(), |table, (name, column)| table.with(name, column.clone()));
    Tables { needs, ..tables }
}

/// Some of the changes that the seed picks.
fn picked(seed: u64, n: usize) -> Vec<&'static str> {
    let start = seed as usize % CHANGES.len();
    let step = [1, 5, 7, 11][seed as usize / CHANGES.len() % 4];
    (0..n).map(|k| CHANGES[(start + k * step) % CHANGES.len()]).collect()
}

fn run(tables: &Tables, policy: &Policy) -> Option<Matching> {
    solve(&Problem::new(tables, policy.clone()).ok()?, &ONE_THREAD).ok()
}

fn served(matching: &Matching) -> [i128; 4] {
    Tier::ALL.map(|tier| matching.assignments().iter().filter(|own| own.tier == tier).count() as i128)
}

/// Contributions by the definition: each order run from its first amendment to its last.
fn by_every_order(before: Input<'_>, after: Input<'_>, amendments: &[Amendment]) -> Vec<[i128; 6]> {
    let mut sums = vec![[0; 6]; amendments.len()];
    let mut known: BTreeMap<Vec<usize>, [i128; 6]> = BTreeMap::new();
    let mut value = |made: &[usize]| {
        let mut key = made.to_vec();
        key.sort_unstable();
        *known.entry(key).or_insert_with_key(|key| {
            let (tables, policy) = mixture(before, after, key.iter().map(|&k| &amendments[k])).unwrap();
            let matching = run(&tables, &policy).unwrap();
            let [a, b, c, d] = served(&matching);
            [a, b, c, d, matching.total().tier, matching.total().score]
        })
    };
    let mut orders = vec![Vec::new()];
    for _ in 0..amendments.len() {
        let longer = |order: &Vec<usize>| {
            let free = (0..amendments.len()).filter(|k| !order.contains(k)).collect::<Vec<_>>();
            free.into_iter().map(|k| order.iter().copied().chain([k]).collect::<Vec<_>>()).collect::<Vec<_>>()
        };
        orders = orders.iter().flat_map(longer).collect();
    }
    for order in &orders {
        for k in 0..order.len() {
            let (less, more) = (value(&order[..k]), value(&order[..=k]));
            (0..6).for_each(|part| sums[order[k]][part] += more[part] - less[part]);
        }
    }
    sums
}

#[test]
fn contributions_are_the_mean_over_every_order_and_add_up() {
    let (mut compared, mut n_served, mut n_shares) = (0, 0, 0);
    for seed in 0..160 {
        let (tables, _) = sample::input(seed);
        let (Some(old), Some(new)) = (policy_with(&[]), policy_with(&picked(seed, 2))) else { continue };
        let (before, after) = (Input { tables: &tables, policy: &old }, Input { tables: &tables, policy: &new });
        let settings = AttributionSettings::default();
        let Ok(found) = attribute(before, after, &settings, &ONE_THREAD) else { continue };
        let n = found.amendments.len();
        assert_eq!((found.denominator, found.orders), ((1..=n as u64).product(), None));
        if n <= 5 {
            let expected = by_every_order(before, after, &found.amendments);
            for (own, expected) in found.contributions.iter().zip(expected) {
                let [a, b, c, d] = own.served;
                assert_eq!([a, b, c, d, own.total.tier, own.total.score], expected, "seed {seed}");
            }
        }
        add_up(&found, &run(&tables, &old).unwrap(), &run(&tables, &new).unwrap());
        compared += 1;
        n_served += usize::from(found.whole.served != [0; 4]);
        n_shares += found.needs.len();
    }
    assert!(compared > 80 && n_served > 20 && n_shares > 60, "{compared}, {n_served}, {n_shares}");
}

/// Contributions sum to the difference, and shares of each need to 1.
fn add_up(found: &Attribution, first: &Matching, last: &Matching) {
    let denominator = i128::from(found.denominator);
    for tier in 0..4 {
        let sum: i128 = found.contributions.iter().map(|own| own.served[tier]).sum();
        assert_eq!(sum, denominator * (served(last)[tier] - served(first)[tier]));
        assert_eq!(sum, denominator * found.whole.served[tier]);
    }
    let sum: i128 = found.contributions.iter().map(|own| own.total.score).sum();
    assert_eq!(sum, denominator * (last.total().score - first.total().score));
    for need in &found.needs {
        assert_eq!(need.shares.iter().sum::<i128>(), denominator, "{}", need.need.need_id);
    }
}

#[test]
fn what_changes_nothing_contributes_nothing_and_the_way_back_is_the_negative() {
    let mut n_compared = 0;
    for seed in 0..60 {
        let tables = unpinned(seed);
        // No need of the sample has a raw grade.
        let idle = "risk_scales.phq9 = { green = ['0-9'], blue = [] }";
        let (old, new) = (policy_with(&[]).unwrap(), policy_with(&[idle, CHANGES[0], CHANGES[5]]).unwrap());
        let (before, after) = (Input { tables: &tables, policy: &old }, Input { tables: &tables, policy: &new });
        let settings = AttributionSettings::default();
        let Ok(there) = attribute(before, after, &settings, &ONE_THREAD) else { continue };
        let back = attribute(after, before, &settings, &ONE_THREAD).unwrap();
        for (k, (own, other)) in there.contributions.iter().zip(&back.contributions).enumerate() {
            if there.amendments[k].name == "risk_scales.phq9" {
                assert_eq!(*own, Contribution::default(), "seed {seed}");
                assert!(there.needs.iter().all(|need| need.shares[k] == 0));
            }
            let negative = (other.served.map(|n| -n), -other.total.tier, -other.total.score);
            assert_eq!((own.served, own.total.tier, own.total.score), negative, "seed {seed}");
        }
        n_compared += usize::from(there.whole != Contribution::default());
    }
    assert!(n_compared > 15, "{n_compared}");
}

#[test]
fn players_of_a_game_get_what_the_theory_says() {
    for n in 1..=MAX_EXACT {
        let mut random = Pcg64Mcg::seed_from_u64(n as u64);
        let own: Vec<i128> = (0..n).map(|_| random.random_range(-50..50)).collect();
        // First a game in which everybody adds their own, then one in which the first two count only together and the last
        // counts for nothing, then one of pairs drawn at random.
        let pair = |a: usize, b: usize| i128::from((a * 7 + b * 13 + n) as u32 % 11) - 5;
        let mut value = |made: u64| {
            let is_in = |k: &usize| made >> k & 1 == 1;
            let members: Vec<usize> = (0..n).filter(is_in).collect();
            let both = i128::from(made & 3 == 3);
            let pairs = members.iter().flat_map(|&a| members.iter().map(move |&b| if a < b { pair(a, b) } else { 0 }));
            Ok(vec![members.iter().map(|&k| own[k]).sum(), 12 * both, pairs.sum()])
        };
        let (sums, orders) = over_all_orders(n, &mut value).unwrap();
        let orders = i128::from(orders);
        for (k, sum) in sums.iter().enumerate() {
            assert_eq!(sum[0], orders * own[k]);
            assert_eq!(sum[1], if k < 2 && n > 1 { orders * 6 } else { 0 });
            let others = (0..n).filter(|&b| b != k).map(|b| pair(k.min(b), k.max(b))).sum::<i128>();
            assert_eq!(2 * sum[2], orders * others);
        }
    }
}

#[test]
fn amendments_that_need_each_other_are_refused_one_by_one_and_taken_together() {
    let (tables, policy) = sample::input(3);
    let none = |table: &Table| {
        let empty = |table: Table, (name, _): &(String, Column)| table.with(name, Column::Text(Texts::new()));
        table.columns().iter().fold(Table::new(), empty)
    };
    let empty = Tables { needs: none(&tables.needs), workers: none(&tables.workers), ..tables.clone() };
    let (before, after) = (Input { tables: &empty, policy: &policy }, Input { tables: &tables, policy: &policy });
    // Needs name workers, so the needs alone are no right input.
    let found = attribute(before, after, &AttributionSettings::default(), &ONE_THREAD);
    let Err(Error::Input(error)) = found else { panic!("needs without their workers are faulty") };
    assert_eq!(error.faults()[0].code, FaultCode::NotMixed);
    assert!(error.n_faults() > 1 && error.message(Language::English).contains("made were only tables.needs"));

    let together = AttributionSettings { together: vec!["tables".to_owned()], ..AttributionSettings::default() };
    let found = attribute(before, after, &together, &ONE_THREAD).unwrap();
    assert_eq!((found.amendments.len(), &*found.amendments[0].name), (1, "tables"));
    assert_eq!(found.contributions[0], found.whole);
    assert_eq!(found.difference.count(NeedChange::New), tables.needs.n_rows());
    assert_eq!(found.amendments[0].parts[0].before.as_deref(), Some("0 rows"));
}

#[test]
fn all_amendments_made_give_the_second_input() {
    for seed in 0..48 {
        let (tables, _) = sample::input(seed);
        let Some(new) = policy_with(&picked(seed, 5)) else { continue };
        let old = policy_with(&picked(seed + 17, 3)).unwrap_or_default();
        let (before, after) = (Input { tables: &tables, policy: &old }, Input { tables: &tables, policy: &new });
        let amendments = between(before, after, &[]);
        let (made, policy) = mixture(before, after, amendments.iter()).unwrap();
        assert_eq!((&made, &policy), (&tables, &new), "seed {seed}");
        let (none, policy) = mixture(before, after, std::iter::empty()).unwrap();
        assert_eq!((&none, &policy), (&tables, &old), "seed {seed}");
        assert!(between(before, before, &[]).is_empty());
    }
}

#[test]
fn a_difference_carried_out_turns_one_matching_into_the_other() {
    let mut seen = BTreeMap::new();
    for seed in 0..200 {
        let (tables, _) = sample::input(seed);
        let (other, _) = sample::input(seed + (seed % 3) * 1000);
        let Some(new) = policy_with(&picked(seed, 3)) else { continue };
        let (Some(first), Some(last)) = (run(&tables, &policy_with(&[]).unwrap()), run(&other, &new)) else { continue };
        let of = |matching: &Matching| {
            let by = |own: &crate::matching::Assignment| {
                let worker = own.worker.map(|worker| matching.worker_id(worker).to_owned());
                (matching.need_id(own.need).to_owned(), (matching.organization_id(own.organization).to_owned(), worker))
            };
            matching.assignments().iter().map(by).collect::<BTreeMap<_, _>>()
        };
        let difference = compare(&first, &last);
        let mut turned = of(&first);
        for need in &difference.needs {
            let own = |by: &ServedBy| (by.organization_id.clone(), by.worker_id.clone());
            assert_eq!(turned.remove(&need.need_id), need.before.as_ref().map(own), "seed {seed}");
            need.after.as_ref().map(|by| turned.insert(need.need_id.clone(), own(by)));
            *seen.entry(need.change.code()).or_insert(0) += 1;
            for language in [Language::English, Language::Chinese] {
                assert!(need.text(language).contains(&need.need_id));
            }
        }
        assert_eq!(turned, of(&last), "seed {seed}");
        let n: usize = NeedChange::ALL.into_iter().map(|change| difference.count(change)).sum();
        assert_eq!((n, difference.report().facts.n_rows()), (difference.needs.len(), n));
    }
    assert_eq!(seen.len(), 7, "{seen:?}");
}

#[test]
fn beyond_eight_amendments_orders_are_drawn_and_still_add_up() {
    let tables = unpinned(7);
    let (old, new) = (policy_with(&[]).unwrap(), policy_with(&CHANGES[..6]).unwrap());
    let (before, after) = (Input { tables: &tables, policy: &old }, Input { tables: &tables, policy: &new });
    let drawn = |orders, seed: &str| {
        let old = Policy::from_toml(&old.to_toml().replace("\"needmatch\"", &format!("{seed:?}"))).unwrap();
        let new = Policy::from_toml(&new.to_toml().replace("\"needmatch\"", &format!("{seed:?}"))).unwrap();
        let settings = AttributionSettings { orders, ..AttributionSettings::default() };
        let (before, after) = (Input { tables: &tables, policy: &old }, Input { tables: &tables, policy: &new });
        let found = attribute(before, after, &settings, &ONE_THREAD).unwrap();
        add_up(&found, &run(&tables, &old).unwrap(), &run(&tables, &new).unwrap());
        assert_eq!((found.denominator, found.orders), (orders.into(), Some(orders)));
        found
    };
    let found = drawn(7, "needmatch");
    assert!(found.amendments.len() > MAX_EXACT && found.runs <= 7 * found.amendments.len() as u64 + 2);
    assert_eq!(found, drawn(7, "needmatch"));
    assert_ne!(found.contributions, drawn(7, "another").contributions);

    let none = AttributionSettings { orders: 0, ..AttributionSettings::default() };
    assert!(matches!(attribute(before, after, &none, &ONE_THREAD), Err(Error::Input(_))));
    // Taken together, fewer are exact.
    let together = vec!["criteria".to_owned(), "rules".to_owned()];
    let settings = AttributionSettings { together, ..AttributionSettings::default() };
    let found = attribute(before, after, &settings, &ONE_THREAD).unwrap();
    let names: Vec<&str> = found.amendments.iter().map(|own| &*own.name).collect();
    assert_eq!((names, found.orders), (vec!["criteria", "rules", "travel.max_minutes"], None));
}

#[test]
fn tables_and_sentences_tell_what_was_found() {
    let tables = unpinned(5);
    let (old, new) = (policy_with(&[]).unwrap(), policy_with(&[CHANGES[5], CHANGES[0]]).unwrap());
    let (before, after) = (Input { tables: &tables, policy: &old }, Input { tables: &tables, policy: &new });
    let found = attribute(before, after, &AttributionSettings::default(), &ONE_THREAD).unwrap();
    let report = found.report();
    assert_eq!(report.facts.n_rows(), found.amendments.len());
    let n_shares = found.needs.iter().flat_map(|need| &need.shares).filter(|&&share| share != 0).count();
    assert_eq!(report.others.n_rows(), n_shares);
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
    assert_eq!(json["facts"][1]["amendment"], "travel.max_minutes");
    assert_eq!((&json["facts"][1]["before"], &json["facts"][1]["after"]), (&"1000".into(), &"25".into()));
    assert!(json["facts"][0]["text"].as_str().unwrap().starts_with("rules.H14: "), "{json}");
    assert_eq!(json["chain"].as_array().map(Vec::len), Some(0));
}
