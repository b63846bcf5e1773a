//! Quotas as groups of needs: those that lie within or beside each other make a forest.
//!
//! A quota is about a set of needs; one with bounds for each household is about a set for each. Of sets that are taken
//! by size, the largest first, each fits below the others if all its needs have the same smallest set around them: every
//! set that holds one of its needs then holds all. A set that does not fit crosses another one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::kinds;
use crate::candidate::not_optimised;
use crate::matching::{Kind, Limited};
use crate::model::{NeedId, Problem, QuotaId};
use crate::network::{Demand, MAX_DEPTH};

/// The needs of a quota, of one household of it, or of a kind, that are left to decide, and what is left of its bounds.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) of: Limited,
    /// The needs, ascending.
    pub(crate) members: Vec<u32>,
    pub(crate) floor: u64,
    pub(crate) cap: u64,
}

impl Part {
    /// The quota, where it is of one.
    pub(crate) fn quota(&self) -> Option<QuotaId> {
        match self.of {
            Limited::Quota(quota, _) => Some(quota),
            Limited::Node(_) | Limited::Kind(_) => None,
        }
    }

    /// Whether it is of a kind of needs.
    pub(crate) fn is_of_kind(&self) -> bool {
        matches!(self.of, Limited::Kind(_))
    }
}

/// A forest of groups of needs, owning its arrays.
#[derive(Clone, Debug, Default)]
pub(crate) struct Groups {
    pub(crate) group_of_need: Vec<Option<u32>>,
    pub(crate) parent: Vec<Option<u32>>,
    pub(crate) cap: Vec<u64>,
    pub(crate) floor: Vec<u64>,
}

impl Groups {
    pub(crate) fn demand(&self) -> Demand<'_> {
        Demand { group_of_need: &self.group_of_need, parent: &self.parent, cap: &self.cap, floor: &self.floor }
    }
}

/// All parts that can bind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quotas {
    /// The parts, the largest first.
    pub(crate) parts: Vec<Part>,
    /// The forest that some of them make.
    pub(crate) groups: Groups,
    /// For each group of the forest its part.
    pub(crate) part_of_group: Vec<usize>,
    /// The other parts, which cross some of the forest.
    pub(crate) crossing: Vec<usize>,
}

impl Quotas {
    /// Of a problem.
    ///
    /// # Complexity
    ///
    /// O(quotas · needs).
    pub(crate) fn of(problem: &Problem) -> Self {
        let n_needs = problem.needs().len() as u64;
        let mut parts = parts(problem);
        parts.extend(kinds::parts(problem));
        if parts.is_empty() {
            return Self::default();
        }
        for part in &mut parts {
            // More than all needs together never binds.
            part.cap = part.cap.min(n_needs.max(part.floor));
        }
        // The floors of kinds rise with what the objective finds.
        parts.retain(|part| part.is_of_kind() || part.floor > 0 || part.cap < part.members.len() as u64);
        // What cannot be met comes first, so that nothing crosses it; of equal size kinds come first, so that no quota about
        // one kind lies above it, and the others in the canonical order.
        parts.sort_by_key(|part| {
            let size = part.members.len();
            (part.floor <= size as u64, std::cmp::Reverse(size), !part.is_of_kind(), part.of)
        });
        let mut quotas = Self { parts, ..Self::default() };
        quotas.arrange(problem.needs().len());
        quotas
    }

    /// Some of the parts alone, in a forest of their own.
    pub(crate) fn only(&self, holds: impl Fn(&Part) -> bool) -> Self {
        let parts = self.parts.iter().filter(|part| holds(part)).cloned().collect();
        let mut quotas = Self { parts, ..Self::default() };
        quotas.arrange(self.groups.group_of_need.len());
        quotas
    }

    /// A kind and the quotas that hold needs of it alone.
    pub(crate) fn within(&self, kind: Kind) -> Self {
        let of = Limited::Kind(kind);
        let mut is_its = vec![false; self.groups.group_of_need.len()];
        for part in self.parts.iter().filter(|part| part.of == of) {
            part.members.iter().for_each(|&need| is_its[need as usize] = true);
        }
        let is_within = |part: &Part| part.members.iter().all(|&need| is_its[need as usize]);
        self.only(|part| part.of == of || (!part.is_of_kind() && is_within(part)))
    }

    fn arrange(&mut self, n_needs: usize) {
        let groups = &mut self.groups;
        groups.group_of_need = vec![None; n_needs];
        let mut depth: Vec<usize> = Vec::new();
        for (k, part) in self.parts.iter().enumerate() {
            let mut around = part.members.iter().map(|&need| groups.group_of_need[need as usize]);
            let first = around.next().flatten();
            let level = first.map_or(1, |g| depth[g as usize] + 1);
            // One level is left for shares of sets that cross.
            if around.any(|other| other != first) || level >= MAX_DEPTH {
                self.crossing.push(k);
                continue;
            }
            let group = groups.parent.len() as u32;
            groups.parent.push(first);
            groups.cap.push(part.cap);
            groups.floor.push(part.floor);
            depth.push(level);
            self.part_of_group.push(k);
            part.members.iter().for_each(|&need| groups.group_of_need[need as usize] = Some(group));
        }
    }

    /// Whether a matching serves as many needs of a part as its bounds allow.
    pub(crate) fn is_met(&self, part: usize, node: &[Option<u32>]) -> bool {
        let part = &self.parts[part];
        let served = part.members.iter().filter(|&&need| node[need as usize].is_some()).count() as u64;
        (part.floor..=part.cap).contains(&served)
    }

