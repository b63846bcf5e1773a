//! The supply side as the checker sees it, straight from the problem.

use crate::matching::Node;
use crate::model::codes::OrganizationStatus;
use crate::model::{GroupId, Organization, OrganizationId, Problem, WorkerId};

/// Who belongs to whom, and how many places each has.
pub(super) struct Supply<'a> {
    problem: &'a Problem,
    /// For each group how many needs its organizations serve already.
    held: Vec<u64>,
}

impl<'a> Supply<'a> {
    pub(super) fn of(problem: &'a Problem) -> Self {
        let mut held = vec![0; problem.groups().len()];
        for organization in problem.organizations() {
            let mut group = organization.group;
            while let Some(id) = group {
                held[id.index()] += u64::from(organization.capacity_current);
                group = problem.groups()[id.index()].parent;
            }
        }
        Self { problem, held }
    }

    pub(super) fn n_nodes(&self) -> usize {
        self.problem.workers().len() + self.problem.organizations().len() + self.problem.groups().len()
    }

    /// Workers first, then organizations, then groups; `None` for what the problem does not hold.
    pub(super) fn position(&self, node: Node) -> Option<usize> {
        let n_workers = self.problem.workers().len();
        let n_organizations = self.problem.organizations().len();
        let (index, count, before) = match node {
            Node::Worker(id) => (id.index(), n_workers, 0),
            Node::Organization(id) => (id.index(), n_organizations, n_workers),
            Node::Group(id) => (id.index(), self.problem.groups().len(), n_workers + n_organizations),
        };
        (index < count).then_some(before + index)
    }

    /// The node at a position below [`n_nodes`](Self::n_nodes).
    pub(super) fn at(&self, position: usize) -> Node {
        let n_workers = self.problem.workers().len();
        let n_organizations = self.problem.organizations().len();
        if position < n_workers {
            Node::Worker(WorkerId::new(position))
        } else if position < n_workers + n_organizations {
            Node::Organization(OrganizationId::new(position - n_workers))
        } else {
            Node::Group(GroupId::new(position - n_workers - n_organizations))
        }
    }

    /// The organization and perhaps the worker that a provider's number means; `None` if it means neither.
    pub(super) fn people(&self, provider: u32) -> Option<(OrganizationId, Option<WorkerId>)> {
        let n_providers = self.problem.workers().len() + self.problem.organizations().len();
        let position = provider as usize;
        match (position < n_providers).then(|| self.at(position))? {
            Node::Worker(id) => Some((self.problem.workers()[id.index()].organization, Some(id))),
            Node::Organization(id) => Some((id, None)),
            Node::Group(_) => None,
        }
    }

    pub(super) fn above(&self, node: Node) -> Option<Node> {
        match node {
            Node::Worker(id) => Some(Node::Organization(self.problem.workers()[id.index()].organization)),
            Node::Organization(id) => self.problem.organizations()[id.index()].group.map(Node::Group),
            Node::Group(id) => self.problem.groups()[id.index()].parent.map(Node::Group),
        }
    }

    /// The positions of a node and of all that stand above it.
    pub(super) fn path(&self, node: Node) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(node), |&node| self.above(node)).filter_map(|node| self.position(node))
    }

    /// Open places before the run; `None` without a limit.
    pub(super) fn places(&self, node: Node) -> Option<u64> {
        match node {
            Node::Worker(id) => {
                let worker = &self.problem.workers()[id.index()];
                Some(u64::from(worker.caseload_max) - u64::from(worker.caseload_current))
            }
            Node::Organization(id) => {
                let organization = &self.problem.organizations()[id.index()];
                Some(self.most(organization).saturating_sub(organization.capacity_current.into()))
            }
            Node::Group(id) => {
                let most = self.problem.groups()[id.index()].capacity_max?;
                Some(most.saturating_sub(self.held[id.index()]))
            }
        }
    }

    /// Most needs at a time on this day: while an organization is incubating, its part of the period.
    fn most(&self, organization: &Organization) -> u64 {
        let (whole, policy) = (u64::from(organization.capacity_max), self.problem.policy());
        if organization.status != Some(OrganizationStatus::Incubating) {
            return whole;
        }
        let (today, first) = (policy.evaluation_date(), organization.incubated_since);
        if first.is_some_and(|first| today < first) {
            return 0;
        }
        let mut rest = first.map_or(0, |first| today.days() - first.days());
        for &part in &policy.incubation().ramp_per_mille {
            if rest < policy.incubation().period_days {
                let part_of_whole = whole * u64::from(part) / 1000;
                return if part > 0 && whole > 0 { part_of_whole.max(1) } else { 0 };
            }
            rest -= policy.incubation().period_days;
        }
        whole
    }

    /// Places that the run must fill, pinned needs included.
    pub(super) fn floor(&self, node: Node) -> u64 {
        let (least, current) = match node {
            Node::Worker(id) => {
                let worker = &self.problem.workers()[id.index()];
                (worker.caseload_min.into(), worker.caseload_current.into())
            }
            Node::Organization(id) => {
                let organization = &self.problem.organizations()[id.index()];
                (organization.capacity_min.into(), organization.capacity_current.into())
            }
            Node::Group(id) => (self.problem.groups()[id.index()].capacity_min, self.held[id.index()]),
        };
        u64::saturating_sub(least, current)
    }

    /// The identifier of a node that the problem holds.
    pub(super) fn id(&self, node: Node) -> &'a str {
        match node {
            Node::Worker(id) => &self.problem.workers()[id.index()].id,
            Node::Organization(id) => &self.problem.organizations()[id.index()].id,
            Node::Group(id) => &self.problem.groups()[id.index()].id,
        }
    }
}
