//! Who must not serve this need.

use super::{PairRule, Policy, RuleId};
use crate::candidate::pair::Pair;
use crate::model::{Need, OrganizationId, WorkerId};

/// H09. Passes if neither the worker nor the organization, the worker's or the one that serves directly, is among those
/// that the need excludes.
pub(super) struct NotExcluded;

impl PairRule for NotExcluded {
    fn id(&self) -> RuleId {
        RuleId::H09
    }

    fn passes(&self, pair: &Pair<'_>) -> bool {
        !is_excluded(pair.need, pair.worker().map(|(id, _)| id), pair.organization)
    }
}

/// Whether a need excludes the worker or the organization.
pub(in crate::candidate) fn is_excluded(need: &Need, worker: Option<WorkerId>, organization: OrganizationId) -> bool {
    worker.is_some_and(|worker| need.excluded_workers.contains(&worker))
        || need.excluded_organizations.contains(&organization)
}

/// H10. In the policy's domains of assessed cases, passes if the organization, the worker's or the one that serves
/// directly, is not the one that assessed the resident. A need without an assessor on record has not been graded, so it
/// passes.
pub(super) struct NotAssessor;

impl PairRule for NotAssessor {
    fn id(&self) -> RuleId {
        RuleId::H10
    }

    fn passes(&self, pair: &Pair<'_>) -> bool {
        !is_assessor(pair.need, pair.organization, pair.policy)
    }
}

/// Whether the organization assessed the resident in a domain that keeps assessment and service apart.
pub(in crate::candidate) fn is_assessor(need: &Need, organization: OrganizationId, policy: &Policy) -> bool {
    policy.separate_domains().contains(need.domain) && need.assessor_organization == Some(organization)
}

#[cfg(test)]
mod tests {
    use super::RuleId;
    use crate::candidate::rules::testing::{failed, worker_passes};
    use crate::testing::{Cell, Town};

    #[test]
    fn h09_exclusions_name_worker_or_organization() {
        let mut town = Town::of_one(&[("excluded_workers", "w;x")], &[], &[]);
        town.worker("x", &[]);
        let (worker, organization) = failed(&town);
        assert!(worker.contains(RuleId::H09) && !organization.contains(RuleId::H09));

        let (worker, organization) = failed(&Town::of_one(&[("excluded_organizations", "o")], &[], &[]));
        assert!(worker.contains(RuleId::H09) && organization.contains(RuleId::H09));
        assert!(worker_passes(RuleId::H09, &[("excluded_workers", "")], &[], &[]));
    }

    #[test]
    fn h10_the_assessor_does_not_provide() {
        let passes = |need: &[Cell<'_>]| {
            let mut town = Town::of_one(need, &[], &[]);
            town.organization("p", &[]);
            let (worker, organization) = failed(&town);
            assert_eq!(worker.contains(RuleId::H10), organization.contains(RuleId::H10));
            !worker.contains(RuleId::H10)
        };
        assert!(passes(&[("assessor_organization", "p")]));
        assert!(!passes(&[("assessor_organization", "o")]));
        assert!(passes(&[("assessor_organization", "")]), "not graded");
        assert!(passes(&[("assessor_organization", "o"), ("domain", "environment")]));
    }
}
