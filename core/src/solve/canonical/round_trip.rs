//! A search in the tight network from both ends, for a way from one node to another.
//!
//! Where there is no way, one of the ends often sees little: who leaves a place that nobody can take needs not be followed
//! through the whole network. So the two sides take turns, and the one that has no more to see says no for both.

use super::tight::{Move, Tight, Via};

/// What one side has seen.
struct Side {
    /// The search that saw each node last.
    seen: Vec<u32>,
    /// For a node that was seen the one before it, as this side goes, and what carries a unit between them.
    step: Vec<Option<(u32, Via)>>,
    /// The nodes that the current search has seen, in order.
    queue: Vec<u32>,
    next: usize,
    /// Moves looked at by the current search.
    work: usize,
}

impl Side {
    fn new(n: usize) -> Self {
        Self { seen: vec![0; n], step: vec![None; n], queue: Vec::new(), next: 0, work: 0 }
    }

    fn begin(&mut self) {
        self.queue.clear();
        (self.next, self.work) = (0, 0);
    }

    fn see(&mut self, turn: u32, v: u32, step: Option<(u32, Via)>) -> bool {
        self.work += 1;
        if self.seen[v as usize] == turn {
            return false;
        }
        self.seen[v as usize] = turn;
        self.step[v as usize] = step;
        self.queue.push(v);
        true
    }

    fn has_seen(&self, turn: u32, v: u32) -> bool {
        self.seen[v as usize] == turn
    }

    fn is_done(&self) -> bool {
        self.next == self.queue.len()
    }

    fn pop(&mut self) -> u32 {
        self.next += 1;
        self.queue[self.next - 1]
    }
}

/// Ways that a unit can go on from one node until it fills a place at another.
pub(super) struct RoundTrips {
    turn: u32,
    from_start: Side,
    from_end: Side,
    takers: Takers,
    /// Stands for everything outside the forest: a unit that leaves at one root may be missing at another.
    outside: u32,
}

impl RoundTrips {
    pub(super) fn new(tight: &Tight) -> Self {
        let n = tight.n_nodes() + 1;
        let takers = Takers::of(tight);
        Self { turn: 0, from_start: Side::new(n), from_end: Side::new(n), takers, outside: tight.n_nodes() as u32 }
    }

    /// Moves a need to the first of some nodes from where a unit can go on until it fills the place that the need gives up;
    /// needs up to it keep their places. The need stays where none can. Gives how many moves were looked at.
    pub(super) fn go(&mut self, tight: &mut Tight, need: u32, place: u32, nodes: impl Iterator<Item = u32>) -> usize {
        self.turn += 1;
        self.from_start.begin();
        self.from_end.begin();
        self.from_end.see(self.turn, place, None);
        for start in nodes {
            if let Some(middle) = self.find(tight, need, start) {
                tight.detach(need);
                self.shift(tight, middle);
                tight.attach(need, start);
                break;
            }
        }
        self.from_start.work + self.from_end.work
    }

    /// The node at which the sides meet. What earlier starts have seen leads nowhere.
    fn find(&mut self, tight: &Tight, need: u32, start: u32) -> Option<u32> {
        if self.from_end.has_seen(self.turn, start) {
            self.from_start.see(self.turn, start, None);
            return Some(start);
        }
        if !self.from_start.see(self.turn, start, None) {
            return None;
        }
        while !self.from_start.is_done() && !self.from_end.is_done() {
            let met = if self.from_start.work <= self.from_end.work {
                let v = self.from_start.pop();
                self.look_on(tight, need, v)
            } else {
                let v = self.from_end.pop();
                self.look_back(tight, need, v)
            };
            if met.is_some() {
                return met;
            }
        }
        None
    }

    /// Sees where a unit can go from a node.
    fn look_on(&mut self, tight: &Tight, need: u32, v: u32) -> Option<u32> {
        let outside = self.outside;
        let mut view = View { side: &mut self.from_start, other: &self.from_end, turn: self.turn, v, met: None };
        if v == outside {
            tight.roots().filter(|&root| tight.can_shrink(root)).for_each(|root| view.see(root, Via::Down));
        } else {
            tight.moves_from(
                v,
                |other| other > need,
                |step| match step {
                    Move::To(to, via) => view.see(to, via),
                    Move::Out => view.see(outside, Via::Up(v)),
                },
            );
        }
        view.met
    }

    /// Sees from where a unit can come to a node.
    fn look_back(&mut self, tight: &Tight, need: u32, v: u32) -> Option<u32> {
        let outside = self.outside;
        let mut view = View { side: &mut self.from_end, other: &self.from_start, turn: self.turn, v, met: None };
        if v == outside {
            tight.roots().filter(|&root| tight.can_grow(root)).for_each(|root| view.see(root, Via::Up(root)));
            return view.met;
        }
        tight.children(v).filter(|&child| tight.can_grow(child)).for_each(|child| view.see(child, Via::Up(child)));
        if tight.can_shrink(v) {
            view.see(tight.parent(v).unwrap_or(outside), Via::Down);
        }
        for &taker in self.takers.after(v, need) {
            match tight.place(taker) {
                Some(from) if from != v => view.see(from, Via::Need(taker)),
                _ => {}
            }
        }
        view.met
    }

    /// Moves one unit along both parts of the way.
    fn shift(&self, tight: &mut Tight, middle: u32) {
        let mut v = middle;
        while let Some((from, via)) = self.from_start.step[v as usize] {
            tight.carry(via, v);
            v = from;
        }
        let mut v = middle;
        while let Some((to, via)) = self.from_end.step[v as usize] {
            tight.carry(via, to);
            v = to;
        }
    }
}

/// What one side sees from a node.
struct View<'s> {
    side: &'s mut Side,
    other: &'s Side,
    turn: u32,
    v: u32,
    /// The first node that the other side has seen too.
    met: Option<u32>,
}

impl View<'_> {
    fn see(&mut self, next: u32, via: Via) {
        let is_new = self.side.see(self.turn, next, Some((self.v, via)));
        if is_new && self.other.has_seen(self.turn, next) && self.met.is_none() {
            self.met = Some(next);
        }
    }
}

/// For each node the needs that lose nothing there, in order.
struct Takers {
    first: Vec<usize>,
    need: Vec<u32>,
}

impl Takers {
    fn of(tight: &Tight) -> Self {
        let needs = || (0..tight.n_needs() as u32).filter(|&need| tight.place(need).is_some());
        let mut first = vec![0; tight.n_nodes() + 1];
        needs().flat_map(|need| tight.nodes_of(need)).for_each(|&v| first[v as usize + 1] += 1);
        for v in 0..tight.n_nodes() {
            first[v + 1] += first[v];
        }
        let mut next = first.clone();
        let mut need_at = vec![0; first[tight.n_nodes()]];
        for need in needs() {
            for &v in tight.nodes_of(need) {
                need_at[next[v as usize]] = need;
                next[v as usize] += 1;
            }
        }
        Self { first, need: need_at }
    }

    /// Those after a need.
    fn after(&self, v: u32, need: u32) -> &[u32] {
        let all = &self.need[self.first[v as usize]..self.first[v as usize + 1]];
        &all[all.partition_point(|&other| other <= need)..]
    }
}
