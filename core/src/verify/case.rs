//! A need and whoever serves it, as the checker reads them from the raw rows.

use crate::matching::Node;
use crate::model::codes::{
    AgeBand, ClientGroup, Confidentiality, DivisionLevel, Domain, GroupKind, Guardianship, OrganizationKind,
    OrganizationStatus, Qualification, ServiceType,
};
use crate::model::{Community, Date, Need, NeedId, Organization, OrganizationId, Point, Problem, Worker, WorkerId};
use crate::policy::{Policy, Terrain};

/// A need, an organization and perhaps one of its workers.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) problem: &'a Problem,
    pub(super) policy: &'a Policy,
    pub(super) need: &'a Need,
    pub(super) community: &'a Community,
    pub(super) worker: Option<(WorkerId, &'a Worker)>,
    pub(super) organization: (OrganizationId, &'a Organization),
}

impl<'a> Case<'a> {
    /// `None` where the provider is a group, which serves nobody.
    pub(super) fn new(problem: &'a Problem, need: NeedId, provider: Node) -> Option<Self> {
        let need = &problem.needs()[need.index()];
        let (worker, organization) = match provider {
            Node::Worker(id) => {
                let worker = &problem.workers()[id.index()];
                (Some((id, worker)), worker.organization)
            }
            Node::Organization(id) => (None, id),
            Node::Group(_) => return None,
        };
        Some(Self {
            problem,
            policy: policy_where(problem, need),
            need,
            community: &problem.communities()[need.community.index()],
            worker,
            organization: (organization, &problem.organizations()[organization.index()]),
        })
    }

    /// What is asked for, said or usual.
    pub(super) fn service(&self) -> ServiceType {
        match self.need.service_type {
            Some(service) => service,
            None => self.policy.usual_service(self.need.domain),
        }
    }

    pub(super) fn is_minor(&self) -> bool {
        is_minor(self.need, self.policy)
    }

    /// Below 14, or a minor of unknown age.
    pub(super) fn needs_guardian(&self) -> bool {
        match self.need.age_band {
            Some(age) => age.needs_guardian_consent(),
            None => self.is_minor(),
        }
    }

    pub(super) fn is_corrected(&self) -> bool {
        self.need.domain == Domain::CommunityCorrection || self.belongs_to(ClientGroup::CorrectionSubject)
    }

    pub(super) fn belongs_to(&self, group: ClientGroup) -> bool {
        self.need.groups.contains(group)
    }

    /// The class of the case: the highest of the table's and the policy's for each group.
    pub(super) fn class(&self) -> Confidentiality {
        let of_groups = self.need.groups.iter().map(|group| self.policy.group_confidentiality(group)).max();
        of_groups.map_or(self.need.confidentiality, |class| class.max(self.need.confidentiality))
    }

    /// Valid to the end of its last day; what has no date never expires.
    pub(super) fn holds(&self, wanted: impl Fn(Qualification) -> bool) -> bool {
        let held = self.worker.map_or(&[][..], |(_, worker)| &worker.qualifications);
        held.iter().any(|&(held, until)| wanted(held) && until.is_none_or(|until| self.has_not_passed(until)))
    }

    /// A check on record whose last day has not passed.
    pub(super) fn is_checked(&self, until: Option<Date>) -> bool {
        until.is_some_and(|until| self.has_not_passed(until))
    }

    fn has_not_passed(&self, day: Date) -> bool {
        day >= self.policy.evaluation_date()
    }

    /// Serves as a volunteer: by the team, or for want of a profession.
    pub(super) fn is_volunteer(&self) -> bool {
        let organization = self.organization.1;
        let is_team = match organization.kind {
            Some(kind) => kind == OrganizationKind::VolunteerTeam,
            None => organization.status != Some(OrganizationStatus::Registered),
        };
        is_team || (self.worker.is_some() && !self.holds(|held| held != Qualification::Volunteer))
    }

    /// A fiscal host stands somewhere above the organization.
    pub(super) fn has_host(&self) -> bool {
        let mut group = self.organization.1.group;
        while let Some(id) = group {
            let row = &self.problem.groups()[id.index()];
            if row.kind == GroupKind::FiscalHost {
                return true;
            }
            group = row.parent;
        }
        false
    }

    /// Minutes of the way; `None` where an end of it is unknown.
    pub(super) fn minutes(&self) -> Option<f64> {
        let to = self.need.point.or(self.community.point)?;
        let from = self.start()?;
        let mountains = &self.policy.travel().mountain_divisions;
        let terrain = match self.community.urban_rural_class {
            Some(class) if class.is_urban() => Terrain::Urban,
            _ if mountains.iter().any(|division| division.contains(self.community.code)) => Terrain::Mountain,
            _ => Terrain::Rural,
        };
        Some(self.policy.travel().roads(terrain).minutes(to.distance_km(from)))
    }

    fn start(&self) -> Option<Point> {
        if let Some((_, worker)) = self.worker {
            let base = worker.base_community.and_then(|id| self.problem.communities()[id.index()].point);
            if let Some(point) = worker.point.or(base) {
                return Some(point);
            }
        }
        self.organization.1.point
    }
}

/// Whoever may be below 18, or is protected as if.
fn is_minor(need: &Need, policy: &Policy) -> bool {
    let minors = policy.minors();
    if need.juvenile_case || minors.domains.contains(need.domain) || minors.groups.intersects(need.groups) {
        return true;
    }
    match need.age_band {
        Some(age) => age.is_minor(),
        None => !minors.adult_domains.contains(need.domain) && !minors.adult_groups.intersects(need.groups),
    }
}

/// A child whom nobody looks after; a minor of unknown age may be a small one.
pub(super) fn is_left_alone(need: &Need, policy: &Policy) -> bool {
    let below = match need.guardianship {
        Some(Guardianship::Unattended) => AgeBand::From8,
        Some(Guardianship::LivingAlone) => AgeBand::From16,
        _ => return false,
    };
    need.age_band.map_or_else(|| is_minor(need, policy), |age| age < below)
}

/// The policy in force where a need arises: of the smallest division around its community that has an overlay.
pub(super) fn policy_where<'a>(problem: &'a Problem, need: &Need) -> &'a Policy {
    let code = problem.communities()[need.community.index()].code;
    let overlays = problem.policy().overlays();
    let levels = [
        DivisionLevel::Village,
        DivisionLevel::Township,
        DivisionLevel::County,
        DivisionLevel::Prefecture,
        DivisionLevel::Province,
    ];
    let at = |level| overlays.binary_search_by_key(&code.at_level(level), |overlay| overlay.area).ok();
    let smallest = levels.into_iter().find_map(at);
    smallest.map_or(problem.policy(), |k| overlays[k].policy())
}
