//! Are the prices the least that prove the optimum, and so what one more place would add?
//!
//! The full prices that prove an optimum are those that meet its conditions, each of which says that the price of one
//! node is at least that of another, or of outside, plus a constant. A price can fall unless a chain of conditions that
//! are met exactly ties it to outside; so the prices are the least if every node is reached along such conditions.

use super::Violation;
use crate::total::Total;

/// An optimum with its prices, as far as the conditions ask. Nodes and needs are numbered from 0.
pub(super) struct Optimum<'a, E> {
    /// For each node the node above it.
    pub(super) above: Vec<Option<usize>>,
    /// For each node whether a place of its own is open, whatever is above it.
    pub(super) has_room: Vec<bool>,
    /// For each node the sum of the prices from it to its root.
    pub(super) full_price: &'a [Total],
    /// For each need the node that serves it.
    pub(super) served_at: Vec<Option<usize>>,
    /// The edges of a need, each with its node and its worth; none for a need that the run does not decide.
    pub(super) edges: E,
}

impl<I: Iterator<Item = (usize, Total)>, E: Fn(usize) -> I> Optimum<'_, E> {
    /// Checks that no price can fall.
    ///
    /// # Complexity
    ///
    /// O(edges + nodes).
    pub(super) fn check_least(&self) -> Result<(), Violation> {
        let n_nodes = self.above.len();
        let (mut children, mut held) = (vec![Vec::new(); n_nodes], vec![Vec::new(); n_nodes]);
        let (mut reached, mut next) = (vec![false; n_nodes], Vec::new());
        let mut reach = |node: usize, next: &mut Vec<usize>| {
            if !std::mem::replace(&mut reached[node], true) {
                next.push(node);
            }
        };
        for (node, &above) in self.above.iter().enumerate() {
            match above {
                Some(above) => children[above].push(node),
                // No price is below zero.
                None if self.full_price[node] == Total::ZERO => reach(node, &mut next),
                None => {}
            }
        }
        for (need, &served_at) in self.served_at.iter().enumerate() {
            match served_at {
                Some(node) => held[node].push(need),
                // A need that is left out wants no node at its price.
                None => {
                    for (node, _) in (self.edges)(need).filter(|&edge| self.net(edge) == Total::ZERO) {
                        reach(node, &mut next);
                    }
                }
            }
        }
        while let Some(node) = next.pop() {
            // What is below costs at least as much.
            for &below in children[node].iter().filter(|&&below| self.full_price[below] == self.full_price[node]) {
                reach(below, &mut next);
            }
            // What has room costs no more than what is above it.
            if let Some(above) = self.above[node].filter(|_| self.has_room[node]) {
                reach(above, &mut next);
            }
            // A need that is served here wants no other node more.
            for &need in &held[node] {
                let here = (self.edges)(need).find(|&(other, _)| other == node).map(|edge| self.net(edge));
                for (other, _) in (self.edges)(need).filter(|&edge| Some(self.net(edge)) == here) {
                    reach(other, &mut next);
                }
            }
        }
        match reached.iter().position(|&reached| !reached) {
            Some(node) => Err(Violation::PriceNotLeast { node }),
            None => Ok(()),
        }
    }

    fn net(&self, (node, worth): (usize, Total)) -> Total {
        worth - self.full_price[node]
    }
}
