//! Shortest paths over vertices, from one that is out of balance to the nearest that takes the unit.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::forest::NONE;
use super::residual::Way;
use super::weight::Weight;

/// What carries the unit from one vertex to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Via {
    /// Between a vertex and the one above.
    Tree { below: u32, way: Way },
    /// A need that takes another edge, or `NONE` where it is served no longer; or one that is served anew.
    Need { need: u32, edge: u32 },
}

/// The state of one search, reused by all.
#[derive(Debug)]
pub(super) struct Search<W> {
    turn: u32,
    seen: Vec<u32>,
    settled: Vec<u32>,
    distance: Vec<W>,
    from: Vec<u32>,
    via: Vec<Via>,
    heap: BinaryHeap<Reverse<(W, u32)>>,
    /// Vertices at the current distance, last in first out: with many ties, going deep finds a target sooner.
    level: Vec<u32>,
    now: W,
    /// The nearest target so far.
    target: Option<u32>,
    /// Its distance.
    pub(super) end: W,
    /// The vertices settled by the current search.
    pub(super) reached: Vec<u32>,
}

impl<W: Weight> Search<W> {
    pub(super) fn new(n_vertices: usize) -> Self {
        Self {
            turn: 0,
            seen: vec![0; n_vertices],
            settled: vec![0; n_vertices],
            distance: vec![W::default(); n_vertices],
            from: vec![NONE; n_vertices],
            via: vec![Via::Need { need: NONE, edge: NONE }; n_vertices],
            heap: BinaryHeap::new(),
            level: Vec::new(),
            now: W::default(),
            target: None,
            end: W::MAX,
            reached: Vec::new(),
        }
    }

    pub(super) fn begin(&mut self, start: usize) {
        self.turn += 1;
        self.heap.clear();
        self.level.clear();
        self.reached.clear();
        self.now = W::default();
        self.target = None;
        self.end = W::MAX;
        self.seen[start] = self.turn;
        self.distance[start] = W::default();
        self.from[start] = NONE;
        self.level.push(start as u32);
    }

    /// The next nearest vertex, unless a target is as near.
    pub(super) fn settle_next(&mut self) -> Option<(usize, W)> {
        loop {
            let (distance, v) = match self.level.pop() {
                Some(v) => (self.now, v),
                None => self.heap.pop()?.0,
            };
            if distance >= self.end {
                return None;
            }
            let x = v as usize;
            if self.settled[x] != self.turn && distance == self.distance[x] {
                self.settled[x] = self.turn;
                self.now = distance;
                self.reached.push(v);
                return Some((x, distance));
            }
        }
    }

    /// Offers a way to a vertex.
    #[inline]
    pub(super) fn offer(&mut self, to: usize, distance: W, from: usize, via: Via, is_target: impl Fn(usize) -> bool) {
        debug_assert!(distance >= self.now, "reduced costs are never below zero");
        if distance >= self.end || self.settled[to] == self.turn {
            return;
        }
        if self.seen[to] == self.turn && distance >= self.distance[to] {
            return;
        }
        self.seen[to] = self.turn;
        self.distance[to] = distance;
        self.from[to] = from as u32;
        self.via[to] = via;
        if is_target(to) {
            self.end = distance;
            self.target = Some(to as u32);
        } else if distance == self.now {
            self.level.push(to as u32);
        } else {
            self.heap.push(Reverse((distance, to as u32)));
        }
    }

    /// How much nearer than the target each settled vertex is.
    pub(super) fn nearer(&self) -> impl Iterator<Item = (usize, W)> + '_ {
        self.reached.iter().map(|&v| (v as usize, self.end - self.distance[v as usize]))
    }

    pub(super) fn target(&self) -> Option<usize> {
        self.target.map(|v| v as usize)
    }

    /// The step by which a vertex was reached, and from where; none at the start.
    pub(super) fn step(&self, v: usize) -> Option<(Via, usize)> {
        (self.from[v] != NONE).then(|| (self.via[v], self.from[v] as usize))
    }
}
