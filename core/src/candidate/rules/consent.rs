//! On what basis a resident's data may be handled.

use super::{Demand, Policy, ProfileRule, RuleId, Supply};
use crate::model::codes::Consent;

/// H12. Passes if a statutory duty is on record; or if a consent of any kind is on record, and a separate one where the
/// case is sensitive, and a guardian's where the subject is below 14.
///
/// What is sensitive and who is below 14, [`Subject`](crate::candidate::demand::Subject) says.
pub(super) struct Consented;

impl ProfileRule for Consented {
    fn id(&self) -> RuleId {
        RuleId::H12
    }

    fn passes(&self, demand: &Demand, _: &Supply, _: &Policy) -> bool {
        let consents = demand.consents;
        if consents.contains(Consent::Statutory) {
            return true;
        }
        let is_separate = !demand.subject.is_sensitive || consents.contains(Consent::Separate);
        let is_guarded = !demand.subject.needs_guardian || consents.contains(Consent::Guardian);
        !consents.is_empty() && is_separate && is_guarded
    }
}
