//! Who may deliver a service.

use crate::model::codes::{Qualification, Qualifications, Risk};

/// What the policy demands of those who deliver one service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServicePolicy {
    pub(super) any_of: [Qualifications; Risk::ALL.len()],
    /// An organization may deliver it without naming a worker (H01).
    pub direct: bool,
    /// An organization that is only filed or incubating may deliver it, with a fiscal host (H02).
    pub filed_groups: bool,
    /// A volunteer may deliver it (H15).
    pub volunteers: bool,
}

impl ServicePolicy {
    /// The qualifications of which a worker must hold one that is valid, at one colour of the risk (H01).
    #[must_use]
    pub fn any_of(&self, risk: Risk) -> Qualifications {
        self.any_of[risk as usize]
    }

    /// For the two services that nobody is ever assigned to (H08, H17).
    pub(super) fn nobody() -> Self {
        let any_of = [Qualifications::default(); Risk::ALL.len()];
        Self { any_of, direct: false, filed_groups: false, volunteers: false }
    }
}

/// The list that the policy writes as `["any"]`.
pub(super) fn any_qualification() -> Qualifications {
    Qualification::ALL.iter().copied().collect()
}
