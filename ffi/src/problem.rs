//! The checked problem.

use std::ffi::c_char;

use needmatch::{Policy, Problem};

use crate::boundary::{self, Failure, Out, OutText, guard, guard_with_error};
use crate::control::{self, needmatch_control};
use crate::error::needmatch_error;
use crate::registry;
use crate::status::*;
use crate::tables::*;

/// A checked problem: tables and policy. It never changes, so any number of threads may use it at once.
///
/// It holds copies and depends on no other object; matchings that were made from it do not need it either.
pub type needmatch_problem = u64;

/// Checks the tables and makes a problem of them. Free it with needmatch_problem_free.
///
/// `policy` is TOML text [policy_len]; NULL stands for the default policy (needmatch_default_policy).
/// `control` limits the memory and stops the call as it does a run; 0 means none.
/// On NEEDMATCH_E_INPUT the error lists all faults of all tables at once. The tables stay as they are.
///
/// # Safety
///
/// `policy` is NULL or points to `policy_len` bytes; `problem_out` is valid for one write; `error_out` is NULL or
/// valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_problem_new(
    tables: needmatch_tables,
    policy: *const c_char,
    policy_len: usize,
    control: needmatch_control,
    problem_out: *mut needmatch_problem,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { Out::new(problem_out, "problem_out") }?;
        let policy = match policy.is_null() {
            true => Policy::default(),
            // SAFETY: as above.
            false => Policy::from_toml(unsafe { boundary::text(policy, policy_len, "policy") }?)?,
        };
        let control = control::optional(control)?.unwrap_or_default();
        let problem = with_tables(tables, |tables| Ok(Problem::with_control(tables, policy, &control)?))?;
        out.write(registry::insert(problem)?);
        Ok(())
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}

/// Frees a problem; 0 does nothing. A run that uses it goes on.
#[unsafe(no_mangle)]
pub extern "C" fn needmatch_problem_free(problem: needmatch_problem) -> needmatch_status {
    guard(|| registry::free::<Problem>(problem, "problem"))
}

/// Tells how many rows one of the problem's tables has.
///
/// # Safety
///
/// `n_rows_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_problem_n_rows(
    problem: needmatch_problem,
    table: needmatch_table,
    n_rows_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promise, passed on unchanged.
        let out = unsafe { Out::new(n_rows_out, "n_rows_out") }?;
        let problem = registry::get::<Problem>(problem, "problem")?;
        out.write(match table {
            NEEDMATCH_TABLE_NEEDS => problem.needs().len(),
            NEEDMATCH_TABLE_WORKERS => problem.workers().len(),
            NEEDMATCH_TABLE_ORGANIZATIONS => problem.organizations().len(),
            NEEDMATCH_TABLE_COMMUNITIES => problem.communities().len(),
            NEEDMATCH_TABLE_GROUPS => problem.groups().len(),
            _ => return Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "table")),
        });
        Ok(())
    })
}

/// Copies the SHA-256 of all checked rows and the policy, 64 hexadecimal digits: it names the input of a result.
///
/// # Safety
///
/// `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_problem_input_digest(
    problem: needmatch_problem,
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        out.write(registry::get::<Problem>(problem, "problem")?.input_digest())
    })
}

/// Copies the JSON Schema (draft 2020-12) of policy files, for editors and forms. A file that it refuses is refused by
/// needmatch_problem_new, which also checks what no schema can say.
///
/// # Safety
///
/// `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_policy_schema(
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        out.write(&Policy::json_schema())
    })
}

/// Copies the default policy as TOML text, to be changed and given to needmatch_problem_new.
///
/// # Safety
///
/// `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_default_policy(
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        out.write(&Policy::default().to_toml())
    })
}
