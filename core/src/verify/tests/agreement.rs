//! Two programs that know nothing of each other say the same.

use std::collections::BTreeMap;

use super::{solved, solved_with_floors, solved_with_quotas};
use crate::candidate::{self, RuleId};
use crate::matching::{Level, UnmatchedReason};
use crate::model::NeedId;
use crate::sample;
use crate::verify::rules::broken;
use crate::verify::supply::Supply;

#[test]
fn both_readings_of_the_rules_agree_on_every_pair() {
    let mut failures: BTreeMap<RuleId, u32> = BTreeMap::new();
    let mut candidates = 0;
    for seed in 0..3000 {
        let problem = sample::problem(seed).unwrap();
        let supply = Supply::of(&problem);
        let n_providers = problem.workers().len() + problem.organizations().len();
        for need in (0..problem.needs().len()).map(NeedId::new) {
            for provider in 0..n_providers {
                let theirs = candidate::failed_rules(&problem, need, provider as u32);
                let ours = broken(&problem, need, supply.at(provider));
                assert_eq!(ours, theirs, "seed {seed}, need {}, provider {provider}", need.index());
                ours.iter().for_each(|rule| *failures.entry(rule).or_default() += 1);
                candidates += u32::from(ours.is_empty());
            }
        }
    }
    assert!(candidates > 1000, "{candidates} pairs pass every rule");
    // A rule that nothing ever fails would not be tested.
    assert!(RuleId::ALL.iter().all(|rule| failures.get(rule).is_some_and(|&n| n > 50)), "{failures:?}");
}

#[test]
fn every_matching_is_accepted_and_every_reason_occurs() {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for (seed, _, matching) in solved(0..3000).chain(solved_with_floors(0..1000)).chain(solved_with_quotas(0..1000)) {
        let verified = matching.verify().unwrap_or_else(|violation| panic!("seed {seed}: {violation}"));
        assert_eq!(verified.assignments + verified.unmatched, matching.problem().needs().len(), "seed {seed}");
        assert_eq!(verified.total, matching.total(), "seed {seed}");
        for unmatched in matching.unmatched() {
            *seen.entry(unmatched.reason.code()).or_default() += 1;
            if let UnmatchedReason::NoOpenPlace { nearest, .. } = &unmatched.reason {
                *seen.entry(nearest.full_at.code()).or_default() += 1;
            }
        }
        for assignment in matching.assignments() {
            let kind = if assignment.pinned { "pinned" } else { "chosen" };
            *seen.entry(kind).or_default() += 1;
            let whom = if assignment.worker.is_some() { "by a worker" } else { "directly" };
            *seen.entry(whom).or_default() += 1;
        }
    }
    let levels = [Level::Worker, Level::Organization, Level::Group].map(Level::code);
    let wanted = [
        "no_candidate",
        "quota_full",
        "no_open_place",
        "undecided",
        "human_only",
        "refer_medical",
        "law_enforcement",
        "immediate",
    ];
    let kinds = ["pinned", "chosen", "by a worker", "directly"];
    let rare = wanted.iter().chain(&levels).chain(&kinds).find(|&&kind| seen.get(kind).is_none_or(|&n| n < 20));
    assert_eq!(rare, None, "{seen:?}");
}
