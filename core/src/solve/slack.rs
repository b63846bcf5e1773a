//! How far a leaf is from the first thing that a need it holds could do.
//!
//! A forward search comes to many leaves whose needs would all lose much by leaving or moving on, and ends before they
//! would. Their lists need not be read. While free needs are settled prices only rise, so what a need gives up where it
//! goes only grows; what it gives up where it is shrinks by as much as the price of its own leaf rises, and that is known.

use super::residual::Residual;
use super::weight::Weight;
use crate::network::Score;

/// For each leaf a bound on the least distance from it, plus its potential; less than any where nothing is known.
pub(super) struct Slack(Vec<i64>);

const UNKNOWN: i64 = i64::MIN;

impl Slack {
    pub(super) fn new(n_leaves: usize) -> Self {
        Self(vec![UNKNOWN; n_leaves])
    }

    /// The distance before which nothing that the leaf holds is in reach, if the leaf is at `distance`.
    #[inline]
    pub(super) fn first_beyond<S: Score, W: Weight>(
        &self,
        leaf: u32,
        distance: i64,
        residual: &Residual<'_, S, W>,
    ) -> i64 {
        match self.0[leaf as usize] {
            UNKNOWN => distance,
            bound => distance.saturating_add(bound.saturating_sub(residual.potential[leaf as usize])),
        }
    }

    /// Records the least distance from a leaf, nothing being left out.
    #[inline]
    pub(super) fn learn<S: Score, W: Weight>(&mut self, leaf: u32, least: i64, residual: &Residual<'_, S, W>) {
        self.0[leaf as usize] = least.saturating_add(residual.potential[leaf as usize]);
    }

    /// Forgets what was known: the leaf has a new need.
    #[inline]
    pub(super) fn forget(&mut self, leaf: u32) {
        self.0[leaf as usize] = UNKNOWN;
    }
}
