//! What a place costs: the largest charge on the way from its leaf to the root.
//!
//! A bid compares the prices of all its candidates, so reading a price must be cheap, in forests of any depth. Inner
//! nodes therefore keep, next to their own charge, the largest of the charges from them upwards, and a price is the
//! larger of two numbers. A change at an inner node is passed down to the inner nodes below it. Where these are many,
//! it is not: such nodes are *wide*, and prices look further up for them.

use super::super::forest::{Forest, NONE};
use super::super::weight::Weight;

/// A node with more inner nodes below it is wide.
const MAX_BELOW: usize = 64;

/// Charges by node, and the prices that follow from them.
#[derive(Clone)]
pub(super) struct Charges<W> {
    n_leaves: usize,
    /// What each leaf charges.
    leaf: Vec<W>,
    /// The inner node above each leaf, counted from 0; the last position where there is none.
    above: Vec<u32>,
    /// What each inner node charges; the last position never charges anything.
    inner: Vec<W>,
    /// The largest charge from each inner node up to below the next wide one.
    through: Vec<W>,
    /// The inner node above each inner node, counted from 0, or [`NONE`].
    parent: Vec<u32>,
    /// How many inner nodes hang below each inner node, itself included. They follow it directly.
    size: Vec<u32>,
    /// The next wide node above each inner node, or itself if it is wide, or [`NONE`].
    wide: Vec<u32>,
    has_wide: bool,
}

impl<W: Weight> Charges<W> {
    pub(super) fn new(forest: &Forest) -> Self {
        let n_leaves = forest.n_leaves;
        let n_inner = forest.inner().len();
        let of_inner = |v: u32| if v == NONE { NONE } else { v - n_leaves as u32 };
        let parent: Vec<u32> = forest.inner().map(|v| of_inner(forest.parent[v])).collect();
        let mut size = vec![1; n_inner];
        for k in (0..n_inner).rev().filter(|&k| parent[k] != NONE) {
            size[parent[k] as usize] += size[k];
        }
        let mut wide = vec![NONE; n_inner + 1];
        for k in 0..n_inner {
            wide[k] = if size[k] as usize > MAX_BELOW + 1 {
                k as u32
            } else if parent[k] != NONE {
                wide[parent[k] as usize]
            } else {
                NONE
            };
        }
        Self {
            n_leaves,
            leaf: vec![W::default(); n_leaves],
            above: (0..n_leaves).map(|leaf| of_inner(forest.parent[leaf]).min(n_inner as u32)).collect(),
            inner: vec![W::default(); n_inner + 1],
            through: vec![W::default(); n_inner + 1],
            parent,
            size,
            has_wide: wide.iter().any(|&k| k != NONE),
            wide,
        }
    }

    /// Whether prices depend on wide nodes.
    pub(super) fn has_wide(&self) -> bool {
        self.has_wide
    }

    /// Takes over what each node charges, of the same forest.
    pub(super) fn copy_from(&mut self, other: &Self) {
        self.leaf.copy_from_slice(&other.leaf);
        self.inner.copy_from_slice(&other.inner);
        self.through.copy_from_slice(&other.through);
    }

    /// Leaves charge these prices, inner nodes nothing.
    pub(super) fn restart(&mut self, start: &[W]) {
        self.leaf.copy_from_slice(start);
        self.inner.fill(W::default());
        self.through.fill(W::default());
    }

    /// The price of a place at a leaf. `WIDE` must be [`has_wide`](Self::has_wide).
    #[inline]
    pub(super) fn price<const WIDE: bool>(&self, leaf: u32) -> W {
        let above = self.above[leaf as usize] as usize;
        let mut price = self.leaf[leaf as usize].max(self.through[above]);
        if WIDE {
            // What is above a wide node is wide as well.
            let mut k = self.wide[above];
            while k != NONE {
                price = price.max(self.inner[k as usize]);
                k = self.parent[k as usize];
            }
        }
        price
    }

    /// Changes what a node charges.
    #[inline]
    pub(super) fn set(&mut self, v: u32, charge: W) {
        match (v as usize).checked_sub(self.n_leaves) {
            None => self.leaf[v as usize] = charge,
            Some(k) if self.inner[k] != charge => self.set_inner(k, charge),
            Some(_) => {}
        }
    }

    #[inline]
    fn set_inner(&mut self, k: usize, charge: W) {
        self.inner[k] = charge;
        if self.wide[k] == k as u32 {
            return;
        }
        for below in k..k + self.size[k] as usize {
            // Whatever is above a wide node, or is one, is not passed down.
            let passed_down = match self.parent[below] {
                NONE => W::default(),
                parent if self.wide[parent as usize] == parent => W::default(),
                parent => self.through[parent as usize],
            };
            self.through[below] = self.inner[below].max(passed_down);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Network;

    /// The largest charge up to the root, without shortcuts.
    fn price_by_walk(forest: &Forest, charge: &[i32], leaf: u32) -> i32 {
        forest.path(leaf).map(|v| charge[v as usize]).max().unwrap_or_default()
    }

    fn agrees_with_a_walk<const WIDE: bool>(parent: &[Option<u32>], leaves: &[u32]) {
        let n_nodes = parent.len();
        let capacity = vec![1u64; n_nodes];
        let score = vec![1i64; leaves.len()];
        let indptr = [0, leaves.len()];
        let network = Network::new(&indptr, leaves, &score, &capacity).unwrap().with_parents(parent).unwrap();
        let mut n_edges_at = vec![0; n_nodes];
        leaves.iter().for_each(|&v| n_edges_at[v as usize] += 1);
        let forest = Forest::new(&network, &n_edges_at);
        let mut charges = Charges::<i32>::new(&forest);
        assert_eq!(charges.has_wide(), WIDE);
        let mut charge = vec![0; forest.n_nodes()];
        let mut state = 1u64;
        for _ in 0..2000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let v = (state >> 33) as usize % forest.n_nodes();
            charge[v] = (state >> 40) as i32 % 50;
            charges.set(v as u32, charge[v]);
            for leaf in 0..forest.n_leaves as u32 {
                assert_eq!(charges.price::<WIDE>(leaf), price_by_walk(&forest, &charge, leaf));
            }
        }
    }

    #[test]
    fn prices_are_the_largest_charge_on_the_way_up() {
        // Leaves 0 to 5; two organizations, one alone below a county, and a leaf without anything above.
        let parent = [Some(6), Some(6), Some(7), Some(7), Some(8), None, Some(8), Some(8), None];
        agrees_with_a_walk::<false>(&parent, &[0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn prices_look_beyond_wide_nodes() {
        // A hundred groups of one below a district, which stands with two further groups below a city.
        let mut parent: Vec<Option<u32>> = (0..100).map(|k| Some(100 + k)).collect();
        parent.extend((0..100).map(|_| Some(200)));
        parent.extend([Some(201), None, Some(201), Some(202)]);
        let leaves: Vec<u32> = (0..100).chain([203]).collect();
        agrees_with_a_walk::<true>(&parent, &leaves);
    }
}
