//! What a need demands of whoever serves it: its attributes as the rules read them.

use crate::model::codes::{ClientGroup, Confidentiality, Consents, Domain, Qualification, Risk, ServiceType, Sex};
use crate::model::{Need, is_left_alone, is_minor};
use crate::policy::Policy;

/// All that the rules on profiles may know of a need. Needs with equal demands pass and fail these rules alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Demand {
    pub(crate) domain: Domain,
    pub(crate) risk: Risk,
    /// What is asked for; the domain's usual service where the need does not say.
    pub(crate) service: ServiceType,
    pub(crate) min_qualification: Option<Qualification>,
    pub(crate) subject: Subject,
    /// The class in the table, or the least class of the resident's client groups where that is higher.
    pub(crate) confidentiality: Confidentiality,
    pub(crate) consents: Consents,
    /// The sex that the worker must have; `None` where it does not matter.
    pub(crate) required_sex: Option<Sex>,
    /// A statutory emergency is on record.
    pub(crate) is_emergency: bool,
}

/// Whom the protection of the law is about. What is not known counts as what needs more protection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Subject {
    /// By age, by a case that began as juvenile, or by the policy's domains and groups of minors; unknown age counts as
    /// minor outside the policy's domains and groups of adults.
    pub(crate) is_minor: bool,
    /// Below 14 by age; a minor of unknown age counts as below 14.
    pub(crate) needs_guardian: bool,
    /// Every sex but male, so an unknown one too.
    pub(crate) may_be_female: bool,
    /// By client group or by domain.
    pub(crate) is_corrected: bool,
    /// Under correction, and a minor or a case that began as juvenile.
    pub(crate) is_juvenile_corrected: bool,
    /// Severe mental disorder by client group, or the domain of mental health.
    pub(crate) has_mental_disorder: bool,
    /// Victim or witness of violence by client group.
    pub(crate) is_victim: bool,
    /// Below 8 and left unattended, or below 16 and living alone; a minor of unknown age counts as below 8.
    pub(crate) is_unattended: bool,
    /// In one of the policy's sensitive groups, or a case of class 2 or higher.
    pub(crate) is_sensitive: bool,
}

impl Demand {
    pub(crate) fn of(need: &Need, policy: &Policy) -> Self {
        let floors = need.groups.iter().map(|group| policy.group_confidentiality(group));
        let confidentiality = floors.fold(need.confidentiality, Ord::max);
        Self {
            domain: need.domain,
            risk: need.risk,
            service: need.service_type.unwrap_or(policy.usual_service(need.domain)),
            min_qualification: need.min_qualification,
            subject: Subject::of(need, confidentiality, policy),
            confidentiality,
            consents: need.consents,
            required_sex: matches!(need.required_sex, Sex::Male | Sex::Female).then_some(need.required_sex),
            is_emergency: !need.emergencies.is_empty(),
        }
    }
}

impl Subject {
    fn of(need: &Need, confidentiality: Confidentiality, policy: &Policy) -> Self {
        let is_minor = is_minor(need, policy.minors());
        let is_corrected =
            need.domain == Domain::CommunityCorrection || need.groups.contains(ClientGroup::CorrectionSubject);
        Self {
            is_minor,
            needs_guardian: need.age_band.map_or(is_minor, |age| age.needs_guardian_consent()),
            may_be_female: need.sex != Sex::Male,
            is_corrected,
            is_juvenile_corrected: is_corrected && is_minor,
            has_mental_disorder: need.domain == Domain::MentalHealth
                || need.groups.contains(ClientGroup::SevereMentalDisorder),
            is_victim: need.groups.contains(ClientGroup::ViolenceVictim),
            is_unattended: is_left_alone(need, policy.minors()),
            is_sensitive: confidentiality >= Confidentiality::Sensitive
                || policy.consent().sensitive_groups.intersects(need.groups),
        }
    }
}
