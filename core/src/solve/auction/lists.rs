//! Candidate lists for bidding: all candidates of each need, or those within a window of its best.

use std::ops::Range;

use rayon::prelude::*;

use super::super::instance::{Edge, FIRST_STEP, Instance};
use super::super::weight::Weight;

/// Borrowed lists, one for each bidder.
#[derive(Clone, Copy)]
pub(super) struct Lists<'a, W> {
    /// One for each need, and one more for the end of the last list.
    row: &'a [Row<W>],
    edge: &'a [Edge<W>],
}

/// Where the list of a need begins, and what lies outside it.
#[derive(Clone, Copy)]
struct Row<W> {
    first: usize,
    /// The best utility outside the list, which is that of staying out or above.
    floor: W,
    /// The utility of staying out.
    outside: W,
}

impl<'a, W: Weight> Lists<'a, W> {
    pub(super) fn n_needs(self) -> usize {
        self.row.len() - 1
    }

    /// The list of a need.
    #[inline]
    pub(super) fn of(self, need: u32) -> &'a [Edge<W>] {
        &self.edge[self.row[need as usize].first..self.row[need as usize + 1].first]
    }

    /// The best utility that a need has outside its list.
    #[inline]
    pub(super) fn floor(self, need: u32) -> W {
        self.row[need as usize].floor
    }

    /// Whether the list leaves out candidates that could be better than staying out.
    #[inline]
    pub(super) fn is_cut(self, need: u32) -> bool {
        let row = &self.row[need as usize];
        row.floor > row.outside
    }
}

/// Lists that own what they do not share with the instance.
pub(super) struct OwnedLists<W> {
    row: Vec<Row<W>>,
    edge: Vec<Edge<W>>,
}

/// So many needs are filtered in one piece of work.
const CHUNK: usize = 4096;

impl<W: Weight> OwnedLists<W> {
    /// The rows of the instance's own lists: outside is minus the bonus of a need's tier.
    pub(super) fn outside(instance: &Instance<W>) -> Self {
        let step = FIRST_STEP * instance.range;
        let row = |(&first, outside): (&usize, W)| Row { first, floor: outside, outside };
        let outside = instance.tier.iter().map(|&tier| W::of(-i64::from(tier) * step)).chain([W::default()]);
        Self { row: instance.first_edge.iter().zip(outside).map(row).collect(), edge: Vec::new() }
    }

    /// The instance's own lists with these rows.
    pub(super) fn over<'a>(&'a self, instance: &'a Instance<W>) -> Lists<'a, W> {
        Lists { row: &self.row, edge: &instance.edge }
    }

    /// The lists themselves.
    pub(super) fn view(&self) -> Lists<'_, W> {
        Lists { row: &self.row, edge: &self.edge }
    }

    /// The lists of some of the needs.
    pub(super) fn of_needs(lists: Lists<'_, W>, needs: &[u32]) -> Self {
        let mut owned = Self { row: Vec::with_capacity(needs.len() + 1), edge: Vec::new() };
        for &need in needs {
            owned.row.push(Row { first: owned.edge.len(), ..lists.row[need as usize] });
            owned.edge.extend_from_slice(lists.of(need));
        }
        owned.end();
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
        let n_edges = chunks.iter().map(|chunk| chunk.edge.len()).sum();
        let mut owned = Self { row: Vec::with_capacity(n_needs + 1), edge: Vec::with_capacity(n_edges) };
        for chunk in chunks {
            let before = owned.edge.len();
            owned.row.extend(chunk.row.iter().map(|&row| Row { first: before + row.first, ..row }));
            owned.edge.extend(chunk.edge);
        }
        owned.end();
        owned
    }

    fn of_chunk(lists: Lists<'_, W>, price: &[W], window: W, needs: Range<usize>) -> Self {
        let mut owned = Self { row: Vec::with_capacity(needs.len()), edge: Vec::new() };
        for need in needs {
            let list = lists.of(need as u32);
            let outside = lists.row[need].outside;
            let utility = |&(leaf, score): &Edge<W>| score.minus(price[leaf as usize]);
            let threshold = list.iter().map(utility).fold(outside, W::max).minus(window);
            owned.row.push(Row { first: owned.edge.len(), floor: threshold.max(outside), outside });
            owned.edge.extend(list.iter().filter(|&edge| utility(edge) >= threshold));
        }
        owned
    }

    /// Ends the last list.
    fn end(&mut self) {
        self.row.push(Row { first: self.edge.len(), floor: W::default(), outside: W::default() });
    }
}
