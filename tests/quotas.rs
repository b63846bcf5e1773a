//! Floors and quotas on the sample: every bound holds in a second count, and nothing is said of the best that is not so.

use std::collections::BTreeMap;

use needmatch::matching::{Node, Status, Tier};
use needmatch::{Column, Matching, Options, Policy, Problem, Table, Tables, solve};
use needmatch_jincheng::{DEFAULT_SEED, Size, jincheng};
use needmatch_tests::{map_columns, take};

/// The sample with quotas, and with least caseloads that every third worker and every fourth organization would half
/// exceed without them; the sample pins some needs itself.
fn bounded(size: Size, quotas: Table) -> Tables {
    let mut tables = jincheng(size, DEFAULT_SEED);
    let plain = run(&tables, "");
    let problem = plain.problem();
    let mut of_workers = vec![None; problem.workers().len()];
    let mut of_organizations = vec![None; problem.organizations().len()];
    for row in plain.capacity() {
        match row.node {
            Node::Worker(id) if id.index() % 3 == 0 && row.used > 1 => {
                let current = i64::from(problem.workers()[id.index()].caseload_current);
                of_workers[problem.row_of_worker(id)] = Some(current + row.used as i64 / 2);
            }
            Node::Organization(id) if id.index() % 4 == 0 && row.used > 1 => {
                let current = i64::from(problem.organizations()[id.index()].capacity_current);
                of_organizations[problem.row_of_organization(id)] = Some(current + row.used as i64 / 2);
            }
            _ => {}
        }
    }
    let with = |table: &Table, floor: &str, values: &[Option<i64>]| {
        map_columns(table, |name, column| {
            Some(if name == floor { Column::Int(values.iter().copied().collect()) } else { column.clone() })
        })
    };
    tables.workers = with(&tables.workers, "caseload_min", &of_workers);
    tables.organizations = with(&tables.organizations, "capacity_min", &of_organizations);
    tables.quotas = Some(quotas);
    tables
}

/// Quotas that lie within each other.
fn laminar_quotas() -> Table {
    Table::new()
        .with_texts("quota_id", ["city", "county", "household"])
        .with_texts("area", ["1405", "140522", ""])
        .with_texts("per_household", ["false", "false", "true"])
        .with_texts("floor", ["10", "5", "0"])
        .with_texts("cap", ["100000", "3000", "1"])
}

fn run(tables: &Tables, policy: &str) -> Matching {
    let problem = Problem::new(tables, Policy::from_toml(policy).expect("a valid policy")).expect("valid tables");
    solve(&problem, &Options { threads: Some(2), ..Options::default() }).expect("an answer")
}

#[test]
fn every_floor_and_every_quota_of_the_county_holds_in_a_second_count() {
    let tables = bounded(Size::County, laminar_quotas());
    let matching = run(&tables, "");
    assert_eq!(matching.status(), Status::Optimal);
    assert_eq!(matching.verify().map(|_| ()), Ok(()));
    let problem = matching.problem();
    let mut of_worker: BTreeMap<&str, u32> = BTreeMap::new();
    let mut of_household: BTreeMap<&str, u32> = BTreeMap::new();
    for assignment in matching.assignments() {
        if let Some(worker) = assignment.worker {
            *of_worker.entry(matching.worker_id(worker)).or_default() += 1;
        }
        *of_household.entry(matching.household_id(assignment.need)).or_default() += 1;
    }
    let load = |id: &str| of_worker.get(id).copied().unwrap_or(0);
    let floors = problem.workers().iter().filter(|worker| worker.caseload_min > 0);
    let kept = floors.clone().filter(|worker| worker.caseload_current + load(&worker.id) >= worker.caseload_min);
    assert!(floors.clone().count() > 5);
    assert_eq!(kept.count(), floors.count());
    of_household.remove("");
    assert!(of_household.len() > 100 && of_household.values().all(|&n| n == 1));
    assert!(matching.assignments().iter().any(|assignment| assignment.pinned));
    let full = matching.unmatched().iter().filter(|unmatched| unmatched.reason.code() == "quota_full");
    assert!(full.count() > 10);
}

#[test]
fn with_floors_and_quotas_neither_threads_nor_the_order_of_rows_change_a_byte() {
    let tables = bounded(Size::Pilot, laminar_quotas());
    let expected = run(&tables, "").to_json();
    let backwards = |table: &Table| {
        let rows: Vec<usize> = (0..table.n_rows()).rev().collect();
        map_columns(table, |_, column| Some(take(column, &rows)))
    };
    let turned = Tables {
        needs: backwards(&tables.needs),
        workers: backwards(&tables.workers),
        organizations: backwards(&tables.organizations),
        communities: backwards(&tables.communities),
        groups: tables.groups.as_ref().map(backwards),
        quotas: tables.quotas.as_ref().map(backwards),
    };
    assert_eq!(run(&turned, "").to_json(), expected);
}

#[test]
fn under_the_default_the_upper_tiers_together_are_never_served_less() {
    for seed in 0..6 {
        let tables = jincheng(Size::Pilot, DEFAULT_SEED + seed);
        let served = |policy: &str| {
            let matching = run(&tables, policy);
            let of = |tier: Tier| matching.assignments().iter().filter(|a| a.tier <= tier).count();
            Tier::ALL.map(of)
        };
        let best = served("");
        for objective in ["coverage_then_score", "score", "least_unequal", "stable", "max_min", "leximin"] {
            let other = served(&format!("objective = \"{objective}\""));
            assert!(best.iter().zip(other).all(|(&best, other)| best >= other), "{objective}: {best:?}, {other:?}");
        }
    }
}

#[test]
fn quotas_that_cross_leave_a_gap_that_is_said() {
    let quotas = Table::new()
        .with_texts("quota_id", ["county", "green", "household"])
        .with_texts("area", ["140524", "", ""])
        .with_texts("risk", ["", "green", ""])
        .with_texts("per_household", ["false", "false", "true"])
        .with_texts("cap", ["40", "25", "1"]);
    let matching = run(&Tables { quotas: Some(quotas), ..jincheng(Size::Pilot, DEFAULT_SEED) }, "");
    assert!(matching.quotas().iter().any(|quota| quota.crosses));
    match matching.status() {
        Status::Optimal => assert_eq!(matching.gap(), needmatch::Total::ZERO),
        status => assert!(status == Status::Bounded && matching.gap() > needmatch::Total::ZERO),
    }
    assert_eq!(matching.verify_all_pairs().map(|_| ()), Ok(()));
}
