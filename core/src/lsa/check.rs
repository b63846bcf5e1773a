//! Proves an assignment cheapest, in integers, without trust in the search that found it.
//!
//! Let no pair have a negative reduced cost, v ≤ 0 everywhere and v = 0 on columns without a partner. Any full
//! assignment then costs at least Σ u + Σ v over its columns ≥ Σ u + Σ v over all columns, and one whose pairs all have
//! the reduced cost 0 costs exactly that.

use crate::error::Error;

use super::paths::{Arithmetic, Rows, Solution};

/// Fails if the assignment is not full, not allowed, or not proved cheapest by its duals.
pub(super) fn optimal<T: Arithmetic>(rows: &Rows<T>, solution: &Solution<T>) -> Result<(), Error> {
    let failed = |check: &str| Err(Error::InternalCheck { check: format!("full assignment: {check}") });
    let zero = T::default();
    if solution.column.len() != rows.n_rows() {
        return failed("a row has no partner");
    }
    let mut has_partner = vec![false; rows.n_columns()];
    for &column in &solution.column {
        if std::mem::replace(&mut has_partner[column as usize], true) {
            return failed("a column has two partners");
        }
    }
    if solution.v.iter().zip(&has_partner).any(|(&v, &has)| v > zero || (!has && v != zero)) {
        return failed("the dual of a column has the wrong sign");
    }
    for (row, &chosen) in solution.column.iter().enumerate() {
        let mut chosen_is_tight = false;
        for (column, cost) in rows.edges(row) {
            let reduced = cost - solution.u[row] - solution.v[column];
            if reduced < zero {
                return failed("a pair has a negative reduced cost");
            }
            chosen_is_tight |= column == chosen as usize && reduced == zero;
        }
        if !chosen_is_tight {
            return failed("a chosen pair is forbidden or has a positive reduced cost");
        }
    }
    Ok(())
}
