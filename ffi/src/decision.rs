//! Decision files: made of a matching, checked without its tables, made again from them.

use std::ffi::c_char;

use needmatch::{Decision, Error, Matching};

use crate::boundary::{self, OutText, guard, guard_with_error};
use crate::control::{self, needmatch_control};
use crate::error::needmatch_error;
use crate::matching::needmatch_matching;
use crate::options::{self, needmatch_options};
use crate::registry;
use crate::status::needmatch_status;
use crate::tables::{needmatch_tables, with_tables};

/// Copies the decision file of a matching: everything that somebody without the tables needs to check it, as canonical
/// JSON. The same bytes from Rust, C and Python, for any order of the input's rows.
///
/// It is made anew by each call, so a buffer that is large enough at once saves time: 60 bytes for each candidate are.
///
/// # Safety
///
/// `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_matching_decision(
    matching: needmatch_matching,
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        out.write_bytes(&registry::get::<Matching>(matching, "matching")?.to_decision()?)
    })
}

/// Checks a decision file without the tables: its form and digest, who serves whom, places, scores, totals, reasons, and
/// from the prices that nothing over its candidates is better.
///
/// Returns NEEDMATCH_E_DECISION if anything is wrong; the error says where.
///
/// # Safety
///
/// `decision` points to `decision_len` bytes; `error_out` is NULL or valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_decision_verify(
    decision: *const c_char,
    decision_len: usize,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let bytes = unsafe { boundary::slice(decision.cast::<u8>(), decision_len, "decision") }?;
        let verified = Decision::parse(bytes).and_then(|decision| decision.verify());
        verified.map_err(Error::from)?;
        Ok(())
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}

/// Makes a decision again from its tables and the policy that it holds, and compares byte for byte.
///
/// Returns NEEDMATCH_E_DECISION if the file is none, was made under another semantics, or differs; the error says where it
/// differs first. `options` may be NULL and `control` may be 0, as in needmatch_solve.
///
/// # Safety
///
/// `decision` points to `decision_len` bytes; `options` is NULL or points to `struct_size` bytes; `error_out` is NULL or
/// valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_replay(
    tables: needmatch_tables,
    decision: *const c_char,
    decision_len: usize,
    options: *const needmatch_options,
    control: needmatch_control,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let bytes = unsafe { boundary::slice(decision.cast::<u8>(), decision_len, "decision") }?;
        // SAFETY: as above.
        let given = unsafe { options::read(options) }?;
        let control = control::optional(control)?;
        with_tables(tables, |tables| Ok(needmatch::replay(tables, bytes, &given.with(control.as_deref()))?))
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}
