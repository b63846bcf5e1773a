//! Which communities a run is about.

use super::choice::Choice;
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

impl Choice for Scope {
    const ALL: &[(Self, &'static str)] = &[(Self::All, "all"), (Self::Pilot, "pilot")];
}

impl Scope {
    /// Whether a run decides about needs that arise in a community.
    #[must_use]
    pub fn holds(self, community: &Community) -> bool {
        self == Self::All || community.pilot
    }

    /// The code as the policy writes it.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.to_code()
    }
}
