//! What an adversary could do to an instance without making another problem of it: put it into another order, or give
//! its scores another scale.
//!
//! Orders leave the best total as it is; scales keep which of two scores is greater, or turn it round, or tie them.

use crate::instance::Instance;
use crate::random::Random;

/// A named change.
#[derive(Clone, Copy, Debug)]
pub struct Twist {
    /// The name.
    pub name: &'static str,
    /// What it does.
    pub change: Change,
}

/// What is changed.
#[derive(Clone, Copy, Debug)]
pub enum Change {
    /// The order of the needs: for each place in the new order the need that moves there.
    Needs(fn(&Instance, &mut Random) -> Vec<usize>),
    /// The numbers of the nodes: for each new number the node that gets it.
    Nodes(fn(&Instance, &mut Random) -> Vec<usize>),
    /// The order of the edges of each need.
    Edges(fn(&mut [(u32, i32)])),
    /// Each score, given the least and the greatest of all.
    Scores(fn(i64, i64, i64) -> i64),
}

/// All changes.
pub const TWISTS: &[Twist] = &[
    twisting("needs_reversed", Change::Needs(|instance, _| (0..instance.n_needs()).rev().collect())),
    twisting("needs_interleaved", Change::Needs(|instance, _| interleaved(instance.n_needs()))),
    twisting("needs_shuffled", Change::Needs(|instance, random| shuffled(instance.n_needs(), random))),
    twisting("needs_worst_first", Change::Needs(|instance, _| by_best_score(instance))),
    twisting("needs_best_first", Change::Needs(|instance, _| by_best_score(instance).into_iter().rev().collect())),
    twisting("nodes_reversed", Change::Nodes(|instance, _| (0..instance.n_nodes()).rev().collect())),
    twisting("nodes_interleaved", Change::Nodes(|instance, _| interleaved(instance.n_nodes()))),
    twisting("nodes_shuffled", Change::Nodes(|instance, random| shuffled(instance.n_nodes(), random))),
    twisting("nodes_least_wanted_first", Change::Nodes(|instance, _| by_demand(instance))),
    twisting("edges_worst_first", Change::Edges(|edges| edges.sort_by_key(|edge| edge.1))),
    twisting("edges_best_first", Change::Edges(|edges| edges.sort_by_key(|edge| -edge.1))),
    twisting("scores_shifted", Change::Scores(|score, _, most| score - most + MOST)),
    twisting("scores_stretched", Change::Scores(|score, least, most| (score - least) * MOST / span(least, most))),
    twisting("scores_squared", Change::Scores(|score, least, most| (score - least).pow(2) / span(least, most))),
    twisting(
        "scores_exponential",
        Change::Scores(|score, least, most| 1 << (29 * (score - least) / span(least, most))),
    ),
    twisting(
        "scores_nearly_tied",
        Change::Scores(|score, least, most| 1_000_000 + 2 * (score - least) / span(least, most)),
    ),
    twisting("scores_of_9_levels", Change::Scores(|score, least, most| 1 + 8 * (score - least) / span(least, most))),
    twisting("scores_tied", Change::Scores(|_, _, _| 1)),
    twisting("scores_inverted", Change::Scores(|score, least, most| least + most - score)),
];

/// The largest score that is made.
const MOST: i64 = 1 << 29;

const fn twisting(name: &'static str, change: Change) -> Twist {
    Twist { name, change }
}

impl Twist {
    /// The changed instance.
    #[must_use]
    pub fn of(&self, instance: &Instance, random: &mut Random) -> Instance {
        match self.change {
            Change::Needs(order) => with_needs(instance, &order(instance, random)),
            Change::Nodes(order) => with_nodes(instance, &order(instance, random)),
            Change::Edges(sort) => with_edges(instance, sort),
            Change::Scores(scale) => {
                let scores = || instance.score.iter().map(|&score| i64::from(score));
                let (least, most) = (scores().min().unwrap_or(0), scores().max().unwrap_or(0));
                let scaled = instance.map_scores(|score| scale(score.into(), least, most) as i32);
                Instance { optimum: None, ..scaled }
            }
        }
    }
}

/// The twist of that name.
#[must_use]
pub fn twist(name: &str) -> Option<Twist> {
    TWISTS.iter().copied().find(|twist| twist.name == name)
}

