//! The engine against brute force, also from prices that no phase would come up with.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::*;
use crate::oracle::{GeneralArrays, Rank, best_general_flow, most_missing};
use crate::verify::{Worth, prove_general, prove_infeasible, prove_without};

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
fn whether_floors_can_be_met_does_not_depend_on_the_places_at_the_start() {
    let mut n_infeasible = 0;
    for seed in 0..N_NETWORKS {
        let arrays = GeneralArrays::random(seed);
        let network = arrays.network();
        let forest = Forest::<i64>::of(&network);
        let needs = Needs::of(&network, &forest, &[0; crate::MAX_TIER as usize + 1]);
        let mut rng = Pcg64Mcg::seed_from_u64(seed);
        let place = |need: usize| {
            let nodes = needs.nodes(need);
            nodes.get(rng.random_range(0..=nodes.len())).copied().unwrap_or(NONE)
        };
        let places: Vec<u32> = (0..needs.n_needs()).map(place).collect();
        let control = Control::new();
        let greedy = feasible::obstacle(&network, &forest, &needs, None, &control).unwrap();
        let other = feasible::obstacle(&network, &forest, &needs, Some(places), &control).unwrap();
        assert_eq!(greedy.is_some(), other.is_some(), "seed {seed}");
        n_infeasible += u64::from(other.is_some());
        if let Some(tight) = other {
            judge(&network, &Solution::Infeasible(tight), seed);
        }
    }
    assert!(n_infeasible > N_NETWORKS / 20, "{n_infeasible} were infeasible");
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
        if feasible::obstacle(&network, &forest, &needs, None, &control).unwrap().is_some() {
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
        let first = (rng.random_range(1..=steps.range), exact::NARROW);
        let (optimum, _) = exact::optimum(&forest, &needs, start, None, first, &control).unwrap();
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

#[test]
fn from_the_fast_engine_and_from_samples_the_optimum_is_worth_the_same() {
    let mut n_compared = 0;
    for seed in 0..N_NETWORKS / 4 {
        let arrays = GeneralArrays::random(seed);
        let network = arrays.network();
        let steps = Steps::of(&network).unwrap();
        let relaxed = Relaxed::of(&network, &steps.step, &Control::new()).unwrap();
        let near = from(&network, relaxed.as_ref().map_or(Origin::Samples, Origin::Relaxed));
        let sampled = from(&network, Origin::Samples);
        judge(&network, &near, seed);
        judge(&network, &sampled, seed);
        if let Solution::Optimal { node, proof } = &near {
            let again = from(&network, Origin::Other((node, proof)));
            // An optimum leaves nothing to be done.
            let Solution::Optimal { node: same, .. } = &again else { panic!("seed {seed}") };
            assert_eq!(same, node, "seed {seed}");
            judge(&network, &again, seed);
        }
        n_compared += u32::from(relaxed.is_some() && matches!(near, Solution::Optimal { .. }));
    }
    assert!(n_compared > 2_500, "{n_compared}");
}

#[test]
fn from_the_optimum_of_a_network_with_other_bounds_the_optimum_is_found_again() {
    let mut n_solved = 0;
    for seed in 0..N_NETWORKS / 4 {
        let arrays = GeneralArrays::random(seed);
        let bounded = arrays.network();
        let lax = bounded.with_capacities_only();
        let Solution::Optimal { node, proof } = solve(&lax, &Control::new()).unwrap() else { panic!("seed {seed}") };
        let again = from(&bounded, Origin::Other((&node, &proof)));
        judge(&bounded, &again, seed);
        n_solved += u32::from(matches!(again, Solution::Optimal { .. }));
    }
    assert!(n_solved > 2_500, "{n_solved}");
}

#[test]
fn networks_that_differ_by_bounds_of_groups_are_solved_one_after_the_other() {
    let mut seen = [0; 3];
    for seed in 0..N_NETWORKS / 4 {
        let mut arrays = GeneralArrays::random(seed);
        let control = Control::new();
        let is_vertex = vec![true; arrays.group_cap.len()];
        let mut variants = Variants::of(&arrays.network(), is_vertex, &control).unwrap();
        let mut rng = Pcg64Mcg::seed_from_u64(seed);
        let mut last: Option<(Vec<Option<u32>>, Proof)> = None;
        for _ in 0..5 {
            let network = arrays.network();
            let other = last.as_ref().map(|(node, proof)| (&node[..], proof));
            let is_near = other.is_some_and(|(node, _)| relaxed::is_near(&network, node));
            let solution = variants.solve(&network, other, &control).unwrap();
            judge(&network, &solution, seed);
            match solution {
                Solution::Optimal { node, proof } => {
                    seen[usize::from(is_near)] += 1;
                    last = Some((node, proof));
                }
                Solution::Infeasible(_) => seen[2] += 1,
            }
            for (cap, floor) in arrays.group_cap.iter_mut().zip(&mut arrays.group_floor) {
                *cap = rng.random_range(0..=5);
                *floor = rng.random_range(0..=*cap).saturating_sub(2);
            }
        }
    }
    assert!(seen.iter().all(|&n| n > 2_500), "{seen:?}");
}

#[test]
fn what_the_fast_engine_finds_within_all_bounds_is_the_answer() {
    let mut seen = [0; 3];
    for seed in 0..N_NETWORKS {
        let arrays = GeneralArrays::random(seed);
        let network = arrays.network();
        let (steps, control) = (Steps::of(&network).unwrap(), Control::new());
        let Some(relaxed) = Relaxed::of(&network, &steps.step, &control).unwrap() else { continue };
        let distance = relaxed.distance(&network);
        seen[distance as usize] += 1;
        let plain = network.with_capacities_only();
        let fast = crate::solve::canonical(&plain, &crate::solve::solve(&plain, &control).unwrap(), &control).unwrap();
        let is_within = prove_without(&network, &fast.node).is_ok();
        // What would gain is no answer, even where there are too few needs for it.
        let gains = |v| network.loads().is_some_and(|loads| loads.breakpoints(v).any(|(_, cost)| cost < 0));
        let may_gain = (0..network.n_nodes() as u32).any(gains);
        assert!(is_within == (distance == Distance::Within) || (is_within && may_gain), "seed {seed}");
        if distance == Distance::Within {
            let Solution::Optimal { node, .. } = solve(&network, &control).unwrap() else { panic!("seed {seed}") };
            assert_eq!(node, fast.node, "seed {seed}");
        }
    }
    assert!(seen[0] > 1000 && seen[2] > 1000, "{seen:?}");
}

/// What is found from an origin, with numbers of 128 bits.
fn from(network: &Network<'_, i64>, origin: Origin<'_>) -> Solution {
    let (steps, control) = (Steps::of(network).unwrap(), Control::new());
    let forest = Forest::<i128>::of(network);
    let needs = Needs::of(network, &forest, &steps.step);
    match feasible::obstacle(network, &forest, &needs, None, &control).unwrap() {
        Some(tight) => Solution::Infeasible(tight),
        None => solve_from(network, (forest, &needs, &steps), (origin, None), &control).unwrap().0,
    }
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
