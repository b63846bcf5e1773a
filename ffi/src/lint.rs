//! What a bureau should look at before it publishes a policy, or runs one on its tables.

use std::ffi::c_char;

use needmatch::lint::{self, Finding};
use needmatch::{Policy, Problem};

use crate::boundary::{self, Failure, Out, guard_with_error};
use crate::control::{self, needmatch_control};
use crate::error::needmatch_error;
use crate::options::{self, needmatch_options};
use crate::problem::needmatch_problem;
use crate::registry;
use crate::report::needmatch_report;
use crate::status::needmatch_status;

/// Tells what a policy alone gives reason to look at: a row of the report's facts for each finding, the errors first.
///
/// Columns are `lint` (the finding's stable name), `severity` (`error`, `warning` or `note`), `key` of the policy, `id`,
/// the numbers `found` and `of`, `text` and `text_zh`. `policy` is TOML text [policy_len]; NULL stands for the default
/// policy. Free the report with needmatch_report_free.
///
/// # Safety
///
/// `policy` is NULL or points to `policy_len` bytes; `report_out` is valid for one write; `error_out` is NULL or valid for
/// one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_lint_policy(
    policy: *const c_char,
    policy_len: usize,
    report_out: *mut needmatch_report,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { Out::new(report_out, "report_out") }?;
        let policy = match policy.is_null() {
            true => Policy::default(),
            // SAFETY: as above.
            false => Policy::from_toml(unsafe { boundary::text(policy, policy_len, "policy") }?)?,
        };
        tell(&lint::lint_policy(&policy), out)
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}

/// Tells what a problem gives reason to look at, as needmatch_lint_policy does; what only the tables show is told too:
/// criteria that measure the same for everybody, rules that keep everybody away, floors above what exists, quotas that cross.
///
/// `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.
///
/// # Safety
///
/// `options` is NULL or points to `struct_size` bytes; `report_out` is valid for one write; `error_out` is NULL or valid
/// for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_lint_problem(
    problem: needmatch_problem,
    options: *const needmatch_options,
    control: needmatch_control,
    report_out: *mut needmatch_report,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { Out::new(report_out, "report_out") }?;
        // SAFETY: as above.
        let given = unsafe { options::read(options) }?;
        let problem = registry::get::<Problem>(problem, "problem")?;
        let control = control::optional(control)?;
        tell(&lint::lint_problem(&problem, &given.with(control.as_deref()))?, out)
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}

fn tell(found: &[Finding], out: Out<needmatch_report>) -> Result<(), Failure> {
    out.write(registry::insert(lint::report(found))?);
    Ok(())
}
