//! Shortest paths over vertices, from one that is out of balance to the nearest that takes the unit.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::forest::NONE;
use super::residual::{Residual, Way};
use super::weight::Weight;

/// What carries the unit from one vertex to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Via {
    /// Between a vertex and the one above.
    Tree { below: u32, way: Way },
    /// A need that takes another edge, or `NONE` where it is served no longer; or one that is served anew.
    Need { need: u32, edge: u32 },
}

/// What a search knows of a vertex, side by side in memory.
#[derive(Clone, Copy, Debug)]
struct Mark<W> {
    /// The search that saw the vertex last.
    seen: u32,
    /// The search that settled it last.
    settled: u32,
    distance: W,
    from: u32,
    via: Via,
}

/// The state of one search, reused by all.
#[derive(Debug)]
pub(super) struct Search<W> {
    turn: u32,
    mark: Vec<Mark<W>>,
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
        let via = Via::Need { need: NONE, edge: NONE };
        let mark = Mark { seen: 0, settled: 0, distance: W::default(), from: NONE, via };
        Self {
            // Marks of 0 are of no search.
            turn: 1,
            mark: vec![mark; n_vertices],
            heap: BinaryHeap::new(),
            level: Vec::new(),
            now: W::default(),
            target: None,
            end: W::MAX,
            reached: Vec::new(),
        }
    }

    /// Starts anew at a vertex.
    pub(super) fn begin(&mut self, start: usize) {
        self.turn += 1;
        self.heap.clear();
        self.level.clear();
        self.reached.clear();
        self.now = W::default();
        self.target = None;
        self.end = W::MAX;
        let mark = &mut self.mark[start];
        (mark.seen, mark.distance, mark.from) = (self.turn, W::default(), NONE);
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
            let mark = &mut self.mark[v as usize];
            if mark.settled != self.turn && distance == mark.distance {
                mark.settled = self.turn;
                self.now = distance;
                self.reached.push(v);
                return Some((v as usize, distance));
            }
        }
    }

    /// Offers a way to a vertex.
    #[inline]
    pub(super) fn offer(&mut self, to: usize, distance: W, from: usize, via: Via, is_target: impl Fn(usize) -> bool) {
        debug_assert!(distance >= self.now, "reduced costs are never below zero");
        if distance >= self.end {
            return;
        }
        let mark = &mut self.mark[to];
        if mark.settled == self.turn || (mark.seen == self.turn && distance >= mark.distance) {
            return;
        }
        *mark = Mark { seen: self.turn, settled: mark.settled, distance, from: from as u32, via };
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
        self.reached.iter().map(|&v| (v as usize, self.end - self.mark[v as usize].distance))
    }

    pub(super) fn target(&self) -> Option<usize> {
        self.target.map(|v| v as usize)
    }

    /// Moves one unit along the way between the start and a vertex.
    pub(super) fn shift(&self, residual: &mut Residual<'_, W>, mut v: usize) {
        loop {
            let Mark { from, via, .. } = self.mark[v];
            if from == NONE {
                return;
            }
            match via {
                Via::Tree { below, way } => residual.pass(below as usize, way),
                Via::Need { need, edge } => residual.give(need, edge),
            }
            v = from as usize;
        }
    }
}
