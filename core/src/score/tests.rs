//! Each criterion by itself, and the score that they make up.

use proptest::prelude::*;

use super::*;
use crate::candidate::find;
use crate::candidate::n_providers;
use crate::encode::scale::ONE;
use crate::pool;
use crate::testing::{Cell, Town, need, provider};

/// One criterion of the need `n` with a provider of a town of one.
fn of(criterion: Criterion, town: &Town, provider_id: &str) -> i32 {
    let problem = town.problem();
    criteria_of(&problem, need(&problem, "n"), provider(&problem, provider_id))[criterion as usize]
}

fn of_worker(criterion: Criterion, need: &[Cell<'_>], worker: &[Cell<'_>]) -> i32 {
    of(criterion, &Town::of_one(need, worker, &[]), "w")
}

#[test]
fn measures_stand_in_the_order_of_the_criteria() {
    assert!(criteria::ORDER.iter().eq(Criterion::ALL));
}

#[test]
fn domain_competence_is_the_level() {
    let level = |domains| of_worker(Criterion::DomainCompetence, &[], &[("domains", domains)]);
    assert_eq!(level("elderly_care:1"), 333_333);
    assert_eq!(level("elderly_care:2;environment:3"), 666_667);
    assert_eq!(level("elderly_care:3"), ONE);
    let direct = Town::of_one(&[], &[], &[("domains", "elderly_care:2")]);
    assert_eq!(of(Criterion::DomainCompetence, &direct, "o"), 666_667);
}

#[test]
fn qualification_meets_the_severity() {
    let meets = |risk, held| of_worker(Criterion::Qualification, &[("risk", risk)], &[("qualifications", held)]);
    for (risk, by_rank) in [
        ("green", [ONE, ONE, ONE, ONE]),
        ("blue", [500_000, ONE, ONE, ONE]),
        ("yellow", [333_333, 666_667, ONE, ONE]),
        ("red", [250_000, 500_000, 750_000, ONE]),
    ] {
        let held = ["volunteer", "sw_auxiliary", "volunteer;sw_assistant", "sw_certified;sw_assistant"];
        assert_eq!(held.map(|held| meets(risk, held)), by_rank, "{risk}");
        let direct = Town::of_one(&[("risk", risk)], &[], &[]);
        assert_eq!(of(Criterion::Qualification, &direct, "o"), by_rank[1], "an organization has the policy's rank");
    }
    assert_eq!(meets("red", "sw_certified@2025-12-31;sw_assistant"), 750_000, "expired");
    let tutoring = [("risk", "red"), ("service_type", "tutoring")];
    let held = [("qualifications", "nurse;teacher")];
    assert_eq!(of_worker(Criterion::Qualification, &tutoring, &held), 750_000, "a nurse is not asked for");
}

#[test]
fn travel_falls_from_one_to_nothing() {
    let away =
        |lon| of_worker(Criterion::TravelTime, &[("lon", lon), ("lat", "35.5")], &[("max_travel_minutes", "999")]);
    // 5 fixed minutes of 60 on urban roads.
    assert_eq!(away("112.85"), 916_667);
    assert!((380_000..383_000).contains(&away("112.95")), "{}", away("112.95"));
    assert_eq!(away("113.85"), 0);
    let unknown = [("community", "140502001002")];
    assert_eq!(of_worker(Criterion::TravelTime, &unknown, &[]), 500_000, "30 minutes assumed");
}

