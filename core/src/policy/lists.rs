//! How many candidates of a need a run looks at.

use std::num::NonZeroU32;

/// How long lists of candidates are, and whether the result is proven over what they leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListPolicy {
    /// The most candidates that the list of a need starts with, the best scores first; `None` for all.
    pub per_need: Option<NonZeroU32>,
    /// Whether lists are lengthened until the result is the best over all pairs that pass every rule.
    pub prove_all_pairs: bool,
}
