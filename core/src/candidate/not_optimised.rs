//! Needs about which the library decides nothing.

use crate::model::codes::ServiceType;
use crate::model::{Need, is_immediate};
use crate::policy::Policy;

/// Why a need takes no part: it has no candidates and takes no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotOptimised {
    /// A statutory emergency: reported and answered at once (H19, E01).
    Immediate,
    /// The resident refuses an automated decision, so a person decides (个人信息保护法 24).
    HumanOnly,
    /// Treatment or diagnosis: referred to a medical institution (H08).
    ReferMedical,
    /// An act of law enforcement: it stays with the officers (H17).
    LawEnforcement,
}

/// Why a need takes no part, or `None` for one that does. What cannot wait comes before what is referred, and that before
/// what is refused.
///
/// A pin is the decision of a person, so a pinned need takes part although an automated decision is refused.
pub(crate) fn not_optimised(need: &Need, policy: &Policy) -> Option<NotOptimised> {
    if is_immediate(need, policy.minors()) {
        return Some(NotOptimised::Immediate);
    }
    match need.service_type.unwrap_or(policy.usual_service(need.domain)) {
        ServiceType::PsychTreatment => Some(NotOptimised::ReferMedical),
        ServiceType::LawEnforcement => Some(NotOptimised::LawEnforcement),
        _ if need.automated_decision_refused && need.pinned_worker.is_none() => Some(NotOptimised::HumanOnly),
        _ => None,
    }
}
