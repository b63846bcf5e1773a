//! Positions of rows in their canonical order: small typed numbers, meaningless outside one problem.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The identifier of a position.
            ///
            /// # Panics
            ///
            /// Panics above `u32::MAX`; tables are checked to be shorter.
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("tables hold fewer than 2^32 rows"))
            }

            /// The position.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
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
}
