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
