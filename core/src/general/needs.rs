//! The needs with their edges, and the short lists of those edges that matter at given prices.
//!
//! Needs that like the same node best are neighbours here: they compete, so searches meet them one after the other, and
//! what is far apart in memory takes long to fetch.

use std::ops::Range;

use rayon::prelude::*;

use super::forest::{Forest, NONE, rows, starts};
use super::weight::Weight;
use crate::network::{Network, Score};

/// So many needs are looked at by one thread at a time.
const BLOCK: usize = 2048;

/// All needs with all their edges.
#[derive(Debug)]
pub(super) struct Needs<W> {
    /// Which need of the network each one is.
    pub(super) of_network: Vec<u32>,
    /// The vertex of each need's lowest group that can bind, or outside.
    pub(super) group: Vec<u32>,
    first_member: Vec<u32>,
    member: Vec<u32>,
    /// What each need counts by its tier.
    pub(super) bonus: Vec<W>,
    first_edge: Vec<usize>,
    /// The supply node of each edge.
    pub(super) node: Vec<u32>,
    pub(super) score: Vec<i64>,
}

impl<W: Weight> Needs<W> {
    /// Of a network.
    pub(super) fn of<S: Score>(network: &Network<'_, S>, forest: &Forest<W>, step: &[i128]) -> Self {
        let outside = forest.outside() as u32;
        let favourite = |need| network.edges(need).max_by_key(|&(_, score)| score).map_or(outside, |(v, _)| v);
        let favourites: Vec<u32> = (0..network.n_needs()).into_par_iter().map(favourite).collect();
        let (_, order) = rows(&favourites, forest.n_vertices());
        let needs = || order.iter().map(|&need| need as usize);
        let group = |need: usize| {
            let lowest = network.demand().and_then(|demand| demand.group_of_need[need]);
            lowest.map_or(outside, |g| forest.vertex_of_group[g as usize])
        };
        let group = needs().map(group).collect();
        let bonus = needs().map(|need| W::of(step[usize::from(network.tier(need))])).collect();
        let mut all = Self::without_edges(group, bonus, forest.n_vertices(), network.n_edges());
        let of_block = |needs: &[u32]| {
            let mut block = Self::without_edges(Vec::new(), Vec::new(), 0, 0);
            for &need in needs {
                block.push_edges(network.edges(need as usize).map(|(v, score)| (v, score.into())));
            }
            block
        };
        let blocks: Vec<Self> = order.par_chunks(BLOCK).map(of_block).collect();
        for mut block in blocks {
            let before = all.node.len();
            all.first_edge.extend(block.first_edge[1..].iter().map(|end| before + end));
            all.node.append(&mut block.node);
            all.score.append(&mut block.score);
        }
        all.of_network = order;
        all
    }

    /// Values of the needs in the order of the network.
    pub(super) fn in_network<T: Clone + Default>(&self, values: impl Iterator<Item = T>) -> Vec<T> {
        let mut all = vec![T::default(); self.n_needs()];
        for (&need, value) in self.of_network.iter().zip(values) {
            all[need as usize] = value;
        }
        all
    }

    /// The node of each need, or [`NONE`], of what the network's needs have.
    pub(super) fn places(&self, node: &[Option<u32>]) -> Vec<u32> {
        self.of_network.iter().map(|&need| node[need as usize].unwrap_or(NONE)).collect()
    }

    /// Needs that are still to get their edges, one after the other.
    pub(super) fn without_edges(group: Vec<u32>, bonus: Vec<W>, n_vertices: usize, n_edges: usize) -> Self {
        let (first_member, member) = rows(&group, n_vertices);
        let mut first_edge = Vec::with_capacity(group.len() + 1);
        first_edge.push(0);
        let (node, score) = (Vec::with_capacity(n_edges), Vec::with_capacity(n_edges));
        Self { of_network: Vec::new(), group, first_member, member, bonus, first_edge, node, score }
    }

    /// Gives the next need its edges.
    pub(super) fn push_edges(&mut self, edges: impl Iterator<Item = (u32, i64)>) {
        for (node, score) in edges {
            self.node.push(node);
            self.score.push(score);
        }
        self.first_edge.push(self.node.len());
    }

    pub(super) fn n_needs(&self) -> usize {
        self.group.len()
    }

    /// The needs of which this is the lowest group.
    #[inline]
    pub(super) fn members(&self, v: usize) -> &[u32] {
        &self.member[self.ranks(v)]
    }

    /// Where they stand among all needs by their lowest groups.
    #[inline]
    pub(super) fn ranks(&self, v: usize) -> Range<usize> {
        self.first_member[v] as usize..self.first_member[v + 1] as usize
    }

    #[inline]
    pub(super) fn range(&self, need: usize) -> Range<usize> {
        self.first_edge[need]..self.first_edge[need + 1]
    }

    /// Nodes of a need's edges.
    #[inline]
    pub(super) fn nodes(&self, need: usize) -> &[u32] {
        &self.node[self.range(need)]
    }

