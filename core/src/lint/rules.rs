//! Rules that keep every provider away.

use std::collections::BTreeMap;

use super::finding::{Finding, Lint};
use super::pairs::Pairs;
use crate::candidate::{BlockerCounts, RuleId, Search, blockers_with, not_optimised};
use crate::control::Control;
use crate::error::Error;
use crate::model::codes::Domain;
use crate::model::{NeedId, Problem};

/// Adds, for each rule and domain, how many needs one rule alone suffices to leave without a candidate: every provider of
/// the domain and area fails it, or no provider of the domain covers the community (H14), or nobody serves the domain (D01).
pub(super) fn add(
    problem: &Problem,
    search: &Search<'_>,
    pairs: &Pairs,
    found: &mut Vec<Finding>,
    control: &Control,
) -> Result<(), Error> {
    let takes_part = |id: &NeedId| {
        let need = &problem.needs()[id.index()];
        need.pinned_worker.is_none() && not_optimised(problem, need).is_none()
    };
    let needs: Vec<NeedId> = (0..problem.needs().len()).map(NeedId::new).filter(takes_part).collect();
    let domain = |id: NeedId| problem.needs()[id.index()].domain;
    let mut of_domain: BTreeMap<Domain, u64> = BTreeMap::new();
    needs.iter().for_each(|&id| *of_domain.entry(domain(id)).or_default() += 1);

    let without: Vec<NeedId> = needs.iter().copied().filter(|id| !pairs.has_candidate[id.index()]).collect();
    let counts = blockers_with(search, &without, control)?;
    let served = search.served_domains();
    let mut blocked: BTreeMap<(RuleId, Domain), u64> = BTreeMap::new();
    for (&id, counts) in without.iter().zip(&counts) {
        for rule in blocking(served.contains(domain(id)), counts) {
            *blocked.entry((rule, domain(id))).or_default() += 1;
        }
    }

    let key = |rule: RuleId| format!("rules.{}", rule.code());
    for &rule in RuleId::ALL {
        let mut own: Vec<(Domain, u64)> =
            blocked.iter().filter(|(of, _)| of.0 == rule).map(|(&(_, domain), &n)| (domain, n)).collect();
        let all: u64 = own.iter().map(|(_, n)| n).sum();
        if all > 0 && all == needs.len() as u64 {
            found.push(Finding::new(Lint::RuleBlocksEveryone, key(rule)).numbers(all, all));
            own.clear();
        }
        for (domain, n) in own {
            let of = of_domain[&domain];
            let lint = if n == of { Lint::RuleBlocksEveryone } else { Lint::RuleBlocksSome };
            found.push(Finding::new(lint, key(rule)).about(domain.code()).numbers(n, of));
        }
    }
    Ok(())
}

/// The rules of which each alone keeps everybody away.
fn blocking(is_served: bool, counts: &BlockerCounts) -> Vec<RuleId> {
    if counts.n_providers == 0 {
        return vec![if is_served { RuleId::H14 } else { RuleId::D01 }];
    }
    RuleId::ALL.iter().copied().filter(|&rule| counts.failed(rule) == counts.n_providers).collect()
}
