//! The hard rules, one file for each family.
//!
//! A rule on *profiles* knows only the [`Demand`] of a need and the [`Supply`] of a provider, so its outcome is looked
//! up once for all equal pairs. A rule on *pairs* knows the two rows as well.
//! `candidate::find` and `candidate::failed_rules` use the same functions.

mod qualification;

mod standing;

mod minors;

mod correction;

mod mental_health;

mod emergency;
mod exclusion;
mod funding;

mod confidentiality;

mod consent;

mod domain;
mod place;

mod volunteers;

mod sex;

mod referral;

pub(super) use exclusion::{is_assessor, is_excluded};

use super::demand::Demand;
use super::pair::Pair;
use super::rule::{RuleId, RuleSet};
use super::supply::Supply;
use crate::policy::Policy;

/// A rule on profiles.
pub(super) trait ProfileRule: Sync {
    fn id(&self) -> RuleId;

    fn passes(&self, demand: &Demand, supply: &Supply, policy: &Policy) -> bool;
}

/// A rule on pairs.
pub(super) trait PairRule: Sync {
    fn id(&self) -> RuleId;

    fn passes(&self, pair: &Pair<'_>) -> bool;
}

const PROFILE_RULES: &[&dyn ProfileRule] = &[
    &qualification::Qualified,
    &standing::GoodStanding,
    &minors::CheckedForMinors,
    &minors::WomanForGirlVictim,
    &minors::NotUnattended,
    &emergency::NotEmergency,
    &correction::WomanForWoman,
    &correction::JuvenileSpecialist,
    &mental_health::JointTeam,
    &referral::MedicalReferral,
    &referral::LawEnforcement,
    &referral::NoMediation,
    &confidentiality::Cleared,
    &consent::Consented,
    &volunteers::VolunteerTask,
    &sex::RequiredSex,
];

const PAIR_RULES: &[&dyn PairRule] = &[
    &domain::ServesDomain,
    &exclusion::NotExcluded,
    &exclusion::NotAssessor,
    &funding::PaidFor,
    &place::InServiceArea,
    &place::WithinReach,
];

/// The rules on profiles that fail and are in force.
pub(super) fn failed_by_profile(demand: &Demand, supply: &Supply, policy: &Policy) -> RuleSet {
    let failed = PROFILE_RULES.iter().filter(|rule| !rule.passes(demand, supply, policy)).map(|rule| rule.id());
    failed.collect::<RuleSet>().intersection(policy.rules())
}

/// The rules on pairs that fail and are in force.
pub(super) fn failed_by_pair(pair: &Pair<'_>) -> RuleSet {
    let failed = PAIR_RULES.iter().filter(|rule| !rule.passes(pair)).map(|rule| rule.id());
    failed.collect::<RuleSet>().intersection(pair.policy.rules())
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
