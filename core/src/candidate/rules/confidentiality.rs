//! Who may see a case.

use super::{Demand, Policy, ProfileRule, RuleId, Supply};
use crate::model::codes::Confidentiality;

/// H11. The class of a case is the table's, or the policy's least class of its client groups where that is higher.
///
/// A worker passes with a clearance of at least that class (an open case needs none) and, where the policy lists
/// authorities for the domain, an authorisation by one of them.
/// An organization that serves directly passes up to the policy's highest class for organizations, in domains without
/// a list of authorities.
pub(super) struct Cleared;

impl ProfileRule for Cleared {
    fn id(&self) -> RuleId {
        RuleId::H11
    }

    fn passes(&self, demand: &Demand, supply: &Supply, policy: &Policy) -> bool {
        let listed = policy.authorities(demand.domain);
        match &supply.person {
            Some(person) => {
                let is_cleared = demand.confidentiality <= person.clearance.unwrap_or(Confidentiality::Open);
                is_cleared && (listed.is_empty() || listed.intersects(person.authorities))
            }
            None => demand.confidentiality <= policy.organization_max_confidentiality() && listed.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RuleId;
    use crate::candidate::rules::testing::{organization_passes, worker_passes};
    use crate::testing::Cell;

    #[test]
    fn h11_clearance_reaches_the_class() {
        let passes = |class, clearance| {
            worker_passes(RuleId::H11, &[("confidentiality", class)], &[("clearance", clearance)], &[])
        };
        assert!(passes("2", "2") && passes("2", "4"));
        assert!(!passes("2", "1"));
        assert!(!passes("1", ""));
        assert!(passes("0", ""), "an open case");
        let victim: &[Cell<'_>] = &[("groups", "violence_victim"), ("confidentiality", "0")];
        assert!(!worker_passes(RuleId::H11, victim, &[("clearance", "2")], &[]), "the policy's least class");
        assert!(worker_passes(RuleId::H11, victim, &[("clearance", "3")], &[]));
        assert!(organization_passes(RuleId::H11, &[("confidentiality", "1")], &[]));
        assert!(!organization_passes(RuleId::H11, &[("confidentiality", "2")], &[]));
    }

    #[test]
    fn h11_an_authority_on_the_list() {
        let correction: &[Cell<'_>] = &[("domain", "community_correction")];
        let passes = |authorities| worker_passes(RuleId::H11, correction, &[("authorities", authorities)], &[]);
        assert!(passes("civil_affairs;justice"));
        assert!(!passes("civil_affairs"));
        assert!(!passes(""));
        assert!(!organization_passes(RuleId::H11, correction, &[]));
    }
}