#[test]
fn continuity_prefers_the_worker_then_the_organization() {
    let continues = |need: &[Cell<'_>], provider| {
        let mut town = Town::of_one(need, &[], &[]);
        town.worker("colleague", &[]);
        town.organization("p", &[]);
        town.worker("stranger", &[("organization_id", "p")]);
        of(Criterion::Continuity, &town, provider)
    };
    let by = |need: &[Cell<'_>]| ["w", "colleague", "o", "stranger", "p"].map(|provider| continues(need, provider));
    let half = ONE / 2;
    assert_eq!(by(&[("current_worker", "w")]), [ONE, half, half, 0, 0]);
    assert_eq!(by(&[("current_worker", "w"), ("current_organization", "o")]), [ONE, half, half, 0, 0]);
    assert_eq!(by(&[("current_organization", "o")]), [half, half, ONE, 0, 0]);
    assert_eq!(by(&[("current_worker", "w"), ("current_organization", "p")]), [ONE, 0, 0, half, half]);
    assert_eq!(by(&[]), [0; 5], "nothing to continue");
}

#[test]
fn waiting_grows_up_to_the_full_days() {
    let waited = |days| of_worker(Criterion::Waiting, &[("waiting_days", days)], &[]);
    assert_eq!(["", "0", "90", "180", "9999"].map(waited), [0, 0, ONE / 2, ONE, ONE]);
}

#[test]
fn languages_are_shared_or_not_asked_for() {
    let shared = |asked, spoken| of_worker(Criterion::Languages, &[("languages", asked)], &[("languages", spoken)]);
    assert_eq!(shared("jin;mandarin", "jin"), ONE);
    assert_eq!(shared("", ""), ONE);
    assert_eq!(shared("jin", "mandarin"), 0);
    assert_eq!(shared("jin", ""), 0);
    assert_eq!(of(Criterion::Languages, &Town::of_one(&[("languages", "jin")], &[], &[]), "o"), 0);
}

#[test]
fn preferred_workers_or_nobody_in_particular() {
    let mut town = Town::of_one(&[("preferred_workers", "w;v")], &[], &[]);
    town.worker("v", &[]);
    town.worker("x", &[]);
    assert_eq!(["w", "v", "x", "o"].map(|provider| of(Criterion::Preference, &town, provider)), [ONE, ONE, 0, 0]);
    assert_eq!(of_worker(Criterion::Preference, &[], &[]), ONE);
}

#[test]
fn grades_count_while_they_are_valid() {
    let grade = |grade, until| {
        let town = Town::of_one(&[], &[], &[("eval_grade", grade), ("eval_valid_until", until)]);
        let both = ["w", "o"].map(|provider| of(Criterion::OrganizationGrade, &town, provider));
        assert_eq!(both[0], both[1]);
        both[0]
    };
    assert_eq!(["1", "2", "3", "4", "5"].map(|k| grade(k, "2026-01-01")), [200_000, 400_000, 600_000, 800_000, ONE]);
    assert_eq!(grade("5", "2025-12-31"), 0);
    assert_eq!(grade("5", ""), 0);
    assert_eq!(grade("", "2027-01-01"), 0);
}

#[test]
fn the_score_is_the_weighted_mean() {
    let mut town = Town::of_one(&[("waiting_days", "45")], &[], &[]);
    let problem = town.problem();
    let candidates = find(&problem, &Control::new()).unwrap();
    let score = score_all(&problem, &candidates, &Control::new()).unwrap();
    // 0.2·1/3 + 0.15·1 + 0.2·0.916667 + 0.2·0 + 0.05·0.25 + 0.05·1 + 0.1·1 + 0.05·0
    assert_eq!(score[0], 562_500);
    town.policy = "[criteria]\ndomain_competence = 0\nqualification = 0\ntravel_time = 0\ncontinuity = 0\n\
                   waiting = 1000\nlanguages = 0\npreference = 0\norganization_grade = 0"
        .to_owned();
    assert_eq!(score_all(&town.problem(), &candidates, &Control::new()).unwrap(), [250_000, 250_000]);
}

#[test]
fn sex_changes_no_score() {
    let scores = |need_sex, worker_sex| {
        let problem = Town::of_one(&[("sex", need_sex)], &[("sex", worker_sex)], &[]).problem();
        criteria_of(&problem, need(&problem, "n"), provider(&problem, "w"))
    };
    let one = scores("1", "1");
    assert!(["", "1", "2", "9"].iter().all(|a| ["", "1", "2", "9"].iter().all(|b| scores(a, b) == one)));
}

#[test]
fn threads_change_nothing_and_limits_are_kept() {
    let problem = Town::random(7, 2000, 40).problem();
    let control = Control::new();
    let candidates = find(&problem, &control).unwrap();
    let scored = |threads| pool::run(Some(threads), || score_all(&problem, &candidates, &Control::new())).unwrap();
    let one = scored(1);
    assert_eq!(scored(2), one);
    assert_eq!(scored(5), one);
    let scored = ScoredCandidates::new(candidates, one);
    let rows = (0..problem.needs().len()).flat_map(|need| scored.row(NeedId::new(need)));
    assert!(rows.eq(scored.candidates.provider().iter().copied().zip(scored.score.iter().copied())));

    control.set_memory_budget(1000);
    assert!(matches!(score_all(&problem, &scored.candidates, &control), Err(Error::Limit { allowed: 1000, .. })));
    control.cancel();
    assert_eq!(score_all(&problem, &scored.candidates, &control), Err(Error::Cancelled));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(50))]

    #[test]
    fn every_measure_and_score_is_in_range(seed: u64) {
        let problem = Town::random(seed, 40, 30).problem();
        let candidates = find(&problem, &Control::new()).unwrap();
        let score = score_all(&problem, &candidates, &Control::new()).unwrap();
        let scored = ScoredCandidates::new(candidates, score);
        let weights: Vec<i64> = Criterion::ALL.iter().map(|&c| problem.policy().weight(c).into()).collect();
        for id in (0..40).map(NeedId::new) {
            for node in 0..n_providers(&problem) as u32 {
                let parts = criteria_of(&problem, id, node);
                prop_assert!(parts.iter().all(|part| (0..=ONE).contains(part)), "{parts:?}");
            }
            for (node, score) in scored.row(id) {
                let parts = criteria_of(&problem, id, node);
                let sum: i64 = parts.iter().zip(&weights).map(|(&part, weight)| i64::from(part) * weight).sum();
                prop_assert!((sum - 1000 * i64::from(score)).abs() <= 500 && (0..=ONE).contains(&score));
            }
        }
    }

    #[test]
    fn a_longer_way_never_scores_higher(near in 0.0f64..1.0, farther in 0.0f64..0.5) {
        let at = |degrees: f64| {
            let lon = format!("{}", 112.85 + degrees);
            of_worker(Criterion::TravelTime, &[("lon", &lon), ("lat", "35.5")], &[])
        };
        prop_assert!(at(near) >= at(near + farther));
    }

    #[test]
    fn a_longer_wait_never_scores_lower(days in 0u32..400, more in 0u32..400) {
        let waited = |days: u32| of_worker(Criterion::Waiting, &[("waiting_days", &days.to_string())], &[]);
        prop_assert!(waited(days) <= waited(days + more));
    }
}
