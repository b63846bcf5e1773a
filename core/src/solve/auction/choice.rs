//! The needs' side of the auction: what a need wants most at the charges of the moment, and what it bids for it.
//!
//! A need bids the price at which its second-best choice, or staying out, would be as good, plus `eps` so that prices
//! always move (Bertsekas 1988; with capacities Bertsekas and Castañón 1989, 1993).

use std::ops::Range;

use super::super::instance::{Edge, Instance};
use super::super::weight::Weight;
use super::charges::Charges;
use super::lists::Lists;
use crate::network::Score;

/// A leaf, and the price that a need offers for a place there.
pub(super) type Offer<W> = (u32, W);

/// The needs that bid, and on what.
pub(super) struct Bidders<'b, 'a, S: Score, W> {
    pub(super) instance: &'b Instance<'a, S, W>,
    /// The instance's index of each bidder; the same where there is no list.
    pub(super) sample: Option<&'b [u32]>,
    pub(super) lists: &'b Lists<W>,
    pub(super) eps: W,
}

impl<S: Score, W: Weight> Bidders<'_, '_, S, W> {
    /// The place a need wants and what it bids for it; `None` where it prefers to stay out. `WIDE` as in
    /// [`Charges::price`].
    #[inline]
    pub(super) fn offer<const WIDE: bool>(&self, charges: &Charges<W>, need: u32) -> Option<Offer<W>> {
        let limits = self.lists.note(need);
        let choice = self.best::<WIDE>(charges, self.lists.of(need).iter().copied(), limits.floor);
        if choice.is_none() && limits.is_cut() {
            let need = self.sample.map_or(need, |needs| needs[need as usize]);
            return self.best::<WIDE>(charges, self.instance.edges(need), limits.outside);
        }
        choice
    }

    /// What each need of a range offers.
    pub(super) fn offers<const WIDE: bool>(
        &self,
        charges: &Charges<W>,
        needs: Range<u32>,
        offers: &mut Vec<Option<Offer<W>>>,
    ) {
        offers.clear();
        offers.extend(needs.map(|need| self.offer::<WIDE>(charges, need)));
    }

    /// Reads the list of a need for no other purpose than to have it in the cache in time.
    #[inline]
    pub(super) fn touch(&self, need: u32) {
        std::hint::black_box(self.lists.of(need).first());
    }

    #[inline]
    fn best<const WIDE: bool>(
        &self,
        charges: &Charges<W>,
        edges: impl Iterator<Item = Edge<W>>,
        floor: W,
    ) -> Option<Offer<W>> {
        let (mut best, mut second, mut chosen) = (floor, floor, None);
        for (leaf, score) in edges {
            let utility = score.minus(charges.price::<WIDE>(leaf));
            second = second.max(best.min(utility));
            if utility > best {
                (best, chosen) = (utility, Some((leaf, score)));
            }
        }
        let (leaf, score) = chosen?;
        Some((leaf, score.minus(second).plus(self.eps)))
    }
}
