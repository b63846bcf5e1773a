//! Reads from when to when a policy is in force.

use super::Section;
use crate::policy::Validity;

/// The word for an end that there is not.
pub(in crate::policy) const UNLIMITED: &str = "unlimited";

pub(super) fn validity(root: &Section<'_>) -> Validity {
    let from = root.date_or("valid_from", UNLIMITED);
    let until = root.date_or("valid_until", UNLIMITED);
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        root.fault("valid_until", "no day before valid_from");
    }
    Validity { from, until }
}
