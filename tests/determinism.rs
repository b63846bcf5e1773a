//! Determinism: the same answer for every number of threads, every order of the rows and every repetition.

use std::collections::BTreeSet;

use needmatch::{Assigned, Column, Matching, Options, Policy, Problem, Table, Tables, Values, assign, solve};
use needmatch_benches::{FAMILIES, Instance, Random, Shape};
use needmatch_jincheng::{DEFAULT_SEED, Size, jincheng};
use needmatch_tests::{TABLES, side_by_side, table, take, tiny, with_table};

#[test]
fn every_number_of_threads_gives_the_same_answer() {
    for family in FAMILIES {
        let needs = if family.shape == Shape::Dense { 150 } else { 3000 };
        let instance = family.generate(needs, 21);
        let alone = solved(&instance, Some(1));
        for threads in [Some(2), Some(3), Some(4), None] {
            assert_eq!(solved(&instance, threads), alone, "{}, {threads:?} threads", family.name);
        }
    }
}

#[test]
fn many_unconnected_parts_give_the_same_answer_for_every_number_of_threads() {
    let parts: Vec<Instance<i64>> = (0..2000).map(tiny).collect();
    let instance = side_by_side(&parts);
    let alone = solved(&instance, Some(1));
    for threads in [Some(2), Some(4), Some(7), None] {
        assert_eq!(solved(&instance, threads), alone, "{threads:?} threads");
    }
}

#[test]
fn repeated_runs_give_the_same_answer() {
    for family in FAMILIES {
        let needs = if family.shape == Shape::Dense { 60 } else { 1000 };
        let instance = family.generate(needs, 22);
        let first = solved(&instance, None);
        for run in 0..3 {
            assert_eq!(solved(&instance, None), first, "{}, run {run}", family.name);
        }
    }
}

#[test]
fn runs_at_the_same_time_do_not_disturb_each_other() {
    let instances: Vec<Instance> = FAMILIES.iter().map(|family| family.generate(200, 23)).collect();
    let alone: Vec<Assigned> = instances.iter().map(|instance| solved(instance, Some(1))).collect();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for (instance, expected) in instances.iter().zip(&alone) {
                    assert_eq!(&solved(instance, Some(2)), expected);
                }
            });
        }
    });
}

fn solved<S: needmatch::Score>(instance: &Instance<S>, threads: Option<usize>) -> Assigned {
    let network = instance.network().expect("a valid network");
    assign(&network, &Options { threads, ..Default::default() }).expect("an answer")
}

#[test]
fn every_order_of_the_rows_gives_the_same_bytes_although_everything_ties() {
    let tables = all_ties();
    let expected = json(&tables, Policy::default(), None);
    let random = &mut Random::new(31);
    for run in 0..100 {
        assert_eq!(json(&shuffled(&tables, random), Policy::default(), None), expected, "order {run}");
    }
}

#[test]
fn every_order_of_the_sample_gives_the_same_bytes_for_every_number_of_threads() {
    let tables = jincheng(Size::Pilot, DEFAULT_SEED);
    let expected = json(&tables, Policy::default(), Some(1));
    let random = &mut Random::new(32);
    for threads in [Some(1), Some(2), Some(4), None] {
        assert_eq!(json(&tables, Policy::default(), threads), expected, "{threads:?} threads");
        assert_eq!(
            json(&shuffled(&tables, random), Policy::default(), threads),
            expected,
            "{threads:?} threads, shuffled"
        );
    }
}

#[test]
fn the_lot_is_drawn_by_the_seed_and_not_by_the_alphabet() {
    let winners = |seed: &str| {
        let policy = Policy::from_toml(&format!("seed = '{seed}'")).expect("a valid policy");
        let matching = matched(&all_ties(), policy, None);
        matching.assignments().iter().map(|a| matching.need_id(a.need).to_owned()).collect::<BTreeSet<_>>()
    };
    let (one, other) = (winners("one"), winners("other"));
    assert_eq!(one, winners("one"));
    assert_ne!(one, other);
    // 90 needs for 30 places: who comes first in the alphabet has no more than the others.
    let first_third = |won: &BTreeSet<String>| won.iter().filter(|id| id.as_str() < "n30").count();
    assert!((3..20).contains(&first_third(&one)) && (3..20).contains(&first_third(&other)));
}

/// 90 needs, 10 workers of three places, two organizations: nothing but the identifiers differs.
fn all_ties() -> Tables {
    let same = |text: &'static str, n: usize| std::iter::repeat_n(text, n);
    let ids = |letter: &str, n: usize| (0..n).map(|k| format!("{letter}{k:02}")).collect::<Vec<_>>();
    let (needs, workers) = (ids("n", 90), ids("w", 10));
    let texts = |ids: &[String]| Column::Text(ids.iter().map(|id| Some(id.as_str())).collect());
    Tables {
        needs: Table::new()
            .with("need_id", texts(&needs))
            .with_texts("community", same("140524100001", 90))
            .with_texts("domain", same("elderly_care", 90))
            .with_texts("risk", same("yellow", 90))
            .with_texts("consent", same("general", 90)),
        workers: Table::new()
            .with("worker_id", texts(&workers))
            .with_texts("organization_id", (0..10).map(|k| if k % 2 == 0 { "o0" } else { "o1" }))
            .with_texts("domains", same("elderly_care", 10))
            .with_texts("qualifications", same("sw_assistant", 10))
            .with_texts("base_community", same("140524100001", 10))
            .with_ints("caseload_max", std::iter::repeat_n(3, 10)),
        organizations: Table::new()
            .with_texts("organization_id", ["o0", "o1"])
            .with_texts("status", ["registered", "registered"])
            .with("compliant", Column::Bool(Values::new(vec![true, true])))
            .with_ints("capacity_max", [100, 100])
            .with_texts("service_area", ["140524", "140524"]),
        communities: Table::new().with_texts("community", ["140524100001"]),
        groups: None,
        quotas: None,
    }
}

/// The same tables with rows and columns in another order.
fn shuffled(tables: &Tables, random: &mut Random) -> Tables {
    let mut changed = tables.clone();
    for name in TABLES {
        if name == "groups" && tables.groups.is_none() {
            continue;
        }
        let whole = table(tables, name);
        let mut rows: Vec<usize> = (0..whole.n_rows()).collect();
        random.shuffle(&mut rows);
        let mut columns = whole.columns().to_vec();
        random.shuffle(&mut columns);
        let mixed =
            columns.iter().fold(Table::new(), |mixed, (name, column)| mixed.with(name.as_str(), take(column, &rows)));
        changed = with_table(&changed, name, mixed);
    }
    changed
}

fn json(tables: &Tables, policy: Policy, threads: Option<usize>) -> String {
    matched(tables, policy, threads).to_json()
}

fn matched(tables: &Tables, policy: Policy, threads: Option<usize>) -> Matching {
    let problem = Problem::new(tables, policy).expect("the tables are valid");
    solve(&problem, &Options { threads, ..Default::default() }).expect("a valid problem has an answer")
}
