//! What the fund lines above an organization pay for, all of them together.

use crate::model::codes::{DivisionCode, Domain, Domains, ServiceArea};
use crate::model::{Date, Organization, Problem, Terms};

/// What every fund line above an organization pays for on the policy's evaluation date.
pub(super) struct Paid<'a> {
    /// Empty where a line does not pay such organizations, or not on that day.
    domains: Domains,
    /// The need must lie in each of these.
    areas: Vec<&'a ServiceArea>,
}

impl<'a> Paid<'a> {
    pub(super) fn of(organization: &Organization, problem: &'a Problem) -> Self {
        let today = problem.policy().evaluation_date();
        let mut paid = Self { domains: Domain::ALL.iter().copied().collect(), areas: Vec::new() };
        let mut above = organization.group;
        while let Some(group) = above.map(|id| &problem.groups()[id.index()]) {
            let terms = &group.terms;
            if !pays_organization(terms, organization) || !is_in_force(terms, today) {
                paid.domains = Domains::default();
            } else if !terms.domains.is_empty() {
                paid.domains = paid.domains.intersection(terms.domains);
            }
            if !terms.area.is_empty() {
                paid.areas.push(&terms.area);
            }
            above = group.parent;
        }
        paid
    }

    /// Whether a need of the domain in the community is paid for.
    pub(super) fn covers(&self, domain: Domain, community: DivisionCode) -> bool {
        self.domains.contains(domain) && self.areas.iter().all(|area| area.covers(community))
    }
}

/// Whether the line pays such organizations; one of unknown kind only where any kind will do.
fn pays_organization(terms: &Terms, organization: &Organization) -> bool {
    let kinds = terms.organization_kinds;
    kinds.is_empty() || organization.kind.is_some_and(|kind| kinds.contains(kind))
}

fn is_in_force(terms: &Terms, today: Date) -> bool {
    terms.valid_from.is_none_or(|first| first <= today) && terms.valid_until.is_none_or(|last| today <= last)
}
