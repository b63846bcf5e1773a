//! The outcome of a run, in the caller's own kind of table.

use std::sync::{Arc, OnceLock};

use needmatch::equity::Dimension;
use needmatch::explain::Report;
use needmatch::{Error, Explainer, Language, Options};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyDict, PyType};

use crate::assign::total_of;
use crate::control::Control;
use crate::explain::{self, Explanation};
use crate::failure::{exception, guard};
use crate::frames::{self, Tables, html};
use crate::proven;
use crate::run::detached;
use crate::table::Table;
use crate::words;

/// The whole outcome of a run: who serves whom, who is not served and why, and the prices that prove it best.
///
/// Tables come in the kind that the problem's `needs` came in; for dictionaries as :class:`Table`. Scores are whole
/// numbers: 1.0 is 1 000 000. Made by :func:`solve`; never changes.
#[pyclass(frozen, module = "needmatch")]
pub(crate) struct Matching {
    pub(crate) inner: needmatch::Matching,
    pub(crate) backend: Option<String>,
    tables: Tables,
    /// Made when the first explanation is asked for.
    explainer: OnceLock<Arc<Explainer>>,
}

impl Matching {
    pub(crate) fn new(inner: needmatch::Matching, backend: Option<String>) -> Self {
        Self { inner, backend, tables: Tables::default(), explainer: OnceLock::new() }
    }

    fn frame<'py>(
        &self,
        py: Python<'py>,
        table: &OnceLock<Arc<needmatch::Table>>,
        build: fn(&needmatch::Matching) -> needmatch::Table,
    ) -> PyResult<Bound<'py, PyAny>> {
        guard(py, || {
            let table = py.detach(|| Arc::clone(table.get_or_init(|| Arc::new(build(&self.inner)))));
            let table = Py::new(py, Table::shared_with(table))?;
            py.import("needmatch._frames")?.call_method1("in_backend", (table, self.backend.as_deref()))
        })
    }

    /// One table of what the explainer answers about the whole matching.
    fn asked<'py>(
        &self,
        py: Python<'py>,
        threads: Option<usize>,
        ask: impl FnOnce(&Explainer, &Options<'_>) -> Result<Report, Error> + Send,
        table: impl FnOnce(Report) -> needmatch::Table,
    ) -> PyResult<Bound<'py, PyAny>> {
        guard(py, || {
            let explainer = self.explainer(py, threads)?;
            let report = detached(py, threads, None, |options| ask(&explainer, options))?;
            explain::frame(py, Arc::new(table(report)), self.backend.as_deref())
        })
    }

    fn explainer(&self, py: Python<'_>, threads: Option<usize>) -> PyResult<Arc<Explainer>> {
        if let Some(explainer) = self.explainer.get() {
            return Ok(Arc::clone(explainer));
        }
        // Two that are made at once are the same.
        let explainer = detached(py, threads, None, |options| Explainer::new(&self.inner, options))?;
        Ok(Arc::clone(self.explainer.get_or_init(|| Arc::new(explainer))))
    }
}

