//! The mathematics: maximum-weight matching of needs into a supply forest, with prices that prove it.

use crate::error::Error;
use crate::network::{Network, Score};
use crate::options::Options;

/// The price of one place at a node on top of what its ancestors charge: first in coverage, then in score.
///
/// Prices compare lexicographically: no amount of score outweighs one step of coverage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Price {
    /// In tiers.
    pub tier: i64,
    /// In units of score.
    pub score: i64,
}

/// An optimal flow with the prices that prove it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flow {
    /// For each need the node whose place it takes.
    pub(crate) node: Vec<Option<u32>>,
    /// For each node its own price.
    pub(crate) price: Vec<Price>,
}
