//! The same questions of an optimum within floors, groups of needs and costs of places.
//!
//! A unit flows from outside through the groups of its need to the need, on to a node, and up the supply forest to outside.
//! So the contracted network has a vertex more for each group, where those of its needs are that no node serves. With the
//! prices of a proof, in one number each, let `P` be the sum of prices from a node to its root, less the sum from a group
//! to its root at the vertex of a group, and 0 outside.
//!
//! | arc | where | loss |
//! |---|---|---|
//! | u to v | a need at u has an edge to v | what it is worth at u, less what at v |
//! | u to g | a need of the group g is at u | what it is worth there |
//! | g to v | a need of the group g that nobody serves has an edge to v | less what it is worth at v |
//! | v to the vertex above | v is below its cap | what one more place of v costs |
//! | the vertex above to v | v is above its floor | less what the last place of v costs |
//! | g to the vertex above | g is above its floor | 0 |
//! | the vertex above to g | g is below its cap | 0 |
//!
//! Needs without a group have outside as theirs. Less `P` of the vertex that it leaves and plus `P` of the one it reaches no
//! arc has a loss below 0. All else is as in the parent module, but that a question may have no answer: where no way leads
//! back, no matching within all bounds is so changed. The tie rule is the same, with groups after all nodes.
//!
//! Losses here are in one number and find the way; what is told is counted from the moves.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

use rayon::prelude::*;

use super::Move;
use crate::control::Control;
use crate::error::Error;
use crate::network::{Network, Score};
use crate::proof::Proof;

/// An optimum within all bounds, ready to be asked what it would lose or gain.
pub(crate) struct Bounded {
    n_nodes: u32,
    leaving: Vec<Vec<Arc>>,
    reaching: Vec<Vec<Arc>>,
    /// For each vertex the sum of prices up to its root; of a group below zero.
    potential: Vec<i128>,
    /// For each node and group the vertex above it.
    above: Vec<u32>,
    /// For each node how many needs it and those below it hold, how many they may, and how many they must.
    load: Vec<u64>,
    cap: Vec<u64>,
    floor: Vec<u64>,
    /// For each node what its last place costs, and what one more would.
    cost: Vec<(i128, i128)>,
    /// For each need the vertex at which it is, that of its group, and what it is worth where it is.
    vertex: Vec<u32>,
    group: Vec<u32>,
    worth: Vec<i128>,
    tier: Vec<u8>,
    step: Vec<i128>,
    /// What one of score counts.
    unit: i128,
    /// Whether any score outweighs all costs.
    are_costs_last: bool,
}

/// An arc, seen from one of its ends.
#[derive(Clone, Copy, Debug)]
struct Arc {
    other: u32,
    /// The need that moves; `None` where the load of a node or a group changes.
    need: Option<u32>,
    reduced: i128,
}

/// The reduced loss of a way, then how many needs move on it, then how many arcs it has.
type Length = (i128, u32, u32);

/// The shortest ways between all vertices and one of them.
pub(crate) struct Ways {
    end: u32,
    is_to_end: bool,
    length: Vec<Option<Length>>,
    /// For each vertex the next one in the direction of the end, and the need that moves between them.
    next: Vec<(u32, Option<u32>)>,
}

/// Who would move by one change. `None` where no matching is so changed.
pub(crate) type Moves = Option<Vec<Move>>;

