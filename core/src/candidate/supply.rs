//! What a provider brings: its attributes as the rules read them.

use crate::model::codes::{
    Authorities, Confidentiality, GroupKind, OrganizationKind, OrganizationStatus, Qualification, Qualifications, Sex,
};
use crate::model::{Date, Group, Organization, Problem, Worker};
use crate::policy::Policy;

/// All that the rules on profiles may know of a provider, on the policy's evaluation date. Providers with equal
/// supplies pass and fail these rules alike.
///
/// The domains are not here: rule D01 reads them from the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Supply {
    pub(crate) standing: Standing,
    /// The organization's yearly check for work with minors is valid, and so is the worker's if one is named.
    pub(crate) is_checked_for_minors: bool,
    /// No valid qualification but `volunteer`, or a member of a volunteer team.
    pub(crate) is_volunteer: bool,
    /// The person who serves; `None` for an organization that serves without naming one.
    pub(crate) person: Option<Person>,
}

/// A worker by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Person {
    /// Those that are valid.
    pub(crate) qualifications: Qualifications,
    pub(crate) sex: Sex,
    pub(crate) clearance: Option<Confidentiality>,
    pub(crate) authorities: Authorities,
}

/// Whether an organization may deliver services.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// Registered, and known to be compliant.
    Registered,
    /// Filed or incubating, not known to be in breach, with a fiscal host among the groups above it.
    Hosted,
    /// Neither, or not known.
    None,
}

impl Supply {
    pub(crate) fn of_worker(worker: &Worker, problem: &Problem) -> Self {
        let today = problem.policy().evaluation_date();
        let organization = &problem.organizations()[worker.organization.index()];
        let qualifications = valid_qualifications(worker, problem.policy());
        let has_profession = qualifications.iter().any(|held| held != Qualification::Volunteer);
        Self {
            standing: Standing::of(organization, problem.groups()),
            is_checked_for_minors: is_valid(worker.minor_check_valid_until, today)
                && is_valid(organization.minor_check_valid_until, today),
            is_volunteer: !has_profession || is_volunteer_team(organization),
            person: Some(Person {
                qualifications,
                sex: worker.sex,
                clearance: worker.clearance,
                authorities: worker.authorities,
            }),
        }
    }

    pub(crate) fn of_organization(organization: &Organization, problem: &Problem) -> Self {
        let today = problem.policy().evaluation_date();
        Self {
            standing: Standing::of(organization, problem.groups()),
            is_checked_for_minors: is_valid(organization.minor_check_valid_until, today),
            is_volunteer: is_volunteer_team(organization),
            person: None,
        }
    }
}

impl Standing {
    fn of(organization: &Organization, groups: &[Group]) -> Self {
        match (organization.status, organization.compliant) {
            (Some(OrganizationStatus::Registered), Some(true)) => Self::Registered,
            (Some(OrganizationStatus::Filed | OrganizationStatus::Incubating), Some(true) | None)
                if has_fiscal_host(organization, groups) =>
            {
                Self::Hosted
            }
            _ => Self::None,
        }
    }
}

fn has_fiscal_host(organization: &Organization, groups: &[Group]) -> bool {
    let mut above = organization.group;
    while let Some(group) = above.map(|id| &groups[id.index()]) {
        if group.kind == GroupKind::FiscalHost {
            return true;
        }
        above = group.parent;
    }
    false
}

/// A team of unknown kind counts as one of volunteers unless it is registered.
fn is_volunteer_team(organization: &Organization) -> bool {
    match organization.kind {
        Some(kind) => kind == OrganizationKind::VolunteerTeam,
        None => organization.status != Some(OrganizationStatus::Registered),
    }
}

/// The qualifications that are valid on the policy's evaluation date, their last day included.
pub(crate) fn valid_qualifications(worker: &Worker, policy: &Policy) -> Qualifications {
    let today = policy.evaluation_date();
    let valid = worker.qualifications.iter().filter(|(_, until)| until.is_none_or(|until| today <= until));
    valid.map(|&(qualification, _)| qualification).collect()
}

/// Whether a paper that must expire is valid; one without a date is not on record.
fn is_valid(until: Option<Date>, today: Date) -> bool {
    until.is_some_and(|until| today <= until)
}
