//! The run.

use needmatch::{Matching, Problem};

use crate::boundary::{Failure, Out, OutSlice, guard_with_error};
use crate::control::{self, needmatch_control};
use crate::error::needmatch_error;
use crate::matching::needmatch_matching;
use crate::options::{self, needmatch_options};
use crate::problem::needmatch_problem;
use crate::registry;
use crate::status::{NEEDMATCH_E_INTERNAL_CHECK, needmatch_status};

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

/// Tells what the default objective, tiers_then_score, would have served and scored more than the policy's objective did;
/// below zero where it is less. Solves the problem of the matching once more.
///
/// `options` may be NULL and `control` may be 0. Shape: `served_out` [4], needs of each tier from red to green.
///
/// # Safety
///
/// `options` is NULL or points to `struct_size` bytes; `served_out` is valid for four writes, `score_out` for one;
/// `error_out` is NULL or valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_matching_objective_price(
    matching: needmatch_matching,
    options: *const needmatch_options,
    control: needmatch_control,
    served_out: *mut i64,
    score_out: *mut i64,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let served = unsafe { OutSlice::new(served_out, 4, "served_out") }?;
        // SAFETY: as above.
        let score = unsafe { Out::new(score_out, "score_out") }?;
        // SAFETY: as above.
        let given = unsafe { options::read(options) }?;
        let matching = registry::get::<Matching>(matching, "matching")?;
        let control = control::optional(control)?;
        let price = needmatch::objective_price(&matching, &given.with(control.as_deref()))?;
        // Scores are at most 10^6 for each of 2^31 needs.
        score.write(i64::try_from(price.score).map_err(|_| Failure::new(NEEDMATCH_E_INTERNAL_CHECK))?);
        served.write(price.served.into_iter());
        Ok(())
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}
