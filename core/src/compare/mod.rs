//! Two results beside each other: who moved, gained and lost, and which amendment did how much of it.
//!
//! [`compare`] aligns two matchings need by need. [`attribute`] takes two inputs, finds the *amendments* that lead from one
//! to the other (each changed part of the policy, each changed table), and runs the mixtures: some amendments made, the
//! others not. What an amendment adds depends on what was amended before it, so its *contribution* is the mean of what it
//! adds over all orders in which the amendments could be made: Shapley's value. Contributions are whole numbers over one
//! denominator and add up to the whole difference exactly.
//!
//! # References
//!
//! L. S. Shapley, "A Value for n-Person Games", Contributions to the Theory of Games II (1953): the only division that adds
//! up, gives equal parts to what has equal effects and nothing to what has none, and is linear.
//! J. Castro, D. Gómez and J. Tejada, "Polynomial calculation of the Shapley value based on sampling", Computers &
//! Operations Research 36 (2009): the mean over orders drawn by lot, where all are too many.

mod difference;

mod amendment;
mod mixture;

mod attribution;
mod game;

mod report;
mod text;

#[cfg(test)]
mod tests;

pub use amendment::{AmendedPart, Amendment};
pub use attribution::{Attribution, Contribution, NeedShare, attribute};
pub use difference::{Difference, NeedChange, NeedDifference, ServedBy, compare};

use crate::policy::Policy;
use crate::table::Tables;

/// What a run starts from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The tables.
    pub tables: &'a Tables,
    /// The policy.
    pub policy: &'a Policy,
}

/// How contributions are found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributionSettings {
    /// Names under which amendments count as one, such as `criteria` for all weights, or `tables`. What is amended is
    /// `services.visit.direct`, say: every beginning up to a dot is such a name.
    pub together: Vec<String>,
    /// How many orders are drawn by lot where there are more than [`MAX_EXACT`] amendments.
    pub orders: u32,
}

/// Up to so many amendments contributions are exact: that takes two to this power of runs.
pub const MAX_EXACT: usize = 8;
/// More amendments than this must be taken together.
pub const MAX_AMENDMENTS: usize = 64;

impl Default for AttributionSettings {
    fn default() -> Self {
        Self { together: Vec::new(), orders: 32 }
    }
}
