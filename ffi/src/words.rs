//! The outcome in words, and the tables of equity.

use std::ffi::c_char;

use needmatch::equity::Dimension;
use needmatch::{Matching, Reader};

use crate::boundary::{self, Failure, OutSlice, OutText, guard, guard_with_error};
use crate::control::{self, needmatch_control};
use crate::error::needmatch_error;
use crate::matching::needmatch_matching;
use crate::options::{self, needmatch_options};
use crate::registry;
use crate::status::*;

/// For whom a text is: one of the NEEDMATCH_READER_ numbers.
pub type needmatch_reader = u32;

/// The resident whose need it is: who is proposed and why, or why nobody is; how to refuse and to appeal.
pub const NEEDMATCH_READER_RESIDENT: needmatch_reader = 0;
/// A worker: which needs are proposed, how urgent they are, and why to this worker.
pub const NEEDMATCH_READER_WORKER: needmatch_reader = 1;
/// Whoever answers for the decision on a need: every number of it.
pub const NEEDMATCH_READER_SUPERVISOR: needmatch_reader = 2;
/// Everybody: counts that may be published, policy, seed, and what is proven.
pub const NEEDMATCH_READER_PUBLIC: needmatch_reader = 3;

/// Copies the outcome in words for a reader. It holds identifiers of that reader's own needs, worker and organization
/// only, and no attribute of anybody.
///
/// `id` is the identifier of the need for a resident or a supervisor, and of the worker for a worker; for the public it is
/// NULL. Returns NEEDMATCH_E_NOT_FOUND for an identifier that the matching does not hold.
///
/// # Safety
///
/// `id` is NULL or points to `id_len` bytes; `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0;
/// `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_matching_words(
    matching: needmatch_matching,
    reader: needmatch_reader,
    id: *const c_char,
    id_len: usize,
    language: needmatch_language,
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let id = unsafe { boundary::text(id, id_len, "id") }?;
        // SAFETY: as above.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        let language = self::language(language)?;
        let matching = registry::get::<Matching>(matching, "matching")?;
        let unknown = || Failure::argument(NEEDMATCH_E_NOT_FOUND, "id");
        let need = || matching.problem().need_by_id(id).ok_or_else(unknown);
        let reader = match reader {
            NEEDMATCH_READER_RESIDENT => Reader::Resident(need()?),
            NEEDMATCH_READER_WORKER => Reader::Worker(matching.problem().worker_by_id(id).ok_or_else(unknown)?),
            NEEDMATCH_READER_SUPERVISOR => Reader::Supervisor(need()?),
            NEEDMATCH_READER_PUBLIC => Reader::Public,
            _ => return Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "reader")),
        };
        out.write(&matching.text(reader, language))
    })
}

/// Copies service and waiting by tier, client group, county, urban and rural class and domain, as JSON.
///
/// With `is_public` 1, what is small is `null`, and so is what would give it away; with 0 every number is there, and
/// the table is not for publication.
///
/// # Safety
///
/// `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_matching_equity(
    matching: needmatch_matching,
    is_public: u8,
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        let equity = registry::get::<Matching>(matching, "matching")?.equity();
        match is_public {
            0 => out.write(&equity.to_json()),
            1 => out.write(&equity.public().to_json()),
            _ => Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "is_public")),
        }
    })
}

/// Tells how many needs of a kind there are, how many are served, and how many equally good matchings serve at least and at
/// most: whether a kind is served worse by shortage or by one choice among many.
///
/// `dimension` and `key` are those of needmatch_matching_equity, such as "domain" and "elderly_care". `options` may be
/// NULL and `control` may be 0, as in needmatch_solve. Returns NEEDMATCH_E_NOT_FOUND for a kind of which there is no need,
/// or where more than capacities binds. Shape: `counts_out` [4]: needs, served, least, most.
///
/// # Safety
///
/// `dimension` and `key` point to as many bytes as their lengths say; `options` is NULL or points to `struct_size` bytes;
/// `counts_out` is valid for 4 writes; `error_out` is NULL or valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_matching_served_range(
    matching: needmatch_matching,
    dimension: *const c_char,
    dimension_len: usize,
    key: *const c_char,
    key_len: usize,
    options: *const needmatch_options,
    control: needmatch_control,
    counts_out: *mut u64,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let dimension = unsafe { boundary::text(dimension, dimension_len, "dimension") }?;
        // SAFETY: as above.
        let key = unsafe { boundary::text(key, key_len, "key") }?;
        // SAFETY: as above.
        let given = unsafe { options::read(options) }?;
        // SAFETY: as above.
        let out = unsafe { OutSlice::new(counts_out, 4, "counts_out") }?;
        let not_found = |argument| Failure::argument(NEEDMATCH_E_NOT_FOUND, argument);
        let dimension = Dimension::from_code(dimension).ok_or(not_found("dimension"))?;
        let control = control::optional(control)?;
        let matching = registry::get::<Matching>(matching, "matching")?;
        let range = matching.served_range(dimension, key, &given.with(control.as_deref()))?;
        let range = range.ok_or(not_found("key"))?;
        out.write([range.needs, range.served, range.least, range.most].into_iter());
        Ok(())
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}
