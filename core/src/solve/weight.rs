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
    /// A price beyond all scores and prices: no score after it comes near any other, nor overflows.
    const BEYOND: Self;
    /// Below every score after a price, except one beyond all.
    const NOTHING: Self;

    /// A bid with the need that makes it: compares by the bid, then by the need.
    type Bid: Copy + Ord + Send;

    /// The weight of a number within the limits.
    fn of(number: i64) -> Self;

    /// The sum of two weights within the limits, which cannot overflow.
    fn plus(self, other: Self) -> Self;

    /// The difference of two weights within the limits, which cannot overflow.
    fn minus(self, other: Self) -> Self;

    /// A bid of at least 0 with its need, in one number, which compares faster than a pair.
    fn with_need(self, need: u32) -> Self::Bid;

    /// The bid and the need of [`with_need`](Self::with_need).
    fn of_bid(bid: Self::Bid) -> (Self, u32);
}

/// What is the same for both weights; a bid takes twice the bits.
macro_rules! arithmetic {
    ($bid:ty) => {
        type Bid = $bid;

        #[inline]
        fn plus(self, other: Self) -> Self {
            debug_assert!(self.checked_add(other).is_some(), "weights stay below the limit");
            self.wrapping_add(other)
        }

        #[inline]
        fn minus(self, other: Self) -> Self {
            debug_assert!(self.checked_sub(other).is_some(), "weights stay below the limit");
            self.wrapping_sub(other)
        }

        #[inline]
        fn with_need(self, need: u32) -> Self::Bid {
            debug_assert!(self >= 0, "prices are never negative, and a bid is above one");
            <$bid>::from(self.cast_unsigned()) << 32 | <$bid>::from(need)
        }

        #[inline]
        fn of_bid(bid: Self::Bid) -> (Self, u32) {
            ((bid >> 32) as Self, bid as u32)
        }
    };
}

impl Weight for i32 {
    const NO_BID: Self = i32::MAX;
    const LIMIT: i64 = 1 << 29;
    const BEYOND: Self = 1 << 30;
    const NOTHING: Self = -(1 << 30);

    arithmetic!(u64);

    #[inline]
    fn of(number: i64) -> Self {
        debug_assert!(i32::try_from(number).is_ok(), "the shift keeps weights within 32 bits");
        number as i32
    }
}

impl Weight for i64 {
    const NO_BID: Self = i64::MAX;
    const LIMIT: i64 = 1 << 61;
    const BEYOND: Self = 3 << 61;
    const NOTHING: Self = -(1 << 62);

    arithmetic!(u128);

    #[inline]
    fn of(number: i64) -> Self {
        number
    }
}
