//! The sex that a need demands. It decides who may serve, and is never part of a score.

use super::{Demand, Policy, ProfileRule, RuleId, Supply};

/// H16. Where the need demands a man or a woman, passes if a worker is named who is one.
pub(super) struct RequiredSex;

impl ProfileRule for RequiredSex {
    fn id(&self) -> RuleId {
        RuleId::H16
    }

    fn passes(&self, demand: &Demand, supply: &Supply, _: &Policy) -> bool {
        demand.required_sex.is_none_or(|sex| supply.person.is_some_and(|person| person.sex == sex))
    }
}
