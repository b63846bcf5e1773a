//! The supply side as a forest: workers below organizations below groups.
//!
//! Nodes are numbered workers first, then organizations, then groups, each in canonical order.

use crate::matching::Node;
use crate::model::{Group, GroupId, OrganizationId, Problem, WorkerId};
use crate::solve::Price;
use crate::total::Total;

/// The nodes with what stands above them and the places that this run may fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Forest {
    n_workers: usize,
    n_organizations: usize,
    /// For each node the node above it.
    pub(crate) parent: Vec<Option<u32>>,
    /// For each node its open places; `None` where there is no limit.
    pub(crate) places: Vec<Option<u64>>,
    /// For each node how many places must be filled.
    pub(crate) floor: Vec<u64>,
}

impl Forest {
    pub(crate) fn of(problem: &Problem) -> Self {
        let (workers, organizations, groups) = (problem.workers(), problem.organizations(), problem.groups());
        let mut forest = Self {
            n_workers: workers.len(),
            n_organizations: organizations.len(),
            parent: Vec::with_capacity(workers.len() + organizations.len() + groups.len()),
            places: Vec::new(),
            floor: Vec::new(),
        };
        let organization = |id: OrganizationId| workers.len() + id.index();
        let group = |id: GroupId| workers.len() + organizations.len() + id.index();
        forest.parent.extend(workers.iter().map(|w| Some(organization(w.organization) as u32)));
        forest.parent.extend(organizations.iter().map(|o| o.group.map(|id| group(id) as u32)));
        forest.parent.extend(groups.iter().map(|g| g.parent.map(|id| group(id) as u32)));

        forest.places.extend(workers.iter().map(|w| Some(w.open_places().into())));
        forest.places.extend(organizations.iter().map(|o| Some(o.open_places().into())));
        forest.places.extend(groups.iter().map(Group::open_places));

        forest.floor.extend(workers.iter().map(|w| u64::from(w.floor())));
        forest.floor.extend(organizations.iter().map(|o| u64::from(o.floor())));
        forest.floor.extend(groups.iter().map(Group::floor));
        forest
    }

    pub(crate) fn n_nodes(&self) -> usize {
        self.parent.len()
    }

    /// A node and all nodes above it.
    pub(crate) fn path(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(node), |&v| self.parent[v as usize])
    }

    /// For each node the sum of the prices on its path.
    pub(crate) fn full_prices(&self, price: &[Price]) -> Vec<Total> {
        let own = |v: u32| Total { tier: price[v as usize].tier.into(), score: price[v as usize].score.into() };
        let full = |v: u32| self.path(v).fold(Total::ZERO, |sum, v| sum + own(v));
        (0..self.n_nodes() as u32).map(full).collect()
    }

    /// The node of a worker.
    pub(crate) fn worker(&self, worker: WorkerId) -> u32 {
        worker.index() as u32
    }

    /// The number of a worker, organization or group.
    pub(crate) fn index(&self, node: Node) -> u32 {
        let index = match node {
            Node::Worker(worker) => worker.index(),
            Node::Organization(organization) => self.n_workers + organization.index(),
            Node::Group(group) => self.n_workers + self.n_organizations + group.index(),
        };
        index as u32
    }

    /// Who stands at a node.
    pub(crate) fn node(&self, node: u32) -> Node {
        let v = node as usize;
        match (v.checked_sub(self.n_workers), v.checked_sub(self.n_workers + self.n_organizations)) {
            (_, Some(group)) => Node::Group(GroupId::new(group)),
            (Some(organization), None) => Node::Organization(OrganizationId::new(organization)),
            (None, None) => Node::Worker(WorkerId::new(v)),
        }
    }

    /// The organization and, where one is named, the worker behind a provider.
    pub(crate) fn provider(&self, problem: &Problem, provider: u32) -> (OrganizationId, Option<WorkerId>) {
        match provider as usize {
            v if v < self.n_workers => (problem.workers()[v].organization, Some(WorkerId::new(v))),
            v => (OrganizationId::new(v - self.n_workers), None),
        }
    }
}
