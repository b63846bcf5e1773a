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
use super::tight;
use super::weight::Weight;
use crate::control::Control;
use crate::error::Error;
use crate::network::{Network, Score};
use crate::proof::TightSet;

/// A set that proves that the floors cannot be met, or `None` where they can. Any places of the needs may be given to start
/// from, those that meet most of the floors best.
pub(super) fn obstacle<S: Score, W: Weight>(
    network: &Network<'_, S>,
    forest: &Forest<W>,
    needs: &Needs<W>,
    start: Option<Vec<u32>>,
    control: &Control,
) -> Result<Option<TightSet>, Error> {
    if forest.floor.iter().all(|&floor| floor == 0) {
        return Ok(None);
    }
    let mut units = Units::new(forest, needs, start.unwrap_or_else(|| greedy(forest, needs)));
    let Some(stuck) = units.balance(control)? else { return Ok(None) };
    let closed = units.closed_set(&stuck, control)?.to_vec();
    Ok(Some(tight::closed(network, forest, needs, units.places(), &closed, &stuck)))
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
