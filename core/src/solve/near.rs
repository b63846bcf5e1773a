//! Short lists for the exact phase: the edges that a search will most likely need, and a bound on the others.
//!
//! Prices after the auction are so good that a search rarely looks beyond the best few edges of a need. Lists of these
//! are small enough to stay in the cache. A search that comes as far as the bound on what a list leaves out looks at
//! the full list, so short lists never change an answer.

use rayon::prelude::*;

use super::instance::Instance;
use super::weight::Weight;

/// An edge in a short list.
#[derive(Clone, Copy, Debug)]
pub(super) struct NearEdge<W> {
    pub(super) leaf: u32,
    /// The edge, counted from the first of its need.
    offset: u32,
    score: W,
}

impl<W: Weight> NearEdge<W> {
    #[inline]
    pub(super) fn score(&self) -> i64 {
        self.score.into()
    }
}

/// For each need its best edges at some prices. Valid as long as prices only rise.
pub(super) struct NearByNeed<W> {
    first: Vec<usize>,
    edges: Vec<NearEdge<W>>,
    /// The best surplus of each need, over all its edges.
    best: Vec<i64>,
    /// No edge that a list leaves out has a larger surplus than this; `i64::MIN` where the list is complete.
    floor: Vec<i64>,
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
                let mut near = Self::empty();
                for need in k * CHUNK..((k + 1) * CHUNK).min(n_needs) {
                    near.push_need(instance, potential, window, need as u32);
                }
                near
            })
            .collect();
        let mut near = Self::empty();
        for chunk in chunks {
            let before = near.edges.len();
            near.first.extend(chunk.first[1..].iter().map(|end| before + end));
            near.edges.extend(chunk.edges);
            near.best.extend(chunk.best);
            near.floor.extend(chunk.floor);
        }
        near
    }

    fn empty() -> Self {
        Self { first: vec![0], edges: Vec::new(), best: Vec::new(), floor: Vec::new() }
    }

    fn push_need(&mut self, instance: &Instance<W>, potential: &[i64], window: i64, need: u32) {
        let edges = instance.edges(need);
        let surplus = |edge: usize| instance.score(edge) - potential[instance.leaf[edge] as usize];
        let best = edges.clone().map(surplus).max().unwrap_or(i64::MIN);
        let threshold = best.saturating_sub(window);
        let mut floor = i64::MIN;
        for (offset, edge) in edges.enumerate() {
            let surplus = surplus(edge);
            if surplus >= threshold {
                let (leaf, score) = (instance.leaf[edge], instance.score[edge]);
                self.edges.push(NearEdge { leaf, offset: offset as u32, score });
            } else {
                floor = floor.max(surplus);
            }
        }
        self.first.push(self.edges.len());
        self.best.push(best);
        self.floor.push(floor);
    }

    /// The short list of a need.
    #[inline]
    pub(super) fn of(&self, need: u32) -> &[NearEdge<W>] {
        &self.edges[self.first[need as usize]..self.first[need as usize + 1]]
    }

    /// The best surplus of a need at the prices of the lists.
    pub(super) fn best(&self, need: u32) -> i64 {
        self.best[need as usize]
    }

    /// A bound on the surplus of what a need's list leaves out.
    #[inline]
    pub(super) fn floor(&self, need: u32) -> i64 {
        self.floor[need as usize]
    }
}

impl<W: Weight> Instance<W> {
    /// The edge behind an entry of a need's short list.
    #[inline]
    pub(super) fn edge_of(&self, need: u32, near: &NearEdge<W>) -> usize {
        self.first_edge[need as usize] + near.offset as usize
    }
}

/// The edges of every leaf.
pub(super) struct EdgesByLeaf {
    first: Vec<usize>,
    /// Need and edge.
    edges: Vec<(u32, usize)>,
}

impl EdgesByLeaf {
    /// The edges whose surplus, score minus price, is at least what `least` says for their need.
    pub(super) fn new<W: Weight>(instance: &Instance<W>, potential: &[i64], least: impl Fn(u32) -> i64 + Sync) -> Self {
        let n_needs = instance.n_needs();
        let surplus = |edge: usize| instance.score(edge) - potential[instance.leaf[edge] as usize];
        let kept: Vec<Vec<(u32, usize)>> = (0..n_needs.div_ceil(CHUNK))
            .into_par_iter()
            .map(|k| {
                let needs = (k * CHUNK) as u32..((k + 1) * CHUNK).min(n_needs) as u32;
                needs
                    .flat_map(|need| {
                        let least = least(need);
                        instance.edges(need).filter(move |&edge| surplus(edge) >= least).map(move |edge| (need, edge))
                    })
                    .collect()
            })
            .collect();
        let n_leaves = instance.forest.n_leaves;
        let mut first = vec![0; n_leaves + 1];
        for &(_, edge) in kept.iter().flatten() {
            first[instance.leaf[edge] as usize + 1] += 1;
        }
        for leaf in 0..n_leaves {
            first[leaf + 1] += first[leaf];
        }
        let mut next = first.clone();
        let mut edges = vec![(0, 0); first[n_leaves]];
        for &(need, edge) in kept.iter().flatten() {
            let slot = &mut next[instance.leaf[edge] as usize];
            edges[*slot] = (need, edge);
            *slot += 1;
        }
        Self { first, edges }
    }

    /// The edges of a leaf, by need.
    #[inline]
    pub(super) fn of(&self, leaf: u32) -> &[(u32, usize)] {
        &self.edges[self.first[leaf as usize]..self.first[leaf as usize + 1]]
    }
}
