//! Instances made around a matching and the prices that prove it, so that their optimum is known without a solver.
//!
//! Prices `q` of the nodes come first, `P` being their sum up to the root, then a node for some of the needs, then
//! scores such that every condition of optimality holds:
//!
//! - a need with a place draws a worth `u ≥ 0`; its score there is `P + u`, and at most `P + u` elsewhere;
//! - a need without a place has a score of at most `P` everywhere;
//! - a node with a price is exactly full; one without may have room.
//!
//! Under tiers all of these are pairs (tier, score), compared lexicographically: a place may cost a whole tier, and a
//! score price is then free in sign.

use crate::instance::{Instance, Optimum};
use crate::random::Random;

/// Candidates of each need.
const CANDIDATES: usize = 32;
/// Workers of an organization, and organizations of a group.
const MEMBERS: usize = 8;

/// A planted optimum without tiers.
pub(super) fn planted(needs: usize, random: &mut Random) -> Instance {
    plant(needs, 0, random)
}

/// A planted optimum with tiers 1 to 4.
pub(super) fn planted_tiers(needs: usize, random: &mut Random) -> Instance {
    plant(needs, 4, random)
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Price {
    tier: i64,
    score: i64,
}

fn plant(needs: usize, max_tier: u8, random: &mut Random) -> Instance {
    let workers = (needs / 15).max(1);
    let parent = parents(workers);
    let n_nodes = parent.len();
    let own: Vec<Price> = (0..n_nodes).map(|node| own_price(node < workers, max_tier, random)).collect();
    let total: Vec<Price> = (0..n_nodes).map(|node| price_of_place(node, &own, &parent)).collect();

    let mut instance = Instance::over(vec![0; n_nodes], parent.clone());
    let (mut tiers, mut optimum) = (Vec::new(), Optimum { tier: 0, score: 0 });
    for _ in 0..needs {
        let tier = if max_tier == 0 { 0 } else { random.between(1, i64::from(max_tier)) };
        let chosen = random.below(workers);
        // A quarter stays out, as does everybody for whom the place drawn would cost too high a tier.
        let served = random.percent(75) && total[chosen].tier <= tier;
        let mut worth = Price { tier: 0, score: 0 };
        let mut edges = Vec::new();
        if served {
            let tiers_left = tier - total[chosen].tier;
            let least = if tiers_left > 0 { -200_000 } else { 0 };
            worth = Price { tier: tiers_left, score: random.between(least, 300_000) };
            let score = total[chosen].score + worth.score;
            edges.push((chosen as u32, score as i32));
            optimum.tier += i128::from(tier);
            optimum.score += i128::from(score);
            let mut at = Some(chosen as u32);
            while let Some(node) = at {
                instance.capacity[node as usize] += 1;
                at = parent[node as usize];
            }
        }
        for _ in 0..CANDIDATES {
            let node = random.below(n_nodes);
            if edges.iter().any(|&(other, _)| other as usize == node) {
                continue;
            }
            if let Some(score) = losing_score(tier, total[node], worth, random) {
                edges.push((node as u32, score as i32));
            }
        }
        random.shuffle(&mut edges);
        instance.push_need(edges);
        tiers.push(tier as u8);
    }
    for (capacity, price) in instance.capacity.iter_mut().zip(&own) {
        if *price == (Price { tier: 0, score: 0 }) {
            *capacity += random.below(4) as u64;
        }
    }
    instance.tier = (max_tier > 0).then_some(tiers);
    instance.optimum = Some(optimum);
    instance
}

/// Workers, organizations of [`MEMBERS`], groups of as many organizations.
fn parents(workers: usize) -> Vec<Option<u32>> {
    let organizations = workers.div_ceil(MEMBERS);
    let groups = organizations.div_ceil(MEMBERS);
    let below = |n: usize, start: usize| (0..n).map(move |v| Some((start + v / MEMBERS) as u32));
    below(workers, workers).chain(below(organizations, workers + organizations)).chain(vec![None; groups]).collect()
}

/// Zero for half of the nodes; a price in tiers now and then, with a score price that may be below zero.
fn own_price(is_worker: bool, max_tier: u8, random: &mut Random) -> Price {
    let highest = if is_worker { 300_000 } else { 150_000 };
    if max_tier > 0 && random.percent(15) {
        return Price { tier: random.between(1, 2), score: random.between(-highest, highest) };
    }
    let score = if random.percent(50) { 0 } else { random.between(1, highest) };
    Price { tier: 0, score }
}

fn price_of_place(node: usize, own: &[Price], parent: &[Option<u32>]) -> Price {
    let mut sum = Price { tier: 0, score: 0 };
    let mut at = Some(node as u32);
    while let Some(node) = at {
        sum.tier += own[node as usize].tier;
        sum.score += own[node as usize].score;
        at = parent[node as usize];
    }
    sum
}

/// A score at which a place is worth no more than `worth` to a need, by a little, a lot or nothing; `None` if every score
/// would be worth more.
fn losing_score(tier: i64, price: Price, worth: Price, random: &mut Random) -> Option<i64> {
    let margin = [0, random.between(0, 100), random.between(0, 400_000)][random.below(3)];
    match (tier - price.tier).cmp(&worth.tier) {
        std::cmp::Ordering::Less => Some(random.between(1, 1_000_000)),
        std::cmp::Ordering::Equal => Some(price.score + worth.score - margin),
        std::cmp::Ordering::Greater => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planted_optimum_counts_the_places_held() {
        for (max_tier, seed) in [(0, 1), (4, 2)] {
            let instance = plant(500, max_tier, &mut Random::new(seed));
            let optimum = instance.optimum.unwrap();
            assert!(optimum.score != 0);
            assert_eq!(optimum.tier > 0, max_tier > 0);
        }
    }
}
