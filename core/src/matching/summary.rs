//! The matching in a few numbers.

use serde::Serialize;

use super::Tier;
use crate::model::codes::{DivisionCode, Domain, UrbanRuralClass};

/// How many needs there are and how many are served, in all and by group.
///
/// The lists hold what occurs, in ascending order; domains, classes and reasons in the order of their code tables.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// All needs.
    pub needs: u64,
    /// Needs that are served.
    pub served: u64,
    /// Needs that are served by a worker on whom a person decided before the run.
    pub pinned: u64,
    /// Pairs of need and provider that pass every hard rule; of a result that is optimal on the lists, those on them.
    pub candidates: u64,
    /// The mean score of the needs that are served, rounded down, in fixed point; 0 where none is.
    pub mean_score: i64,
    /// By urgency.
    pub by_tier: Vec<Coverage<Tier>>,
    /// By domain.
    pub by_domain: Vec<Coverage<Domain>>,
    /// By county, the first six digits of the community's code.
    pub by_county: Vec<Coverage<DivisionCode>>,
    /// By the urban and rural class of the community; `None`, which comes last, where it is unknown.
    pub by_urban_rural_class: Vec<Coverage<Option<UrbanRuralClass>>>,
    /// Needs that are not served, by the code of the reason.
    pub unmatched: Vec<ReasonCount>,
}

/// How many needs of a kind there are, and how many of them are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Coverage<K> {
    /// The kind.
    pub key: K,
    /// Needs of the kind.
    pub needs: u64,
    /// Needs of the kind that are served.
    pub served: u64,
}

/// How many needs are unmatched for a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ReasonCount {
    /// One of [`UnmatchedReason::CODES`](super::UnmatchedReason::CODES).
    pub reason: &'static str,
    /// How many.
    pub needs: u64,
}
