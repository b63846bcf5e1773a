//! An improvement is worth what a run with it gains.

use std::collections::BTreeSet;

use super::super::*;
use super::{ONE_THREAD, sample_of, total_of, with_cell};
use crate::candidate::{RuleId, RuleSet, failed_rules};
use crate::model::WorkerId;
use crate::model::codes::DivisionLevel;
use crate::policy::Objective;
use crate::table::{Column, Table, Tables};

/// The text of a cell.
fn cell(table: &Table, column: &str, row: usize) -> String {
    let own = table.columns().iter().find(|(name, _)| name == column);
    let Some((_, Column::Text(texts))) = own else { return String::new() };
    texts.get(row).map(|text| str::from_utf8(text).unwrap().to_owned()).unwrap_or_default()
}

/// The tables after an improvement.
fn improved(tables: &Tables, explainer: &Explainer, improvement: Improvement) -> Tables {
    let problem = explainer.matching().problem();
    let mut changed = tables.clone();
    let joined = |old: String, new: &str| if old.is_empty() { new.to_owned() } else { format!("{old};{new}") };
    match improvement {
        Improvement::Train(worker, domain) => {
            let row = problem.row_of_worker(worker);
            let text = joined(cell(&tables.workers, "domains", row), &format!("{}:1", domain.code()));
            changed.workers = with_cell(&tables.workers, "domains", row, &text);
        }
        Improvement::Register(organization) => {
            let row = problem.row_of_organization(organization);
            changed.organizations = with_cell(&tables.organizations, "status", row, "registered");
            changed.organizations = with_cell(&changed.organizations, "compliant", row, "true");
        }
        Improvement::Extend(Node::Worker(worker), county) => {
            let row = problem.row_of_worker(worker);
            let text = joined(cell(&tables.workers, "service_area", row), &county.to_string());
            changed.workers = with_cell(&tables.workers, "service_area", row, &text);
        }
        Improvement::Extend(Node::Organization(organization), county) => {
            let row = problem.row_of_organization(organization);
            let text = joined(cell(&tables.organizations, "service_area", row), &county.to_string());
            changed.organizations = with_cell(&tables.organizations, "service_area", row, &text);
        }
        Improvement::Extend(Node::Group(_), _) => panic!("a group has no service area"),
        Improvement::Recruit(worker) => {
            let places = problem.workers()[worker.index()].caseload_max * 2;
            let row = problem.row_of_worker(worker);
            changed.workers = with_cell(&tables.workers, "caseload_max", row, &places.to_string());
        }
    }
    changed
}

/// Every improvement that may matter at all, found pair by pair.
fn all_improvements(explainer: &Explainer) -> BTreeSet<Improvement> {
    let problem = explainer.matching().problem();
    let mut all: BTreeSet<Improvement> =
        (0..problem.workers().len()).map(|worker| Improvement::Recruit(WorkerId::new(worker))).collect();
    for need in problem.needs_by_id() {
        let community = problem.needs()[need.index()].community;
        let county = problem.communities()[community.index()].code.at_level(DivisionLevel::County);
        for v in 0..explainer.n_providers() {
            let failed = failed_rules(problem, need, v);
            let (organization, worker) = explainer.forest.provider(problem, v);
            let only = |rule| failed == RuleSet::EMPTY.with(rule);
            if let Some(worker) = worker.filter(|_| only(RuleId::D01)) {
                all.insert(Improvement::Train(worker, problem.needs()[need.index()].domain));
            }
            if failed.contains(RuleId::H02) {
                all.insert(Improvement::Register(organization));
            }
            if only(RuleId::H14) {
                let own = worker.filter(|worker| !problem.workers()[worker.index()].service_area.is_empty());
                let node = own.map_or(Node::Organization(organization), Node::Worker);
                all.insert(Improvement::Extend(node, county));
            }
        }
    }
    all
}

#[test]
fn an_improvement_gains_what_a_run_with_it_gains_and_none_is_missed() {
    let (mut gains, mut missing) = (0, 0);
    let mut kinds: BTreeSet<&str> = BTreeSet::new();
    for seed in 0..250 {
        let Some((tables, policy, explainer)) = sample_of(seed) else { continue };
        let matching = explainer.matching();
        let is_by_score = matching.problem().policy().objective() == Objective::Score;
        let ranked = explainer.improvements(usize::MAX, &ONE_THREAD).unwrap();
        assert_eq!(ranked.n_proven, ranked.rows.len(), "all were computed");
        for row in &ranked.rows {
            let with = total_of(&improved(&tables, &explainer, row.improvement), &policy).unwrap();
            assert_eq!(row.gain, Some(with - matching.total()), "seed {seed}, {:?}", row.improvement);
            let part = if is_by_score { row.gain.unwrap().score } else { row.gain.unwrap().tier };
            assert!(part <= row.bound, "seed {seed}, {row:?}");
            if part > 0 {
                gains += 1;
                kinds.insert(row.improvement.code());
            }
        }
        assert!(ranked.rows.is_sorted_by_key(|row| std::cmp::Reverse(row.gain)));
        let known: BTreeSet<Improvement> = ranked.rows.iter().map(|row| row.improvement).collect();
        for improvement in all_improvements(&explainer).difference(&known) {
            let gain = total_of(&improved(&tables, &explainer, *improvement), &policy).unwrap() - matching.total();
            let part = if is_by_score { gain.score } else { gain.tier };
            assert!(part <= 0, "seed {seed}, {improvement:?} gains {part}");
            missing += 1;
        }
    }
    assert!(gains > 40 && missing > 400 && kinds.len() == 4, "{gains}, {missing}, {kinds:?}");
}

#[test]
fn rows_before_the_last_proven_one_are_the_best_of_all() {
    for seed in 0..150 {
        let Some((_, _, explainer)) = sample_of(seed) else { continue };
        let all = explainer.improvements(usize::MAX, &ONE_THREAD).unwrap();
        for n_exact in [0, 1, 3] {
            let some = explainer.improvements(n_exact, &ONE_THREAD).unwrap();
            assert!(some.rows.len() >= all.rows.len());
            assert!(some.rows.iter().filter(|row| row.gain.is_some()).count() <= n_exact);
            let first = |rows: &[Ranked]| rows[..some.n_proven].iter().map(|row| row.gain).collect::<Vec<_>>();
            assert_eq!(first(&some.rows), first(&all.rows), "seed {seed}, {n_exact}");
        }
    }
}
