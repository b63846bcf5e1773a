//! Score against the number of residents who change their provider.

use needmatch::Problem;
use needmatch::frontier::{FrontierSettings, frontier};

use crate::boundary::{Failure, Out, OutSlice, guard_with_error};
use crate::control::{self, needmatch_control};
use crate::error::needmatch_error;
use crate::matching::needmatch_matching;
use crate::options::{self, needmatch_options};
use crate::problem::needmatch_problem;
use crate::registry;
use crate::report::needmatch_report;
use crate::status::{NEEDMATCH_E_BUFFER, needmatch_status};

/// Finds the frontier of score against switches, needs whose resident has a current provider and is given another one: the
/// matchings that are the best at some switch penalty, whatever the policy's own.
///
/// The report's facts have a row for each point, by rising penalty: `least_penalty` and `most_penalty`, between which it is
/// known to be the best; `switches`; `score`, the sum of the weighted means without any penalty; `served_p1` to `served_p4`;
/// and of the gap before the next point `gap_score`, which is how much more than the next point any matching with a number
/// of switches between can score, and `gap_closed`, 0 where `most_runs` (0 stands for 32) were too few to tell whether a
/// further point lies between. The others are who switches: `row` of the facts, `need_id`, `organization_id`, `worker_id`.
///
/// Where `matchings_out` is not NULL, it gets the verified matching of each point, in the order of the rows, and 0 beyond
/// them; free each with needmatch_matching_free, and the report with needmatch_report_free. Shape: `matchings_out`
/// [matchings_capacity], which is at least `most_runs` and at least 2.
///
/// `options` may be NULL and `control` may be 0.
///
/// # Safety
///
/// `options` is NULL or points to `struct_size` bytes; `matchings_out` is NULL or valid for `matchings_capacity` writes;
/// `report_out` is valid for one write; `error_out` is NULL or valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_frontier(
    problem: needmatch_problem,
    most_runs: u32,
    options: *const needmatch_options,
    control: needmatch_control,
    matchings_out: *mut needmatch_matching,
    matchings_capacity: usize,
    report_out: *mut needmatch_report,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { Out::new(report_out, "report_out") }?;
        // SAFETY: as above.
        let matchings = unsafe { OutSlice::new(matchings_out, matchings_capacity, "matchings_out") }?;
        // SAFETY: as above.
        let given = unsafe { options::read(options) }?;
        let mut settings = FrontierSettings::default();
        if most_runs > 0 {
            settings.most_runs = most_runs;
        }
        if !matchings_out.is_null() && matchings_capacity < settings.most_runs.max(2) as usize {
            return Err(Failure::argument(NEEDMATCH_E_BUFFER, "matchings_out"));
        }
        let problem = registry::get::<Problem>(problem, "problem")?;
        let control = control::optional(control)?;
        let found = frontier(&problem, &settings, &given.with(control.as_deref()))?;
        let report = registry::insert(found.report())?;
        if !matchings_out.is_null() {
            let mut handles = Vec::new();
            for point in found.points {
                handles.push(registry::insert(point.matching)?);
            }
            matchings.write(handles.into_iter().chain(std::iter::repeat(0)));
        }
        out.write(report);
        Ok(())
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}
