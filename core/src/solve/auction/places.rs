//! The places' side of the auction: who holds what, what a place costs, and who is driven out.
//!
//! A node that is full charges its lowest bid, and a new bid drives that one out. In a forest only the lowest full node
//! on the way from the leaf to its root evicts: the nodes above it keep their load. The price of a place at a leaf is the
//! largest charge on that way.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::forest::{Forest, NONE};
use super::super::weight::Weight;
use super::Outcome;
use super::charges::Charges;
use super::lowest::Lowest;

/// How far start prices fall.
#[derive(Clone, Copy)]
pub(super) struct Drop {
    pub(super) sold: i64,
    /// Of places that nobody took. Without a larger one, prices stay far too high where demand has moved away, and each
    /// such place costs the exact phase a search over a whole region.
    pub(super) unsold: i64,
}

/// The usual drop of places that nobody took, in multiples of that of the others.
const UNSOLD: i64 = 16;

impl Drop {
    pub(super) fn usual(sold: i64) -> Self {
        Self { sold, unsold: UNSOLD * sold }
    }
}

/// Bids, loads and charges.
pub(super) struct Places<'a, W: Weight> {
    forest: &'a Forest,
    capacity: Vec<u32>,
    /// The price of a leaf with room.
    start: Vec<W>,
    /// What each node charges: its lowest bid while it is full; else a leaf its start price, an inner node nothing.
    charges: Charges<W>,
    load: Vec<u32>,
    lowest: Lowest<W>,
    /// The bids that each leaf holds, lowest first.
    bids: Vec<BinaryHeap<Reverse<W::Bid>>>,
}

impl<'a, W: Weight> Places<'a, W> {
    /// Empty places at no price.
    pub(super) fn new(forest: &'a Forest, capacity: Vec<u32>) -> Self {
        Self {
            forest,
            capacity,
            start: vec![W::default(); forest.n_leaves],
            charges: Charges::new(forest),
            load: vec![0; forest.n_nodes()],
            lowest: Lowest::new(forest),
            bids: (0..forest.n_leaves).map(|_| BinaryHeap::new()).collect(),
        }
    }

    /// What each node charges.
    pub(super) fn charges(&self) -> &Charges<W> {
        &self.charges
    }

    /// Empties every place and starts from prices, lowered.
    pub(super) fn restart(&mut self, price: &[W], drop: Drop) {
        for (leaf, (start, &price)) in self.start.iter_mut().zip(price).enumerate() {
            // A place that nobody took at its start price is likely to be far too dear. Before the first phase every start
            // price is 0, which cannot fall.
            let is_unsold = *start == price && self.load[leaf] < self.capacity[leaf];
            let drop = if is_unsold { drop.unsold } else { drop.sold };
            *start = W::of((Into::<i64>::into(price) - drop).max(0));
        }
        self.clear();
    }

    /// Empties every place; prices are again those at the start.
    pub(super) fn clear(&mut self) {
        self.charges.restart(&self.start);
        self.load.fill(0);
        self.lowest.clear();
        self.bids.iter_mut().for_each(BinaryHeap::clear);
    }

    /// Gives a place to a need, and returns the need that it drives out.
    #[inline]
    pub(super) fn take(&mut self, leaf: u32, bid: W, need: u32) -> Option<u32> {
        let bid = W::with_need(bid, need);
        let full = self.forest.path(leaf).find(|&v| self.load[v as usize] == self.capacity[v as usize]);
        if full == Some(leaf) {
            return Some(self.replace_lowest(leaf, bid));
        }
        let evicted = full.map(|node| self.evict_below(node));
        self.bids[leaf as usize].push(Reverse(bid));
        self.lowest_changed(leaf);
        self.move_load(leaf, full, 1);
        // From the full node upwards loads are as before, but the lowest bids may not be.
        for v in full.into_iter().flat_map(|node| self.forest.path(node)) {
            self.set_charge(v);
        }
        evicted
    }

