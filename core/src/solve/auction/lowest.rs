//! The lowest bid under every node of the forest, as tournaments among siblings.
//!
//! Every inner node keeps a complete binary tree over its children, in which each position holds the smaller of the
//! two below it. A change at a child costs the logarithm of the number of its siblings, and stops where it no longer
//! matters; most bids change nothing but their leaf.

use super::super::forest::{Forest, NONE};
use super::super::weight::Weight;

/// Lowest bids by node.
pub(super) struct Lowest<W> {
    n_leaves: usize,
    /// The lowest bid of each leaf.
    of_leaf: Vec<W>,
    /// All tournaments, end to end; position 1 of each is its winner.
    tree: Vec<W>,
    /// Where the tournament of each inner node starts, and how many children it has room for.
    start: Vec<usize>,
    width: Vec<usize>,
    /// The position of each node among its siblings.
    seat: Vec<u32>,
}

impl<W: Weight> Lowest<W> {
    pub(super) fn new(forest: &Forest) -> Self {
        let mut lowest = Self {
            n_leaves: forest.n_leaves,
            of_leaf: vec![W::NO_BID; forest.n_leaves],
            tree: Vec::new(),
            start: Vec::new(),
            width: Vec::new(),
            seat: vec![0; forest.n_nodes()],
        };
        let mut end = 0;
        for v in forest.inner() {
            let children = forest.children(v as u32);
            for (seat, &child) in children.iter().enumerate() {
                lowest.seat[child as usize] = seat as u32;
            }
            let width = children.len().next_power_of_two();
            lowest.start.push(end);
            lowest.width.push(width);
            end += 2 * width;
        }
        lowest.tree = vec![W::NO_BID; end];
        lowest
    }

    /// Forgets all bids.
    pub(super) fn clear(&mut self) {
        self.of_leaf.fill(W::NO_BID);
        self.tree.fill(W::NO_BID);
    }

    /// The lowest bid under a node, or [`Weight::NO_BID`].
    #[inline]
    pub(super) fn of(&self, v: u32) -> W {
        match (v as usize).checked_sub(self.n_leaves) {
            None => self.of_leaf[v as usize],
            Some(k) => self.tree[self.start[k] + 1],
        }
    }

    /// Records the lowest bid of a leaf; tells whether it has changed.
    #[inline]
    pub(super) fn set(&mut self, forest: &Forest, leaf: u32, bid: W) -> bool {
        if self.of_leaf[leaf as usize] == bid {
            return false;
        }
        self.of_leaf[leaf as usize] = bid;
        let (mut v, mut bid) = (leaf, bid);
        while forest.parent[v as usize] != NONE {
            let parent = forest.parent[v as usize];
            match self.play(parent as usize - self.n_leaves, self.seat[v as usize] as usize, bid) {
                Some(winner) => (v, bid) = (parent, winner),
                None => break,
            }
        }
        true
    }

    /// Plays a changed bid up its tournament; gives the new winner if it changed.
    #[inline]
    fn play(&mut self, k: usize, seat: usize, bid: W) -> Option<W> {
        let (start, width) = (self.start[k], self.width[k]);
        let tree = &mut self.tree[start..start + 2 * width];
        let mut position = width + seat;
        if tree[position] == bid {
            return None;
        }
        tree[position] = bid;
        while position > 1 {
            let winner = tree[position].min(tree[position ^ 1]);
            position >>= 1;
            if tree[position] == winner {
                return None;
            }
            tree[position] = winner;
        }
        Some(tree[1])
    }

    /// The leaf that holds the lowest bid under a node; the first of equals.
    pub(super) fn leaf_below(&self, forest: &Forest, node: u32) -> u32 {
        let mut v = node;
        while !forest.is_leaf(v) {
            let k = v as usize - self.n_leaves;
            let (start, width) = (self.start[k], self.width[k]);
            let tree = &self.tree[start..start + 2 * width];
            let mut position = 1;
            while position < width {
                position *= 2;
                if tree[position] != tree[1] {
                    position += 1;
                }
            }
            v = forest.children(v)[position - width];
        }
        v
    }
}
