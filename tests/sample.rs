//! Sample: the tables of Jincheng are solved and verified, every rule holds in a second reading, and no answer changes
//! unseen.

use std::collections::BTreeMap;

use needmatch::candidate::failed_rules;
use needmatch::model::NeedId;
use needmatch::{Matching, Options, Policy, Problem, Tables, solve};
use needmatch_jincheng::{DEFAULT_SEED, Size, jincheng};
use needmatch_tests::Recheck;
use sha2::{Digest, Sha256};

/// The checked rows of the pilot sample and the default policy. If this changes, so may [`PILOT_ANSWER`].
const PILOT_INPUT: &str = "ec450b0fe4c7c251035aea9eae5e9d6eee3f77645f754c132aff344a3e79b922";
/// Who serves whom in the pilot sample, why others are not served, and the prices.
const PILOT_ANSWER: &str = "a41e9bd425be5bd42b898e92ff7159e7f2f0b32a5268bc0db4a5781e8b52bc4e";

/// SHA-256 of the whole result as JSON; the Python tests read it from here, so that both faces must give these bytes.
const PILOT_JSON: &str = "43f0d0af7ade7619e37f7a9a2b61629e5d95ad6c288acae66a82d483672ab4d9";

#[test]
fn the_result_on_the_pilot_sample_has_the_bytes_on_record() {
    let json = Sha256::digest(solved(Size::Pilot).1.to_json());
    assert_eq!(json.iter().map(|byte| format!("{byte:02x}")).collect::<String>(), PILOT_JSON);
}

#[test]
fn the_answer_to_the_pilot_sample_is_the_one_on_record() {
    let (_, matching) = solved(Size::Pilot);
    let answer = Sha256::digest(lines(&matching).join("\n"));
    let answer: String = answer.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!((matching.provenance().input_digest.as_str(), answer.as_str()), (PILOT_INPUT, PILOT_ANSWER));
}

#[test]
fn every_pair_of_the_pilot_sample_fails_the_rules_of_a_second_reading() {
    let tables = jincheng(Size::Pilot, DEFAULT_SEED);
    let problem = Problem::new(&tables, Policy::default()).expect("the sample is valid");
    let second = Recheck::new(&tables, problem.policy());
    let n_workers = problem.workers().len();
    let (mut seen, mut n_candidates) = (BTreeMap::new(), 0);
    for (k, need) in problem.needs().iter().enumerate() {
        for provider in 0..n_workers + problem.organizations().len() {
            let first = failed_rules(&problem, NeedId::new(k), provider as u32);
            let again = match provider.checked_sub(n_workers) {
                None => second.failed_by_worker(&need.id, &problem.workers()[provider].id),
                Some(organization) => {
                    second.failed_by_organization(&need.id, &problem.organizations()[organization].id)
                }
            };
            assert!(
                first.iter().map(|rule| rule.code()).eq(again.iter().copied().collect::<Vec<_>>()),
                "need {k}, provider {provider}: {first:?}, {again:?}"
            );
            n_candidates += usize::from(again.is_empty());
            again.into_iter().for_each(|code| *seen.entry(code).or_insert(0) += 1);
        }
    }
    assert!(n_candidates > 1000 && seen.len() >= 15, "{n_candidates} candidates; {seen:?}");
}

#[test]
fn nobody_in_the_county_sample_is_served_against_a_rule_or_beyond_a_capacity() {
    let (tables, matching) = solved(Size::County);
    let second = Recheck::new(&tables, matching.problem().policy());
    assert!(matching.assignments().len() > 1000);
    for a in matching.assignments() {
        let (need, organization) = (matching.need_id(a.need), matching.organization_id(a.organization));
        let failed = match a.worker {
            Some(worker) => second.failed_by_worker(need, matching.worker_id(worker)),
            None => second.failed_by_organization(need, organization),
        };
        assert!(failed.is_empty(), "{need}: {failed:?}");
    }
    for row in matching.capacity() {
        assert!(row.places.is_none_or(|places| row.used <= places), "{}", matching.node_id(row.node));
    }
    assert_eq!(matching.gap(), needmatch::Total::ZERO);
    assert!(matching.verify().is_ok());
}

fn solved(size: Size) -> (Tables, Matching) {
    let tables = jincheng(size, DEFAULT_SEED);
    let problem = Problem::new(&tables, Policy::default()).expect("the sample is valid");
    let matching = solve(&problem, &Options::default()).expect("the sample has an answer");
    (tables, matching)
}

/// The answer in words: what a change of the form of a report does not touch.
fn lines(matching: &Matching) -> Vec<String> {
    let served = matching.assignments().iter().map(|a| {
        let worker = a.worker.map_or("-", |worker| matching.worker_id(worker));
        format!("{} {} {worker} {}", matching.need_id(a.need), matching.organization_id(a.organization), a.score)
    });
    let unmatched = matching.unmatched().iter().map(|u| format!("{} {}", matching.need_id(u.need), u.reason.code()));
    let prices = matching
        .capacity()
        .iter()
        .map(|row| format!("{} {} {} {}", matching.node_id(row.node), row.used, row.price.tier, row.price.score));
    served.chain(unmatched).chain(prices).collect()
}
