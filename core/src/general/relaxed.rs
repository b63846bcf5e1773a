//! What the fast engine finds where floors, groups and costs are left out: the optimum, or a good start.
//!
//! Without them the network is one of capacities alone. Its optimum is worth at least as much as any flow within all
//! bounds; so if it is within them itself, and costs nothing, it is the optimum, and of several the one that the tie rule
//! names. Where it is not, few units are out of balance at its prices, and only these need a search.
//!
//! # Prices
//!
//! The least prices of the fast engine are pairs of tier and score. One is what one more place at a node with room up to
//! its root would add; such a place lets one more need in, or none, since a unit that comes in there comes from a need that
//! waits. So a price of tier t and score s stands for one step of tier t and the score: `step[t] + s`, whatever the steps
//! are, as long as they outweigh all scores.

use super::exact::Optimum;
use super::forest::Forest;
use super::needs::Needs;
use super::weight::Weight;
use super::{Solution, coarse};
use crate::control::Control;
use crate::error::Error;
use crate::network::{Loads, Network, Score};
use crate::proof::Proof;
use crate::solve::{self, Flow, loads};

/// From so few units beyond bounds, one in so many needs, a search for each is sooner done than samples are solved.
const FEW: u64 = 12;
/// Costs of at most this part of the largest score decide little more than ties.
const CHEAP: u64 = 1000;

/// How far the optimum with capacities alone is from all bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Distance {
    /// Within them, and no cost takes anything from it or adds anything to another flow: it is the optimum.
    Within,
    /// So near that the optimum is soon reached from it.
    Near,
    /// Farther away.
    Far,
}

/// The optimum of the network with capacities alone.
#[derive(Clone, Debug)]
pub(super) struct Relaxed {
    /// The node of each need.
    node: Vec<Option<u32>>,
    /// How many needs each node and everything under it serve.
    load: Vec<u64>,
    /// For each node the sum of the prices from it to its root, in what a need counts.
    full_price: Vec<i128>,
}

impl Relaxed {
    /// Of a network; `None` where scores are so large for so many needs in tiers that only the general engine holds them.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`] and [`Error::Limit`].
    pub(super) fn of<S: Score>(
        network: &Network<'_, S>,
        step: &[i128],
        control: &Control,
    ) -> Result<Option<Self>, Error> {
        let plain = network.with_capacities_only();
        let optimum = match solve::solve(&plain, control) {
            Err(Error::Input(_)) => return Ok(None),
            optimum => optimum?,
        };
        let Flow { node, price } = solve::canonical(&plain, &optimum, control)?;
        let path = |v: u32| std::iter::successors(Some(v), |&v| network.parent(v));
        let load = loads(network, &node);
        let full = |v: u32| {
            let sum = path(v)
                .map(|v| price[v as usize])
                .fold((0, 0), |(tier, score), own| (tier + own.tier, score + own.score));
            step[sum.0 as usize] + i128::from(sum.1)
        };
        let full_price = (0..network.n_nodes() as u32).map(full).collect();
        Ok(Some(Self { node, load, full_price }))
    }

    /// How far it is from the bounds of the network.
    pub(super) fn distance<S: Score>(&self, network: &Network<'_, S>) -> Distance {
        let beyond = n_beyond(network, &self.node, &self.load);
        let dearest = self.dearest(network);
        if beyond == 0 && dearest == 0 {
            return Distance::Within;
        }
        let range =
            (0..network.n_needs()).flat_map(|need| network.edges(need)).map(|(_, score)| score.into().unsigned_abs());
        let is_cheap = dearest.saturating_mul(CHEAP) <= range.max().unwrap_or(0);
        let is_near = beyond.saturating_mul(FEW) <= network.n_needs() as u64;
        if is_near && is_cheap { Distance::Near } else { Distance::Far }
    }

    /// The dearest cost of a place that it takes, or the largest gain from one that some flow could take.
    fn dearest<S: Score>(&self, network: &Network<'_, S>) -> u64 {
        let matters = |v: u32, from: u64, cost: i64| {
            if cost < 0 { from < network.capacity(v) } else { from < self.load[v as usize] }
        };
        let of_node = |loads: &Loads<'_>, v: u32| {
            let costs = loads.breakpoints(v).filter(|&(from, cost)| matters(v, from, cost));
            costs.map(|(_, cost)| cost.unsigned_abs()).max().unwrap_or(0)
        };
        let nodes = 0..network.n_nodes() as u32;
        network.loads().map_or(0, |loads| nodes.map(|v| of_node(loads, v)).max().unwrap_or(0))
    }

    /// Its places, and what proves that no flow within the bounds is worth more; it is [`Within`](Distance::Within) them.
    pub(super) fn optimum<S: Score>(&self, network: &Network<'_, S>, step: Vec<i128>) -> Solution {
        let full = |v: u32| self.full_price[v as usize];
        let own = |v: u32| full(v) - network.parent(v).map_or(0, full);
        let price = (0..network.n_nodes() as u32).map(own).collect();
        let demand_price = vec![0; network.demand().map_or(0, |demand| demand.n_groups())];
        Solution::Optimal { node: self.node.clone(), proof: Proof { step, price, demand_price } }
    }

    /// Its places and prices, as a start. Places that cost something are at least as dear as the last of them.
    pub(super) fn start<W: Weight>(&self, forest: &Forest<W>, needs: &Needs<W>) -> Optimum<W> {
        let mut y: Vec<W> = self.full_price.iter().map(|&price| W::of(price)).collect();
        y.resize(forest.n_vertices(), W::default());
        for v in forest.upwards.iter().rev().map(|&v| v as usize).filter(|&v| forest.is_supply(v)) {
            let last = y[forest.parent[v] as usize] + forest.cost(v, self.load[v] as i64);
            y[v] = y[v].max(last);
        }
        coarse::price_groups(forest, needs, &mut y);
        Optimum { y, place: needs.places(&self.node) }
    }
}

/// Whether places are beyond floors and caps by so few units that they make a good start.
pub(super) fn is_near<S: Score>(network: &Network<'_, S>, node: &[Option<u32>]) -> bool {
    let beyond = n_beyond(network, node, &loads(network, node));
    beyond.saturating_mul(FEW) <= network.n_needs() as u64
}

/// By how many units in all places miss floors and exceed caps of groups.
fn n_beyond<S: Score>(network: &Network<'_, S>, node: &[Option<u32>], load: &[u64]) -> u64 {
    let nodes = (0..).zip(load).map(|(v, &load)| network.floor(v).saturating_sub(load));
    let groups = network.demand().into_iter().flat_map(|demand| {
        let served = demand.count(node.iter().map(Option::is_some));
        let bounds = demand.floor.iter().zip(demand.cap).zip(served);
        bounds.map(|((floor, &cap), served)| floor.saturating_sub(served) + served.saturating_sub(cap))
    });
    nodes.chain(groups).fold(0, u64::saturating_add)
}
