//! A switch penalty: both readings agree on what a switch is, and no matching less its penalties is better.

use super::{solve_one, solved_with_penalty};
use crate::model::NeedId;
use crate::oracle::{Worth, best_by_switches, best_matching, worth_of};
use crate::policy::{Objective, Policy};
use crate::sample;
use crate::score::{is_switch, score_all};
use crate::verify::scores;
use crate::verify::supply::Supply;
use crate::{Matching, Problem, verify_all_pairs};

fn switches(matching: &Matching) -> u64 {
    matching.assignments().iter().filter(|own| own.switched).count() as u64
}

#[test]
fn both_readings_agree_on_what_a_switch_is() {
    let (mut n_switches, mut n_others) = (0, 0);
    for seed in 0..600 {
        let (tables, policy) = sample::input_with_penalty(seed);
        let problem = Problem::new(&tables, policy).unwrap();
        let supply = Supply::of(&problem);
        for (k, need) in problem.needs().iter().enumerate() {
            for provider in 0..problem.workers().len() + problem.organizations().len() {
                let theirs = is_switch(&problem, NeedId::new(k), provider as u32);
                assert_eq!(scores::is_switch(need, supply.at(provider), &problem), theirs, "seed {seed}, need {k}");
                // Who has nobody now switches to nobody.
                assert!(!theirs || need.current_worker.is_some() || need.current_organization.is_some());
                (n_switches, n_others) = (n_switches + u32::from(theirs), n_others + u32::from(!theirs));
            }
        }
    }
    assert!(n_switches > 1000 && n_others > 1000, "{n_switches} {n_others}");
}

#[test]
fn of_matchings_that_serve_as_many_none_scores_more_less_its_penalties() {
    let (mut n_compared, mut n_fewer) = (0, 0);
    for (seed, problem, matching) in solved_with_penalty(0..1500) {
        verify_all_pairs(&problem, matching.candidates(), &matching).unwrap_or_else(|wrong| panic!("{seed}: {wrong}"));
        if problem.policy().objective() == Objective::Score || !matching.status().serves() {
            continue;
        }
        // Everything as it is, with no penalty: weighted means alone.
        let text = problem.policy().to_toml();
        let penalty = problem.policy().switch_penalty();
        let free = Policy::from_toml(&text.replace(&format!("switch_penalty = {penalty}\n"), "")).unwrap();
        let (tables, _) = sample::input_with_penalty(seed);
        let (_, free_problem, free_matching) = solve_one(seed, (tables, free)).unwrap();
        let Some(by_switches) = best_by_switches(&free_problem, free_matching.candidates()) else { continue };
        let most = by_switches.values().map(|worth| worth.1.clone()).max().unwrap();
        let of = |(&n, worth): (&u64, &Worth)| worth.2 - i128::from(penalty) * i128::from(n);
        let best = by_switches.iter().filter(|(_, worth)| worth.1 == most).map(of).max().unwrap();
        let means = matching.total().score
            - i128::from(penalty) * (matching.assignments().len() as i128 - switches(&matching) as i128);
        let own = means - i128::from(penalty) * i128::from(switches(&matching));
        if matching.status() == crate::matching::Status::Optimal {
            assert_eq!(own, best, "seed {seed}");
            n_compared += 1;
        }
        assert!(own <= best, "seed {seed}");
        n_fewer += u32::from(switches(&matching) < switches(&free_matching));
    }
    assert!(n_compared > 150 && n_fewer > 10, "{n_compared} compared, {n_fewer} with fewer switches");
}

#[test]
fn under_every_objective_a_matching_is_the_best_of_its_scores() {
    let mut n_compared = 0;
    for (seed, problem, matching) in solved_with_penalty(0..600) {
        let Some(best) = best_matching(&problem, matching.candidates()) else { continue };
        let found = matching.status().serves().then(|| worth_of(&matching));
        if matching.status() != crate::matching::Status::Bounded
            && matching.status() != crate::matching::Status::NotFound
        {
            assert_eq!(found, best, "seed {seed}");
            n_compared += u32::from(found.is_some());
        }
    }
    assert!(n_compared > 100, "{n_compared}");
}

#[test]
fn scores_differ_from_those_without_a_penalty_by_it_unless_the_pair_is_a_switch() {
    let mut n_switches = 0;
    for seed in 0..200 {
        let (tables, policy) = sample::input_with_penalty(seed);
        let problem = Problem::new(&tables, policy.clone()).unwrap();
        let free = Problem::new(&tables, sample::input(seed).1).unwrap();
        let control = crate::Control::new();
        let found = crate::candidate::find(&problem, &control).unwrap();
        let with = score_all(&problem, &found, &control).unwrap();
        let without = score_all(&free, &found, &control).unwrap();
        for need in (0..problem.needs().len()).map(NeedId::new) {
            let row = found.indptr()[need.index()]..found.indptr()[need.index() + 1];
            for k in row {
                let spared = if is_switch(&problem, need, found.provider()[k]) { 0 } else { policy.switch_penalty() };
                assert_eq!(with[k] - without[k], spared as i32, "seed {seed}");
                n_switches += u32::from(spared == 0);
            }
        }
    }
    assert!(n_switches > 200, "{n_switches}");
}
