//! The log of runs, as bytes that the caller stores.

use std::ffi::c_char;

use needmatch::{Error, Log, LogHash};

use crate::boundary::{self, Failure, Out, OutText, guard_with_error};
use crate::error::needmatch_error;
use crate::status::*;

/// The hash that joins the records of a log: NEEDMATCH_HASH_SHA256 or NEEDMATCH_HASH_SM3.
pub type needmatch_hash = u32;

/// SHA-256 (FIPS 180-4).
pub const NEEDMATCH_HASH_SHA256: needmatch_hash = 0;
/// SM3 (GB/T 32905-2016).
pub const NEEDMATCH_HASH_SM3: needmatch_hash = 1;

/// Makes the record of a decision file for the end of a log, and copies its line, to be appended to what is stored.
///
/// The log is checked first. Without records `hash` decides which one it will be chained with; later it must be the same.
/// `label` says what the caller wants to say of the run, such as its time: up to 64 of the characters
/// `0-9 A-Z a-z _ . : + -`. Returns NEEDMATCH_E_DECISION if log, decision file or label are not right.
///
/// # Safety
///
/// `log`, `decision` and `label` point to as many bytes as their lengths say; `text_out` is valid for `text_capacity`
/// bytes, or NULL with capacity 0; `text_len_out` is valid for one write; `error_out` is NULL or valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_log_append(
    log: *const c_char,
    log_len: usize,
    hash: needmatch_hash,
    decision: *const c_char,
    decision_len: usize,
    label: *const c_char,
    label_len: usize,
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let log = unsafe { boundary::slice(log.cast::<u8>(), log_len, "log") }?;
        // SAFETY: as above.
        let decision = unsafe { boundary::slice(decision.cast::<u8>(), decision_len, "decision") }?;
        // SAFETY: as above.
        let label = unsafe { boundary::text(label, label_len, "label") }?;
        // SAFETY: as above.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        let hash = match hash {
            NEEDMATCH_HASH_SHA256 => LogHash::Sha256,
            NEEDMATCH_HASH_SM3 => LogHash::Sm3,
            _ => return Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "hash")),
        };
        let mut log = match log {
            [] => Log::new(hash),
            log => Log::check(log, None).map_err(Error::from)?,
        };
        if log.hash() != hash {
            return Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "hash"));
        }
        out.write(&log.append(decision, label).map_err(Error::from)?)
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}

/// Checks every record of a log and the chain that joins them; tells how many there are and copies the head, which is the
/// hash of the last.
///
/// Nobody can tell from a log alone that its last records were cut off: note the head elsewhere, and give it as `head`,
/// or NULL. Returns NEEDMATCH_E_DECISION if anything is wrong; the error says where.
///
/// # Safety
///
/// `log` points to `log_len` bytes; `head` is NULL or points to `head_len` bytes; `n_records_out` is valid for one write;
/// `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write;
/// `error_out` is NULL or valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_log_check(
    log: *const c_char,
    log_len: usize,
    head: *const c_char,
    head_len: usize,
    n_records_out: *mut usize,
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let log = unsafe { boundary::slice(log.cast::<u8>(), log_len, "log") }?;
        let head = match head.is_null() {
            true => None,
            // SAFETY: as above.
            false => Some(unsafe { boundary::text(head, head_len, "head") }?),
        };
        // SAFETY: as above.
        let n_records = unsafe { Out::new(n_records_out, "n_records_out") }?;
        // SAFETY: as above.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        let log = Log::check(log, head).map_err(Error::from)?;
        out.write(log.head())?;
        n_records.write(log.records().len());
        Ok(())
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}

/// Copies what a log tells of repeated runs, one on each line: the same tables with another seed, another policy, or
/// another outcome. Empty where no tables were run twice.
///
/// # Safety
///
/// `log` points to `log_len` bytes; `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0;
/// `text_len_out` is valid for one write; `error_out` is NULL or valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_log_report(
    log: *const c_char,
    log_len: usize,
    language: needmatch_language,
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let log = unsafe { boundary::slice(log.cast::<u8>(), log_len, "log") }?;
        // SAFETY: as above.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        let language = self::language(language)?;
        out.write(&Log::check(log, None).map_err(Error::from)?.report(language))
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}
