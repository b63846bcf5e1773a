//! Fetches one unit for a vertex with less inflow than outflow from outside, along the path that loses least.

use super::forest::NONE;
use super::needs::Look;
use super::residual::{Residual, State, Way};
use super::search::{Search, Via};
use super::weight::Weight;

/// Moves one unit to a vertex that lacks it; false where none can be had. The search has begun.
///
/// The mirror image of `forward`: paths are followed backwards and prices fall.
pub(super) fn fetch<W: Weight>(residual: &mut Residual<'_, W>, search: &mut Search<W>, start: usize) -> bool {
    while let Some((v, distance)) = search.settle_next() {
        expand(residual, search, v, distance);
    }
    let Some(source) = search.target() else { return false };
    for (v, nearer) in search.nearer() {
        residual.y[v] = residual.y[v] - nearer;
    }
    search.shift(residual, source);
    residual.excess[start] += 1;
    if source != residual.forest.outside() {
        residual.excess[source] -= 1;
    }
    true
}

fn expand<W: Weight>(residual: &Residual<'_, W>, search: &mut Search<W>, v: usize, distance: W) {
    let (forest, y) = (residual.forest, &residual.y);
    let outside = forest.outside();
    let is_source = |v: usize| v == outside || residual.excess[v] > 0;
    let base = distance + y[v];
    if let Some(cost) = residual.cost_of(v, Way::Down) {
        let above = forest.parent[v] as usize;
        search.offer(above, base + cost - y[above], v, Via::Tree { below: v as u32, way: Way::Down }, is_source);
    }
    for &child in forest.children(v) {
        if let Some(cost) = residual.cost_of(child as usize, Way::Up) {
            let via = Via::Tree { below: child, way: Way::Up };
            search.offer(child as usize, base + cost - y[child as usize], v, via, is_source);
        }
    }
    if forest.is_supply(v) {
        for &Look { score, need, edge } in residual.lists.looking_at(v) {
            let &State { worth, bonus, at, edge: held, .. } = residual.state(need);
            // The need comes from the node that it holds, or from its group.
            let distance = base + worth - bonus - W::from(score) - y[at as usize];
            if held != edge && distance < search.end {
                search.offer(at as usize, distance, v, Via::Need { need, edge }, is_source);
            }
        }
    } else {
        for &need in residual.served(v) {
            let &State { worth, at, .. } = residual.state(need);
            let distance = base + worth - y[at as usize];
            search.offer(at as usize, distance, v, Via::Need { need, edge: NONE }, is_source);
        }
    }
}
