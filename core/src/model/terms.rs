//! What a fund line pays for, and when.

use super::Date;
use super::codes::{Domains, OrganizationKinds, ServiceArea};

/// The terms of a fund line. What is empty or missing sets no limit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Terms {
    /// Kinds of organizations that it may pay; empty means any.
    pub organization_kinds: OrganizationKinds,
    /// Domains that it pays for; empty means any.
    pub domains: Domains,
    /// Divisions in which it pays; empty means everywhere.
    pub area: ServiceArea,
    /// Its first day.
    pub valid_from: Option<Date>,
    /// Its last day, that day included.
    pub valid_until: Option<Date>,
}

impl Terms {
    /// Whether nothing is limited.
    #[must_use]
    pub fn is_free(&self) -> bool {
        *self == Self::default()
    }
}
