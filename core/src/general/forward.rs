//! Carries one unit from a vertex with more inflow than outflow to the nearest that has less, or outside.

use super::forest::NONE;
use super::residual::{Residual, State, Way};
use super::search::{Search, Via};
use super::weight::Weight;

/// Moves one unit of excess away; false where nothing can take it. The search has begun.
///
/// Prices rise by how much nearer than the target a vertex is, so that the path becomes free of cost and every condition
/// still holds.
pub(super) fn carry<W: Weight>(residual: &mut Residual<'_, W>, search: &mut Search<W>, start: usize) -> bool {
    while let Some((v, distance)) = search.settle_next() {
        expand(residual, search, v, distance);
    }
    let Some(target) = search.target() else { return false };
    for (v, nearer) in search.nearer() {
        residual.y[v] += nearer;
    }
    search.shift(residual, target);
    residual.excess[start] -= 1;
    if target != residual.forest.outside() {
        residual.excess[target] += 1;
    }
    true
}

fn expand<W: Weight>(residual: &Residual<'_, W>, search: &mut Search<W>, v: usize, distance: W) {
    let (forest, y) = (residual.forest, &residual.y);
    let outside = forest.outside();
    let is_target = |v: usize| v == outside || residual.excess[v] < 0;
    // The distance of a vertex at potential 0.
    let base = distance - y[v];
    if let Some(cost) = residual.cost_of(v, Way::Up) {
        let above = forest.parent[v] as usize;
        search.offer(above, base + cost + y[above], v, Via::Tree { below: v as u32, way: Way::Up }, is_target);
    }
    for &child in forest.children(v) {
        if let Some(cost) = residual.cost_of(child as usize, Way::Down) {
            let via = Via::Tree { below: child, way: Way::Down };
            search.offer(child as usize, base + cost + y[child as usize], v, via, is_target);
        }
    }
    if forest.is_supply(v) {
        for &need in residual.held(v) {
            let &State { worth, group, .. } = residual.state(need);
            let base = base + worth;
            search.offer(group as usize, base + y[group as usize], v, Via::Need { need, edge: NONE }, is_target);
            offer_edges(residual, search, v, need, base);
        }
    } else {
        for &need in residual.waiting(v) {
            offer_edges(residual, search, v, need, base);
        }
    }
}

/// Offers every node at which a need can be served.
#[inline]
fn offer_edges<W: Weight>(residual: &Residual<'_, W>, search: &mut Search<W>, v: usize, need: u32, base: W) {
    let outside = residual.forest.outside();
    let is_target = |v: usize| v == outside || residual.excess[v] < 0;
    let base = base - residual.state(need).bonus;
    for (k, edge) in residual.lists.edges(need as usize).iter().enumerate() {
        let to = edge.node as usize;
        let distance = base - W::from(edge.score) + residual.y[to];
        if distance < search.end && to != v {
            let edge = residual.lists.number(need as usize, k);
            search.offer(to, distance, v, Via::Need { need, edge }, is_target);
        }
    }
}
