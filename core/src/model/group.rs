//! A group above the organizations: a federation, a fund line, a county.

use super::GroupId;
use super::codes::GroupKind;

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
    /// Fewest needs at a time under this group.
    pub capacity_min: u64,
}
