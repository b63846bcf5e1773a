//! A total in one number, so that many of them compare fast.

use std::ops::Sub;

use crate::total::Total;

/// A pair of tier and score that is subtracted and compared: exactly as a [`Total`], or several times as fast as a
/// [`Packed`].
pub(super) trait Pair: Copy + Ord + Sub<Output = Self> + Send + Sync {
    const ZERO: Self;

    fn of(tier: i64, score: i64) -> Self;

    fn total(self) -> Total;
}

impl Pair for Total {
    const ZERO: Self = Self::ZERO;

    fn of(tier: i64, score: i64) -> Self {
        Self { tier: tier.into(), score: score.into() }
    }

    fn total(self) -> Total {
        self
    }
}

/// A total of which tier and score, and their differences, fit into 64 bits each: 2⁶⁴·tier + score.
///
/// A score is then smaller than half a step of tier, so these numbers compare as the pairs do, and their differences
/// are those of the pairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Packed(i128);

impl Packed {
    /// One number for the pair, or `None` where it could be too large.
    fn of_total(total: Total) -> Option<Self> {
        let fits = |number: i128| number.unsigned_abs() < 1 << 61;
        (fits(total.tier) && fits(total.score)).then(|| Self::of(total.tier as i64, total.score as i64))
    }
}

impl Pair for Packed {
    const ZERO: Self = Self(0);

    /// One number for a pair that is known to be small enough.
    #[inline]
    fn of(tier: i64, score: i64) -> Self {
        Self((i128::from(tier) << 64) + i128::from(score))
    }

    /// The pair again.
    #[inline]
    fn total(self) -> Total {
        let score = self.0 as i64;
        Total { tier: (self.0 - i128::from(score)) >> 64, score: score.into() }
    }
}

impl Sub for Packed {
    type Output = Self;

    #[inline]
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

/// For each node the sum of the prices from it to its root, in the faster form if that holds all of them.
#[derive(Debug)]
pub(super) enum FullPrices {
    Packed(Vec<Packed>),
    Exact(Vec<Total>),
}

impl FullPrices {
    pub(super) fn new(full_price: Vec<Total>) -> Self {
        match full_price.iter().map(|&price| Packed::of_total(price)).collect() {
            Some(packed) => Self::Packed(packed),
            None => Self::Exact(full_price),
        }
    }

    pub(super) fn at(&self, node: usize) -> Total {
        match self {
            Self::Packed(price) => price[node].total(),
            Self::Exact(price) => price[node],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_totals_compare_and_subtract_as_pairs_do() {
        let most = (1i128 << 61) - 1;
        let numbers = [-most, -5, -1, 0, 1, 7, most];
        let totals: Vec<Total> = numbers.iter().flat_map(|&tier| numbers.map(|score| Total { tier, score })).collect();
        for &a in &totals {
            for &b in &totals {
                let (x, y) = (Packed::of_total(a).unwrap(), Packed::of_total(b).unwrap());
                assert_eq!(x.cmp(&y), a.cmp(&b), "{a:?} {b:?}");
                assert_eq!((x - y).total(), a - b, "{a:?} {b:?}");
                assert_eq!((x - y).cmp(&Packed::ZERO), (a - b).cmp(&Total::ZERO), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn what_could_be_too_large_is_not_packed() {
        for number in [1 << 61, -(1 << 61), i128::MAX, i128::MIN] {
            assert_eq!(Packed::of_total(Total { tier: number, score: 0 }), None);
            assert_eq!(Packed::of_total(Total { tier: 0, score: number }), None);
        }
    }
}
