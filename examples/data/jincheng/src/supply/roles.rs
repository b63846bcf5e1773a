//! What the workers of a role are like: papers, domains, caseload, reach. Shares are assumptions unless noted.

use needmatch::model::codes::{Confidentiality, Domain, Qualification};

/// Where the workers of a role serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The township of their base, or the townships of their station.
    Township,
    /// The community of their base.
    Community,
    /// The county of their organization.
    County,
    /// The whole prefecture.
    Prefecture,
}

/// What the workers of a role are like.
#[derive(Clone, Copy)]
pub(crate) struct Role {
    /// The main qualification, and the shares.
    pub(crate) qualification: &'static [(Qualification, u32)],
    /// Further qualifications, each of so many per mille.
    pub(crate) also: &'static [(Qualification, u32)],
    /// Main qualifications that have expired, per mille.
    pub(crate) expired: u32,
    /// Domains in which all serve.
    pub(crate) core: &'static [Domain],
    /// Domains of which each worker has some, and their weights.
    pub(crate) menu: &'static [(Domain, u32)],
    /// How many of those, from and to.
    pub(crate) n_menu: (u32, u32),
    /// Needs at a time, from and to.
    pub(crate) caseload: (u32, u32),
    /// Part of the caseload that is taken already, per cent, from and to.
    pub(crate) taken: (u32, u32),
    pub(crate) clearance: &'static [(Confidentiality, u32)],
    /// Women, per mille.
    pub(crate) women: u32,
    pub(crate) reach: Reach,
    /// The longest way in minutes; `None` leaves it to the policy.
    pub(crate) travel: Option<u32>,
    /// Workers without the yearly check for work with minors, per mille.
    pub(crate) unchecked: u32,
}

use Confidentiality as Secret;
use Domain as D;
use Qualification as Q;

/// Levels among certified social workers: assistants about 75 %, certified 24 %, senior below 1 %.
const CERTIFIED: &[(Qualification, u32)] = &[(Q::SwAssistant, 752), (Q::SwCertified, 240), (Q::SwSenior, 8)];

/// What social workers take on.
const GENERAL_MENU: &[(Domain, u32)] = &[
    (D::ElderlyCare, 26),
    (D::PovertyRelief, 18),
    (D::DisabilitySupport, 18),
    (D::MentalHealth, 13),
    (D::LeftBehindElderly, 10),
    (D::LeftBehindChildren, 10),
    (D::WomenFamily, 10),
    (D::EmploymentAid, 9),
    (D::OrphanSupport, 8),
    (D::PsychologicalSupport, 8),
    (D::CommunityIntegration, 8),
    (D::EducationAid, 7),
    (D::YouthBehaviour, 6),
    (D::HumanisticCare, 6),
    (D::PrisonerChildren, 5),
    (D::MigrantService, 5),
    (D::DisputeMediation, 5),
    (D::LeftBehindWomen, 4),
    (D::CommunityCorrection, 4),
    (D::Environment, 3),
];

/// A role with the shares that most have; women are 75 to 80 % of social workers.
const USUAL: Role = Role {
    qualification: CERTIFIED,
    also: &[],
    expired: 30,
    core: &[],
    menu: GENERAL_MENU,
    n_menu: (3, 5),
    caseload: (20, 30),
    taken: (40, 60),
    clearance: &[(Secret::HealthOrVictim, 1)],
    women: 780,
    reach: Reach::County,
    travel: None,
    unchecked: 60,
};

/// A certified worker of a township station.
pub(crate) const STATION_CERTIFIED: Role = Role {
    qualification: &[(Q::SwAssistant, 85), (Q::SwCertified, 15)],
    core: &[D::ElderlyCare, D::LeftBehindElderly, D::LeftBehindChildren, D::PovertyRelief, D::DisabilitySupport],
    menu: &[(D::OrphanSupport, 3), (D::MentalHealth, 2), (D::CommunityIntegration, 2), (D::WomenFamily, 1)],
    n_menu: (1, 2),
    caseload: (50, 68),
    reach: Reach::Township,
    ..USUAL
};

/// A trained worker of a township station without a national certificate.
pub(crate) const STATION_AUXILIARY: Role = Role {
    qualification: &[(Q::SwAuxiliary, 1)],
    core: &[D::ElderlyCare, D::LeftBehindElderly, D::LeftBehindChildren, D::PovertyRelief],
    menu: &[(D::OrphanSupport, 2), (D::DisabilitySupport, 2), (D::CommunityIntegration, 2), (D::EmploymentAid, 2)],
    n_menu: (1, 2),
    clearance: &[(Secret::Sensitive, 1)],
    ..STATION_CERTIFIED
};

/// A certified worker of a professional agency.
pub(crate) const AGENCY: Role = Role {
    also: &[(Q::JuvenileSpecialist, 130), (Q::PsyCounselor, 90), (Q::FamilyEduGuide, 90)],
    n_menu: (4, 6),
    caseload: (28, 40),
    clearance: &[(Secret::HealthOrVictim, 6), (Secret::Sealed, 4)],
    travel: Some(75),
    unchecked: 20,
    ..USUAL
};

