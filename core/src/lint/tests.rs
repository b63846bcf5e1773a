//! Each finding is there where it should be, nothing is found in the default policy, and what is said is true.

use std::collections::BTreeSet;

use super::*;
use crate::candidate::{RuleId, failed_rules};
use crate::error::Language;
use crate::matching::Status;
use crate::model::NeedId;
use crate::sample;
use crate::score::{Criterion, criteria_of};
use crate::testing::Town;

fn of_policy(text: &str) -> Vec<Finding> {
    lint_policy(&Policy::from_toml(&format!("version = \"ours\"\nseed = \"ours\"\n{text}")).unwrap())
}

fn has(found: &[Finding], lint: Lint, key: &str) -> bool {
    found.iter().any(|own| own.lint == lint && own.key == key)
}

#[test]
fn the_default_policy_is_clean_but_for_its_seed() {
    assert_eq!(of_policy(""), []);
    let found = lint_policy(&Policy::default());
    assert_eq!(found.iter().map(|own| own.lint).collect::<Vec<_>>(), [Lint::DefaultSeed]);
    let renamed = Policy::from_toml("objective = \"score\"").unwrap();
    assert!(has(&lint_policy(&renamed), Lint::DefaultName, "version"));
}

#[test]
fn a_policy_alone_tells_of_each_of_these() {
    for (text, lint, key) in [
        ("valid_until = 2025-12-31", Lint::NotInForce, "evaluation_date"),
        (
            "[criteria]\npreference = 600\ncontinuity = 0\ntravel_time = 100\nqualification = 50\ndomain_competence = 100",
            Lint::WeightDecides,
            "criteria.preference",
        ),
        ("[travel]\nmax_minutes = 0", Lint::WeightWithoutEffect, "criteria.travel_time"),
        (
            "[services.visit]\nany_of = []\ndirect = false\n[services.case_work]\nred = []",
            Lint::ServiceByNobody,
            "services.visit.blue",
        ),
        (
            "[usual_service]\nmental_health = \"psych_treatment\"",
            Lint::UsualServiceReferred,
            "usual_service.mental_health",
        ),
        ("[travel.rural]\nfixed_minutes = 61", Lint::OutOfReach, "travel.rural.fixed_minutes"),
        ("[candidates]\nper_need = 8\nprove_all_pairs = false", Lint::NotProven, "candidates.prove_all_pairs"),
        ("[candidates]\nprove_all_pairs = false", Lint::KeyWithoutEffect, "candidates.prove_all_pairs"),
        ("[rules]\nH10 = false", Lint::RuleOff, "rules.H10"),
        ("[rules]\nH10 = false", Lint::KeyWithoutEffect, "assessment.separate_domains"),
        ("[minors]\nadult_groups = [\"child\"]", Lint::KeyWithoutEffect, "minors.adult_groups"),
    ] {
        let found = of_policy(text);
        assert!(has(&found, lint, key), "{text}: {found:?}");
    }
    // Half of a weight more than the rest, but in steps of a third: it does not decide.
    let competent = "[criteria]\ndomain_competence = 700\nqualification = 0\ntravel_time = 0\ncontinuity = 0";
    assert!(
        !of_policy(&format!("{competent}\nwaiting = 150\npreference = 50"))
            .iter()
            .any(|own| own.lint == Lint::WeightDecides)
    );
    let by_organizations = "[services.visit]\nany_of = []";
    assert!(!has(&of_policy(by_organizations), Lint::ServiceByNobody, "services.visit.green"));
    assert!(!has(&of_policy("[travel.rural]\nfixed_minutes = 60"), Lint::OutOfReach, "travel.rural.fixed_minutes"));
}

#[test]
fn a_service_told_to_be_by_nobody_has_no_candidate() {
    let policy = "[services.visit]\nany_of = []\ndirect = false";
    assert!(has(&of_policy(policy), Lint::ServiceByNobody, "services.visit.green"));
    for held in ["volunteer", "", "nurse", "sw_senior"] {
        let mut town = Town::of_one(&[], &[("qualifications", held)], &[]);
        town.policy = policy.to_owned();
        let problem = town.problem();
        assert!((0..2).all(|node| !failed_rules(&problem, NeedId::new(0), node).is_empty()), "{held}");
    }
}

