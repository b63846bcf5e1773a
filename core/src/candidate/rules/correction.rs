//! Community correction.

use super::{Demand, Policy, ProfileRule, RuleId, Supply};
use crate::model::codes::{Confidentiality, Qualification, Sex};

/// H04. Where the subject is under community correction and not known to be male, passes if the named worker is a
/// woman. An organization that serves directly passes: it builds the team in which the law wants a woman.
pub(super) struct WomanForWoman;

impl ProfileRule for WomanForWoman {
    fn id(&self) -> RuleId {
        RuleId::H04
    }

    fn passes(&self, demand: &Demand, supply: &Supply, _: &Policy) -> bool {
        let applies = demand.subject.is_corrected && demand.subject.may_be_female;
        !applies || supply.person.is_none_or(|person| person.sex == Sex::Female)
    }
}

/// H05. Where the subject is under community correction and a minor, or the case began as juvenile, passes if a worker
/// is named who holds a valid `juvenile_specialist` and has clearance for sealed cases.
pub(super) struct JuvenileSpecialist;

impl ProfileRule for JuvenileSpecialist {
    fn id(&self) -> RuleId {
        RuleId::H05
    }

    fn passes(&self, demand: &Demand, supply: &Supply, _: &Policy) -> bool {
        let is_fit = supply.person.is_some_and(|person| {
            person.qualifications.contains(Qualification::JuvenileSpecialist)
                && person.clearance == Some(Confidentiality::Sealed)
        });
        !demand.subject.is_juvenile_corrected || is_fit
    }
}

#[cfg(test)]
mod tests {
    use super::RuleId;
    use crate::candidate::rules::testing::{organization_passes, worker_passes};
    use crate::testing::Cell;

    #[test]
    fn h04_a_woman_for_a_woman_under_correction() {
        let woman: &[Cell<'_>] = &[("domain", "community_correction"), ("sex", "2")];
        let passes = |need: &[Cell<'_>], sex| worker_passes(RuleId::H04, need, &[("sex", sex)], &[]);
        assert!(passes(woman, "2"));
        assert!(!passes(woman, "1"));
        assert!(!passes(woman, ""));
        assert!(passes(&[("domain", "community_correction"), ("sex", "1")], "1"));
        assert!(!passes(&[("groups", "correction_subject"), ("sex", "")], "1"), "unknown counts as female");
        assert!(passes(&[("sex", "2")], "1"), "not under correction");
        assert!(organization_passes(RuleId::H04, woman, &[]), "builds a team");
    }

    #[test]
    fn h05_a_specialist_for_juvenile_correction() {
        let juvenile: &[Cell<'_>] =
            &[("domain", "community_correction"), ("age_band", "18-34"), ("juvenile_case", "true")];
        let passes = |need: &[Cell<'_>], qualifications, clearance| {
            let worker = [("qualifications", qualifications), ("clearance", clearance)];
            worker_passes(RuleId::H05, need, &worker, &[])
        };
        assert!(passes(juvenile, "juvenile_specialist", "4"));
        assert!(!passes(juvenile, "juvenile_specialist@2025-12-31", "4"));
        assert!(!passes(juvenile, "juvenile_specialist", "3"));
        assert!(!passes(juvenile, "juvenile_specialist", ""));
        assert!(!passes(juvenile, "sw_senior", "4"));
        assert!(
            passes(&[("domain", "community_correction"), ("age_band", "18-34")], "sw_senior", "3"),
            "an adult case"
        );
        assert!(!passes(&[("domain", "community_correction"), ("age_band", "")], "sw_senior", "4"), "of unknown age");
        assert!(!organization_passes(RuleId::H05, juvenile, &[]));
    }
}
