//! From approximate prices to a state in which only *free* needs and *phantoms* are left to repair.
//!
//! Every node must be full that charges more than its parent. Prices of inner nodes are chosen so that this is
//! possible: an inner node charges what its last place costs, if places are handed out from the dearest down. Needs
//! then take a place that attains their utility, where room remains that is not reserved for a node that must be full.
//! What is still missing below a node that must be full is held by phantoms. Needs that want a place and found none
//! are free. All conditions of optimality then hold for the problem with the phantoms and without the free needs.

use super::forest::{Forest, NONE};
use super::instance::{Edge, Instance};
use super::near::NearByNeed;
use super::residual::Residual;
use super::weight::Weight;
use crate::network::Score;

/// A state to repair.
pub(super) struct Start<'a, S: Score, W> {
    pub(super) residual: Residual<'a, S, W>,
    /// The best edges of each need at the prices of the state.
    pub(super) near: NearByNeed<W>,
    /// Needs that want a place and have none.
    pub(super) free: Vec<u32>,
}

impl<'a, S: Score, W: Weight> Start<'a, S, W> {
    /// The state that whole prices of the leaves and hints of who holds what lead to.
    pub(super) fn new(instance: &'a Instance<'a, S, W>, step: i64, price: &[i64], hint: &[u32], window: i64) -> Self {
        let potential = potentials(&instance.forest, price);
        let near = NearByNeed::new(instance, &potential, window);
        let mut residual = Residual::new(instance, step, potential);
        let free = place_needs(&mut residual, &near, hint);
        add_phantoms(&mut residual);
        Self { residual, near, free }
    }
}

/// Into so many parts a unit of score is divided to see where prices are.
const PARTS: usize = 16;
/// So many parts on either side of where prices are rounded up should have none.
const MARGIN: usize = 2;

/// Prices rounded to whole units of score: prices of an optimum can be whole, and ties need exact equality.
///
/// Prices that are tied with each other differ by whole units, give or take the auction's last step, but all of them may
/// be off by the same part of a unit. So they must not be parted where they are: they are rounded up from the part of a
/// unit around which the fewest are, of equals the one nearest to a half.
pub(super) fn rounded(price: &mut [i64], shift: u32) {
    let unit = 1_i64 << shift;
    let up_from = up_from(price, shift);
    for p in price {
        *p = (*p + unit - up_from) >> shift << shift;
    }
}

/// From which part of a unit on prices are rounded up.
fn up_from(price: &[i64], shift: u32) -> i64 {
    let unit = 1_i64 << shift;
    let part = unit / PARTS as i64;
    if part == 0 {
        return (unit + 1) / 2;
    }
    let mut n_prices = [0_u32; PARTS];
    for p in price {
        n_prices[((p & (unit - 1)) / part) as usize] += 1;
    }
    let around = |k: usize| -> u32 { (0..2 * MARGIN).map(|j| n_prices[(k + PARTS - MARGIN + j) % PARTS]).sum() };
    let emptiest = (1..=PARTS).min_by_key(|&k| (around(k), k.abs_diff(PARTS / 2)));
    emptiest.unwrap_or(PARTS / 2) as i64 * part
}

/// Potentials of all nodes from prices of the leaves.
fn potentials(forest: &Forest, price: &[i64]) -> Vec<i64> {
    let mut potential = vec![0; forest.n_nodes()];
    potential[..forest.n_leaves].copy_from_slice(price);
    // The places below each node as (price, how many), dearest first; no more than fit through the node.
    let mut places: Vec<Vec<(i64, u32)>> = vec![Vec::new(); forest.n_nodes()];
    for v in forest.bottom_up() {
        let k = v as usize;
        let capacity = forest.capacity[k];
        let mut below = std::mem::take(&mut places[k]);
        if forest.is_leaf(v) {
            below.push((price[k], capacity));
        } else {
            below.sort_unstable_by_key(|&(p, _)| std::cmp::Reverse(p));
            potential[k] = keep_dearest(&mut below, capacity).unwrap_or(0);
        }
        if forest.parent[k] != NONE {
            places[forest.parent[k] as usize].append(&mut below);
        }
    }
    for v in forest.top_down() {
        let above = match forest.parent[v as usize] {
            NONE => 0,
            parent => potential[parent as usize],
        };
        potential[v as usize] = potential[v as usize].max(above);
    }
    potential
}

/// Cuts a list of places to a capacity, raises none, and gives the price of the last place where the capacity is
/// reached.
fn keep_dearest(places: &mut Vec<(i64, u32)>, capacity: u32) -> Option<i64> {
    let mut room = capacity;
    for k in 0..places.len() {
        if places[k].1 >= room {
            places[k].1 = room;
            places.truncate(k + 1);
            return Some(places[k].0);
        }
        room -= places[k].1;
    }
    None
}

