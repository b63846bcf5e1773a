//! Everything worked out beforehand, and the search for the candidates of one need.

use std::collections::BTreeMap;

use super::index::{Index, domains};
use super::ledger::Ledger;
use super::not_optimised::not_optimised;
use super::paid::Paid;
use super::pair::{Provider, n_providers, organization_of};
use super::place::{Site, is_near_if_unknown};
use super::profiles::Profiles;
use super::rules::{is_assessor, is_excluded};
use super::{RuleId, RuleSet, failed_rules};
use crate::error::Error;
use crate::model::codes::Domains;
use crate::model::{Need, NeedId, OrganizationId, Problem, WorkerId};
use crate::policy::{Layer, Policy};

/// Rules that depend on the standing of an organization, of which volunteers are one consequence.
const OF_STANDING: RuleSet = RuleSet::EMPTY.with(RuleId::H02).with(RuleId::H01).with(RuleId::H07).with(RuleId::H15);

/// A problem with profiles and index.
pub(crate) struct Search<'a> {
    pub(super) problem: &'a Problem,
    pub(super) profiles: Profiles<'a>,
    /// One for each way in which policies of areas find providers.
    indexes: Vec<Index>,
    /// For each layer of the policy its index.
    index_of: BTreeMap<Layer, usize>,
    /// For each community.
    sites: Vec<Site>,
    /// For each provider.
    organization_of: Vec<OrganizationId>,
    /// For each organization what its fund lines pay for; empty where no fund line has terms.
    paid: Vec<Paid<'a>>,
}

impl<'a> Search<'a> {
    /// # Errors
    ///
    /// [`Error::Limit`] before more memory is taken than the budget allows.
    pub(crate) fn new(problem: &'a Problem, ledger: &mut Ledger<'_>) -> Result<Self, Error> {
        ledger.take::<Site>(problem.communities().len())?;
        ledger.take::<OrganizationId>(n_providers(problem))?;
        let has_terms = problem.groups().iter().any(|group| !group.terms.is_free());
        let n_paid = if has_terms { problem.organizations().len() } else { 0 };
        ledger.take::<Paid<'_>>(n_paid)?;
        let profiles = Profiles::new(problem, ledger)?;
        let (mut indexes, mut index_of, mut kinds) = (Vec::new(), BTreeMap::new(), Vec::<&Policy>::new());
        for layer in problem.policy().layers() {
            let policy = problem.policy().at(layer);
            let known = kinds.iter().position(|known| Index::is_shared(known, policy));
            let index = match known {
                Some(index) => index,
                None => {
                    indexes.push(Index::new(problem, policy, ledger)?);
                    kinds.push(policy);
                    kinds.len() - 1
                }
            };
            index_of.insert(layer, index);
        }
        Ok(Self {
            paid: problem.organizations()[..n_paid].iter().map(|one| Paid::of(one, problem)).collect(),
            problem,
            profiles,
            indexes,
            index_of,
            sites: Site::of_communities(problem),
            organization_of: (0..n_providers(problem) as u32).map(|node| organization_of(problem, node)).collect(),
        })
    }

    /// Appends the candidates of a need in ascending order.
    pub(crate) fn candidates_of(&self, id: NeedId, row: &mut Vec<u32>) {
        let start = row.len();
        self.visit(id, |_| true, |node| row.push(node));
        row[start..].sort_unstable();
    }

    /// Calls `found` for each candidate of a need that is `wanted`, in no order. Who is not wanted costs almost nothing.
    pub(crate) fn visit(&self, id: NeedId, wanted: impl Fn(u32) -> bool, mut found: impl FnMut(u32)) {
        let need = &self.problem.needs()[id.index()];
        if not_optimised(self.problem, need).is_some() {
            return;
        }
        if let Some(worker) = need.pinned_worker {
            let node = worker.index() as u32;
            if wanted(node) && failed_rules(self.problem, id, node).is_empty() {
                found(node);
            }
            return;
        }
        let outcomes = self.profiles.of_need(id.index());
        if outcomes.is_hopeless() {
            return;
        }
        let site = self.site(need);
        let bans = Bans::of(need, self);
        let near = self.near(need);
        near.index.visit(need.domain, &site, |node| {
            let passes = || outcomes.failed(node).is_empty() && near.holds(&site, node) && bans.failed(node).is_empty();
            if wanted(node) && passes() {
                found(node);
            }
        });
    }

