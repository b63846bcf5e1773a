//! A shortest-path search over the nodes of the forest: labels, the queue, the way back.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::forest::Forest;

/// How a search came to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Via {
    /// It started here.
    Source,
    /// A need moves to a leaf.
    Need { need: u32, leaf: u32 },
    /// From a child of the node.
    Child(u32),
    /// From the node's parent.
    Parent,
}

/// What a search comes to next.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// A node at its distance.
    Node { v: u32, distance: i64 },
    /// The short lists of what a leaf holds, or of whom it is held by; `distance` is the leaf's own.
    Lists { leaf: u32, distance: i64 },
    /// The edges that these leave out.
    Depth { leaf: u32, distance: i64 },
}

/// Dijkstra's algorithm with its labels. Labels are cleared by counting rounds, so a search costs only what it visits.
///
/// Behind the nodes of the forest, each leaf has further entries in the queue: where its short lists, and where the
/// edges that these leave out (its *depth*), come into reach.
pub(super) struct Search {
    n_nodes: u32,
    n_leaves: u32,
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
    pub(super) fn new(forest: &Forest) -> Self {
        let n_entries = forest.n_nodes() + 2 * forest.n_leaves;
        Self {
            n_nodes: forest.n_nodes() as u32,
            n_leaves: forest.n_leaves as u32,
            round: 0,
            labelled: vec![0; n_entries],
            settled: vec![0; n_entries],
            distance: vec![0; n_entries],
            via: vec![Via::Source; forest.n_nodes()],
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
        if self.offer(v, distance) {
            self.via[v as usize] = via;
        }
    }

    /// Asks for the lists of a leaf once the search has come so far, or at once where it has.
    #[inline]
    pub(super) fn ask_for_lists(&mut self, leaf: u32, distance: i64) {
        self.offer(self.n_nodes + leaf, distance.max(self.current));
    }

    /// Asks for the depth of a leaf once the search has come so far, or at once where it has. It may be asked for again
    /// once it has come.
    #[inline]
    pub(super) fn ask_for_depth(&mut self, leaf: u32, distance: i64) {
        let entry = self.n_nodes + self.n_leaves + leaf;
        if self.settled[entry as usize] == self.round {
            (self.settled[entry as usize], self.labelled[entry as usize]) = (0, 0);
        }
        self.offer(entry, distance.max(self.current));
    }

    /// How far the search has come.
    pub(super) fn current(&self) -> i64 {
        self.current
    }

    #[inline]
    fn offer(&mut self, entry: u32, distance: i64) -> bool {
        let k = entry as usize;
        if self.settled[k] == self.round || (self.labelled[k] == self.round && self.distance[k] <= distance) {
            return false;
        }
        debug_assert!(distance >= self.current, "reduced costs are never negative");
        self.labelled[k] = self.round;
        self.distance[k] = distance;
        if distance == self.current {
            self.stack.push(entry);
        } else {
            self.heap.push(Reverse((distance, entry)));
        }
        true
    }

    /// Settles the nearest open node that is nearer than `limit`.
    #[inline]
    pub(super) fn next(&mut self, limit: i64) -> Option<Step> {
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
            let Some(behind) = v.checked_sub(self.n_nodes) else {
                self.reached.push(v);
                return Some(Step::Node { v, distance });
            };
            let is_depth = behind >= self.n_leaves;
            let leaf = if is_depth { behind - self.n_leaves } else { behind };
            let distance = self.distance[leaf as usize];
            return Some(if is_depth { Step::Depth { leaf, distance } } else { Step::Lists { leaf, distance } });
        }
    }

    /// How the search came to a node.
    #[inline]
    pub(super) fn via(&self, v: u32) -> Via {
        debug_assert_eq!(self.labelled[v as usize], self.round);
        self.via[v as usize]
    }

    /// How many nodes are settled.
    pub(super) fn n_reached(&self) -> usize {
        self.reached.len()
    }

    /// The settled nodes with their distances.
    pub(super) fn reached(&self) -> impl Iterator<Item = (u32, i64)> + '_ {
        self.reached.iter().map(|&v| (v, self.distance[v as usize]))
    }
}
