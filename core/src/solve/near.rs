//! Short lists for the exact phase: the edges that a search will most likely need, and a bound on the others.
//!
//! Prices after the auction are so good that a search rarely looks beyond the best few edges of a need. Lists of these
//! are small enough to stay in the cache. A search that comes as far as the bound on what a list leaves out looks at
//! the full list, so short lists never change an answer.

use rayon::prelude::*;

use super::instance::{Edge, Instance};
use super::weight::Weight;

/// For each need its best edges at some prices. Valid as long as prices only rise.
pub(super) struct NearByNeed<W> {
    row: Vec<Row>,
    edge: Vec<Edge<W>>,
}

/// The short list of a need.
#[derive(Clone, Copy)]
struct Row {
    /// Where the list ends; it begins where the one before ends.
    end: usize,
    /// The best surplus, over all edges, at the prices of the lists.
    best: i64,
    /// No edge that the list leaves out has a larger surplus than this; `i64::MIN` where the list is complete.
    floor: i64,
}

/// So many needs are looked at in one piece of work.
const CHUNK: usize = 4096;

impl<W: Weight> NearByNeed<W> {
    /// The edges whose surplus, score minus price, is within a window of their need's best.
    pub(super) fn new(instance: &Instance<W>, potential: &[i64], window: i64) -> Self {
        let n_needs = instance.n_needs();
        let chunks: Vec<Self> = (0..n_needs.div_ceil(CHUNK))
            .into_par_iter()
            .map(|k| {
                let mut near = Self { row: Vec::with_capacity(CHUNK), edge: Vec::new() };
                for need in k * CHUNK..((k + 1) * CHUNK).min(n_needs) {
                    near.push_need(instance, potential, window, need as u32);
                }
                near
            })
            .collect();
        let mut near = Self { row: Vec::with_capacity(n_needs), edge: Vec::new() };
        for chunk in chunks {
            let before = near.edge.len();
            near.row.extend(chunk.row.into_iter().map(|row| Row { end: before + row.end, ..row }));
            near.edge.extend(chunk.edge);
        }
        near
    }

    fn push_need(&mut self, instance: &Instance<W>, potential: &[i64], window: i64, need: u32) {
        let surplus = |&(leaf, score): &Edge<W>| Into::<i64>::into(score) - potential[leaf as usize];
        let list = instance.list(need);
        let best = list.iter().map(surplus).max().unwrap_or(i64::MIN);
        let threshold = best.saturating_sub(window);
        let mut floor = i64::MIN;
        for edge in list {
            let surplus = surplus(edge);
            if surplus >= threshold {
                self.edge.push(*edge);
            } else {
                floor = floor.max(surplus);
            }
        }
        self.row.push(Row { end: self.edge.len(), best, floor });
    }

    /// The short list of a need.
    #[inline]
    pub(super) fn of(&self, need: u32) -> &[Edge<W>] {
        let first = if need == 0 { 0 } else { self.row[need as usize - 1].end };
        &self.edge[first..self.row[need as usize].end]
    }

    /// The best surplus of a need at the prices of the lists.
    pub(super) fn best(&self, need: u32) -> i64 {
        self.row[need as usize].best
    }

    /// A bound on the surplus of what a need's list leaves out.
    #[inline]
    pub(super) fn floor(&self, need: u32) -> i64 {
        self.row[need as usize].floor
    }
}

/// The edges of every leaf.
pub(super) struct EdgesByLeaf<W> {
    first: Vec<usize>,
    /// Need and score.
    edge: Vec<(u32, W)>,
}

impl<W: Weight> EdgesByLeaf<W> {
    /// All edges.
    pub(super) fn all(instance: &Instance<W>) -> Self {
        let edges =
            || (0..instance.n_needs() as u32).flat_map(|need| instance.list(need).iter().map(move |e| (need, *e)));
        Self::sorted(instance.forest.n_leaves, edges)
    }

    /// The edges whose surplus, score minus price, is at least what `least` says for their need.
    pub(super) fn above(instance: &Instance<W>, potential: &[i64], least: impl Fn(u32) -> i64 + Sync) -> Self {
        let n_needs = instance.n_needs();
        let surplus = |&(leaf, score): &Edge<W>| Into::<i64>::into(score) - potential[leaf as usize];
        let kept: Vec<Vec<(u32, Edge<W>)>> = (0..n_needs.div_ceil(CHUNK))
            .into_par_iter()
            .map(|k| {
                let mut kept = Vec::with_capacity(2 * CHUNK);
                for need in (k * CHUNK) as u32..((k + 1) * CHUNK).min(n_needs) as u32 {
                    let least = least(need);
                    let edges = instance.list(need).iter().filter(|edge| surplus(edge) >= least);
                    kept.extend(edges.map(|&edge| (need, edge)));
                }
                kept
            })
            .collect();
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

    /// The needs and scores of a leaf's edges, by need.
    #[inline]
    pub(super) fn of(&self, leaf: u32) -> &[(u32, W)] {
        &self.edge[self.first[leaf as usize]..self.first[leaf as usize + 1]]
    }
}
