//! Fixed point: the only place where a fraction becomes an integer.
//!
//! A criterion is computed as a fraction in [0, 1] with IEEE-exact operations or the `libm` crate and rounded here at
//! once, half to even; from then on everything is an integer and every comparison exact.
//!
//! | quantity | type | largest |
//! |---|---|---|
//! | criterion, weighted mean | `i32` | [`ONE`] = 10^6 |
//! | switch penalty | `u32` | [`ONE`] |
//! | score: the mean, and the penalty unless it is a switch | `i32` | 2 · [`ONE`] |
//! | weighted sum | `i64` | 1000 · 10^6 = 10^9 |
//! | total of scores | `i64`, `i128` | 2^31 needs · 2 · 10^6 < 2^52 |
//!
//! Nothing here can overflow, for any number of needs that a table can hold.

use crate::network::MAX_SCORE;

/// The fixed-point form of 1.0.
pub(crate) const ONE: i32 = 1_000_000;
/// Sum of the weights of all criteria.
pub(crate) const FULL_WEIGHT: u32 = 1000;

const _: () = assert!(2 * ONE as i64 <= MAX_SCORE);

/// A fraction in [0, 1] in fixed point, half to even.
pub(crate) fn to_fixed(fraction: f64) -> i32 {
    debug_assert!((0.0..=1.0).contains(&fraction), "criteria are defined in [0, 1]");
    // Above 2^52 a float has no fraction, so this sum is rounded to a whole number, half to even, as IEEE 754 demands.
    const WHOLE: f64 = (1_u64 << 52) as f64;
    ((fraction * f64::from(ONE) + WHOLE) - WHOLE) as i32
}

/// The weighted mean of values in fixed point, half to even. The weights sum to [`FULL_WEIGHT`].
pub(crate) fn weighted_mean<const N: usize>(values: &[i32; N], weights: &[u32; N]) -> i32 {
    debug_assert_eq!(weights.iter().sum::<u32>(), FULL_WEIGHT);
    let sum: i64 = values.iter().zip(weights).map(|(&value, &weight)| i64::from(value) * i64::from(weight)).sum();
    divide_half_to_even(sum, i64::from(FULL_WEIGHT)) as i32
}

/// The score of a pair with this weighted mean. A switch scores the mean; every other pair has the penalty on top, which is
/// the same difference, and no score lies below zero.
pub(crate) fn with_penalty(mean: i32, penalty: u32, is_switch: bool) -> i32 {
    debug_assert!(penalty <= ONE as u32, "the policy's reader has seen to it");
    if is_switch { mean } else { mean + penalty as i32 }
}

/// The quotient of a number that is not negative, half to even.
fn divide_half_to_even(number: i64, by: i64) -> i64 {
    let (quotient, rest) = (number / by, number % by);
    let goes_up = 2 * rest > by || (2 * rest == by && quotient % 2 == 1);
    quotient + i64::from(goes_up)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_rounded_half_to_even() {
        for (fraction, fixed) in [
            (0.0, 0),
            (-0.0, 0),
            (0.000_000_4, 0),
            (0.000_000_6, 1),
            (0.5, 500_000),
            (1.0 / 3.0, 333_333),
            (2.0 / 3.0, 666_667),
            // These halves are exact in binary.
            (0.5 / 1_048_576.0 * 1.048_576, 0),
            (1.5 / 1_048_576.0 * 1.048_576, 2),
            (2.5 / 1_048_576.0 * 1.048_576, 2),
            (1.0 - f64::EPSILON, ONE),
            (1.0, ONE),
        ] {
            assert_eq!(to_fixed(fraction), fixed, "{fraction}");
        }
    }

    #[test]
    fn quotients_are_rounded_half_to_even() {
        for (number, quotient) in [(0, 0), (499, 0), (500, 0), (501, 1), (1499, 1), (1500, 2), (2500, 2), (3500, 4)] {
            assert_eq!(divide_half_to_even(number, 1000), quotient, "{number}");
        }
    }

    #[test]
    fn the_mean_stays_between_the_least_and_the_greatest() {
        assert_eq!(weighted_mean(&[0, 0], &[1, 999]), 0);
        assert_eq!(weighted_mean(&[ONE, ONE], &[1, 999]), ONE);
        assert_eq!(weighted_mean(&[ONE, 0], &[250, 750]), ONE / 4);
        assert_eq!(weighted_mean(&[1, 0], &[500, 500]), 0);
        assert_eq!(weighted_mean(&[3, 0], &[500, 500]), 2);
    }

    #[test]
    fn a_switch_lacks_the_penalty() {
        assert_eq!((with_penalty(5, 3, true), with_penalty(5, 3, false), with_penalty(5, 0, false)), (5, 8, 5));
        assert_eq!(with_penalty(ONE, ONE as u32, false), 2 * ONE);
    }

    #[test]
    fn the_largest_total_fits() {
        assert!(i64::from(u32::MAX) * i64::from(2 * ONE) < i64::MAX / 2);
    }
}
