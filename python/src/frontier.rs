//! Score against the number of residents who change their provider.

use std::sync::Arc;

use needmatch::frontier::FrontierSettings;
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;

use crate::control::Control;
use crate::explain::frame;
use crate::failure::guard;
use crate::matching::Matching;
use crate::problem::Problem;
use crate::run::detached;

/// The frontier of score against switches. Made by :func:`frontier`.
#[pyclass(frozen, module = "needmatch")]
pub(crate) struct Frontier {
    inner: needmatch::frontier::Frontier,
    points: Arc<needmatch::Table>,
    switches: Arc<needmatch::Table>,
    json: String,
    backend: Option<String>,
}

#[pymethods]
impl Frontier {
    /// A row for each point, by rising penalty: `least_penalty` and `most_penalty`, between which it is known to be the best;
    /// `switches`; `score`, the sum of the weighted means without any penalty; `served_p1` to `served_p4`; of the gap before
    /// the next point `gap_score`, which is how much more than the next point any matching with a number of switches between
    /// can score, and `gap_closed`, 0 where runs were too few to tell whether a further point lies between; `text`,
    /// `text_zh`.
    #[getter]
    fn points<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        frame(py, Arc::clone(&self.points), self.backend.as_deref())
    }

    /// Who switches at each point: `row` of the points, `need_id`, and the new `organization_id` and `worker_id`.
    #[getter]
    fn switches<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        frame(py, Arc::clone(&self.switches), self.backend.as_deref())
    }

    /// The verified matching of a point, by its row.
    fn matching(&self, row: usize) -> PyResult<Matching> {
        let point = self.inner.points.get(row).ok_or_else(|| PyIndexError::new_err("row: no such point"))?;
        Ok(Matching::new(point.matching.clone(), self.backend.clone()))
    }

    /// What no matching with so many switches exceeds in score, if it serves as many needs of each tier as the points do.
    fn bound(&self, switches: u64) -> i128 {
        self.inner.bound(switches)
    }

    /// How many runs it took.
    #[getter]
    fn runs(&self) -> u32 {
        self.inner.runs
    }

    /// Points (`facts`) and switches (`others`) as JSON.
    fn to_json(&self) -> &str {
        &self.json
    }

    fn __repr__(&self) -> String {
        format!("<needmatch.Frontier {} points, {} runs>", self.inner.points.len(), self.inner.runs)
    }
}

/// Find the frontier of score against switches: needs whose resident has a current provider and is given another one.
///
/// Points are the matchings that are the best at some switch penalty from 0 to 1.0, whatever the policy's own: each proven
/// and verified. Between two of them what any other matching could score is bounded.
///
/// Parameters
/// ----------
/// problem : Problem
///     Its objective is ``tiers_then_score``, ``coverage_then_score`` or ``least_unequal``.
/// max_runs : int, optional
///     The most runs, by default 32; each point takes about two. The widest gaps are looked into first.
/// threads : int, optional
///     How many threads to use; by default one per processor.
/// control : Control, optional
///     Watches and stops the runs.
///
/// Returns
/// -------
/// Frontier
///
/// Raises
/// ------
/// InputError
///     The objective is another one, quotas cross, or lists are short without a proof.
///
/// Examples
/// --------
/// >>> import needmatch
/// >>> problem = needmatch.Problem(**needmatch.datasets.jincheng("pilot"))
/// >>> found = needmatch.frontier(problem, max_runs=2)
/// >>> switches = found.points["switches"]
/// >>> switches == sorted(switches, reverse=True)
/// True
#[pyfunction]
#[pyo3(signature = (problem, *, max_runs=None, threads=None, control=None))]
pub(crate) fn frontier(
    py: Python<'_>,
    problem: &Bound<'_, Problem>,
    max_runs: Option<u32>,
    threads: Option<usize>,
    control: Option<&Bound<'_, Control>>,
) -> PyResult<Frontier> {
    guard(py, || {
        let problem = problem.get();
        let mut settings = FrontierSettings::default();
        settings.most_runs = max_runs.unwrap_or(settings.most_runs);
        let run = |options: &needmatch::Options<'_>| needmatch::frontier::frontier(&problem.inner, &settings, options);
        let inner = detached(py, threads, control, run)?;
        let report = inner.report();
        Ok(Frontier {
            json: report.to_json(),
            points: Arc::new(report.facts),
            switches: Arc::new(report.others),
            inner,
            backend: problem.backend.clone(),
        })
    })
}
