//! The auction: prices that are nearly right, quickly.
//!
//! Needs bid for places. A need bids on its best place the price at which its second-best choice, or staying out,
//! would be as good, plus `eps` so that prices always move (Bertsekas 1988; for capacities Bertsekas and Castañón
//! 1989, 1993). A node that is full charges its lowest bid, and a new bid drives that one out. In a forest only the
//! lowest full node on the way from the leaf to its root evicts: the nodes above it keep their load. The price of a
//! place at a leaf is the largest charge on that way.
//!
//! Phases with ever smaller `eps` follow each other. Each starts from the prices of the one before, lowered a little:
//! a price that is too high is far dearer to repair than one that is too low. Nothing here needs to be exact, and no
//! choice made here (phases, drops, budget) can change the answer: the exact repair takes the prices as a start only.

mod lowest;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use lowest::Lowest;

use super::forest::NONE;
use super::instance::{FIRST_STEP, Instance};
use super::weight::Weight;
use crate::control::{Control, Stage};
use crate::error::Error;

/// What the auction hands to the repair, in shifted units.
pub(super) struct Outcome {
    /// The price of a place at each leaf.
    pub(super) price: Vec<i64>,
    /// The leaf that each need holds, or [`NONE`].
    pub(super) place: Vec<u32>,
}

/// `eps` of each phase as a fraction of the largest score.
const PHASES: [i64; 9] = [2, 8, 32, 120, 400, 1_600, 8_000, 40_000, 200_000];
/// The next phase starts this many `eps` of the last one lower.
const DROP: i64 = 2;
/// So many needs bid before those they drove out bid again: few enough to stay in the cache.
const BLOCK: usize = 1024;
/// A phase ends after so many bids for each need; what is then unplaced is left to the exact repair.
const BID_BUDGET: usize = 40;

/// Runs all phases.
pub(super) fn run<W: Weight>(instance: &Instance<W>, control: &Control) -> Result<Outcome, Error> {
    control.enter(Stage::Auction, PHASES.len() as u64)?;
    let mut auction = Auction::new(instance);
    let mut last_eps = 0;
    for divisor in PHASES {
        let eps = (instance.range / divisor).max(1);
        if eps == last_eps {
            break;
        }
        auction.restart(DROP * last_eps);
        auction.phase(W::of(eps), control)?;
        last_eps = eps;
        control.advance(1)?;
    }
    Ok(auction.outcome())
}

struct Auction<'a, W> {
    instance: &'a Instance<W>,
    /// The utility of staying out, for each tier: minus what its bonus is worth.
    outside: Vec<W>,
    /// The price of a leaf with room.
    start: Vec<W>,
    /// What each node charges: its lowest bid while it is full; below that a leaf its start price, an inner node 0.
    charge: Vec<W>,
    load: Vec<u32>,
    lowest: Lowest<W>,
    /// The bids that each leaf holds, lowest first.
    bids: Vec<BinaryHeap<Reverse<(W, u32)>>>,
    place: Vec<u32>,
}

impl<'a, W: Weight> Auction<'a, W> {
    fn new(instance: &'a Instance<W>) -> Self {
        let forest = &instance.forest;
        let bonus = |tier: i64| W::of(-tier * FIRST_STEP * instance.range);
        Self {
            instance,
            outside: (0..=i64::from(instance.max_tier)).map(bonus).collect(),
            start: vec![W::default(); forest.n_leaves],
            charge: vec![W::default(); forest.n_nodes()],
            load: vec![0; forest.n_nodes()],
            lowest: Lowest::new(forest),
            bids: (0..forest.n_leaves).map(|_| BinaryHeap::new()).collect(),
            place: vec![NONE; instance.n_needs()],
        }
    }

    /// Empties every place and starts from the current prices, lowered by `drop`.
    fn restart(&mut self, drop: i64) {
        for leaf in 0..self.start.len() {
            let price: i64 = self.price(leaf as u32).into();
            self.start[leaf] = W::of((price - drop).max(0));
        }
        self.charge[..self.start.len()].copy_from_slice(&self.start);
        self.charge[self.start.len()..].fill(W::default());
        self.load.fill(0);
        self.lowest.clear();
        self.bids.iter_mut().for_each(BinaryHeap::clear);
        self.place.fill(NONE);
    }

