//! Many rows looked at together, and still the first fault reported.

use std::ops::Range;

use rayon::prelude::*;

/// The fault of the first row that has one.
pub(super) fn first_fault<V: Send>(n_rows: usize, fault: impl Fn(usize) -> Option<V> + Send + Sync) -> Option<V> {
    if is_in_pool() { (0..n_rows).into_par_iter().find_map_first(fault) } else { (0..n_rows).find_map(fault) }
}

/// A value for each row.
pub(super) fn of_each<T: Send>(n_rows: usize, value: impl Fn(usize) -> T + Send + Sync) -> Vec<T> {
    if is_in_pool() { (0..n_rows).into_par_iter().map(value).collect() } else { (0..n_rows).map(value).collect() }
}

/// Rows are looked at in parts of this size, side by side.
pub(super) const PART: usize = 1 << 13;

/// A value for each part of the rows, in their order.
pub(super) fn in_parts<T: Send>(n_rows: usize, value: impl Fn(Range<usize>) -> T + Send + Sync) -> Vec<T> {
    of_each(n_rows.div_ceil(PART), |part| value(part * PART..((part + 1) * PART).min(n_rows)))
}

/// Called outside a pool of ours, the work stays in the caller's thread: the global pool is never touched.
fn is_in_pool() -> bool {
    rayon::current_thread_index().is_some()
}
