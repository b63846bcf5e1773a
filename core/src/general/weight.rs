//! The integers that the engine counts in: 64 bits where they suffice, 128 where tiers make the numbers large.

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Neg, Sub};

/// `i64` or `i128`.
pub(super) trait Weight:
    Copy
    + Send
    + Sync
    + Ord
    + Debug
    + Default
    + From<i64>
    + Into<i128>
    + Add<Output = Self>
    + Sub<Output = Self>
    + AddAssign
    + Neg<Output = Self>
{
    /// Beyond what any distance can be.
    const MAX: Self;
    /// Most bits that the longest path may take, so that sums and differences of potentials fit.
    const BITS: u32;

    /// The number itself; the caller has made sure that it fits.
    fn of(number: i128) -> Self;
}

impl Weight for i64 {
    const MAX: Self = Self::MAX;
    const BITS: u32 = 56;

    fn of(number: i128) -> Self {
        number as Self
    }
}

impl Weight for i128 {
    const MAX: Self = Self::MAX;
    const BITS: u32 = 119;

    fn of(number: i128) -> Self {
        number
    }
}
