//! What proves a result in which floors bind, or that there is none.

use super::Node;
use crate::model::NeedId;
use crate::proof::in_tiers;
use crate::solve::Price;

/// Prices in one number each, which prove that no other matching within all floors is better.
///
/// A need that counts t in coverage counts `step[t]` beside its score. The steps are so large that one more need
/// outweighs everything below, so the greatest sum is the best result tier by tier. With the sum P of the prices from a
/// provider up, no matching is worth more than the sum, over nodes, of the greatest price · x for x from floor to open
/// places, plus, over needs, the most that a candidate is worth after P, and at least 0. Pinned needs, and the places and
/// floors that they fill, are left out on both sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Certificate {
    /// What a need counts by how much it counts in coverage, from 0, which counts nothing.
    pub step: Vec<i128>,
    /// Each node's own price, below zero where a floor forces places to be filled; in the order of
    /// [`capacity`](super::Matching::capacity).
    pub price: Vec<i128>,
}

impl Certificate {
    /// A price for reading: the steps of tiers in it, and what is left in score.
    #[must_use]
    pub fn in_tiers(&self, price: i128) -> Price {
        in_tiers(&self.step, price)
    }
}

/// What proves that no matching meets all floors.
///
/// However needs are served, the places filled where `floors` stand are never more than those filled where `caps` stand,
/// and one for each of `needs`. But the floors ask for more than the caps and the needs together allow. Pinned needs,
/// and the places and floors that they fill, are left out throughout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unmet {
    /// How many more are asked for than can be.
    pub missing: u64,
    /// The floors that ask, in the order of [`capacity`](super::Matching::capacity).
    pub floors: Vec<Limit>,
    /// The caps that allow no more, in the same order.
    pub caps: Vec<Limit>,
    /// Needs that can each fill one place of them, in the order of their identifiers' bytes.
    pub needs: Vec<NeedId>,
}

/// A floor or a cap with what it asks for or allows in this run, beside pinned needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Limit {
    /// Whose.
    pub of: Limited,
    /// How many needs.
    pub needs: u64,
}

/// What has floors and caps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Limited {
    /// A worker, an organization or a group, with everybody below.
    Node(Node),
}
