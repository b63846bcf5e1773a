//! Tiny networks with floors, groups of needs and costs of places, and their optimum by trying everything.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use super::{Arrays, for_each_flow};
use crate::network::{Demand, Loads, Network};
use crate::total::Total;

/// A network with everything, owning its arrays.
#[derive(Clone, Debug)]
pub(crate) struct GeneralArrays {
    pub(crate) base: Arrays,
    pub(crate) floor: Vec<u64>,
    pub(crate) group_of_need: Vec<Option<u32>>,
    pub(crate) group_parent: Vec<Option<u32>>,
    pub(crate) group_cap: Vec<u64>,
    pub(crate) group_floor: Vec<u64>,
    pub(crate) load_indptr: Vec<usize>,
    pub(crate) load_from: Vec<u64>,
    pub(crate) load_cost: Vec<i64>,
}

impl GeneralArrays {
    /// A tiny network; of floors, groups and costs each may be absent.
    pub(crate) fn random(seed: u64) -> Self {
        let base = Arrays::random(seed);
        let mut rng = Pcg64Mcg::seed_from_u64(!seed);
        let rare =
            |rng: &mut Pcg64Mcg, p: f64, top: u64| if rng.random_bool(p) { rng.random_range(0..=top) } else { 0 };
        let (floors, groups) = ([0.0, 0.15, 0.5][rng.random_range(0..3)], rng.random_range(0..=4_u32));
        let floor = base.capacity.iter().map(|&cap| rare(&mut rng, floors, cap)).collect();
        let n_needs = base.tier.len();
        let group_cap: Vec<u64> = (0..groups).map(|_| rng.random_range(0..=4)).collect();
        let group_floor = group_cap.iter().map(|&cap| rare(&mut rng, floors, cap)).collect();
        let mut arrays = Self {
            floor,
            group_of_need: (0..n_needs).map(|_| Some(rng.random_range(0..=groups)).filter(|&g| g < groups)).collect(),
            group_parent: (0..groups).map(|g| Some(rng.random_range(0..=groups)).filter(|&p| p < g)).collect(),
            group_cap,
            group_floor,
            load_indptr: vec![0],
            load_from: Vec::new(),
            load_cost: Vec::new(),
            base,
        };
        let costly = [0.0, 0.3, 0.8][rng.random_range(0..3)];
        let spread = [2, 10, 1_000_000][rng.random_range(0..3)];
        for _ in 0..arrays.base.capacity.len() {
            let (mut from, mut cost) = (rng.random_range(0..2), 0);
            while rng.random_bool(costly) {
                // Only a curve that begins at the first place may begin below zero.
                let low = if from == 0 { -spread } else { cost.max(0) };
                cost = rng.random_range(low..=low.max(0) + spread);
                arrays.load_from.push(from);
                arrays.load_cost.push(cost);
                from += rng.random_range(1..=2);
            }
            arrays.load_indptr.push(arrays.load_from.len());
        }
        arrays
    }

    /// The network over the arrays.
    pub(crate) fn network(&self) -> Network<'_, i64> {
        let demand = Demand {
            group_of_need: &self.group_of_need,
            parent: &self.group_parent,
            cap: &self.group_cap,
            floor: &self.group_floor,
        };
        let loads = Loads { indptr: &self.load_indptr, from: &self.load_from, cost: &self.load_cost };
        let network = self.base.network().with_floors(&self.floor).unwrap();
        network.with_demand(demand).unwrap().with_loads(loads).unwrap()
    }
}

/// How many needs of each tier are served, the highest tier first, and then the score less the costs.
pub(crate) type Rank = (Vec<u64>, i128);

/// The best of all feasible flows tier by tier, or `None` where no flow is feasible.
pub(crate) fn best_general_flow(network: &Network<'_, i64>) -> Option<Rank> {
    let mut best = None;
    for_each_flow(network, |total, node| best = rank(network, total, node).max(best.take()));
    best
}

