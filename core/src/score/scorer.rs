//! Scores of many pairs, with everything worked out beforehand that they share.

use std::collections::BTreeMap;

use super::criterion::{Criterion, N_CRITERIA};
use super::measure::{NeedSide, ProviderSide};
use super::measure_all;
use super::switch::is_switch;
use crate::candidate::{Site, n_providers};
use crate::encode::scale::{weighted_mean, with_penalty};
use crate::model::{NeedId, Problem};
use crate::policy::{Layer, Policy};

/// All providers and places of a problem, ready to be measured.
pub(crate) struct Scorer<'a> {
    problem: &'a Problem,
    providers: Vec<ProviderSide>,
    sites: Vec<Site>,
    /// For each layer of the policy the weights.
    weights: BTreeMap<Layer, [u32; N_CRITERIA]>,
}

impl<'a> Scorer<'a> {
    pub(crate) fn new(problem: &'a Problem) -> Self {
        let policy = problem.policy();
        let weights = policy.layers().map(|layer| (layer, weights_of(policy.at(layer)))).collect();
        let providers = (0..n_providers(problem) as u32).map(|node| ProviderSide::new(problem, node)).collect();
        Self { problem, providers, sites: Site::of_communities(problem), weights }
    }

    /// Bytes of a scorer.
    pub(crate) fn bytes(problem: &Problem) -> u64 {
        (n_providers(problem) * size_of::<ProviderSide>() + problem.communities().len() * size_of::<Site>()) as u64
    }

    /// The measure of each criterion of each provider for a need, in the order of [`Criterion::ALL`].
    pub(crate) fn measures_of_need(&self, need: NeedId) -> impl Fn(u32) -> [i32; N_CRITERIA] + '_ {
        let row = &self.problem.needs()[need.index()];
        let side = NeedSide::new(self.problem, need, self.sites[row.community.index()]);
        let policy = self.problem.policy_of(row);
        move |node| measure_all(&side, &self.providers[node as usize], policy)
    }

    /// The score of each provider for a need.
    pub(crate) fn of_need(&self, need: NeedId) -> impl Fn(u32) -> i32 + '_ {
        let measures = self.measures_of_need(need);
        let row = &self.problem.needs()[need.index()];
        let weights = self.weights[&self.problem.layer_of(row)];
        let penalty = self.problem.policy().switch_penalty();
        move |node| {
            let mean = weighted_mean(&measures(node), &weights);
            with_penalty(mean, penalty, is_switch(row, &self.providers[node as usize]))
        }
    }
}

/// The weights of a policy, in the order of [`Criterion::ALL`].
pub(crate) fn weights_of(policy: &Policy) -> [u32; N_CRITERIA] {
    let mut weights = [0; N_CRITERIA];
    weights.iter_mut().zip(Criterion::ALL).for_each(|(slot, &criterion)| *slot = policy.weight(criterion));
    weights
}
