//! The residual network, contracted to the nodes of the forest and "outside".
//!
//! | arc | where | loss |
//! |---|---|---|
//! | u to v | a need at u has an edge to v | what it is worth at u, less what at v |
//! | u to outside | a need is at u | what it is worth there |
//! | outside to v | a need that nobody serves has an edge to v | less what it is worth at v |
//! | v to the vertex above | v has room | 0 |
//! | the vertex above to v | v holds anything | 0 |

use rayon::prelude::*;

use super::length::{Length, packed};
use crate::network::{Network, Score};
use crate::solve::Flow;
use crate::total::Total;

/// What carries a unit along an arc.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Via {
    /// A need changes its vertex.
    Need(u32),
    /// The load of a node grows or shrinks.
    Load,
}

/// An arc, seen from one of its ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    pub(super) other: u32,
    pub(super) via: Via,
    pub(super) length: Length,
}

/// Arcs by the vertex at one end.
pub(super) struct Arcs {
    first: Vec<usize>,
    arc: Vec<Arc>,
}

impl Arcs {
    #[inline]
    pub(super) fn of(&self, vertex: u32) -> &[Arc] {
        &self.arc[self.first[vertex as usize]..self.first[vertex as usize + 1]]
    }
}

/// The contracted network.
pub(super) struct Residual {
    /// The arcs by the vertex they leave.
    pub(super) leaving: Arcs,
    /// The arcs by the vertex they reach.
    pub(super) reaching: Arcs,
    /// For each vertex the sum of prices up to its root, packed.
    pub(super) full_price: Vec<i128>,
    /// For each node the vertex above it: a node, or outside.
    pub(super) above: Vec<u32>,
    /// For each node whether it has no room of its own.
    pub(super) is_full: Vec<bool>,
    /// How many needs each node holds, itself and below.
    pub(super) load: Vec<u64>,
    /// For each need the vertex at which it is.
    pub(super) vertex: Vec<u32>,
    /// For each need what it is worth there, packed.
    pub(super) worth: Vec<i128>,
}

/// Bytes that the contracted network takes at most.
pub(super) fn bytes_needed(n_needs: usize, n_nodes: usize, n_edges: usize) -> u64 {
    let of_arcs = 2 * (n_edges + 2 * n_needs.min(n_edges) + 2 * n_nodes) * size_of::<Arc>();
    (of_arcs + n_nodes * 64 + n_needs * 32) as u64
}

impl Residual {
    pub(super) fn new<S: Score>(network: &Network<'_, S>, flow: &Flow) -> Self {
        let (n_needs, n_nodes) = (network.n_needs(), network.n_nodes());
        let outside = n_nodes as u32;
        let vertex: Vec<u32> = flow.node.iter().map(|place| place.unwrap_or(outside)).collect();
        let above: Vec<u32> = (0..outside).map(|v| network.parent(v).unwrap_or(outside)).collect();
        let path = |v: u32| std::iter::successors(Some(v), |&v| network.parent(v));
        let mut load = vec![0u64; n_nodes];
        flow.node.iter().flatten().for_each(|&v| path(v).for_each(|v| load[v as usize] += 1));
        let price = |v: u32| {
            let own = flow.price[v as usize];
            packed(Total { tier: own.tier.into(), score: own.score.into() })
        };
        let full_price: Vec<i128> = (0..outside).map(|v| path(v).map(price).sum()).chain(std::iter::once(0)).collect();
        let worth_at = |need: usize, v: u32| {
            let score = network.edges(need).find(|&(node, _)| node == v).map(|(_, score)| score.into());
            packed(Total { tier: network.tier(need).into(), score: score.unwrap_or(0).into() })
        };
        let worth = (0..n_needs).into_par_iter().map(|need| flow.node[need].map_or(0, |v| worth_at(need, v))).collect();

        let is_full = (0..outside).map(|v| load[v as usize] >= network.capacity(v)).collect();
        let none = || Arcs { first: Vec::new(), arc: Vec::new() };
        let mut residual = Self { leaving: none(), reaching: none(), full_price, above, is_full, load, vertex, worth };
        residual.leaving = residual.contracted(network);
        residual.reaching = turned(&residual.leaving);
        residual
    }

    pub(super) fn outside(&self) -> u32 {
        self.above.len() as u32
    }

    /// Whether no unit can be at a node for lack of capacity at the node itself.
    pub(super) fn is_closed(&self, v: u32) -> bool {
        self.is_full[v as usize] && self.load[v as usize] == 0
    }