impl Bounded {
    /// Contracts the residual network of a flow that a proof says is optimal. Scores count `unit` for one of score; costs
    /// count beside them, or only where nothing else differs.
    pub(crate) fn new<S: Score>(
        network: &Network<'_, S>,
        node: &[Option<u32>],
        proof: &Proof,
        (unit, are_costs_last): (i128, bool),
    ) -> Self {
        let n_nodes = network.n_nodes() as u32;
        let demand = network.demand();
        let outside = n_nodes + demand.map_or(0, |demand| demand.n_groups()) as u32;
        let group_vertex = |group: Option<u32>| group.map_or(outside, |group| n_nodes + group);
        let group: Vec<u32> = (0..network.n_needs())
            .map(|need| group_vertex(demand.and_then(|demand| demand.group_of_need[need])))
            .collect();
        let above_group = demand.iter().flat_map(|demand| demand.parent.iter().map(|&parent| group_vertex(parent)));
        let above: Vec<u32> = (0..n_nodes).map(|v| network.parent(v).unwrap_or(outside)).chain(above_group).collect();
        let path = |v: u32| std::iter::successors(Some(v), |&v| Some(above[v as usize]).filter(|&v| v != outside));
        let own = |v: u32| match v < n_nodes {
            true => proof.price[v as usize],
            false => -proof.demand_price[(v - n_nodes) as usize],
        };
        let potential = (0..outside).map(|v| path(v).map(own).sum()).chain(std::iter::once(0)).collect();
        let mut load = vec![0; outside as usize];
        for (need, place) in node.iter().enumerate().filter_map(|(need, place)| Some((need, (*place)?))) {
            path(place).for_each(|v| load[v as usize] += 1);
            if group[need] != outside {
                path(group[need]).for_each(|g| load[g as usize] += 1);
            }
        }
        let bounds = |of_node: &dyn Fn(u32) -> u64, of_group: Option<&[u64]>| -> Vec<u64> {
            (0..n_nodes).map(of_node).chain(of_group.into_iter().flatten().copied()).collect()
        };
        let place_cost = |v: u32, k: u64| network.loads().map_or(0, |loads| i128::from(loads.cost_of_place(v, k)));
        let cost = (0..n_nodes).map(|v| (place_cost(v, load[v as usize]), place_cost(v, load[v as usize] + 1)));
        let mut bounded = Self {
            n_nodes,
            leaving: Vec::new(),
            reaching: Vec::new(),
            potential,
            cap: bounds(&|v| network.capacity(v), demand.map(|demand| demand.cap)),
            floor: bounds(&|v| network.floor(v), demand.map(|demand| demand.floor)),
            cost: cost.collect(),
            above,
            load,
            vertex: node.iter().zip(&group).map(|(place, &group)| place.unwrap_or(group)).collect(),
            group,
            worth: Vec::new(),
            tier: (0..network.n_needs()).map(|need| network.tier(need)).collect(),
            step: proof.step.clone(),
            unit,
            are_costs_last,
        };
        let worth = |(need, place): (usize, &Option<u32>)| {
            let edge = place.and_then(|v| network.edges(need).find(|&(other, _)| other == v));
            edge.map_or(0, |(_, score)| bounded.step[usize::from(network.tier(need))] + i128::from(score.into()))
        };
        bounded.worth = node.iter().enumerate().map(worth).collect();
        bounded.contract(network);
        bounded
    }

    /// The best arc between each two vertices.
    fn contract<S: Score>(&mut self, network: &Network<'_, S>) {
        let n_vertices = self.potential.len();
        let mut needs: Vec<Vec<u32>> = vec![Vec::new(); n_vertices];
        self.vertex.iter().enumerate().for_each(|(need, &v)| needs[v as usize].push(need as u32));
        let mut below: Vec<Vec<u32>> = vec![Vec::new(); n_vertices];
        self.above.iter().enumerate().for_each(|(v, &above)| below[above as usize].push(v as u32));
        let own = &*self;
        let rows = (0..n_vertices as u32).into_par_iter().map(|u| {
            let mut row = BTreeMap::new();
            needs[u as usize].iter().for_each(|&need| own.offer_moves(network, &mut row, u, need));
            own.offer_loads(&mut row, u, &below[u as usize]);
            row.into_iter().map(|(other, (reduced, need))| Arc { other, need, reduced }).collect()
        });
        let leaving: Vec<Vec<Arc>> = rows.collect();
        let mut reaching: Vec<Vec<Arc>> = vec![Vec::new(); n_vertices];
        for (u, arcs) in leaving.iter().enumerate() {
            arcs.iter().for_each(|arc| reaching[arc.other as usize].push(Arc { other: u as u32, ..*arc }));
        }
        (self.leaving, self.reaching) = (leaving, reaching);
    }

    /// Where a need at u can go.
    fn offer_moves<S: Score>(&self, network: &Network<'_, S>, row: &mut Row, u: u32, need: u32) {
        let here = self.worth[need as usize] - self.potential[u as usize];
        let counts = self.step[usize::from(network.tier(need as usize))];
        for (v, score) in network.edges(need as usize).filter(|&(v, _)| v != u) {
            let there = counts + i128::from(score.into()) - self.potential[v as usize];
            offer(row, v, here - there, Some(need));
        }
        let group = self.group[need as usize];
        if u != group {
            offer(row, group, here + self.potential[group as usize], Some(need));
        }
    }

