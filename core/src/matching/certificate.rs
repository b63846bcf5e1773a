//! What proves a result in which floors or quotas bind, or that there is none.

use super::{Kind, Node, QuotaPrice};
use crate::model::{NeedId, QuotaId};
use crate::proof::in_tiers;
use crate::solve::Price;

/// Prices in one number each, which bound every matching within all floors and quotas.
///
/// A need that counts t in coverage counts `step[t]` beside `unit` times its score. The steps are so large that one more need
/// outweighs everything below, so the greatest sum is the best result tier by tier. With the sum P of the prices from a
/// provider up, and R of those of all quotas about a need, no matching is worth more than the sum, over nodes and quotas,
/// of the greatest price · x for x from floor to open places or cap, plus, over needs, the most that a candidate is worth
/// after P and R, and at least 0. Pinned needs, and the places, floors and caps that they fill, are left out on both
/// sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Certificate {
    /// What a need counts by how much it counts in coverage, from 0, which counts nothing.
    pub step: Vec<i128>,
    /// What one of score counts: 1, or under the objective `least_unequal` more than the squares of all caseloads together,
    /// which are taken from a matching's worth.
    pub unit: i128,
    /// Each node's own price, below zero where a floor forces places to be filled; in the order of
    /// [`capacity`](super::Matching::capacity).
    pub price: Vec<i128>,
    /// The prices of quotas that are not zero, by the identifiers of quota and household.
    pub quota_price: Vec<QuotaPrice>,
    /// The prices of kinds of needs that are not zero, in the order of [`Rates::kinds`](super::Rates::kinds).
    pub kind_price: Vec<KindPrice>,
}

/// The price of a kind of needs that is not zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KindPrice {
    /// The kind.
    pub kind: Kind,
    /// The price.
    pub price: i128,
}

impl Certificate {
    /// A price for reading: the steps of tiers in it, and what is left in score.
    #[must_use]
    pub fn in_tiers(&self, price: i128) -> Price {
        in_tiers(&self.step, self.unit.max(1), price)
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
    /// How many more are asked for than can be; no other set of floors, caps and needs is short of more.
    pub missing: u64,
    /// The floors that ask, in the order of [`capacity`](super::Matching::capacity), then those of quotas, then
    /// those of kinds of needs.
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
    /// A quota, or one household of it, which is named by its first need in the canonical order.
    Quota(QuotaId, Option<NeedId>),
    /// A kind of needs that the objective compares.
    Kind(Kind),
}
