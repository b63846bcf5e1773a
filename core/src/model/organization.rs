//! An organization: employs workers, may serve without naming one, may belong to a group.

use super::codes::{CreditCode, DomainLevels, EvalGrade, OrganizationKind, OrganizationStatus, ServiceArea};
use super::{Date, GroupId, Point};

/// A checked organization.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Organization {
    /// The caller's identifier.
    pub id: Box<str>,
    /// The kind; `None` where the caller does not say.
    pub kind: Option<OrganizationKind>,
    /// Registered, filed or incubating; `None` where the caller does not say.
    pub status: Option<OrganizationStatus>,
    /// Most needs at a time, its workers' included.
    pub capacity_max: u32,
    /// When its incubation began; `None` where the caller does not say, or where it is not incubating.
    pub incubated_since: Option<Date>,
    /// Most needs at a time on the policy's evaluation date: `capacity_max`, or less while it is incubating.
    pub capacity_now: u32,
    /// Needs served already, which are not part of this run; at most `capacity_max`.
    pub capacity_current: u32,
    /// Fewest needs at a time.
    pub capacity_min: u32,
    /// May serve without naming a worker.
    pub direct: bool,
    /// The domains in which it serves directly, each with a level of competence from 1 to 3.
    pub domains: DomainLevels,
    /// The unified social credit code.
    pub credit_code: Option<CreditCode>,
    /// Passed its annual check, on no list of irregularities; `None` where the caller does not say.
    pub compliant: Option<bool>,
    /// The assessment grade from 1 (1A) to 5 (5A); `None` without one.
    pub eval_grade: Option<EvalGrade>,
    /// Last valid day of the grade.
    pub eval_valid_until: Option<Date>,
    /// Last valid day of the yearly check for work with minors (H03).
    pub minor_check_valid_until: Option<Date>,
    /// The divisions that it serves.
    pub service_area: ServiceArea,
    /// The group above it.
    pub group: Option<GroupId>,
    /// Where its direct service sets out from.
    pub point: Option<Point>,
}

impl Organization {
    /// Places that this run may fill: none where an incubating organization serves more than it may now.
    #[must_use]
    pub fn open_places(&self) -> u32 {
        self.capacity_now.saturating_sub(self.capacity_current)
    }

    /// Places that this run must fill: what `capacity_min` asks for beyond what is served already.
    #[must_use]
    pub fn floor(&self) -> u32 {
        self.capacity_min.saturating_sub(self.capacity_current)
    }
}
