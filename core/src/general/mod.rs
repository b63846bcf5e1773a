//! The general engine: floors, groups of needs with caps and floors, convex costs of places, tier by tier.
//!
//! Every served need is a unit of flow from outside down the groups of needs, along an edge, and up the supply forest to
//! outside again. Floors, caps and convex costs are bounds and costs of the flow through a vertex, on both sides alike.
//!
//! The method, one file for each phase:
//!
//! 1. [`steps`]: what a need counts by its tier, and whether 64 bits suffice ([`weight`]).
//! 2. [`forest`], [`needs`]: the network as vertices and edges, without groups that cannot bind.
//! 3. [`feasible`]: can all floors be met ([`blocking`])? If not, a set that proves it ([`tight`]).
//! 4. [`relaxed`]: the optimum with capacities alone, by the fast engine. Where it is within all bounds it is the answer.
//! 5. Prices that are nearly right: those of [`relaxed`] where few units are beyond bounds, else [`coarse`] ones from samples
//!    of the needs; or those of nearly the same network that was solved before ([`again`]).
//! 6. [`exact`]: flows that agree with the prices ([`residual`]), then shortest paths ([`search`]) that carry away what is
//!    too much ([`forward`]) and fetch what is lacking ([`reverse`]).
//!
//! Networks that differ by bounds of groups alone are solved one after the other by [`variants`], which keeps what they have
//! in common.
//!
//! Everything is integer arithmetic; the result is the same for every number of threads, which share the fast engine's
//! work and what is done for each need alone. Which of several optima it is follows from the order of needs and edges
//! alone: where the fast engine's is within all bounds, by the tie rule; elsewhere by no rule that could be stated shortly.

mod steps;
mod weight;

mod forest;
mod needs;

mod again;
mod relaxed;
mod variants;

mod feasible;

mod blocking;
mod tight;

mod coarse;

mod exact;
mod residual;
mod search;

mod forward;
mod reverse;

#[cfg(test)]
mod tests;

use crate::control::{Control, Stage};
use crate::engine::Binding;
use crate::error::Error;
use crate::network::{Network, Score};
use crate::proof::{Proof, TightSet};
use exact::Optimum;
use forest::{Forest, NONE};
use needs::{Lists, Needs};
use relaxed::{Distance, Relaxed};
use steps::Steps;
use variants::Kept;
pub(crate) use variants::Variants;
use weight::Weight;

/// What the engine finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Solution {
    /// The node of each need, and what proves that nothing is better.
    Optimal {
        /// The node of each need.
        node: Vec<Option<u32>>,
        /// Prices of nodes and groups.
        proof: Proof,
    },
    /// The floors cannot be met.
    Infeasible(TightSet),
}

/// What in the network goes beyond capacities of the supply forest and could make a difference.
pub(crate) fn binding<S: Score>(network: &Network<'_, S>) -> Binding {
    let mut nodes = 0..network.n_nodes() as u32;
    let floors = nodes.clone().any(|v| network.floor(v) > 0);
    let groups = network.demand().is_some_and(|demand| forest::binding_groups(demand).contains(&true));
    let costs = network.loads().is_some_and(|loads| {
        nodes.any(|v| {
            let places = network.capacity(v).min(network.n_needs() as u64);
            loads.breakpoints(v).any(|(from, cost)| cost != 0 && from < places)
        })
    });
    Binding { floors, groups, costs }
}

/// Solves a network exactly, whatever it holds.
///
/// # Errors
///
/// [`Error::Cancelled`], [`Error::Limit`], or [`Error::Input`] where scores and tiers are so many and large that steps
/// between tiers do not fit 128 bits.
///
/// # Complexity
///
/// At worst one shortest path over all edges for each need and each unit of a floor; in practice few needs are out of
/// balance after the start.
pub(crate) fn solve<S: Score>(network: &Network<'_, S>, control: &Control) -> Result<Solution, Error> {
    let is_vertex = network.demand().map_or_else(Vec::new, forest::binding_groups);
    Variants::of(network, is_vertex, control)?.solve(network, None, control)
}

/// A set that proves that the floors of a network cannot be met, or `None` where they can.
///
/// # Errors
///
/// [`Error::Cancelled`] or [`Error::Limit`].
///
/// # Complexity
///
/// O(edges) to build the graph, then some searches over all edges.
pub(crate) fn obstacle<S: Score>(network: &Network<'_, S>, control: &Control) -> Result<Option<TightSet>, Error> {
    control.reserve(bytes_needed(network))?;
    let forest = Forest::<i64>::of(network);
    control.check()?;
    // Nothing counts here but who can be served.
    let needs = Needs::of(network, &forest, &[0; crate::MAX_TIER as usize + 1]);
    feasible::obstacle(network, &forest, &needs, None, control)
}

