//! Equal needs and equal providers, told apart once, with the outcome of the rules on profiles for each pair of kinds.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::demand::Demand;
use super::pair::{Provider, n_providers};
use super::rule::RuleSet;
use super::rules::failed_by_profile;
use super::supply::Supply;
use crate::model::Problem;
use crate::policy::Policy;

/// Most outcomes that are worked out beforehand; beyond, each pair is evaluated when it comes up.
const MAX_OUTCOMES: usize = 1 << 22;

/// The kinds of needs and providers. A city has some hundred of each.
pub(super) struct Profiles<'a> {
    policy: &'a Policy,
    demands: Vec<Demand>,
    demand_of: Vec<u32>,
    supplies: Vec<Supply>,
    supply_of: Vec<u32>,
    /// One row for each demand, one column for each supply; empty beyond [`MAX_OUTCOMES`].
    failed: Vec<RuleSet>,
}

impl<'a> Profiles<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        Self::with_outcomes(problem, MAX_OUTCOMES)
    }

    /// With at most so many outcomes worked out beforehand.
    fn with_outcomes(problem: &'a Problem, max_outcomes: usize) -> Self {
        let policy = problem.policy();
        let (demands, demand_of) = kinds(problem.needs().iter().map(|need| Demand::of(need, policy)));
        let supply = |node: usize| match Provider::of(problem, node as u32) {
            Provider::Worker(worker) => Supply::of_worker(worker, problem),
            Provider::Organization(organization) => Supply::of_organization(organization, problem),
        };
        let (supplies, supply_of) = kinds((0..n_providers(problem)).map(supply));
        let failed = if demands.len().saturating_mul(supplies.len()) <= max_outcomes {
            let row = |demand| supplies.iter().map(move |supply| failed_by_profile(demand, supply, policy));
            demands.par_iter().flat_map_iter(row).collect()
        } else {
            Vec::new()
        };
        Self { policy, demands, demand_of, supplies, supply_of, failed }
    }

    /// Bytes that [`new`](Self::new) takes at most.
    pub(super) fn bytes(n_needs: usize, n_providers: usize) -> u64 {
        // The maps that tell kinds apart hold each kind once more, in nodes that are at least half full.
        let kinds = n_needs * (size_of::<Demand>() * 3 + 20) + n_providers * (size_of::<Supply>() * 3 + 20);
        let outcomes = n_needs.saturating_mul(n_providers).min(MAX_OUTCOMES) * size_of::<RuleSet>();
        (kinds + outcomes) as u64
    }

    /// The outcomes for one need.
    pub(super) fn of_need(&self, need: usize) -> Outcomes<'_> {
        let kind = self.demand_of[need] as usize;
        let row = kind * self.supplies.len()..(kind + 1) * self.supplies.len();
        Outcomes { profiles: self, demand: &self.demands[kind], failed: self.failed.get(row) }
    }
}

/// The outcomes of the rules on profiles for one need.
#[derive(Clone, Copy)]
pub(super) struct Outcomes<'a> {
    profiles: &'a Profiles<'a>,
    demand: &'a Demand,
    failed: Option<&'a [RuleSet]>,
}

impl Outcomes<'_> {
    /// The rules on profiles that the provider fails.
    pub(super) fn failed(&self, provider: u32) -> RuleSet {
        let kind = self.profiles.supply_of[provider as usize] as usize;
        match self.failed {
            Some(failed) => failed[kind],
            None => failed_by_profile(self.demand, &self.profiles.supplies[kind], self.profiles.policy),
        }
    }

    /// Whether every provider fails, so that none need be looked at.
    pub(super) fn is_hopeless(&self) -> bool {
        self.failed.is_some_and(|failed| failed.iter().all(|rules| !rules.is_empty()))
    }
}

/// The different values, and for each value which of them it is.
fn kinds<T: Copy + Ord>(values: impl Iterator<Item = T>) -> (Vec<T>, Vec<u32>) {
    let mut known = BTreeMap::new();
    let mut different = Vec::new();
    let kind = |value| {
        *known.entry(value).or_insert_with(|| {
            different.push(value);
            different.len() as u32 - 1
        })
    };
    let kind_of = values.map(kind).collect();
    (different, kind_of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Town;

    #[test]
    fn outcomes_are_the_same_beforehand_and_one_by_one() {
        for seed in 0..20 {
            let problem = Town::random(seed, 30, 30).problem();
            let (beforehand, one_by_one) = (Profiles::new(&problem), Profiles::with_outcomes(&problem, 0));
            for need in 0..30 {
                for provider in 0..n_providers(&problem) as u32 {
                    let failed = one_by_one.of_need(need).failed(provider);
                    assert_eq!(beforehand.of_need(need).failed(provider), failed);
                    assert!(failed.is_empty() || one_by_one.of_need(need).failed.is_none());
                }
            }
        }
    }

    #[test]
    fn a_need_without_consent_is_hopeless() {
        let hopeless = |consent| {
            Profiles::new(&Town::of_one(&[("consent", consent)], &[], &[]).problem()).of_need(0).is_hopeless()
        };
        assert!(hopeless(""));
        assert!(!hopeless("general"));
    }
}
