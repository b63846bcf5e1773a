//! The solver against everything tried out, from good starts and from hostile ones.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::*;
use crate::oracle::{Arrays, all_flows_of, best_flow};
use crate::total::Total;
use crate::verify::{prove, total_and_bound};

/// Proves the flow and gives its total; a failure names the seed.
fn proven(network: &Network<'_, i64>, flow: &Flow, seed: u64) -> Total {
    prove(network, &flow.node, &flow.price).unwrap_or_else(|violation| panic!("seed {seed}: {violation:?}"))
}

#[test]
fn tiny_networks_are_solved_as_by_trying_everything() {
    for seed in 0..60_000 {
        let arrays = Arrays::random(seed);
        let network = arrays.network();
        let best = best_flow(&network).0;
        for few in [0, FEW] {
            let flow = solve_from(&network, few, None, &Control::new()).unwrap().0;
            assert_eq!(proven(&network, &flow, seed), best, "seed {seed}");
        }
    }
}

/// The flow to which any prices, any hint of who holds what and any step of tier lead.
fn from_anywhere(network: &Network<'_, i64>, seed: u64, control: &Control) -> Result<Flow, Error> {
    let mut rng = Pcg64Mcg::seed_from_u64(seed);
    let extent = Extent::of(network);
    let closed = forest::closed_at(network);
    let instance = Instance::<_, i64>::new(network, &closed, extent, Work::unlimited(), control)?;
    let dearest = rng.random_range(0..=4 * extent.range);
    let n_leaves = instance.forest.n_leaves;
    let mut price: Vec<i64> = (0..n_leaves).map(|_| rng.random_range(0..=dearest) << instance.shift).collect();
    start::rounded(&mut price, instance.shift);
    let hint = (0..instance.n_needs() as u32)
        .map(|need| {
            let list: Vec<_> = instance.edges(need).collect();
            list.get(rng.random_range(0..=list.len())).map_or(NONE, |&(leaf, _)| leaf)
        })
        .collect();
    let first_step = rng.random_range(0..=2) * instance.range;
    let (residual, levels) = exact(&instance, first_step, price, hint, control)?;
    control.check()?;
    Ok(flow(network, &closed, &residual, &levels))
}

#[test]
fn any_prices_any_hint_and_any_step_lead_to_the_optimum() {
    for seed in 0..60_000 {
        let arrays = Arrays::random(seed);
        let network = arrays.network();
        let flow = from_anywhere(&network, seed, &Control::new()).unwrap();
        assert_eq!(proven(&network, &flow, seed), best_flow(&network).0, "seed {seed}");
    }
}

#[test]
fn so_they_do_where_prices_fall_past_many_short_lists() {
    for seed in 0..6_000 {
        let arrays = Arrays::middle(seed, [3, 100, 1_000_000][seed as usize % 3], [1, 4][seed as usize % 2]);
        let network = arrays.network();
        let flow = from_anywhere(&network, seed, &Control::new()).unwrap();
        let total = proven(&network, &flow, seed);
        let answer = canonical(&network, &flow, &Control::new()).unwrap();
        assert_eq!(proven(&network, &answer, seed), total, "seed {seed}");
        assert_eq!(Some(&answer.price), crate::oracle::prices(&network, &answer.node).as_ref(), "seed {seed}");
        let other = solve_from(&network, 0, None, &Control::new()).unwrap().0;
        assert_eq!(canonical(&network, &other, &Control::new()).unwrap(), answer, "seed {seed}");
    }
}

#[test]
fn a_run_can_be_cancelled_whenever_it_asks() {
    let mut n_moments = 0;
    for seed in 0..60 {
        let arrays = Arrays::middle(seed, [3, 100, 1_000_000][seed as usize % 3], [1, 4][seed as usize % 2]);
        let network = arrays.network();
        let run = |is_rough: bool, control: &Control| {
            if is_rough {
                return from_anywhere(&network, seed, control);
            }
            let flow = solve_from(&network, 0, None, control)?.0;
            canonical(&network, &flow, control)
        };
        for is_rough in [false, true] {
            for moment in 1.. {
                let control = Control::new();
                control.cancel_when_asked(moment);
                match run(is_rough, &control) {
                    Err(error) => assert_eq!(error, Error::Cancelled, "seed {seed}"),
                    Ok(flow) => {
                        assert!(!control.was_cancelled(), "seed {seed}, moment {moment}");
                        proven(&network, &flow, seed);
                        break;
                    }
                }
                n_moments += 1;
            }
        }
    }
    assert!(n_moments > 20_000, "{n_moments}");
}

