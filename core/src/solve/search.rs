//! A shortest-path search over the nodes of the forest: labels, the queue, the way back.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How a search came to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Via {
    /// It started here.
    Source,
    /// A need moves along one of its edges.
    Need { need: u32, edge: usize },
    /// From a child of the node.
    Child(u32),
    /// From the node's parent.
    Parent,
}

/// Dijkstra's algorithm with its labels. Labels are cleared by counting rounds, so a search costs only what it visits.
pub(super) struct Search {
    round: u32,
    labelled: Vec<u32>,
    settled: Vec<u32>,
    distance: Vec<i64>,
    via: Vec<Via>,
    heap: BinaryHeap<Reverse<(i64, u32)>>,
    /// Nodes at the current distance, last in first out: with many ties going deep finds a target sooner.
    stack: Vec<u32>,
    current: i64,
    /// The nodes settled so far.
    reached: Vec<u32>,
}

impl Search {
    pub(super) fn new(n_nodes: usize) -> Self {
        Self {
            round: 0,
            labelled: vec![0; n_nodes],
            settled: vec![0; n_nodes],
            distance: vec![0; n_nodes],
            via: vec![Via::Source; n_nodes],
            heap: BinaryHeap::new(),
            stack: Vec::new(),
            current: 0,
            reached: Vec::new(),
        }
    }

    /// Begins a new search.
    pub(super) fn start(&mut self) {
        if self.round == u32::MAX {
            self.labelled.fill(0);
            self.settled.fill(0);
            self.round = 0;
        }
        self.round += 1;
        self.heap.clear();
        self.stack.clear();
        self.reached.clear();
        self.current = 0;
    }

    /// Offers a way to a node.
    #[inline]
    pub(super) fn relax(&mut self, v: u32, distance: i64, via: Via) {
        debug_assert!(distance >= self.current, "reduced costs are never negative");
        let k = v as usize;
        if self.settled[k] == self.round || (self.labelled[k] == self.round && self.distance[k] <= distance) {
            return;
        }
        self.labelled[k] = self.round;
        self.distance[k] = distance;
        self.via[k] = via;
        if distance == self.current {
            self.stack.push(v);
        } else {
            self.heap.push(Reverse((distance, v)));
        }
    }

    /// Settles the nearest open node that is nearer than `limit`.
    #[inline]
    pub(super) fn next(&mut self, limit: i64) -> Option<(u32, i64)> {
        loop {
            let (distance, v) = match self.stack.pop() {
                Some(v) => (self.current, v),
                None => self.heap.pop().map(|Reverse(entry)| entry)?,
            };
            if distance >= limit {
                return None;
            }
            let k = v as usize;
            if self.settled[k] == self.round || self.distance[k] < distance {
                continue;
            }
            self.settled[k] = self.round;
            self.current = distance;
            self.reached.push(v);
            return Some((v, distance));
        }
    }

    /// How the search came to a node.
    #[inline]
    pub(super) fn via(&self, v: u32) -> Via {
        debug_assert_eq!(self.labelled[v as usize], self.round);
        self.via[v as usize]
    }

    /// The settled nodes with their distances.
    pub(super) fn reached(&self) -> impl Iterator<Item = (u32, i64)> + '_ {
        self.reached.iter().map(|&v| (v, self.distance[v as usize]))
    }
}
