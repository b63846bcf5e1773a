//! Can all floors be met? If not, what stands in the way.
//!
//! Places are given out greedily to meet floors; then units are moved until every vertex is in balance ([`blocking`]).
//! Where one cannot be balanced, the vertices that a search from it reaches form a set that no unit can leave, or enter;
//! the borders of that set prove that no flow meets all floors ([`tight`]).
//!
//! [`blocking`]: super::blocking

use super::blocking::Units;
use super::forest::{Forest, NONE};
use super::needs::Needs;
use super::tight::{self, Set};
use super::weight::Weight;
use crate::control::Control;
use crate::error::Error;
use crate::network::{Network, Score};
use crate::proof::{Shortage, TightSet};

/// A set that proves that the floors cannot be met, or `None` where they can.
pub(super) fn obstacle<S: Score, W: Weight>(
    network: &Network<'_, S>,
    forest: &Forest<W>,
    needs: &Needs<W>,
    control: &Control,
) -> Result<Option<TightSet>, Error> {
    if let Some(tight) = floor_above_needs(network) {
        return Ok(Some(tight));
    }
    if forest.floor.iter().all(|&floor| floor == 0) {
        return Ok(None);
    }
    let mut units = Units::new(forest, needs, greedy(forest, needs));
    let Some(stuck) = units.balance(control)? else { return Ok(None) };
    let closed = units.closed_set(stuck, control)?.to_vec();
    Ok(Some(tight::closed(network, forest, needs, units.places(), &closed, stuck)))
}

/// A floor that would not be met if every need that there is were served.
fn floor_above_needs<S: Score>(network: &Network<'_, S>) -> Option<TightSet> {
    let n_needs = network.n_needs() as u64;
    let below = |x: u32, top: u32, parent: &dyn Fn(u32) -> Option<u32>| {
        std::iter::successors(Some(x), |&x| parent(x)).any(|x| x == top)
    };
    let nodes = || 0..network.n_nodes() as u32;
    if let Some(top) = nodes().find(|&v| network.floor(v) > n_needs) {
        let nodes = nodes().map(|v| below(v, top, &|v| network.parent(v))).collect();
        let groups = vec![false; network.demand().map_or(0, |demand| demand.n_groups())];
        return Some(Set { needs: vec![true; network.n_needs()], groups, nodes }.tight(network, Shortage::Needs));
    }
    let demand = network.demand()?;
    let groups = || 0..demand.n_groups() as u32;
    let top = groups().find(|&g| demand.floor[g as usize] > n_needs)?;
    let groups = groups().map(|g| below(g, top, &|g| demand.parent[g as usize])).collect();
    let set = Set { needs: vec![false; network.n_needs()], groups, nodes: vec![false; network.n_nodes()] };
    Some(set.tight(network, Shortage::Places))
}

/// A place for every need that helps to meet a floor, as far as there is room on its whole way.
fn greedy<W: Weight>(forest: &Forest<W>, needs: &Needs<W>) -> Vec<u32> {
    let mut load = vec![0_i64; forest.n_vertices()];
    let mut place = vec![NONE; needs.n_needs()];
    let mut lacking: i64 = forest.floor.iter().sum();
    for (need, place) in place.iter_mut().enumerate() {
        if lacking == 0 {
            break;
        }
        let group = needs.group[need] as usize;
        let has_room = |v: usize, load: &[i64]| forest.way_up(v).all(|v| load[v] < forest.cap[v]);
        let is_short = |v: usize, load: &[i64]| forest.way_up(v).any(|v| load[v] < forest.floor[v]);
        if !has_room(group, &load) {
            continue;
        }
        let group_is_short = is_short(group, &load);
        let nodes = || needs.edges(need).map(|(v, _)| v as usize).filter(|&v| has_room(v, &load));
        let node = nodes().find(|&v| is_short(v, &load)).or_else(|| nodes().next().filter(|_| group_is_short));
        if let Some(node) = node {
            *place = node as u32;
            for v in forest.way_up(node).chain(forest.way_up(group)) {
                lacking -= i64::from(load[v] < forest.floor[v]);
                load[v] += 1;
            }
        }
    }
    place
}
