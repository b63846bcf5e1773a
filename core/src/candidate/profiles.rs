//! Equal needs and equal providers, told apart once, with the outcome of the rules on profiles for each pair of kinds.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::demand::Demand;
use super::ledger::Ledger;
use super::pair::{Provider, n_providers};
use super::rule::RuleSet;
use super::rules::failed_by_profile;
use super::supply::Supply;
use crate::error::Error;
use crate::model::{Need, Problem};
use crate::policy::Layer;

/// Most outcomes that are worked out beforehand; beyond, each pair is evaluated when it comes up.
const MAX_OUTCOMES: usize = 1 << 24;

/// The kinds of needs and providers. A city has some hundred of each.
pub(super) struct Profiles<'a> {
    problem: &'a Problem,
    /// Each with the layer of the policy that judges it.
    demands: Vec<(Layer, Demand)>,
    demand_of: Vec<u32>,
    supplies: Vec<Supply>,
    supply_of: Vec<u32>,
    /// One row for each demand, one column for each supply; empty beyond [`MAX_OUTCOMES`].
    failed: Vec<RuleSet>,
}

impl<'a> Profiles<'a> {
    pub(super) fn new(problem: &'a Problem, ledger: &mut Ledger<'_>) -> Result<Self, Error> {
        Self::with_outcomes(problem, MAX_OUTCOMES, ledger)
    }

    /// With at most so many outcomes worked out beforehand.
    fn with_outcomes(problem: &'a Problem, max_outcomes: usize, ledger: &mut Ledger<'_>) -> Result<Self, Error> {
        let demand = |need: &Need| (problem.layer_of(need), Demand::of(need, problem.policy_of(need)));
        let (demands, demand_of) = kinds(problem.needs().iter().map(demand), ledger)?;
        let supply = |node: usize| match Provider::of(problem, node as u32) {
            Provider::Worker(worker) => Supply::of_worker(worker, problem),
            Provider::Organization(organization) => Supply::of_organization(organization, problem),
        };
        let (supplies, supply_of) = kinds((0..n_providers(problem)).map(supply), ledger)?;
        let n_outcomes = demands.len().saturating_mul(supplies.len());
        let mut failed = Vec::new();
        if (1..=max_outcomes).contains(&n_outcomes) {
            ledger.take::<RuleSet>(n_outcomes)?;
            failed.resize(n_outcomes, RuleSet::EMPTY);
            let rows = failed.par_chunks_mut(supplies.len()).zip(&demands);
            rows.for_each(|(row, (layer, demand))| {
                let outcome = |supply| failed_by_profile(demand, supply, problem.policy().at(*layer));
                row.iter_mut().zip(&supplies).for_each(|(failed, supply)| *failed = outcome(supply));
            });
        }
        Ok(Self { problem, demands, demand_of, supplies, supply_of, failed })
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
    demand: &'a (Layer, Demand),
    failed: Option<&'a [RuleSet]>,
}

impl Outcomes<'_> {
    /// The rules on profiles that the provider fails.
    pub(super) fn failed(&self, provider: u32) -> RuleSet {
        let kind = self.profiles.supply_of[provider as usize] as usize;
        match self.failed {
            Some(failed) => failed[kind],
            None => {
                let (layer, demand) = self.demand;
                failed_by_profile(demand, &self.profiles.supplies[kind], self.profiles.problem.policy().at(*layer))
            }
        }
    }

    /// Whether every provider fails, so that none need be looked at.
    pub(super) fn is_hopeless(&self) -> bool {
        self.failed.is_some_and(|failed| failed.iter().all(|rules| !rules.is_empty()))
    }
}

/// The different values, and for each value which of them it is.
fn kinds<T: Copy + Ord>(
    values: impl ExactSizeIterator<Item = T>,
    ledger: &mut Ledger<'_>,
) -> Result<(Vec<T>, Vec<u32>), Error> {
    ledger.take::<u32>(values.len())?;
    let mut kind_of = Vec::with_capacity(values.len());
    let (mut known, mut different) = (BTreeMap::new(), Vec::new());
    let mut room = 0;
    for value in values {
        if different.len() == room {
            // Twice each in a list that doubles, and in a map whose nodes may be half empty.
            let more = room.max(64);
            ledger.take::<[(T, u32); 4]>(more)?;
            room += more;
        }
        kind_of.push(*known.entry(value).or_insert_with(|| {
            different.push(value);
            different.len() as u32 - 1
        }));
    }
    Ok((different, kind_of))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::control::Control;
    use crate::testing::Town;

    #[test]
    fn outcomes_are_the_same_beforehand_and_one_by_one() {
        for seed in 0..20 {
            let problem = Town::random(seed, 30, 30).problem();
            let with = |most| Profiles::with_outcomes(&problem, most, &mut Ledger::new(&Control::new())).unwrap();
            let (beforehand, one_by_one) = (with(MAX_OUTCOMES), with(0));
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
            let problem = Town::of_one(&[("consent", consent)], &[], &[]).problem();
            let profiles = Profiles::new(&problem, &mut Ledger::new(&Control::new())).unwrap();
            profiles.of_need(0).is_hopeless()
        };
        assert!(hopeless(""));
        assert!(!hopeless("general"));
    }
}
