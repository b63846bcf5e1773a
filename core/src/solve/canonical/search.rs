//! A breadth-first search in the tight network for where one unit too many can go.

use super::tight::{Move, Tight, Via};

/// How a search came to a node.
#[derive(Clone, Copy)]
enum Mark {
    New,
    /// It started here.
    Start,
    From(u32, Via),
}

/// Marks that stay until they are taken back.
pub(super) struct Search {
    mark: Vec<Mark>,
    /// The nodes reached since the last [`begin`](Self::begin), in order.
    queue: Vec<u32>,
    /// Stands for everything outside the forest: a unit that leaves at one root may be missing at another.
    outside: u32,
}

impl Search {
    pub(super) fn new(tight: &Tight) -> Self {
        Self { mark: vec![Mark::New; tight.n_nodes() + 1], queue: Vec::new(), outside: tight.n_nodes() as u32 }
    }

    pub(super) fn outside(&self) -> u32 {
        self.outside
    }

    /// Begins a search; marks of earlier ones stay.
    pub(super) fn begin(&mut self) {
        self.queue.clear();
    }

    /// How many nodes the current search has reached.
    pub(super) fn n_reached(&self) -> usize {
        self.queue.len()
    }

    /// Takes back the marks of the current search.
    pub(super) fn take_back(&mut self) {
        for &v in &self.queue {
            self.mark[v as usize] = Mark::New;
        }
    }

    /// Continues the search from a node until a target; gives the target. Marked nodes are not entered again.
    pub(super) fn explore(
        &mut self,
        tight: &Tight,
        start: u32,
        movable: impl Fn(u32) -> bool,
        is_target: impl Fn(u32) -> bool,
    ) -> Option<u32> {
        let mut next = self.queue.len();
        self.reach(start, Mark::Start);
        while let Some(&v) = self.queue.get(next) {
            next += 1;
            if is_target(v) {
                return Some(v);
            }
            if v == self.outside {
                for root in tight.roots().filter(|&root| tight.can_shrink(root)) {
                    self.reach(root, Mark::From(v, Via::Down));
                }
            } else {
                tight.moves_from(v, &movable, |step| match step {
                    Move::To(to, via) => self.reach(to, Mark::From(v, via)),
                    Move::Out => self.reach(self.outside, Mark::From(v, Via::Up(v))),
                });
            }
        }
        None
    }

    fn reach(&mut self, v: u32, mark: Mark) {
        if matches!(self.mark[v as usize], Mark::New) {
            self.mark[v as usize] = mark;
            self.queue.push(v);
        }
    }

    /// Moves one unit along the way to the target; gives the node where the way started.
    pub(super) fn shift(&self, tight: &mut Tight, target: u32) -> u32 {
        let mut v = target;
        loop {
            let (from, via) = match self.mark[v as usize] {
                Mark::From(from, via) => (from, via),
                Mark::Start | Mark::New => return v,
            };
            tight.carry(via, v);
            v = from;
        }
    }
}
