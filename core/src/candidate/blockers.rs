//! Why a need has no candidate: how many providers each rule keeps away.

use rayon::prelude::*;

use super::index::domains;
use super::pair::{Provider, n_providers};
use super::rule::{RuleId, RuleSet};
use super::rules::serves_area;
use super::search::{Bans, Search};
use crate::control::Control;
use crate::error::Error;
use crate::model::codes::Domain;
use crate::model::{NeedId, Problem};

/// How many providers of a need's domain fail each rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BlockerCounts {
    /// Providers that serve the need's domain; the others fail D01 and are not counted further.
    pub n_providers: u32,
    failed: [u32; RuleId::ALL.len()],
    failed_alone: [u32; RuleId::ALL.len()],
}

impl BlockerCounts {
    /// How many providers fail the rule; for D01 how many do not serve the domain.
    #[must_use]
    pub fn failed(&self, rule: RuleId) -> u32 {
        self.failed[rule as usize]
    }

    /// How many providers fail the rule and no other: they would be candidates without it.
    #[must_use]
    pub fn failed_alone(&self, rule: RuleId) -> u32 {
        self.failed_alone[rule as usize]
    }

    fn count(&mut self, failed: RuleSet) {
        failed.iter().for_each(|rule| self.failed[rule as usize] += 1);
        if failed.len() == 1 {
            failed.iter().for_each(|rule| self.failed_alone[rule as usize] += 1);
        }
    }
}

/// Counts for one need; for many needs [`blockers_of`] is much faster.
///
/// # Panics
///
/// Panics if there is no such need.
#[must_use]
pub fn blockers(problem: &Problem, need: NeedId) -> BlockerCounts {
    let search = Search::new(problem);
    count(&search, &providers_by_domain(problem), need)
}

/// Counts for each of these needs, in their order. Works in whatever rayon pool is current.
///
/// # Errors
///
/// [`Error::Cancelled`].
///
/// # Complexity
///
/// O(needs · providers of their domains), some nanoseconds each.
pub fn blockers_of(problem: &Problem, needs: &[NeedId], control: &Control) -> Result<Vec<BlockerCounts>, Error> {
    control.reserve(Search::bytes(problem))?;
    let search = Search::new(problem);
    let serving = providers_by_domain(problem);
    let counted = |&need: &NeedId| {
        control.check()?;
        Ok(count(&search, &serving, need))
    };
    needs.par_iter().map(counted).collect()
}

fn providers_by_domain(problem: &Problem) -> Vec<Vec<u32>> {
    let mut serving = vec![Vec::new(); Domain::ALL.len()];
    for node in 0..n_providers(problem) as u32 {
        domains(Provider::of(problem, node)).for_each(|domain| serving[domain as usize].push(node));
    }
    serving
}

fn count(search: &Search<'_>, serving: &[Vec<u32>], id: NeedId) -> BlockerCounts {
    let problem = search.problem;
    let need = &problem.needs()[id.index()];
    let serving = &serving[need.domain as usize];
    let mut counts = BlockerCounts { n_providers: serving.len() as u32, ..Default::default() };
    counts.failed[RuleId::D01 as usize] = (n_providers(problem) - serving.len()) as u32;

    let (site, outcomes, bans) = (search.site(need), search.profiles.of_need(id.index()), Bans::of(need, problem));
    let has_area = problem.policy().has_rule(RuleId::H14);
    for &node in serving {
        let mut failed = outcomes.failed(node).union(bans.failed(node));
        if has_area && !serves_area(need, site.code, Provider::of(problem, node), problem) {
            failed = failed.with(RuleId::H14);
        }
        if !search.is_near(&site, node) {
            failed = failed.with(RuleId::T01);
        }
        counts.count(failed);
    }
    counts
}
