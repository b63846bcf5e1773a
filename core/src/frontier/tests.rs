//! Points and gaps against all matchings of tiny problems.

use std::collections::BTreeMap;

use super::*;
use crate::error::Language;
use crate::matching::Status;
use crate::oracle::best_by_switches;
use crate::pipeline::solve;
use crate::policy::Policy;
use crate::sample;
use crate::testing::Town;

const ONE_THREAD: Options<'static> =
    Options { threads: Some(1), control: None, engine: None, ties: crate::Ties::Canonical };
const MOST: u32 = 1_000_000;

fn input(seed: u64) -> Problem {
    let (tables, policy) = sample::input_with_penalty(seed);
    let objective = if seed % 5 == 4 { "least_unequal" } else { policy.objective().code() };
    let objective = if objective == "score" { "coverage_then_score" } else { objective };
    let text = policy.to_toml().replace(&format!("\"{}\"", policy.objective().code()), &format!("\"{objective}\""));
    // Nothing else speaks for the current provider.
    let text = text.replace("continuity = 200", "continuity = 0").replace("preference = 100", "preference = 300");
    Problem::new(&tables, Policy::from_toml(&text).unwrap()).unwrap()
}

/// For each number of switches the greatest score among the matchings that serve the most.
fn all(problem: &Problem, frontier: &Frontier) -> Option<BTreeMap<u64, i128>> {
    assert_eq!(frontier.points[0].least_penalty, 0);
    let free = solve(&problem.with_switch_penalty(0), &ONE_THREAD).unwrap();
    let by_switches = best_by_switches(problem, free.candidates())?;
    let most = by_switches.values().map(|worth| worth.1.clone()).max()?;
    let best = by_switches.into_iter().filter(|(_, worth)| worth.1 == most);
    Some(best.map(|(n, worth)| (n, worth.2)).collect())
}

#[test]
fn points_are_all_the_supported_ones_and_gaps_hold_whatever_the_penalty() {
    let (mut n_points, mut n_long, mut n_gaps) = (0, 0, 0);
    for seed in 0..900 {
        let problem = input(seed);
        let found = match frontier(&problem, &FrontierSettings::default(), &ONE_THREAD) {
            Ok(found) => found,
            Err(Error::Input(_)) => continue,
            Err(error) => panic!("seed {seed}: {error}"),
        };
        assert!(found.gaps.iter().all(|gap| gap.is_closed) && found.gaps.len() + 1 == found.points.len());
        if found.points[0].matching.status() == Status::FloorsUnmet {
            assert_eq!((found.points.len(), found.points[0].switches, found.points[0].score), (1, 0, 0));
            continue;
        }
        let Some(all) = all(&problem, &found) else { continue };
        let value =
            |penalty: u32| all.iter().map(|(&n, score)| score - i128::from(penalty) * i128::from(n)).max().unwrap();
        for (k, point) in found.points.iter().enumerate() {
            let at = |penalty: u32| point.score - i128::from(penalty) * i128::from(point.switches);
            // It exists, nothing with as many switches is better, and it is the best just where it says.
            assert_eq!(all.get(&point.switches), Some(&point.score), "seed {seed}");
            let (least, most) = (point.least_penalty, point.most_penalty);
            for penalty in [least, most, u32::midpoint(least, most)] {
                assert_eq!(at(penalty), value(penalty), "seed {seed}, point {k}");
            }
            let beside = [least.checked_sub(1), Some(most + 1).filter(|&next| next <= MOST)];
            for penalty in beside.into_iter().flatten() {
                // Two points may be as good at the same penalty.
                assert!(at(penalty) < value(penalty), "seed {seed}, point {k} at {penalty}");
            }
            let own = point.matching.problem().policy().switch_penalty();
            assert!((least..=most).contains(&own) && point.matching.verify_all_pairs().is_ok());
        }
        let ends = (found.points[0].least_penalty, found.points.last().unwrap().most_penalty);
        assert_eq!(ends, (0, MOST));
        for (k, pair) in found.points.windows(2).enumerate() {
            assert!(pair[0].switches > pair[1].switches && pair[0].score > pair[1].score);
            // Every penalty has a point.
            assert!(pair[1].least_penalty <= pair[0].most_penalty + 1, "seed {seed}");
            let between = all.range(pair[1].switches + 1..pair[0].switches).map(|(_, score)| score - pair[1].score);
            let most = between.max().unwrap_or(0);
            assert!(most <= found.gaps[k].score, "seed {seed}: {most} in a gap of {}", found.gaps[k].score);
            n_gaps += u32::from(found.gaps[k].score > 0);
        }
        all.iter().for_each(|(&n, &score)| assert!(score <= found.bound(n), "seed {seed}"));
        n_points += found.points.len();
        n_long += u32::from(found.points.len() > 2);
    }
    assert!(n_points > 300 && n_long > 2, "{n_points} points, {n_long} of more than two, {n_gaps} gaps");
}

