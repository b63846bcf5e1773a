//! What matchings of a problem are worth in one number, and what prices allow them to be worth.

use rayon::prelude::*;

use super::scaled::Scaled;
use crate::network::Loads;
use crate::proof::Proof;

/// Prices of a problem, in one number each.
#[derive(Clone, Debug)]
pub(crate) struct Prices {
    /// What a need counts by how much it counts in coverage.
    pub(crate) step: Vec<i128>,
    /// What one unit of score counts.
    pub(crate) unit: i128,
    /// The own price of each node.
    pub(crate) node: Vec<i128>,
    /// The price of each part of a quota that can bind.
    pub(crate) part: Vec<i128>,
}

impl Scaled<'_> {
    /// The prices of a proof that is about the groups of the quotas, and perhaps about more groups after them.
    pub(crate) fn prices(&self, proof: &Proof) -> Prices {
        let quotas = &self.encoded.bounds.quotas;
        let mut part = vec![0; quotas.parts.len()];
        for (&k, &price) in quotas.part_of_group.iter().zip(&proof.demand_price) {
            part[k] = price;
        }
        Prices { step: proof.step.clone(), unit: self.unit.into(), node: proof.price.clone(), part }
    }

    /// What the prices allow any matching to be worth; the greatest number where they are too large to tell.
    pub(crate) fn bound(&self, prices: &Prices) -> i128 {
        self.checked_bound(prices).unwrap_or(i128::MAX)
    }

    fn checked_bound(&self, prices: &Prices) -> Option<i128> {
        let bounds = &self.encoded.bounds;
        let most = |price: i128, floor: u64, cap: u64| {
            price.checked_mul(if price > 0 { cap.min(self.encoded.tier.len() as u64) } else { floor }.into())
        };
        let mut bound = 0_i128;
        for (v, ((&price, &floor), &cap)) in prices.node.iter().zip(&bounds.floor).zip(&bounds.capacity).enumerate() {
            let own = match &self.costs {
                Some(costs) => {
                    best_use(&costs.loads(), v as u32, price, (floor, cap.min(self.encoded.tier.len() as u64)))
                }
                None => most(price, floor, cap),
            };
            bound = bound.checked_add(own?)?;
        }
        let mut of_need = vec![0_i128; self.encoded.tier.len()];
        for (&price, part) in prices.part.iter().zip(&bounds.quotas.parts) {
            bound = bound.checked_add(most(price, part.floor, part.cap.min(part.members.len() as u64))?)?;
            for &need in part.members.iter().filter(|_| price != 0) {
                of_need[need as usize] = of_need[need as usize].checked_add(price)?;
            }
        }
        let full = |v: u32| bounds.forest.path(v).try_fold(0_i128, |sum, v| sum.checked_add(prices.node[v as usize]));
        let full: Vec<i128> = (0..bounds.forest.n_nodes() as u32).map(full).collect::<Option<_>>()?;
        let most = |(need, &of_need): (usize, &i128)| {
            let counts = prices.step[usize::from(self.encoded.tier[need])].checked_sub(of_need)?;
            let worth = |(v, score): (u32, i64)| counts + i128::from(score) - full[v as usize];
            Some(self.edges(need).map(worth).max().unwrap_or(0).max(0))
        };
        let sum = |a: Option<i128>, b: Option<i128>| a?.checked_add(b?);
        let of_needs = of_need.par_iter().enumerate().map(most).reduce(|| Some(0), sum);
        bound.checked_add(of_needs?)
    }

    /// What a matching is worth.
    pub(crate) fn value(&self, node: &[Option<u32>], step: &[i128]) -> i128 {
        let worth = |(need, served_at): (usize, &Option<u32>)| {
            let (_, score) = self.edges(need).find(|&(v, _)| Some(v) == *served_at)?;
            Some(step[usize::from(self.encoded.tier[need])] + i128::from(score))
        };
        node.par_iter().enumerate().filter_map(worth).sum::<i128>() - self.costs_of(node)
    }

    /// What the caseloads of a matching cost.
    fn costs_of(&self, node: &[Option<u32>]) -> i128 {
        let Some(costs) = &self.costs else { return 0 };
        let mut load = vec![0_u64; self.encoded.bounds.forest.n_nodes()];
        node.iter().flatten().for_each(|&v| load[v as usize] += 1);
        load.iter().enumerate().map(|(v, &load)| costs.loads().cost_of_all(v as u32, load)).sum()
    }

    /// Serves needs that still fit, each at its best candidate, and gives what that adds.
    pub(crate) fn fill(&self, node: &mut [Option<u32>], step: &[i128]) -> i128 {
        let (forest, quotas) = (&self.encoded.bounds.forest, &self.encoded.bounds.quotas);
        let mut load = vec![0_u64; forest.n_nodes()];
        node.iter().flatten().for_each(|&v| forest.path(v).for_each(|v| load[v as usize] += 1));
        let of_needs = quotas.of_needs(node.len());
        let count = |k: usize| quotas.parts[k].members.iter().filter(|&&need| node[need as usize].is_some()).count();
        let mut served: Vec<u64> = (0..quotas.parts.len()).map(|k| count(k) as u64).collect();
        let before = self.value(node, step);
        for (need, parts) in of_needs.iter().enumerate() {
            let fits = parts.iter().all(|&k| served[k as usize] < quotas.parts[k as usize].cap);
            if node[need].is_some() || !fits {
                continue;
            }
            let has_room = |v: u32| forest.path(v).all(|v| load[v as usize] < self.encoded.bounds.capacity[v as usize]);
            let open = self.edges(need).filter(|&(v, _)| has_room(v));
            let Some((v, score)) = open.min_by_key(|&(_, score)| std::cmp::Reverse(score)) else { continue };
            let worth = step[usize::from(self.encoded.tier[need])] + i128::from(score);
            if worth > 0 {
                node[need] = Some(v);
                forest.path(v).for_each(|v| load[v as usize] += 1);
                parts.iter().for_each(|&k| served[k as usize] += 1);
            }
        }
        self.value(node, step) - before
    }

    fn edges(&self, need: usize) -> impl Iterator<Item = (u32, i64)> + '_ {
        let row = self.encoded.indptr[need]..self.encoded.indptr[need + 1];
        self.encoded.node[row.clone()].iter().copied().zip(self.score[row].iter().copied())
    }
}

/// The greatest of price · x less the cost of x places, for x from floor to cap. Costs are convex, so every further place
/// that is worth its cost adds the difference.
fn best_use(loads: &Loads<'_>, v: u32, price: i128, (floor, cap): (u64, u64)) -> Option<i128> {
    let mut best = price.checked_mul(floor.into())?.checked_sub(loads.cost_of_all(v, floor))?;
    let (mut from, mut cost) = (0, 0);
    for (until, next) in loads.breakpoints(v).chain([(cap, 0)]) {
        let n = until.min(cap).saturating_sub(from.max(floor));
        best = best.checked_add(price.checked_sub(i128::from(cost))?.max(0).checked_mul(n.into())?)?;
        (from, cost) = (until, next);
    }
    Some(best)
}
