//! The lists of candidates.

use std::num::NonZeroU32;

use crate::policy::ListPolicy;
use crate::policy::section::Section;

/// Longest list that a policy may ask for by number.
const LONGEST: u32 = 1_000_000;

pub(super) fn lists(section: &Section<'_>) -> ListPolicy {
    section.allow_only(&["per_need", "prove_all_pairs"]);
    ListPolicy {
        per_need: section.integer_or("per_need", (1, LONGEST), "all").and_then(NonZeroU32::new),
        prove_all_pairs: section.flag("prove_all_pairs"),
    }
}
