//! How quotas came out.

use crate::model::{NeedId, QuotaId};
use crate::solve::Price;

/// A quota with what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct QuotaResult {
    /// The quota.
    pub quota: QuotaId,
    /// Needs that it is about.
    pub needs: u64,
    /// How many of them are served, pinned ones included.
    pub served: u64,
    /// Fewest that must be served, of each household where the quota is for each.
    pub floor: u64,
    /// Most that may be served, of each household where the quota is for each; `None` without a limit.
    pub cap: Option<u64>,
    /// What the total would gain at most if the bounds were one higher: below zero where the floor costs something. Of a
    /// quota for each household the sum over the households.
    pub price: Price,
    /// Its needs overlap those of another quota that can bind, and neither holds the other, so no proof of an optimum is
    /// certain.
    pub crosses: bool,
}

/// The price of a quota, or of one household of it, that is not zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct QuotaPrice {
    /// The quota.
    pub quota: QuotaId,
    /// The first need, in the canonical order, of the household; `None` where the quota is not for each household.
    pub household: Option<NeedId>,
    /// The price.
    pub price: i128,
}
