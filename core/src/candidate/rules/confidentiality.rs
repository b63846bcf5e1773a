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
