//! A need: one thing that one resident, household, group or community asks for.

use super::codes::{
    AgeBand, ClientGroups, Confidentiality, Consents, Domain, Emergencies, Guardianship, Languages, Qualification,
    Risk, ServiceType, Sex,
};
use super::{CommunityId, OrganizationId, Point, WorkerId};

/// A checked need. It takes one place.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Need {
    /// The caller's identifier.
    pub id: Box<str>,
    /// Where the need arises.
    pub community: CommunityId,
    /// The policy's domain.
    pub domain: Domain,
    /// The colour of the risk; red for an emergency.
    pub risk: Risk,
    /// What is asked for; `None` where the caller does not say.
    pub service_type: Option<ServiceType>,
    /// The client groups to which the resident belongs.
    pub groups: ClientGroups,
    /// The age at the service date; `None` where unknown, or where no person is the subject.
    pub age_band: Option<AgeBand>,
    /// The resident's sex.
    pub sex: Sex,
    /// A case that began when the person was a juvenile; the protection stays after the eighteenth birthday.
    pub juvenile_case: bool,
    /// Who looks after a minor; `None` where nothing is on record, or where the subject is none (H19).
    pub guardianship: Option<Guardianship>,
    /// Statutory emergencies on record (E01).
    pub emergencies: Emergencies,
    /// The least qualification that the caller demands.
    pub min_qualification: Option<Qualification>,
    /// The sex that the worker must have; `Sex::Unknown` where it does not matter.
    pub required_sex: Sex,
    /// Languages or dialects that the resident speaks.
    pub languages: Languages,
    /// Days since the need was recorded.
    pub waiting_days: u32,
    /// The household, by the caller's identifier.
    pub household: Option<Box<str>>,
    /// The worker who serves the resident now.
    pub current_worker: Option<WorkerId>,
    /// The organization that serves the resident now.
    pub current_organization: Option<OrganizationId>,
    /// Workers whom the resident prefers.
    pub preferred_workers: Box<[WorkerId]>,
    /// Workers who must not serve the resident (H09).
    pub excluded_workers: Box<[WorkerId]>,
    /// Organizations that must not serve the resident (H09).
    pub excluded_organizations: Box<[OrganizationId]>,
    /// The organization that assessed the resident, and so must not serve (H10).
    pub assessor_organization: Option<OrganizationId>,
    /// How confidential the case is (H11).
    pub confidentiality: Confidentiality,
    /// The consents or duties on record (H12).
    pub consents: Consents,
    /// The resident refuses a purely automated decision, so a person decides instead.
    pub automated_decision_refused: bool,
    /// The worker whom a person has already decided on; of a frozen need the current worker.
    pub pinned_worker: Option<WorkerId>,
    /// An earlier assignment that the run must not touch: the need is pinned to its current worker.
    pub frozen: bool,
    /// Where to travel to; `None` means the community's point.
    pub point: Option<Point>,
}
