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
