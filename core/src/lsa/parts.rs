//! Rows in a few parts, one for each thread.

use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;

/// Does the work on each of `n_parts` runs of rows of about equal length; results in order.
pub(super) fn in_parts<T: Send>(n_rows: usize, n_parts: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let part = n_rows.div_ceil(n_parts.max(1)).max(1);
    let ranges = (0..n_rows.div_ceil(part)).map(|k| k * part..((k + 1) * part).min(n_rows));
    if n_rows <= part {
        return ranges.map(work).collect();
    }
    let work = &work;
    thread::scope(|scope| {
        // Where no thread is to be had, this one does the part.
        let start = |rows: Range<usize>| {
            let copy = rows.clone();
            thread::Builder::new().spawn_scoped(scope, move || work(copy)).map_err(|_| rows)
        };
        let parts: Vec<_> = ranges.map(start).collect();
        let end = |part| match part {
            Ok(thread) => thread::ScopedJoinHandle::join(thread).unwrap_or_else(|panic| resume_unwind(panic)),
            Err(rows) => work(rows),
        };
        parts.into_iter().map(end).collect()
    })
}
