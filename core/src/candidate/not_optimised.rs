//! Needs about which the library decides nothing.

use crate::model::codes::ServiceType;
use crate::model::{Need, Problem, is_immediate};

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
    /// The need arises where this run decides nothing.
    OutOfScope,
}

/// Why a need takes no part, or `None` for one that does. What cannot wait comes first, wherever it arises; then what is not
/// for this run, what is referred, and at last what is refused.
///
/// A pin is the decision of a person, so a pinned need takes part although an automated decision is refused, and although it
/// is out of scope: it fills a place that nobody else may be given.
pub(crate) fn not_optimised(problem: &Problem, need: &Need) -> Option<NotOptimised> {
    let policy = problem.policy_of(need);
    if is_immediate(need, policy.minors()) {
        return Some(NotOptimised::Immediate);
    }
    if !problem.policy().scope().holds(need, &problem.communities()[need.community.index()]) {
        return Some(NotOptimised::OutOfScope);
    }
    match need.service_type.unwrap_or(policy.usual_service(need.domain)) {
        ServiceType::PsychTreatment => Some(NotOptimised::ReferMedical),
        ServiceType::LawEnforcement => Some(NotOptimised::LawEnforcement),
        _ if need.automated_decision_refused && need.pinned_worker.is_none() => Some(NotOptimised::HumanOnly),
        _ => None,
    }
}