    /// Where loads can change by one, seen from u. More served needs of a group come from above it.
    fn offer_loads(&self, row: &mut Row, u: u32, below: &[u32]) {
        let potential = |v: u32| self.potential[v as usize];
        if let Some(&above) = self.above.get(u as usize) {
            let (is_node, k) = (u < self.n_nodes, u as usize);
            if if is_node { self.load[k] < self.cap[k] } else { self.load[k] > self.floor[k] } {
                let cost = if is_node { self.cost[k].1 } else { 0 };
                offer(row, above, cost - potential(u) + potential(above), None);
            }
        }
        for &v in below {
            let (is_node, k) = (v < self.n_nodes, v as usize);
            if if is_node { self.load[k] > self.floor[k] } else { self.load[k] < self.cap[k] } {
                let cost = if is_node { -self.cost[k].0 } else { 0 };
                offer(row, v, cost - potential(u) + potential(v), None);
            }
        }
    }

    /// The vertex at which a need is: a node, that of its group, or outside.
    pub(crate) fn vertex(&self, need: u32) -> u32 {
        self.vertex[need as usize]
    }

    /// The vertex of needs without a group that no node serves.
    pub(crate) fn outside(&self) -> u32 {
        self.above.len() as u32
    }

    /// What a pair adds, in one number.
    fn worth_of(&self, tier: u8, score: i32) -> i128 {
        self.step[usize::from(tier)] + self.unit * i128::from(score)
    }

    /// The ways from everywhere to a vertex.
    pub(crate) fn ways_back(&self, vertex: u32) -> Ways {
        self.search(vertex, true)
    }

    /// Who moves if a need must be at a node, where it counts a tier and scores so much.
    pub(crate) fn if_forced(&self, back: &Ways, need: u32, node: u32, pair: (u8, i32)) -> Moves {
        self.forced(back, need, (node, self.worth_of(pair.0, pair.1))).map(|(_, moves)| moves)
    }

    /// Who moves if a need may not be at the node where it is. `edges` are all of the need's.
    pub(crate) fn if_forbidden(&self, back: &Ways, need: u32, edges: impl Iterator<Item = (u32, (u8, i32))>) -> Moves {
        let group = (self.group[need as usize], 0);
        let others = edges.map(|(node, (tier, score))| (node, self.worth_of(tier, score)));
        let others = others.filter(|&(node, _)| node != back.end).chain(std::iter::once(group));
        let found = others.filter_map(|place| Some((self.forced(back, need, place)?, place.0)));
        found.min_by_key(|((order, _), node)| (*order, *node)).map(|((_, moves), _)| moves)
    }

    /// The loss, the moves and the arcs of the way if a need must be at a vertex, and who moves.
    fn forced(&self, back: &Ways, need: u32, (place, worth): (u32, i128)) -> Option<(Length, Vec<Move>)> {
        if place == back.end {
            return Some(((0, 0, 0), Vec::new()));
        }
        let (reduced, n_moves, n_arcs) = back.length[place as usize]?;
        let way = reduced + self.potential[place as usize] - self.potential[back.end as usize];
        let first = Move { need, from: self.node(back.end), to: self.node(place) };
        let moves = std::iter::once(first).chain(self.moves(back, place)).collect();
        Some(((self.worth[need as usize] - worth + way, n_moves, n_arcs), moves))
    }

    /// Who moves with one place more at each node, and with one fewer: `None` where there is none to take away within all
    /// bounds.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`].
    pub(crate) fn values(&self, control: &Control) -> Result<Vec<(Vec<Move>, Moves)>, Error> {
        let is_full = |v: usize| self.load[v] >= self.cap[v];
        let mut above: Vec<u32> = (0..self.n_nodes as usize).filter(|&v| is_full(v)).map(|v| self.above[v]).collect();
        above.sort_unstable();
        above.dedup();
        let searched = above.into_par_iter().map(|vertex| {
            control.check()?;
            Ok((vertex, (self.search(vertex, false), self.search(vertex, true))))
        });
        let ways: HashMap<u32, (Ways, Ways)> = searched.collect::<Result<_, Error>>()?;
        let value = |v: u32| match ways.get(&self.above[v as usize]).filter(|_| is_full(v as usize)) {
            Some((from, to)) => (self.one_more(from, v), self.one_fewer(to, v)),
            None => (Vec::new(), Some(Vec::new())),
        };
        Ok((0..self.n_nodes).into_par_iter().map(value).collect())
    }

    /// `from` are the ways from the vertex above.
    fn one_more(&self, from: &Ways, v: u32) -> Vec<Move> {
        let k = v as usize;
        let Some((reduced, ..)) = from.length[k] else { return Vec::new() };
        let loss = reduced + self.potential[from.end as usize] - self.potential[k] + self.cost[k].1;
        let moves: Vec<Move> = self.moves(from, v).collect();
        if self.is_gain(loss, &moves) { moves } else { Vec::new() }
    }

