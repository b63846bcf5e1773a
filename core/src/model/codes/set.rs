//! Small sets of codes, one bit for each.

use super::code_macro::Code;
use super::demand::{ClientGroup, Consent, Domain, Emergency};
use super::supply::{Authority, Language, OrganizationKind, Qualification};

/// A set of codes that can be filled one by one.
pub(crate) trait CodeSet: Default {
    /// What the set holds.
    type Code: Code;

    /// Adds a code; `false` if the set holds it already.
    fn insert(&mut self, code: Self::Code) -> bool;
}

macro_rules! sets {
    ($($(#[$doc:meta])* $name:ident of $code:ident;)+) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// Whether the code is in the set.
            #[must_use]
            pub const fn contains(self, code: $code) -> bool { self.0 & (1 << code as u32) != 0 }

            /// Whether the sets share a code.
            #[must_use]
            pub const fn intersects(self, other: Self) -> bool { self.0 & other.0 != 0 }

            /// The codes of both sets.
            #[must_use]
            pub const fn intersection(self, other: Self) -> Self { Self(self.0 & other.0) }

            /// Whether the set is empty.
            #[must_use]
            pub const fn is_empty(self) -> bool { self.0 == 0 }

            /// The codes, in the order of their list.
            pub fn iter(self) -> impl Iterator<Item = $code> + Clone {
                $code::ALL.iter().copied().filter(move |&code| self.contains(code))
            }
        }

        impl CodeSet for $name {
            type Code = $code;

            fn insert(&mut self, code: $code) -> bool {
                let is_new = !self.contains(code);
                self.0 |= 1 << code as u32;
                is_new
            }
        }

        impl FromIterator<$code> for $name {
            fn from_iter<I: IntoIterator<Item = $code>>(codes: I) -> Self {
                Self(codes.into_iter().fold(0, |bits, code| bits | 1 << code as u32))
            }
        }
    )+ };
}

sets! {
    /// The client groups of a resident.
    ClientGroups of ClientGroup;
    /// The consents and duties on record.
    Consents of Consent;
    /// The authorities that have authorised a worker.
    Authorities of Authority;
    /// The languages that a person speaks.
    Languages of Language;
    /// A set of domains.
    Domains of Domain;
    /// The emergencies on record.
    Emergencies of Emergency;
    /// A set of kinds of organizations.
    OrganizationKinds of OrganizationKind;
    /// A set of qualifications.
    Qualifications of Qualification;
}

/// How well a provider knows a domain: 1 basic, 2 experienced, 3 specialised.
pub type CompetenceLevel = u8;

/// The domains that a provider serves, with a level from 1 to 3 each; 0 means not served.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DomainLevels([CompetenceLevel; Domain::ALL.len()]);

impl DomainLevels {
    /// The level in a domain, 0 where it is not served.
    #[must_use]
    pub const fn level(&self, domain: Domain) -> CompetenceLevel {
        self.0[domain as usize]
    }

    /// Sets the level in a domain.
    pub(crate) fn set(&mut self, domain: Domain, level: CompetenceLevel) {
        self.0[domain as usize] = level;
    }

    /// The domains served, in the order of their list.
    pub fn iter(&self) -> impl Iterator<Item = (Domain, CompetenceLevel)> + '_ {
        Domain::ALL.iter().map(|&d| (d, self.level(d))).filter(|&(_, level)| level > 0)
    }
}
