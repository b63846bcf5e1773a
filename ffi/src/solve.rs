//! The run.

use needmatch::Problem;

use crate::boundary::{Out, guard_with_error};
use crate::control::{self, needmatch_control};
use crate::error::needmatch_error;
use crate::matching::needmatch_matching;
use crate::options::{self, needmatch_options};
use crate::problem::needmatch_problem;
use crate::registry;
use crate::status::needmatch_status;

/// Solves a problem: the greatest total, proven and checked before it is returned. Free the matching with
/// needmatch_matching_free.
///
/// `options` may be NULL and `control` may be 0. The same problem gives the same matching, to the byte, whatever the
/// options and the number of calls. Any number of threads may solve at once.
///
/// # Safety
///
/// `options` is NULL or points to `struct_size` bytes; `matching_out` is valid for one write; `error_out` is NULL or
/// valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_solve(
    problem: needmatch_problem,
    options: *const needmatch_options,
    control: needmatch_control,
    matching_out: *mut needmatch_matching,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { Out::new(matching_out, "matching_out") }?;
        // SAFETY: as above.
        let given = unsafe { options::read(options) }?;
        let problem = registry::get::<Problem>(problem, "problem")?;
        let control = control::optional(control)?;
        let matching = needmatch::solve(&problem, &given.with(control.as_deref()))?;
        out.write(registry::insert(matching)?);
        Ok(())
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}
