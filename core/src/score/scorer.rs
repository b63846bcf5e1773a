//! Scores of many pairs, with everything worked out beforehand that they share.

use super::criterion::{Criterion, N_CRITERIA};
use super::measure::{NeedSide, ProviderSide};
use super::measure_all;
use crate::candidate::{Site, n_providers};
use crate::encode::scale::weighted_mean;
use crate::model::{NeedId, Problem};

/// All providers and places of a problem, ready to be measured.
pub(crate) struct Scorer<'a> {
    problem: &'a Problem,
    providers: Vec<ProviderSide>,
    sites: Vec<Site>,
    weight_of: [u32; N_CRITERIA],
}

impl<'a> Scorer<'a> {
    pub(crate) fn new(problem: &'a Problem) -> Self {
        let weights = Criterion::ALL.iter().map(|&criterion| problem.policy().weight(criterion));
        let mut weight_of = [0; N_CRITERIA];
        weight_of.iter_mut().zip(weights).for_each(|(slot, weight)| *slot = weight);
        let providers = (0..n_providers(problem) as u32).map(|node| ProviderSide::new(problem, node)).collect();
        Self { problem, providers, sites: Site::of_communities(problem), weight_of }
    }

    /// Bytes of a scorer.
    pub(crate) fn bytes(problem: &Problem) -> u64 {
        (n_providers(problem) * size_of::<ProviderSide>() + problem.communities().len() * size_of::<Site>()) as u64
    }

    /// The measure of each criterion of each provider for a need, in the order of [`Criterion::ALL`].
    pub(crate) fn measures_of_need(&self, need: NeedId) -> impl Fn(u32) -> [i32; N_CRITERIA] + '_ {
        let site = self.sites[self.problem.needs()[need.index()].community.index()];
        let side = NeedSide::new(self.problem, need, site);
        move |node| measure_all(&side, &self.providers[node as usize], self.problem.policy())
    }

    /// The score of each provider for a need.
    pub(crate) fn of_need(&self, need: NeedId) -> impl Fn(u32) -> i32 + '_ {
        let site = self.sites[self.problem.needs()[need.index()].community.index()];
        let side = NeedSide::new(self.problem, need, site);
        move |node| {
            let measures = measure_all(&side, &self.providers[node as usize], self.problem.policy());
            weighted_mean(&measures, &self.weight_of)
        }
    }
}
