//! The soft criteria, one file each, in the order of [`Criterion::ALL`](super::Criterion::ALL).

mod domain_competence;

mod qualification;

mod travel_time;

mod continuity;

mod waiting;

mod languages;

mod preference;

mod organization_grade;

use super::N_CRITERIA;
use super::measure::{Measure, NeedSide, ProviderSide};
use crate::policy::Policy;

// Each measure is called by name: calls through a table of them cost a sixth of finding and scoring a county's candidates.
macro_rules! in_order {
    ($($criterion:ident: $measure:path;)+) => {
        /// The criteria of [`measures`]; a test compares them with [`Criterion::ALL`](super::Criterion::ALL).
        #[cfg(test)]
        pub(super) const ORDER: [super::Criterion; N_CRITERIA] = [$(super::Criterion::$criterion),+];

        /// The measures of a pair, each in [0, 1], in the order of [`Criterion::ALL`](super::Criterion::ALL).
        pub(super) fn measures(
            need: &NeedSide<'_>,
            provider: &ProviderSide,
            policy: &Policy,
        ) -> [f64; N_CRITERIA] {
            [$($measure.value(need, provider, policy)),+]
        }
    };
}

in_order! {
    DomainCompetence: domain_competence::DomainCompetence;
    Qualification: qualification::Qualification;
    TravelTime: travel_time::TravelTime;
    Continuity: continuity::Continuity;
    Waiting: waiting::Waiting;
    Languages: languages::SharedLanguage;
    Preference: preference::Preference;
    OrganizationGrade: organization_grade::OrganizationGrade;
}
