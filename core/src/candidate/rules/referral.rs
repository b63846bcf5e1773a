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
