//! Bidding: one phase of the auction at one `eps`.
//!
//! A need bids on its best place the price at which its second-best choice, or staying out, would be as good, plus
//! `eps` so that prices always move (Bertsekas 1988; with capacities Bertsekas and Castañón 1989, 1993). A node that is
//! full charges its lowest bid, and a new bid drives that one out. In a forest only the lowest full node on the way from
//! the leaf to its root evicts: the nodes above it keep their load. The price of a place at a leaf is the largest charge
//! on that way.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::super::forest::{Forest, NONE};
use super::super::weight::Weight;
use super::Outcome;
use super::lists::Lists;
use super::lowest::Lowest;
use crate::control::Control;
use crate::error::Error;

/// So many needs bid before those they drove out bid again: few enough to stay in the cache.
const BLOCK: usize = 1024;

/// Bidders, bids and charges.
pub(super) struct Auction<'a, W> {
    forest: &'a Forest,
    capacity: Vec<u32>,
    /// All candidates of each need, for those whose short list is exhausted.
    full: Lists<'a, W>,
    /// The price of a leaf with room.
    start: Vec<W>,
    /// What each node charges: its lowest bid while it is full; else a leaf its start price, an inner node nothing.
    charge: Vec<W>,
    load: Vec<u32>,
    lowest: Lowest<W>,
    /// The bids that each leaf holds, lowest first.
    bids: Vec<BinaryHeap<Reverse<(W, u32)>>>,
    place: Vec<u32>,
}

impl<'a, W: Weight> Auction<'a, W> {
    pub(super) fn new(forest: &'a Forest, capacity: Vec<u32>, full: Lists<'a, W>) -> Self {
        Self {
            forest,
            capacity,
            full,
            start: vec![W::default(); forest.n_leaves],
            charge: vec![W::default(); forest.n_nodes()],
            load: vec![0; forest.n_nodes()],
            lowest: Lowest::new(forest),
            bids: (0..forest.n_leaves).map(|_| BinaryHeap::new()).collect(),
            place: vec![NONE; full.n_needs()],
        }
    }

    /// Empties every place and starts from prices, lowered by `drop`.
    pub(super) fn restart(&mut self, price: &[W], drop: i64) {
        for (start, &price) in self.start.iter_mut().zip(price) {
            *start = W::of((Into::<i64>::into(price) - drop).max(0));
        }
        let (leaves, inner) = self.charge.split_at_mut(self.start.len());
        leaves.copy_from_slice(&self.start);
        inner.fill(W::default());
        self.load.fill(0);
        self.lowest.clear();
        self.bids.iter_mut().for_each(BinaryHeap::clear);
        self.place.fill(NONE);
    }

    /// Lets needs bid until each holds a place or prefers to stay out. Gives `false` where that would take more than
    /// `budget` bids for each need.
    pub(super) fn phase(
        &mut self,
        lists: Lists<'_, W>,
        eps: i64,
        budget: usize,
        control: &Control,
    ) -> Result<bool, Error> {
        let eps = W::of(eps);
        let n_needs = lists.n_needs();
        let mut budget = budget * n_needs + BLOCK;
        let mut waiting: Vec<u32> = Vec::with_capacity(BLOCK);
        let mut driven_out: Vec<u32> = Vec::with_capacity(BLOCK);
        let mut next = 0;
        loop {
            if waiting.is_empty() {
                if next == n_needs {
                    return Ok(true);
                }
                let end = (next + BLOCK).min(n_needs);
                waiting.extend(next as u32..end as u32);
                next = end;
            }
            control.check()?;
            if budget < waiting.len() {
                return Ok(false);
            }
            budget -= waiting.len();
            for &need in &waiting {
                if let Some((leaf, bid)) = self.bid(lists, need, eps) {
                    driven_out.extend(self.take(leaf, bid, need));
                }
            }
            waiting.clear();
            std::mem::swap(&mut waiting, &mut driven_out);
        }
    }

    /// The place a need wants and what it bids for it; `None` where it prefers to stay out.
    #[inline]
    fn bid(&self, lists: Lists<'_, W>, need: u32, eps: W) -> Option<(u32, W)> {
        let choice = self.choice(lists, need, eps);
        if choice.is_none() && lists.is_cut(need) { self.choice(self.full, need, eps) } else { choice }
    }

    #[inline]
    fn choice(&self, lists: Lists<'_, W>, need: u32, eps: W) -> Option<(u32, W)> {
        let floor = lists.floor(need);
        let (leaves, scores) = lists.of(need);
        let (mut best, mut second, mut chosen) = (floor, floor, usize::MAX);
        for (k, (&leaf, &score)) in leaves.iter().zip(scores).enumerate() {
            let utility = score - self.price(leaf);
            second = second.max(best.min(utility));
            if utility > best {
                best = utility;
                chosen = k;
            }
        }
        let (&leaf, &score) = (leaves.get(chosen)?, scores.get(chosen)?);
        Some((leaf, score - second + eps))
    }

    /// The price of a place at a leaf: the largest charge up to the root.
    #[inline]
    fn price(&self, leaf: u32) -> W {
        let mut price = self.charge[leaf as usize];
        let mut v = self.forest.parent[leaf as usize];
        while v != NONE {
            price = price.max(self.charge[v as usize]);
            v = self.forest.parent[v as usize];
        }
        price
    }

    /// Gives a place to a need, and returns the need that it drives out.
    #[inline]
    fn take(&mut self, leaf: u32, bid: W, need: u32) -> Option<u32> {
        let full = self.forest.path(leaf).find(|&v| self.load[v as usize] == self.capacity[v as usize]);
        let evicted = full.map(|node| self.evict_from(node));
        self.bids[leaf as usize].push(Reverse((bid, need)));
        self.place[need as usize] = leaf;
        self.load_changed(leaf, true);
        evicted
    }

    /// Removes the lowest bid below a node.
    fn evict_from(&mut self, node: u32) -> u32 {
        let leaf = self.lowest.leaf_below(self.forest, node);
        let Reverse((_, need)) = self.bids[leaf as usize].pop().expect("a full node holds a bid");
        self.place[need as usize] = NONE;
        self.load_changed(leaf, false);
        need
    }

    /// Brings loads and charges up to date from a leaf to its root after it won or lost a bid.
    #[inline]
    fn load_changed(&mut self, leaf: u32, won: bool) {
        let lowest_bid = self.bids[leaf as usize].peek().map_or(W::NO_BID, |&Reverse((bid, _))| bid);
        self.lowest.set(self.forest, leaf, lowest_bid);
        for v in self.forest.path(leaf) {
            let k = v as usize;
            if won {
                self.load[k] += 1;
            } else {
                self.load[k] -= 1;
            }
            self.charge[k] = if self.load[k] == self.capacity[k] {
                self.lowest.of(v)
            } else if self.forest.is_leaf(v) {
                self.start[k]
            } else {
                W::default()
            };
        }
    }

    /// The price of a place at each leaf.
    pub(super) fn prices(&self) -> Vec<W> {
        (0..self.start.len()).map(|leaf| self.price(leaf as u32)).collect()
    }

    pub(super) fn outcome(self) -> Outcome {
        Outcome { price: self.prices().into_iter().map(Into::into).collect(), place: self.place }
    }
}
