//! Corpus: small, named, explained problems on which everybody must agree.

use std::collections::BTreeSet;

use needmatch::matching::{Assignment, Unmatched, UnmatchedReason};
use needmatch::{
    Error, Fault, InputError, Matching, Options, Policy, Problem, Shortage, Tables, TightSet, assign, solve,
};
use needmatch_benches::Instance;
use needmatch_tests::{
    Answer, GeneralCase, GeneralExpected, HighCase, HighExpected, LowCase, LowExpected, Outcome, Tight, best, check,
    general_cases, high_cases, low_cases, served_by_tier,
};

#[test]
fn names_of_cases_are_unique() {
    let mut seen = BTreeSet::new();
    let low = low_cases().into_iter().map(|case| case.name);
    let general = general_cases().into_iter().map(|case| case.name);
    let high = high_cases().into_iter().map(|case| case.name);
    let low = low.map(|name| format!("low {name}")).chain(general.map(|name| format!("general {name}")));
    for name in low.chain(high.map(|name| format!("high {name}"))) {
        assert!(seen.insert(name.clone()), "{name}");
    }
    assert!(seen.len() >= 160, "only {} cases were found", seen.len());
}

#[test]
fn every_low_case_has_its_answer_or_its_faults() {
    for LowCase { name, instance, expect } in low_cases() {
        match expect {
            LowExpected::Answer(answer) => answers_as_expected(&name, &instance, &answer),
            LowExpected::Faults(faults) => assert_eq!(faults_of(&instance), faults, "{name}"),
        }
    }
}

#[test]
fn what_the_corpus_says_is_what_brute_force_finds() {
    for LowCase { name, instance, expect } in low_cases() {
        if let LowExpected::Answer(answer) = expect {
            assert_eq!(best(&instance).by_sum.1, i128::from(answer.total), "{name}");
        }
    }
}

fn answers_as_expected(name: &str, instance: &Instance<i64>, answer: &Answer) {
    let network = instance.network().unwrap_or_else(|error| panic!("{name}: {error}"));
    let assigned = assign(&network, &Options::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let claim = check(instance, &assigned.node, &assigned.price).unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
    assert_eq!(claim.score, i128::from(answer.total), "{name}");
    if let Some(served) = &answer.served {
        assert_eq!(&served_by_tier(instance, &assigned.node), served, "{name}");
    }
    if let Some(assignments) = &answer.assignments {
        let node: Vec<i64> = assigned.node.iter().map(|node| node.map_or(-1, i64::from)).collect();
        assert_eq!(&node, assignments, "{name}");
    }
}

#[test]
fn every_general_case_has_its_answer_its_tight_set_or_its_faults() {
    for case in general_cases() {
        let GeneralCase { name, expect, .. } = &case;
        let network = match (case.network(), expect) {
            (Ok(network), _) => network,
            (Err(error), GeneralExpected::Faults { faults }) => {
                let row = |fault: &Fault| fault.row.map_or(-1, |row| row as i64);
                let place = |fault: &Fault| (fault.code.number(), row(fault), column(fault));
                assert_eq!(&error.faults().iter().map(place).collect::<Vec<_>>(), faults, "{name}");
                continue;
            }
            (Err(error), _) => panic!("{name}: {error}"),
        };
        let assigned = assign(&network, &Options::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(assigned.verify(&network), Ok(()), "{name}");
        match (expect, &assigned.infeasible) {
            (GeneralExpected::Answer(answer), None) => {
                assert_eq!(assigned.total.score, i128::from(answer.total), "{name}");
                let served: Vec<usize> = assigned.served.iter().map(|&n| n as usize).collect();
                assert!(answer.served.as_ref().is_none_or(|expected| expected == &served), "{name}: {served:?}");
                let node: Vec<i64> = assigned.node.iter().map(|node| node.map_or(-1, i64::from)).collect();
                assert!(answer.assignments.as_ref().is_none_or(|expected| expected == &node), "{name}: {node:?}");
            }
            (GeneralExpected::Tight(expected), Some(tight)) => is_as_expected(name, tight, expected),
            (_, other) => panic!("{name}: {other:?}"),
        }
    }
}

fn is_as_expected(name: &str, tight: &TightSet, expected: &Tight) {
    assert_eq!(tight.missing, expected.missing, "{name}");
    let shortage = if tight.shortage == Shortage::Needs { "needs" } else { "places" };
    assert!(expected.shortage.as_ref().is_none_or(|expected| expected == shortage), "{name}: {shortage}");
    for (members, expected) in
        [(&tight.needs, &expected.needs), (&tight.groups, &expected.groups), (&tight.nodes, &expected.nodes)]
    {
        assert!(expected.as_ref().is_none_or(|expected| expected == members), "{name}: {tight:?}");
    }
}

fn faults_of(instance: &Instance<i64>) -> Vec<(u32, Option<usize>, String)> {
    let error: InputError = match instance.network().map_err(Error::from) {
        Err(Error::Input(error)) => error,
        other => panic!("accepted or refused otherwise: {other:?}"),
    };
    let place = |fault: &Fault| (fault.code.number(), fault.row, column(fault));
    error.faults().iter().map(place).collect()
}

fn column(fault: &Fault) -> String {
    fault.column.as_deref().unwrap_or_default().to_owned()
}

#[test]
fn every_high_case_has_its_faults() {
    for HighCase { name, tables, policy, expect } in high_cases() {
        let HighExpected::Faults(expected) = expect else { continue };
        let Err(Error::Input(error)) = matched(&tables, &policy) else { panic!("{name}: no faults") };
        let place = |fault: &Fault| (fault.table.as_str().to_owned(), fault.row, column(fault), fault.code.number());
        assert_eq!(error.faults().iter().map(place).collect::<Vec<_>>(), expected, "{name}");
    }
}

#[test]
fn every_high_case_has_its_outcome() {
    for HighCase { name, tables, policy, expect } in high_cases() {
        let HighExpected::Outcome(expected) = expect else { continue };
        let matching = matched(&tables, &policy).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(outcome(&matching), expected, "{name}");
        assert!(matching.verify().is_ok(), "{name}");
    }
}

fn matched(tables: &Tables, policy: &str) -> Result<Matching, Error> {
    let policy = if policy.is_empty() { Policy::default() } else { Policy::from_toml(policy)? };
    solve(&Problem::new(tables, policy)?, &Options::default())
}

fn outcome(matching: &Matching) -> Outcome {
    let provider = |a: &Assignment| match a.worker {
        Some(worker) => matching.worker_id(worker).to_owned(),
        None => matching.organization_id(a.organization).to_owned(),
    };
    let need = |need| matching.need_id(need).to_owned();
    let failed = |u: &Unmatched| match &u.reason {
        UnmatchedReason::NoCandidate { failed, .. } => {
            Some((need(u.need), failed.iter().map(|count| count.rule.code().to_owned()).collect()))
        }
        _ => None,
    };
    Outcome {
        assignments: matching.assignments().iter().map(|a| (need(a.need), provider(a))).collect(),
        unmatched: matching.unmatched().iter().map(|u| (need(u.need), u.reason.code().to_owned())).collect(),
        failed: matching.unmatched().iter().filter_map(failed).collect(),
    }
}
