//! Candidate lists for bidding: all candidates of each need, or those within a window of its best.

use std::ops::Range;

use rayon::prelude::*;

use super::super::instance::{FIRST_STEP, Instance};
use super::super::weight::Weight;

/// Borrowed lists, one for each bidder.
#[derive(Clone, Copy)]
pub(super) struct Lists<'a, W> {
    first: &'a [usize],
    leaf: &'a [u32],
    score: &'a [W],
    /// The best utility outside the list, which is that of staying out or above.
    floor: &'a [W],
    /// The utility of staying out.
    outside: &'a [W],
}

impl<'a, W: Weight> Lists<'a, W> {
    pub(super) fn n_needs(self) -> usize {
        self.floor.len()
    }

    /// The candidates of a need: leaves and scores.
    #[inline]
    pub(super) fn of(self, need: u32) -> (&'a [u32], &'a [W]) {
        let row = self.row(need);
        (&self.leaf[row.clone()], &self.score[row])
    }

    #[inline]
    fn row(self, need: u32) -> Range<usize> {
        self.first[need as usize]..self.first[need as usize + 1]
    }

    /// The best utility that a need has outside its list.
    #[inline]
    pub(super) fn floor(self, need: u32) -> W {
        self.floor[need as usize]
    }

    /// Whether the list leaves out candidates that could be better than staying out.
    #[inline]
    pub(super) fn is_cut(self, need: u32) -> bool {
        self.floor[need as usize] > self.outside[need as usize]
    }
}

/// Lists that own what they do not share with the instance.
pub(super) struct OwnedLists<W> {
    first: Vec<usize>,
    leaf: Vec<u32>,
    score: Vec<W>,
    floor: Vec<W>,
    outside: Vec<W>,
}

/// So many needs are filtered in one piece of work.
const CHUNK: usize = 4096;

impl<W: Weight> OwnedLists<W> {
    /// What staying out is worth to each need: minus the bonus of its tier. The lists themselves are the instance's.
    pub(super) fn outside(instance: &Instance<W>) -> Self {
        let step = FIRST_STEP * instance.range;
        let outside: Vec<W> = instance.tier.iter().map(|&tier| W::of(-i64::from(tier) * step)).collect();
        Self { first: Vec::new(), leaf: Vec::new(), score: Vec::new(), floor: outside.clone(), outside }
    }

    /// The instance's own lists with this floor.
    pub(super) fn over<'a>(&'a self, instance: &'a Instance<W>) -> Lists<'a, W> {
        Lists {
            first: &instance.first_edge,
            leaf: &instance.leaf,
            score: &instance.score,
            floor: &self.floor,
            outside: &self.outside,
        }
    }

    /// The lists themselves.
    pub(super) fn view(&self) -> Lists<'_, W> {
        Lists { first: &self.first, leaf: &self.leaf, score: &self.score, floor: &self.floor, outside: &self.outside }
    }

    /// The lists of some of the needs.
    pub(super) fn of_needs(lists: Lists<'_, W>, needs: &[u32]) -> Self {
        let mut owned = Self::with_room_for(needs.len());
        for &need in needs {
            let (leaf, score) = lists.of(need);
            owned.leaf.extend_from_slice(leaf);
            owned.score.extend_from_slice(score);
            owned.first.push(owned.leaf.len());
            owned.floor.push(lists.floor[need as usize]);
            owned.outside.push(lists.outside[need as usize]);
        }
        owned
    }

    /// The candidates within a window of each need's best at these prices.
    pub(super) fn within(lists: Lists<'_, W>, price: &[W], window: i64) -> Self {
        let window = W::of(window);
        let n_needs = lists.n_needs();
        let chunks: Vec<Self> = (0..n_needs.div_ceil(CHUNK))
            .into_par_iter()
            .map(|k| Self::of_chunk(lists, price, window, k * CHUNK..((k + 1) * CHUNK).min(n_needs)))
            .collect();
        let mut owned = Self::with_room_for(n_needs);
        for chunk in chunks {
            let before = owned.leaf.len();
            owned.first.extend(chunk.first[1..].iter().map(|end| before + end));
            owned.leaf.extend(chunk.leaf);
            owned.score.extend(chunk.score);
            owned.floor.extend(chunk.floor);
        }
        owned.outside.extend_from_slice(lists.outside);
        owned
    }

    fn of_chunk(lists: Lists<'_, W>, price: &[W], window: W, needs: Range<usize>) -> Self {
        let mut owned = Self::with_room_for(needs.len());
        let mut utilities = Vec::new();
        for need in needs {
            let (leaf, score) = lists.of(need as u32);
            utilities.clear();
            utilities.extend(leaf.iter().zip(score).map(|(&leaf, &score)| score - price[leaf as usize]));
            let outside = lists.outside[need];
            let best = utilities.iter().copied().fold(outside, W::max);
            let threshold = best - window;
            for (k, _) in utilities.iter().enumerate().filter(|&(_, &utility)| utility >= threshold) {
                owned.leaf.push(leaf[k]);
                owned.score.push(score[k]);
            }
            owned.first.push(owned.leaf.len());
            owned.floor.push(threshold.max(outside));
        }
        owned
    }

    fn with_room_for(n_needs: usize) -> Self {
        let mut first = Vec::with_capacity(n_needs + 1);
        first.push(0);
        Self {
            first,
            leaf: Vec::new(),
            score: Vec::new(),
            floor: Vec::with_capacity(n_needs),
            outside: Vec::with_capacity(n_needs),
        }
    }
}
