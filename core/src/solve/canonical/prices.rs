//! The least prices that prove a flow optimal.
//!
//! Every condition of optimality says that the price of one node is at least that of another, or of outside, plus a
//! constant. Given prices that meet all of them, what is left over of each condition is a length, and how far each price
//! can fall is a shortest path from outside (Dijkstra). The least price of a node is what one more place there, with
//! room up to its root, would add.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::tight::{children, full_prices};
use crate::network::{Network, Score};
use crate::solve::Price;

/// Each node's own least price, from any optimal flow and own prices that prove it.
pub(super) fn least<S: Score>(network: &Network<'_, S>, node: &[Option<u32>], own: &[Price]) -> Vec<Price> {
    let full = full_prices(network, own);
    let fall = falls(network, node, own, &full);
    let least = |v: u32| full[v as usize] - fall[v as usize];
    let above = |v| network.parent(v).map_or(Price::default(), least);
    (0..network.n_nodes() as u32).map(|v| least(v) - above(v)).collect()
}

/// How far the price of a place at each node can fall.
fn falls<S: Score>(network: &Network<'_, S>, node: &[Option<u32>], own: &[Price], full: &[Price]) -> Vec<Price> {
    let n_nodes = network.n_nodes();
    let (load, held) = loads(network, node);
    let (first_child, child) = children(network);
    let worth = |need: u32, score: S| Price { tier: network.tier(need as usize).into(), score: score.into() };

    let mut queue = Queue { fall: vec![None; n_nodes], heap: BinaryHeap::new() };
    let mut settled = vec![false; n_nodes];
    // No price is negative, and a need that stays out does not want its nodes at their prices.
    for v in (0..n_nodes as u32).filter(|&v| network.parent(v).is_none()) {
        queue.offer(v, full[v as usize]);
    }
    for (need, _) in node.iter().enumerate().filter(|(_, place)| place.is_none()) {
        for (v, score) in network.edges(need) {
            queue.offer(v, full[v as usize] - worth(need as u32, score));
        }
    }
    while let Some(Reverse((distance, v))) = queue.heap.pop() {
        if std::mem::replace(&mut settled[v as usize], true) {
            continue;
        }
        for &below in &child[first_child[v as usize]..first_child[v as usize + 1]] {
            queue.offer(below, distance + own[below as usize]);
        }
        // A node with room charges nothing, so its parent is no cheaper.
        if let Some(parent) = network.parent(v).filter(|_| load[v as usize] < network.capacity(v)) {
            queue.offer(parent, distance + own[v as usize]);
        }
        // A need that is served here wants no other of its nodes more.
        for &need in &held[v as usize] {
            let here = network.edges(need as usize).find(|&(place, _)| place == v);
            let utility = here.map_or(Price::default(), |(_, score)| worth(need, score) - full[v as usize]);
            for (other, score) in network.edges(need as usize) {
                let lost = utility - (worth(need, score) - full[other as usize]);
                queue.offer(other, distance + lost);
            }
        }
    }
    queue.fall.into_iter().map(|fall| fall.expect("every node hangs below a root, which outside bounds")).collect()
}

/// Distances from outside, and the nodes to settle next.
struct Queue {
    fall: Vec<Option<Price>>,
    heap: BinaryHeap<Reverse<(Price, u32)>>,
}

impl Queue {
    fn offer(&mut self, v: u32, distance: Price) {
        if self.fall[v as usize].is_none_or(|known| distance < known) {
            self.fall[v as usize] = Some(distance);
            self.heap.push(Reverse((distance, v)));
        }
    }
}

/// How many needs each node and everything under it hold, and which needs each node holds itself.
fn loads<S: Score>(network: &Network<'_, S>, node: &[Option<u32>]) -> (Vec<u64>, Vec<Vec<u32>>) {
    let mut load = vec![0; network.n_nodes()];
    let mut held = vec![Vec::new(); network.n_nodes()];
    for (need, &place) in node.iter().enumerate() {
        if let Some(v) = place {
            held[v as usize].push(need as u32);
            let mut above = Some(v);
            while let Some(v) = above {
                load[v as usize] += 1;
                above = network.parent(v);
            }
        }
    }
    (load, held)
}
