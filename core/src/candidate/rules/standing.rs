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
