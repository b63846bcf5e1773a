//! Bidding: one phase of the auction at one `eps`.
//!
//! Needs bid in blocks. While the places take the offers of one block, and those whom these drive out bid again, the
//! needs of the next block choose, at the charges from before. Charges only rise within a phase, so such an offer is late
//! but not wrong (Bertsekas and Castañón 1991 on asynchronous auctions): who wants to stay out still does, and a place for
//! which the offer still suffices is still what is worth most, since the others have become no cheaper. Where it does not
//! suffice any more the need chooses again. Who chooses when does not depend on how many threads there are.

use super::super::instance::Instance;
use super::super::weight::Weight;
use super::choice::{Bidders, Offer};
use super::lists::Lists;
use super::places::Places;
use crate::control::Control;
use crate::error::Error;
use crate::network::Score;

/// So many needs bid before those they drove out bid again: few enough to stay in the cache.
const BLOCK: usize = 1024;
/// So many needs ahead a list is read for no other purpose than to have it in the cache in time.
const AHEAD: usize = 4;
/// More bids than this for each need make a contest fierce.
const FIERCE: usize = 8;
/// If no more than this fraction of the needs are driven out in a phase, there was hardly a contest.
const UNCONTESTED: usize = 4;

/// How much needs had to compete in a phase.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Contest {
    /// Nearly every need got the place it wanted first.
    Hardly,
    /// Needs drove each other out until each held a place or preferred to stay out.
    Settled,
    /// The same, after many bids: prices rise in small steps where many needs want the same.
    Fierce,
    /// It would have taken more bids than the budget allows.
    Unsettled,
}

/// Needs and places.
pub(super) struct Auction<'a, S: Score, W: Weight> {
    pub(super) instance: &'a Instance<'a, S, W>,
    /// The needs that bid; all of them where there is no list.
    sample: Option<Vec<u32>>,
    pub(super) places: Places<'a, W>,
}

impl<'a, S: Score, W: Weight> Auction<'a, S, W> {
    pub(super) fn new(instance: &'a Instance<'a, S, W>, capacity: Vec<u32>, sample: Option<Vec<u32>>) -> Self {
        Self { instance, sample, places: Places::new(&instance.forest, capacity) }
    }

    /// Lets needs bid until each holds a place or prefers to stay out.
    pub(super) fn phase(
        &mut self,
        lists: &Lists<W>,
        eps: i64,
        budget: usize,
        control: &Control,
    ) -> Result<Contest, Error> {
        let bidders = Bidders { instance: self.instance, sample: self.sample.as_deref(), lists, eps: W::of(eps) };
        let n_needs = lists.n_needs();
        let mut phase = Phase {
            bidders: &bidders,
            places: &mut self.places,
            n_bids: 0,
            most: (budget * n_needs + BLOCK).min(usize::try_from(self.instance.work.left()).unwrap_or(usize::MAX)),
            waiting: Vec::with_capacity(BLOCK),
            driven_out: Vec::with_capacity(BLOCK),
        };
        let is_settled =
            if phase.places.charges().has_wide() { phase.run::<true>(control) } else { phase.run::<false>(control) }?;
        let n_bids = phase.n_bids;
        self.instance.work.spend(n_bids);
        Ok(match n_bids {
            _ if !is_settled => Contest::Unsettled,
            n_bids if n_bids - n_needs <= n_needs / UNCONTESTED => Contest::Hardly,
            n_bids if n_bids <= FIERCE * n_needs => Contest::Settled,
            _ => Contest::Fierce,
        })
    }
}

/// A phase that is going on.
struct Phase<'p, 'b, 'a, S: Score, W: Weight> {
    bidders: &'p Bidders<'b, 'a, S, W>,
    places: &'p mut Places<'a, W>,
    /// How many bids there were, and how many there may be.
    n_bids: usize,
    most: usize,
    /// Needs that bid next, and those whom they drive out. Empty between blocks.
    waiting: Vec<u32>,
    driven_out: Vec<u32>,
}

impl<S: Score, W: Weight> Phase<'_, '_, '_, S, W> {
    /// Whether it came to an end within the budget.
    fn run<const WIDE: bool>(&mut self, control: &Control) -> Result<bool, Error> {
        let bidders = self.bidders;
        let n_needs = bidders.lists.n_needs();
        let block = |first: usize| first as u32..n_needs.min(first + BLOCK) as u32;
        let (mut offers, mut next_offers) = (Vec::with_capacity(BLOCK), Vec::with_capacity(BLOCK));
        bidders.offers::<WIDE>(self.places.charges(), block(0), &mut offers);
        let is_parallel = n_needs > BLOCK && rayon::current_num_threads() > 1;
        let mut before = is_parallel.then(|| self.places.charges().clone());
        for first in (0..n_needs).step_by(BLOCK) {
            control.check()?;
            let next = block(first + BLOCK);
            let is_settled = if let Some(before) = &mut before {
                before.copy_from(self.places.charges());
                let settle = || self.settle::<WIDE>(first as u32, &offers, control);
                rayon::join(settle, || bidders.offers::<WIDE>(before, next, &mut next_offers)).0
            } else {
                bidders.offers::<WIDE>(self.places.charges(), next, &mut next_offers);
                self.settle::<WIDE>(first as u32, &offers, control)
            };
            if !is_settled? {
                return Ok(false);
            }
            std::mem::swap(&mut offers, &mut next_offers);
        }
        Ok(true)
    }

    /// Takes the offers of a block of needs, and lets those bid again whom they drive out, until nobody is left.
    fn settle<const WIDE: bool>(
        &mut self,
        first: u32,
        offers: &[Option<Offer<W>>],
        control: &Control,
    ) -> Result<bool, Error> {
        for (need, &offer) in (first..).zip(offers) {
            let is_good =
                |(leaf, bid): Offer<W>| bid >= self.places.charges().price::<WIDE>(leaf).plus(self.bidders.eps);
            let offer = match offer {
                Some(offer) if !is_good(offer) => self.bidders.offer::<WIDE>(self.places.charges(), need),
                offer => offer,
            };
            self.driven_out.extend(offer.and_then(|(leaf, bid)| self.places.take(leaf, bid, need)));
        }
        self.n_bids += offers.len();
        while !self.driven_out.is_empty() {
            control.check()?;
            self.waiting.clear();
            std::mem::swap(&mut self.waiting, &mut self.driven_out);
            self.n_bids += self.waiting.len();
            if self.n_bids > self.most {
                return Ok(false);
            }
            for (k, &need) in self.waiting.iter().enumerate() {
                if let Some(&ahead) = self.waiting.get(k + AHEAD) {
                    self.bidders.touch(ahead);
                }
                let offer = self.bidders.offer::<WIDE>(self.places.charges(), need);
                self.driven_out.extend(offer.and_then(|(leaf, bid)| self.places.take(leaf, bid, need)));
            }
        }
        Ok(true)
    }
}