fn span(least: i64, most: i64) -> i64 {
    (most - least).max(1)
}

/// First, last, second, last but one, and so on.
fn interleaved(n: usize) -> Vec<usize> {
    (0..n).map(|k| if k % 2 == 0 { k / 2 } else { n - 1 - k / 2 }).collect()
}

fn shuffled(n: usize, random: &mut Random) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    random.shuffle(&mut order);
    order
}

fn by_best_score(instance: &Instance) -> Vec<usize> {
    let mut order: Vec<usize> = (0..instance.n_needs()).collect();
    order.sort_by_key(|&need| instance.edges(need).map(|edge| edge.1).max());
    order
}

fn by_demand(instance: &Instance) -> Vec<usize> {
    let mut n_wanting = vec![0u64; instance.n_nodes()];
    instance.node.iter().for_each(|&node| n_wanting[node as usize] += 1);
    let mut order: Vec<usize> = (0..instance.n_nodes()).collect();
    order.sort_by_key(|&node| n_wanting[node]);
    order
}

fn with_needs(instance: &Instance, order: &[usize]) -> Instance {
    let mut twisted = Instance::over(instance.capacity.clone(), instance.parent.clone());
    order.iter().for_each(|&need| twisted.push_need(instance.edges(need)));
    let tier = instance.tier.as_ref().map(|tier| order.iter().map(|&need| tier[need]).collect());
    Instance { tier, optimum: instance.optimum, ..twisted }
}

fn with_nodes(instance: &Instance, order: &[usize]) -> Instance {
    let mut number = vec![0; order.len()];
    for (&node, new) in order.iter().zip(0..) {
        number[node] = new;
    }
    Instance {
        node: instance.node.iter().map(|&node| number[node as usize]).collect(),
        capacity: order.iter().map(|&node| instance.capacity[node]).collect(),
        parent: order.iter().map(|&node| instance.parent[node].map(|above| number[above as usize])).collect(),
        ..instance.clone()
    }
}

fn with_edges(instance: &Instance, sort: fn(&mut [(u32, i32)])) -> Instance {
    let mut twisted = Instance::over(instance.capacity.clone(), instance.parent.clone());
    for need in 0..instance.n_needs() {
        let mut edges: Vec<_> = instance.edges(need).collect();
        sort(&mut edges);
        twisted.push_need(edges);
    }
    Instance { tier: instance.tier.clone(), optimum: instance.optimum, ..twisted }
}

#[cfg(test)]
mod tests {
    use needmatch::{Options, assign};

    use super::*;
    use crate::{FAMILIES, family};

    #[test]
    fn every_twist_leaves_a_valid_network_and_orders_leave_the_best_total() {
        for family in FAMILIES {
            let instance = family.generate(60, 3);
            let total = |instance: &Instance| assign(&instance.network().unwrap(), &Options::default()).unwrap().total;
            let expected = total(&instance);
            for twist in TWISTS {
                let twisted = twist.of(&instance, &mut Random::new(5));
                let found = total(&twisted);
                let is_scale = matches!(twist.change, Change::Scores(_));
                assert!(is_scale || found == expected, "{} of {}", twist.name, family.name);
            }
        }
    }

    #[test]
    fn names_are_unique_and_found() {
        for (k, wanted) in TWISTS.iter().enumerate() {
            assert!(TWISTS[..k].iter().all(|other| other.name != wanted.name));
            assert_eq!(twist(wanted.name).map(|found| found.name), Some(wanted.name));
        }
    }

    #[test]
    fn every_order_is_one_of_all_needs_or_nodes() {
        let instance = family("town").unwrap().generate(101, 1);
        for twist in TWISTS {
            let (order, n) = match twist.change {
                Change::Needs(order) => (order(&instance, &mut Random::new(2)), instance.n_needs()),
                Change::Nodes(order) => (order(&instance, &mut Random::new(2)), instance.n_nodes()),
                Change::Edges(_) | Change::Scores(_) => continue,
            };
            let mut sorted = order;
            sorted.sort_unstable();
            assert_eq!(sorted, (0..n).collect::<Vec<_>>(), "{}", twist.name);
        }
    }
}
