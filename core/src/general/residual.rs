//! Flows that agree with given prices, and what is then out of balance.
//!
//! Prices, as *potentials* y with 0 outside, are given; everything else follows from them. An edge is worth
//! `bonus + score + y_group − y_node`: each need takes its best edge if that is worth more than 0, and no edge that is
//! worth less. The flow of each vertex is within what its price allows. So all conditions of optimality hold but one:
//! what flows into a vertex is not what flows out. The difference is the vertex's *excess*, which searches carry away.

use super::forest::{Forest, NONE};
use super::needs::{Edge, Lists, Needs};
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
    /// Potentials; 0 outside.
    pub(super) y: Vec<W>,
    pub(super) flow: Vec<i64>,
    /// What flows in less what flows out, of each vertex but outside.
    pub(super) excess: Vec<i64>,
    state: Vec<State<W>>,
    /// The needs that each supply node holds itself.
    held: Vec<Vec<u32>>,
    /// The members of each group, those that are served before those that wait.
    member: Vec<u32>,
    /// How many members of each group are served.
    n_served: Vec<u32>,
}

/// What a search wants to know of a need, side by side in memory.
#[derive(Clone, Copy, Debug)]
pub(super) struct State<W> {
    /// What the edge that it holds counts, or 0 where it waits.
    pub(super) worth: W,
    pub(super) bonus: W,
    /// The node that it holds, or its group where it waits.
    pub(super) at: u32,
    /// The edge in the lists that it holds, or `NONE`.
    pub(super) edge: u32,
    pub(super) group: u32,
    /// Where it stands among those that its node holds.
    seat: u32,
    /// Where it stands among the members of its group.
    rank: u32,
}

impl<'a, W: Weight> Residual<'a, W> {
    /// Lets each need take its best edge and each vertex a flow that its price allows. Of equal edges a need takes the
    /// one at the node of its hint.
    pub(super) fn new(forest: &'a Forest<W>, needs: &'a Needs<W>, lists: Lists, y: Vec<W>, hint: &[u32]) -> Self {
        let n_vertices = forest.n_vertices();
        let waiting = |(&group, &bonus): (&u32, &W)| State {
            worth: W::default(),
            bonus,
            at: group,
            edge: NONE,
            group,
            seat: 0,
            rank: 0,
        };
        let mut state: Vec<State<W>> = needs.group.iter().zip(&needs.bonus).map(waiting).collect();
        let member: Vec<u32> = (forest.n_supply..n_vertices).flat_map(|v| needs.members(v)).copied().collect();
        for (rank, &need) in member.iter().enumerate() {
            state[need as usize].rank = rank as u32;
        }
        let mut residual = Self {
            forest,
            needs,
            lists,
            y,
            flow: vec![0; n_vertices],
            excess: vec![0; n_vertices],
            state,
            held: vec![Vec::new(); forest.n_supply],
            member,
            n_served: vec![0; n_vertices],
        };
        residual.take_best_edges(hint);
        residual.let_flow();
        residual
    }

    fn take_best_edges(&mut self, hint: &[u32]) {
        let mut others = Vec::new();
        for (need, &hinted) in hint.iter().enumerate() {
            let worth = |edge: &Edge| W::from(edge.score) - self.y[edge.node as usize];
            let edges = self.lists.edges(need);
            let Some(best) = edges.iter().map(worth).max() else { continue };
            let utility = best + self.needs.bonus[need] + self.y[self.needs.group[need] as usize];
            let at_hint = edges.iter().position(|edge| edge.node == hinted && worth(edge) == best);
            match at_hint {
                Some(k) if utility >= W::default() => self.give(need as u32, self.lists.number(need, k)),
                _ if utility > W::default() => others.push((need, best)),
                _ => {}
            }
        }
        for (need, best) in others {
            let overfull = |v: u32| self.held[v as usize].len() as i64 - self.forest.cap[v as usize];
            let equal = self.lists.edges(need).iter().enumerate();
            let equal = equal.filter(|(_, edge)| W::from(edge.score) - self.y[edge.node as usize] == best);
            if let Some((k, _)) = equal.min_by_key(|(_, edge)| overfull(edge.node)) {
                self.give(need as u32, self.lists.number(need, k));
            }
        }
    }

    fn let_flow(&mut self) {
        // What flows between the needs and a vertex.
        let mut through: Vec<i64> = vec![0; self.forest.n_vertices()];
        for state in self.state.iter().filter(|state| state.edge != NONE) {
            through[state.at as usize] += 1;
            through[state.group as usize] += 1;
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
        self.state.iter().map(|state| if state.edge == NONE { NONE } else { state.at }).collect()
    }

    #[inline]
    pub(super) fn state(&self, need: u32) -> &State<W> {
        &self.state[need as usize]
    }

    /// The needs that a supply node holds itself.
    #[inline]
    pub(super) fn held(&self, v: usize) -> &[u32] {
        &self.held[v]
    }

    /// The needs of which this is the lowest group and that are served.
    #[inline]
    pub(super) fn served(&self, v: usize) -> &[u32] {
        let members = self.needs.ranks(v);
        &self.member[members.start..members.start + self.n_served[v] as usize]
    }

    /// The needs of which this is the lowest group and that are not served.
    #[inline]
    pub(super) fn waiting(&self, v: usize) -> &[u32] {
        let members = self.needs.ranks(v);
        &self.member[members.start + self.n_served[v] as usize..members.end]
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

    /// Gives a need another edge, or none.
    pub(super) fn give(&mut self, need: u32, edge: u32) {
        let State { at, edge: before, group, seat, bonus, .. } = self.state[need as usize];
        if before != NONE {
            let held = &mut self.held[at as usize];
            held.swap_remove(seat as usize);
            if let Some(&moved) = held.get(seat as usize) {
                self.state[moved as usize].seat = seat;
            }
        }
        let state = &mut self.state[need as usize];
        state.edge = edge;
        if edge == NONE {
            (state.at, state.worth) = (group, W::default());
        } else {
            let Edge { node, score } = self.lists.edge(edge);
            (state.at, state.worth) = (node, bonus + W::from(score));
            state.seat = self.held[node as usize].len() as u32;
            self.held[node as usize].push(need);
        }
        if (before == NONE) != (edge == NONE) {
            self.cross_over(need, group as usize, edge != NONE);
        }
    }

    /// Moves a need between the served and the waiting members of its group.
    fn cross_over(&mut self, need: u32, group: usize, is_served: bool) {
        let start = self.needs.ranks(group).start;
        if !is_served {
            self.n_served[group] -= 1;
        }
        let border = start + self.n_served[group] as usize;
        if is_served {
            self.n_served[group] += 1;
        }
        let rank = self.state[need as usize].rank as usize;
        self.member.swap(rank, border);
        self.state[self.member[rank] as usize].rank = rank as u32;
        self.state[need as usize].rank = border as u32;
    }
}
