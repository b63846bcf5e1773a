//! Kinds of needs that an objective compares, as groups of needs with floors.

use std::collections::BTreeMap;

use super::quotas::Part;
use crate::candidate::not_optimised;
use crate::matching::{Kind, Limited, Rate, Unmet};
use crate::model::codes::DivisionLevel;
use crate::model::{Need, NeedId, Problem};
use crate::policy::Over;
use crate::score::ScoredCandidates;

/// The kinds to which a need belongs.
pub(super) fn of_need(problem: &Problem, need: &Need) -> Vec<Kind> {
    let community = || problem.communities()[need.community.index()].code;
    match problem.policy().over() {
        _ if !problem.policy().objective().compares_kinds() => Vec::new(),
        Over::County => vec![Kind::Area(community().at_level(DivisionLevel::County))],
        Over::Township => vec![Kind::Area(community().at_level(DivisionLevel::Township))],
        Over::ClientGroup => need.groups.iter().map(Kind::ClientGroup).collect(),
    }
}

/// Every kind with the needs that are left to decide. Its floor is for the objective to find.
pub(super) fn parts(problem: &Problem) -> Vec<Part> {
    let mut members: BTreeMap<Kind, Vec<u32>> = BTreeMap::new();
    for (position, need) in problem.needs().iter().enumerate() {
        if need.pinned_worker.is_none() && not_optimised(problem, need).is_none() {
            for kind in of_need(problem, need) {
                members.entry(kind).or_default().push(position as u32);
            }
        }
    }
    let part = |(kind, members): (Kind, Vec<u32>)| {
        let cap = members.len() as u64;
        Part { of: Limited::Kind(kind), members, floor: 0, cap }
    };
    members.into_iter().map(part).collect()
}

/// How many needs of a kind have a candidate, and how many of them are pinned.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Size {
    pub(crate) needs: u64,
    pub(crate) pinned: u64,
}

impl Size {
    /// Fewest that must be served for no lower rate.
    pub(crate) fn at(self, rate: Rate) -> u64 {
        (u128::from(rate.served) * u128::from(self.needs)).div_ceil(rate.needs.into()) as u64
    }

    /// Fewest that must be served for a higher rate.
    pub(crate) fn above(self, rate: Rate) -> u64 {
        (u128::from(rate.served) * u128::from(self.needs) / u128::from(rate.needs)) as u64 + 1
    }
}

/// The size of every kind of which any need has a candidate.
pub(crate) type Sizes = BTreeMap<Kind, Size>;

/// Counts the needs of all kinds.
///
/// # Complexity
///
/// O(needs).
pub(crate) fn sizes(problem: &Problem, scored: &ScoredCandidates) -> Sizes {
    let mut sizes = Sizes::new();
    for (position, need) in problem.needs().iter().enumerate() {
        if scored.row(NeedId::new(position)).len() > 0 {
            for kind in of_need(problem, need) {
                let size = sizes.entry(kind).or_default();
                size.needs += 1;
                size.pinned += u64::from(need.pinned_worker.is_some());
            }
        }
    }
    sizes
}

/// What the objective came to.
#[derive(Clone, Debug)]
pub(crate) struct Reached {
    pub(crate) sizes: Sizes,
    /// Fewest needs of each kind to serve, pinned ones included.
    pub(crate) floor: BTreeMap<Kind, u64>,
    /// The least rate of any kind.
    pub(crate) least: Rate,
    /// No matching has a greater one.
    pub(crate) bound: Rate,
    /// What proves the bound, where it is below 1/1.
    pub(crate) proof: Option<Unmet>,
    /// Where the other rates count too, what bounds them.
    pub(crate) ceilings: Vec<Unmet>,
    /// Then no matching has greater rates than these, ascending.
    pub(crate) greatest: Vec<Rate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors_are_the_fewest_needs_of_no_lower_and_of_a_higher_rate() {
        for needs in 1..=12 {
            let size = Size { needs, pinned: 0 };
            for (served, of) in (1..=9).flat_map(|of| (0..of).map(move |served| (served, of))) {
                let rate = Rate::of(served, of);
                let first = |holds: &dyn Fn(Rate) -> bool| (0..=needs).find(|&k| holds(Rate::of(k, needs)));
                assert_eq!(Some(size.at(rate)), first(&|other| other >= rate));
                assert_eq!(Some(size.above(rate)), first(&|other| other > rate));
            }
        }
    }
}
