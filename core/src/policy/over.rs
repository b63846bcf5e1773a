//! Along what an objective tells kinds of needs apart.

use super::choice::Choice;

/// What kinds of needs the objectives [`MaxMin`](super::Objective::MaxMin) and [`Leximin`](super::Objective::Leximin)
/// compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Over {
    /// The county of the need's community.
    County,
    /// The township of the need's community.
    Township,
    /// The client groups to which the resident belongs: several, or none.
    ClientGroup,
}

impl Choice for Over {
    const ALL: &[(Self, &'static str)] =
        &[(Self::County, "county"), (Self::Township, "township"), (Self::ClientGroup, "client_group")];
}

impl Over {
    /// What is compared where the policy does not say. Only another one stands in the canonical text of a policy.
    pub(super) const USUAL: Self = Self::County;

    /// The code as the policy writes it.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.to_code()
    }
}