    /// The need of each edge.
    pub(super) fn of_edges(&self) -> Vec<u32> {
        needs_of(self.first_edge.windows(2).map(|row| row[1] - row[0]), self.node.len())
    }

    /// Nodes and scores of a need's edges.
    #[inline]
    pub(super) fn edges(&self, need: usize) -> impl Iterator<Item = (u32, i64)> + '_ {
        let row = self.range(need);
        self.node[row.clone()].iter().copied().zip(self.score[row].iter().copied())
    }

    /// The most that an edge of a need is worth after the price of its node, without the need's bonus.
    #[inline]
    pub(super) fn best(&self, need: usize, y: &[W]) -> Option<W> {
        self.edges(need).map(|(v, score)| W::from(score) - y[v as usize]).max()
    }
}

/// An edge of a need.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) score: i64,
    pub(super) node: u32,
}

/// An edge as its node sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) score: i64,
    pub(super) need: u32,
    pub(super) edge: u32,
}

/// For each need the edges worth looking at, and for each node the needs that look at it.
#[derive(Debug)]
pub(super) struct Lists {
    first: Vec<u32>,
    edge: Vec<Edge>,
    first_in: Vec<u32>,
    /// By node.
    into: Vec<Look>,
}

impl Lists {
    /// The edges within a window of each need's best, none for needs that are far from being served, and the edge that a
    /// need holds; all edges where there is no window.
    pub(super) fn near<W: Weight>(
        needs: &Needs<W>,
        y: &[W],
        held: &[u32],
        window: Option<i64>,
        n_supply: usize,
    ) -> Self {
        let of_block = |(block, held): (usize, &[u32])| -> (Vec<u32>, Vec<Edge>) {
            let (mut end, mut edge) = (Vec::with_capacity(held.len()), Vec::new());
            for (need, &held) in (block * BLOCK..).zip(held) {
                push_near(&mut edge, (needs, need), y, held, window.map(W::from));
                end.push(edge.len() as u32);
            }
            (end, edge)
        };
        let blocks: Vec<(Vec<u32>, Vec<Edge>)> = held.par_chunks(BLOCK).enumerate().map(of_block).collect();
        let n_edges = blocks.iter().map(|(_, edge)| edge.len()).sum();
        let mut lists =
            Self { first: vec![0], edge: Vec::with_capacity(n_edges), first_in: Vec::new(), into: Vec::new() };
        for (end, edge) in blocks {
            let before = lists.edge.len() as u32;
            lists.first.extend(end.into_iter().map(|end| before + end));
            lists.edge.extend(edge);
        }
        lists.index(n_supply);
        lists
    }

    /// Sorts the edges by node.
    fn index(&mut self, n_supply: usize) {
        let first_in = starts(self.edge.iter().map(|edge| edge.node), n_supply);
        let mut next = first_in.clone();
        let mut into = vec![Look { score: 0, need: 0, edge: 0 }; self.edge.len()];
        for (need, row) in (0..).zip(self.first.windows(2)) {
            for number in row[0]..row[1] {
                let Edge { score, node } = self.edge[number as usize];
                let place = &mut next[node as usize];
                into[*place as usize] = Look { score, need, edge: number };
                *place += 1;
            }
        }
        (self.first_in, self.into) = (first_in, into);
    }

    #[inline]
    pub(super) fn edges(&self, need: usize) -> &[Edge] {
        &self.edge[self.first[need] as usize..self.first[need + 1] as usize]
    }

    /// The number of a need's k-th edge.
    #[inline]
    pub(super) fn number(&self, need: usize, k: usize) -> u32 {
        self.first[need] + k as u32
    }

    #[inline]
    pub(super) fn edge(&self, number: u32) -> Edge {
        self.edge[number as usize]
    }

    /// The edges at a node.
    #[inline]
    pub(super) fn looking_at(&self, v: usize) -> &[Look] {
        &self.into[self.first_in[v] as usize..self.first_in[v + 1] as usize]
    }
}

/// Adds the edges of a need that are worth looking at.
fn push_near<W: Weight>(
    list: &mut Vec<Edge>,
    (needs, need): (&Needs<W>, usize),
    y: &[W],
    held: u32,
    window: Option<W>,
) {
    let edges = needs.edges(need).map(|(node, score)| Edge { score, node });
    let (Some(window), Some(best)) = (window, needs.best(need, y)) else { return list.extend(edges) };
    let is_far = best + needs.bonus[need] + y[needs.group[need] as usize] + window < W::default();
    let least = best - window;
    let is_near = |edge: &Edge| !is_far && W::from(edge.score) - y[edge.node as usize] >= least;
    list.extend(edges.filter(|edge| is_near(edge) || held == edge.node));
}

/// For each edge its need, given how many edges each need has.
fn needs_of(n_edges: impl Iterator<Item = usize>, n_all: usize) -> Vec<u32> {
    let mut need_of = Vec::with_capacity(n_all);
    for (need, n) in n_edges.enumerate() {
        need_of.resize(need_of.len() + n, need as u32);
    }
    need_of
}
