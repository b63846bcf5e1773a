//! The soft criteria, one file each, in the order of [`Criterion::ALL`](super::Criterion::ALL).

mod domain_competence;

mod qualification;

mod travel_time;

mod continuity;

mod waiting;

mod languages;

mod preference;

mod organization_grade;

use super::measure::Measure;
use super::{Criterion, N_CRITERIA};

/// The measure of each criterion, in the order of [`Criterion::ALL`].
pub(super) const MEASURES: [(Criterion, &dyn Measure); N_CRITERIA] = [
    (Criterion::DomainCompetence, &domain_competence::DomainCompetence),
    (Criterion::Qualification, &qualification::Qualification),
    (Criterion::TravelTime, &travel_time::TravelTime),
    (Criterion::Continuity, &continuity::Continuity),
    (Criterion::Waiting, &waiting::Waiting),
    (Criterion::Languages, &languages::SharedLanguage),
    (Criterion::Preference, &preference::Preference),
    (Criterion::OrganizationGrade, &organization_grade::OrganizationGrade),
];
