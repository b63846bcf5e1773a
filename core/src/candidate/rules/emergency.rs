//! Statutory emergencies.

use super::{Demand, Policy, ProfileRule, RuleId, Supply};

/// E01. Where an emergency is on record, nobody passes: the law wants a report at once, and help from whoever is
/// responsible, not a place on a list.
pub(super) struct NotEmergency;

impl ProfileRule for NotEmergency {
    fn id(&self) -> RuleId {
        RuleId::E01
    }

    fn passes(&self, demand: &Demand, _: &Supply, _: &Policy) -> bool {
        !demand.is_emergency
    }
}

#[cfg(test)]
mod tests {
    use super::RuleId;
    use crate::candidate::rules::testing::{organization_passes, worker_passes};

    #[test]
    fn e01_emergencies_are_reported() {
        for emergencies in ["harm_to_minor", "domestic_violence", "self_harm", "danger_to_others;self_harm"] {
            assert!(!worker_passes(RuleId::E01, &[("emergencies", emergencies)], &[], &[]), "{emergencies}");
            assert!(!organization_passes(RuleId::E01, &[("emergencies", emergencies)], &[]), "{emergencies}");
        }
        assert!(worker_passes(RuleId::E01, &[("emergencies", "")], &[], &[]), "nothing is on record");
        assert!(worker_passes(RuleId::E01, &[("risk", "red")], &[], &[]), "red alone is no emergency");
    }
}
