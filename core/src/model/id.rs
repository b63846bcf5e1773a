//! Positions of rows in their canonical order: small typed numbers, meaningless outside one problem.

use std::num::NonZeroU32;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(NonZeroU32);

        impl $name {
            /// The identifier of a position.
            ///
            /// # Panics
            ///
            /// Panics from `u32::MAX` on; tables are checked to be shorter.
            #[must_use]
            pub fn new(index: usize) -> Self {
                // One more than the position, so that an optional identifier takes no more room than an identifier.
                let stored = u32::try_from(index + 1).ok().and_then(NonZeroU32::new);
                Self(stored.expect("tables hold at most 2^31 rows"))
            }

            /// The position.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0.get() as usize - 1
            }
        }
    )+ };
}

ids! {
    /// A need's position.
    NeedId;
    /// A worker's position.
    WorkerId;
    /// An organization's position.
    OrganizationId;
    /// A community's position.
    CommunityId;
    /// A group's position.
    GroupId;
    /// A quota's position.
    QuotaId;
}
