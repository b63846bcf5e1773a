//! Candidates: the pairs of need and provider that pass every hard rule.

mod rule;

mod demand;
mod supply;

mod pair;
mod place;

mod rules;

mod ledger;
mod not_optimised;
mod paid;
mod profiles;
mod reach;

mod index;

mod search;

mod rows;

mod find;

mod blockers;
mod pins;

pub(crate) use blockers::blockers_with;
pub use blockers::{BlockerCounts, blockers, blockers_of};
pub use find::{Candidates, find};
pub(crate) use ledger::Ledger;
pub use not_optimised::NotOptimised;
pub(crate) use not_optimised::not_optimised;
pub(crate) use pair::{Provider, n_providers};
pub use pins::check_pins;
pub(crate) use place::{Base, Site, minutes};
pub(crate) use rows::LocalOrder;
pub use rule::{RuleId, RuleSet};
pub(crate) use search::Search;
pub(crate) use supply::valid_qualifications;

use crate::model::{NeedId, Problem};
use demand::Demand;
use pair::Pair;
use supply::Supply;

/// The hard rules that a pair fails; empty for a candidate.
///
/// Every rule in force is evaluated from the rows of the need and the provider. Providers are numbered: workers first,
/// then organizations, each in canonical order.
///
/// # Panics
///
/// Panics if there is no such need or provider.
#[must_use]
pub fn failed_rules(problem: &Problem, need: NeedId, provider: u32) -> RuleSet {
    let pair = Pair::new(problem, need, provider);
    let demand = Demand::of(pair.need, pair.policy);
    let supply = match pair.provider {
        Provider::Worker(worker) => Supply::of_worker(worker, problem),
        Provider::Organization(organization) => Supply::of_organization(organization, problem),
    };
    rules::failed_by_profile(&demand, &supply, pair.policy).union(rules::failed_by_pair(&pair))
}

#[cfg(test)]
mod tests;
