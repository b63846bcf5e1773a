//! Proves in numbers that a flow with floors, groups of needs and costs of places is feasible and optimal, or that no
//! feasible one exists. Shares no code with what produced it.
//!
//! | Symbol | Means |
//! |---|---|
//! | `M` of a tier | what a need of the tier counts; derived here, never believed |
//! | `q`, `r` | own price of a node, own price of a group; both may be below zero |
//! | `P`, `R` | the sum of `q` from a node to its root; of `r` from a need's group to its root |
//! | `x` | how many needs are served at and under a node, or of a group |
//!
//! Weak duality: a served need is worth at most `P + R` more than the greatest of 0 and its edges' worth after prices.
//! The `P` of all served needs together are Σ `q · x`, of which the nodes' costs are taken, and the `R` are Σ `r · x`;
//! no feasible `x` lies outside floor and cap. So the bound is valid for any prices at all.

use super::Violation;
use crate::network::{Network, Score};
use crate::proof::{Proof, Shortage, TightSet};
use crate::total::Total;

/// What a feasible flow is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Worth {
    /// The sum of the tiers of the needs that are served; the sum of their scores less what their places cost.
    pub(crate) total: Total,
    /// How many needs of each tier are served, from tier 0 to the highest of any need.
    pub(crate) served: Vec<u64>,
}

/// Checks that the flow is feasible and that the prices prove it optimal, tier by tier.
///
/// # Errors
///
/// The first [`Violation`] in the order feasibility, steps, optimality.
///
/// # Complexity
///
/// O(edges + breakpoints + (needs + nodes) · depth).
pub(crate) fn prove_general<S: Score>(
    network: &Network<'_, S>,
    node: &[Option<u32>],
    proof: &Proof,
) -> Result<Worth, Violation> {
    let (worth, _) = feasible(network, node)?;
    let step = steps(network).ok_or(Violation::PriceOverflow)?;
    if proof.step != step {
        return Err(Violation::WrongSteps);
    }
    // The steps were computed from these counts without overflow.
    let tiers: i128 = worth.served.iter().zip(&step).map(|(&n, &step)| i128::from(n) * step).sum();
    let bound = bound(network, proof)?;
    if bound == tiers + worth.total.score { Ok(worth) } else { Err(Violation::WrongBound) }
}

/// Checks that a flow obeys floors, caps and costs as well, where the proof is of the network without them; gives how many
/// needs of each tier are served.
///
/// The greatest of all flows is the greatest of the feasible ones if it is one, and if costs, which are never below
/// zero, take nothing from it.
///
/// # Errors
///
/// The first [`Violation`] that is found.
pub(crate) fn prove_without<S: Score>(network: &Network<'_, S>, node: &[Option<u32>]) -> Result<Vec<u64>, Violation> {
    let mut served = vec![0; highest_tier(network) + 1];
    for (need, _) in node.iter().enumerate().filter(|(_, node)| node.is_some()) {
        served[usize::from(network.tier(need))] += 1;
    }
    let gains = |v: u32| {
        let most = network.capacity(v).min(network.n_needs() as u64);
        network.loads().is_some_and(|loads| loads.breakpoints(v).any(|(from, cost)| cost < 0 && from < most))
    };
    let nodes = || 0..network.n_nodes() as u32;
    let is_plain = network.demand().is_none() && network.loads().is_none() && nodes().all(|v| network.floor(v) == 0);
    if is_plain {
        return Ok(served);
    }
    let (_, costs) = feasible(network, node)?;
    if costs != 0 || nodes().any(gains) { Err(Violation::WrongBound) } else { Ok(served) }
}

