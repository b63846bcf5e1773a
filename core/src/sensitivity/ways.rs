//! Shortest ways between one vertex and all others.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::chain::Move;
use super::length::Length;
use super::residual::{Arc, Residual, Via};

/// The shortest ways between all vertices and one of them, which is their end: either where they lead to, or where they
/// start.
pub(crate) struct Ways {
    end: u32,
    direction: Direction,
    length: Vec<Length>,
    /// For each vertex the next one in the direction of the end, and what goes there or comes from there.
    next: Vec<(u32, Via)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    ToEnd,
    FromEnd,
}

impl Ways {
    /// The ways from everywhere to a vertex.
    pub(super) fn to(residual: &Residual, end: u32) -> Self {
        Self::search(residual, end, Direction::ToEnd, &[])
    }

    /// The ways from everywhere to a node at which there is one need more than the network knows: all loads on the path
    /// from the node upwards can shrink.
    pub(super) fn to_pinned(residual: &Residual, end: u32, path: impl Iterator<Item = u32>) -> Self {
        let price = |v: u32| residual.full_price[v as usize];
        let shrinks = path.map(|v| {
            let above = residual.above[v as usize];
            (v, Arc { other: above, via: Via::Load, length: Length::of_arc(price(v) - price(above), false) })
        });
        Self::search(residual, end, Direction::ToEnd, &shrinks.collect::<Vec<_>>())
    }

    /// The ways from a vertex to everywhere.
    pub(super) fn from(residual: &Residual, end: u32) -> Self {
        Self::search(residual, end, Direction::FromEnd, &[])
    }

    /// `more` are further arcs, each with the vertex nearer to the end.
    fn search(residual: &Residual, end: u32, direction: Direction, more: &[(u32, Arc)]) -> Self {
        let arcs = match direction {
            Direction::ToEnd => &residual.reaching,
            Direction::FromEnd => &residual.leaving,
        };
        let n_vertices = residual.full_price.len();
        let mut length = vec![Length::NONE; n_vertices];
        let mut next = vec![(end, Via::Load); n_vertices];
        let mut queue = BinaryHeap::new();
        length[end as usize] = Length::ZERO;
        queue.push((Reverse(Length::ZERO), end));
        while let Some((Reverse(known), v)) = queue.pop() {
            if known > length[v as usize] {
                continue;
            }
            let further = more.iter().filter(|further| further.0 == v).map(|further| &further.1);
            for arc in arcs.of(v).iter().chain(further) {
                let w = arc.other as usize;
                let by_v = known.then(arc.length);
                if by_v < length[w] {
                    length[w] = by_v;
                    next[w] = (v, arc.via);
                    queue.push((Reverse(by_v), arc.other));
                } else if by_v == length[w] && v < next[w].0 {
                    next[w] = (v, arc.via);
                }
            }
        }
        Self { end, direction, length, next }
    }

    /// The vertex that all ways share.
    pub(crate) fn end(&self) -> u32 {
        self.end
    }

    /// What is lost along the way of a vertex, packed; `None` where there is none.
    pub(super) fn length(&self, residual: &Residual, vertex: u32) -> Option<i128> {
        let length = self.length[vertex as usize];
        let price = |v: u32| residual.full_price[v as usize];
        let (start, goal) = match self.direction {
            Direction::ToEnd => (vertex, self.end),
            Direction::FromEnd => (self.end, vertex),
        };
        (length != Length::NONE).then(|| length.reduced() + price(start) - price(goal))
    }

    /// How many needs move on the way of a vertex, and arcs; to be compared.
    pub(super) fn steps(&self, vertex: u32) -> u64 {
        self.length[vertex as usize].steps()
    }

    /// How many needs move in all if one is forced to a vertex other than its own, and follows its way.
    pub(crate) fn n_moves(&self, vertex: u32) -> u32 {
        if vertex == self.end { 0 } else { 1 + self.length[vertex as usize].n_moves() }
    }

    /// The needs that move on the way of a vertex, from that vertex on.
    pub(super) fn moves(&self, vertex: u32, outside: u32) -> impl Iterator<Item = Move> + '_ {
        let place = move |v: u32| (v != outside).then_some(v);
        let mut at = vertex;
        let arcs = std::iter::from_fn(move || {
            let (here, (next, via)) = (at, self.next[at as usize]);
            at = next;
            (here != self.end).then_some((here, next, via))
        });
        arcs.filter_map(move |(here, next, via)| {
            let Via::Need(need) = via else { return None };
            let (from, to) = match self.direction {
                Direction::ToEnd => (here, next),
                Direction::FromEnd => (next, here),
            };
            Some(Move { need, from: place(from), to: place(to) })
        })
    }
}
