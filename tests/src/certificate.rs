//! An independent check of an assignment and its prices, written from the definition alone.

use needmatch::{Price, Score};
use needmatch_benches::{Instance, Optimum};

/// What a checked assignment attains.
pub type Claim = Optimum;

type Pair = (i128, i128);

/// Checks that an assignment is feasible, and that the prices prove that none is better.
///
/// # Errors
///
/// What is wrong, in words.
pub fn check<S: Score>(instance: &Instance<S>, node: &[Option<u32>], price: &[Price]) -> Result<Claim, String> {
    if node.len() != instance.n_needs() {
        return Err(format!("{} needs are answered of {}", node.len(), instance.n_needs()));
    }
    let total = total_of_feasible(instance, node)?;
    let own: Vec<Pair> = price.iter().map(|q| (q.tier.into(), q.score.into())).collect();
    let bound = bound(instance, &own)?;
    if total != bound {
        return Err(format!("the total is {total:?}, the prices prove {bound:?}"));
    }
    Ok(Optimum { tier: total.0, score: total.1 })
}

/// How many needs of each tier are served: the count of tier `t` at position `t`, up to the highest tier of any need.
#[must_use]
pub fn served_by_tier<S: Score>(instance: &Instance<S>, node: &[Option<u32>]) -> Vec<usize> {
    let highest = instance.tier.iter().flatten().max().copied().unwrap_or(0);
    let mut served = vec![0; usize::from(highest) + 1];
    for (need, _) in node.iter().enumerate().filter(|(_, node)| node.is_some()) {
        served[usize::from(instance.tier_of(need))] += 1;
    }
    served
}

fn total_of_feasible<S: Score>(instance: &Instance<S>, node: &[Option<u32>]) -> Result<Pair, String> {
    let mut load = vec![0u64; instance.n_nodes()];
    let mut total = (0, 0);
    for (need, node) in node.iter().enumerate() {
        let Some(node) = *node else { continue };
        let Some((_, score)) = instance.edges(need).find(|&(candidate, _)| candidate == node) else {
            return Err(format!("need {need} is at node {node}, which is no candidate of it"));
        };
        total.0 += i128::from(instance.tier_of(need));
        total.1 += i128::from(score.into());
        let mut at = Some(node);
        while let Some(node) = at {
            load[node as usize] += 1;
            at = instance.parent[node as usize];
        }
    }
    match (0..load.len()).find(|&node| load[node] > instance.capacity[node]) {
        Some(node) => Err(format!("node {node} takes {} needs of {}", load[node], instance.capacity[node])),
        None => Ok(total),
    }
}

/// The sum of capacity times price over the nodes, and of the best that is left to each need.
fn bound<S: Score>(instance: &Instance<S>, own: &[Pair]) -> Result<Pair, String> {
    if own.len() != instance.n_nodes() {
        return Err(format!("{} nodes are priced of {}", own.len(), instance.n_nodes()));
    }
    if let Some(node) = own.iter().position(|&price| price < (0, 0)) {
        return Err(format!("node {node} has the price {:?}", own[node]));
    }
    let of_place = |node: u32| {
        let mut sum = (0, 0);
        let mut at = Some(node);
        while let Some(node) = at {
            sum = (sum.0 + own[node as usize].0, sum.1 + own[node as usize].1);
            at = instance.parent[node as usize];
        }
        sum
    };
    let mut bound = (0, 0);
    for (price, &capacity) in own.iter().zip(&instance.capacity) {
        bound = (bound.0 + price.0 * i128::from(capacity), bound.1 + price.1 * i128::from(capacity));
    }
    for need in 0..instance.n_needs() {
        let tier = i128::from(instance.tier_of(need));
        let left = |(node, score): (u32, S)| {
            let price = of_place(node);
            (tier - price.0, i128::from(score.into()) - price.1)
        };
        let best = instance.edges(need).map(left).max().unwrap_or_default().max((0, 0));
        bound = (bound.0 + best.0, bound.1 + best.1);
    }
    Ok(bound)
}
