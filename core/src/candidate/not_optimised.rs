//! Needs about which the library decides nothing.

use crate::model::Need;
use crate::model::codes::ServiceType;
use crate::policy::Policy;

/// Why a need takes no part: it has no candidates and takes no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotOptimised {
    /// The resident refuses an automated decision, so a person decides (个人信息保护法 24).
    HumanOnly,
    /// Treatment or diagnosis: referred to a medical institution (H08).
    ReferMedical,
    /// An act of law enforcement: it stays with the officers (H17).
    LawEnforcement,
}

/// Why a need takes no part, or `None` for one that does. What is referred comes before what is refused.
///
/// A pin is the decision of a person, so a pinned need takes part although an automated decision is refused.
pub(crate) fn not_optimised(need: &Need, policy: &Policy) -> Option<NotOptimised> {
    match need.service_type.unwrap_or(policy.usual_service(need.domain)) {
        ServiceType::PsychTreatment => Some(NotOptimised::ReferMedical),
        ServiceType::LawEnforcement => Some(NotOptimised::LawEnforcement),
        _ if need.automated_decision_refused && need.pinned_worker.is_none() => Some(NotOptimised::HumanOnly),
        _ => None,
    }
}
