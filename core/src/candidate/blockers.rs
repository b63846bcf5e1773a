//! Why a need has no candidate: how many providers each rule keeps away.

use rayon::prelude::*;

use super::index::domains;
use super::pair::{Provider, n_providers};
use super::profiles::SupplyKind;
use super::rule::{RuleId, RuleSet};
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

    fn add(&mut self, failed: RuleSet, n_providers: u32) {
        failed.iter().for_each(|rule| self.failed[rule as usize] += n_providers);
    }

    /// Counts a provider that fails these rules and no other.
    fn add_alone(&mut self, failed: RuleSet) {
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
    Serving::all(&search)[problem.needs()[need.index()].domain as usize].count(&search, need)
}

/// Counts for each of these needs, in their order. Works in whatever rayon pool is current.
///
/// # Errors
///
/// [`Error::Cancelled`].
///
/// # Complexity
///
/// O(needs · providers of their domains), a few nanoseconds each.
pub fn blockers_of(problem: &Problem, needs: &[NeedId], control: &Control) -> Result<Vec<BlockerCounts>, Error> {
    control.reserve(Search::bytes(problem))?;
    let search = Search::new(problem);
    let serving = Serving::all(&search);
    let counted = |&need: &NeedId| {
        control.check()?;
        Ok(serving[problem.needs()[need.index()].domain as usize].count(&search, need))
    };
    needs.par_iter().map(counted).collect()
}

/// The providers of one domain.
struct Serving {
    /// In ascending order.
    providers: Vec<u32>,
    kinds: Vec<(SupplyKind, u32)>,
}

impl Serving {
    /// For each domain.
    fn all(search: &Search<'_>) -> Vec<Self> {
        let mut providers = vec![Vec::new(); Domain::ALL.len()];
        for node in 0..n_providers(search.problem) as u32 {
            let served = domains(Provider::of(search.problem, node));
            served.for_each(|domain| providers[domain as usize].push(node));
        }
        let serving = |providers: Vec<u32>| Self { kinds: search.profiles.count_kinds(&providers), providers };
        providers.into_iter().map(serving).collect()
    }

    /// Most providers of a domain are neither near nor in charge of the area, so nothing else is asked of these one by
    /// one: how many fail the rules on profiles follows from their kinds.
    fn count(&self, search: &Search<'_>, id: NeedId) -> BlockerCounts {
        let need = &search.problem.needs()[id.index()];
        let mut counts = BlockerCounts { n_providers: self.providers.len() as u32, ..Default::default() };
        let others = n_providers(search.problem) - self.providers.len();
        counts.add(RuleSet::EMPTY.with(RuleId::D01), others as u32);

        let outcomes = search.profiles.of_need(id.index());
        self.kinds.iter().for_each(|&(kind, count)| counts.add(outcomes.failed_by_kind(kind), count));
        let bans = Bans::of(need, search);
        if bans.any {
            self.providers.iter().for_each(|&node| counts.add(bans.failed(node), 1));
        }

        let site = search.site(need);
        let covering = search.index.covering(need.domain, &site);
        let mut covering = covering.iter().copied().peekable();
        for &node in &self.providers {
            let mut failed = RuleSet::EMPTY;
            if covering.next_if_eq(&node).is_none() {
                failed = failed.with(RuleId::H14);
            }
            if !search.is_near(&site, node) {
                failed = failed.with(RuleId::T01);
            }
            counts.add(failed, 1);
            if failed.len() < 2 {
                counts.add_alone(failed.union(outcomes.failed(node)).union(bans.failed(node)));
            }
        }
        counts
    }
}
