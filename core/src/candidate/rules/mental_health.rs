//! Severe mental disorder.

use super::{Demand, Policy, ProfileRule, RuleId, Supply};
use crate::model::codes::{Authority, Risk};

/// H07. Where the subject has a severe mental disorder, by client group or by the domain of mental health, and the risk
/// is red, no volunteer passes; a worker passes if authorised for the joint team; an organization that serves directly
/// passes: it builds the team.
pub(super) struct JointTeam;

impl ProfileRule for JointTeam {
    fn id(&self) -> RuleId {
        RuleId::H07
    }

    fn passes(&self, demand: &Demand, supply: &Supply, _: &Policy) -> bool {
        let applies = demand.subject.has_mental_disorder && demand.risk == Risk::Red;
        let is_team = supply.person.is_none_or(|person| person.authorities.contains(Authority::JointTeam));
        !applies || (is_team && !supply.is_volunteer)
    }
}

#[cfg(test)]
mod tests {
    use super::RuleId;
    use crate::candidate::rules::testing::{organization_passes, worker_passes};
    use crate::testing::Cell;

    #[test]
    fn h07_a_joint_team_for_severe_mental_disorder_at_red() {
        let red: &[Cell<'_>] = &[("groups", "severe_mental_disorder"), ("risk", "red")];
        let passes =
            |need: &[Cell<'_>], authorities| worker_passes(RuleId::H07, need, &[("authorities", authorities)], &[]);
        assert!(passes(red, "health;joint_team"));
        assert!(!passes(red, "health"));
        assert!(!passes(red, ""));
        assert!(!passes(&[("domain", "mental_health"), ("risk", "red")], "health"), "by domain");
        assert!(passes(&[("domain", "mental_health"), ("risk", "yellow")], ""), "not red");
        let volunteer = [("authorities", "joint_team"), ("qualifications", "volunteer")];
        assert!(!worker_passes(RuleId::H07, red, &volunteer, &[]));
        assert!(organization_passes(RuleId::H07, red, &[]));
        assert!(!organization_passes(RuleId::H07, red, &[("kind", "volunteer_team")]));
    }
}