#[test]
fn tables_tell_of_rules_that_keep_everybody_away() {
    let found = |town: &Town| lint_problem(&town.problem(), &Options::default()).unwrap();
    let mut town = Town::of_one(&[("consent", "")], &[], &[]);
    assert!(has(&found(&town), Lint::RuleBlocksEveryone, "rules.H12"));
    town.need("m", &[]);
    let some = found(&town);
    assert!(has(&some, Lint::RuleBlocksSome, "rules.H12") && !has(&some, Lint::RuleBlocksEveryone, "rules.H12"));
    let own = some.iter().find(|own| own.lint == Lint::RuleBlocksSome).unwrap();
    assert_eq!((own.id.as_deref(), own.found, own.of), (Some("elderly_care"), Some(1), Some(2)));
    town.need("k", &[("domain", "mental_health")]);
    let more = found(&town);
    let nobody = more.iter().find(|own| own.key == "rules.D01").unwrap();
    assert_eq!((nobody.lint, nobody.id.as_deref()), (Lint::RuleBlocksEveryone, Some("mental_health")));
    let elsewhere = Town::of_one(&[], &[], &[("service_area", "140524")]);
    assert!(has(&found(&elsewhere), Lint::RuleBlocksEveryone, "rules.H14"));
}

#[test]
fn tables_tell_of_a_scope_that_nobody_is_in() {
    let found = |town: &Town| lint_problem(&town.problem(), &Options::default()).unwrap();
    let mut town = Town::of_one(&[], &[], &[]);
    town.policy = "scope = \"pilot\"".to_owned();
    let own = found(&town).into_iter().find(|own| own.lint == Lint::ScopeWithoutNeeds).unwrap();
    assert_eq!((&*own.key, own.found, own.of), ("scope", Some(0), Some(1)));
    town.communities.add(&[("community", "140502001003"), ("pilot", "true")], &[]);
    town.need("m", &[("community", "140502001003")]);
    assert!(!has(&found(&town), Lint::ScopeWithoutNeeds, "scope"));
    town.policy.clear();
    assert!(!has(&found(&town), Lint::ScopeWithoutNeeds, "scope"));
}

#[test]
fn tables_tell_of_floors_above_what_exists() {
    let mut town = Town::of_one(&[], &[("caseload_min", "2")], &[]);
    let found = lint_problem(&town.problem(), &Options::default()).unwrap();
    let own = found.iter().find(|own| own.lint == Lint::FloorAboveNeeds && own.id.as_deref() == Some("w")).unwrap();
    assert_eq!((&*own.key, own.found, own.of), ("workers.caseload_min", Some(1), Some(2)));
    town.need("m", &[]);
    assert!(
        !lint_problem(&town.problem(), &Options::default())
            .unwrap()
            .iter()
            .any(|own| own.lint == Lint::FloorAboveNeeds)
    );
    for k in 0..2 {
        town.worker(&format!("w{k}"), &[("caseload_min", "1")]);
        town.need(&format!("m{k}"), &[]);
    }
    let found = lint_problem(&town.problem(), &Options::default()).unwrap();
    let own = found.iter().find(|own| own.lint == Lint::FloorsAboveCap).unwrap();
    assert_eq!(
        (&*own.key, own.id.as_deref(), own.found, own.of),
        ("organizations.capacity_max", Some("o"), Some(3), Some(4))
    );
}

