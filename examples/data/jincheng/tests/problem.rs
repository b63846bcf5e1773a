//! What the sample is for: a problem without a fault in which every rule forbids something.
#![allow(clippy::unwrap_used, reason = "a test that finds nothing should stop")]

use needmatch::candidate::{NotOptimised, RuleId, RuleSet, check_pins, failed_rules, find};
use needmatch::model::NeedId;
use needmatch::model::codes::{ClientGroup, Domain, Guardianship, ServiceType};
use needmatch::{Control, Policy, Problem};
use needmatch_jincheng::{DEFAULT_SEED, REFERENCE_DATE, Size, jincheng};

fn problem(size: Size, seed: u64) -> Problem {
    Problem::new(&jincheng(size, seed), Policy::default()).unwrap()
}

#[test]
fn every_size_and_seed_is_a_problem_without_a_fault() {
    for seed in [DEFAULT_SEED, 1, 2, 3] {
        for size in [Size::Pilot, Size::County, Size::City] {
            assert_eq!(check_pins(&problem(size, seed)), Ok(()), "{size} {seed}");
        }
    }
}

#[test]
fn papers_are_made_for_the_day_of_the_default_policy() {
    assert_eq!(Policy::default().evaluation_date().to_string(), REFERENCE_DATE);
}

#[test]
fn needs_of_the_city_have_a_moderate_number_of_candidates() {
    let problem = problem(Size::City, DEFAULT_SEED);
    let candidates = find(&problem, &Control::new()).unwrap();
    let mean = candidates.len() / problem.needs().len();
    assert!((20..80).contains(&mean), "{mean}");
    let needs = || (0..problem.needs().len()).map(NeedId::new);
    let without = needs().filter(|&need| candidates.row(need).is_empty()).count();
    assert!(without * 10 < problem.needs().len(), "{without}");
    for reason in
        [NotOptimised::Immediate, NotOptimised::HumanOnly, NotOptimised::ReferMedical, NotOptimised::LawEnforcement]
    {
        assert!(needs().any(|need| candidates.not_optimised(need) == Some(reason)), "{reason:?}");
    }
    assert!(problem.needs().iter().any(|need| need.pinned_worker.is_some()));
}

#[test]
fn every_rule_forbids_a_pair_that_the_others_allow() {
    let problem = problem(Size::City, DEFAULT_SEED);
    let n_providers = problem.workers().len() + problem.organizations().len();
    let mut alone = RuleSet::EMPTY;
    let mut any = RuleSet::EMPTY;
    for (position, need) in problem.needs().iter().enumerate() {
        // One in forty, and those whom the rarer rules are about.
        let is_girl_victim =
            need.groups.contains(ClientGroup::ViolenceVictim) && need.groups.contains(ClientGroup::Child);
        let is_rare = need.juvenile_case && need.domain == Domain::CommunityCorrection
            || is_girl_victim
            || need.service_type == Some(ServiceType::Mediation) && need.domain == Domain::WomenFamily
            || need.service_type == Some(ServiceType::LawEnforcement)
            || need.guardianship.is_some_and(|found| found != Guardianship::Present)
            || !need.emergencies.is_empty();
        if position % 40 > 0 && !is_rare {
            continue;
        }
        for provider in 0..n_providers {
            let failed = failed_rules(&problem, NeedId::new(position), provider as u32);
            any = any.union(failed);
            if failed.len() == 1 {
                alone = alone.union(failed);
            }
        }
    }
    assert_eq!(any, RuleSet::ALL);
    // Nobody holds a paper for what is never assigned, so H01 forbids it too.
    assert_eq!(alone, RuleSet::ALL.without(RuleId::H08).without(RuleId::H17));
}
