//! The engine against brute force, also from prices that no phase would come up with.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::*;
use crate::oracle::{GeneralArrays, Rank, best_general_flow, most_missing};
use crate::verify::{Worth, prove_general, prove_infeasible};

/// How many tiny networks each test tries.
const N_NETWORKS: u64 = 100_000;

#[test]
fn every_tiny_network_has_the_optimum_of_brute_force_or_a_proof_that_there_is_none() {
    try_all(0..N_NETWORKS);
}

#[test]
#[ignore = "takes minutes; make deep runs it"]
fn a_million_tiny_networks_more() {
    try_all(N_NETWORKS..N_NETWORKS + 1_000_000);
}

fn try_all(seeds: std::ops::Range<u64>) {
    let n_networks = seeds.end - seeds.start;
    let mut n_infeasible = 0;
    for seed in seeds {
        let arrays = GeneralArrays::random(seed);
        let network = arrays.network();
        let solution = solve(&network, &Control::new()).unwrap();
        n_infeasible += u64::from(matches!(solution, Solution::Infeasible(_)));
        judge(&network, &solution, seed);
    }
    assert!((n_networks / 20..n_networks).contains(&n_infeasible), "{n_infeasible} were infeasible");
}

#[test]
fn any_prices_and_places_are_a_valid_start() {
    for seed in 0..N_NETWORKS {
        let arrays = GeneralArrays::random(seed);
        let network = arrays.network();
        let steps = Steps::of(&network).unwrap();
        let control = Control::new();
        let mut forest = Forest::<i128>::of(&network);
        let needs = Needs::of(&network, &forest, &steps.step);
        if feasible::obstacle(&network, &forest, &needs, &control).unwrap().is_some() {
            continue;
        }
        if seed % 2 == 0 {
            forest.tighten(&needs);
        }
        let mut rng = Pcg64Mcg::seed_from_u64(seed);
        let far = [1, steps.range, 3 * i64::try_from(steps.step.last().unwrap() + 2).unwrap_or(i64::MAX / 4)];
        let far = i128::from(far[rng.random_range(0..3)]);
        let mut y: Vec<i128> = (0..forest.n_vertices()).map(|_| rng.random_range(-far..=far)).collect();
        y[forest.outside()] = 0;
        let place = (0..network.n_needs()).map(|_| rng.random_range(0..8)).collect();
        let start = Optimum { y, place };
        let optimum = exact::optimum(&forest, &needs, start, rng.random_range(1..=steps.range), &control).unwrap();
        judge(&network, &solution(&network, &forest, &needs, &optimum, steps.step), seed);
    }
}

#[test]
fn a_tight_set_is_short_of_as_many_as_any_set_is() {
    let (mut compared, mut by_several) = (0, 0);
    for seed in 0..6_000 {
        let mut arrays = GeneralArrays::random(seed);
        if seed % 8 == 0 {
            // More than there are needs.
            arrays.base.capacity.iter_mut().zip(&mut arrays.floor).for_each(|(cap, floor)| {
                *cap += 9 * *floor;
                *floor *= 10;
            });
        }
        let network = arrays.network();
        let most = most_missing(&network);
        match solve(&network, &Control::new()).unwrap() {
            Solution::Infeasible(tight) => {
                assert_eq!(prove_infeasible(&network, &tight), Ok(()), "seed {seed}: {tight:?}");
                assert_eq!(i128::from(tight.missing), most, "seed {seed}: {tight:?}");
                compared += 1;
                by_several += u32::from(most > 1);
            }
            Solution::Optimal { .. } => assert_eq!(most, 0, "seed {seed}"),
        }
    }
    assert!(compared > 1000 && by_several > 300, "{compared}, {by_several}");
}

fn judge(network: &Network<'_, i64>, solution: &Solution, seed: u64) {
    let best = best_general_flow(network);
    match solution {
        Solution::Optimal { node, proof } => {
            let worth = prove_general(network, node, proof);
            let worth = worth.unwrap_or_else(|violation| panic!("seed {seed}: {violation}"));
            assert_eq!(Some(rank(worth)), best, "seed {seed}");
        }
        Solution::Infeasible(tight) => {
            assert_eq!(best, None, "seed {seed}");
            assert_eq!(prove_infeasible(network, tight), Ok(()), "seed {seed}: {tight:?}");
        }
    }
}

fn rank(worth: Worth) -> Rank {
    let mut of_tier = worth.served;
    of_tier.resize(usize::from(crate::MAX_TIER) + 1, 0);
    (of_tier[1..].iter().rev().copied().collect(), worth.total.score)
}
