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
struct Part<T, N> {
    lengths: Vec<u32>,
    notes: Vec<N>,
    values: Box<[T]>,
}

/// Rows of values for all needs, with a note on each, before they are joined.
pub(crate) struct Parts<T, N> {
    /// Where the row of each need starts and the last one ends.
    pub(crate) indptr: Vec<usize>,
    /// For each need the part and the place within it where its row starts.
    place: Vec<(u32, u32)>,
    /// For each need the note.
    pub(crate) notes: Vec<N>,
    parts: Vec<Box<[T]>>,
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
    /// [`Error::Cancelled`], and [`Error::Limit`] with what the whole would need.
    pub(crate) fn gather<T: Copy + Default + Send + Sync>(
        &self,
        beforehand: u64,
        control: &Control,
        row_of: impl Fn(NeedId, &mut Vec<T>) + Sync,
    ) -> Result<Rows<T>, Error> {
        let parts = self.work_out(beforehand, control, row_of)?;
        let values = parts.joined(|&value| value);
        Ok((parts.indptr, values))
    }

    /// Works out a row and a note for each need, as [`gather`](Self::gather). Beyond the budget rows are only counted and
    /// not kept.
    ///
    /// # Errors
    ///
    /// As [`gather`](Self::gather).
    pub(crate) fn work_out<T: Copy + Send + Sync, N: Copy + Default + Send>(
        &self,
        beforehand: u64,
        control: &Control,
        row_of: impl Fn(NeedId, &mut Vec<T>) -> N + Sync,
    ) -> Result<Parts<T, N>, Error> {
        let n_needs = self.0.len();
        let n_values = AtomicU64::new(0);
        let reserve = |n_values| control.reserve(beforehand + Self::bytes::<T>(n_needs, n_values));
        let parts = self.0.par_chunks(CHUNK).map_init(Vec::new, |values, needs| {
            values.clear();
            let (mut lengths, mut notes) = (Vec::with_capacity(needs.len()), Vec::with_capacity(needs.len()));
            for &need in needs {
                let start = values.len();
                notes.push(row_of(need, values));
                lengths.push((values.len() - start) as u32);
            }
            control.advance(needs.len() as u64)?;
            let so_far = n_values.fetch_add(values.len() as u64, Ordering::Relaxed) + values.len() as u64;
            let fits = reserve(so_far).is_ok();
            Ok(Part { lengths, notes, values: if fits { values.as_slice().into() } else { Box::default() } })
        });
        let parts: Vec<Part<T, N>> = parts.collect::<Result<_, Error>>()?;
        reserve(n_values.into_inner())?;
        Ok(self.in_order(parts))
    }

    fn in_order<T, N: Copy + Default>(&self, parts: Vec<Part<T, N>>) -> Parts<T, N> {
        let mut indptr = vec![0; self.0.len() + 1];
        let mut place = vec![(0u32, 0u32); self.0.len()];
        let mut notes = vec![N::default(); self.0.len()];
        for (k, (part, needs)) in parts.iter().zip(self.0.chunks(CHUNK)).enumerate() {
            let mut start = 0;
            for ((need, &length), &note) in needs.iter().zip(&part.lengths).zip(&part.notes) {
                indptr[need.index() + 1] = length as usize;
                place[need.index()] = (k as u32, start);
                notes[need.index()] = note;
                start += length;
            }
        }
        let mut end = 0;
        for pointer in &mut indptr {
            end += *pointer;
            *pointer = end;
        }
        Parts { indptr, place, notes, parts: parts.into_iter().map(|part| part.values).collect() }
    }
}

impl<T: Sync, N: Sync> Parts<T, N> {
    /// Something of each value, in canonical order of the needs.
    pub(crate) fn joined<U: Copy + Default + Send>(&self, of: impl Fn(&T) -> U + Sync) -> Vec<U> {
        let mut values = vec![U::default(); *self.indptr.last().unwrap_or(&0)];
        split_rows(&self.indptr, &mut values).into_par_iter().for_each(|(needs, joined)| {
            let mut rest = joined;
            for need in needs {
                let (row, after) = rest.split_at_mut(self.indptr[need + 1] - self.indptr[need]);
                let (part, start) = self.place[need];
                let from = &self.parts[part as usize][start as usize..];
                row.iter_mut().zip(from).for_each(|(slot, value)| *slot = of(value));
                rest = after;
            }
        });
        values
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