#[pymethods]
impl Matching {
    /// The needs that are served, in the order of their identifiers.
    ///
    /// Columns: `need_id`, `organization_id`, `worker_id` (missing where the organization serves without naming one),
    /// `tier` (1 for red to 4 for green), `score`, one column for each criterion before it is weighted, `rank` of the
    /// candidate among all of the need (1 for the best score), `pinned`, `switched` (the resident has a current provider and
    /// is given another one).
    #[getter]
    fn assignments<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.frame(py, &self.tables.assignments, frames::assignments)
    }

    /// The needs that are not served, in the order of their identifiers, and why.
    ///
    /// Columns: `need_id`, `tier`, `reason`. For the reason ``no_candidate``: `providers` that serve the need's domain
    /// and its community, `failed_rules` with how many of them fail each (``T01:5``), `failed_alone` with how many fail
    /// no other rule. For ``quota_full``: the `quota_id`, and how many candidates have an `open` place. For ``no_open_place``: how many candidates are full at `full_worker`, `full_organization` and
    /// `full_group`, and the best of them: `nearest_organization_id`, `nearest_worker_id`, `nearest_score`,
    /// `nearest_full_at`.
    #[getter]
    fn unmatched<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.frame(py, &self.tables.unmatched, frames::unmatched)
    }

    /// The identifiers of the needs that are statutory emergencies, in their order: somebody must be told at once. They are
    /// in `unmatched` too, with the reason ``immediate``.
    #[getter]
    fn immediate(&self) -> Vec<&str> {
        self.inner.immediate().map(|need| self.inner.need_id(need)).collect()
    }

    /// The places of all workers, organizations and groups.
    ///
    /// Columns: `level` (``worker``, ``organization`` or ``group``), `id`, `places` open before the run (missing for a
    /// group without a cap), `floor` of places that the run must fill, `used`, and what one place more would add to the total at most, beyond what is above it:
    /// first `price_tier`, then `price`.
    #[getter]
    fn capacity<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.frame(py, &self.tables.capacity, frames::capacity)
    }

    /// What became of the quotas, in the order of their identifiers.
    ///
    /// Columns: `quota_id`, `needs` that it is about, `served`, `floor`, `cap`, and what the total would gain at most if the
    /// bounds were one higher, below zero where the floor costs something: first `price_tier`, then `price`; `crosses`,
    /// whether it overlaps another quota so that the result may not be proven best.
    #[getter]
    fn quotas<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.frame(py, &self.tables.quotas, frames::quotas)
    }

    /// How many needs there are and how many are served.
    ///
    /// Columns: `by` (``all``, ``tier``, ``domain``, ``county``, ``urban_rural_class`` or ``unmatched``), `key` (for
    /// ``unmatched`` the reason), `needs`, `served`.
    #[getter]
    fn summary<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.frame(py, &self.tables.summary, frames::summary)
    }

    /// How many needs are served.
    #[getter]
    fn n_served(&self) -> u64 {
        self.inner.summary().served
    }

    /// How many pairs of need and provider pass every hard rule; of a result that is optimal on the lists, those on them.
    #[getter]
    fn n_candidates(&self) -> u64 {
        self.inner.summary().candidates
    }

    /// What the assignments are worth: first in tiers, then in score.
    #[getter]
    fn total<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        total_of(py, self.inner.total())
    }

    /// What the prices prove that no matching can exceed.
    #[getter]
    fn bound<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        total_of(py, self.inner.bound())
    }

    /// The bound less the total; zero means proven best.
    #[getter]
    fn gap<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        total_of(py, self.inner.gap())
    }

    /// Why the search ended: ``"optimal"``; ``"floors_unmet"`` where no matching meets all floors, so that nobody is
    /// served (see `tight_set`); where quotas cross, ``"bounded"`` if no other matching is better by more than `gap`, and
    /// ``"not_found"`` if nothing within all quotas was found; ``"stable"`` under that objective.
    #[getter]
    fn status(&self) -> &'static str {
        self.inner.status().code()
    }

    /// The status in words.
    #[getter]
    fn status_text(&self) -> &'static str {
        self.inner.status().text(Language::English)
    }

    /// The best over ``"all_pairs"`` that pass every hard rule, or over ``"lists"``, where the policy asks for no more.
    #[getter]
    fn optimal_over(&self) -> &'static str {
        self.inner.optimal_over().code()
    }

    /// Exact prices where floors or quotas bind, or None: `step`, what a need counts by how much it counts in coverage;
    /// `unit`, what one of score counts; `price`, one for each row of `capacity`; `quota_price`, those of quotas that are not zero, each with its quota and,
    /// where the quota is for each, its household; `kind_price`, those of kinds of needs that the objective compares. Large whole numbers, below zero where a floor costs something.
    #[getter]
    fn certificate<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        proven::certificate(py, &self.inner)
    }

    /// What proves that floors cannot be met, else None: `floors` ask for more than `caps` and `needs` together allow, by
    /// `missing`. Floors and caps have `level`, `id`, `household_id`, `needs`; each of the `needs` can fill one place.
    #[getter]
    fn tight_set<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        proven::tight_set(py, &self.inner)
    }

    /// Under ``max_min`` and ``leximin`` the rates of kinds, else None: `least`, the least, and `bound`, which none exceeds, as pairs of
    /// served needs and needs; `tight_set` or `ceilings` prove it; `kinds` has `kind`, `needs`, `served`, `floor`, `price`.
    /// Under ``leximin`` no matching has greater rates, from the least on, than those in `greatest`, ascending.
    #[getter]
    fn rates<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDict>>> {
        proven::rates(py, &self.inner)
    }

    /// The engine: ``"fast"``, which keeps to the tie rule, ``"general"``, or ``"deferred_acceptance"`` under ``stable``.
    #[getter]
    fn engine(&self) -> &'static str {
        self.inner.engine().code()
    }

    /// Why that engine, as one clause.
    #[getter]
    fn engine_reason(&self) -> &'static str {
        self.inner.engine_reason().text(Language::English)
    }

    /// What determined the result: the meaning of a result in this version of the library, the digest of the input, the
    /// policy's version and seed, and the version of the library.
    #[getter]
    fn provenance<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        static PROVENANCE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        let own = self.inner.provenance();
        let class = PROVENANCE.import(py, "needmatch._errors", "Provenance")?;
        class.call1((own.semantics_id, &own.input_digest, &own.policy_version, &own.seed, own.library_version))
    }

    /// Check the matching once more against its problem, as :func:`solve` did before it returned.
    ///
    /// With `all_pairs`, every pair of need and provider that passes every rule is found and scored anew, and what the
    /// matching says of all of them is checked over all: seconds for a city.
    ///
    /// Raises :class:`SolveError` if anything is wrong.
    #[pyo3(signature = (*, all_pairs=false))]
    fn verify(&self, py: Python<'_>, all_pairs: bool) -> PyResult<()> {
        let verified = || if all_pairs { self.inner.verify_all_pairs() } else { self.inner.verify() };
        guard(py, || detached(py, Some(1), None, |_| verified().map(|_| ()).map_err(Error::from)))
    }

    /// Why a need is served as it is, or why it is not served.
    ///
    /// The explanation's `loss` is the margin: what the total would lose without this assignment; `chain` tells who would
    /// move then, and `others` what each other candidate would cost.
    ///
    /// Raises KeyError for an identifier that no need has.
    ///
    /// Examples
    /// --------
    /// >>> import needmatch
    /// >>> problem = needmatch.Problem(**needmatch.datasets.jincheng("pilot"))
    /// >>> matching = needmatch.solve(problem)
    /// >>> why = matching.why(matching.assignments["need_id"][0])
    /// >>> why.answer, why.loss >= (0, 0)
    /// ('assigned', True)
    #[pyo3(signature = (need_id, *, threads=None))]
    fn why(&self, py: Python<'_>, need_id: &str, threads: Option<usize>) -> PyResult<Explanation> {
        guard(py, || {
            let explainer = self.explainer(py, threads)?;
            let need = explain::need_of(&explainer, need_id)?;
            let report = py.detach(|| explainer.report_why(&explainer.why(need)));
            Ok(Explanation::new(report, self.backend.as_deref()))
        })
    }

    /// Why a provider does not serve a need: the hard rules that the pair fails, or what the total would lose if it were
    /// forced and who would move.
    ///
    /// The provider is a worker or an organization; `level` says which where both have the same identifier, else the
    /// worker is meant. Raises KeyError for an identifier that nobody has.
    #[pyo3(signature = (need_id, provider_id, *, level=None, threads=None))]
    fn why_not(
        &self,
        py: Python<'_>,
        need_id: &str,
        provider_id: &str,
        level: Option<&str>,
        threads: Option<usize>,
    ) -> PyResult<Explanation> {
        guard(py, || {
            let explainer = self.explainer(py, threads)?;
            let need = explain::need_of(&explainer, need_id)?;
            let provider = explain::provider_of(&explainer, provider_id, level)?;
            let report = py.detach(|| explainer.report_why_not(&[explainer.why_not(need, provider)]));
            Ok(Explanation::new(report, self.backend.as_deref()))
        })
    }

    /// Why not anybody else, as a table.
    ///
    /// For one need: a row for each worker and organization, with the `answer`, the `failed_rules`, or the loss, how many
    /// needs of each tier would be served more or fewer, and one sentence in `text` and `text_zh`.
    /// Without a need: a row for each candidate of every need with `loss_tier`, `loss_score`, and how many `moves`.
    #[pyo3(signature = (need_id=None, *, threads=None))]
    fn why_not_all<'py>(
        &self,
        py: Python<'py>,
        need_id: Option<&str>,
        threads: Option<usize>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let Some(id) = need_id else {
            let ask = |own: &Explainer, options: &Options<'_>| Ok(own.report_losses(&own.losses(options)?));
            return self.asked(py, threads, ask, |report| report.facts);
        };
        guard(py, || {
            let explainer = self.explainer(py, threads)?;
            let need = explain::need_of(&explainer, id)?;
            let report = py.detach(|| explainer.report_why_not(&explainer.why_not_all(need)));
            explain::frame(py, Arc::new(report.facts), self.backend.as_deref())
        })
    }

    /// What one place more and one fewer is worth, as a table.
    ///
    /// Two rows for each worker, organization and group: `places` is 1 for one more and -1 for one fewer; the latter is
    /// absent where there is no place to take away. Columns: `level`, `id`, `open_places`, `used`, `places`, `loss_tier`
    /// and `loss_score` (below zero for a gain), `served_p1` to `served_p4`, `moves`, `gains_need_id`, `loses_need_id`,
    /// `text`, `text_zh`. With `chains`, instead a table of the moves: `row` of the former table, `step`, `need_id`,
    /// `tier`, `from_id`, `to_id`.
    #[pyo3(signature = (*, chains=false, threads=None))]
    fn values<'py>(&self, py: Python<'py>, chains: bool, threads: Option<usize>) -> PyResult<Bound<'py, PyAny>> {
        let table = |report: Report| if chains { report.chain } else { report.facts };
        self.asked(py, threads, |own, options| Ok(own.report_values(&own.values(options)?)), table)
    }

    /// The shortages behind the needs that are left over although they have candidates, as a table.
    ///
    /// Each row is a set of needs all of whose candidates are among its providers, which have fewer `places` than there are
    /// `needs`: by as many as are `left_over`, whoever is served. `places_at_workers`, `places_at_organizations` and
    /// `places_at_groups` tell where the places bind; `tiers`, `domains` and `towns` list kinds with their needs and those
    /// served (``elderly_care:12:9``); `text` and `text_zh` say it in one sentence. With `parts`, instead a table of what
    /// the sets consist of: `row` of the former table, `kind` (``need``, ``left_over``, ``provider`` or ``binding``),
    /// `level`, `id`, `places`.
    #[pyo3(signature = (*, parts=false, threads=None))]
    fn shortages<'py>(&self, py: Python<'py>, parts: bool, threads: Option<usize>) -> PyResult<Bound<'py, PyAny>> {
        let table = |report: Report| if parts { report.others } else { report.facts };
        self.asked(py, threads, |own, _| Ok(own.report_shortages(&own.shortages()?)), table)
    }

    /// The fewest places with which every need that has a candidate would be served, as a table: `level`, `id`, and how
    /// many `places` more. No fewer do, so no part of them does.
    #[pyo3(signature = (*, threads=None))]
    fn smallest_repair<'py>(&self, py: Python<'py>, threads: Option<usize>) -> PyResult<Bound<'py, PyAny>> {
        let ask = |own: &Explainer, options: &Options<'_>| Ok(own.report_repair(&own.smallest_repair(options)?));
        self.asked(py, threads, ask, |report| report.facts)
    }

    /// What one change on the supply side would unlock, ranked, as a table.
    ///
    /// `improvement` is ``train`` (the worker learns to serve `domain`), ``register`` (the organization becomes registered
    /// and compliant), ``extend`` (the service area is extended by `county`) or ``recruit`` (one more like this worker).
    /// For the `n_exact` with the greatest bounds the exact `gain_tier`, `gain_score` and `served_p1` to `served_p4` are
    /// computed; for the others the `bound` says what they cannot gain more than, in tiers. Rows that are `proven` are the
    /// best of all.
    #[pyo3(signature = (*, n_exact=10, threads=None))]
    fn improvements<'py>(
        &self,
        py: Python<'py>,
        n_exact: usize,
        threads: Option<usize>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let ask =
            |own: &Explainer, options: &Options<'_>| Ok(own.report_improvements(&own.improvements(n_exact, options)?));
        self.asked(py, threads, ask, |report| report.facts)
    }

    /// What each pin and each ban costs by itself, as a table.
    ///
    /// `kind` is ``pin`` or ``ban``, `id` the worker or organization. The loss is what the total would lose without
    /// the decision: below zero where the decision costs something; `gains_need_id` is then the need that was displaced.
    #[pyo3(signature = (*, threads=None))]
    fn pin_costs<'py>(&self, py: Python<'py>, threads: Option<usize>) -> PyResult<Bound<'py, PyAny>> {
        self.asked(py, threads, |own, options| Ok(own.report_pins(&own.pin_costs(options)?)), |report| report.facts)
    }

    /// Between which weights of each criterion no other matching is better, in thousandths, as a table: `criterion`, its
    /// `weight` in the policy, the `least` and the `most`, `text`, `text_zh`. With `assignments`, instead a row for each
    /// assignment and criterion, for which at most `max_solves` networks are solved in each direction; `least_exact` or
    /// `most_exact` is 0 where it may stay further. See ``docs/guide/compare.md``.
    #[pyo3(signature = (*, assignments=false, max_solves=16, threads=None))]
    fn weight_ranges<'py>(
        &self,
        py: Python<'py>,
        assignments: bool,
        max_solves: usize,
        threads: Option<usize>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let most_solves = if assignments { max_solves } else { 0 };
        let ask = |own: &Explainer, options: &Options<'_>| {
            Ok(own.report_weight_ranges(&own.weight_ranges(most_solves, options)?))
        };
        self.asked(py, threads, ask, |report| if assignments { report.others } else { report.facts })
    }

    /// What the default objective, ``tiers_then_score``, would have served and scored more than the policy's objective did:
    /// `served`, how many more needs of each tier from red to green, and `score`. Below zero where it is less. Solves the
    /// problem once more.
    #[pyo3(signature = (*, threads=None, control=None))]
    fn objective_price<'py>(
        &self,
        py: Python<'py>,
        threads: Option<usize>,
        control: Option<&Bound<'py, Control>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        guard(py, || {
            let price = detached(py, threads, control, |options| needmatch::objective_price(&self.inner, options))?;
            proven::price(py, &price)
        })
    }

    /// The matching as JSON: the same bytes for the same input on every platform.
    fn to_json<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        guard(py, || Ok(PyBytes::new(py, py.detach(|| self.inner.to_json()).as_bytes())))
    }

    /// Service and waiting by tier, client group, county, urban and rural class and domain.
    ///
    /// Columns: `by`, `key`, `needs`, `served`, `waiting_days` of all of them together, `waiting_days_served`. With
    /// `public`, numbers below ten are missing, and so is as much more as it takes that none of them can be had by
    /// subtraction; without, the table is not for publication.
    #[pyo3(signature = (*, public=false))]
    fn equity<'py>(&self, py: Python<'py>, public: bool) -> PyResult<Bound<'py, PyAny>> {
        guard(py, || {
            let table = py.detach(|| frames::equity(&self.inner, public));
            let table = Py::new(py, Table::shared_with(Arc::new(table)))?;
            py.import("needmatch._frames")?.call_method1("in_backend", (table, self.backend.as_deref()))
        })
    }

    /// How many needs of a kind there are and are served, and how many equally good matchings serve at least and at most:
    /// whether a kind is served worse by shortage or by one choice among many.
    ///
    /// `by` and `key` are those of :meth:`equity`. Raises KeyError for a kind of which there is no need, or where more than
    /// capacities binds. Takes two runs of the engine.
    #[pyo3(signature = (by, key, *, threads=None, control=None))]
    fn served_range<'py>(
        &self,
        py: Python<'py>,
        by: &str,
        key: &str,
        threads: Option<usize>,
        control: Option<&Bound<'_, Control>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        static RANGE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        guard(py, || {
            let dimension = Dimension::from_code(by).ok_or_else(|| PyKeyError::new_err("by"))?;
            let found = detached(py, threads, control, |options| self.inner.served_range(dimension, key, options))?;
            let range = found.ok_or_else(|| PyKeyError::new_err("key"))?;
            let class = RANGE.import(py, "needmatch._errors", "ServedRange")?;
            class.call1((range.needs, range.served, range.least, range.most))
        })
    }

    /// The outcome in words for a reader, in Chinese (``"zh"``) or English (``"en"``).
    ///
    /// For the reader ``"resident"`` or ``"supervisor"``, `id` is a need's; for ``"worker"`` a worker's; ``"public"`` takes
    /// none. A text holds identifiers of that reader's own needs, worker and organization only, and no attribute of
    /// anybody. Raises KeyError for an identifier that the matching does not hold.
    #[pyo3(signature = (reader, id=None, *, language="zh"))]
    fn text(&self, reader: &str, id: Option<&str>, language: &str) -> PyResult<String> {
        let (reader, language) = words::asked(self.inner.problem(), reader, id, language)?;
        Ok(self.inner.text(reader, language))
    }

    /// The decision file of the matching: everything that somebody without the tables needs to check it, as canonical
    /// JSON that ends with its own digest. The same bytes for the same input on every platform.
    ///
    /// It holds identifiers, tiers and numbers, and neither names nor attributes of people. :func:`verify_decision` and
    /// ``python -m needmatch.verifier`` check it, :func:`replay` makes it again. Refused under ``stable``, ``max_min``, ``leximin``.
    fn to_decision<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        guard(py, || {
            let decision = py.detach(|| self.inner.to_decision()).map_err(|error| exception(py, &error))?;
            Ok(PyBytes::new(py, &decision))
        })
    }

    fn __repr__(&self) -> String {
        let summary = self.inner.summary();
        let status = self.inner.status().code();
        format!("<needmatch.Matching {} of {} needs served, {status}>", summary.served, summary.needs)
    }

    fn _repr_html_(&self) -> String {
        html(&self.inner)
    }
}
