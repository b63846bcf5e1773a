//! A start from the optimum of nearly the same network.
//!
//! Where only some bounds changed, few units are out of balance at the old prices.

use super::exact::Optimum;
use super::forest::Forest;
use super::needs::Needs;
use super::weight::Weight;
use crate::network::{Network, Score};
use crate::proof::Proof;

/// Places and prices of another network as a start; groups that it does not have charge nothing.
pub(super) fn start<S: Score, W: Weight>(
    network: &Network<'_, S>,
    (forest, needs): (&Forest<W>, &Needs<W>),
    (node, proof): (&[Option<u32>], &Proof),
) -> Optimum<W> {
    let above = |v: u32| std::iter::successors(Some(v), |&v| network.parent(v));
    let full = |v: u32| above(v).map(|v| proof.price[v as usize]).sum::<i128>();
    let mut y: Vec<W> = (0..network.n_nodes() as u32).map(|v| W::of(full(v))).collect();
    let around =
        |g: u32| std::iter::successors(Some(g), |&g| network.demand().and_then(|demand| demand.parent[g as usize]));
    let own = |g: u32| proof.demand_price.get(g as usize).copied().unwrap_or(0);
    y.extend(forest.group_of_vertex.iter().map(|&g| W::of(-around(g).map(own).sum::<i128>())));
    // Outside charges nothing.
    y.push(W::default());
    Optimum { y, place: needs.places(node) }
}
