//! Solves tiny instances and compares them with brute force.

use needmatch::{Assigned, Network, Options, Price, Score, Total, assign};
use needmatch_benches::Instance;

use crate::brute::best;
use crate::certificate::{check, served_by_tier};

/// Solves an instance and compares the answer with brute force and its own certificate.
///
/// # Errors
///
/// What is wrong, in words.
pub fn judge<S: Score>(instance: &Instance<S>) -> Result<(), String> {
    compare(instance, &solved(instance)?)
}

/// Solves many instances at once, side by side in one network, and judges each on its own.
///
/// # Errors
///
/// The position of the first instance that is wrong, and what is wrong with it.
pub fn judge_together<S: Score>(instances: &[Instance<S>]) -> Result<(), (usize, String)> {
    let together = side_by_side(instances);
    let Assigned { node, price, .. } = solved(&together).map_err(|wrong| (0, wrong))?;
    let (mut first_need, mut first_node) = (0, 0);
    for (position, instance) in instances.iter().enumerate() {
        let (needs, nodes) = (first_need..first_need + instance.n_needs(), first_node..first_node + instance.n_nodes());
        let own: Vec<Option<u32>> = node[needs.clone()].iter().map(|v| v.map(|v| v - first_node as u32)).collect();
        compare_parts(instance, &own, &price[nodes.clone()]).map_err(|wrong| (position, wrong))?;
        (first_need, first_node) = (needs.end, nodes.end);
    }
    Ok(())
}

/// One network that holds the instances as unconnected parts.
#[must_use]
pub fn side_by_side<S: Score>(instances: &[Instance<S>]) -> Instance<S> {
    let mut together = Instance::over(Vec::new(), Vec::new());
    let mut tier = Vec::new();
    for instance in instances {
        let first = together.n_nodes() as u32;
        together.capacity.extend(&instance.capacity);
        together.parent.extend(instance.parent.iter().map(|parent| parent.map(|v| v + first)));
        for need in 0..instance.n_needs() {
            together.push_need(instance.edges(need).map(|(v, score)| (v + first, score)));
            tier.push(instance.tier_of(need));
        }
    }
    Instance { tier: Some(tier), ..together }
}

fn solved<S: Score>(instance: &Instance<S>) -> Result<Assigned, String> {
    let network: Network<'_, S> = instance.network().map_err(|error| error.to_string())?;
    assign(&network, &Options { threads: Some(1), ..Default::default() }).map_err(|error| error.to_string())
}

fn compare<S: Score>(instance: &Instance<S>, assigned: &Assigned) -> Result<(), String> {
    let claim = check(instance, &assigned.node, &assigned.price)?;
    for (name, stated) in [("total", assigned.total), ("bound", assigned.bound)] {
        if stated != (Total { tier: claim.tier, score: claim.score }) {
            return Err(format!("the {name} is stated as {stated:?}, it is {claim:?}"));
        }
    }
    compare_parts(instance, &assigned.node, &assigned.price)
}

fn compare_parts<S: Score>(instance: &Instance<S>, node: &[Option<u32>], price: &[Price]) -> Result<(), String> {
    let claim = check(instance, node, price)?;
    let best = best(instance);
    if (claim.tier, claim.score) != best.by_sum {
        return Err(format!("the answer is worth {claim:?}, brute force finds {:?}", best.by_sum));
    }
    let mut served = served_by_tier(instance, node);
    served.remove(0);
    served.reverse();
    if (&served, claim.score) != (&best.by_tier.0, best.by_tier.1) {
        return Err(format!("tiers are served as {served:?}, brute force finds {:?}", best.by_tier));
    }
    if node != best.node {
        return Err(format!("the answer is {node:?}, the tie rule selects {:?}", best.node));
    }
    Ok(())
}