/// Attaches needs to places that attain their utility; gives back those that found none.
fn place_needs<S: Score, W: Weight>(residual: &mut Residual<'_, S, W>, near: &NearByNeed<W>, hint: &[u32]) -> Vec<u32> {
    let mut unreserved = unreserved_room(residual);
    let mut without_place = Vec::new();
    // Those whose hint is right come first: the hinted places fit together, and nobody else may take one.
    for need in 0..residual.instance.n_needs() as u32 {
        let hinted = hint[need as usize];
        if hinted == NONE || !try_to_place(residual, near, &mut unreserved, need, |leaf| leaf == hinted) {
            without_place.push(need);
        }
    }
    // A need that does not care keeps its place above, which otherwise only a phantom would hold, but takes no other.
    without_place.retain(|&need| near.best(need) + residual.bonus(need) > 0);
    without_place.retain(|&need| !try_to_place(residual, near, &mut unreserved, need, |_| true));
    without_place
}

/// Attaches a need to its first place that is wanted, attains its utility and has room.
fn try_to_place<S: Score, W: Weight>(
    residual: &mut Residual<'_, S, W>,
    near: &NearByNeed<W>,
    unreserved: &mut [u32],
    need: u32,
    wanted: impl Fn(u32) -> bool,
) -> bool {
    let best = near.best(need);
    if best + residual.bonus(need) < 0 {
        return false;
    }
    let attains = |edge: &&Edge<W>| {
        wanted(edge.0) && residual.surplus_of(edge) == best && has_unreserved_room(residual, unreserved, edge.0)
    };
    let Some(edge) = near.of(need).iter().find(attains) else { return false };
    residual.attach(need, edge);
    take_room(residual, unreserved, edge.0);
    true
}

/// Whether a node must be full.
fn must_be_full<S: Score, W: Weight>(residual: &Residual<'_, S, W>, v: u32) -> bool {
    residual.potential[v as usize] > residual.potential_above(v)
}

/// The room at each node that no node below it has reserved by having to be full.
fn unreserved_room<S: Score, W: Weight>(residual: &Residual<'_, S, W>) -> Vec<u32> {
    let forest = &residual.instance.forest;
    let mut unreserved = forest.capacity.clone();
    let mut reserved = vec![0; forest.n_nodes()];
    for v in forest.bottom_up() {
        let k = v as usize;
        unreserved[k] -= reserved[k];
        if must_be_full(residual, v) {
            reserved[k] = forest.capacity[k];
        }
        if forest.parent[k] != NONE {
            reserved[forest.parent[k] as usize] += reserved[k];
        }
    }
    unreserved
}

fn has_unreserved_room<S: Score, W: Weight>(residual: &Residual<'_, S, W>, unreserved: &[u32], leaf: u32) -> bool {
    for v in residual.instance.forest.path(leaf) {
        if unreserved[v as usize] == 0 {
            return false;
        }
        if must_be_full(residual, v) {
            return true;
        }
    }
    true
}

fn take_room<S: Score, W: Weight>(residual: &mut Residual<'_, S, W>, unreserved: &mut [u32], leaf: u32) {
    for v in residual.instance.forest.path(leaf) {
        unreserved[v as usize] -= 1;
        if must_be_full(residual, v) {
            return;
        }
    }
}

/// Fills with phantoms what must be full, and counts the loads.
fn add_phantoms<S: Score, W: Weight>(residual: &mut Residual<'_, S, W>) {
    let forest = &residual.instance.forest;
    for leaf in 0..forest.n_leaves {
        residual.load[leaf] = residual.held(leaf as u32).len() as u32;
    }
    for v in forest.bottom_up() {
        let k = v as usize;
        if must_be_full(residual, v) {
            let missing = forest.capacity[k] - residual.load[k];
            residual.phantoms[k] += missing;
            residual.load[k] += missing;
        }
        if forest.parent[k] != NONE {
            residual.load[forest.parent[k] as usize] += residual.load[k];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_that_are_off_by_the_same_part_of_a_unit_are_rounded_alike() {
        for shift in 0..12 {
            let unit = 1_i64 << shift;
            for off in 0..unit {
                for step in [0, unit / 16] {
                    let mut prices: Vec<i64> = (0..40).map(|k| k * unit + off + (k % 3 - 1) * step).collect();
                    rounded(&mut prices, shift);
                    assert!(prices.iter().all(|p| p % unit == 0), "{shift} {off}");
                    let is_alike = prices.windows(2).all(|pair| pair[1] - pair[0] == unit);
                    assert!(is_alike || shift < 4, "{shift} {off} {step} {prices:?}");
                }
            }
        }
    }

    #[test]
    fn whole_prices_stay_and_others_go_to_the_nearest() {
        for shift in 4..12 {
            let unit = 1_i64 << shift;
            let mut prices = [0, 3 * unit + unit / 4, 5 * unit - unit / 4, 7 * unit];
            rounded(&mut prices, shift);
            assert_eq!(prices, [0, 3 * unit, 5 * unit, 7 * unit]);
        }
        let mut prices = [4, 5, 6];
        rounded(&mut prices, 0);
        assert_eq!(prices, [4, 5, 6]);
    }
}
