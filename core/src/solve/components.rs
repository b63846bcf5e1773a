//! Splits a network into parts that have nothing to do with each other, so that each is solved by itself.
//!
//! Needs are joined by the nodes they could use, and nodes by their parents. Real cities are one part; a province of
//! cities that do not share providers is as many.

use petgraph::unionfind::UnionFind;

use super::Flow;
use super::Price;
use crate::network::{Network, Score};

/// A part of a network with arrays of its own.
pub(super) struct Part<S> {
    /// The network's index of each need of the part.
    need: Vec<u32>,
    /// The network's index of each node of the part.
    origin: Vec<u32>,
    indptr: Vec<usize>,
    node: Vec<u32>,
    score: Vec<S>,
    tier: Vec<u8>,
    capacity: Vec<u64>,
    parent: Vec<Option<u32>>,
}

impl<S: Score> Part<S> {
    /// The part as a network.
    pub(super) fn network(&self) -> Network<'_, S> {
        Network::of_part(&self.indptr, &self.node, &self.score, &self.capacity, &self.parent, &self.tier)
    }
}

/// The parts of a network that hold edges, in the order of their first need; `None` where there is one part at most.
pub(super) fn split<S: Score>(network: &Network<'_, S>) -> Option<Vec<Part<S>>> {
    let label = labels(network);
    let part_of_need = |need: usize| network.edges(need).next().map(|(v, _)| label[v as usize]);
    let mut number: Vec<Option<u32>> = vec![None; network.n_nodes()];
    let mut parts: Vec<Part<S>> = Vec::new();
    for part in (0..network.n_needs()).filter_map(part_of_need) {
        number[part as usize].get_or_insert_with(|| {
            parts.push(Part::empty());
            parts.len() as u32 - 1
        });
    }
    if parts.len() < 2 {
        return None;
    }
    let number = |v: usize| number[label[v] as usize].map(|k| k as usize);
    let place = share_nodes(network, &mut parts, number);
    for need in 0..network.n_needs() {
        let Some((first, _)) = network.edges(need).next() else { continue };
        let part = &mut parts[number(first as usize).expect("the part of an edge has a number")];
        part.need.push(need as u32);
        part.tier.push(network.tier(need));
        for (v, score) in network.edges(need) {
            part.node.push(place[v as usize]);
            part.score.push(score);
        }
        part.indptr.push(part.node.len());
    }
    Some(parts)
}

/// Puts the flows of all parts together.
pub(super) fn join<S: Score>(network: &Network<'_, S>, solved: impl Iterator<Item = (Part<S>, Flow)>) -> Flow {
    let mut flow = Flow { node: vec![None; network.n_needs()], price: vec![Price::default(); network.n_nodes()] };
    for (part, solved) in solved {
        for (&need, node) in part.need.iter().zip(solved.node) {
            flow.node[need as usize] = node.map(|v| part.origin[v as usize]);
        }
        for (&v, price) in part.origin.iter().zip(solved.price) {
            flow.price[v as usize] = price;
        }
    }
    flow
}

impl<S> Part<S> {
    fn empty() -> Self {
        Self {
            need: Vec::new(),
            origin: Vec::new(),
            indptr: vec![0],
            node: Vec::new(),
            score: Vec::new(),
            tier: Vec::new(),
            capacity: Vec::new(),
            parent: Vec::new(),
        }
    }
}

/// For each node a node that stands for its part.
fn labels<S: Score>(network: &Network<'_, S>) -> Vec<u32> {
    let n_nodes = network.n_nodes();
    let mut joined = UnionFind::<u32>::new(n_nodes);
    let mut n_parts = n_nodes;
    let mut join = |a: u32, b: u32| {
        // Nearly always they are joined already, and looking is quicker than joining.
        if joined.find(a) != joined.find(b) && joined.union(a, b) {
            n_parts -= 1;
        }
        n_parts
    };
    for v in 0..n_nodes as u32 {
        if let Some(parent) = network.parent(v) {
            join(v, parent);
        }
    }
    'needs: for need in 0..network.n_needs() {
        let mut edges = network.edges(need);
        if let Some((first, _)) = edges.next() {
            for (v, _) in edges {
                if join(first, v) == 1 {
                    break 'needs;
                }
            }
        }
    }
    joined.into_labeling()
}

/// Gives each part its nodes; returns each node's place in its part.
fn share_nodes<S: Score>(
    network: &Network<'_, S>,
    parts: &mut [Part<S>],
    number: impl Fn(usize) -> Option<usize>,
) -> Vec<u32> {
    let mut place = vec![0; network.n_nodes()];
    for (v, place) in place.iter_mut().enumerate() {
        if let Some(k) = number(v) {
            *place = parts[k].origin.len() as u32;
            parts[k].origin.push(v as u32);
        }
    }
    for v in 0..network.n_nodes() {
        if let Some(k) = number(v) {
            parts[k].capacity.push(network.capacity(v as u32));
            parts[k].parent.push(network.parent(v as u32).map(|p| place[p as usize]));
        }
    }
    place
}
