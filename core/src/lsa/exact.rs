//! Costs as integers, so that comparisons are exact.

use crate::error::{Fault, FaultCode, InputError, TableName};

use super::{Costs, Goal};

/// Most binary digits between the highest bit of any cost and the lowest that is kept.
///
/// Prices start below (4k + 4) times the largest cost and rise by less than (12k + 2) times that, with k < 2³⁰ pairs that
/// memory can hold (see [`super::repair`]), so 90 + 34 bits, and sums of two such numbers, fit into the 127 of an `i128`.
pub(super) const KEPT_BITS: i32 = 90;

/// Checked costs and how to count them.
pub(super) struct Exact<'a> {
    cost: Costs<'a>,
    /// -1 where the total is maximized, so that less is always better.
    sign: i8,
    /// The exponent of the power of two in which floats are counted.
    unit: i32,
    /// The largest magnitude.
    largest: u128,
}

impl<'a> Exact<'a> {
    /// Checks costs. `row` says in which row of the caller's input a cost stands.
    pub(super) fn new(cost: Costs<'a>, goal: Goal, row: impl Fn(usize) -> usize) -> Result<Self, InputError> {
        let sign = if goal == Goal::Minimize { 1 } else { -1 };
        let mut unit = 0;
        if let Costs::Float(cost) = cost {
            let faults = faults_of(cost, sign, row);
            if !faults.is_empty() {
                return Err(InputError::new(faults));
            }
            unit = unit_of(cost);
        }
        let mut exact = Self { cost, sign, unit, largest: 0 };
        exact.largest = (0..cost.len()).filter_map(|k| exact.cost(k)).map(i128::unsigned_abs).max().unwrap_or(0);
        Ok(exact)
    }

    /// Of costs that are checked already: all are multiples of `2^unit`, or are rounded to it, and none is larger.
    pub(super) fn of_checked(cost: Costs<'a>, goal: Goal, unit: i32, largest: f64) -> Self {
        let sign = if goal == Goal::Minimize { 1 } else { -1 };
        // The largest integer becomes a float of perhaps a little less.
        let largest = in_units(largest, unit).unsigned_abs() + (in_units(largest, unit).unsigned_abs() >> 50) + 1;
        Self { cost, sign, unit, largest }
    }

    /// A cost as an integer, in minimizing sense; `None` forbids the pair.
    pub(super) fn cost(&self, edge: usize) -> Option<i128> {
        let cost = match self.cost {
            Costs::Int(cost) => i128::from(cost[edge]),
            Costs::Float(cost) if cost[edge].is_finite() => in_units(cost[edge], self.unit),
            Costs::Float(_) => return None,
        };
        Some(i128::from(self.sign) * cost)
    }

    /// Whether all duals and distances are sure to fit into 64 bits, for so many pairs and prices that start below four
    /// times as many costs.
    pub(super) fn fits_64_bits(&self, n_pairs: usize) -> bool {
        self.largest.saturating_mul(32 * (n_pairs as u128 + 2)) < 1 << 61
    }
}

pub(super) fn faults_of(cost: &[f64], sign: i8, row: impl Fn(usize) -> usize) -> Vec<Fault> {
    let forbidding = f64::from(sign) * f64::INFINITY;
    let expected = if sign > 0 { "a number or infinity" } else { "a number or negative infinity" };
    let refused = |c: &f64| c.is_nan() || (c.is_infinite() && *c != forbidding);
    let fault = |edge| Fault::in_cell(TableName::Arrays, row(edge), "cost", FaultCode::NotFinite, expected);
    cost.iter().enumerate().filter(|(_, c)| refused(c)).map(|(edge, _)| fault(edge)).collect()
}

/// The exponent of the power of two in which all costs are counted: the lowest bit of any cost, if near enough to the
/// highest.
pub(super) fn unit_of(cost: &[f64]) -> i32 {
    let (mut lowest, mut highest) = (i32::MAX, i32::MIN);
    for &c in cost.iter().filter(|c| c.is_finite() && **c != 0.0) {
        let (mantissa, exponent) = decoded(c);
        let magnitude = mantissa.unsigned_abs();
        lowest = lowest.min(exponent + magnitude.trailing_zeros() as i32);
        highest = highest.max(exponent + 64 - magnitude.leading_zeros() as i32);
    }
    if lowest > highest { 0 } else { lowest.max(highest - KEPT_BITS) }
}

