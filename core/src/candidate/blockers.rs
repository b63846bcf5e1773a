//! Why a need has no candidate: how many providers of its domain and area each rule keeps away.

use rayon::prelude::*;

use super::failed_rules;
use super::ledger::Ledger;
use super::pair::n_providers;
use super::rule::{RuleId, RuleSet};
use super::search::{Bans, Search};
use crate::control::Control;
use crate::error::Error;
use crate::model::{NeedId, Problem};

/// How many of the providers that serve a need's domain and area fail each rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BlockerCounts {
    /// Providers that serve the need's domain (D01) and its community (H14); the other rules are counted over these.
    pub n_providers: u32,
    failed: [u32; RuleId::ALL.len()],
    failed_alone: [u32; RuleId::ALL.len()],
}

impl BlockerCounts {
    /// How many providers of the area fail the rule; none fails D01 or H14.
    #[must_use]
    pub fn failed(&self, rule: RuleId) -> u32 {
        self.failed[rule as usize]
    }

    /// How many providers of the area fail the rule and no other: they would be candidates without it.
    #[must_use]
    pub fn failed_alone(&self, rule: RuleId) -> u32 {
        self.failed_alone[rule as usize]
    }

    fn add(&mut self, failed: RuleSet) {
        failed.iter().for_each(|rule| self.failed[rule as usize] += 1);
        if failed.len() == 1 {
            failed.iter().for_each(|rule| self.failed_alone[rule as usize] += 1);
        }
    }
}

/// Counts for one need, straight from the rules; for many needs [`blockers_of`] is much faster.
///
/// # Panics
///
/// Panics if there is no such need.
///
/// # Complexity
///
/// O(providers), about a microsecond each.
#[must_use]
pub fn blockers(problem: &Problem, need: NeedId) -> BlockerCounts {
    let mut counts = BlockerCounts::default();
    for failed in (0..n_providers(problem) as u32).map(|node| failed_rules(problem, need, node)) {
        if !failed.contains(RuleId::D01) && !failed.contains(RuleId::H14) {
            counts.n_providers += 1;
            counts.add(failed);
        }
    }
    counts
}

/// Counts for each of these needs, in their order. Works in whatever rayon pool is current.
///
/// # Errors
///
/// [`Error::Cancelled`], and [`Error::Limit`] before more memory is taken than the budget allows.
///
/// # Complexity
///
/// O(needs · providers of their domains and areas).
pub fn blockers_of(problem: &Problem, needs: &[NeedId], control: &Control) -> Result<Vec<BlockerCounts>, Error> {
    blockers_with(&Search::new(problem, &mut Ledger::new(control))?, needs, control)
}

/// As [`blockers_of`], with a search that is there already.
///
/// # Errors
///
/// [`Error::Cancelled`].
pub(crate) fn blockers_with(
    search: &Search<'_>,
    needs: &[NeedId],
    control: &Control,
) -> Result<Vec<BlockerCounts>, Error> {
    let counted = |&need: &NeedId| {
        control.check()?;
        Ok(count(search, need))
    };
    needs.par_iter().map(counted).collect()
}

fn count(search: &Search<'_>, id: NeedId) -> BlockerCounts {
    let need = &search.problem.needs()[id.index()];
    let (site, outcomes, bans) = (search.site(need), search.profiles.of_need(id.index()), Bans::of(need, search));
    let near = search.near(need);
    let in_area = near.index.covering(need.domain, &site);
    let mut counts = BlockerCounts { n_providers: in_area.len() as u32, ..Default::default() };
    for node in in_area {
        let far = if near.holds(&site, node) { RuleSet::EMPTY } else { RuleSet::EMPTY.with(RuleId::T01) };
        counts.add(outcomes.failed(node).union(bans.failed(node)).union(far));
    }
    counts
}
