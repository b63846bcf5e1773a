//! The integer that an engine computes with: `i32` where scores allow, else `i64`. One code serves both.

use std::fmt::Debug;
use std::ops::{Add, Sub};

/// A score, price or bid inside the engine.
pub(super) trait Weight:
    Copy + Ord + Default + Debug + Send + Sync + Into<i64> + Add<Output = Self> + Sub<Output = Self> + 'static
{
    /// Above every bid: the lowest bid of a node without one.
    const NO_BID: Self;
    /// Scaled scores, their tiers included, stay below this, so that a bid never overflows.
    const LIMIT: i64;

    /// The weight of a number within the limits.
    fn of(number: i64) -> Self;
}

impl Weight for i32 {
    const NO_BID: Self = i32::MAX;
    const LIMIT: i64 = 1 << 29;

    #[inline]
    fn of(number: i64) -> Self {
        debug_assert!(i32::try_from(number).is_ok(), "the shift keeps weights within 32 bits");
        number as i32
    }
}

impl Weight for i64 {
    const NO_BID: Self = i64::MAX;
    const LIMIT: i64 = 1 << 61;

    #[inline]
    fn of(number: i64) -> Self {
        number
    }
}
