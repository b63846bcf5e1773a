//! Along what an objective tells kinds of needs apart.

/// What kinds of needs the objective [`MaxMin`](super::Objective::MaxMin) compares.
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

impl Over {
    const ALL: [(Self, &'static str); 3] =
        [(Self::County, "county"), (Self::Township, "township"), (Self::ClientGroup, "client_group")];

    /// What is compared where the policy does not say. Only another one stands in the canonical text of a policy.
    pub(super) const USUAL: Self = Self::County;

    /// The code as the policy writes it.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// All codes.
    pub(super) fn codes() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|&(_, code)| code)
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|&(over, _)| over)
    }
}
