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
use super::instance::Instance;
use super::weight::Weight;

/// A flow with potentials.
pub(super) struct Residual<'a, W> {
    pub(super) instance: &'a Instance<W>,
    /// What one step of tier is worth.
    pub(super) step: i64,
    pub(super) potential: Vec<i64>,
    pub(super) load: Vec<u32>,
    pub(super) phantoms: Vec<u32>,
    /// The leaf that each need holds, or [`NONE`].
    pub(super) place: Vec<u32>,
    /// The edge by which each need holds its leaf.
    edge: Vec<usize>,
    /// The needs that each leaf holds.
    held: Vec<Vec<u32>>,
    /// Where each need stands in its leaf's list.
    seat: Vec<u32>,
}

impl<'a, W: Weight> Residual<'a, W> {
    /// Nothing held yet.
    pub(super) fn new(instance: &'a Instance<W>, step: i64, potential: Vec<i64>) -> Self {
        let forest = &instance.forest;
        Self {
            instance,
            step,
            potential,
            load: vec![0; forest.n_nodes()],
            phantoms: vec![0; forest.n_nodes()],
            place: vec![NONE; instance.n_needs()],
            edge: vec![0; instance.n_needs()],
            held: vec![Vec::new(); forest.n_leaves],
            seat: vec![0; instance.n_needs()],
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

    /// The score by which a need holds its place, minus the price: its utility without the bonus.
    #[inline]
    pub(super) fn surplus(&self, need: u32) -> i64 {
        let leaf = self.place[need as usize];
        self.instance.score(self.edge[need as usize]) - self.potential[leaf as usize]
    }

    /// What a settled need has, as a surplus: that of its place, or what it would take to leave staying out.
    #[inline]
    pub(super) fn settled_surplus(&self, need: u32) -> i64 {
        match self.place[need as usize] {
            NONE => -self.bonus(need),
            _ => self.surplus(need),
        }
    }

    /// What a settled need would lose by an edge, compared with what it has.
    #[inline]
    pub(super) fn reduced_cost(&self, need: u32, edge: usize) -> i64 {
        let surplus = self.instance.score(edge) - self.potential[self.instance.leaf[edge] as usize];
        self.settled_surplus(need) - surplus
    }

    /// The best utility among a need's edges, the bonus included; possibly negative.
    pub(super) fn best_utility(&self, need: u32) -> i64 {
        let instance = self.instance;
        let surplus = |edge| instance.score(edge) - self.potential[instance.leaf[edge] as usize];
        instance.edges(need).map(surplus).max().map_or(i64::MIN, |best| best + self.bonus(need))
    }

    /// The needs that a leaf holds.
    #[inline]
    pub(super) fn held(&self, leaf: u32) -> &[u32] {
        &self.held[leaf as usize]
    }

    /// Puts a need into the leaf of one of its edges. Loads are the caller's business.
    pub(super) fn attach(&mut self, need: u32, edge: usize) {
        let leaf = self.instance.leaf[edge];
        let list = &mut self.held[leaf as usize];
        self.seat[need as usize] = list.len() as u32;
        list.push(need);
        self.place[need as usize] = leaf;
        self.edge[need as usize] = edge;
    }

    /// Takes a need out of its leaf. Loads are the caller's business.
    pub(super) fn detach(&mut self, need: u32) {
        let leaf = self.place[need as usize];
        let list = &mut self.held[leaf as usize];
        let seat = self.seat[need as usize] as usize;
        list.swap_remove(seat);
        if let Some(&moved) = list.get(seat) {
            self.seat[moved as usize] = seat as u32;
        }
        self.place[need as usize] = NONE;
    }
}
