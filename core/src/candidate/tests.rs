//! The search against the rules themselves, and what it promises besides.

use proptest::prelude::*;

use super::*;
use crate::control::{Control, Stage};
use crate::error::{Error, FaultCode, TableName};
use crate::pool;
use crate::testing::{HERE, Town, need, provider};

/// What [`find`] must give: every pair that fails no rule, of needs that take part.
fn by_the_rules(problem: &Problem) -> Vec<Vec<u32>> {
    let row = |need: usize| {
        let (row, id) = (&problem.needs()[need], NeedId::new(need));
        if row.automated_decision_refused {
            return Vec::new();
        }
        (0..n_providers(problem) as u32).filter(|&node| failed_rules(problem, id, node).is_empty()).collect()
    };
    (0..problem.needs().len()).map(row).collect()
}

fn rows(candidates: &Candidates) -> Vec<Vec<u32>> {
    candidates.indptr().windows(2).map(|row| candidates.provider()[row[0]..row[1]].to_vec()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn exactly_the_pairs_that_fail_no_rule_are_found(seed: u64) {
        let problem = Town::random(seed, 40, 30).problem();
        prop_assert_eq!(rows(&find(&problem, &Control::new()).unwrap()), by_the_rules(&problem));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(15))]

    /// So many workers that cells have trees.
    #[test]
    fn trees_lose_nobody(seed: u64) {
        let problem = Town::random(seed, 30, 1500).problem();
        prop_assert_eq!(rows(&find(&problem, &Control::new()).unwrap()), by_the_rules(&problem));
    }

    #[test]
    fn blockers_are_counted_as_the_rules_say(seed: u64) {
        let problem = Town::random(seed, 30, 300).problem();
        let needs: Vec<NeedId> = (0..problem.needs().len()).map(NeedId::new).collect();
        let counts = blockers_of(&problem, &needs, &Control::new()).unwrap();
        for (&need, counts) in needs.iter().zip(counts) {
            let failed: Vec<RuleSet> =
                (0..n_providers(&problem) as u32).map(|node| failed_rules(&problem, need, node)).collect();
            let serves = |failed: &&RuleSet| !failed.contains(RuleId::D01) && !failed.contains(RuleId::H14);
            let in_area: Vec<&RuleSet> = failed.iter().filter(serves).collect();
            prop_assert_eq!(counts.n_providers as usize, in_area.len());
            for &rule in RuleId::ALL {
                let fail = in_area.iter().filter(|failed| failed.contains(rule)).count();
                let alone = in_area.iter().filter(|failed| failed.contains(rule) && failed.len() == 1).count();
                prop_assert_eq!((counts.failed(rule) as usize, counts.failed_alone(rule) as usize), (fail, alone));
            }
            prop_assert_eq!(blockers(&problem, need), counts);
        }
    }
}

#[test]
fn the_random_towns_have_pairs_of_both_kinds() {
    let (mut passed, mut failed) = (0, RuleSet::EMPTY);
    for seed in 0..100 {
        let problem = Town::random(seed, 40, 30).problem();
        passed += find(&problem, &Control::new()).unwrap().len();
        for need in 0..40 {
            let of = |node| failed_rules(&problem, NeedId::new(need), node);
            failed = (0..n_providers(&problem) as u32).map(of).fold(failed, RuleSet::union);
        }
    }
    assert!(passed > 1000, "{passed}");
    assert_eq!(failed, RuleSet::ALL, "every rule fails somewhere");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let problem = Town::random(7, 2000, 40).problem();
    let found = |threads| pool::run(Some(threads), || find(&problem, &Control::new())).unwrap();
    let one = found(1);
    assert!(!one.is_empty());
    assert_eq!(found(2), one);
    assert_eq!(found(5), one);
}

#[test]
fn needs_that_take_no_part_have_no_candidates_and_a_reason() {
    for (service, refused, reason) in [
        ("psych_treatment", "true", NotOptimised::ReferMedical),
        ("law_enforcement", "true", NotOptimised::LawEnforcement),
        ("visit", "true", NotOptimised::HumanOnly),
    ] {
        let need = [("service_type", service), ("automated_decision_refused", refused)];
        let problem = Town::of_one(&need, &[], &[]).problem();
        let candidates = find(&problem, &Control::new()).unwrap();
        assert_eq!(candidates.not_optimised(NeedId::new(0)), Some(reason));
        assert!(candidates.row(NeedId::new(0)).is_empty());
    }
    let problem = Town::of_one(&[("automated_decision_refused", "")], &[], &[]).problem();
    let candidates = find(&problem, &Control::new()).unwrap();
    assert_eq!((candidates.not_optimised(NeedId::new(0)), candidates.len()), (None, 2));
}

#[test]
fn outside_the_scope_only_what_a_person_decided_takes_part() {
    for (community, pinned, refused, emergencies, reason) in [
        ("140502001003", "", "", "", None),
        ("140502001003", "", "true", "", Some(NotOptimised::HumanOnly)),
        (HERE, "", "", "", Some(NotOptimised::OutOfScope)),
        (HERE, "", "true", "", Some(NotOptimised::OutOfScope)),
        (HERE, "", "", "self_harm", Some(NotOptimised::Immediate)),
        (HERE, "w", "", "", None),
    ] {
        let cells = [
            ("community", community),
            ("pinned_worker", pinned),
            ("automated_decision_refused", refused),
            ("emergencies", emergencies),
        ];
        let mut town = Town::of_one(&cells, &[], &[]);
        town.communities.add(&[("community", "140502001003"), ("pilot", "true")], &[]);
        town.policy = "scope = \"pilot\"".to_owned();
        let candidates = find(&town.problem(), &Control::new()).unwrap();
        assert_eq!(candidates.not_optimised(NeedId::new(0)), reason, "{cells:?}");
        assert_eq!(candidates.row(NeedId::new(0)).is_empty(), reason.is_some(), "{cells:?}");
    }
}

