//! What a matching is worth.

use std::ops::{Add, AddAssign, Sub};

use serde::Serialize;

/// What a matching, or a bound on every matching, is worth: first in coverage, then in score.
///
/// Totals compare lexicographically: no amount of score outweighs one step of coverage.
/// At the size limits of a network neither component can overflow.
///
/// # Examples
///
/// ```
/// use needmatch::Total;
///
/// assert!(Total { tier: 2, score: 0 } > Total { tier: 1, score: 1_000_000 });
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Total {
    /// The sum of the tiers of the needs that are served.
    pub tier: i128,
    /// The sum of the scores.
    pub score: i128,
}

impl Total {
    /// Nothing.
    pub const ZERO: Self = Self { tier: 0, score: 0 };

    /// The sum, or `None` where it does not fit.
    pub(crate) fn checked_add(self, other: Self) -> Option<Self> {
        Some(Self { tier: self.tier.checked_add(other.tier)?, score: self.score.checked_add(other.score)? })
    }
}

impl Add for Total {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { tier: self.tier + other.tier, score: self.score + other.score }
    }
}

impl AddAssign for Total {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Total {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { tier: self.tier - other.tier, score: self.score - other.score }
    }
}
