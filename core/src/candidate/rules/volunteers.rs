//! What volunteers may do.

use super::{Demand, Policy, ProfileRule, RuleId, Supply};

/// H15. A volunteer passes if the policy lets volunteers deliver the service and the risk is not above the policy's
/// highest for volunteers. Everyone else passes.
///
/// A volunteer is a worker without any valid qualification but `volunteer`, or of a volunteer team; and a volunteer
/// team that serves directly. A team of unknown kind counts as one of volunteers unless it is registered.
pub(super) struct VolunteerTask;

impl ProfileRule for VolunteerTask {
    fn id(&self) -> RuleId {
        RuleId::H15
    }

    fn passes(&self, demand: &Demand, supply: &Supply, policy: &Policy) -> bool {
        !supply.is_volunteer
            || (policy.service(demand.service).volunteers && demand.risk <= policy.volunteer_max_risk())
    }
}