/// `c / 2^unit`, rounded to the nearest integer, ties to even.
pub(super) fn in_units(c: f64, unit: i32) -> i128 {
    let (mantissa, exponent) = decoded(c);
    let mantissa = i128::from(mantissa);
    let shift = exponent - unit;
    if shift >= 0 {
        return if mantissa == 0 { 0 } else { mantissa << shift };
    }
    let dropped = -shift;
    // A mantissa has 53 bits: beyond one more, less than half a unit is left.
    if dropped > 54 {
        return 0;
    }
    let (floor, rest, half) = (mantissa >> dropped, mantissa & ((1 << dropped) - 1), 1 << (dropped - 1));
    floor + i128::from(rest > half || (rest == half && floor & 1 == 1))
}

/// The largest integer that is at most `c / 2^unit`.
pub(super) fn whole_units(c: f64, unit: i32) -> i128 {
    let (mantissa, exponent) = decoded(c);
    let mantissa = i128::from(mantissa);
    match exponent - unit {
        shift @ 0.. if mantissa != 0 => mantissa << shift,
        0.. => 0,
        shift => mantissa >> (-shift).min(100),
    }
}

/// A finite number as mantissa × 2^exponent.
pub(super) fn decoded(c: f64) -> (i64, i32) {
    let bits = c.to_bits();
    let fraction = (bits & ((1 << 52) - 1)) as i64;
    let biased = ((bits >> 52) & 0x7ff) as i32;
    let mantissa = if biased == 0 { fraction } else { fraction | 1 << 52 };
    let mantissa = if c.is_sign_negative() { -mantissa } else { mantissa };
    (mantissa, biased.max(1) - 1075)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn integers(cost: &[f64]) -> Vec<Option<i128>> {
        let exact = Exact::new(Costs::Float(cost), Goal::Minimize, |edge| edge).unwrap();
        (0..cost.len()).map(|edge| exact.cost(edge)).collect()
    }

    #[test]
    fn numbers_are_decoded_without_loss() {
        for c in [1.0, -1.5, 0.1, 5e-324, 1e308, -2.2250738585072014e-308, 0.0] {
            let (mantissa, exponent) = decoded(c);
            assert_eq!(mantissa as f64 * 2f64.powi(exponent / 2) * 2f64.powi(exponent - exponent / 2), c);
        }
    }

    #[test]
    fn costs_near_each_other_become_exact_multiples() {
        assert_eq!(integers(&[0.5, -0.75, 3.0, 0.0]), [Some(2), Some(-3), Some(12), Some(0)]);
        let large = integers(&[1e300, 2e300]);
        assert_eq!(large[0].map(|c| 2 * c), large[1]);
        assert_eq!(integers(&[5e-324, 1e-323]), [Some(1), Some(2)]);
    }

    #[test]
    fn costs_too_far_apart_are_rounded_to_the_kept_bits() {
        // 2^100 is counted in units of 2^11, since its highest bit is number 101.
        let unit = 2f64.powi(101 - KEPT_BITS);
        let costs = [2f64.powi(100), unit, 1.5 * unit, 2.5 * unit, 0.5 * unit, 0.51 * unit, -0.75 * unit, 1e-300];
        let expected = [1 << (KEPT_BITS - 1), 1, 2, 2, 0, 1, -1, 0];
        assert_eq!(integers(&costs).into_iter().flatten().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn infinities_forbid_in_one_direction_only() {
        assert_eq!(integers(&[f64::INFINITY, 1.0]), [None, Some(1)]);
        for (bad, goal) in [
            (f64::NAN, Goal::Minimize),
            (f64::NEG_INFINITY, Goal::Minimize),
            (f64::NAN, Goal::Maximize),
            (f64::INFINITY, Goal::Maximize),
        ] {
            let error = Exact::new(Costs::Float(&[1.0, bad]), goal, |edge| edge).err().unwrap();
            assert_eq!((error.faults()[0].row, error.faults()[0].code), (Some(1), FaultCode::NotFinite));
        }
    }
}