    /// Lets needs bid until each holds a place or prefers to stay out, or the budget is spent.
    fn phase(&mut self, eps: W, control: &Control) -> Result<(), Error> {
        let n_needs = self.instance.n_needs();
        let mut budget = BID_BUDGET * n_needs + BLOCK;
        let mut waiting: Vec<u32> = Vec::with_capacity(BLOCK);
        let mut driven_out: Vec<u32> = Vec::with_capacity(BLOCK);
        let mut next = 0;
        loop {
            if waiting.is_empty() {
                if next == n_needs {
                    return Ok(());
                }
                let end = (next + BLOCK).min(n_needs);
                waiting.extend(next as u32..end as u32);
                next = end;
            }
            control.check()?;
            if budget < waiting.len() {
                return Ok(());
            }
            budget -= waiting.len();
            for &need in &waiting {
                if let Some((leaf, bid)) = self.bid(need, eps) {
                    driven_out.extend(self.take(leaf, bid, need));
                }
            }
            waiting.clear();
            std::mem::swap(&mut waiting, &mut driven_out);
        }
    }

    /// The place a need wants and what it bids for it; `None` where it prefers to stay out.
    #[inline]
    fn bid(&self, need: u32, eps: W) -> Option<(u32, W)> {
        let instance = self.instance;
        let outside = self.outside[instance.tier[need as usize] as usize];
        let (mut best, mut second, mut chosen) = (outside, outside, None);
        for edge in instance.edges(need) {
            let utility = instance.score[edge] - self.price(instance.leaf[edge]);
            if utility > best {
                second = best;
                best = utility;
                chosen = Some(edge);
            } else if utility > second {
                second = utility;
            }
        }
        chosen.map(|edge| (instance.leaf[edge], instance.score[edge] - second + eps))
    }

    /// The price of a place at a leaf: the largest charge up to the root.
    #[inline]
    fn price(&self, leaf: u32) -> W {
        let parent = &self.instance.forest.parent;
        let mut price = self.charge[leaf as usize];
        let mut v = parent[leaf as usize];
        while v != NONE {
            price = price.max(self.charge[v as usize]);
            v = parent[v as usize];
        }
        price
    }

    /// Gives a place to a need, and returns the need that it drives out.
    fn take(&mut self, leaf: u32, bid: W, need: u32) -> Option<u32> {
        let forest = &self.instance.forest;
        let full = forest.path(leaf).find(|&v| self.load[v as usize] == forest.capacity[v as usize]);
        let evicted = full.map(|node| self.evict_from(node));
        self.bids[leaf as usize].push(Reverse((bid, need)));
        self.place[need as usize] = leaf;
        self.change_load(leaf, true);
        evicted
    }

    /// Removes the lowest bid below a node.
    fn evict_from(&mut self, node: u32) -> u32 {
        let leaf = self.lowest.leaf_below(&self.instance.forest, node);
        let Reverse((_, need)) = self.bids[leaf as usize].pop().expect("a full node holds a bid");
        self.place[need as usize] = NONE;
        self.change_load(leaf, false);
        need
    }

    /// Brings loads and charges up to date from a leaf to its root after it won or lost a bid.
    fn change_load(&mut self, leaf: u32, won: bool) {
        let forest = &self.instance.forest;
        let lowest_bid = self.bids[leaf as usize].peek().map_or(W::NO_BID, |&Reverse((bid, _))| bid);
        self.lowest.set(forest, leaf, lowest_bid);
        for v in forest.path(leaf) {
            let k = v as usize;
            if won {
                self.load[k] += 1;
            } else {
                self.load[k] -= 1;
            }
            self.charge[k] = if self.load[k] == forest.capacity[k] {
                self.lowest.of(v)
            } else if forest.is_leaf(v) {
                self.start[k]
            } else {
                W::default()
            };
        }
    }

    fn outcome(self) -> Outcome {
        let price = (0..self.start.len()).map(|leaf| self.price(leaf as u32).into()).collect();
        Outcome { price, place: self.place }
    }
}