/// An agency's worker for community correction (planned at one to fifty).
pub(crate) const CORRECTION: Role = Role {
    also: &[(Q::JuvenileSpecialist, 150)],
    core: &[D::CommunityCorrection],
    menu: &[(D::YouthBehaviour, 2), (D::PrisonerChildren, 1), (D::EmploymentAid, 1)],
    n_menu: (1, 1),
    caseload: (40, 50),
    taken: (60, 75),
    clearance: &[(Secret::Sealed, 1)],
    women: 600,
    travel: Some(90),
    unchecked: 0,
    ..USUAL
};

/// A certified member of a residents' committee, who serves beside other duties.
pub(crate) const COMMITTEE: Role = Role {
    n_menu: (3, 4),
    caseload: (12, 18),
    clearance: &[(Secret::Sensitive, 6), (Secret::HealthOrVictim, 4)],
    reach: Reach::Township,
    travel: Some(30),
    ..USUAL
};

/// A certified worker of a hospital, school or welfare home.
pub(crate) const INSTITUTION: Role = Role {
    menu: &[
        (D::MentalHealth, 4),
        (D::DisabilitySupport, 4),
        (D::ElderlyCare, 3),
        (D::HumanisticCare, 2),
        (D::OrphanSupport, 2),
        (D::PsychologicalSupport, 2),
        (D::YouthBehaviour, 1),
        (D::WomenFamily, 1),
    ],
    n_menu: (2, 3),
    caseload: (10, 18),
    clearance: &[(Secret::HealthOrVictim, 7), (Secret::Sealed, 3)],
    ..USUAL
};

/// A certified worker of an association.
pub(crate) const ASSOCIATION: Role = Role { n_menu: (2, 3), caseload: (10, 16), ..USUAL };

/// An elderly carer; level 5 is the lowest.
pub(crate) const CARER: Role = Role {
    qualification: &[
        (Q::ElderCarer5, 50),
        (Q::ElderCarer4, 28),
        (Q::ElderCarer3, 16),
        (Q::ElderCarer2, 4),
        (Q::ElderCarer1, 2),
    ],
    core: &[D::ElderlyCare],
    menu: &[(D::LeftBehindElderly, 1), (D::DisabilitySupport, 1)],
    n_menu: (0, 2),
    caseload: (7, 12),
    clearance: &[(Secret::Sensitive, 1)],
    women: 860,
    travel: Some(40),
    unchecked: 500,
    ..USUAL
};

/// A nurse of a township health centre who manages severe mental disorders (planned at 1 to 30–60).
pub(crate) const MENTAL_HEALTH_MANAGER: Role = Role {
    qualification: &[(Q::Nurse, 1)],
    core: &[D::MentalHealth],
    menu: &[(D::HumanisticCare, 1), (D::ElderlyCare, 1)],
    n_menu: (0, 1),
    caseload: (36, 60),
    taken: (55, 75),
    women: 720,
    reach: Reach::Township,
    ..USUAL
};

/// A rehabilitation therapist.
pub(crate) const THERAPIST: Role = Role {
    qualification: &[(Q::RehabTherapist, 1)],
    core: &[D::DisabilitySupport],
    menu: &[(D::MentalHealth, 2), (D::ElderlyCare, 2)],
    n_menu: (1, 2),
    caseload: (12, 20),
    women: 600,
    ..USUAL
};

/// A counsellor, who neither treats nor diagnoses.
pub(crate) const COUNSELLOR: Role = Role {
    qualification: &[(Q::PsyCounselor, 1)],
    core: &[D::PsychologicalSupport],
    menu: &[
        (D::MentalHealth, 3),
        (D::WomenFamily, 3),
        (D::YouthBehaviour, 2),
        (D::PrisonerChildren, 2),
        (D::CommunityCorrection, 2),
        (D::LeftBehindWomen, 1),
        (D::HumanisticCare, 2),
    ],
    n_menu: (2, 3),
    caseload: (12, 20),
    clearance: &[(Secret::HealthOrVictim, 7), (Secret::Sealed, 3)],
    travel: Some(75),
    ..USUAL
};

/// A psychiatrist or psychotherapist: very few.
pub(crate) const PSYCHIATRIC: Role = Role {
    qualification: &[(Q::Psychiatrist, 1), (Q::PsyTherapist, 1)],
    core: &[D::MentalHealth],
    menu: &[(D::PsychologicalSupport, 1)],
    n_menu: (0, 1),
    caseload: (30, 45),
    taken: (80, 90),
    clearance: &[(Secret::Sealed, 1)],
    women: 500,
    reach: Reach::Prefecture,
    travel: Some(90),
    ..USUAL
};

/// A lawyer of a legal aid centre.
pub(crate) const LAWYER: Role = Role {
    qualification: &[(Q::Lawyer, 1)],
    core: &[D::WomenFamily, D::DisputeMediation],
    menu: &[(D::MigrantService, 3), (D::LeftBehindWomen, 2), (D::CommunityCorrection, 1)],
    n_menu: (1, 2),
    caseload: (8, 14),
    clearance: &[(Secret::HealthOrVictim, 1), (Secret::Sealed, 1)],
    women: 400,
    travel: Some(90),
    ..USUAL
};

