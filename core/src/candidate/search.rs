//! Everything worked out beforehand, and the search for the candidates of one need.

use super::index::Index;
use super::not_optimised::not_optimised;
use super::pair::{Provider, n_providers};
use super::place::{Site, is_near_if_unknown};
use super::profiles::Profiles;
use super::rules::{is_assessor, is_excluded};
use super::{RuleId, RuleSet, failed_rules};
use crate::model::{Need, NeedId, OrganizationId, Problem, WorkerId};

/// A problem with profiles and index.
pub(super) struct Search<'a> {
    pub(super) problem: &'a Problem,
    pub(super) profiles: Profiles<'a>,
    pub(super) index: Index,
    /// For each community.
    sites: Vec<Site>,
}

impl<'a> Search<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        Self {
            problem,
            profiles: Profiles::new(problem),
            index: Index::new(problem),
            sites: Site::of_communities(problem),
        }
    }

    /// Bytes that [`new`](Self::new) takes at most.
    pub(super) fn bytes(problem: &Problem) -> u64 {
        let sites = (problem.communities().len() * size_of::<Site>()) as u64;
        sites + Profiles::bytes(problem.needs().len(), n_providers(problem)) + Index::bytes(problem)
    }

    /// Appends the candidates of a need in ascending order.
    pub(super) fn candidates_of(&self, id: NeedId, row: &mut Vec<u32>) {
        let start = row.len();
        let need = &self.problem.needs()[id.index()];
        if not_optimised(need, self.problem.policy()).is_some() {
            return;
        }
        if let Some(worker) = need.pinned_worker {
            let node = worker.index() as u32;
            row.extend(Some(node).filter(|&node| failed_rules(self.problem, id, node).is_empty()));
            return;
        }
        let outcomes = self.profiles.of_need(id.index());
        if outcomes.is_hopeless() {
            return;
        }
        let site = self.site(need);
        let bans = Bans::of(need, self.problem);
        self.index.visit(need.domain, &site, |node| {
            if outcomes.failed(node).is_empty() && self.is_near(&site, node) && bans.failed(node).is_empty() {
                row.push(node);
            }
        });
        row[start..].sort_unstable();
    }

    pub(super) fn site(&self, need: &Need) -> Site {
        self.sites[need.community.index()].at(need.point)
    }

    /// Rule T01, if it is in force.
    pub(super) fn is_near(&self, site: &Site, node: u32) -> bool {
        let policy = self.problem.policy();
        if !policy.has_rule(RuleId::T01) {
            return true;
        }
        let reach = &self.index.reach[node as usize];
        reach.holds(site, policy.travel()).unwrap_or_else(|| {
            let area = Provider::of(self.problem, node).service_area(self.problem);
            is_near_if_unknown(site, &reach.base, area, policy.travel())
        })
    }
}

/// Rules H09 and H10 for one need, of which most needs exclude nobody.
pub(super) struct Bans<'a> {
    need: &'a Need,
    problem: &'a Problem,
    bans_anyone: bool,
}

impl<'a> Bans<'a> {
    pub(super) fn of(need: &'a Need, problem: &'a Problem) -> Self {
        let bans_anyone = !need.excluded_workers.is_empty()
            || !need.excluded_organizations.is_empty()
            || need.assessor_organization.is_some();
        Self { need, problem, bans_anyone }
    }

    /// The rules among H09 and H10 that the provider fails.
    pub(super) fn failed(&self, node: u32) -> RuleSet {
        if !self.bans_anyone {
            return RuleSet::EMPTY;
        }
        let (worker, organization) = match Provider::of(self.problem, node) {
            Provider::Worker(worker) => (Some(WorkerId::new(node as usize)), worker.organization),
            Provider::Organization(_) => (None, OrganizationId::new(node as usize - self.problem.workers().len())),
        };
        let policy = self.problem.policy();
        let excluded = is_excluded(self.need, worker, organization).then_some(RuleId::H09);
        let assessor = is_assessor(self.need, organization, policy).then_some(RuleId::H10);
        excluded.into_iter().chain(assessor).collect::<RuleSet>().intersection(policy.rules())
    }
}
