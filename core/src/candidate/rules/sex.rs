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

#[cfg(test)]
mod tests {
    use super::RuleId;
    use crate::candidate::rules::testing::{organization_passes, worker_passes};

    #[test]
    fn h16_the_sex_that_the_need_demands() {
        let passes = |required, sex| worker_passes(RuleId::H16, &[("required_sex", required)], &[("sex", sex)], &[]);
        assert!(passes("2", "2") && passes("1", "1"));
        assert!(!passes("2", "1"));
        assert!(!passes("2", ""));
        assert!(passes("", "1") && passes("9", ""));
        assert!(!organization_passes(RuleId::H16, &[("required_sex", "2")], &[]), "nobody is named");
    }
}
