//! What is never assigned to any provider.

use super::{Demand, Policy, ProfileRule, RuleId, Supply};
use crate::model::codes::{Domain, Risk, ServiceType};

/// H08. Fails for the service `psych_treatment`.
pub(super) struct MedicalReferral;

impl ProfileRule for MedicalReferral {
    fn id(&self) -> RuleId {
        RuleId::H08
    }

    fn passes(&self, demand: &Demand, _: &Supply, _: &Policy) -> bool {
        demand.service != ServiceType::PsychTreatment
    }
}

/// H17. Fails for the service `law_enforcement`.
pub(super) struct LawEnforcement;

impl ProfileRule for LawEnforcement {
    fn id(&self) -> RuleId {
        RuleId::H17
    }

    fn passes(&self, demand: &Demand, _: &Supply, _: &Policy) -> bool {
        demand.service != ServiceType::LawEnforcement
    }
}

/// H18. Fails for the service `mediation` where the risk is red and the subject is a victim or witness of violence, or
/// the domain is `women_family`.
pub(super) struct NoMediation;

impl ProfileRule for NoMediation {
    fn id(&self) -> RuleId {
        RuleId::H18
    }

    fn passes(&self, demand: &Demand, _: &Supply, _: &Policy) -> bool {
        let is_violence = demand.subject.is_victim || demand.domain == Domain::WomenFamily;
        !(demand.service == ServiceType::Mediation && demand.risk == Risk::Red && is_violence)
    }
}

#[cfg(test)]
mod tests {
    use super::RuleId;
    use crate::candidate::rules::testing::{organization_passes, worker_passes};
    use crate::testing::Cell;

    #[test]
    fn h08_and_h17_are_never_assigned() {
        for (service, rule) in [("psych_treatment", RuleId::H08), ("law_enforcement", RuleId::H17)] {
            let all_passes =
                |need: &[Cell<'_>]| worker_passes(rule, need, &[], &[]) || organization_passes(rule, need, &[]);
            assert!(!all_passes(&[("service_type", service)]));
            assert!(all_passes(&[("service_type", "visit")]));
            assert!(all_passes(&[("service_type", "")]), "the domain's usual service is another");
        }
    }

    #[test]
    fn h18_no_mediation_in_red_domestic_violence() {
        let passes = |service, risk, groups, domain| {
            let need = [("service_type", service), ("risk", risk), ("groups", groups), ("domain", domain)];
            worker_passes(RuleId::H18, &need, &[], &[])
        };
        assert!(!passes("mediation", "red", "violence_victim", "dispute_mediation"));
        assert!(!passes("mediation", "red", "", "women_family"));
        assert!(!passes("", "red", "violence_victim", "dispute_mediation"), "mediation is the domain's usual service");
        assert!(passes("mediation", "yellow", "violence_victim", "women_family"));
        assert!(passes("mediation", "red", "", "dispute_mediation"));
        assert!(passes("legal_aid", "red", "violence_victim", "women_family"));
    }
}
