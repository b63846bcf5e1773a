//! Edges by leaf, for searches that go from places to needs.

use std::ops::Range;

use rayon::prelude::*;

use super::forest::NONE;
use super::instance::{Edge, Instance};
use super::lists::chunks;
use super::near::NearByNeed;
use super::weight::Weight;
use crate::control::Control;
use crate::network::Score;

/// The edges of every leaf.
pub(super) struct EdgesByLeaf<W> {
    first: Vec<usize>,
    /// Need and score.
    edge: Vec<(u32, W)>,
}

impl<W: Weight> EdgesByLeaf<W> {
    /// All edges.
    pub(super) fn all<S: Score>(instance: &Instance<'_, S, W>) -> Self {
        let ranked = || {
            (0..)
                .zip(&instance.rank)
                .take_while(|_| !instance.control.is_cancelled())
                .filter(|&(_, &rank)| rank != NONE)
        };
        let edges = || ranked().flat_map(|(need, &rank)| instance.edges_of(need).map(move |edge| (rank, edge)));
        let first = first_by_leaf(&instance.n_edges_at);
        let mut edge = vec![(0, W::default()); first[instance.forest.n_leaves]];
        // Each thread reads all edges and writes those of its leaves: reading is in order, writing is not.
        let mut rest = &mut edge[..];
        let shares = shares(&first, rayon::current_num_threads()).into_iter().map(|leaves| {
            let n_edges = first[leaves.end] - first[leaves.start];
            let (share, others) = std::mem::take(&mut rest).split_at_mut(n_edges);
            rest = others;
            (leaves, share)
        });
        shares.collect::<Vec<_>>().into_par_iter().for_each(|(leaves, share)| {
            let before = first[leaves.start];
            let mut next: Vec<usize> = first[leaves.clone()].iter().map(|first| first - before).collect();
            for (rank, (leaf, score)) in edges() {
                if let Some(slot) = (leaf as usize).checked_sub(leaves.start).and_then(|k| next.get_mut(k)) {
                    share[*slot] = (rank, score);
                    *slot += 1;
                }
            }
        });
        Self { first, edge }
    }

    /// All edges of some leaves.
    pub(super) fn of_some<S: Score>(instance: &Instance<'_, S, W>, is_wanted: impl Fn(u32) -> bool + Sync) -> Self {
        let wanted: Vec<bool> = instance.forest.leaf_of.iter().map(|&leaf| leaf != NONE && is_wanted(leaf)).collect();
        let kept = from_chunks(instance.control, instance.rank.len(), |needs, kept| {
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
        let kept = from_chunks(instance.control, instance.n_needs(), |needs, kept| {
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
        let mut n_edges_at = vec![0; n_leaves];
        edges().for_each(|(_, (leaf, _))| n_edges_at[leaf as usize] += 1);
        let first = first_by_leaf(&n_edges_at);
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

/// Where the edges of each leaf begin, and where the last ones end.
fn first_by_leaf(n_edges_at: &[usize]) -> Vec<usize> {
    let mut first = Vec::with_capacity(n_edges_at.len() + 1);
    first.push(0);
    let mut end = 0;
    for n_edges in n_edges_at {
        end += n_edges;
        first.push(end);
    }
    first
}

/// The leaves in so many shares, of about as many edges each.
fn shares(first: &[usize], n_shares: usize) -> Vec<Range<usize>> {
    let n_edges = first.last().copied().unwrap_or(0);
    let start = |share: usize| first.partition_point(|&first| first < share * n_edges / n_shares);
    (0..n_shares)
        .map(|share| start(share)..if share + 1 < n_shares { start(share + 1) } else { first.len() - 1 })
        .collect()
}

/// What each chunk of so many needs gives, side by side; nothing more once the run is cancelled.
fn from_chunks<T: Send>(
    control: &Control,
    n_needs: usize,
    of_chunk: impl Fn(Range<usize>, &mut Vec<T>) + Sync,
) -> Vec<Vec<T>> {
    let of_chunk = |needs: Range<usize>| {
        let mut given = Vec::with_capacity(2 * needs.len());
        if !control.is_cancelled() {
            of_chunk(needs, &mut given);
        }
        given
    };
    chunks(n_needs).map(of_chunk).collect()
}