/// Checks that the border of the set asks for more than it allows, by exactly as much as is said.
///
/// Every unit that enters a set must leave it. If the floors of what enters exceed the caps of what leaves, or the other
/// way round, no flow is feasible. Outside of both forests is never in the set.
///
/// # Errors
///
/// [`Violation::NotTight`].
///
/// # Complexity
///
/// O(edges + nodes + groups).
pub(crate) fn prove_infeasible<S: Score>(network: &Network<'_, S>, tight: &TightSet) -> Result<(), Violation> {
    let n_groups = network.demand().map_or(0, |demand| demand.n_groups());
    let members = |list: &[u32], n: usize| {
        let mut is_in = vec![false; n];
        for &x in list {
            *is_in.get_mut(x as usize).ok_or(Violation::NotTight)? = true;
        }
        if list.is_sorted_by(|a, b| a < b) { Ok(is_in) } else { Err(Violation::NotTight) }
    };
    let needs = members(&tight.needs, network.n_needs())?;
    let groups = members(&tight.groups, n_groups)?;
    let nodes = members(&tight.nodes, network.n_nodes())?;
    let (mut forced, mut allowed) = (0_i128, 0_i128);
    let mut arc = |from: bool, to: bool, floor: u64, cap: u64| {
        // What is short tells which way the floors point: into the set, or out of it.
        if from != to {
            if to == (tight.shortage == Shortage::Places) {
                forced += i128::from(floor)
            } else {
                allowed += i128::from(cap)
            }
        }
    };
    for v in 0..network.n_nodes() as u32 {
        let above = network.parent(v).is_some_and(|p| nodes[p as usize]);
        arc(nodes[v as usize], above, network.floor(v), network.capacity(v));
    }
    if let Some(demand) = network.demand() {
        for g in 0..n_groups {
            let above = demand.parent[g].is_some_and(|p| groups[p as usize]);
            arc(above, groups[g], demand.floor[g], demand.cap[g]);
        }
    }
    for (need, &is_in) in needs.iter().enumerate() {
        let group = network.demand().and_then(|demand| demand.group_of_need[need]);
        arc(group.is_some_and(|g| groups[g as usize]), is_in, 0, 1);
        for (v, _) in network.edges(need) {
            arc(is_in, nodes[v as usize], 0, 1);
        }
    }
    if tight.missing > 0 && forced - allowed == i128::from(tight.missing) { Ok(()) } else { Err(Violation::NotTight) }
}

/// What a flow is worth, and what its places cost, if it obeys every bound.
fn feasible<S: Score>(network: &Network<'_, S>, node: &[Option<u32>]) -> Result<(Worth, i128), Violation> {
    if node.len() != network.n_needs() {
        return Err(Violation::Length { list: "node" });
    }
    let mut worth = Worth { total: Total::ZERO, served: vec![0; highest_tier(network) + 1] };
    let mut load = vec![0_u64; network.n_nodes()];
    let mut served = vec![0_u64; network.demand().map_or(0, |demand| demand.n_groups())];
    for (need, served_at) in node.iter().enumerate() {
        let Some(v) = *served_at else { continue };
        let (_, score) = network.edges(need).find(|edge| edge.0 == v).ok_or(Violation::NotACandidate { need })?;
        let tier = network.tier(need);
        worth.total += Total { tier: tier.into(), score: score.into().into() };
        worth.served[usize::from(tier)] += 1;
        let mut at = Some(v);
        while let Some(v) = at {
            load[v as usize] += 1;
            at = network.parent(v);
        }
        let Some(demand) = network.demand() else { continue };
        let mut at = demand.group_of_need[need];
        while let Some(g) = at {
            served[g as usize] += 1;
            at = demand.parent[g as usize];
        }
    }
    let mut costs = 0;
    for (v, &load) in load.iter().enumerate() {
        if load > network.capacity(v as u32) {
            return Err(Violation::OverCapacity { node: v });
        }
        if load < network.floor(v as u32) {
            return Err(Violation::BelowFloor { node: v });
        }
        costs += network.loads().map_or(0, |loads| loads.cost_of_all(v as u32, load));
    }
    if let Some(demand) = network.demand() {
        let bounds = demand.floor.iter().zip(demand.cap);
        let outside = |&(served, (floor, cap)): &(&u64, (&u64, &u64))| served < floor || served > cap;
        if let Some(group) = served.iter().zip(bounds).position(|bounded| outside(&bounded)) {
            return Err(Violation::GroupOutOfBounds { group });
        }
    }
    worth.total.score -= costs;
    Ok((worth, costs))
}

fn highest_tier<S: Score>(network: &Network<'_, S>) -> usize {
    (0..network.n_needs()).map(|need| network.tier(need)).max().unwrap_or(0).into()
}

