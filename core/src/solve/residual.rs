//! The state of the exact phase: who holds what, and potentials that make every step a shortest path.
//!
//! | symbol | here | meaning |
//! |---|---|---|
//! | y_v | `potential[v]` | price of a place at node v, its ancestors' charges included |
//! | f_v | `load[v]` | units that flow from v to its parent, or out of the forest at a root |
//! | h_v | `phantoms[v]` | units that v holds for nobody, each worth exactly y_v |
//! | w_e | score + bonus | weight of edge e: its score and what the need's tier is worth |
//!
//! *Invariants* between two searches, for needs that are settled:
//! a held edge attains its need's utility u = max(0, max over its edges of w − y);
//! a need that stays out has u = 0;
//! a node with room has y_v ≤ y_parent, a node with load has y_v ≥ y_parent (0 takes the place of a root's parent).
//! Together with h = 0 these are the conditions of complementary slackness, so the flow is optimal.

use super::forest::NONE;
use super::instance::{Edge, Instance};
use super::weight::Weight;
use crate::network::Score;

/// A flow with potentials.
pub(super) struct Residual<'a, S: Score, W> {
    pub(super) instance: &'a Instance<'a, S, W>,
    /// What one step of tier is worth.
    pub(super) step: i64,
    pub(super) potential: Vec<i64>,
    pub(super) load: Vec<u32>,
    pub(super) phantoms: Vec<u32>,
    /// What each need holds.
    hold: Vec<Hold>,
    /// The needs that each leaf holds.
    held: Vec<Vec<u32>>,
}

/// What a need holds. A search reads all of it at once, so it lies together.
#[derive(Clone, Copy)]
struct Hold {
    /// The leaf, or [`NONE`].
    place: u32,
    /// Where the need stands in its leaf's list.
    seat: u32,
    /// The score of the edge by which the need holds its leaf.
    score: i64,
}

impl<'a, S: Score, W: Weight> Residual<'a, S, W> {
    /// Nothing held yet.
    pub(super) fn new(instance: &'a Instance<'a, S, W>, step: i64, potential: Vec<i64>) -> Self {
        let forest = &instance.forest;
        Self {
            instance,
            step,
            potential,
            load: vec![0; forest.n_nodes()],
            phantoms: vec![0; forest.n_nodes()],
            hold: vec![Hold { place: NONE, seat: 0, score: 0 }; instance.n_needs()],
            held: vec![Vec::new(); forest.n_leaves],
        }
    }

    /// What serving a need is worth beyond the score.
    #[inline]
    pub(super) fn bonus(&self, need: u32) -> i64 {
        i64::from(self.instance.tier[need as usize]) * self.step
    }

    /// The potential of a node's parent; 0 above a root.
    #[inline]
    pub(super) fn potential_above(&self, v: u32) -> i64 {
        match self.instance.forest.parent[v as usize] {
            NONE => 0,
            parent => self.potential[parent as usize],
        }
    }

    /// Whether one more unit can pass a node.
    #[inline]
    pub(super) fn has_room(&self, v: u32) -> bool {
        self.load[v as usize] < self.instance.forest.capacity[v as usize]
    }

    /// The leaf that a need holds, or [`NONE`].
    #[inline]
    pub(super) fn place(&self, need: u32) -> u32 {
        self.hold[need as usize].place
    }

    /// The leaf that each need holds, or [`NONE`].
    pub(super) fn places(&self) -> Vec<u32> {
        self.hold.iter().map(|hold| hold.place).collect()
    }

    /// The score by which a need holds its place, minus the price: its utility without the bonus.
    #[inline]
    pub(super) fn surplus(&self, need: u32) -> i64 {
        let hold = &self.hold[need as usize];
        hold.score - self.potential[hold.place as usize]
    }

    /// What a settled need has, as a surplus: that of its place, or what it would take to leave staying out.
    #[inline]
    pub(super) fn settled_surplus(&self, need: u32) -> i64 {
        match self.place(need) {
            NONE => -self.bonus(need),
            _ => self.surplus(need),
        }
    }

    /// What an edge is worth to its need at the current prices, without the bonus.
    #[inline]
    pub(super) fn surplus_of(&self, &(leaf, score): &Edge<W>) -> i64 {
        Into::<i64>::into(score) - self.potential[leaf as usize]
    }

    /// The best utility among a need's edges, the bonus included; possibly negative.
    pub(super) fn best_utility(&self, need: u32) -> i64 {
        let best = self.instance.edges(need).map(|edge| self.surplus_of(&edge)).max();
        best.map_or(i64::MIN, |best| best + self.bonus(need))
    }

    /// The needs that a leaf holds.
    #[inline]
    pub(super) fn held(&self, leaf: u32) -> &[u32] {
        &self.held[leaf as usize]
    }

    /// Puts a need into the leaf of one of its edges. Loads are the caller's business.
    pub(super) fn attach(&mut self, need: u32, &(leaf, score): &Edge<W>) {
        let list = &mut self.held[leaf as usize];
        self.hold[need as usize] = Hold { place: leaf, seat: list.len() as u32, score: score.into() };
        list.push(need);
    }

    /// Takes a need out of its leaf. Loads are the caller's business.
    pub(super) fn detach(&mut self, need: u32) {
        let Hold { place, seat, .. } = self.hold[need as usize];
        let list = &mut self.held[place as usize];
        list.swap_remove(seat as usize);
        if let Some(&moved) = list.get(seat as usize) {
            self.hold[moved as usize].seat = seat;
        }
        self.hold[need as usize].place = NONE;
    }
}
