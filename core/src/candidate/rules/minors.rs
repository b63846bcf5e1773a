//! Protection of minors.

use super::{Demand, Policy, ProfileRule, RuleId, Supply};
use crate::model::codes::Sex;

/// H03. Where the subject is a minor, passes if the yearly checks of the organization and of the worker are both valid
/// on the evaluation date, their last day included; without a named worker the organization's counts.
///
/// Who is a minor, [`Subject`](crate::candidate::demand::Subject) says.
pub(super) struct CheckedForMinors;

impl ProfileRule for CheckedForMinors {
    fn id(&self) -> RuleId {
        RuleId::H03
    }

    fn passes(&self, demand: &Demand, supply: &Supply, _: &Policy) -> bool {
        !demand.subject.is_minor || supply.is_checked_for_minors
    }
}

/// H06. Where the subject is a minor, a victim or witness of violence and not known to be male, passes if a worker is
/// named who is a woman.
pub(super) struct WomanForGirlVictim;

impl ProfileRule for WomanForGirlVictim {
    fn id(&self) -> RuleId {
        RuleId::H06
    }

    fn passes(&self, demand: &Demand, supply: &Supply, _: &Policy) -> bool {
        let subject = &demand.subject;
        let applies = subject.is_minor && subject.is_victim && subject.may_be_female;
        !applies || supply.person.is_some_and(|person| person.sex == Sex::Female)
    }
}

/// H19. Where the subject is below 8 and left unattended, or below 16 and living alone, nobody passes: the law wants a
/// report at once, not an appointment.
///
/// Who that is, [`Subject`](crate::candidate::demand::Subject) says. Where nothing is on record about who looks after a
/// child the rule passes: it is about facts that somebody found.
pub(super) struct NotUnattended;

impl ProfileRule for NotUnattended {
    fn id(&self) -> RuleId {
        RuleId::H19
    }

    fn passes(&self, demand: &Demand, _: &Supply, _: &Policy) -> bool {
        !demand.subject.is_unattended
    }
}

#[cfg(test)]
mod tests {
    use super::RuleId;
    use crate::candidate::rules::testing::{EARLIER, LATER, organization_passes, worker_passes};
    use crate::testing::Cell;

    #[test]
    fn h03_both_checks_are_valid_where_a_minor_is_concerned() {
        let minor: &[Cell<'_>] = &[("domain", "education_aid"), ("age_band", "8-11")];
        let passes = |need: &[Cell<'_>], worker: &str, organization: &str| {
            let until = |date| [("minor_check_valid_until", date)];
            worker_passes(RuleId::H03, need, &until(worker), &until(organization))
        };
        assert!(passes(minor, LATER, LATER));
        assert!(passes(minor, "2026-01-01", LATER), "the last day counts");
        assert!(!passes(minor, EARLIER, LATER));
        assert!(!passes(minor, LATER, EARLIER));
        assert!(!passes(minor, "", LATER));
        assert!(!passes(minor, LATER, ""));
        assert!(organization_passes(RuleId::H03, minor, &[("minor_check_valid_until", LATER)]));
        assert!(!organization_passes(RuleId::H03, minor, &[]));
    }

    #[test]
    fn h03_who_is_a_minor() {
        let applies = |need: &[Cell<'_>]| !worker_passes(RuleId::H03, need, &[], &[]);
        assert!(applies(&[("age_band", "16-17")]));
        assert!(applies(&[("age_band", "18-34"), ("juvenile_case", "true")]));
        assert!(applies(&[("age_band", "18-34"), ("groups", "child")]));
        assert!(applies(&[("age_band", "35-59"), ("domain", "left_behind_children")]));
        assert!(applies(&[("age_band", ""), ("domain", "education_aid")]), "unknown counts as minor");
        assert!(!applies(&[("age_band", "18-34"), ("domain", "education_aid")]));
        assert!(!applies(&[("age_band", ""), ("domain", "elderly_care")]));
        assert!(!applies(&[("age_band", ""), ("domain", "humanistic_care"), ("groups", "elderly")]));
    }

    #[test]
    fn h06_a_woman_for_a_girl_who_is_a_victim() {
        let girl: &[Cell<'_>] = &[("groups", "violence_victim"), ("age_band", "12-13"), ("sex", "2")];
        let passes = |need: &[Cell<'_>], sex| worker_passes(RuleId::H06, need, &[("sex", sex)], &[]);
        assert!(passes(girl, "2"));
        assert!(!passes(girl, "1"));
        assert!(!passes(girl, ""));
        assert!(!passes(&[("groups", "violence_victim"), ("age_band", "12-13"), ("sex", "9")], "1"), "sex not stated");
        assert!(passes(&[("groups", "violence_victim"), ("age_band", "18-34"), ("sex", "2")], "1"), "a grown woman");
        assert!(passes(&[("groups", "violence_victim"), ("age_band", "12-13"), ("sex", "1")], "1"), "a boy");
        assert!(!organization_passes(RuleId::H06, girl, &[]), "nobody is named");
    }

    #[test]
    fn h19_a_child_left_alone_is_reported() {
        let passes = |age, guardianship| {
            let need = [("domain", "education_aid"), ("age_band", age), ("guardianship", guardianship)];
            let worker = worker_passes(RuleId::H19, &need, &[], &[]);
            assert_eq!(worker, organization_passes(RuleId::H19, &need, &[]));
            worker
        };
        assert!(!passes("0-5", "unattended") && !passes("6-7", "unattended"));
        assert!(passes("8-11", "unattended"), "from 8 on");
        assert!(!passes("6-7", "living_alone") && !passes("14-15", "living_alone"));
        assert!(passes("16-17", "living_alone"), "from 16 on");
        assert!(passes("6-7", "present") && passes("6-7", ""), "nothing is known to be wrong");
        assert!(!passes("", "unattended") && !passes("", "living_alone"), "a minor of unknown age");
        let adult = [("age_band", ""), ("guardianship", "living_alone")];
        assert!(worker_passes(RuleId::H19, &adult, &[], &[]), "an elderly resident of unknown age");
    }
}