/// For each tier a number that one more need of it adds, whatever is lost below. `None` if 128 bits do not suffice.
///
/// With scores and costs of any flow within ±B, and n needs in each lower tier, no flow gains more than
/// 2 B + Σ n · M over another in score and lower tiers.
fn steps<S: Score>(network: &Network<'_, S>) -> Option<Vec<i128>> {
    let n_needs = network.n_needs();
    let mut n_of_tier = vec![0_i128; highest_tier(network) + 1];
    let mut most = 0_i128;
    for need in 0..n_needs {
        n_of_tier[usize::from(network.tier(need))] += 1;
        most += network.edges(need).map(|(_, score)| i128::from(score.into()).abs()).max().unwrap_or(0);
    }
    if let Some(loads) = network.loads() {
        for v in 0..network.n_nodes() as u32 {
            let dearest = loads.breakpoints(v).map(|(_, cost)| i128::from(cost).abs()).max().unwrap_or(0);
            most += dearest * i128::from(network.capacity(v).min(n_needs as u64));
        }
    }
    let mut step = vec![0];
    let mut next = 2 * most + 1;
    for &n in &n_of_tier[1..] {
        step.push(next);
        next = next.checked_add(next.checked_mul(n)?)?;
    }
    Some(step)
}

/// The bound that the prices put on every feasible flow.
fn bound<S: Score>(network: &Network<'_, S>, proof: &Proof) -> Result<i128, Violation> {
    if proof.price.len() != network.n_nodes() {
        return Err(Violation::Length { list: "price" });
    }
    let demand = network.demand();
    if proof.demand_price.len() != demand.map_or(0, |demand| demand.n_groups()) {
        return Err(Violation::Length { list: "demand_price" });
    }
    checked_bound(network, proof).ok_or(Violation::PriceOverflow)
}

fn checked_bound<S: Score>(network: &Network<'_, S>, proof: &Proof) -> Option<i128> {
    // No flow is larger than there are needs.
    let n_needs = network.n_needs() as u64;
    let mut bound = 0_i128;
    for (v, &q) in proof.price.iter().enumerate() {
        let v = v as u32;
        bound = bound.checked_add(best_use(network, v, q, network.capacity(v).min(n_needs))?)?;
    }
    if let Some(demand) = network.demand() {
        for (g, &r) in proof.demand_price.iter().enumerate() {
            let end = if r > 0 { demand.cap[g].min(n_needs) } else { demand.floor[g] };
            bound = bound.checked_add(r.checked_mul(end.into())?)?;
        }
    }
    let place = sums_to_the_root(&proof.price, |v| network.parent(v as u32))?;
    let group = sums_to_the_root(&proof.demand_price, |g| network.demand().and_then(|demand| demand.parent[g]))?;
    for need in 0..network.n_needs() {
        let of_group = network.demand().and_then(|demand| demand.group_of_need[need]).map_or(0, |g| group[g as usize]);
        let counts = proof.step[usize::from(network.tier(need))].checked_sub(of_group)?;
        let mut best = 0;
        for (v, score) in network.edges(need) {
            best = best.max(counts.checked_add(i128::from(score.into()))?.checked_sub(place[v as usize])?);
        }
        bound = bound.checked_add(best)?;
    }
    Some(bound)
}

/// The greatest of price · x less the cost of x places, for x from the floor to the cap.
/// Costs are convex, so every further place that is worth its cost adds the difference.
fn best_use<S: Score>(network: &Network<'_, S>, v: u32, price: i128, cap: u64) -> Option<i128> {
    let floor = network.floor(v);
    let mut best = price.checked_mul(floor.into())?;
    let Some(loads) = network.loads() else {
        return best.checked_add(price.max(0).checked_mul(cap.saturating_sub(floor).into())?);
    };
    best = best.checked_sub(loads.cost_of_all(v, floor))?;
    let (mut from, mut cost) = (0, 0);
    for (until, next) in loads.breakpoints(v).chain([(cap, 0)]) {
        let n = until.min(cap).saturating_sub(from.max(floor));
        best = best.checked_add(price.checked_sub(i128::from(cost))?.max(0).checked_mul(n.into())?)?;
        (from, cost) = (until, next);
    }
    Some(best)
}