    /// The best arc between each two vertices, by the vertex it leaves.
    fn contracted<S: Score>(&self, network: &Network<'_, S>) -> Arcs {
        let n_vertices = self.outside() as usize + 1;
        let needs = ByVertex::new(&self.vertex, n_vertices);
        let below = ByVertex::new(&self.above, n_vertices);
        let empty_row = || Row { best: vec![(Length::NONE, Via::Load); n_vertices], reached: Vec::new() };
        let rows = (0..n_vertices as u32).into_par_iter().map_init(empty_row, |row, u| {
            needs.of(u).iter().for_each(|&need| self.offer_moves(network, row, u, need));
            self.offer_loads(row, u, below.of(u));
            row.taken()
        });
        let rows: Vec<Vec<Arc>> = rows.collect();
        let mut first = vec![0];
        for row in &rows {
            first.push(first[first.len() - 1] + row.len());
        }
        Arcs { first, arc: rows.concat() }
    }

    /// Where a need at u can go.
    fn offer_moves<S: Score>(&self, network: &Network<'_, S>, row: &mut Row, u: u32, need: u32) {
        let utility = self.worth[need as usize] - self.full_price[u as usize];
        let tier = network.tier(need as usize).into();
        for (v, score) in network.edges(need as usize).filter(|&(v, _)| v != u) {
            let worth = packed(Total { tier, score: score.into().into() });
            let reduced = utility - (worth - self.full_price[v as usize]);
            row.offer(v, Length::of_arc(reduced, true), Via::Need(need));
        }
        if u != self.outside() {
            row.offer(self.outside(), Length::of_arc(utility, true), Via::Need(need));
        }
    }

    /// Where the load of u can grow, and those of the nodes right below it shrink.
    fn offer_loads(&self, row: &mut Row, u: u32, below: &[u32]) {
        let price = |v: u32| self.full_price[v as usize];
        if u != self.outside() && !self.is_full[u as usize] {
            let above = self.above[u as usize];
            row.offer(above, Length::of_arc(price(above) - price(u), false), Via::Load);
        }
        for &v in below.iter().filter(|&&v| self.load[v as usize] > 0) {
            row.offer(v, Length::of_arc(price(v) - price(u), false), Via::Load);
        }
    }
}

/// The best arc to each vertex so far.
struct Row {
    best: Vec<(Length, Via)>,
    reached: Vec<u32>,
}

impl Row {
    /// Of equal offers the first stays, which is that of the first need.
    fn offer(&mut self, v: u32, length: Length, via: Via) {
        let best = &mut self.best[v as usize];
        if best.0 == Length::NONE {
            self.reached.push(v);
        }
        if length < best.0 {
            *best = (length, via);
        }
    }

    /// The arcs in the order of the vertices; leaves the row empty.
    fn taken(&mut self) -> Vec<Arc> {
        self.reached.sort_unstable();
        let best = &mut self.best;
        let arc = |other: u32| {
            let (length, via) = std::mem::replace(&mut best[other as usize], (Length::NONE, Via::Load));
            Arc { other, via, length }
        };
        self.reached.drain(..).map(arc).collect()
    }
}

/// Things by the vertex they belong to, in ascending order.
pub(super) struct ByVertex {
    first: Vec<usize>,
    item: Vec<u32>,
}

impl ByVertex {
    pub(super) fn new(vertex_of: &[u32], n_vertices: usize) -> Self {
        let mut first = vec![0; n_vertices + 1];
        vertex_of.iter().for_each(|&v| first[v as usize + 1] += 1);
        (0..n_vertices).for_each(|v| first[v + 1] += first[v]);
        let mut next = first.clone();
        let mut item = vec![0; vertex_of.len()];
        for (k, &v) in vertex_of.iter().enumerate() {
            item[next[v as usize]] = k as u32;
            next[v as usize] += 1;
        }
        Self { first, item }
    }

    pub(super) fn of(&self, vertex: u32) -> &[u32] {
        &self.item[self.first[vertex as usize]..self.first[vertex as usize + 1]]
    }
}

/// The same arcs by the vertex that they reach.
fn turned(leaving: &Arcs) -> Arcs {
    let reached: Vec<u32> = leaving.arc.iter().map(|arc| arc.other).collect();
    let by_reached = ByVertex::new(&reached, leaving.first.len() - 1);
    let left = |k: u32| leaving.first.partition_point(|&first| first <= k as usize) as u32 - 1;
    let arc = |&k: &u32| Arc { other: left(k), ..leaving.arc[k as usize] };
    Arcs { arc: by_reached.item.iter().map(arc).collect(), first: by_reached.first }
}
