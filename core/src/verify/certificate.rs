//! Proves in numbers that a flow is feasible and optimal. Shares no code with what produced it.
//!
//! | Symbol | Means |
//! |---|---|
//! | `q` of a node | the node's own price, a pair (tier, score) of at least (0, 0) |
//! | `P` of a node | the sum of `q` from the node to its root |
//! | `u` of a need | the most that any of its edges is worth after its `P`, and at least (0, 0) |
//!
//! Pairs compare lexicographically, which makes them an ordered group; that is all that weak duality asks for.
//! For any `q ≥ 0` every feasible flow has total ≤ Σ capacity·q + Σ u: a served need is worth at most `u + P`, and
//! the `P` of all served needs together are at most Σ capacity·q, since no node serves more than its capacity.
//! A total that equals this bound is therefore the greatest of all, whoever found flow and prices.

use super::Violation;
use super::each::in_parts;
use super::least::Optimum;
use super::packed::{FullPrices, Pair};
use crate::control::Control;
use crate::network::{Network, Score};
use crate::solve::Price;
use crate::total::Total;

/// Checks that the flow is feasible and that the prices prove it optimal; gives its total, which is also the bound.
///
/// *Shapes*: `node` `[n_needs]`, `price` `[n_nodes]`.
///
/// # Errors
///
/// The first [`Violation`] in the order feasibility, prices, optimality.
///
/// # Complexity
///
/// O(edges + nodes · depth).
pub(crate) fn prove<S: Score>(
    network: &Network<'_, S>,
    node: &[Option<u32>],
    price: &[Price],
) -> Result<Total, Violation> {
    let (total, bound) = total_and_bound(network, node, price, &Control::new())?;
    if total == bound { Ok(total) } else { Err(slack(network, node, price)) }
}

/// Checks that the flow is feasible and the prices are such as bound; gives the flow's total, and the bound on that of
/// every other. Means nothing once the run is cancelled.
///
/// # Errors
///
/// The first [`Violation`] in the order feasibility, prices.
///
/// # Complexity
///
/// O(edges + nodes · depth).
pub(crate) fn total_and_bound<S: Score>(
    network: &Network<'_, S>,
    node: &[Option<u32>],
    price: &[Price],
    control: &Control,
) -> Result<(Total, Total), Violation> {
    if node.len() != network.n_needs() {
        return Err(Violation::Length { list: "node" });
    }
    // What is wrong with the flow is said before what is wrong with the prices, and every edge is read once.
    let checked = cost_of_places(network, price);
    let full_price = match &checked {
        Ok(_) => full_prices(network, price),
        Err(_) => FullPrices::new(vec![Total::ZERO; network.n_nodes()]),
    };
    let (total, utility) = match &full_price {
        FullPrices::Packed(price) => sums(network, node, price, control),
        FullPrices::Exact(price) => sums(network, node, price, control),
    };
    let total = total?;
    let over = load(network, node).into_iter().enumerate().find(|&(v, load)| load > network.capacity(v as u32));
    if let Some((node, _)) = over {
        return Err(Violation::OverCapacity { node });
    }
    let bound = checked?.checked_add(utility?).ok_or(Violation::PriceOverflow)?;
    Ok((total, bound))
}

/// Checks that no lower prices would prove as much, given prices that [`prove`] accepts. Means nothing once the run is
/// cancelled.
///
/// # Errors
///
/// [`Violation::PriceNotLeast`].
///
/// # Complexity
///
/// O(edges + nodes · depth).
pub(crate) fn prove_least<S: Score>(
    network: &Network<'_, S>,
    node: &[Option<u32>],
    price: &[Price],
    control: &Control,
) -> Result<(), Violation> {
    let load = load(network, node);
    let nodes = || (0..network.n_nodes()).map(|v| v as u32);
    let optimum = Optimum {
        above: nodes().map(|v| network.parent(v).map(|above| above as usize)).collect(),
        has_room: nodes().map(|v| load[v as usize] < network.capacity(v)).collect(),
        full_price: &full_prices(network, price),
        served_at: node.iter().map(|v| v.map(|v| v as usize)).collect(),
        edges: |need| (network.tier(need).into(), network.edges(need).map(|(v, score)| (v, score.into()))),
        control,
    };
    optimum.check_least()
}