/// For each member of a forest the sum of the prices from it to its root.
fn sums_to_the_root(price: &[i128], parent: impl Fn(usize) -> Option<u32>) -> Option<Vec<i128>> {
    let sum = |start: usize| {
        let mut sum = 0_i128;
        let mut next = Some(start);
        while let Some(x) = next {
            sum = sum.checked_add(price[x])?;
            next = parent(x).map(|p| p as usize);
        }
        Some(sum)
    };
    (0..price.len()).map(sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Demand, Loads};

    /// Two needs of tiers 0 and 1 that want the two places of one node.
    fn network() -> Network<'static, i64> {
        let network = Network::new(&[0, 1, 2], &[0, 0], &[5, 3], &[2]).unwrap();
        network.with_tiers(&[0, 1]).unwrap()
    }

    const ONE_GROUP: Demand<'static> =
        Demand { group_of_need: &[Some(0), Some(0)], parent: &[None], cap: &[1], floor: &[1] };

    #[test]
    fn a_flow_that_was_proven_without_bounds_obeys_them_as_well_and_nothing_costs_or_gains() {
        let served = |n: usize| [Some(0), Some(0)].map(Some).into_iter().take(n).flatten().chain([None; 2]).take(2);
        let flow = |n: usize| served(n).collect::<Vec<Option<u32>>>();
        assert_eq!(prove_without(&network(), &flow(2)), Ok(vec![1, 1]));
        assert_eq!(prove_without(&network(), &flow(1)), Ok(vec![1, 0]));

        let floors = network().with_floors(&[2]).unwrap();
        assert_eq!(prove_without(&floors, &flow(2)), Ok(vec![1, 1]));
        assert_eq!(prove_without(&floors, &flow(1)), Err(Violation::BelowFloor { node: 0 }));

        let groups = network().with_demand(ONE_GROUP).unwrap();
        let out_of_bounds = Err(Violation::GroupOutOfBounds { group: 0 });
        assert_eq!(
            [0, 1, 2].map(|n| prove_without(&groups, &flow(n))),
            [out_of_bounds.clone(), Ok(vec![1, 0]), out_of_bounds]
        );

        let costs = |from: &'static [u64], cost: &'static [i64]| {
            network().with_loads(Loads { indptr: &[0, 1], from, cost }).unwrap()
        };
        let wrong = Err(Violation::WrongBound);
        // What only the second place costs.
        assert_eq!([1, 2].map(|n| prove_without(&costs(&[1], &[4]), &flow(n))), [Ok(vec![1, 0]), wrong.clone()]);
        // What a place gains, used or not; but there is no third place.
        assert_eq!([0, 1].map(|n| prove_without(&costs(&[0], &[-4]), &flow(n))), [wrong.clone(), wrong]);
        assert_eq!(prove_without(&costs(&[2], &[4]), &flow(2)), Ok(vec![1, 1]));
    }

    #[test]
    fn prices_prove_nothing_of_a_flow_out_of_the_bounds_of_its_groups() {
        let groups = network().with_demand(ONE_GROUP).unwrap();
        let proof = Proof { step: vec![0, 17], price: vec![0], demand_price: vec![5] };
        let worth = prove_general(&groups, &[None, Some(0)], &proof).unwrap();
        assert_eq!((worth.total, worth.served), (Total { tier: 1, score: 3 }, vec![0, 1]));
        for node in [[None, None], [Some(0), Some(0)]] {
            assert_eq!(prove_general(&groups, &node, &proof), Err(Violation::GroupOutOfBounds { group: 0 }));
        }
    }

    #[test]
    fn a_set_that_lacks_nothing_or_names_a_member_twice_proves_nothing() {
        let floors = network().with_floors(&[2]).unwrap();
        let tight = |missing, needs: &[u32], nodes: &[u32]| {
            let (needs, nodes) = (needs.to_vec(), nodes.to_vec());
            let tight = TightSet { shortage: Shortage::Needs, missing, needs, groups: Vec::new(), nodes };
            prove_infeasible(&floors, &tight)
        };
        assert_eq!(
            [tight(0, &[], &[]), tight(0, &[], &[0]), tight(0, &[0, 1], &[0])],
            [const { Err(Violation::NotTight) }; 3]
        );
        // Three are asked for where two can come.
        let short = Network::new(&[0, 1, 2], &[0, 0], &[5i64, 3], &[3]).unwrap();
        let short = short.with_floors(&[3]).unwrap();
        let tight = |nodes: &[u32]| {
            let (needs, groups) = (Vec::new(), Vec::new());
            prove_infeasible(
                &short,
                &TightSet { shortage: Shortage::Needs, missing: 1, needs, groups, nodes: nodes.to_vec() },
            )
        };
        assert_eq!((tight(&[0]), tight(&[0, 0])), (Ok(()), Err(Violation::NotTight)));
    }
}
