//! Which communities a run is about.

use super::choice::Choice;
use crate::model::{Community, Need};

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
    /// Whether a need that arises in a community is a matter for the run. What a person decided is one everywhere.
    #[must_use]
    pub fn holds(self, need: &Need, community: &Community) -> bool {
        self == Self::All || community.pilot || need.pinned_worker.is_some()
    }

    /// The code as the policy writes it.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.to_code()
    }
}