    /// For each need the parts that hold it.
    pub(crate) fn of_needs(&self, n_needs: usize) -> Vec<Vec<u32>> {
        let mut of_needs = vec![Vec::new(); n_needs];
        for (k, part) in self.parts.iter().enumerate() {
            part.members.iter().for_each(|&need| of_needs[need as usize].push(k as u32));
        }
        of_needs
    }

    /// Lets the floor of each kind be a number of its needs to decide.
    pub(crate) fn set_floors_of_kinds(&mut self, floor: impl Fn(Kind) -> u64) {
        for part in &mut self.parts {
            if let Limited::Kind(kind) = part.of {
                part.floor = floor(kind);
            }
        }
        for (own, &k) in self.groups.floor.iter_mut().zip(&self.part_of_group) {
            *own = self.parts[k].floor;
        }
    }

    /// The quotas of which a part overlaps another part, and neither holds the other.
    pub(crate) fn crossing_quotas(&self, n_needs: usize) -> BTreeSet<QuotaId> {
        let mut common: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        for parts in self.of_needs(n_needs) {
            for (k, &a) in parts.iter().enumerate() {
                parts[k + 1..].iter().for_each(|&b| *common.entry((a, b)).or_default() += 1);
            }
        }
        let size = |k: u32| self.parts[k as usize].members.len();
        let crosses = |&((a, b), n): &((u32, u32), usize)| n < size(a) && n < size(b);
        let pairs = common.into_iter().filter(crosses);
        pairs.flat_map(|((a, b), _)| [a, b]).filter_map(|k| self.parts[k as usize].quota()).collect()
    }
}

/// Every quota, and every household of a quota that is for each, with what pinned needs leave of its bounds.
fn parts(problem: &Problem) -> Vec<Part> {
    let first_of_household = first_of_households(problem);
    let mut parts = Vec::new();
    for (k, quota) in problem.quotas().iter().enumerate() {
        // Where the part of all, or of a household by its first need, is among those of the quota.
        let mut place: HashMap<Option<NeedId>, usize> = HashMap::new();
        let mut of_quota: Vec<Part> = Vec::new();
        let new = |household| Part {
            of: Limited::Quota(QuotaId::new(k), household),
            members: Vec::new(),
            floor: quota.floor,
            cap: quota.cap.unwrap_or(u64::MAX),
        };
        if !quota.per_household {
            place.insert(None, 0);
            of_quota.push(new(None));
        }
        for (position, need) in problem.needs().iter().enumerate() {
            if !problem.is_about(quota, need) {
                continue;
            }
            let household = need.household.as_deref().filter(|_| quota.per_household).map(|id| first_of_household[id]);
            let k = *place.entry(household).or_insert(of_quota.len());
            if k == of_quota.len() {
                of_quota.push(new(household));
            }
            let part = &mut of_quota[k];
            if need.pinned_worker.is_some() {
                part.floor = part.floor.saturating_sub(1);
                part.cap = part.cap.saturating_sub(1);
            } else if not_optimised(problem, need).is_none() {
                part.members.push(position as u32);
            }
        }
        parts.append(&mut of_quota);
    }
    parts
}

/// The first need of each household in the canonical order, which stands for it.
pub(super) fn first_of_households(problem: &Problem) -> HashMap<&str, NeedId> {
    let mut first = HashMap::new();
    for (position, need) in problem.needs().iter().enumerate() {
        if let Some(household) = need.household.as_deref() {
            first.entry(household).or_insert(NeedId::new(position));
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quotas(sets: &[&[u32]], n_needs: usize) -> Quotas {
        let part = |(k, members): (usize, &&[u32])| Part {
            of: Limited::Quota(QuotaId::new(k), None),
            members: members.to_vec(),
            floor: 0,
            cap: 0,
        };
        let mut parts: Vec<Part> = sets.iter().enumerate().map(part).collect();
        parts.sort_by_key(|part| (std::cmp::Reverse(part.members.len()), part.of));
        let mut quotas = Quotas { parts, ..Quotas::default() };
        quotas.arrange(n_needs);
        quotas
    }

    #[test]
    fn sets_within_and_beside_each_other_make_a_forest() {
        let quotas = quotas(&[&[0, 1, 2, 3], &[0, 1], &[2], &[4], &[0, 1]], 5);
        assert_eq!(quotas.groups.parent, [None, Some(0), Some(1), Some(0), None]);
        assert_eq!(quotas.groups.group_of_need, [Some(2), Some(2), Some(3), Some(0), Some(4)]);
        assert!(quotas.crossing.is_empty() && quotas.crossing_quotas(5).is_empty());
    }

    #[test]
    fn sets_that_cross_are_noticed_on_both_sides() {
        let quotas = quotas(&[&[0, 1, 2], &[2, 3], &[4]], 5);
        assert_eq!(quotas.crossing, [1]);
        let crossing: Vec<usize> = quotas.crossing_quotas(5).into_iter().map(QuotaId::index).collect();
        assert_eq!(crossing, [0, 1]);
    }

    #[test]
    fn a_chain_that_is_too_deep_is_not_in_the_forest() {
        let members: Vec<Vec<u32>> = (1..=40).rev().map(|n| (0..n).collect()).collect();
        let sets: Vec<&[u32]> = members.iter().map(Vec::as_slice).collect();
        let quotas = quotas(&sets, 40);
        assert_eq!(quotas.groups.parent.len() + quotas.crossing.len(), 40);
        assert!(!quotas.crossing.is_empty() && quotas.crossing_quotas(40).is_empty());
    }
}
