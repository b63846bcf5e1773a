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

#[cfg(test)]
mod tests {
    use super::RuleId;
    use crate::candidate::rules::testing::worker_passes;
    use crate::testing::Cell;

    #[test]
    fn h12_consent_covers_the_case() {
        let passes = |need: &[Cell<'_>], consent| {
            worker_passes(RuleId::H12, &[need, &[("consent", consent)]].concat(), &[], &[])
        };
        assert!(passes(&[], "general") && passes(&[], "separate") && passes(&[], "statutory"));
        assert!(!passes(&[], ""));
        for sensitive in [("confidentiality", "2"), ("groups", "disabled"), ("groups", "violence_victim")] {
            assert!(passes(&[sensitive], "separate") && passes(&[sensitive], "statutory"));
            assert!(!passes(&[sensitive], "general"), "{sensitive:?}");
        }
        let child = ("age_band", "12-13");
        assert!(passes(&[child], "guardian") && passes(&[child], "statutory"));
        assert!(!passes(&[child], "general;separate"));
        assert!(passes(&[("age_band", "14-15")], "general"));
        assert!(!passes(&[child, ("groups", "disabled")], "guardian"));
        assert!(passes(&[child, ("groups", "disabled")], "guardian;separate"));
        assert!(!passes(&[("age_band", ""), ("domain", "education_aid")], "general"), "a minor of unknown age");
    }
}
