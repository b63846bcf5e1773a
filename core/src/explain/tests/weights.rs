//! Weights as policies write them: within a range nothing is better, and one thousandth outside something is.

use super::*;
use crate::score::{Criterion, N_CRITERIA};

const OWN_WEIGHTS: &str = "domain_competence = 300\nqualification = 100\ntravel_time = 100\ncontinuity = 100\nwaiting = 100\n\
                           languages = 100\npreference = 100\norganization_grade = 100";

/// A policy in which two criteria have all the weight, so that what one loses the other gains.
fn policy_of_two(
    objective: &str,
    first: Criterion,
    second: Criterion,
    weight: u32,
    (penalty, more): (u32, &str),
) -> Policy {
    let of = |&criterion: &Criterion| {
        let weight = if criterion == first {
            weight
        } else if criterion == second {
            1000 - weight
        } else {
            0
        };
        format!("{} = {weight}\n", criterion.code())
    };
    let weights: String = Criterion::ALL.iter().map(of).collect();
    let text = format!(
        "objective = \"{objective}\"\nswitch_penalty = {penalty}\n[travel]\nmax_minutes = 1000\n[criteria]\n{weights}{more}"
    );
    Policy::from_toml(&text).unwrap()
}

#[test]
fn runs_with_other_weights_agree_with_the_ranges() {
    let (mut n_inside, mut n_outside) = (0, 0);
    for seed in 0..600_u64 {
        let (tables, policy) = sample::input(seed);
        let objective = policy.objective().code();
        let criterion = |k: u64| Criterion::ALL[k as usize % N_CRITERIA];
        let (first, second) = (criterion(seed / 2), criterion(seed / 2 + 1 + seed % 5));
        let start = [100, 400, 500, 750][seed as usize % 4];
        // An area with weights of its own, which stay.
        let more = if seed % 3 == 0 {
            format!("[[overlay]]\narea = \"140502\"\n[overlay.criteria]\n{OWN_WEIGHTS}")
        } else {
            String::new()
        };
        let penalty = if seed % 5 < 2 && objective != "score" { 150_000 } else { 0 };
        let solved = |weight: u32| {
            let problem =
                Problem::new(&tables, policy_of_two(objective, first, second, weight, (penalty, &more))).unwrap();
            solve(&problem, &ONE_THREAD).ok()
        };
        let Some(matching) = solved(start) else { continue };
        let explainer = Explainer::new(&matching, &ONE_THREAD).unwrap();
        let ranges = explainer.weight_ranges(50, &ONE_THREAD).unwrap();
        let range = ranges.whole[first as usize];
        assert!(range.least <= start && start <= range.most && range.is_least_exact && range.is_most_exact);
        // A run rounds scores anew: by half a unit at most, at either weight, for each need.
        let rounding = 2 * tables.needs.n_rows() as i128;
        let lost = |weight: u32| {
            let best = solved(weight).unwrap();
            let score = |need: NeedId, node: Node| {
                let provider = explainer.forest.index(node);
                best.candidates().row(need).find(|&(own, _)| own == provider).map(|(_, score)| i128::from(score))
            };
            let own = matching.assignments().iter().map(|own| score(own.need, pair::provider_of(own)).unwrap());
            best.total().score - own.sum::<i128>()
        };
        for weight in [range.least, range.most, u32::midpoint(range.least, range.most)] {
            assert!(lost(weight) <= rounding, "seed {seed}: {weight} in {range:?}");
            n_inside += u32::from(weight != start);
        }
        for far in
            [range.least.checked_sub(20), Some(range.most + 20).filter(|&most| most <= 1000)].into_iter().flatten()
        {
            n_outside += u32::from(lost(far) > rounding);
        }
        for own in &ranges.assignments {
            let assignment = own.ranges[first as usize];
            assert!(assignment.least <= range.least && assignment.most >= range.most, "seed {seed}");
        }
    }
    assert!(n_inside > 100 && n_outside > 8, "{n_inside} {n_outside}");
}

#[test]
fn ranges_are_told_as_tables_and_sentences() {
    let mut told = 0;
    for seed in 0..40 {
        let Some((_, _, explainer)) = sample_of(seed) else { continue };
        let ranges = explainer.weight_ranges(8, &ONE_THREAD).unwrap();
        assert_eq!(ranges, explainer.weight_ranges(8, &Options { threads: Some(3), ..ONE_THREAD }).unwrap());
        let report = explainer.report_weight_ranges(&ranges);
        let n = explainer.matching().assignments().len();
        assert_eq!((report.facts.n_rows(), report.others.n_rows()), (N_CRITERIA, n * N_CRITERIA));
        for (k, own) in ranges.whole.iter().enumerate() {
            assert!(own.least <= ranges.weights[k] && ranges.weights[k] <= own.most);
            told += u32::from(own.least > 0 || own.most < 1000);
        }
        // Without further solves an assignment stays at least as long as the whole.
        for own in explainer.weight_ranges(0, &ONE_THREAD).unwrap().assignments {
            for (own, whole) in own.ranges.iter().zip(&ranges.whole) {
                assert!(own.least <= whole.least && own.most >= whole.most);
            }
        }
    }
    assert!(told > 20, "{told}");
}

#[test]
fn a_criterion_that_has_all_the_weight_cannot_have_less() {
    let (tables, _) = sample::input(1);
    let policy = policy_of_two("tiers_then_score", Criterion::Waiting, Criterion::Languages, 1000, (0, ""));
    let matching = solve(&Problem::new(&tables, policy).unwrap(), &ONE_THREAD).unwrap();
    let ranges = Explainer::new(&matching, &ONE_THREAD).unwrap().weight_ranges(5, &ONE_THREAD).unwrap();
    let own = ranges.whole[Criterion::Waiting as usize];
    assert_eq!((own.least, own.most), (1000, 1000));
}
