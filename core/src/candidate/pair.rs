//! A need and a provider, with everything about them that is not in their rows.

use super::place::{Base, Site};
use crate::model::codes::ServiceArea;
use crate::model::{Need, NeedId, Organization, OrganizationId, Problem, Worker, WorkerId};
use crate::policy::Policy;

/// A provider's row.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Provider<'a> {
    Worker(&'a Worker),
    Organization(&'a Organization),
}

/// A need and a provider.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair<'a> {
    pub(crate) problem: &'a Problem,
    pub(crate) need: &'a Need,
    /// The policy of the need's area.
    pub(crate) policy: &'a Policy,
    pub(crate) provider: Provider<'a>,
    /// The provider's number: workers first, then organizations, each in canonical order.
    pub(crate) node: u32,
    /// The worker's organization, or the one that serves directly.
    pub(crate) organization: OrganizationId,
}

impl<'a> Pair<'a> {
    /// # Panics
    ///
    /// Panics if there is no such need or provider.
    pub(crate) fn new(problem: &'a Problem, need: NeedId, node: u32) -> Self {
        let need = &problem.needs()[need.index()];
        Self {
            problem,
            need,
            policy: problem.policy_of(need),
            provider: Provider::of(problem, node),
            node,
            organization: organization_of(problem, node),
        }
    }

    /// The worker, if one is named.
    pub(crate) fn worker(&self) -> Option<(WorkerId, &'a Worker)> {
        match self.provider {
            Provider::Worker(worker) => Some((WorkerId::new(self.node as usize), worker)),
            Provider::Organization(_) => None,
        }
    }

    pub(crate) fn service_area(&self) -> &'a ServiceArea {
        self.provider.service_area(self.problem)
    }

    pub(crate) fn site(&self) -> Site {
        Site::of(self.need, self.problem)
    }

    pub(crate) fn base(&self) -> Base {
        Base::of(self.provider, self.problem, self.policy)
    }
}

impl<'a> Provider<'a> {
    /// # Panics
    ///
    /// Panics if there is no such provider.
    pub(crate) fn of(problem: &'a Problem, node: u32) -> Self {
        let node = node as usize;
        let n_workers = problem.workers().len();
        if node < n_workers {
            Self::Worker(&problem.workers()[node])
        } else {
            Self::Organization(&problem.organizations()[node - n_workers])
        }
    }

    /// The divisions served: the worker's, or where those are not given the organization's.
    pub(crate) fn service_area(self, problem: &'a Problem) -> &'a ServiceArea {
        match self {
            Self::Worker(worker) if !worker.service_area.is_empty() => &worker.service_area,
            Self::Worker(worker) => &problem.organizations()[worker.organization.index()].service_area,
            Self::Organization(organization) => &organization.service_area,
        }
    }
}

/// How many providers there are: workers and organizations.
pub(crate) fn n_providers(problem: &Problem) -> usize {
    problem.workers().len() + problem.organizations().len()
}

/// The worker's organization, or the one that serves directly.
///
/// # Panics
///
/// Panics if there is no such provider.
pub(crate) fn organization_of(problem: &Problem, node: u32) -> OrganizationId {
    match Provider::of(problem, node) {
        Provider::Worker(worker) => worker.organization,
        Provider::Organization(_) => OrganizationId::new(node as usize - problem.workers().len()),
    }
}
