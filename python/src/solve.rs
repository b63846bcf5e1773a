//! The run.

use pyo3::prelude::*;

use crate::control::Control;
use crate::failure::guard;
use crate::matching::Matching;
use crate::problem::Problem;
use crate::run::detached;

/// Match the needs of a problem to its organizations and workers: the best matching there is, proven.
///
/// The interpreter lock is released meanwhile, and Ctrl-C stops the run.
///
/// Parameters
/// ----------
/// problem : Problem
/// threads : int, optional
///     How many threads to use; by default one per processor. The result is the same for every number.
/// control : Control, optional
///     Watches and stops the run.
///
/// Returns
/// -------
/// Matching
///
/// Raises
/// ------
/// InputError
///     A pinned worker breaks a hard rule, or more needs are pinned than there are places.
/// Cancelled
///     The control was cancelled.
/// SolveError
///     The memory budget is too small.
///
/// Examples
/// --------
/// >>> import needmatch
/// >>> problem = needmatch.Problem(**needmatch.datasets.jincheng("pilot"))
/// >>> matching = needmatch.solve(problem)
/// >>> matching.status, matching.gap.tier, matching.gap.score
/// ('optimal', 0, 0)
#[pyfunction]
#[pyo3(signature = (problem, *, threads=None, control=None))]
pub(crate) fn solve(
    py: Python<'_>,
    problem: &Bound<'_, Problem>,
    threads: Option<usize>,
    control: Option<&Bound<'_, Control>>,
) -> PyResult<Matching> {
    guard(py, || {
        let problem = problem.get();
        let matching = detached(py, threads, control, |options| needmatch::solve(&problem.inner, options))?;
        Ok(Matching::new(matching, problem.backend.clone()))
    })
}
