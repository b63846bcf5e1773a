//! Short lists for the exact phase: the edges that a search will most likely need, and a bound on the others.
//!
//! Prices after the auction are so good that a search rarely looks beyond the best few edges of a need. Lists of these
//! are small enough to stay in the cache. A search that comes as far as the bound on what a list leaves out looks at
//! the full list, so short lists never change an answer.

use std::ops::Range;

use rayon::prelude::*;

use super::forest::NONE;
use super::instance::{Edge, Instance};
use super::lists::{ListsByNeed, Surpluses, chunks, price_at_nodes, push_best};
use super::weight::Weight;
use crate::network::Score;

/// For each need its best edges at some prices. Valid as long as prices only rise.
pub(super) struct NearByNeed<W>(ListsByNeed<Bounds, W>);

/// What the surpluses of a need's edges are at the prices of the lists.
#[derive(Clone, Copy, Default)]
struct Bounds {
    /// The best over all edges that count, if that is above 0.
    best: i64,
    /// No edge that the list leaves out has a larger one than this; less than any where the list is complete.
    floor: i64,
}

impl<W: Weight> NearByNeed<W> {
    /// The edges whose surplus, score minus price, is within a window of their need's best.
    pub(super) fn new<S: Score>(instance: &Instance<'_, S, W>, potential: &[i64], window: i64) -> Self {
        let price = price_at_nodes(&instance.forest, &potential[..instance.forest.n_leaves]);
        Self(ListsByNeed::gather(instance, |need, list| {
            let first = list.len();
            let Surpluses { best, left_out } =
                push_best(instance, need, |v| (price[v as usize], price[v as usize]), (i64::NOTHING, window), list);
            if instance.network.tier(need) == 0 {
                drop_worthless(list, first);
            }
            Bounds { best, floor: left_out }
        }))
    }

    /// The short list of a need.
    #[inline]
    pub(super) fn of(&self, need: u32) -> &[Edge<W>] {
        self.0.of(need)
    }

    /// The best surplus of a need at the prices of the lists.
    pub(super) fn best(&self, need: u32) -> i64 {
        self.0.note(need).best
    }

    /// A bound on the surplus of what a need's list leaves out.
    #[inline]
    pub(super) fn floor(&self, need: u32) -> i64 {
        self.0.note(need).floor
    }
}

/// Takes out the edges from a position on that do not count in tier 0.
fn drop_worthless<W: Weight>(list: &mut Vec<Edge<W>>, first: usize) {
    let mut end = first;
    for k in first..list.len() {
        list[end] = list[k];
        end += usize::from(list[k].1 > W::default());
    }
    list.truncate(end);
}

/// The edges of every leaf.
pub(super) struct EdgesByLeaf<W> {
    first: Vec<usize>,
    /// Need and score.
    edge: Vec<(u32, W)>,
}

impl<W: Weight> EdgesByLeaf<W> {
    /// All edges.
    pub(super) fn all<S: Score>(instance: &Instance<'_, S, W>) -> Self {
        let ranked = || (0..).zip(&instance.rank).filter(|&(_, &rank)| rank != NONE);
        let edges = || ranked().flat_map(|(need, &rank)| instance.edges_of(need).map(move |edge| (rank, edge)));
        Self::sorted(instance.forest.n_leaves, edges)
    }

    /// All edges of some leaves.
    pub(super) fn of_some<S: Score>(instance: &Instance<'_, S, W>, is_wanted: impl Fn(u32) -> bool + Sync) -> Self {
        let wanted: Vec<bool> = instance.forest.leaf_of.iter().map(|&leaf| leaf != NONE && is_wanted(leaf)).collect();
        let kept = from_chunks(instance.rank.len(), |needs, kept| {
            for need in needs {
                // Few edges are wanted, so what it takes to look at one is left until it is.
                if instance.network.edges(need).any(|(v, _)| wanted[v as usize]) {
                    let edges = instance.edges_of(need).filter(|&(leaf, _)| is_wanted(leaf));
                    kept.extend(edges.map(|edge| (instance.rank[need], edge)));
                }
            }
        });
        Self::sorted(instance.forest.n_leaves, || kept.iter().flatten().copied())
    }

    /// The edges whose surplus, score minus price, is at least what `least` says for their need, at prices no lower than
    /// those of the lists by need. Only needs whose list may leave out such an edge are asked for all they have.
    pub(super) fn near<S: Score>(
        instance: &Instance<'_, S, W>,
        near: &NearByNeed<W>,
        potential: &[i64],
        least: impl Fn(u32) -> i64 + Sync,
    ) -> Self {
        let surplus = |&(leaf, score): &Edge<W>| Into::<i64>::into(score) - potential[leaf as usize];
        let kept = from_chunks(instance.n_needs(), |needs, kept| {
            for need in needs {
                let need = need as u32;
                let least = least(need);
                let is_wanted = |edge: &Edge<W>| surplus(edge) >= least;
                if near.floor(need) < least {
                    kept.extend(near.of(need).iter().filter(|edge| is_wanted(edge)).map(|&edge| (need, edge)));
                } else {
                    kept.extend(instance.edges(need).filter(is_wanted).map(|edge| (need, edge)));
                }
            }
        });
        Self::sorted(instance.forest.n_leaves, || kept.iter().flatten().copied())
    }

    /// Sorts edges by leaf (counting sort); those of one leaf keep their order.
    fn sorted<I: Iterator<Item = (u32, Edge<W>)>>(n_leaves: usize, edges: impl Fn() -> I) -> Self {
        let mut first = vec![0; n_leaves + 1];
        edges().for_each(|(_, (leaf, _))| first[leaf as usize + 1] += 1);
        for leaf in 0..n_leaves {
            first[leaf + 1] += first[leaf];
        }
        let mut next = first.clone();
        let mut edge = vec![(0, W::default()); first[n_leaves]];
        edges().for_each(|(need, (leaf, score))| {
            let slot = &mut next[leaf as usize];
            edge[*slot] = (need, score);
            *slot += 1;
        });
        Self { first, edge }
    }

    /// The needs and scores of a leaf's edges.
    #[inline]
    pub(super) fn of(&self, leaf: u32) -> &[(u32, W)] {
        &self.edge[self.first[leaf as usize]..self.first[leaf as usize + 1]]
    }
}

/// What each chunk of so many needs gives, side by side.
fn from_chunks<T: Send>(n_needs: usize, of_chunk: impl Fn(Range<usize>, &mut Vec<T>) + Sync) -> Vec<Vec<T>> {
    let of_chunk = |needs: Range<usize>| {
        let mut given = Vec::with_capacity(2 * needs.len());
        of_chunk(needs, &mut given);
        given
    };
    chunks(n_needs).map(of_chunk).collect()
}
