//! Finds the optimum of tiny networks by trying everything, and its prices from first principles. For tests only.

mod general;
mod people;

use std::collections::BTreeSet;

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::network::{Network, Score};
use crate::solve::Price;
use crate::total::Total;

pub(crate) use general::{GeneralArrays, Rank, best_general_flow, most_missing, rank_of};
pub(crate) use people::{Worth, best_by_switches, best_matching, worth_of};

/// A network that owns its arrays.
#[derive(Clone, Debug)]
pub(crate) struct Arrays {
    pub(crate) indptr: Vec<usize>,
    pub(crate) node: Vec<u32>,
    pub(crate) score: Vec<i64>,
    pub(crate) capacity: Vec<u64>,
    pub(crate) parent: Vec<Option<u32>>,
    pub(crate) tier: Vec<u8>,
}

impl Arrays {
    /// A tiny network: at most six needs, a forest of at most seven nodes, few scores so that ties are common.
    pub(crate) fn random(seed: u64) -> Self {
        let mut rng = Pcg64Mcg::seed_from_u64(seed);
        let n_nodes: u32 = rng.random_range(0..=7);
        let spread = [2, 10, 1_000_000][rng.random_range(0..3)];
        let n_tiers = [1, 3, 5][rng.random_range(0..3)];
        let mut arrays = Self {
            indptr: vec![0],
            node: Vec::new(),
            score: Vec::new(),
            capacity: (0..n_nodes).map(|_| rng.random_range(0..=3)).collect(),
            // A parent has a higher number than its children, so there is no cycle.
            parent: (0..n_nodes)
                .map(|v| Some(rng.random_range(v..=n_nodes)).filter(|&p| p > v && p < n_nodes))
                .collect(),
            tier: Vec::new(),
        };
        for _ in 0..rng.random_range(0..=6) {
            for v in 0..n_nodes {
                if rng.random_bool(0.6) {
                    arrays.node.push(v);
                    arrays.score.push(rng.random_range(-spread / 4..=spread));
                }
            }
            arrays.indptr.push(arrays.node.len());
            arrays.tier.push(rng.random_range(0..n_tiers));
        }
        arrays
    }

    /// A network too large to try everything: up to 120 needs, workers under organizations, of which some have a group
    /// above. With few levels of scores most needs are tied.
    pub(crate) fn middle(seed: u64, levels: i64, tiers: u8) -> Self {
        let mut rng = Pcg64Mcg::seed_from_u64(seed);
        let workers = rng.random_range(4..40_u32);
        let mut parent: Vec<Option<u32>> = (0..workers).map(|v| Some(workers + v % 3).filter(|_| v % 7 > 0)).collect();
        parent.extend((0..3).map(|v| Some(workers + 3).filter(|_| v > 0)));
        parent.push(None);
        let most = |v: u32| if v < workers { 4 } else { 2 * u64::from(workers) };
        let capacity = (0..parent.len() as u32).map(|v| rng.random_range(0..most(v))).collect();
        let mut arrays =
            Self { indptr: vec![0], node: Vec::new(), score: Vec::new(), capacity, parent, tier: Vec::new() };
        for _ in 0..rng.random_range(20..120) {
            let first = rng.random_range(0..workers);
            let among: BTreeSet<u32> = (0..rng.random_range(1..7)).map(|k| (first + k * k) % workers).collect();
            arrays.score.extend(among.iter().map(|_| rng.random_range(0..levels)));
            arrays.node.extend(among);
            arrays.indptr.push(arrays.node.len());
            arrays.tier.push(rng.random_range(0..tiers));
        }
        arrays
    }

    /// The network over the arrays.
    pub(crate) fn network(&self) -> Network<'_, i64> {
        let network = Network::new(&self.indptr, &self.node, &self.score, &self.capacity).unwrap();
        network.with_parents(&self.parent).unwrap().with_tiers(&self.tier).unwrap()
    }
}

/// The greatest total of all feasible flows, and one flow that has it.
pub(crate) fn best_flow<S: Score>(network: &Network<'_, S>) -> (Total, Vec<Option<u32>>) {
    let mut best = (Total::ZERO, vec![None; network.n_needs()]);
    for_each_flow(network, |total, node| {
        if total > best.0 {
            best = (total, node.to_vec());
        }
    });
    best
}

