//! What the fund lines of a county pay for. Terms are assumptions; the kinds of fund lines are those that the field names.

use needmatch::model::codes::{Domain, OrganizationKind};

use Domain as D;
use OrganizationKind as Kind;

/// The terms of a fund line.
#[derive(Clone, Copy)]
pub(crate) struct Terms {
    pub(crate) kinds: &'static [OrganizationKind],
    /// Empty for all domains.
    pub(crate) domains: &'static [Domain],
    pub(crate) first_day: &'static str,
    pub(crate) last_day: &'static str,
}

/// Purchase of services (政府购买服务) from the stations, for two years. Jobs and the environment have budgets elsewhere.
pub(crate) const STATIONS: Terms = Terms {
    kinds: &[Kind::SocialWorkStation],
    domains: &[
        D::ElderlyCare,
        D::OrphanSupport,
        D::DisabilitySupport,
        D::EducationAid,
        D::MentalHealth,
        D::CommunityCorrection,
        D::PsychologicalSupport,
        D::HumanisticCare,
        D::MigrantService,
        D::LeftBehindChildren,
        D::LeftBehindWomen,
        D::LeftBehindElderly,
        D::PovertyRelief,
        D::YouthBehaviour,
        D::WomenFamily,
        D::PrisonerChildren,
        D::DisputeMediation,
        D::CommunityIntegration,
    ],
    first_day: "2025-01-01",
    last_day: "2026-12-31",
};

/// Project money (项目资金) for home care and care homes, for a year.
pub(crate) const CARE: Terms = Terms {
    kinds: &[Kind::Enterprise, Kind::PublicInstitution],
    domains: &[D::ElderlyCare, D::LeftBehindElderly, D::DisabilitySupport, D::HumanisticCare],
    first_day: "2025-07-01",
    last_day: "2026-06-30",
};

/// Awards in lieu of subsidies (以奖代补) for filed groups and volunteer teams.
pub(crate) const AWARDS: Terms = Terms {
    kinds: &[Kind::FiledCommunityGroup, Kind::VolunteerTeam],
    domains: &[],
    first_day: "2025-10-01",
    last_day: "2026-09-30",
};

/// The same where this year's round has not begun yet.
pub(crate) const LATE_AWARDS: Terms = Terms { first_day: "2026-03-01", ..AWARDS };

/// Charity money (慈善资金) of the foundation, for the poor alone.
pub(crate) const CHARITY: Terms = Terms {
    kinds: &[Kind::Foundation, Kind::SocialAssociation],
    domains: &[D::PovertyRelief],
    first_day: "2025-01-01",
    last_day: "2027-12-31",
};