/// The capacity of every node at its own price.
fn cost_of_places<S: Score>(network: &Network<'_, S>, price: &[Price]) -> Result<Total, Violation> {
    if price.len() != network.n_nodes() {
        return Err(Violation::Length { list: "price" });
    }
    let mut sum = Total::ZERO;
    for (node, q) in price.iter().enumerate() {
        if *q < Price::default() {
            return Err(Violation::NegativePrice { node });
        }
        // The product of two numbers below 2^63 fits; the sum of many may not.
        let capacity = i128::from(network.capacity(node as u32));
        let term = Total { tier: capacity * i128::from(q.tier), score: capacity * i128::from(q.score) };
        sum = sum.checked_add(term).ok_or(Violation::PriceOverflow)?;
    }
    Ok(sum)
}

/// What all needs that are served are worth, if each is served along an edge of its own; and the most that all needs
/// together can be worth at the prices.
fn sums<S: Score, P: Pair>(
    network: &Network<'_, S>,
    node: &[Option<u32>],
    full_price: &[P],
    control: &Control,
) -> (Result<Total, Violation>, Result<Total, Violation>) {
    let of_part = |needs: std::ops::Range<usize>| {
        let (mut total, mut utility) = (Ok(Total::ZERO), Ok(Total::ZERO));
        let add = |sum: &mut Result<Total, Violation>, term: Result<Total, Violation>| {
            if let Ok(so_far) = *sum {
                *sum = term.and_then(|term| so_far.checked_add(term).ok_or(Violation::PriceOverflow));
            }
        };
        for need in if control.is_cancelled() { 0..0 } else { needs } {
            let (tier, mut most, mut value) = (i64::from(network.tier(need)), P::ZERO, None);
            for (v, score) in network.edges(need) {
                most = most.max(P::of(tier, score.into()) - full_price[v as usize]);
                if node[need] == Some(v) && value.is_none() {
                    value = Some(Total::of(tier, score.into()));
                }
            }
            if node[need].is_some() {
                add(&mut total, value.ok_or(Violation::NotACandidate { need }));
            }
            add(&mut utility, Ok(most.total()));
        }
        (total, utility)
    };
    let (totals, utilities): (Vec<_>, Vec<_>) = in_parts(node.len(), of_part).into_iter().unzip();
    (sum(totals), sum(utilities))
}

fn sum(parts: Vec<Result<Total, Violation>>) -> Result<Total, Violation> {
    let add = |sum: Total, part: Result<Total, Violation>| sum.checked_add(part?).ok_or(Violation::PriceOverflow);
    parts.into_iter().try_fold(Total::ZERO, add)
}

/// The first place where total and bound drift apart. There is one: bound − total is the sum of the differences
/// looked at here, none of which is below zero.
fn slack<S: Score>(network: &Network<'_, S>, node: &[Option<u32>], price: &[Price]) -> Violation {
    let load = load(network, node);
    let priced_but_free = |v: usize| price[v] != Price::default() && load[v] < network.capacity(v as u32);
    if let Some(node) = (0..price.len()).find(|&v| priced_but_free(v)) {
        return Violation::PricedButFree { node };
    }
    let full_price = full_prices(network, price);
    let not_the_best = |need: usize| {
        let got = node[need].and_then(|v| Some(value_at(network, need, v)? - full_price.at(v as usize)));
        got.unwrap_or(Total::ZERO) != utility(network, need, &full_price)
    };
    let need = (0..network.n_needs()).find(|&need| not_the_best(need));
    need.map_or(Violation::WrongBound, |need| Violation::NotTheBest { need })
}

/// What an edge of a need is worth; `None` where there is no such edge.
fn value_at<S: Score>(network: &Network<'_, S>, need: usize, node: u32) -> Option<Total> {
    let (_, score) = network.edges(need).find(|&(v, _)| v == node)?;
    Some(Total { tier: network.tier(need).into(), score: score.into().into() })
}

/// The most that a need can be worth at the prices.
fn utility<S: Score>(network: &Network<'_, S>, need: usize, full_price: &FullPrices) -> Total {
    let tier = network.tier(need).into();
    let worth = |(v, score): (u32, S)| Total::of(tier, score.into()) - full_price.at(v as usize);
    network.edges(need).map(worth).max().unwrap_or(Total::ZERO).max(Total::ZERO)
}

/// How many needs each node serves, together with everything under it.
fn load<S: Score>(network: &Network<'_, S>, node: &[Option<u32>]) -> Vec<u64> {
    let mut load = vec![0; network.n_nodes()];
    for &served_at in node {
        let mut next = served_at;
        while let Some(v) = next {
            load[v as usize] += 1;
            next = network.parent(v);
        }
    }
    load
}

