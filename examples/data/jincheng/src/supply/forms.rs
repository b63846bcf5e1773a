//! What the organizations of a form are like. Shares are assumptions unless noted.

use needmatch::model::codes::{Domain, OrganizationKind, OrganizationStatus};

use crate::credit::LegalPerson;

/// What the organizations of a form are like.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    pub(crate) kind: OrganizationKind,
    /// The legal person; `None` where it is filed and not registered.
    pub(crate) legal_person: Option<LegalPerson>,
    /// Domains in which it serves without naming a worker, and their weights; empty where it never does.
    pub(crate) direct: &'static [(Domain, u32)],
    /// How many of those, from and to.
    pub(crate) n_direct: (u32, u32),
    /// Needs at a time that it serves directly, from and to.
    pub(crate) places: (u32, u32),
    /// Organizations with an assessment grade, per mille.
    pub(crate) graded: u32,
    /// Organizations without the yearly check for work with minors, per mille.
    pub(crate) unchecked: u32,
}

use Domain as D;
use OrganizationKind as Kind;

impl Form {
    /// Registered as a legal person, or only filed with the township.
    pub(crate) const fn status(&self) -> OrganizationStatus {
        match self.legal_person {
            Some(_) => OrganizationStatus::Registered,
            None => OrganizationStatus::Filed,
        }
    }
}

const USUAL: Form = Form {
    kind: Kind::SocialServiceAgency,
    legal_person: Some(LegalPerson::SocialServiceAgency),
    direct: &[],
    n_direct: (0, 0),
    places: (0, 0),
    graded: 0,
    unchecked: 30,
};

/// A professional social work agency.
pub(crate) const AGENCY: Form = Form { graded: 900, unchecked: 0, ..USUAL };

/// The social work station of a township: a site of a registered agency, which also holds events.
pub(crate) const STATION: Form = Form {
    kind: Kind::SocialWorkStation,
    direct: &[(D::CommunityIntegration, 3), (D::MigrantService, 2), (D::LeftBehindWomen, 1), (D::EmploymentAid, 1)],
    n_direct: (1, 2),
    places: (8, 16),
    ..USUAL
};

/// A residents' committee whose members include certified social workers.
pub(crate) const COMMITTEE: Form =
    Form { kind: Kind::GrassrootsCommittee, legal_person: Some(LegalPerson::Committee), unchecked: 60, ..USUAL };

/// A hospital, health centre, school, welfare home or legal aid centre.
pub(crate) const INSTITUTION: Form =
    Form { kind: Kind::PublicInstitution, legal_person: Some(LegalPerson::PublicInstitution), ..USUAL };

/// A home-care firm.
pub(crate) const ENTERPRISE: Form = Form {
    kind: Kind::Enterprise,
    legal_person: Some(LegalPerson::Enterprise),
    direct: &[(D::ElderlyCare, 4), (D::LeftBehindElderly, 1)],
    n_direct: (1, 2),
    places: (20, 45),
    unchecked: 700,
    ..USUAL
};

/// An association of women, of disabled persons, of volunteers, of trades.
pub(crate) const ASSOCIATION: Form = Form {
    kind: Kind::SocialAssociation,
    legal_person: Some(LegalPerson::SocialAssociation),
    direct: &[
        (D::PovertyRelief, 3),
        (D::EmploymentAid, 3),
        (D::LeftBehindWomen, 2),
        (D::MigrantService, 2),
        (D::EducationAid, 2),
        (D::Environment, 1),
        (D::CommunityIntegration, 1),
    ],
    n_direct: (1, 3),
    places: (20, 45),
    graded: 400,
    unchecked: 200,
};

/// A charitable foundation, which links resources.
pub(crate) const FOUNDATION: Form = Form {
    kind: Kind::Foundation,
    legal_person: Some(LegalPerson::Foundation),
    direct: &[(D::PovertyRelief, 1), (D::EducationAid, 1)],
    n_direct: (2, 2),
    places: (60, 80),
    graded: 1000,
    unchecked: 0,
};

/// A community group filed with the township.
pub(crate) const FILED_GROUP: Form = Form {
    kind: Kind::FiledCommunityGroup,
    legal_person: None,
    direct: &[
        (D::LeftBehindElderly, 4),
        (D::ElderlyCare, 4),
        (D::PovertyRelief, 2),
        (D::CommunityIntegration, 3),
        (D::Environment, 2),
        (D::LeftBehindWomen, 2),
    ],
    n_direct: (1, 3),
    places: (6, 14),
    unchecked: 700,
    ..USUAL
};

/// A team of volunteers, some of whom serve by name.
pub(crate) const VOLUNTEER_TEAM: Form = Form {
    kind: Kind::VolunteerTeam,
    legal_person: None,
    direct: &[
        (D::LeftBehindElderly, 3),
        (D::ElderlyCare, 3),
        (D::Environment, 3),
        (D::CommunityIntegration, 2),
        (D::EducationAid, 1),
        (D::PovertyRelief, 2),
    ],
    n_direct: (1, 3),
    places: (6, 14),
    unchecked: 500,
    ..USUAL
};
