//! Rows of values for all needs, worked out in an order that keeps neighbours together.
//!
//! The canonical order of needs is a lottery, so needs that are next to each other have nothing in common. Taken
//! village by village instead, they look at the same providers, which stay in the processor's cache: several times
//! faster for a province.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::control::Control;
use crate::error::Error;
use crate::model::{NeedId, Problem};

/// Needs that one thread takes at a time, after which it looks whether the run was cancelled.
const CHUNK: usize = 256;

/// Compressed rows: where each starts and the last one ends, and the values.
pub(crate) type Rows<T> = (Vec<usize>, Vec<T>);

/// The needs, village by village.
pub(crate) struct LocalOrder(Vec<NeedId>);

/// What one thread worked out at a time.
struct Part<T> {
    lengths: Vec<u32>,
    values: Box<[T]>,
}

impl LocalOrder {
    pub(crate) fn new(problem: &Problem) -> Self {
        let needs = problem.needs();
        let mut order: Vec<NeedId> = (0..needs.len()).map(NeedId::new).collect();
        order.par_sort_unstable_by_key(|&id| {
            let need = &needs[id.index()];
            (problem.communities()[need.community.index()].code, need.domain, id)
        });
        Self(order)
    }

    /// Bytes that [`gather`](Self::gather) takes at most, its result included.
    pub(crate) fn bytes<T>(n_needs: usize, n_values: u64) -> u64 {
        // The order, row pointers, lengths and places of the rows; the values in parts and joined.
        (n_needs * (4 + 8 + 4 + 8) + 64) as u64 + 2 * n_values * size_of::<T>() as u64
    }

    /// Works out a row for each need and joins them in canonical order. `row_of` appends the row of a need.
    /// `beforehand` bytes are in use already.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`], and [`Error::Limit`] with what the whole would need. Beyond the budget rows are only
    /// counted and not kept.
    pub(crate) fn gather<T: Copy + Default + Send + Sync>(
        &self,
        beforehand: u64,
        control: &Control,
        row_of: impl Fn(NeedId, &mut Vec<T>) + Sync,
    ) -> Result<Rows<T>, Error> {
        let n_needs = self.0.len();
        let n_values = AtomicU64::new(0);
        let reserve = |n_values| control.reserve(beforehand + Self::bytes::<T>(n_needs, n_values));
        let parts = self.0.par_chunks(CHUNK).map_init(Vec::new, |values, needs| {
            values.clear();
            let lengths = needs.iter().map(|&need| {
                let start = values.len();
                row_of(need, values);
                (values.len() - start) as u32
            });
            let lengths = lengths.collect();
            control.advance(needs.len() as u64)?;
            let so_far = n_values.fetch_add(values.len() as u64, Ordering::Relaxed) + values.len() as u64;
            let fits = reserve(so_far).is_ok();
            Ok(Part { lengths, values: if fits { values.as_slice().into() } else { Box::default() } })
        });
        let parts: Vec<Part<T>> = parts.collect::<Result<_, Error>>()?;
        reserve(n_values.into_inner())?;
        Ok(self.join(&parts))
    }

    fn join<T: Copy + Default + Send + Sync>(&self, parts: &[Part<T>]) -> Rows<T> {
        let mut indptr = vec![0; self.0.len() + 1];
        let mut place = vec![(0u32, 0u32); self.0.len()];
        for (k, (part, needs)) in parts.iter().zip(self.0.chunks(CHUNK)).enumerate() {
            let mut start = 0;
            for (need, &length) in needs.iter().zip(&part.lengths) {
                indptr[need.index() + 1] = length as usize;
                place[need.index()] = (k as u32, start);
                start += length;
            }
        }
        let mut end = 0;
        for pointer in &mut indptr {
            end += *pointer;
            *pointer = end;
        }
        let mut values = vec![T::default(); end];
        split_rows(&indptr, &mut values).into_par_iter().for_each(|(needs, joined)| {
            let mut rest = joined;
            for need in needs {
                let (row, after) = rest.split_at_mut(indptr[need + 1] - indptr[need]);
                let (part, start) = place[need];
                row.copy_from_slice(&parts[part as usize].values[start as usize..][..row.len()]);
                rest = after;
            }
        });
        (indptr, values)
    }
}

/// Takes the values of all rows apart, in pieces of some needs each.
fn split_rows<'a, T>(indptr: &[usize], mut values: &'a mut [T]) -> Vec<(Range<usize>, &'a mut [T])> {
    let n_needs = indptr.len() - 1;
    let mut parts = Vec::with_capacity(n_needs.div_ceil(CHUNK));
    for start in (0..n_needs).step_by(CHUNK) {
        let end = n_needs.min(start + CHUNK);
        let (part, rest) = values.split_at_mut(indptr[end] - indptr[start]);
        parts.push((start..end, part));
        values = rest;
    }
    parts
}