    /// Puts a bid in the place of the lowest of a full leaf. Loads stay as they are.
    #[inline]
    fn replace_lowest(&mut self, leaf: u32, bid: W::Bid) -> u32 {
        let mut lowest = self.bids[leaf as usize].peek_mut().expect("a full leaf holds a bid");
        let Reverse(lost) = std::mem::replace(&mut *lowest, Reverse(bid));
        drop(lowest);
        let (_, evicted) = W::of_bid(lost);
        if self.lowest_changed(leaf) {
            for v in self.forest.path(leaf) {
                self.set_charge(v);
            }
        }
        evicted
    }

    /// Removes the lowest bid below an inner node that is full.
    fn evict_below(&mut self, node: u32) -> u32 {
        let leaf = self.lowest.leaf_below(self.forest, node);
        let Reverse(lost) = self.bids[leaf as usize].pop().expect("a full node holds a bid");
        let (_, evicted) = W::of_bid(lost);
        self.lowest_changed(leaf);
        self.move_load(leaf, Some(node), -1);
        evicted
    }

    /// Records the lowest bid of a leaf; tells whether it has changed.
    #[inline]
    fn lowest_changed(&mut self, leaf: u32) -> bool {
        let lowest = self.bids[leaf as usize].peek().map_or(W::NO_BID, |&Reverse(bid)| W::of_bid(bid).0);
        self.lowest.set(self.forest, leaf, lowest)
    }

    /// Changes loads and charges from a leaf up to below a node, or up to the root.
    #[inline]
    fn move_load(&mut self, leaf: u32, below: Option<u32>, change: i32) {
        for v in self.forest.path(leaf).take_while(|&v| Some(v) != below) {
            let load = &mut self.load[v as usize];
            *load = load.wrapping_add_signed(change);
            self.set_charge(v);
        }
    }

    /// A full node charges its lowest bid, a leaf with room its start price, an inner node with room nothing.
    #[inline]
    fn set_charge(&mut self, v: u32) {
        let k = v as usize;
        let charge = if self.load[k] == self.capacity[k] {
            self.lowest.of(v)
        } else {
            self.start.get(k).copied().unwrap_or_default()
        };
        self.charges.set(v, charge);
    }

    /// The price of a leaf with room: none is lower in the phase that follows.
    pub(super) fn start(&self) -> &[W] {
        &self.start
    }

    /// How many places are taken.
    pub(super) fn n_sold(&self) -> u64 {
        self.bids.iter().map(|bids| bids.len() as u64).sum()
    }

    /// How many places are left over at a price: as many as phantoms would have to fill.
    pub(super) fn n_unsold(&self) -> u64 {
        let mut below = vec![0; self.forest.n_nodes()];
        let mut n_unsold = 0;
        for v in self.forest.bottom_up() {
            let k = v as usize;
            let room = self.capacity[k] - self.load[k];
            let unsold = match self.start.get(k) {
                Some(&start) if start > W::default() => room,
                Some(_) => 0,
                None => room.min(below[k]),
            };
            match self.forest.parent[k] {
                NONE => n_unsold += u64::from(unsold),
                parent => below[parent as usize] += unsold,
            }
        }
        n_unsold
    }

    /// The price of a place at each leaf.
    pub(super) fn prices(&self) -> Vec<W> {
        let leaves = 0..self.start.len() as u32;
        if self.charges.has_wide() {
            leaves.map(|leaf| self.charges.price::<true>(leaf)).collect()
        } else {
            leaves.map(|leaf| self.charges.price::<false>(leaf)).collect()
        }
    }

    /// Prices and places as they are, all needs being bidders.
    pub(super) fn outcome(&self, n_needs: usize) -> Outcome {
        let mut place = vec![NONE; n_needs];
        for (leaf, bids) in (0u32..).zip(&self.bids) {
            for &Reverse(bid) in bids {
                place[W::of_bid(bid).1 as usize] = leaf;
            }
        }
        Outcome { price: self.prices().into_iter().map(Into::into).collect(), place }
    }
}