/// What is said of floors and quotas on random problems holds of every run: an error means that nobody is served.
#[test]
fn what_the_linter_calls_an_error_no_run_can_meet() {
    let mut seen = BTreeSet::new();
    for seed in 0..300 {
        let (tables, policy) =
            if seed % 2 == 0 { sample::input_with_floors(seed) } else { sample::input_with_quotas(seed) };
        let Ok(problem) = Problem::new(&tables, policy) else { continue };
        let Ok(matching) = crate::solve(&problem, &Options::default()) else { continue };
        let found = lint_problem(&problem, &Options::default()).unwrap();
        for own in &found {
            seen.insert(own.lint);
            if own.lint.severity() == Severity::Error {
                let nobody = [Status::FloorsUnmet, Status::NotFound];
                assert!(nobody.contains(&matching.status()), "seed {seed}: {own:?}");
            }
            if own.lint == Lint::QuotaCrosses {
                assert!(problem.quotas().len() > 1, "seed {seed}");
            }
        }
    }
    for lint in
        [Lint::FloorAboveNeeds, Lint::FloorsAboveCap, Lint::QuotaAboveNeeds, Lint::QuotaCrosses, Lint::QuotaNeverBinds]
    {
        assert!(seen.contains(&lint), "{lint:?} never came up");
    }
}

/// Rules and weights by looking at every pair one by one.
#[test]
fn rules_and_weights_are_what_every_pair_says() {
    let mut n_found = 0;
    for seed in 0..150 {
        let Ok(problem) = sample::problem(seed) else { continue };
        let found = lint_problem(&problem, &Options { threads: Some(1), ..Options::default() }).unwrap();
        let n_providers = (problem.workers().len() + problem.organizations().len()) as u32;
        let pairs: Vec<(NeedId, u32)> = (0..problem.needs().len())
            .map(NeedId::new)
            .flat_map(|need| (0..n_providers).map(move |node| (need, node)))
            .collect();
        let candidates = crate::candidate::find(&problem, &Control::new()).unwrap();
        for &criterion in Criterion::ALL {
            let of = |&(need, node): &(NeedId, u32)| criteria_of(&problem, need, node)[criterion as usize];
            let is_candidate = |&&(need, node): &&(NeedId, u32)| candidates.row(need).contains(&node);
            let values: BTreeSet<i32> = pairs.iter().filter(is_candidate).map(of).collect();
            let key = format!("criteria.{}", criterion.code());
            assert_eq!(has(&found, Lint::WeightWithoutEffect, &key), values.len() == 1, "seed {seed}: {key}");
        }
        for own in found.iter().filter(|own| own.lint == Lint::RuleBlocksSome || own.lint == Lint::RuleBlocksEveryone) {
            n_found += 1;
            let rule = RuleId::from_code(own.key.strip_prefix("rules.").unwrap()).unwrap();
            let is_kept_away = |need: usize| {
                let failed = (0..n_providers).map(|node| failed_rules(&problem, NeedId::new(need), node));
                let in_area = failed.filter(|failed| match rule {
                    RuleId::D01 => true,
                    RuleId::H14 => !failed.contains(RuleId::D01),
                    _ => !failed.contains(RuleId::D01) && !failed.contains(RuleId::H14),
                });
                let mut in_area = in_area.peekable();
                in_area.peek().is_some() && in_area.all(|failed| failed.contains(rule))
            };
            let is_meant = |need: usize| {
                let row = &problem.needs()[need];
                row.pinned_worker.is_none()
                    && candidates.not_optimised(NeedId::new(need)).is_none()
                    && own.id.as_deref().is_none_or(|domain| domain == row.domain.code())
            };
            let kept_away = (0..problem.needs().len()).filter(|&need| is_meant(need) && is_kept_away(need)).count();
            assert_eq!(own.found, Some(kept_away as u64), "seed {seed}: {own:?}");
        }
    }
    assert!(n_found > 100, "{n_found}");
}

#[test]
fn every_kind_has_its_name_and_two_sentences() {
    let names: BTreeSet<&str> = Lint::ALL.iter().map(|lint| lint.code()).collect();
    assert_eq!(names.len(), Lint::ALL.len());
    for &lint in Lint::ALL {
        let finding = Finding::new(lint, "some.key").about("x1").numbers(3, 7);
        let (english, chinese) = (finding.text(Language::English), finding.text(Language::Chinese));
        assert!(english.contains("some.key") && english.ends_with('.'), "{english}");
        assert!(chinese.contains("some.key") && chinese.ends_with('。'), "{chinese}");
    }
    let table = report(&of_policy("[rules]\nH10 = false")).facts;
    assert_eq!(table.n_rows(), 2);
    assert_eq!(table.columns().len(), 8);
}
