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

#[cfg(test)]
mod tests {
    use super::RuleId;
    use crate::candidate::rules::testing::{organization_passes, worker_passes};
    use crate::testing::Cell;

    #[test]
    fn h15_volunteers_do_what_volunteers_may() {
        let volunteer: &[Cell<'_>] = &[("qualifications", "volunteer")];
        assert!(worker_passes(RuleId::H15, &[("service_type", "visit")], volunteer, &[]));
        assert!(!worker_passes(RuleId::H15, &[("service_type", "case_work")], volunteer, &[]));
        assert!(!worker_passes(RuleId::H15, &[("risk", "red")], volunteer, &[]));
        let expired: &[Cell<'_>] = &[("qualifications", "volunteer;sw_senior@2025-12-31")];
        assert!(!worker_passes(RuleId::H15, &[("service_type", "case_work")], expired, &[]));
        let unknown: &[Cell<'_>] = &[("qualifications", "")];
        assert!(!worker_passes(RuleId::H15, &[("service_type", "case_work")], unknown, &[]));
        assert!(worker_passes(RuleId::H15, &[("risk", "red")], &[("qualifications", "volunteer;nurse")], &[]));

        let mediation: &[Cell<'_>] = &[("service_type", "mediation")];
        assert!(organization_passes(RuleId::H15, mediation, &[]));
        assert!(!organization_passes(RuleId::H15, mediation, &[("kind", "volunteer_team")]));
        assert!(!worker_passes(RuleId::H15, mediation, &[], &[("kind", "volunteer_team")]));
        assert!(organization_passes(RuleId::H15, mediation, &[("kind", "")]), "registered");
        assert!(!organization_passes(RuleId::H15, mediation, &[("kind", ""), ("status", "filed")]));
    }
}