/// A teacher who gives lessons after school.
pub(crate) const TEACHER: Role = Role {
    qualification: &[(Q::Teacher, 1)],
    also: &[(Q::FamilyEduGuide, 150)],
    core: &[D::EducationAid],
    menu: &[(D::LeftBehindChildren, 3), (D::OrphanSupport, 2), (D::PrisonerChildren, 1)],
    n_menu: (1, 2),
    caseload: (5, 9),
    taken: (20, 50),
    clearance: &[(Secret::Sensitive, 4), (Secret::HealthOrVictim, 1)],
    women: 700,
    travel: Some(40),
    unchecked: 10,
    ..USUAL
};

/// A guide for family education.
pub(crate) const FAMILY_GUIDE: Role = Role {
    qualification: &[(Q::FamilyEduGuide, 1)],
    also: &[(Q::JuvenileSpecialist, 300)],
    core: &[D::YouthBehaviour],
    menu: &[(D::LeftBehindChildren, 2), (D::OrphanSupport, 2), (D::EducationAid, 2), (D::PrisonerChildren, 1)],
    n_menu: (2, 3),
    caseload: (8, 14),
    clearance: &[(Secret::HealthOrVictim, 1), (Secret::Sealed, 1)],
    women: 850,
    unchecked: 20,
    ..USUAL
};

/// A people's mediator of a committee.
pub(crate) const MEDIATOR: Role = Role {
    qualification: &[(Q::Mediator, 1)],
    core: &[D::DisputeMediation],
    menu: &[(D::WomenFamily, 2), (D::CommunityIntegration, 1)],
    n_menu: (0, 1),
    caseload: (4, 8),
    clearance: &[(Secret::Sensitive, 2), (Secret::HealthOrVictim, 1)],
    women: 350,
    reach: Reach::Township,
    ..USUAL
};

/// The child director of a village or neighbourhood: one in each.
pub(crate) const CHILD_DIRECTOR: Role = Role {
    qualification: &[(Q::ChildDirector, 1)],
    core: &[D::LeftBehindChildren, D::OrphanSupport],
    menu: &[(D::EducationAid, 1), (D::PrisonerChildren, 1)],
    n_menu: (0, 1),
    caseload: (3, 6),
    taken: (30, 70),
    clearance: &[(Secret::Sensitive, 9), (Secret::HealthOrVictim, 1)],
    women: 700,
    reach: Reach::Community,
    unchecked: 80,
    ..USUAL
};

/// The child supervisor of a township: one in each.
pub(crate) const CHILD_SUPERVISOR: Role = Role {
    qualification: &[(Q::ChildSupervisor, 1)],
    also: &[(Q::JuvenileSpecialist, 200)],
    core: &[D::LeftBehindChildren, D::OrphanSupport, D::PrisonerChildren],
    menu: &[(D::YouthBehaviour, 1), (D::EducationAid, 1)],
    n_menu: (0, 1),
    caseload: (10, 16),
    clearance: &[(Secret::HealthOrVictim, 1), (Secret::Sealed, 1)],
    women: 600,
    reach: Reach::Township,
    unchecked: 20,
    ..USUAL
};

/// A volunteer of a team.
pub(crate) const VOLUNTEER: Role = Role {
    qualification: &[(Q::Volunteer, 1)],
    core: &[D::LeftBehindElderly],
    menu: &[
        (D::ElderlyCare, 3),
        (D::EducationAid, 2),
        (D::Environment, 2),
        (D::CommunityIntegration, 2),
        (D::LeftBehindChildren, 1),
    ],
    n_menu: (1, 2),
    caseload: (2, 3),
    taken: (0, 50),
    clearance: &[(Secret::Internal, 4), (Secret::Sensitive, 1)],
    women: 620,
    reach: Reach::Township,
    travel: Some(20),
    unchecked: 400,
    ..USUAL
};

/// Every role, for tests.
#[cfg(test)]
pub(crate) const ALL: &[Role] = &[
    STATION_CERTIFIED,
    STATION_AUXILIARY,
    AGENCY,
    CORRECTION,
    COMMITTEE,
    INSTITUTION,
    ASSOCIATION,
    CARER,
    MENTAL_HEALTH_MANAGER,
    THERAPIST,
    COUNSELLOR,
    PSYCHIATRIC,
    LAWYER,
    TEACHER,
    FAMILY_GUIDE,
    MEDIATOR,
    CHILD_DIRECTOR,
    CHILD_SUPERVISOR,
    VOLUNTEER,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_qualification_but_none_else_occurs() {
        for qualification in Qualification::ALL {
            let held =
                ALL.iter().any(|role| role.qualification.iter().chain(role.also).any(|(q, _)| q == qualification));
            assert!(held, "{qualification:?}");
        }
    }

    #[test]
    fn every_role_serves_some_domain_and_has_a_caseload() {
        for role in ALL {
            assert!(!role.core.is_empty() || role.n_menu.0 > 0);
            assert!(role.caseload.0 > 0 && role.caseload.0 <= role.caseload.1 && role.taken.1 <= 100);
        }
    }
}
