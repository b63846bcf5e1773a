//! The least prices that prove a flow optimal.
//!
//! Every condition of optimality says that the price of one node is at least that of another, or of outside, plus a
//! constant. Given prices that meet all of them, what is left over of each condition is a length, and how far each price
//! can fall is a shortest path from outside (Dijkstra). The least price of a node is what one more place there, with
//! room up to its root, would add.
//!
//! Only a need that would lose less by another place than that price could fall without it ties the two prices together.
//! So falls are bounded without the needs that are served first, and few of these are left to look at.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::tight::{children, full_prices};
use crate::control::Control;
use crate::error::Error;
use crate::network::{Network, Score};
use crate::solve::{Price, loads};

/// Each node's own least price, from any optimal flow and own prices that prove it.
///
/// # Complexity
///
/// Two passes over the edges, and a search over the nodes and over the edges of the few needs that matter.
pub(super) fn least<S: Score>(
    network: &Network<'_, S>,
    node: &[Option<u32>],
    own: &[Price],
    control: &Control,
) -> Result<Vec<Price>, Error> {
    let full = full_prices(network, own);
    let fall = Conditions::new(network, node, own, &full).falls(control)?;
    let least = |v: u32| full[v as usize] - fall[v as usize];
    let above = |v| network.parent(v).map_or(Price::default(), least);
    Ok((0..network.n_nodes() as u32).map(|v| least(v) - above(v)).collect())
}

/// The conditions of optimality that a flow and its prices meet.
struct Conditions<'a, S: Score> {
    network: &'a Network<'a, S>,
    node: &'a [Option<u32>],
    own: &'a [Price],
    full: &'a [Price],
    load: Vec<u64>,
    first_child: Vec<usize>,
    child: Vec<u32>,
}

/// So many needs are looked at in one piece of work, or more.
const CHUNK: usize = 1 << 12;

impl<'a, S: Score> Conditions<'a, S> {
    fn new(network: &'a Network<'a, S>, node: &'a [Option<u32>], own: &'a [Price], full: &'a [Price]) -> Self {
        let (first_child, child) = children(network);
        Self { network, node, own, full, load: loads(network, node), first_child, child }
    }

    /// How far the price of a place at each node can fall.
    fn falls(&self, control: &Control) -> Result<Vec<Price>, Error> {
        let outside = self.outside(control);
        let bound = self.shortest(outside, &vec![Vec::new(); self.network.n_nodes()], control)?;
        let held = self.held_that_matter(&bound, control);
        self.shortest(bound, &held, control)
    }

    /// How far prices can fall as far as outside says: no price is negative, and a need that stays out does not want its
    /// nodes at their prices.
    fn outside(&self, control: &Control) -> Vec<Price> {
        let lower = |mut a: Vec<Price>, b: Vec<Price>| {
            a.iter_mut().zip(b).for_each(|(a, b)| *a = (*a).min(b));
            a
        };
        let look = |mut bound: Vec<Price>, need: usize| {
            if self.node[need].is_none() && !control.is_cancelled() {
                for (v, score) in self.network.edges(need) {
                    let v = v as usize;
                    bound[v] = bound[v].min(self.full[v] - self.worth(need, score));
                }
            }
            bound
        };
        let n_needs = self.network.n_needs();
        // Each piece of work has bounds of its own for all nodes.
        let piece = (n_needs / (2 * rayon::current_num_threads())).max(CHUNK);
        let needs = (0..n_needs).into_par_iter().with_min_len(piece);
        needs.fold(|| self.full.to_vec(), look).reduce(|| self.full.to_vec(), lower)
    }

    /// Of the needs that each node holds itself those that would lose less by another node than its price may fall.
    fn held_that_matter(&self, bound: &[Price], control: &Control) -> Vec<Vec<u32>> {
        let matters = |&need: &u32| {
            let Some(place) = self.node[need as usize].filter(|_| !control.is_cancelled()) else { return false };
            let utility = self.utility(need, place);
            let is_close = |(other, score): (u32, S)| {
                other != place && self.lost(need, utility, other, score) < bound[other as usize]
            };
            self.network.edges(need as usize).any(is_close)
        };
        let needs = (0..self.network.n_needs() as u32).into_par_iter().with_min_len(CHUNK);
        let mut held = vec![Vec::new(); self.network.n_nodes()];
        for need in needs.filter(matters).collect::<Vec<u32>>() {
            held[self.node[need as usize].expect("only a need that is served matters") as usize].push(need);
        }
        held
    }

    /// Shortest paths from outside, from bounds that are paths already.
    fn shortest(&self, bound: Vec<Price>, held: &[Vec<u32>], control: &Control) -> Result<Vec<Price>, Error> {
        let heap = (0..).zip(&bound).map(|(v, &distance)| Reverse((distance, v))).collect();
        let mut queue = Queue { fall: bound, heap };
        while let Some(Reverse((distance, v))) = queue.heap.pop() {
            control.check()?;
            let k = v as usize;
            if distance > queue.fall[k] {
                continue;
            }
            for &below in &self.child[self.first_child[k]..self.first_child[k + 1]] {
                queue.offer(below, distance + self.own[below as usize]);
            }
            // A node with room charges nothing, so its parent is no cheaper.
            if let Some(parent) = self.network.parent(v).filter(|_| self.load[k] < self.network.capacity(v)) {
                queue.offer(parent, distance + self.own[k]);
            }
            // A need that is served here wants no other of its nodes more.
            for &need in &held[k] {
                let utility = self.utility(need, v);
                for (other, score) in self.network.edges(need as usize) {
                    queue.offer(other, distance + self.lost(need, utility, other, score));
                }
            }
        }
        Ok(queue.fall)
    }

    #[inline]
    fn worth(&self, need: usize, score: S) -> Price {
        Price { tier: self.network.tier(need).into(), score: score.into() }
    }

    /// What a need has at the node that serves it.
    #[inline]
    fn utility(&self, need: u32, place: u32) -> Price {
        let edge = self.network.edges(need as usize).find(|&(v, _)| v == place);
        edge.map_or(Price::default(), |(_, score)| self.worth(need as usize, score) - self.full[place as usize])
    }

    /// What it would lose by another of its nodes.
    #[inline]
    fn lost(&self, need: u32, utility: Price, other: u32, score: S) -> Price {
        utility - (self.worth(need as usize, score) - self.full[other as usize])
    }
}

/// Distances from outside, and the nodes to settle next.
struct Queue {
    fall: Vec<Price>,
    heap: BinaryHeap<Reverse<(Price, u32)>>,
}

impl Queue {
    #[inline]
    fn offer(&mut self, v: u32, distance: Price) {
        let known = &mut self.fall[v as usize];
        if distance < *known {
            *known = distance;
            self.heap.push(Reverse((distance, v)));
        }
    }
}
