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
