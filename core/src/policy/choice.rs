//! Keys that choose one of a few words.

/// What a key chooses from.
pub(super) trait Choice: Copy + PartialEq + 'static {
    /// Every choice with its code.
    const ALL: &'static [(Self, &'static str)];

    /// All codes.
    fn codes() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|&(_, code)| code)
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|&(choice, _)| choice)
    }

    /// The code as the policy writes it.
    fn to_code(self) -> &'static str {
        let own = Self::ALL.iter().find(|(choice, _)| *choice == self);
        own.map_or("", |(_, code)| code)
    }
}
