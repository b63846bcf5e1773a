//! Which communities a run is about.

use crate::model::Community;

/// Where needs must arise for a run to decide about them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scope {
    /// Anywhere.
    #[default]
    All,
    /// In the communities that take part in the pilot (试点村、社区).
    Pilot,
}

impl Scope {
    const ALL: [(Self, &'static str); 2] = [(Self::All, "all"), (Self::Pilot, "pilot")];

    /// Whether a run decides about needs that arise in a community.
    #[must_use]
    pub fn holds(self, community: &Community) -> bool {
        self == Self::All || community.pilot
    }

    /// The code as the policy writes it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// All codes.
    pub(super) fn codes() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|&(_, code)| code)
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|&(scope, _)| scope)
    }
}
