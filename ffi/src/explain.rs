//! Why this one, why not that one, and what a place is worth.

use std::ffi::c_char;

use needmatch::explain::Report;
use needmatch::matching::{Level, Node};
use needmatch::model::NeedId;
use needmatch::{Error, Explainer, Matching, Options};

use crate::boundary::{self, Failure, Out, guard, guard_with_error};
use crate::control::{self, needmatch_control};
use crate::error::needmatch_error;
use crate::matching::needmatch_matching;
use crate::options::{self, needmatch_options};
use crate::registry;
use crate::report::needmatch_report;
use crate::status::*;

/// A matching, ready to be explained. It never changes, so any number of threads may ask it at once.
///
/// It depends on no other object: the matching may be freed before it.
pub type needmatch_explainer = u64;

/// Which kind of provider an identifier names: one of the NEEDMATCH_LEVEL_ numbers.
pub type needmatch_level = u32;

/// A worker, or where no worker has the identifier an organization.
pub const NEEDMATCH_LEVEL_ANY: needmatch_level = 0;
/// A worker.
pub const NEEDMATCH_LEVEL_WORKER: needmatch_level = 1;
/// An organization that serves without naming a worker.
pub const NEEDMATCH_LEVEL_ORGANIZATION: needmatch_level = 2;

/// Prepares to explain a matching: a fraction of the time of solving. Free it with needmatch_explainer_free.
///
/// `options` may be NULL and `control` may be 0. Returns NEEDMATCH_E_INPUT (fault 600) for a matching within floors or
/// quotas that is not proven the best, or whose quotas cross. Of others within floors or quotas the assignments, pairs and
/// places are explained, and the other questions return NEEDMATCH_E_INPUT.
///
/// # Safety
///
/// `options` is NULL or points to `struct_size` bytes; `explainer_out` is valid for one write; `error_out` is NULL or
/// valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_explainer_new(
    matching: needmatch_matching,
    options: *const needmatch_options,
    control: needmatch_control,
    explainer_out: *mut needmatch_explainer,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { Out::new(explainer_out, "explainer_out") }?;
        // SAFETY: as above.
        let given = unsafe { options::read(options) }?;
        let matching = registry::get::<Matching>(matching, "matching")?;
        let control = control::optional(control)?;
        let explainer = Explainer::new(&matching, &given.with(control.as_deref()))?;
        out.write(registry::insert(explainer)?);
        Ok(())
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}

/// Frees an explainer; 0 does nothing.
#[unsafe(no_mangle)]
pub extern "C" fn needmatch_explainer_free(explainer: needmatch_explainer) -> needmatch_status {
    guard(|| registry::free::<Explainer>(explainer, "explainer"))
}

/// Tells why a need is served as it is, or why it is not: the report's facts hold the assignment and the margin, which is
/// the loss without it; the chain tells who would move then; the others are what each other candidate would cost.
///
/// Returns NEEDMATCH_E_NOT_FOUND for an identifier that no need has. Free the report with needmatch_report_free.
///
/// # Safety
///
/// `need_id` points to `need_id_len` bytes; `report_out` is valid for one write; `error_out` is NULL or valid for one
/// write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_explainer_why(
    explainer: needmatch_explainer,
    need_id: *const c_char,
    need_id_len: usize,
    report_out: *mut needmatch_report,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { Out::new(report_out, "report_out") }?;
        // SAFETY: as above.
        let id = unsafe { boundary::text(need_id, need_id_len, "need_id") }?;
        let explainer = registry::get::<Explainer>(explainer, "explainer")?;
        let why = explainer.why(need_of(&explainer, id)?);
        write(out, explainer.report_why(&why))
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}

