//! Are the prices the least that prove the optimum, and so what one more place would add?
//!
//! The full prices that prove an optimum are those that meet its conditions, each of which says that the price of one
//! node is at least that of another, or of outside, plus a constant. A price can fall unless a chain of conditions that
//! are met exactly ties it to outside; so the prices are the least if every node is reached along such conditions.

use super::Violation;
use super::each::in_parts;
use super::packed::{FullPrices, Pair};
use crate::control::Control;

/// An optimum with its prices, as far as the conditions ask. Nodes and needs are numbered from 0.
pub(super) struct Optimum<'a, E> {
    /// For each node the node above it.
    pub(super) above: Vec<Option<usize>>,
    /// For each node whether a place of its own is open, whatever is above it.
    pub(super) has_room: Vec<bool>,
    pub(super) full_price: &'a FullPrices,
    /// For each need the node that serves it.
    pub(super) served_at: Vec<Option<usize>>,
    /// The edges of a need with its tier, each with its node and score; none for a need that the run does not decide.
    pub(super) edges: E,
    pub(super) control: &'a Control,
}

impl<I: Iterator<Item = (u32, i64)> + Clone, E: Fn(usize) -> (i64, I) + Sync> Optimum<'_, E> {
    /// Checks that no price can fall.
    ///
    /// # Complexity
    ///
    /// O(edges + nodes).
    pub(super) fn check_least(&self) -> Result<(), Violation> {
        match self.full_price {
            FullPrices::Packed(price) => self.check(price),
            FullPrices::Exact(price) => self.check(price),
        }
    }

    fn check<P: Pair>(&self, price: &[P]) -> Result<(), Violation> {
        let n_nodes = self.above.len();
        let mut is_tied = vec![false; n_nodes];
        let mut ties = self.ties_of_needs(price);
        for (node, &above) in self.above.iter().enumerate() {
            match above {
                Some(above) => {
                    // What is below costs at least as much.
                    if price[node] == price[above] {
                        ties.push((Some(above as u32), node as u32));
                    }
                    // What has room costs no more than what is above it.
                    if self.has_room[node] {
                        ties.push((Some(node as u32), above as u32));
                    }
                }
                // No price is below zero.
                None if price[node] == P::ZERO => ties.push((None, node as u32)),
                None => {}
            }
        }
        let tied = Tied::new(n_nodes, &ties);
        let mut next: Vec<u32> = Vec::new();
        let outside = ties.iter().filter(|(by, _)| by.is_none()).map(|&(_, node)| node);
        for node in outside {
            if !std::mem::replace(&mut is_tied[node as usize], true) {
                next.push(node);
            }
        }
        while let Some(node) = next.pop() {
            for &other in tied.to(node) {
                if !std::mem::replace(&mut is_tied[other as usize], true) {
                    next.push(other);
                }
            }
        }
        match is_tied.iter().position(|&is_tied| !is_tied) {
            Some(node) => Err(Violation::PriceNotLeast { node }),
            None => Ok(()),
        }
    }

    /// Nodes that a need wants exactly as much as the node that serves it, or as to be left out.
    fn ties_of_needs<P: Pair>(&self, price: &[P]) -> Vec<(Option<u32>, u32)> {
        let ties = in_parts(self.served_at.len(), |needs| {
            let mut ties = Vec::new();
            for need in if self.control.is_cancelled() { 0..0 } else { needs } {
                let (tier, edges) = (self.edges)(need);
                let net = |(node, score): (u32, i64)| P::of(tier, score) - price[node as usize];
                let served_at = self.served_at[need].map(|node| node as u32);
                let Some(here) = (match served_at {
                    None => Some(P::ZERO),
                    Some(node) => edges.clone().find(|edge| edge.0 == node).map(net),
                }) else {
                    continue;
                };
                let others = edges.filter(|&edge| net(edge) == here && Some(edge.0) != served_at);
                ties.extend(others.map(|(node, _)| (served_at, node)));
            }
            ties
        });
        ties.concat()
    }
}

/// For each node those whose prices are tied to its price.
struct Tied {
    indptr: Vec<usize>,
    node: Vec<u32>,
}

impl Tied {
    fn new(n_nodes: usize, ties: &[(Option<u32>, u32)]) -> Self {
        let between = || ties.iter().filter_map(|&(by, node)| Some((by? as usize, node)));
        let mut indptr = vec![0; n_nodes + 1];
        between().for_each(|(by, _)| indptr[by + 1] += 1);
        for by in 0..n_nodes {
            indptr[by + 1] += indptr[by];
        }
        let (mut at, mut node) = (indptr.clone(), vec![0; indptr[n_nodes]]);
        for (by, tied) in between() {
            node[at[by]] = tied;
            at[by] += 1;
        }
        Self { indptr, node }
    }

    fn to(&self, by: u32) -> &[u32] {
        &self.node[self.indptr[by as usize]..self.indptr[by as usize + 1]]
    }
}
