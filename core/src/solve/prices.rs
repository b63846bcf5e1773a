//! From the engine's potentials back to a price for every node of the network.

use super::Price;
use super::forest::{NONE, top_down};
use super::level::Levels;
use super::residual::Residual;
use super::weight::Weight;
use crate::network::{Network, Score};

/// Each node's own price: what it charges on top of its ancestors.
///
/// A node that the engine left out because no edge could use it charges nothing. A closed node charges whatever keeps
/// its edges from being worth more than what their needs have; since it has no capacity, that adds nothing to the
/// bound.
pub(super) fn own_prices<S: Score, W: Weight>(
    network: &Network<'_, S>,
    closed: &[Option<u32>],
    residual: &Residual<'_, S, W>,
    levels: &Levels,
) -> Vec<Price> {
    let total = total_prices(network, residual, levels);
    let mut own = vec![Price::default(); network.n_nodes()];
    for v in 0..network.n_nodes() as u32 {
        let above = network.parent(v).map_or(Price::default(), |p| total[p as usize]);
        own[v as usize] = total[v as usize] - above;
    }
    if closed.iter().any(Option::is_some) {
        charge_closed(network, closed, &total, &mut own);
    }
    own
}

/// The price of a place at each node, its ancestors' charges included.
fn total_prices<S: Score, W: Weight>(
    network: &Network<'_, S>,
    residual: &Residual<'_, S, W>,
    levels: &Levels,
) -> Vec<Price> {
    let instance = residual.instance;
    let mut total = vec![Price::default(); network.n_nodes()];
    for (v, &origin) in instance.forest.origin.iter().enumerate() {
        // A leaf made for edges at an inner node has room for all of them, so it charges nothing of its own.
        if instance.forest.is_leaf(v as u32) && is_direct(residual, v, origin) {
            continue;
        }
        let tier = i64::from(levels.level[v]);
        total[origin as usize] =
            Price { tier, score: (residual.potential[v] - tier * residual.step) >> instance.shift };
    }
    // A node without load may have fallen below its parent; raising it again changes no need's choice.
    for v in top_down(network) {
        let above = network.parent(v).map_or(Price::default(), |p| total[p as usize]);
        total[v as usize] = total[v as usize].max(above);
    }
    total
}

/// Whether a leaf stands for the edges that arrive at an inner node.
fn is_direct<S: Score, W: Weight>(residual: &Residual<'_, S, W>, leaf: usize, origin: u32) -> bool {
    let forest = &residual.instance.forest;
    forest.parent[leaf] != NONE && forest.origin[forest.parent[leaf] as usize] == origin
}

fn charge_closed<S: Score>(network: &Network<'_, S>, closed: &[Option<u32>], total: &[Price], own: &mut [Price]) {
    let mut dearest: Vec<Price> = total.to_vec();
    for need in 0..network.n_needs() {
        let worth = |score: S| Price { tier: i64::from(network.tier(need)), score: score.into() };
        let open = network.edges(need).filter(|&(v, _)| closed[v as usize].is_none());
        let utility = open.map(|(v, s)| worth(s) - total[v as usize]).max().unwrap_or_default().max(Price::default());
        for (v, score) in network.edges(need) {
            if let Some(top) = closed[v as usize] {
                let dear = &mut dearest[top as usize];
                *dear = (*dear).max(worth(score) - utility);
            }
        }
    }
    for v in 0..network.n_nodes() {
        if closed[v] == Some(v as u32) {
            let above = network.parent(v as u32).map_or(Price::default(), |p| total[p as usize]);
            own[v] = dearest[v].max(above) - above;
        }
    }
}