#[test]
fn little_work_gives_a_flow_within_the_capacities_and_a_bound_and_enough_work_the_optimum() {
    let (mut n_unproven, mut n_proven) = (0, 0);
    for seed in 0..2_000 {
        let arrays = Arrays::middle(seed, [3, 100, 1_000_000][seed as usize % 3], [1, 4][seed as usize % 2]);
        let network = arrays.network();
        for few in [0, FEW] {
            let (optimum, _) = solve_from(&network, few, None, &Control::new()).unwrap();
            let best = proven(&network, &optimum, seed);
            for limit in [1, 10, 100, 1_000, 100_000_000] {
                let (flow, work) = solve_from(&network, few, Some(limit), &Control::new()).unwrap();
                let (total, bound) = total_and_bound(&network, &flow.node, &flow.price, &Control::new()).unwrap();
                assert!(total <= best && best <= bound, "seed {seed}: {total:?} {best:?} {bound:?}");
                assert!(total == bound || work.is_spent(), "seed {seed}");
                assert!(limit < 100_000_000 || flow == optimum, "seed {seed}");
                *if total == bound { &mut n_proven } else { &mut n_unproven } += 1;
            }
        }
    }
    assert!(n_unproven > 4_000 && n_proven > 4_000, "{n_unproven} {n_proven}");
}

#[test]
fn thirty_two_bits_and_sixty_four_give_the_same_total() {
    for seed in 0..5_000 {
        let arrays = Arrays::random(seed);
        let network = arrays.network();
        let extent = Extent::of(&network);
        let narrow = solve_with::<_, i32>(&network, extent, 0, Work::unlimited(), &Control::new()).unwrap().0;
        let wide = solve_with::<_, i64>(&network, extent, 0, Work::unlimited(), &Control::new()).unwrap().0;
        assert_eq!(proven(&network, &narrow, seed), proven(&network, &wide, seed), "seed {seed}");
    }
}

#[test]
fn scores_at_their_limit_do_not_overflow() {
    let most = crate::network::MAX_SCORE;
    let (indptr, node, score) = ([0, 2, 4, 6], [0, 1, 0, 1, 0, 1], [most, most - 1, most, -most, -most, most]);
    let capacity = [1, 1];
    for tier in [[0, 0, 0], [63, 62, 1]] {
        let network = Network::new(&indptr, &node, &score, &capacity).unwrap().with_tiers(&tier).unwrap();
        for few in [0, FEW] {
            let flow = solve_from(&network, few, None, &Control::new()).unwrap().0;
            assert_eq!(proven(&network, &flow, 0), best_flow(&network).0);
        }
    }
}

/// The answer of the tie rule, straight from its words: every flow is tried.
fn by_the_rule(network: &Network<'_, i64>) -> Vec<Option<u32>> {
    let optimal = all_flows_of(network, best_flow(network).0);
    let mut kept: Vec<&Vec<Option<u32>>> = optimal.iter().collect();
    for need in 0..network.n_needs() {
        if kept.iter().any(|flow| flow[need].is_some()) {
            kept.retain(|flow| flow[need].is_some());
        }
    }
    for need in 0..network.n_needs() {
        let mut nodes: Vec<(u32, i64)> = network.edges(need).collect();
        nodes.sort_by_key(|&(v, score)| (std::cmp::Reverse(score), v));
        if let Some(&(v, _)) = nodes.iter().find(|&&(v, _)| kept.iter().any(|flow| flow[need] == Some(v))) {
            kept.retain(|flow| flow[need] == Some(v));
        }
    }
    kept[0].clone()
}

#[test]
fn the_tie_rule_alone_decides_the_flow_and_the_prices() {
    for seed in 0..40_000 {
        let arrays = Arrays::random(seed);
        let network = arrays.network();
        let flow = solve(&network, &Control::new()).unwrap();
        let answer = canonical(&network, &flow, &Control::new()).unwrap();
        assert_eq!(answer.node, by_the_rule(&network), "seed {seed}");
        assert_eq!(proven(&network, &answer, seed), proven(&network, &flow, seed), "seed {seed}");
        assert_eq!(Some(&answer.price), crate::oracle::prices(&network, &answer.node).as_ref(), "seed {seed}");
    }
}
