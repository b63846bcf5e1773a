//! Workers, organizations and groups with their places.

use serde::Serialize;

use crate::model::{GroupId, OrganizationId, WorkerId};
use crate::solve::Price;

/// A level of the supply side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Workers.
    Worker,
    /// Organizations.
    Organization,
    /// Groups above the organizations.
    Group,
}

impl Level {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Organization => "organization",
            Self::Group => "group",
        }
    }
}

/// A worker, an organization or a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A worker.
    Worker(WorkerId),
    /// An organization.
    Organization(OrganizationId),
    /// A group.
    Group(GroupId),
}

impl Node {
    /// The level at which it stands.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::Worker(_) => Level::Worker,
            Self::Organization(_) => Level::Organization,
            Self::Group(_) => Level::Group,
        }
    }
}

/// The places of a worker, an organization or a group in this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capacity {
    /// Whose places.
    pub node: Node,
    /// Places that were open before the run; `None` for a group without a cap.
    pub places: Option<u64>,
    /// How many of them the run must fill, pinned needs included.
    pub floor: u64,
    /// How many of them the run fills, pinned needs included.
    pub used: u64,
    /// What one place more would add to the total, beyond what the nodes above charge: the least price that proves the
    /// matching best. Where floors bind it is the price of the [`Certificate`](super::Certificate) for reading, below zero
    /// where a floor costs something.
    pub price: Price,
}
