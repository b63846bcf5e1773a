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
use super::super::instance::{Edge, Instance};
use super::super::weight::Weight;
use super::Outcome;
use super::charges::Charges;
use super::lists::Lists;
use super::lowest::Lowest;
use crate::control::Control;
use crate::error::Error;
use crate::network::Score;

/// So many needs bid before those they drove out bid again: few enough to stay in the cache.
const BLOCK: usize = 1024;
/// So many needs ahead a list is read for no other purpose than to have it in the cache in time.
const AHEAD: usize = 4;
/// If no more than this fraction of the needs are driven out in a phase, there was hardly a contest.
const UNCONTESTED: usize = 16;

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

/// How much needs had to compete in a phase.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Contest {
    /// Nearly every need got the place it wanted first.
    Hardly,
    /// Needs drove each other out until each held a place or preferred to stay out.
    Settled,
    /// It would have taken more bids than the budget allows.
    Unsettled,
}

/// Bidders, bids and charges.
pub(super) struct Auction<'a, S: Score, W: Weight> {
    pub(super) instance: &'a Instance<'a, S, W>,
    forest: &'a Forest,
    /// The needs that bid; all of them where there is no list.
    sample: Option<Vec<u32>>,
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

impl<'a, S: Score, W: Weight> Auction<'a, S, W> {
    pub(super) fn new(instance: &'a Instance<'a, S, W>, capacity: Vec<u32>, sample: Option<Vec<u32>>) -> Self {
        let forest = &instance.forest;
        Self {
            instance,
            forest,
            sample,
            capacity,
            start: vec![W::default(); forest.n_leaves],
            charges: Charges::new(forest),
            load: vec![0; forest.n_nodes()],
            lowest: Lowest::new(forest),
            bids: (0..forest.n_leaves).map(|_| BinaryHeap::new()).collect(),
        }
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
        self.charges.restart(&self.start);
        self.load.fill(0);
        self.lowest.clear();
        self.bids.iter_mut().for_each(BinaryHeap::clear);
    }

    /// Lets needs bid until each holds a place or prefers to stay out.
    pub(super) fn phase(
        &mut self,
        lists: &Lists<W>,
        eps: i64,
        budget: usize,
        control: &Control,
    ) -> Result<Contest, Error> {
        if self.charges.has_wide() {
            self.bid_until_settled::<true>(lists, W::of(eps), budget, control)
        } else {
            self.bid_until_settled::<false>(lists, W::of(eps), budget, control)
        }
    }

    fn bid_until_settled<const WIDE: bool>(
        &mut self,
        lists: &Lists<W>,
        eps: W,
        budget: usize,
        control: &Control,
    ) -> Result<Contest, Error> {
        let n_needs = lists.n_needs();
        let mut n_bids = 0;
        let mut waiting: Vec<u32> = Vec::with_capacity(BLOCK);
        let mut driven_out: Vec<u32> = Vec::with_capacity(BLOCK);
        let mut next = 0;
        loop {
            if waiting.is_empty() {
                if next == n_needs {
                    let is_uncontested = n_bids - n_needs <= n_needs / UNCONTESTED;
                    return Ok(if is_uncontested { Contest::Hardly } else { Contest::Settled });
                }
                let end = (next + BLOCK).min(n_needs);
                waiting.extend(next as u32..end as u32);
                next = end;
            }
            control.check()?;
            n_bids += waiting.len();
            if n_bids > budget * n_needs + BLOCK {
                return Ok(Contest::Unsettled);
            }
            for (k, &need) in waiting.iter().enumerate() {
                if let Some(&ahead) = waiting.get(k + AHEAD) {
                    std::hint::black_box(lists.of(ahead).first());
                }
                if let Some((leaf, bid)) = self.bid::<WIDE>(lists, need, eps) {
                    driven_out.extend(self.take(leaf, bid, need));
                }
            }
            waiting.clear();
            std::mem::swap(&mut waiting, &mut driven_out);
        }
    }

    /// The place a need wants and what it bids for it; `None` where it prefers to stay out.
    #[inline]
    fn bid<const WIDE: bool>(&self, lists: &Lists<W>, need: u32, eps: W) -> Option<(u32, W)> {
        let limits = lists.note(need);
        let choice = self.choice::<WIDE>(lists.of(need).iter().copied(), limits.floor, eps);
        if choice.is_none() && limits.is_cut() {
            let need = self.sample.as_ref().map_or(need, |needs| needs[need as usize]);
            return self.choice::<WIDE>(self.instance.edges(need), limits.outside, eps);
        }
        choice
    }

    #[inline]
    fn choice<const WIDE: bool>(&self, edges: impl Iterator<Item = Edge<W>>, floor: W, eps: W) -> Option<(u32, W)> {
        let (mut best, mut second, mut chosen) = (floor, floor, None);
        for (leaf, score) in edges {
            let utility = score.minus(self.charges.price::<WIDE>(leaf));
            second = second.max(best.min(utility));
            if utility > best {
                (best, chosen) = (utility, Some((leaf, score)));
            }
        }
        let (leaf, score) = chosen?;
        Some((leaf, score.minus(second).plus(eps)))
    }

    /// Gives a place to a need, and returns the need that it drives out.
    #[inline]
    fn take(&mut self, leaf: u32, bid: W, need: u32) -> Option<u32> {
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

    pub(super) fn outcome(self) -> Outcome {
        let mut place = vec![NONE; self.instance.n_needs()];
        for (leaf, bids) in (0u32..).zip(&self.bids) {
            for &Reverse(bid) in bids {
                place[W::of_bid(bid).1 as usize] = leaf;
            }
        }
        Outcome { price: self.prices().into_iter().map(Into::into).collect(), place }
    }
}