/// The rank of any flow, or `None` where it is off the edges or breaks a bound.
pub(crate) fn rank_of(network: &Network<'_, i64>, node: &[Option<u32>]) -> Option<Rank> {
    let mut free: Vec<u64> = (0..network.n_nodes() as u32).map(|v| network.capacity(v)).collect();
    let mut total = Total::ZERO;
    for (need, place) in node.iter().enumerate() {
        let Some(place) = *place else { continue };
        let (_, score) = network.edges(need).find(|&(v, _)| v == place)?;
        total += Total { tier: network.tier(need).into(), score: score.into() };
        for v in std::iter::successors(Some(place), |&v| network.parent(v)) {
            free[v as usize] = free[v as usize].checked_sub(1)?;
        }
    }
    rank(network, total, node)
}

/// The rank of a flow within all capacities, or `None` where it breaks another bound.
fn rank(network: &Network<'_, i64>, total: Total, node: &[Option<u32>]) -> Option<Rank> {
    let is_under = |v: u32, top: u32| std::iter::successors(Some(v), |&v| network.parent(v)).any(|v| v == top);
    let mut score = total.score;
    for top in 0..network.n_nodes() as u32 {
        let load = node.iter().flatten().filter(|&&v| is_under(v, top)).count() as u64;
        if load < network.floor(top) {
            return None;
        }
        let loads = network.loads().expect("the random networks have costs");
        score -= (1..=load).map(|k| i128::from(loads.cost_of_place(top, k))).sum::<i128>();
    }
    let demand = network.demand().expect("the random networks have groups");
    for top in 0..demand.n_groups() as u32 {
        let is_in = |need: usize| {
            std::iter::successors(demand.group_of_need[need], |&g| demand.parent[g as usize]).any(|g| g == top)
        };
        let served = (0..node.len()).filter(|&need| node[need].is_some() && is_in(need)).count() as u64;
        if served < demand.floor[top as usize] || served > demand.cap[top as usize] {
            return None;
        }
    }
    let of_tier = |t: u8| (0..node.len()).filter(|&i| node[i].is_some() && network.tier(i) == t).count() as u64;
    Some(((1..=crate::MAX_TIER).rev().map(of_tier).collect(), score))
}

/// The most that floors at the border of any set of needs, groups and nodes ask for beyond what the caps at the border
/// allow, whichever way the floors point.
pub(crate) fn most_missing(network: &Network<'_, i64>) -> i128 {
    let demand = network.demand().expect("the random networks have groups");
    let (n_nodes, n_groups) = (network.n_nodes(), demand.n_groups());
    let mut most = 0;
    for set in 0..1_u32 << (n_nodes + n_groups) {
        let node = |v: Option<u32>| v.is_some_and(|v| set >> v & 1 == 1);
        let group = |g: Option<u32>| g.is_some_and(|g| set >> (n_nodes as u32 + g) & 1 == 1);
        for is_into in [true, false] {
            let count = |from: bool, to: bool, floor: u64, cap: u64| match (from == to, to == is_into) {
                (true, _) => 0,
                (false, true) => i128::from(floor),
                (false, false) => -i128::from(cap),
            };
            let of_nodes = (0..n_nodes as u32)
                .map(|v| count(node(Some(v)), node(network.parent(v)), network.floor(v), network.capacity(v)));
            let of_groups = (0..n_groups)
                .map(|g| count(group(demand.parent[g]), group(Some(g as u32)), demand.floor[g], demand.cap[g]));
            // Each need is in the set or not, whichever adds more.
            let of_needs = (0..network.n_needs()).map(|need| {
                let with = |is_in: bool| {
                    let edges = network.edges(need).map(|(v, _)| count(is_in, node(Some(v)), 0, 1));
                    count(group(demand.group_of_need[need]), is_in, 0, 1) + edges.sum::<i128>()
                };
                with(true).max(with(false))
            });
            most = most.max(of_nodes.sum::<i128>() + of_groups.sum::<i128>() + of_needs.sum::<i128>());
        }
    }
    most
}
