//! Oracle: the answer equals brute force on every tiny problem.

use needmatch::{Options, Score, assign};
use needmatch_benches::Instance;
use needmatch_tests::{Shape, all, best, judge, judge_together, tiny};

/// How many instances are solved side by side, since starting a run costs more than a tiny instance does.
const TOGETHER: usize = 200;

#[test]
fn all_three_by_three_scores_and_places_are_solved_to_the_optimum() {
    let pairs = [Some(0), Some(1), Some(2)];
    exhaust(Shape { pairs: &pairs, tiers: &[], groups: &[None, Some(0), Some(1), Some(2)], members: 3, direct: None });
}

#[test]
fn all_sparse_three_by_three_are_solved_to_the_optimum() {
    let pairs = [None, Some(-1), Some(1), Some(2)];
    exhaust(Shape { pairs: &pairs, tiers: &[], groups: &[None, Some(2)], members: 3, direct: None });
}

#[test]
fn all_three_by_three_in_two_tiers_are_solved_to_the_optimum() {
    let pairs = [None, Some(0), Some(1)];
    exhaust(Shape { pairs: &pairs, tiers: &[1, 2], groups: &[None, Some(1), Some(2)], members: 3, direct: None });
}

#[test]
fn all_three_by_three_with_a_group_of_two_are_solved_to_the_optimum() {
    let pairs = [None, Some(-1), Some(2)];
    exhaust(Shape { pairs: &pairs, tiers: &[0, 1], groups: &[Some(1)], members: 2, direct: None });
}

#[test]
fn all_three_by_three_with_direct_service_are_solved_to_the_optimum() {
    let pairs = [None, Some(0), Some(2)];
    let groups = [Some(1), Some(2), Some(3)];
    exhaust(Shape { pairs: &pairs, tiers: &[], groups: &groups, members: 2, direct: Some(1) });
    exhaust(Shape { pairs: &pairs, tiers: &[2], groups: &groups, members: 3, direct: Some(-1) });
}

#[test]
fn random_tiny_instances_alone_are_solved_to_the_optimum() {
    for seed in 0..20_000 {
        judge(&tiny(seed)).unwrap_or_else(|wrong| panic!("tiny({seed}): {wrong}\n{:?}", tiny(seed)));
    }
}

#[test]
fn random_tiny_instances_together_are_solved_to_the_optimum() {
    for first in (1_000_000..1_300_000).step_by(TOGETHER) {
        let instances: Vec<Instance<i64>> = (first..first + TOGETHER as u64).map(tiny).collect();
        all_right(&instances, || format!("tiny({first}..)"));
    }
}

#[test]
fn prices_say_what_one_more_place_would_add() {
    for seed in 2_000_000..2_010_000 {
        let instance = tiny(seed);
        let network = instance.network().expect("a tiny instance is a valid network");
        let assigned = assign(&network, &Options { threads: Some(1), ..Default::default() }).expect("an answer");
        let (tier, score) = best(&instance).by_sum;
        for node in 0..instance.n_nodes() {
            // One more place here and everywhere above.
            let mut more = instance.clone();
            let mut price = (0, 0);
            for v in std::iter::successors(Some(node), |&v| instance.parent[v].map(|parent| parent as usize)) {
                more.capacity[v] = (more.capacity[v] + 1).min(i64::MAX as u64);
                price.0 += i128::from(assigned.price[v].tier);
                price.1 += i128::from(assigned.price[v].score);
            }
            let (more_tier, more_score) = best(&more).by_sum;
            assert_eq!((more_tier - tier, more_score - score), price, "tiny({seed}), node {node}: {instance:?}");
        }
    }
}

fn exhaust(shape: Shape<'_>) {
    let mut listed = all(shape).peekable();
    while listed.peek().is_some() {
        let instances: Vec<Instance<i32>> = listed.by_ref().take(TOGETHER).collect();
        all_right(&instances, || format!("{shape:?}"));
    }
}

fn all_right<S: Score>(instances: &[Instance<S>], name: impl Fn() -> String) {
    if let Err((position, wrong)) = judge_together(instances) {
        panic!("{}, position {position}: {wrong}\n{:?}", name(), instances[position]);
    }
}
