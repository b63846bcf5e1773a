//! Parameters of the criteria, and the ranks of qualifications.

use crate::model::codes::{Qualification, Qualifications};

/// The highest rank of a qualification.
pub const MAX_RANK: u32 = 4;

/// Parameters of the criteria.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Scoring {
    /// After so many days the criterion of waiting no longer grows.
    pub waiting_full_days: u32,
    /// Continuity with the same organization but another worker, in thousandths of that with the same worker.
    pub same_organization_per_mille: u32,
    /// The rank of an organization that names no worker.
    pub organization_rank: u32,
    pub(super) rank_of: [u32; Qualification::ALL.len()],
}

impl Scoring {
    /// The rank of a qualification, from 1 to [`MAX_RANK`].
    #[must_use]
    pub fn rank(&self, qualification: Qualification) -> u32 {
        self.rank_of[qualification as usize]
    }

    /// The qualifications of a rank.
    #[must_use]
    pub fn of_rank(&self, rank: u32) -> Qualifications {
        Qualification::ALL.iter().copied().filter(|&qualification| self.rank(qualification) == rank).collect()
    }
}
