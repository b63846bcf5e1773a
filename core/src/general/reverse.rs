//! Fetches one unit for a vertex with less inflow than outflow from outside, along the path that loses least.

use super::forest::NONE;
use super::residual::{Residual, Way};
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
        for &(need, edge) in residual.lists.looking_at(v) {
            let gained = residual.weight(need, edge);
            let held = residual.edge[need as usize];
            if held == edge {
                continue;
            }
            // The need comes from the node that it holds, or from its group.
            let (from, lost) = if held == NONE {
                (residual.needs.group[need as usize] as usize, W::default())
            } else {
                (residual.lists.node[held as usize] as usize, residual.weight(need, held))
            };
            search.offer(from, base + lost - gained - y[from], v, Via::Need { need, edge }, is_source);
        }
    } else {
        for &need in residual.needs.members(v) {
            let held = residual.edge[need as usize];
            if held != NONE {
                let from = residual.lists.node[held as usize] as usize;
                let distance = base + residual.weight(need, held) - y[from];
                search.offer(from, distance, v, Via::Need { need, edge: NONE }, is_source);
            }
        }
    }
}