/// For each node the sum of the prices from it to its root.
fn full_prices<S: Score>(network: &Network<'_, S>, price: &[Price]) -> FullPrices {
    let to_the_root = |v: u32| {
        let mut sum = Total::ZERO;
        let mut next = Some(v);
        while let Some(v) = next {
            let q = price[v as usize];
            sum += Total { tier: q.tier.into(), score: q.score.into() };
            next = network.parent(v);
        }
        sum
    };
    FullPrices::new((0..price.len()).map(|v| to_the_root(v as u32)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::{Arrays, best_flow, prices};
    use crate::verify::each::PART;

    #[test]
    fn every_optimum_with_its_prices_is_accepted() {
        for seed in 0..2000 {
            let arrays = Arrays::random(seed);
            let network = arrays.network();
            let (total, node) = best_flow(&network);
            let price = prices(&network, &node).expect("an optimal flow has prices");
            assert_eq!(prove(&network, &node, &price), Ok(total), "seed {seed}");
        }
    }

    #[test]
    fn prices_are_the_least_or_one_of_them_can_fall() {
        let network = Network::new(&[0, 1, 2], &[0, 0], &[5i64, 3], &[1]).unwrap();
        let node = [Some(0), None];
        let verdict = |score| prove_least(&network, &node, &[Price { tier: 0, score }], &Control::new());
        assert_eq!(verdict(3), Ok(()));
        assert_eq!(verdict(4), Err(Violation::PriceNotLeast { node: 0 }));
        for seed in 0..1000 {
            let arrays = Arrays::random(seed);
            let network = arrays.network();
            let (_, node) = best_flow(&network);
            let least = prices(&network, &node).expect("an optimal flow has prices");
            assert_eq!(prove_least(&network, &node, &least, &Control::new()), Ok(()), "seed {seed}");
            for v in 0..least.len() {
                let mut higher = least.clone();
                higher[v].score += 1;
                if prove(&network, &node, &higher).is_ok() {
                    assert!(prove_least(&network, &node, &higher, &Control::new()).is_err(), "seed {seed}, node {v}");
                }
            }
        }
    }

    #[test]
    fn what_a_node_charges_is_not_charged_by_a_full_one_above_it() {
        // Two needs want the one place of node 0, and node 1 above it has one place as well.
        let network = Network::new(&[0, 1, 2], &[0, 0], &[5i64, 3], &[1, 1]).unwrap();
        let network = network.with_parents(&[Some(1), None]).unwrap();
        let (node, at) = ([Some(0), None], |own, above| [own, above].map(|score| Price { tier: 0, score }));
        assert!(prove(&network, &node, &at(3, 0)).is_ok() && prove(&network, &node, &at(0, 3)).is_ok());
        assert_eq!(prove_least(&network, &node, &at(3, 0), &Control::new()), Ok(()));
        assert_eq!(prove_least(&network, &node, &at(0, 3), &Control::new()), Err(Violation::PriceNotLeast { node: 1 }));
    }

    #[test]
    fn more_needs_than_one_part_holds_are_all_counted() {
        let n = 2 * PART + 7;
        let (indptr, score): (Vec<usize>, Vec<i64>) = ((0..=n).collect(), (0..n as i64).collect());
        let (node, capacity) = (vec![0; n], [n as u64 - 1]);
        let network = Network::new(&indptr, &node, &score, &capacity).unwrap();
        // All but the first, which is worth nothing.
        let served: Vec<Option<u32>> = (0..n).map(|need| (need > 0).then_some(0)).collect();
        let total = Total { tier: 0, score: (n as i128 - 1) * n as i128 / 2 };
        assert_eq!(prove(&network, &served, &[Price::default()]), Ok(total));
        let mut worse = served.clone();
        worse.swap(0, n - 1);
        assert_eq!(prove(&network, &worse, &[Price::default()]), Err(Violation::NotTheBest { need: n - 1 }));
    }

    #[test]
    fn no_price_proves_a_flow_that_is_not_optimal() {
        for seed in 0..500 {
            let arrays = Arrays::random(seed);
            let network = arrays.network();
            let (total, node) = best_flow(&network);
            let price = prices(&network, &node).expect("an optimal flow has prices");
            for need in 0..network.n_needs() {
                let others = network.edges(need).map(|(v, _)| Some(v)).chain([None]);
                for other in others.filter(|&other| other != node[need]) {
                    let mut changed = node.clone();
                    changed[need] = other;
                    // Another flow passes only if it is just as good, and then it is an optimum too.
                    if let Ok(same) = prove(&network, &changed, &price) {
                        assert_eq!(same, total, "seed {seed}, need {need}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_price_that_is_off_by_one_is_noticed_where_it_matters() {
        let network = Network::new(&[0, 1, 2], &[0, 0], &[5i64, 3], &[1]).unwrap();
        let node = [Some(0), None];
        for score in 3..=5 {
            assert!(prove(&network, &node, &[Price { tier: 0, score }]).is_ok(), "any price from 3 to 5 proves it");
        }
        let verdict = |tier, score| prove(&network, &node, &[Price { tier, score }]).unwrap_err();
        assert_eq!(verdict(0, 2), Violation::NotTheBest { need: 1 });
        assert_eq!(verdict(0, 6), Violation::NotTheBest { need: 0 });
        assert_eq!(verdict(1, 0), Violation::NotTheBest { need: 0 });
        assert_eq!(verdict(0, -1), Violation::NegativePrice { node: 0 });
        assert_eq!(verdict(-1, 4), Violation::NegativePrice { node: 0 });
    }

    #[test]
    fn large_prices_and_small_ones_give_the_same_sums() {
        for seed in 0..500 {
            let arrays = Arrays::random(seed);
            let network = arrays.network();
            let (_, node) = best_flow(&network);
            let FullPrices::Packed(small) = full_prices(&network, &prices(&network, &node).unwrap()) else {
                panic!("seed {seed}: the prices are small");
            };
            let large: Vec<Total> = small.iter().map(|price| price.total()).collect();
            assert_eq!(
                sums(&network, &node, &small, &Control::new()),
                sums(&network, &node, &large, &Control::new()),
                "seed {seed}"
            );
        }
    }

    #[test]
    fn a_node_with_free_places_has_no_price() {
        let network = Network::new(&[0, 1], &[0], &[5i64], &[2]).unwrap();
        assert!(prove(&network, &[Some(0)], &[Price::default()]).is_ok());
        let priced = [Price { tier: 0, score: 1 }];
        assert_eq!(prove(&network, &[Some(0)], &priced), Err(Violation::PricedButFree { node: 0 }));
    }

    #[test]
    fn what_is_not_feasible_is_rejected_first() {
        let network = Network::new(&[0, 1, 2], &[0, 0], &[5i64, 3], &[2, 1, 9]).unwrap();
        let network = network.with_parents(&[Some(1), None, None]).unwrap();
        let free = [Price::default(); 3];
        let verdict = |node: &[Option<u32>]| prove(&network, node, &free).unwrap_err();
        assert_eq!(verdict(&[Some(0), Some(0)]), Violation::OverCapacity { node: 1 });
        assert_eq!(verdict(&[Some(0), Some(2)]), Violation::NotACandidate { need: 1 });
        assert_eq!(verdict(&[Some(0), Some(u32::MAX)]), Violation::NotACandidate { need: 1 });
        assert_eq!(verdict(&[Some(0)]), Violation::Length { list: "node" });
        assert_eq!(prove(&network, &[None, None], &free[..2]), Err(Violation::Length { list: "price" }));
    }

    #[test]
    fn a_need_of_tier_zero_is_not_served_at_a_loss() {
        let network = Network::new(&[0, 1], &[0], &[-5i64], &[1]).unwrap();
        let free = [Price::default()];
        assert_eq!(prove(&network, &[Some(0)], &free), Err(Violation::NotTheBest { need: 0 }));
        assert_eq!(prove(&network, &[None], &free), Ok(Total::ZERO));
        let tiered = network.with_tiers(&[1]).unwrap();
        assert_eq!(prove(&tiered, &[Some(0)], &free), Ok(Total { tier: 1, score: -5 }));
        assert_eq!(prove(&tiered, &[None], &free), Err(Violation::NotTheBest { need: 0 }));
    }

    #[test]
    fn nothing_at_all_is_proven_with_total_zero() {
        let network = Network::<i64>::new(&[0], &[], &[], &[]).unwrap();
        assert_eq!(prove(&network, &[], &[]), Ok(Total::ZERO));
    }

    #[test]
    fn the_largest_numbers_neither_wrap_nor_panic() {
        let capacity = [i64::MAX as u64; 5];
        let network = Network::new(&[0, 1], &[0], &[crate::MAX_SCORE], &capacity).unwrap();
        let chain: Vec<_> = (1..5).map(Some).chain([None]).collect();
        let network = network.with_parents(&chain).unwrap();
        let high = [Price { tier: i64::MAX, score: i64::MAX }; 5];
        assert_eq!(prove(&network, &[Some(0)], &high), Err(Violation::PriceOverflow));
        let low = [Price { tier: 1, score: i64::MIN }; 5];
        assert_eq!(prove(&network, &[Some(0)], &low), Err(Violation::PriceOverflow));
        let free = [Price::default(); 5];
        assert_eq!(prove(&network, &[Some(0)], &free), Ok(Total { tier: 0, score: crate::MAX_SCORE.into() }));
    }
}
