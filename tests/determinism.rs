//! Determinism: the same answer for every number of threads and every repetition.

use needmatch::{Assigned, Options, assign};
use needmatch_benches::{FAMILIES, Instance, Shape};
use needmatch_tests::{side_by_side, tiny};

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
