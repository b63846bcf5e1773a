//! A group above the organizations: a federation, a fund line, a county.

use super::codes::GroupKind;
use super::{GroupId, Terms};

/// A checked group.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Group {
    /// The caller's identifier.
    pub id: Box<str>,
    /// The group above it.
    pub parent: Option<GroupId>,
    /// What kind of group it is.
    pub kind: GroupKind,
    /// Most needs at a time under this group; `None` means no limit.
    pub capacity_max: Option<u64>,
    /// Needs that the organizations under it serve already, which are not part of this run.
    pub capacity_current: u64,
    /// Fewest needs at a time under this group.
    pub capacity_min: u64,
    /// What it pays for, if it is a fund line (H20).
    pub terms: Terms,
}

impl Group {
    /// Places that this run may fill: none where more is served than the cap allows; `None` without a cap.
    #[must_use]
    pub fn open_places(&self) -> Option<u64> {
        Some(self.capacity_max?.saturating_sub(self.capacity_current))
    }

    /// Places that this run must fill: what `capacity_min` asks for beyond what is served already.
    #[must_use]
    pub fn floor(&self) -> u64 {
        self.capacity_min.saturating_sub(self.capacity_current)
    }
}