#[test]
fn two_who_can_only_change_places_together_leave_a_gap_of_half_the_gain() {
    let mut town = Town::empty();
    town.organization("o", &[("direct", "false")]);
    for (worker, language) in [("w1", "mandarin"), ("w2", "jin")] {
        town.worker(worker, &[("caseload_max", "1"), ("languages", language)]);
    }
    for (need, language, current) in [("n1", "jin", "w1"), ("n2", "mandarin", "w2")] {
        town.need(need, &[("languages", language), ("current_worker", current)]);
    }
    let others =
        ["domain_competence", "qualification", "travel_time", "continuity", "preference", "organization_grade"];
    let others: String = others.iter().map(|criterion| format!("{criterion} = 0\n")).collect();
    town.policy = format!("[criteria]\nlanguages = 500\nwaiting = 500\n{others}");
    let found = frontier(&town.problem(), &FrontierSettings::default(), &ONE_THREAD).unwrap();
    let told = |k: usize| {
        let point = &found.points[k];
        (point.switches, point.score, point.least_penalty, point.most_penalty)
    };
    assert_eq!(found.points.len(), 2);
    assert_eq!((told(0), told(1)), ((2, 1_000_000, 0, 500_000), (0, 0, 500_000, 1_000_000)));
    assert_eq!(found.gaps, [FrontierGap { is_closed: true, score: 500_000 }]);
    assert_eq!((found.bound(0), found.bound(1), found.bound(2)), (0, 500_000, 1_000_000));
}

#[test]
fn with_fewer_runs_what_is_said_is_true_and_said_to_be_less() {
    let mut n_open = 0;
    for seed in 0..400 {
        let problem = input(seed);
        let Ok(whole) = frontier(&problem, &FrontierSettings::default(), &ONE_THREAD) else { continue };
        for most_runs in [0, 3, 4] {
            let part = frontier(&problem, &FrontierSettings { most_runs }, &ONE_THREAD).unwrap();
            assert!(part.runs <= most_runs.max(2) && part.points.len() <= whole.points.len(), "seed {seed}");
            let is_missing = part.points.len() < whole.points.len();
            let is_open = part.gaps.iter().any(|gap| !gap.is_closed);
            assert!(is_open || !is_missing, "seed {seed}: a point is missing in closed gaps");
            for point in &whole.points {
                assert!(point.score <= part.bound(point.switches), "seed {seed}");
            }
            for point in &part.points {
                let Some(own) = whole.points.iter().find(|own| own.switches == point.switches) else {
                    // At no penalty the lottery may choose switches for nothing; a further run tells.
                    assert_eq!((point.least_penalty, point.most_penalty), (0, 0), "seed {seed}");
                    continue;
                };
                assert_eq!(own.score, point.score, "seed {seed}");
                assert!(own.least_penalty <= point.least_penalty && point.most_penalty <= own.most_penalty);
            }
            n_open += u32::from(is_open);
        }
    }
    assert!(n_open > 8, "{n_open} open gaps");
}

#[test]
fn neither_threads_nor_the_penalty_of_the_policy_matter() {
    let mut n_points = 0;
    for seed in (0..60).filter(|seed| seed % 3 == 0) {
        let (tables, policy) = sample::input_with_penalty(seed);
        let told = |text: &str, threads| {
            let problem = Problem::new(&tables, Policy::from_toml(text).unwrap()).unwrap();
            let options = Options { threads: Some(threads), ..ONE_THREAD };
            frontier(&problem, &FrontierSettings::default(), &options).ok().map(|found| found.report())
        };
        let text = policy.to_toml();
        let own = format!("switch_penalty = {}\n", policy.switch_penalty());
        let (first, other) = (told(&text, 1), told(&text.replace(&own, "switch_penalty = 5\n"), 3));
        assert_eq!(first, other, "seed {seed}");
        n_points += first.map_or(0, |report| report.facts.n_rows());
    }
    assert!(n_points > 10, "{n_points}");
}

#[test]
fn what_no_run_proves_is_refused() {
    let refused = |text: &str, code: FaultCode| {
        let problem = Problem::new(&sample::input(1).0, Policy::from_toml(text).unwrap()).unwrap();
        match frontier(&problem, &FrontierSettings::default(), &ONE_THREAD) {
            Err(Error::Input(error)) => assert_eq!(error.faults()[0].code, code, "{text}"),
            other => panic!("{text}: {:?}", other.map(|found| found.runs)),
        }
    };
    refused("objective = \"score\"", FaultCode::PolicyValue);
    refused("objective = \"stable\"", FaultCode::PolicyValue);
    refused("objective = \"max_min\"", FaultCode::PolicyValue);
    refused(
        "[candidates]\nper_need = 1\nprove_all_pairs = false\n[travel]\nmax_minutes = 1000",
        FaultCode::PolicyValue,
    );
}

#[test]
fn every_point_is_a_sentence_in_both_languages() {
    let mut n_told = 0;
    for seed in (0..60).filter(|seed| seed % 3 == 0) {
        let Ok(found) = frontier(&input(seed), &FrontierSettings { most_runs: 2 }, &ONE_THREAD) else { continue };
        let report = found.report();
        for (k, point) in found.points.iter().enumerate() {
            for (language, end) in [(Language::English, "."), (Language::Chinese, "。")] {
                let text = found.text(k, language);
                assert!(text.contains(&point.score.to_string()) && text.ends_with(end), "{text}");
                n_told += 1;
            }
        }
        assert_eq!(found.text(found.points.len(), Language::English), "");
        let n_switches: u64 = found.points.iter().map(|point| point.switches).sum();
        assert_eq!((report.facts.n_rows(), report.others.n_rows() as u64), (found.points.len(), n_switches));
    }
    assert!(n_told > 20, "{n_told}");
}
