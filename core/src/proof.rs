//! What proves a result where floors, groups of needs or costs of places bind.

use crate::solve::Price;

/// Prices that prove an optimum, in one number each.
///
/// A need of tier t that is served counts `step[t]` plus its score. The steps are so large that one more need of a tier
/// outweighs everything that could be lost in lower tiers and in score, so the greatest sum is the best result tier by
/// tier. No feasible assignment has a greater sum than the prices allow:
///
/// Σ over nodes of the greatest `price · x − cost of x places` for x from floor to capacity,
/// plus Σ over groups of the greatest `demand_price · x` for x from floor to cap,
/// plus Σ over needs of the most that an edge is worth after all prices above its node and its need, and at least 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// What a need counts by its tier, from tier 0, which counts nothing, up to the highest tier of any need.
    pub step: Vec<i128>,
    /// Each node's own price; below zero where a floor forces places to be taken. *Shape*: `[n_nodes]`.
    pub price: Vec<i128>,
    /// Each group's own price; below zero where a floor forces needs to be served. *Shape*: `[n_groups]`.
    pub demand_price: Vec<i128>,
}

impl Proof {
    /// A price taken apart: how many steps of which tiers, each step counted with its tier, and what is left in score.
    /// For reading; the proof itself is in the one number. Ends of the range stand for what does not fit.
    #[must_use]
    pub fn in_tiers(&self, price: i128) -> Price {
        in_tiers(&self.step, 1, price)
    }
}

/// A number taken apart: how many of these steps, each counted with its tier, and what is left in score, of which one
/// counts so many units; rounded down.
pub(crate) fn in_tiers(step: &[i128], unit: i128, price: i128) -> Price {
    let (mut tier, mut score) = (0_i128, price);
    for (t, &step) in step.iter().enumerate().skip(1).rev().filter(|(_, step)| **step > 0) {
        let steps = score.saturating_add(step / 2).div_euclid(step);
        tier = tier.saturating_add(steps.saturating_mul(t as i128));
        score = score.saturating_sub(steps.saturating_mul(step));
    }
    let fit = |x: i128| x.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
    Price { tier: fit(tier), score: fit(score.div_euclid(unit)) }
}

/// Proves that no assignment meets all floors.
///
/// Think of every served need as a unit that flows from outside through its groups to the need, on to a node, and up the
/// supply forest to outside. The set holds `needs`, `groups` and `nodes` such that caps and floors at its border cannot
/// agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TightSet {
    /// What there is too little of.
    pub shortage: Shortage,
    /// How many more of them the floors at the border ask for than the caps at the border allow. No set at all is short
    /// of more, whichever of the two.
    pub missing: u64,
    /// Needs in the set, ascending.
    pub needs: Vec<u32>,
    /// Groups of needs in the set, ascending.
    pub groups: Vec<u32>,
    /// Nodes of the supply forest in the set, ascending.
    pub nodes: Vec<u32>,
}

/// What there is too little of to meet the floors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Shortage {
    /// Places: more needs must be served in the set than it has places for.
    Places,
    /// Needs: more places of the set must be taken than it has needs for.
    Needs,
}
