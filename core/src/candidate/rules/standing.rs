//! Whether the organization may deliver services at all.

use super::{Demand, Policy, ProfileRule, RuleId, Supply};
use crate::candidate::supply::Standing;

/// H02. Passes if the organization, the worker's or the one that serves directly,
/// is registered and known to be compliant; or
/// is filed or incubating, not known to be in breach, has a group of kind `fiscal_host` above it at any height,
/// and the policy lets such groups deliver the service.
pub(super) struct GoodStanding;

impl ProfileRule for GoodStanding {
    fn id(&self) -> RuleId {
        RuleId::H02
    }

    fn passes(&self, demand: &Demand, supply: &Supply, policy: &Policy) -> bool {
        match supply.standing {
            Standing::Registered => true,
            Standing::Hosted => policy.service(demand.service).filed_groups,
            Standing::None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RuleId;
    use crate::candidate::rules::testing::{failed, organization_passes, worker_passes};
    use crate::testing::{Cell, Town};

    #[test]
    fn h02_registered_and_compliant() {
        for passes in [worker_passes_h02 as fn(&[Cell<'_>]) -> bool, organization_passes_h02] {
            assert!(passes(&[]));
            assert!(!passes(&[("compliant", "false")]));
            assert!(!passes(&[("compliant", "")]));
            assert!(!passes(&[("status", "")]));
            assert!(!passes(&[("status", "filed")]), "without a fiscal host");
        }
    }

    fn worker_passes_h02(organization: &[Cell<'_>]) -> bool {
        worker_passes(RuleId::H02, &[], &[], organization)
    }

    fn organization_passes_h02(organization: &[Cell<'_>]) -> bool {
        organization_passes(RuleId::H02, &[], organization)
    }

    #[test]
    fn h02_filed_with_a_fiscal_host() {
        let passes = |need: &[Cell<'_>], organization: &[Cell<'_>], host: &str| {
            let hosted = [&[("status", "filed"), ("group_id", "low"), ("compliant", "")], organization].concat();
            let mut town = Town::of_one(need, &[], &hosted);
            town.groups.add(&[("group_id", "low"), ("parent_id", "high"), ("kind", "federation")], &[]);
            town.groups.add(&[("group_id", "high"), ("kind", host)], &[]);
            !failed(&town).0.contains(RuleId::H02)
        };
        assert!(passes(&[], &[], "fiscal_host"), "at any height");
        assert!(passes(&[], &[("status", "incubating")], "fiscal_host"));
        assert!(!passes(&[("service_type", "home_help")], &[], "fiscal_host"), "not a service for such groups");
        assert!(!passes(&[], &[("compliant", "false")], "fiscal_host"));
        assert!(!passes(&[], &[], "federation"));
    }
}
