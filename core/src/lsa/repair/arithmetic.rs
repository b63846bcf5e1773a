//! The integers that the repair and the proof compute in.

use std::ops::{Add, AddAssign, Sub, SubAssign};

/// Integers to compute in.
pub(in crate::lsa) trait Arithmetic:
    Copy + Default + Ord + Send + Sync + Add<Output = Self> + Sub<Output = Self> + AddAssign + SubAssign
{
    /// A number that is known to fit.
    fn narrowed(wide: i128) -> Self;
    /// The same number, wide.
    fn wide(self) -> i128;
}

impl Arithmetic for i64 {
    fn narrowed(wide: i128) -> Self {
        wide as Self
    }

    fn wide(self) -> i128 {
        self.into()
    }
}

impl Arithmetic for i128 {
    fn narrowed(wide: i128) -> Self {
        wide
    }

    fn wide(self) -> i128 {
        self
    }
}