/// Every feasible flow of a total.
pub(crate) fn all_flows_of<S: Score>(network: &Network<'_, S>, wanted: Total) -> Vec<Vec<Option<u32>>> {
    let mut found = Vec::new();
    for_each_flow(network, |total, node| {
        if total == wanted {
            found.push(node.to_vec());
        }
    });
    found
}

/// Visits every feasible flow with its total.
fn for_each_flow<S: Score>(network: &Network<'_, S>, visit: impl FnMut(Total, &[Option<u32>])) {
    let free = (0..network.n_nodes()).map(|v| network.capacity(v as u32)).collect();
    Search { network, free, node: vec![None; network.n_needs()], visit }.extend(0, Total::ZERO);
}

struct Search<'a, S: Score, V> {
    network: &'a Network<'a, S>,
    free: Vec<u64>,
    node: Vec<Option<u32>>,
    visit: V,
}

impl<S: Score, V: FnMut(Total, &[Option<u32>])> Search<'_, S, V> {
    /// Tries everything for the needs from this one on.
    fn extend(&mut self, need: usize, total: Total) {
        if need == self.network.n_needs() {
            (self.visit)(total, &self.node);
            return;
        }
        self.extend(need + 1, total);
        for (v, score) in self.network.edges(need) {
            let path: Vec<u32> = std::iter::successors(Some(v), |&v| self.network.parent(v)).collect();
            if path.iter().all(|&v| self.free[v as usize] > 0) {
                path.iter().for_each(|&v| self.free[v as usize] -= 1);
                self.node[need] = Some(v);
                self.extend(need + 1, total + value(self.network, need, score));
                self.node[need] = None;
                path.iter().for_each(|&v| self.free[v as usize] += 1);
            }
        }
    }
}

/// Prices that prove a flow optimal, or `None` where the flow is not optimal.
///
/// The conditions of optimality are differences between full prices `P`, with one more node for "outside" at price 0:
/// they are arcs of a graph, and the longest ways from outside are the least prices that meet them all.
/// A way that never stops growing shows that no prices exist.
pub(crate) fn prices(network: &Network<'_, i64>, node: &[Option<u32>]) -> Option<Vec<Price>> {
    let n = network.n_nodes();
    let mut load = vec![0; n];
    for &served_at in node {
        std::iter::successors(served_at, |&v| network.parent(v)).for_each(|v| load[v as usize] += 1);
    }
    // An arc (a, b, w) says P[b] ≥ P[a] + w.
    let mut arcs = Vec::new();
    for (v, &load) in load.iter().enumerate() {
        let above = network.parent(v as u32).map_or(n, |p| p as usize);
        arcs.push((above, v, Total::ZERO));
        if load < network.capacity(v as u32) {
            arcs.push((v, above, Total::ZERO));
        }
    }
    for (need, &served_at) in node.iter().enumerate() {
        let value_at = |v| network.edges(need).find(|&(w, _)| w == v).map(|(_, score)| value(network, need, score));
        let (from, worth) = match served_at {
            Some(v) => (v as usize, value_at(v)?),
            None => (n, Total::ZERO),
        };
        arcs.push((from, n, Total::ZERO - worth));
        for (v, score) in network.edges(need) {
            arcs.push((from, v as usize, value(network, need, score) - worth));
        }
    }
    let mut full: Vec<Option<Total>> = vec![None; n + 1];
    full[n] = Some(Total::ZERO);
    for round in 0..=n + 1 {
        let mut changed = false;
        for &(a, b, w) in &arcs {
            let reached = full[a].map(|p| p + w);
            if reached > full[b] {
                full[b] = reached;
                changed = true;
            }
        }
        if !changed {
            break;
        }
        if round == n + 1 {
            return None;
        }
    }
    let own = |v: usize| {
        let above = network.parent(v as u32).map_or(n, |p| p as usize);
        let own = full[v]? - full[above]?;
        Some(Price { tier: own.tier.try_into().ok()?, score: own.score.try_into().ok()? })
    };
    (0..n).map(own).collect()
}

fn value<S: Score>(network: &Network<'_, S>, need: usize, score: S) -> Total {
    Total { tier: network.tier(need).into(), score: score.into().into() }
}