/// Where the exact phase starts.
#[derive(Clone, Copy, Debug)]
enum Origin<'a> {
    /// From samples of the needs.
    Samples,
    /// From what the fast engine found without floors, groups and costs.
    Relaxed(&'a Relaxed),
    /// From the optimum of nearly the same network: places, and their proof.
    Other((&'a [Option<u32>], &'a Proof)),
}

/// The phases, one after the other; what helps the next time is kept.
fn solve_with<S: Score, W: Weight>(
    network: &Network<'_, S>,
    (forest, needs, steps): (Forest<W>, &Needs<W>, &Steps),
    kept: &mut Kept,
    other: Option<(&[Option<u32>], &Proof)>,
    control: &Control,
) -> Result<Solution, Error> {
    control.check()?;
    let places = other.map(|(node, _)| needs.places(node));
    if let Some(tight) = feasible::obstacle(network, &forest, needs, places, control)? {
        return Ok(Solution::Infeasible(tight));
    }
    // Lists are as good as the prices that they are near to.
    let given = kept.lists.take().filter(|_| other.is_some());
    let relaxed = kept.relaxed(network, &steps.step, control)?.map(|own| (own.distance(network), own));
    let origin = match (relaxed, other) {
        (Some((Distance::Within, own)), _) => return Ok(own.optimum(network, steps.step.clone())),
        (_, Some(other)) => Origin::Other(other),
        (Some((Distance::Near, own)), None) => Origin::Relaxed(own),
        (Some((Distance::Far, _)) | None, None) => Origin::Samples,
    };
    let (solution, lists) = solve_from(network, (forest, needs, steps), (origin, given), control)?;
    kept.lists = Some(lists);
    Ok(solution)
}

/// The exact phase, given that all floors can be met, and the lists that it ended with.
fn solve_from<S: Score, W: Weight>(
    network: &Network<'_, S>,
    (mut forest, needs, steps): (Forest<W>, &Needs<W>, &Steps),
    (origin, given): (Origin<'_>, Option<Lists>),
    control: &Control,
) -> Result<(Solution, Lists), Error> {
    forest.tighten(needs);
    control.enter(Stage::Auction, network.n_needs() as u64)?;
    let (start, part) = match origin {
        Origin::Samples => (coarse::start(&forest, needs, steps.range, control)?, exact::NARROW),
        Origin::Relaxed(relaxed) => (relaxed.start(&forest, needs), exact::WIDE),
        Origin::Other(other) => (again::start(network, (&forest, needs), other), exact::WIDE),
    };
    let (optimum, lists) = exact::optimum(&forest, needs, start, given, (steps.range, part), control)?;
    Ok((solution(network, &forest, needs, &optimum, steps.step.clone()), lists))
}

/// The optimum in the words of the network: own prices instead of potentials, 0 for groups that cannot bind.
fn solution<S: Score, W: Weight>(
    network: &Network<'_, S>,
    forest: &Forest<W>,
    needs: &Needs<W>,
    optimum: &Optimum<W>,
    step: Vec<i128>,
) -> Solution {
    let own = |v: usize| -> i128 { (optimum.y[v] - optimum.y[forest.parent[v] as usize]).into() };
    let mut demand_price = vec![0; network.demand().map_or(0, |demand| demand.n_groups())];
    for (k, &group) in forest.group_of_vertex.iter().enumerate() {
        demand_price[group as usize] = -own(forest.n_supply + k);
    }
    Solution::Optimal {
        node: needs.in_network(optimum.place.iter().map(|&v| (v != NONE).then_some(v))),
        proof: Proof { step, price: (0..forest.n_supply).map(own).collect(), demand_price },
    }
}

/// Working memory at most, about: the edges twice in lists and once by node, and some numbers for each need and vertex.
fn bytes_needed<S: Score>(network: &Network<'_, S>) -> u64 {
    let vertices = network.n_nodes() + network.demand().map_or(0, |demand| demand.n_groups()) + 1;
    (network.n_edges() as u64) * 56 + (network.n_needs() as u64) * 120 + (vertices as u64) * 200
}
