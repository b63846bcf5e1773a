//! Flows that agree with given prices, and what is then out of balance.
//!
//! Prices, as *potentials* y with 0 outside, are given; everything else follows from them. An edge is worth
//! `bonus + score + y_group − y_node`: each need takes its best edge if that is worth more than 0, and no edge that is
//! worth less. The flow of each vertex is within what its price allows. So all conditions of optimality hold but one:
//! what flows into a vertex is not what flows out. The difference is the vertex's *excess*, which searches carry away.

use super::forest::{Forest, NONE};
use super::needs::{Lists, Needs};
use super::weight::Weight;

/// Which way a unit passes between a vertex and the one above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
}

/// Prices and flows that agree.
#[derive(Debug)]
pub(super) struct Residual<'a, W> {
    pub(super) forest: &'a Forest<W>,
    pub(super) needs: &'a Needs<W>,
    pub(super) lists: Lists,
    /// What each need counts in the lists, by its tier.
    pub(super) bonus: &'a [W],
    /// Potentials; 0 outside.
    pub(super) y: Vec<W>,
    pub(super) flow: Vec<i64>,
    /// What flows in less what flows out, of each vertex but outside.
    pub(super) excess: Vec<i64>,
    /// The edge in the lists that each need holds, or `NONE`.
    pub(super) edge: Vec<u32>,
    held: Vec<Vec<u32>>,
    /// Where each need stands among those that its node holds.
    seat: Vec<u32>,
}

impl<'a, W: Weight> Residual<'a, W> {
    /// Lets each need take its best edge and each vertex a flow that its price allows. Of equal edges a need takes the
    /// one at the node of its hint.
    pub(super) fn new(
        forest: &'a Forest<W>,
        needs: &'a Needs<W>,
        lists: Lists,
        bonus: &'a [W],
        y: Vec<W>,
        hint: &[u32],
    ) -> Self {
        let n_vertices = forest.n_vertices();
        let mut residual = Self {
            forest,
            needs,
            lists,
            bonus,
            y,
            flow: vec![0; n_vertices],
            excess: vec![0; n_vertices],
            edge: vec![NONE; needs.n_needs()],
            held: vec![Vec::new(); forest.n_supply],
            seat: vec![0; needs.n_needs()],
        };
        residual.take_best_edges(hint);
        residual.let_flow();
        residual
    }

    fn take_best_edges(&mut self, hint: &[u32]) {
        let mut others = Vec::new();
        for (need, &hinted) in hint.iter().enumerate() {
            let worth = |edge: usize| W::from(self.lists.score[edge]) - self.y[self.lists.node[edge] as usize];
            let Some(best) = self.lists.range(need).map(worth).max() else { continue };
            let utility = best + self.bonus[need] + self.y[self.needs.group[need] as usize];
            let at_hint = self.lists.range(need).find(|&e| self.lists.node[e] == hinted && worth(e) == best);
            match at_hint {
                Some(edge) if utility >= W::default() => self.attach(need as u32, edge as u32),
                _ if utility > W::default() => others.push((need, best)),
                _ => {}
            }
        }
        for (need, best) in others {
            let worth = |edge: usize| W::from(self.lists.score[edge]) - self.y[self.lists.node[edge] as usize];
            let overfull = |edge: usize| {
                let v = self.lists.node[edge] as usize;
                self.held[v].len() as i64 - self.forest.cap[v]
            };
            let edge = self.lists.range(need).filter(|&e| worth(e) == best).min_by_key(|&e| overfull(e));
            if let Some(edge) = edge {
                self.attach(need as u32, edge as u32);
            }
        }
    }

    fn let_flow(&mut self) {
        // What flows between the needs and a vertex.
        let mut through: Vec<i64> = vec![0; self.forest.n_vertices()];
        for (need, &edge) in self.edge.iter().enumerate() {
            if edge != NONE {
                through[self.lists.node[edge as usize] as usize] += 1;
                through[self.needs.group[need] as usize] += 1;
            }
        }
        for &v in &self.forest.upwards {
            let v = v as usize;
            let above = self.forest.parent[v] as usize;
            let upwards = self.y[v] - self.y[above];
            let is_supply = self.forest.is_supply(v);
            let (least, most) = self.forest.flows_at(v, if is_supply { upwards } else { -upwards });
            self.flow[v] = through[v].clamp(least, most);
            self.excess[v] = if is_supply { through[v] - self.flow[v] } else { self.flow[v] - through[v] };
            through[above] += self.flow[v];
        }
    }

    /// The node of each need, or `NONE`.
    pub(super) fn places(&self) -> Vec<u32> {
        let node = |&edge: &u32| if edge == NONE { NONE } else { self.lists.node[edge as usize] };
        self.edge.iter().map(node).collect()
    }

    /// The needs that a supply node holds itself.
    #[inline]
    pub(super) fn held(&self, v: usize) -> &[u32] {
        &self.held[v]
    }

    /// What an edge of the lists counts.
    #[inline]
    pub(super) fn weight(&self, need: u32, edge: u32) -> W {
        self.bonus[need as usize] + W::from(self.lists.score[edge as usize])
    }

    /// What it costs to let one more unit pass between a vertex and the one above, if its bounds allow that.
    #[inline]
    pub(super) fn cost_of(&self, v: usize, way: Way) -> Option<W> {
        let flow = self.flow[v];
        // A unit that goes up a group is one less that comes down.
        let adds = (way == Way::Up) == self.forest.is_supply(v);
        if adds {
            (flow < self.forest.cap[v]).then(|| self.forest.cost(v, flow + 1))
        } else {
            (flow > self.forest.floor[v]).then(|| -self.forest.cost(v, flow))
        }
    }

    pub(super) fn pass(&mut self, v: usize, way: Way) {
        let adds = (way == Way::Up) == self.forest.is_supply(v);
        self.flow[v] += if adds { 1 } else { -1 };
    }

    pub(super) fn attach(&mut self, need: u32, edge: u32) {
        let v = self.lists.node[edge as usize] as usize;
        self.seat[need as usize] = self.held[v].len() as u32;
        self.held[v].push(need);
        self.edge[need as usize] = edge;
    }

    pub(super) fn detach(&mut self, need: u32) {
        let edge = std::mem::replace(&mut self.edge[need as usize], NONE);
        if edge != NONE {
            let held = &mut self.held[self.lists.node[edge as usize] as usize];
            let seat = self.seat[need as usize];
            held.swap_remove(seat as usize);
            if let Some(&moved) = held.get(seat as usize) {
                self.seat[moved as usize] = seat;
            }
        }
    }
}