    /// `to` are the ways to the vertex above.
    fn one_fewer(&self, to: &Ways, v: u32) -> Moves {
        let k = v as usize;
        let is_possible = self.load[k] > self.floor[k] && to.length[k].is_some();
        is_possible.then(|| self.moves(to, v).collect())
    }

    /// Whether a change by one place more is for the better. The steps were made for the places that there were, so that
    /// what one more costs may be larger than a step: tiers are compared by themselves.
    fn is_gain(&self, loss: i128, moves: &[Move]) -> bool {
        let mut served = vec![0_i128; self.step.len()];
        let mut more = BTreeMap::new();
        for moved in moves {
            let mut at = |node: Option<u32>, change: i128| {
                let Some(node) = node else { return };
                served[usize::from(self.tier[moved.need as usize])] += change;
                let path = std::iter::successors(Some(node), |&v| self.node(self.above[v as usize]));
                path.for_each(|v| *more.entry(v).or_insert(0) += change);
            };
            at(moved.from, -1);
            at(moved.to, 1);
        }
        let in_tiers: i128 = served.iter().zip(&self.step).map(|(n, step)| n * step).sum();
        let costs: i128 = more
            .into_iter()
            .map(|(v, change)| match change {
                1 => self.cost[v as usize].1,
                -1 => -self.cost[v as usize].0,
                _ => 0,
            })
            .sum();
        // A need in tier 0 counts by its score alone.
        let by_tier = served[1..].iter().rev().find(|&&n| n != 0).copied().unwrap_or(0);
        let rest = loss + in_tiers;
        let by_score = if self.are_costs_last { costs - rest } else { -rest };
        (by_tier, by_score, -rest) > (0, 0, 0)
    }

    fn search(&self, end: u32, is_to_end: bool) -> Ways {
        let arcs = if is_to_end { &self.reaching } else { &self.leaving };
        let mut length: Vec<Option<Length>> = vec![None; self.potential.len()];
        let mut next = vec![(end, None); self.potential.len()];
        let mut queue = BinaryHeap::new();
        length[end as usize] = Some((0, 0, 0));
        queue.push((Reverse((0, 0, 0)), end));
        while let Some((Reverse(known), v)) = queue.pop() {
            if length[v as usize] != Some(known) {
                continue;
            }
            for arc in &arcs[v as usize] {
                let w = arc.other as usize;
                let by_v = (known.0 + arc.reduced, known.1 + u32::from(arc.need.is_some()), known.2 + 1);
                if length[w].is_none_or(|own| by_v < own) {
                    length[w] = Some(by_v);
                    next[w] = (v, arc.need);
                    queue.push((Reverse(by_v), arc.other));
                } else if length[w] == Some(by_v) && v < next[w].0 {
                    next[w] = (v, arc.need);
                }
            }
        }
        Ways { end, is_to_end, length, next }
    }

    /// The needs that move on the way of a vertex, from that vertex on.
    fn moves<'a>(&'a self, ways: &'a Ways, vertex: u32) -> impl Iterator<Item = Move> + 'a {
        let mut at = vertex;
        let arcs = std::iter::from_fn(move || {
            let (here, (next, need)) = (at, ways.next[at as usize]);
            at = next;
            (here != ways.end).then_some((here, next, need))
        });
        arcs.filter_map(move |(here, next, need)| {
            let (from, to) = if ways.is_to_end { (here, next) } else { (next, here) };
            Some(Move { need: need?, from: self.node(from), to: self.node(to) })
        })
    }

    /// The node of a vertex; at others nobody serves.
    fn node(&self, vertex: u32) -> Option<u32> {
        (vertex < self.n_nodes).then_some(vertex)
    }
}

/// The best arc to each vertex so far.
type Row = BTreeMap<u32, (i128, Option<u32>)>;

/// Of equal arcs one on which no need moves, else that of the first need.
fn offer(row: &mut Row, v: u32, reduced: i128, need: Option<u32>) {
    debug_assert!(reduced >= 0, "prices that prove an optimum leave no arc below 0");
    let own = row.entry(v).or_insert((reduced, need));
    if (reduced, need.is_some()) < (own.0, own.1.is_some()) {
        *own = (reduced, need);
    }
}

#[cfg(test)]
mod tests;