    /// Calls `found` for each wanted provider that a single change would make a candidate of the need, with the rule that
    /// the change is about: it serves its domain no more than that (D01), is not in good standing (H02, and what else
    /// follows from that), or does not cover the community (H14). All other rules pass; where the way is unknown and the
    /// area decides, it may be too long still.
    pub(crate) fn visit_failing_one(
        &self,
        id: NeedId,
        wanted: impl Fn(u32) -> bool,
        mut found: impl FnMut(u32, RuleId),
    ) {
        let need = &self.problem.needs()[id.index()];
        if not_optimised(self.problem, need).is_some() || need.pinned_worker.is_some() {
            return;
        }
        let outcomes = self.profiles.of_need(id.index());
        let site = self.site(need);
        let bans = Bans::of(need, self);
        let near = self.near(need);
        let goes_anywhere = near.index.goes_anywhere(need.domain);
        for node in (0..n_providers(self.problem) as u32).filter(|&node| wanted(node)) {
            let failed = outcomes.failed(node);
            let by_standing = failed.contains(RuleId::H02);
            let others = if by_standing { failed.intersection(OF_STANDING) } else { RuleSet::EMPTY };
            if failed != others {
                continue;
            }
            let provider = Provider::of(self.problem, node);
            let serves = domains(provider).any(|domain| domain == need.domain);
            let covers = goes_anywhere || provider.service_area(self.problem).covers(site.code);
            let rule = match (by_standing, serves, covers) {
                (true, true, true) => RuleId::H02,
                (false, false, true) => RuleId::D01,
                (false, true, false) => RuleId::H14,
                _ => continue,
            };
            let is_near = || match rule {
                RuleId::H14 if near.policy.has_rule(RuleId::T01) => {
                    near.index.reach[node as usize].holds(&site, near.policy.travel()).unwrap_or(true)
                }
                _ => near.holds(&site, node),
            };
            if is_near() && bans.failed(node).is_empty() {
                found(node, rule);
            }
        }
    }

    /// The domains that anybody serves, wherever.
    pub(crate) fn served_domains(&self) -> Domains {
        (0..n_providers(self.problem) as u32).flat_map(|node| domains(Provider::of(self.problem, node))).collect()
    }

    pub(super) fn site(&self, need: &Need) -> Site {
        self.sites[need.community.index()].at(need.point)
    }

    /// Who is near a need by the policy of its area.
    pub(super) fn near(&self, need: &Need) -> Near<'_> {
        let layer = self.problem.layer_of(need);
        let policy = self.problem.policy().at(layer);
        Near { problem: self.problem, policy, index: &self.indexes[self.index_of[&layer]] }
    }
}

/// Who is near, by the policy of an area.
pub(super) struct Near<'a> {
    problem: &'a Problem,
    policy: &'a Policy,
    pub(super) index: &'a Index,
}

impl Near<'_> {
    /// Rule T01, if it is in force.
    pub(super) fn holds(&self, site: &Site, node: u32) -> bool {
        if !self.policy.has_rule(RuleId::T01) {
            return true;
        }
        let (reach, travel) = (&self.index.reach[node as usize], self.policy.travel());
        reach.holds(site, travel).unwrap_or_else(|| {
            let area = Provider::of(self.problem, node).service_area(self.problem);
            is_near_if_unknown(site, &reach.base, area, travel)
        })
    }
}

/// Rules H09, H10 and H20 for one need. Most needs exclude nobody, and many problems have no terms of fund lines.
pub(super) struct Bans<'a> {
    need: &'a Need,
    search: &'a Search<'a>,
    /// Whether anybody is excluded, or anything is not paid for.
    any: bool,
}

impl<'a> Bans<'a> {
    pub(super) fn of(need: &'a Need, search: &'a Search<'a>) -> Self {
        let any = !need.excluded_workers.is_empty()
            || !need.excluded_organizations.is_empty()
            || need.assessor_organization.is_some()
            || !search.paid.is_empty();
        Self { need, search, any }
    }

    /// The rules among H09, H10 and H20 that the provider fails.
    pub(super) fn failed(&self, node: u32) -> RuleSet {
        if !self.any {
            return RuleSet::EMPTY;
        }
        let (problem, node) = (self.search.problem, node as usize);
        let policy = problem.policy_of(self.need);
        let worker = (node < problem.workers().len()).then(|| WorkerId::new(node));
        let organization = self.search.organization_of[node];
        let mut failed = RuleSet::EMPTY;
        if is_excluded(self.need, worker, organization) {
            failed = failed.with(RuleId::H09);
        }
        if is_assessor(self.need, organization, policy) {
            failed = failed.with(RuleId::H10);
        }
        let community = self.search.sites[self.need.community.index()].code;
        if self.search.paid.get(organization.index()).is_some_and(|paid| !paid.covers(self.need.domain, community)) {
            failed = failed.with(RuleId::H20);
        }
        failed.intersection(policy.rules())
    }
}
