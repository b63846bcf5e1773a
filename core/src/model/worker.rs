//! A worker: a social worker, carer, volunteer or other person of an organization.

use super::codes::{Authorities, Confidentiality, DomainLevels, Languages, Qualification, ServiceArea, Sex};
use super::{CommunityId, Date, OrganizationId, Point};

/// A qualification with its last valid day; `None` where it does not expire.
pub type HeldQualification = (Qualification, Option<Date>);

/// A checked worker.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Worker {
    /// The caller's identifier.
    pub id: Box<str>,
    /// The organization.
    pub organization: OrganizationId,
    /// The domains in which the worker serves, each with a level of competence from 1 to 3.
    pub domains: DomainLevels,
    /// Most needs at a time.
    pub caseload_max: u32,
    /// Needs served already, which are not part of this run; at most `caseload_max`.
    pub caseload_current: u32,
    /// Fewest needs at a time.
    pub caseload_min: u32,
    /// What the worker holds, each once.
    pub qualifications: Box<[HeldQualification]>,
    /// The worker's sex.
    pub sex: Sex,
    /// Languages or dialects that the worker speaks.
    pub languages: Languages,
    /// Last valid day of the yearly check for work with minors (H03); `None` means no check.
    pub minor_check_valid_until: Option<Date>,
    /// The highest class of confidentiality that the worker may see (H11); `None` means none is on record.
    pub clearance: Option<Confidentiality>,
    /// The authorities that have authorised the worker.
    pub authorities: Authorities,
    /// Where the worker sets out from.
    pub base_community: Option<CommunityId>,
    /// Where the worker sets out from, more exactly; `None` means the base community's point.
    pub point: Option<Point>,
    /// The divisions that the worker serves; empty means the organization's.
    pub service_area: ServiceArea,
    /// The longest way in minutes; `None` means the policy's limit.
    pub max_travel_minutes: Option<u32>,
}

impl Worker {
    /// Places that this run may fill.
    #[must_use]
    pub fn open_places(&self) -> u32 {
        self.caseload_max - self.caseload_current
    }

    /// Places that this run must fill: what `caseload_min` asks for beyond what is served already.
    #[must_use]
    pub fn floor(&self) -> u32 {
        self.caseload_min.saturating_sub(self.caseload_current)
    }
}