/// Tells why a provider does not serve a need: the report's facts hold the hard rules that the pair fails, or what the
/// total would lose if the pair were forced; the chain tells who would move then.
///
/// Returns NEEDMATCH_E_NOT_FOUND for an identifier that nobody has. Free the report with needmatch_report_free.
///
/// # Safety
///
/// `need_id` points to `need_id_len` bytes, `provider_id` to `provider_id_len`; `report_out` is valid for one write;
/// `error_out` is NULL or valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_explainer_why_not(
    explainer: needmatch_explainer,
    need_id: *const c_char,
    need_id_len: usize,
    level: needmatch_level,
    provider_id: *const c_char,
    provider_id_len: usize,
    report_out: *mut needmatch_report,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { Out::new(report_out, "report_out") }?;
        // SAFETY: as above.
        let need = unsafe { boundary::text(need_id, need_id_len, "need_id") }?;
        // SAFETY: as above.
        let provider = unsafe { boundary::text(provider_id, provider_id_len, "provider_id") }?;
        let explainer = registry::get::<Explainer>(explainer, "explainer")?;
        let need = need_of(&explainer, need)?;
        let provider = provider_of(&explainer, provider, level)?;
        write(out, explainer.report_why_not(&[explainer.why_not(need, provider)]))
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}

/// Tells why each provider does not serve a need: a row of the report's facts for each worker, then for each organization.
///
/// Returns NEEDMATCH_E_NOT_FOUND for an identifier that no need has. Free the report with needmatch_report_free.
///
/// # Safety
///
/// As needmatch_explainer_why.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_explainer_why_not_all(
    explainer: needmatch_explainer,
    need_id: *const c_char,
    need_id_len: usize,
    report_out: *mut needmatch_report,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { Out::new(report_out, "report_out") }?;
        // SAFETY: as above.
        let id = unsafe { boundary::text(need_id, need_id_len, "need_id") }?;
        let explainer = registry::get::<Explainer>(explainer, "explainer")?;
        let rows = explainer.why_not_all(need_of(&explainer, id)?);
        write(out, explainer.report_why_not(&rows))
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}

/// Tells what every candidate of every need would cost if it were forced: a row of the report's facts for each. Seconds
/// for a city.
///
/// `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.
///
/// # Safety
///
/// `options` is NULL or points to `struct_size` bytes; `report_out` is valid for one write; `error_out` is NULL or valid
/// for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_explainer_losses(
    explainer: needmatch_explainer,
    options: *const needmatch_options,
    control: needmatch_control,
    report_out: *mut needmatch_report,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    // SAFETY: the caller's promises, passed on unchanged.
    unsafe {
        with_options(explainer, options, control, report_out, error_out, |explainer, options| {
            Ok(explainer.report_losses(&explainer.losses(options)?))
        })
    }
}

/// Tells what one place more and one fewer is worth at every worker, organization and group: two rows of the report's
/// facts for each, with `places` 1 and -1, and the chains of who would move.
///
/// `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.
///
/// # Safety
///
/// As needmatch_explainer_losses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_explainer_values(
    explainer: needmatch_explainer,
    options: *const needmatch_options,
    control: needmatch_control,
    report_out: *mut needmatch_report,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    // SAFETY: the caller's promises, passed on unchanged.
    unsafe {
        with_options(explainer, options, control, report_out, error_out, |explainer, options| {
            Ok(explainer.report_values(&explainer.values(options)?))
        })
    }
}

/// Tells which needs are more than the places they can reach, whoever is served: a row of the report's facts for each
/// such set; the others tell what the sets consist of. Checked before it is returned.
///
/// `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.
///
/// # Safety
///
/// As needmatch_explainer_losses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_explainer_shortages(
    explainer: needmatch_explainer,
    options: *const needmatch_options,
    control: needmatch_control,
    report_out: *mut needmatch_report,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    // SAFETY: the caller's promises, passed on unchanged.
    unsafe {
        with_options(explainer, options, control, report_out, error_out, |explainer, _| {
            Ok(explainer.report_shortages(&explainer.shortages()?))
        })
    }
}

/// Tells the fewest places with which every need that has a candidate would be served: a row of the report's facts for
/// each worker, organization and group that needs more. Proven before it is returned.
///
/// `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.
///
/// # Safety
///
/// As needmatch_explainer_losses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_explainer_smallest_repair(
    explainer: needmatch_explainer,
    options: *const needmatch_options,
    control: needmatch_control,
    report_out: *mut needmatch_report,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    // SAFETY: the caller's promises, passed on unchanged.
    unsafe {
        with_options(explainer, options, control, report_out, error_out, |explainer, options| {
            Ok(explainer.report_repair(&explainer.smallest_repair(options)?))
        })
    }
}

