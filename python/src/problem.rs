//! The checked problem.

use std::sync::Arc;

use needmatch::lint::{lint_problem, report};
use pyo3::prelude::*;

use crate::columns;
use crate::control::Control;
use crate::explain::frame;
use crate::failure::guard;
use crate::policy::{Policy, evaluation_date};
use crate::run::detached;

/// A city's needs and who may serve them: checked, and never changed once made.
///
/// A table is anything with the Arrow capsule protocol (pandas, polars, pyarrow, DuckDB) or a dictionary from column
/// names to sequences or NumPy arrays; ``docs/guide/tables.md`` lists the columns. Values are copied.
///
/// Parameters
/// ----------
/// needs, workers, organizations, communities : table
///     One row for each need, worker, organization and community.
/// groups : table, optional
///     What stands above organizations: federations, fund lines, counties.
/// quotas : table, optional
///     How many needs of a kind must or may be served.
/// policy : Policy, optional
///     The rules; by default :meth:`Policy.default`.
/// evaluation_date : date or str, optional
///     The day on which papers must be valid; by default the policy's.
/// control : Control, optional
///     Watches and stops the reading, and limits its memory.
///
/// Raises
/// ------
/// InputError
///     Something is wrong with the tables; all faults of all tables are listed at once.
/// TypeError
///     An argument is no table at all.
/// SolveError
///     The memory budget is too small, or the control was cancelled.
///
/// Examples
/// --------
/// >>> import needmatch
/// >>> problem = needmatch.Problem(
/// ...     needs={"need_id": ["n1"], "community": ["140502001001"], "domain": ["elderly_care"], "risk": ["yellow"]},
/// ...     workers={"worker_id": ["w1"], "organization_id": ["o1"], "domains": ["elderly_care"], "caseload_max": [20]},
/// ...     organizations={"organization_id": ["o1"], "capacity_max": [20]},
/// ...     communities={"community": ["140502001001"]},
/// ... )
/// >>> problem
/// <needmatch.Problem 1 needs, 1 workers, 1 organizations, 1 communities>
#[pyclass(frozen, module = "needmatch")]
pub(crate) struct Problem {
    pub(crate) inner: needmatch::Problem,
    /// The library whose tables the caller uses.
    pub(crate) backend: Option<String>,
}

#[pymethods]
impl Problem {
    #[new]
    #[pyo3(signature = (
        *, needs, workers, organizations, communities, groups=None, quotas=None, policy=None, evaluation_date=None,
        control=None
    ))]
    #[expect(clippy::too_many_arguments, reason = "the arguments of the Python class")]
    fn new(
        py: Python<'_>,
        needs: &Bound<'_, PyAny>,
        workers: &Bound<'_, PyAny>,
        organizations: &Bound<'_, PyAny>,
        communities: &Bound<'_, PyAny>,
        groups: Option<&Bound<'_, PyAny>>,
        quotas: Option<&Bound<'_, PyAny>>,
        policy: Option<&Bound<'_, Policy>>,
        evaluation_date: Option<&Bound<'_, PyAny>>,
        control: Option<&Bound<'_, Control>>,
    ) -> PyResult<Self> {
        guard(py, || {
            let tables = columns::tables(needs, workers, organizations, communities, groups, quotas)?;
            let backend = py.import("needmatch._frames")?.call_method1("backend_of", (needs,))?.extract()?;
            let policy = policy_on(policy, evaluation_date)?;
            let unwatched = needmatch::Control::new();
            let inner = detached(py, None, control, |options| {
                needmatch::Problem::with_control(&tables, policy, options.control.unwrap_or(&unwatched))
            })?;
            Ok(Self { inner, backend })
        })
    }

    /// How many needs.
    #[getter]
    fn n_needs(&self) -> usize {
        self.inner.needs().len()
    }

    /// How many workers.
    #[getter]
    fn n_workers(&self) -> usize {
        self.inner.workers().len()
    }

    /// How many organizations.
    #[getter]
    fn n_organizations(&self) -> usize {
        self.inner.organizations().len()
    }

    /// How many communities.
    #[getter]
    fn n_communities(&self) -> usize {
        self.inner.communities().len()
    }

    /// How many groups.
    #[getter]
    fn n_groups(&self) -> usize {
        self.inner.groups().len()
    }

    /// The policy, with the evaluation date in force.
    #[getter]
    fn policy(&self) -> Policy {
        Policy { inner: self.inner.policy().clone() }
    }

    /// SHA-256 of all checked rows and the policy, as 64 hexadecimal digits. Row order, frame type and number types do
    /// not change it.
    #[getter]
    fn input_digest(&self) -> &str {
        self.inner.input_digest()
    }

    /// What the policy gives reason to look at on these tables, as a table of one row for each finding, the errors first.
    ///
    /// Parameters
    /// ----------
    /// threads : int, optional
    ///     Worker threads; by default one for each processor. The result is the same for every number.
    /// control : Control, optional
    ///     Cancels the call, or limits its memory.
    ///
    /// Returns
    /// -------
    /// table
    ///     In the caller's kind of table, with the columns of :meth:`Policy.lint`. Found are besides: criteria that measure
    ///     the same for everybody, rules that keep everybody away, floors above what exists, quotas that cross.
    ///
    /// Examples
    /// --------
    /// >>> import needmatch
    /// >>> problem = needmatch.Problem(**needmatch.datasets.jincheng("pilot"))
    /// >>> "error" in problem.lint()["severity"]
    /// False
    #[pyo3(signature = (*, threads=None, control=None))]
    fn lint<'py>(
        &self,
        py: Python<'py>,
        threads: Option<usize>,
        control: Option<&Bound<'py, Control>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        guard(py, || {
            let found = detached(py, threads, control, |options| lint_problem(&self.inner, options))?;
            frame(py, Arc::new(report(&found).facts), self.backend.as_deref())
        })
    }

    fn __repr__(&self) -> String {
        let (needs, workers) = (self.n_needs(), self.n_workers());
        let (organizations, communities) = (self.n_organizations(), self.n_communities());
        let groups = match self.n_groups() {
            0 => String::new(),
            n => format!(", {n} groups"),
        };
        format!(
            "<needmatch.Problem {needs} needs, {workers} workers, {organizations} organizations, \
             {communities} communities{groups}>"
        )
    }
}

fn policy_on(policy: Option<&Bound<'_, Policy>>, date: Option<&Bound<'_, PyAny>>) -> PyResult<needmatch::Policy> {
    let policy = policy.map_or_else(needmatch::Policy::default, |policy| policy.get().inner.clone());
    match date {
        Some(date) => Ok(policy.with_evaluation_date(evaluation_date(date)?)),
        None => Ok(policy),
    }
}