#[test]
fn a_pinned_need_has_its_worker_only() {
    for refused in ["false", "true"] {
        let need_cells = [("pinned_worker", "v"), ("automated_decision_refused", refused)];
        let mut town = Town::of_one(&need_cells, &[], &[]);
        town.worker("v", &[]);
        let problem = town.problem();
        let candidates = find(&problem, &Control::new()).unwrap();
        assert_eq!(candidates.row(need(&problem, "n")), [provider(&problem, "v")]);
        assert_eq!(candidates.not_optimised(need(&problem, "n")), None, "a person has decided");
        assert_eq!(check_pins(&problem), Ok(()));
    }
}

#[test]
fn a_pin_that_breaks_a_rule_is_a_fault_of_its_row() {
    let mut town = Town::of_one(&[], &[], &[]);
    town.need("m", &[("pinned_worker", "w"), ("excluded_workers", "w"), ("consent", "")]);
    let problem = town.problem();
    let error = check_pins(&problem).unwrap_err();
    let [fault] = error.faults() else { panic!("{error}") };
    assert_eq!((fault.table, fault.row, fault.code), (TableName::Needs, Some(1), FaultCode::PinBreaksRule));
    assert!(fault.expected.contains("H09, H12"), "{}", fault.expected);
    assert!(find(&problem, &Control::new()).unwrap().row(need(&problem, "m")).is_empty());
}

#[test]
fn more_pins_than_places_are_a_fault_at_every_level() {
    let pinned = |n_pins, worker: &str, organization: &str, group: &str| {
        let mut town = Town::of_one(
            &[],
            &[("caseload_max", worker), ("caseload_current", "1")],
            &[("capacity_max", organization), ("capacity_current", "1"), ("group_id", "low")],
        );
        town.groups.add(&[("group_id", "low"), ("kind", "other"), ("parent_id", "high")], &[]);
        town.groups.add(&[("group_id", "high"), ("kind", "other"), ("capacity_max", group)], &[]);
        (0..n_pins).for_each(|k| town.need(&format!("m{k}"), &[("pinned_worker", "w")]));
        let faults = check_pins(&town.problem()).map_err(|error| error.faults().to_vec()).err().unwrap_or_default();
        faults.into_iter().map(|fault| (fault.table, fault.row, fault.code)).collect::<Vec<_>>()
    };
    let above = |table, row| (table, Some(row), FaultCode::PinsAboveCapacity);
    assert_eq!(pinned(2, "3", "3", "3"), []);
    assert_eq!(pinned(2, "2", "3", ""), [above(TableName::Workers, 0)]);
    assert_eq!(pinned(2, "3", "2", ""), [above(TableName::Organizations, 0)]);
    assert_eq!(pinned(2, "3", "3", "2"), [above(TableName::Groups, 1)]);
    assert_eq!(pinned(2, "1", "1", "0").len(), 3);
}

#[test]
fn a_run_is_cancelled_and_kept_within_its_budget() {
    let problem = Town::random(3, 600, 40).problem();
    let control = Control::new();
    let candidates = find(&problem, &control).unwrap();
    assert_eq!((control.progress().stage, control.progress().done), (Stage::Candidates, 600));

    // What the beginning needs is asked for before anything is taken, the rest once it is known.
    let mut needed = Vec::new();
    for budget in [1, 10_000_000] {
        control.set_memory_budget(budget);
        match find(&problem, &control) {
            Err(Error::Limit { needed: bytes, allowed, .. }) => {
                assert_eq!(allowed, budget);
                needed.push(bytes);
            }
            found => assert_eq!(found.as_ref(), Ok(&candidates)),
        }
    }
    assert!(needed[0] > 600 * 20, "{needed:?}");
    control.cancel();
    assert_eq!(find(&problem, &control), Err(Error::Cancelled));
}

#[test]
fn an_empty_problem_has_no_candidates() {
    let candidates = find(&Town::empty().problem(), &Control::new()).unwrap();
    assert_eq!((candidates.indptr(), candidates.len()), (&[0][..], 0));
}

#[test]
fn the_cap_of_an_incubating_organization_rises_by_period() {
    let places = |cells: &[crate::testing::Cell<'_>], policy: &str| {
        let incubating = [&[("capacity_max", "8"), ("status", "incubating")], cells].concat();
        let mut town = Town::of_one(&[], &[], &incubating);
        town.policy = policy.to_owned();
        town.problem().organizations()[0].open_places()
    };
    let since = |day| places(&[("incubated_since", day)], "");
    // By the default policy a quarter, a half, three quarters, in periods of 180 days.
    assert_eq!([since("2025-12-01"), since("2025-07-05"), since("2025-07-06"), since("2025-01-01")], [2, 4, 2, 6]);
    assert_eq!(since("2024-01-01"), 8, "the ramp has ended");
    assert_eq!(since(""), 2, "nobody knows since when");
    assert_eq!(since("2026-01-02"), 0, "not begun yet");
    assert_eq!(places(&[("incubated_since", "2025-12-01"), ("capacity_current", "3")], ""), 0, "serves more already");
    assert_eq!(places(&[], "[incubation]\nramp_per_mille = []"), 8);
    assert_eq!(places(&[], "[incubation]\nramp_per_mille = [100, 1000]"), 1, "one place at least");
    assert_eq!(places(&[("status", "filed"), ("incubated_since", "2025-12-01")], ""), 8, "not incubating any more");
}
