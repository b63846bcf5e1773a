//! What an optimum would lose or gain by one change: a pair forced or forbidden, a place more or less.
//!
//! The answer to each of these is one shortest way in the residual network, and the way itself says who would move. It
//! equals what solving anew would give, because a single unit that is forced through an arc of an optimal flow is sent
//! back by one shortest way, and what results is optimal again.
//!
//! The residual network is contracted to the nodes of the forest and one vertex more, "outside", where needs are that no
//! node serves ([`residual`]). Between two vertices only the best move of any need that is there matters. Let `P` be the
//! sum of prices from a node to its root, and 0 outside. The conditions of optimality say that each move has a reduced
//! loss of at least 0: its own loss, less `P` of the vertex it leaves, plus `P` of the one it reaches. So Dijkstra's
//! search finds the ways, in the pairs of tier and score that totals are, compared lexicographically.
//!
//! | change | loss |
//! |---|---|
//! | a need at u is forced to p | what it is worth at u, less what at p, plus the way from p to u |
//! | a need at u may not be there | the least of these over its other nodes, and what it is worth at u plus the way from outside to u |
//! | one place fewer at v, which is full | the way from v to the node above it |
//! | one place more at v, which is full | the way from the node above it to v: never above 0, so a gain |
//!
//! A need that nobody serves is at u = outside. A way never comes back to u, so no need on it moves twice; and it leaves
//! and enters "outside" once at most, so one need at most is served anew and one at most no longer.
//!
//! *Tie rule*. Of equally short ways it is the one on which fewest needs move, then the one of fewest arcs, then the one
//! whose vertices have the lowest numbers, compared from the change on, outside last; of needs that could move from one
//! vertex to the next with the same loss it is the first.
//!
//! # References
//!
//! R. K. Ahuja, T. L. Magnanti and J. B. Orlin, "Network Flows" (1993), section 9.11: changes of one unit.
//! We contract the network first, which makes each search independent of the number of needs.

mod length;

mod residual;

mod ways;

mod chain;

mod shortage;

mod repair;

mod parametric;

mod bounded;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use rayon::prelude::*;

use crate::control::Control;
use crate::error::{Error, Fault, FaultCode, TableName};
use crate::network::{Network, Score};
use crate::solve::Flow;
use crate::total::Total;

pub(crate) use bounded::{Bounded, Ways as BoundedWays};
pub(crate) use chain::{Change, Move};
pub(crate) use parametric::{Interval, Parametric};
pub(crate) use repair::{Places, Repaired, repair};
pub(crate) use ways::Ways;

use length::{MAX_VERTICES, packed, unpacked};
use residual::Residual;

/// An optimum, ready to be asked what it would lose or gain.
pub(crate) struct Sensitivity {
    residual: Residual,
}

/// What one place is worth at a node, both ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlaceValue {
    /// One place more: nothing is lost, so the loss is at most 0.
    pub(crate) more: Change,
    /// One place fewer; `None` where there is none to take away.
    pub(crate) fewer: Option<Change>,
}

impl Sensitivity {
    /// Contracts the residual network of a flow that prices prove optimal.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] beyond [`MAX_VERTICES`]; [`Error::Limit`] before more memory is taken than the budget allows.
    pub(crate) fn new<S: Score>(network: &Network<'_, S>, flow: &Flow, control: &Control) -> Result<Self, Error> {
        if network.n_nodes() >= MAX_VERTICES {
            let fault = Fault::in_table(TableName::Arrays, FaultCode::TooManyRows, "fewer than 2^24 nodes");
            return Err(Error::Input(fault.into()));
        }
        control.reserve(residual::bytes_needed(network.n_needs(), network.n_nodes(), network.n_edges()))?;
        Ok(Self { residual: Residual::new(network, flow) })
    }

    /// How many needs a node holds, itself and below.
    pub(crate) fn load(&self, node: u32) -> u64 {
        self.residual.load[node as usize]
    }

    /// What a need has where it is, after all prices there.
    pub(crate) fn utility(&self, need: u32) -> Total {
        let vertex = self.residual.vertex[need as usize];
        unpacked(self.residual.worth[need as usize] - self.residual.full_price[vertex as usize])
    }

    /// What a node and all above it charge together.
    pub(crate) fn full_price(&self, node: u32) -> Total {
        unpacked(self.residual.full_price[node as usize])
    }

    /// What a node charges beyond what is above it.
    pub(crate) fn own_price(&self, node: u32) -> Total {
        let above = self.residual.above[node as usize];
        unpacked(self.residual.full_price[node as usize] - self.residual.full_price[above as usize])
    }

    /// Whether no need can be at a node for lack of capacity at the node itself.
    pub(crate) fn is_closed(&self, node: u32) -> bool {
        self.residual.is_closed(node)
    }

    /// The vertex at which a need is: a node, or outside.
    pub(crate) fn vertex(&self, need: u32) -> u32 {
        self.residual.vertex[need as usize]
    }

    /// The vertex of the needs that no node serves.
    pub(crate) fn outside(&self) -> u32 {
        self.residual.outside()
    }

    /// The ways from everywhere to the vertex of a need, which say what it costs to move it from there.
    pub(crate) fn ways_back(&self, vertex: u32) -> Ways {
        Ways::to(&self.residual, vertex)
    }

