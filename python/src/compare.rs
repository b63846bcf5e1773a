//! Two results beside each other, and which amendment did what of the difference.

use std::sync::Arc;

use needmatch::compare::{AttributionSettings, Input};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::columns;
use crate::control::Control;
use crate::explain::frame;
use crate::failure::guard;
use crate::matching::Matching;
use crate::policy::Policy;
use crate::run::detached;

/// Two matchings, need by need, as a table.
///
/// Parameters
/// ----------
/// before, after : Matching
///     They are aligned by the identifiers of their needs.
///
/// Returns
/// -------
/// table
///     A row for each need, in the caller's kind of table: `need_id`, `change` (``moved``, ``gained``, ``lost``, ``same``,
///     ``without``, ``new`` or ``gone``), `tier_before`, `tier_after`, who served it and who serves it
///     (`from_organization_id`, `from_worker_id`, `to_organization_id`, `to_worker_id`), `text`, `text_zh`.
///
/// Examples
/// --------
/// >>> import needmatch
/// >>> tables = needmatch.datasets.jincheng("pilot")
/// >>> near = needmatch.Policy.from_toml("[travel]\nmax_minutes = 15")
/// >>> before, after = (needmatch.solve(needmatch.Problem(**tables, policy=p)) for p in (None, near))
/// >>> changes = needmatch.compare(before, after)["change"]
/// >>> fewer = len(before.assignments["need_id"]) - len(after.assignments["need_id"])
/// >>> changes.count("lost") - changes.count("gained") == fewer
/// True
#[pyfunction]
pub(crate) fn compare<'py>(
    py: Python<'py>,
    before: &Bound<'py, Matching>,
    after: &Bound<'py, Matching>,
) -> PyResult<Bound<'py, PyAny>> {
    guard(py, || {
        let (before, after) = (before.get(), after.get());
        let report = py.detach(|| needmatch::compare::compare(&before.inner, &after.inner).report());
        frame(py, Arc::new(report.facts), before.backend.as_deref())
    })
}

/// Which amendment did what of the difference between two results. Made by :func:`attribute`.
#[pyclass(frozen, module = "needmatch")]
pub(crate) struct Attribution {
    contributions: Arc<needmatch::Table>,
    shares: Arc<needmatch::Table>,
    difference: Arc<needmatch::Table>,
    json: String,
    denominator: u64,
    orders: Option<u32>,
    runs: u64,
    backend: Option<String>,
}

#[pymethods]
impl Attribution {
    /// A row for each amendment: `amendment`, the values `before` and `after`, how many more needs of each tier it serves
    /// (`served_p1` to `served_p4`), how much greater it makes the total (`tier`, `score`), `denominator`, `text`,
    /// `text_zh`. All numbers are numerators over the denominator, and add up to the whole difference exactly.
    #[getter]
    fn contributions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        frame(py, Arc::clone(&self.contributions), self.backend.as_deref())
    }

    /// For the needs that moved, gained or lost the share of each amendment that is not zero: `row` of the contributions,
    /// `need_id`, `change`, `share` over the denominator. The shares of a need add up to 1.
    #[getter]
    fn shares<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        frame(py, Arc::clone(&self.shares), self.backend.as_deref())
    }

    /// Both results need by need, as :func:`compare` tells.
    #[getter]
    fn difference<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        frame(py, Arc::clone(&self.difference), self.backend.as_deref())
    }

    /// The number that all contributions and shares are over.
    #[getter]
    fn denominator(&self) -> u64 {
        self.denominator
    }

    /// How many orders were drawn by lot; None where all were taken and contributions are exact.
    #[getter]
    fn orders(&self) -> Option<u32> {
        self.orders
    }

    /// How many different mixtures were run.
    #[getter]
    fn runs(&self) -> u64 {
        self.runs
    }

    /// Contributions (`facts`) and shares (`others`) as JSON.
    fn to_json(&self) -> &str {
        &self.json
    }

    fn __repr__(&self) -> String {
        format!("<needmatch.Attribution {} amendments, {} runs>", self.contributions.n_rows(), self.runs)
    }
}