/// Tells what each pin and each ban costs by itself: a row of the report's facts for each, with what the total would lose
/// without it, and the chains of who would move.
///
/// `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.
///
/// # Safety
///
/// As needmatch_explainer_losses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_explainer_pin_costs(
    explainer: needmatch_explainer,
    options: *const needmatch_options,
    control: needmatch_control,
    report_out: *mut needmatch_report,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    // SAFETY: the caller's promises, passed on unchanged.
    unsafe {
        with_options(explainer, options, control, report_out, error_out, |explainer, options| {
            Ok(explainer.report_pins(&explainer.pin_costs(options)?))
        })
    }
}

/// Tells what one change on the supply side would unlock (a training, a registration, a larger area, one more worker),
/// ranked: a row of the report's facts for each. For the `n_exact` with the greatest bounds the exact gain is computed,
/// which takes a run of the solver each; for the others the bound says what they cannot gain more than.
///
/// `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.
///
/// # Safety
///
/// As needmatch_explainer_losses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_explainer_improvements(
    explainer: needmatch_explainer,
    n_exact: usize,
    options: *const needmatch_options,
    control: needmatch_control,
    report_out: *mut needmatch_report,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    // SAFETY: the caller's promises, passed on unchanged.
    unsafe {
        with_options(explainer, options, control, report_out, error_out, |explainer, options| {
            Ok(explainer.report_improvements(&explainer.improvements(n_exact, options)?))
        })
    }
}

/// Tells between which weights of each criterion, in thousandths, no other matching is better: a row of the report's facts
/// for each criterion, with `weight`, `least` and `most`; the other weights keep their proportions. The others have a row
/// for each assignment and criterion: between which weights it is in a best matching. For these at most `max_solves`
/// networks are solved for each criterion and direction; where that is too few, `least_exact` or `most_exact` is 0.
///
/// `options` may be NULL and `control` may be 0. Free the report with needmatch_report_free.
///
/// # Safety
///
/// As needmatch_explainer_losses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_explainer_weight_ranges(
    explainer: needmatch_explainer,
    max_solves: usize,
    options: *const needmatch_options,
    control: needmatch_control,
    report_out: *mut needmatch_report,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    // SAFETY: the caller's promises, passed on unchanged.
    unsafe {
        with_options(explainer, options, control, report_out, error_out, |explainer, options| {
            Ok(explainer.report_weight_ranges(&explainer.weight_ranges(max_solves, options)?))
        })
    }
}

/// A question about the whole matching.
///
/// # Safety
///
/// As needmatch_explainer_losses.
unsafe fn with_options(
    explainer: needmatch_explainer,
    options: *const needmatch_options,
    control: needmatch_control,
    report_out: *mut needmatch_report,
    error_out: *mut needmatch_error,
    ask: impl FnOnce(&Explainer, &Options<'_>) -> Result<Report, Error>,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { Out::new(report_out, "report_out") }?;
        // SAFETY: as above.
        let given = unsafe { options::read(options) }?;
        let explainer = registry::get::<Explainer>(explainer, "explainer")?;
        let control = control::optional(control)?;
        write(out, ask(&explainer, &given.with(control.as_deref()))?)
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}

fn write(out: Out<needmatch_report>, report: Report) -> Result<(), Failure> {
    out.write(registry::insert(report)?);
    Ok(())
}

fn need_of(explainer: &Explainer, id: &str) -> Result<NeedId, Failure> {
    let need = explainer.matching().problem().need_by_id(id);
    need.ok_or(Failure::argument(NEEDMATCH_E_NOT_FOUND, "need_id"))
}

fn provider_of(explainer: &Explainer, id: &str, level: needmatch_level) -> Result<Node, Failure> {
    let level = match level {
        NEEDMATCH_LEVEL_ANY => None,
        NEEDMATCH_LEVEL_WORKER => Some(Level::Worker),
        NEEDMATCH_LEVEL_ORGANIZATION => Some(Level::Organization),
        _ => return Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "level")),
    };
    explainer.provider_by_id(id, level).ok_or(Failure::argument(NEEDMATCH_E_NOT_FOUND, "provider_id"))
}