    /// What is lost if a need must be at a node, where it is worth so much; `None` where that is not possible because
    /// there is no place at the node or above it. `back` are the ways to the need's vertex.
    pub(crate) fn loss_if_forced(&self, back: &Ways, need: u32, node: u32, worth: Total) -> Option<Total> {
        debug_assert_eq!(back.end(), self.vertex(need));
        if node == back.end() {
            return Some(Total::ZERO);
        }
        let length = back.length(&self.residual, node)?;
        Some(unpacked(self.residual.worth[need as usize] - packed(worth) + length))
    }

    /// As [`loss_if_forced`](Self::loss_if_forced), with who would move.
    pub(crate) fn if_forced(&self, back: &Ways, need: u32, node: u32, worth: Total) -> Option<Change> {
        let loss = self.loss_if_forced(back, need, node, worth)?;
        if node == back.end() {
            return Some(Change::none());
        }
        let first = Move { need, from: self.place_of(back.end()), to: Some(node) };
        Some(Change { loss, moves: std::iter::once(first).chain(back.moves(node, self.outside())).collect() })
    }

    /// What is lost if a need may not be at the node where it is: the best of its other edges, or none. `edges` are all of
    /// the need's.
    pub(crate) fn if_forbidden(&self, back: &Ways, need: u32, edges: impl Iterator<Item = (u32, Total)>) -> Change {
        debug_assert_ne!(back.end(), self.outside(), "a need that nobody serves is at no node");
        let outside = std::iter::once((self.outside(), Total::ZERO));
        let others = edges.filter(|&(node, _)| node != back.end()).chain(outside);
        let loss =
            |(node, worth): (u32, Total)| Some((self.loss_if_forced(back, need, node, worth)?, back.steps(node), node));
        // To stay out is always possible: the way from outside to where the need is lets that load shrink.
        let Some((loss, _, node)) = others.filter_map(loss).min() else { return Change::none() };
        let first = Move { need, from: self.place_of(back.end()), to: self.place_of(node) };
        Change { loss, moves: std::iter::once(first).chain(back.moves(node, self.outside())).collect() }
    }

    /// The ways from everywhere to a node where a need is that takes no part, and whose place is not in the network.
    /// `path` is the node and all above it.
    pub(crate) fn ways_back_to_pinned(&self, node: u32, path: impl Iterator<Item = u32>) -> Ways {
        Ways::to_pinned(&self.residual, node, path)
    }

    /// What is lost if such a need, worth `here` at the end of the ways, takes part: the best of its edges elsewhere, or
    /// none. Below zero if it had better not been there.
    pub(crate) fn if_unpinned(
        &self,
        back: &Ways,
        need: u32,
        here: Total,
        edges: impl Iterator<Item = (u32, Total)>,
    ) -> Change {
        let outside = std::iter::once((self.outside(), Total::ZERO));
        let loss = |(node, worth): (u32, Total)| {
            let length = back.length(&self.residual, node)?;
            Some((packed(here) - packed(worth) + length, back.steps(node), node))
        };
        let Some((loss, _, node)) = edges.chain(outside).filter_map(loss).min() else { return Change::none() };
        let first = Move { need, from: self.place_of(back.end()), to: self.place_of(node) };
        let loss = unpacked(loss);
        Change { loss, moves: std::iter::once(first).chain(back.moves(node, self.outside())).collect() }
    }

    /// What one place more and one fewer is worth at every node.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`].
    ///
    /// # Complexity
    ///
    /// Two searches for each node that has others below it, and two from outside.
    pub(crate) fn values(&self, control: &Control) -> Result<Vec<PlaceValue>, Error> {
        let residual = &self.residual;
        let n_nodes = residual.outside();
        let mut above: Vec<u32> =
            (0..n_nodes).filter(|&v| residual.is_full[v as usize]).map(|v| residual.above[v as usize]).collect();
        above.sort_unstable();
        above.dedup();
        let searched = above.into_par_iter().map(|vertex| {
            control.check()?;
            Ok((vertex, (Ways::from(residual, vertex), Ways::to(residual, vertex))))
        });
        let ways: HashMap<u32, (Ways, Ways)> = searched.collect::<Result<_, Error>>()?;
        let value = |v: u32| {
            let Some((from, to)) = ways.get(&residual.above[v as usize]).filter(|_| residual.is_full[v as usize])
            else {
                return PlaceValue { more: Change::none(), fewer: Some(Change::none()) };
            };
            PlaceValue { more: self.more(from, v), fewer: self.fewer(to, v) }
        };
        Ok((0..n_nodes).into_par_iter().map(value).collect())
    }

    fn more(&self, from: &Ways, v: u32) -> Change {
        match from.length(&self.residual, v).map(unpacked) {
            Some(loss) if loss < Total::ZERO => Change { loss, moves: from.moves(v, self.outside()).collect() },
            _ => Change::none(),
        }
    }

    fn fewer(&self, to: &Ways, v: u32) -> Option<Change> {
        if self.residual.is_closed(v) {
            return None;
        }
        let loss = unpacked(to.length(&self.residual, v)?);
        Some(Change { loss, moves: to.moves(v, self.outside()).collect() })
    }

    fn place_of(&self, vertex: u32) -> Option<u32> {
        (vertex != self.outside()).then_some(vertex)
    }
}