/// Tell which amendment did how much of the difference between two inputs.
///
/// An amendment is a changed part of the policy (``rules.H10``, ``criteria.waiting``, ``objective``), or a changed table
/// (``tables.workers``). What one adds depends on those made before it, so its contribution is the mean of what it adds
/// over all orders in which the amendments could be made (Shapley's value): exact up to 8 amendments, which takes 2 to
/// this power of runs; beyond, over orders drawn by lot. Contributions add up to the whole difference exactly.
///
/// Parameters
/// ----------
/// needs, workers, organizations, communities, groups, quotas : table
///     The tables, as :class:`Problem` takes them.
/// policy : Policy, optional
///     The policy before; by default the default one.
/// to_policy : Policy, optional
///     The policy after; by default the one before.
/// to_tables : dict, optional
///     The tables that are others after, by their names, such as ``{"workers": more_workers}``.
/// together : list of str, optional
///     Names under which amendments count as one, such as ``["criteria", "tables"]``.
/// orders : int, optional
///     How many orders are drawn where there are more than 8 amendments.
/// threads : int, optional
///     How many threads to use; by default one per processor.
/// control : Control, optional
///     Watches and stops the runs.
///
/// Returns
/// -------
/// Attribution
///
/// Raises
/// ------
/// InputError
///     Something is wrong with either input; fault 601 names amendments that mean something only together.
///
/// Examples
/// --------
/// >>> import needmatch
/// >>> tables = needmatch.datasets.jincheng("pilot")
/// >>> new = needmatch.Policy.from_toml("rules = { H10 = false }\n[travel]\nmax_minutes = 20")
/// >>> found = needmatch.attribute(**tables, to_policy=new)
/// >>> found.contributions["amendment"], found.runs
/// (['rules.H10', 'travel.max_minutes'], 4)
/// >>> changes = found.difference["change"]
/// >>> served = sum(sum(found.contributions[f"served_p{tier}"]) for tier in (1, 2, 3, 4))
/// >>> served == found.denominator * (changes.count("gained") - changes.count("lost"))
/// True
#[pyfunction]
#[pyo3(signature = (
    *, needs, workers, organizations, communities, groups=None, quotas=None, policy=None, to_policy=None, to_tables=None,
    together=None, orders=None, threads=None, control=None
))]
#[expect(clippy::too_many_arguments, reason = "the arguments of the Python function")]
pub(crate) fn attribute(
    py: Python<'_>,
    needs: &Bound<'_, PyAny>,
    workers: &Bound<'_, PyAny>,
    organizations: &Bound<'_, PyAny>,
    communities: &Bound<'_, PyAny>,
    groups: Option<&Bound<'_, PyAny>>,
    quotas: Option<&Bound<'_, PyAny>>,
    policy: Option<&Bound<'_, Policy>>,
    to_policy: Option<&Bound<'_, Policy>>,
    to_tables: Option<&Bound<'_, PyDict>>,
    together: Option<Vec<String>>,
    orders: Option<u32>,
    threads: Option<usize>,
    control: Option<&Bound<'_, Control>>,
) -> PyResult<Attribution> {
    guard(py, || {
        let old_tables = columns::tables(needs, workers, organizations, communities, groups, quotas)?;
        let new_tables = match to_tables {
            None => None,
            Some(given) => {
                let known = ["needs", "workers", "organizations", "communities", "groups", "quotas"];
                let names: Vec<String> = given.keys().extract()?;
                if names.iter().any(|name| !known.contains(&&**name)) {
                    return Err(PyValueError::new_err(format!(
                        "to_tables: expected names out of {}",
                        known.join(", ")
                    )));
                }
                let [a, b, c, d, e, f] = known.map(|name| given.get_item(name).transpose());
                let [a, b, c, d, e, f] = [a, b, c, d, e, f].map(Option::transpose);
                let (a, b, c, d, e, f) = (a?, b?, c?, d?, e?, f?);
                Some(columns::tables(
                    a.as_ref().unwrap_or(needs),
                    b.as_ref().unwrap_or(workers),
                    c.as_ref().unwrap_or(organizations),
                    d.as_ref().unwrap_or(communities),
                    e.as_ref().or(groups),
                    f.as_ref().or(quotas),
                )?)
            }
        };
        let backend: Option<String> =
            py.import("needmatch._frames")?.call_method1("backend_of", (needs,))?.extract()?;
        let old = policy.map_or_else(needmatch::Policy::default, |policy| policy.get().inner.clone());
        let new = to_policy.map_or_else(|| old.clone(), |policy| policy.get().inner.clone());
        let mut settings =
            AttributionSettings { together: together.unwrap_or_default(), ..AttributionSettings::default() };
        settings.orders = orders.unwrap_or(settings.orders);
        let found = detached(py, threads, control, |options| {
            let before = Input { tables: &old_tables, policy: &old };
            let after = Input { tables: new_tables.as_ref().unwrap_or(&old_tables), policy: &new };
            needmatch::compare::attribute(before, after, &settings, options)
        })?;
        let report = found.report();
        Ok(Attribution {
            json: report.to_json(),
            contributions: Arc::new(report.facts),
            shares: Arc::new(report.others),
            difference: Arc::new(found.difference.report().facts),
            denominator: found.denominator,
            orders: found.orders,
            runs: found.runs,
            backend,
        })
    })
}
