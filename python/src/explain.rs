//! Explanations, in the caller's own kind of table.

use std::sync::Arc;

use needmatch::explain::Report;
use needmatch::matching::{Level, Node};
use needmatch::model::NeedId;
use needmatch::{Column, Explainer, Total};
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;

use crate::assign::total_of;
use crate::failure::guard;
use crate::table::Table;

/// Why a need is served as it is, or why a provider does not serve it.
///
/// Made by :meth:`Matching.why` and :meth:`Matching.why_not`. A loss below zero is a gain; scores are whole numbers: 1.0
/// is 1 000 000.
#[pyclass(frozen, module = "needmatch")]
pub(crate) struct Explanation {
    facts: Arc<needmatch::Table>,
    chain: Arc<needmatch::Table>,
    others: Arc<needmatch::Table>,
    backend: Option<String>,
}

impl Explanation {
    pub(crate) fn new(report: Report, backend: Option<&str>) -> Self {
        let Report { facts, chain, others, .. } = report;
        let backend = backend.map(str::to_owned);
        Self { facts: Arc::new(facts), chain: Arc::new(chain), others: Arc::new(others), backend }
    }

    fn int(&self, name: &str) -> Option<i64> {
        match &self.facts.columns().iter().find(|(own, _)| own == name)?.1 {
            Column::Int(values) => values.get(0),
            _ => None,
        }
    }

    fn string(&self, name: &str) -> Option<&str> {
        match &self.facts.columns().iter().find(|(own, _)| own == name)?.1 {
            Column::Text(texts) => str::from_utf8(texts.get(0)?).ok(),
            _ => None,
        }
    }
}

#[pymethods]
impl Explanation {
    /// The answer as a code. Of ``why``: ``"assigned"``, ``"pinned"``, or the reason why the need is not served. Of
    /// ``why_not``: ``"assigned"``, ``"failed_rules"``, ``"not_optimised"``, ``"pinned"``, ``"not_on_list"``,
    /// ``"no_place"``, ``"breaks_bounds"`` or ``"loss"``.
    #[getter]
    fn answer(&self) -> Option<&str> {
        self.string("answer")
    }

    /// The explanation in one English sentence.
    #[getter]
    fn text(&self) -> Option<&str> {
        self.string("text")
    }

    /// The explanation in one Chinese sentence.
    #[getter]
    fn text_zh(&self) -> Option<&str> {
        self.string("text_zh")
    }

    /// What the total would lose: of ``why`` without the assignment, which is its margin; of ``why_not`` if the pair were
    /// forced. None where that is not the answer.
    #[getter]
    fn loss<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let (Some(tier), Some(score)) = (self.int("loss_tier"), self.int("loss_score")) else { return Ok(None) };
        total_of(py, Total { tier: tier.into(), score: score.into() }).map(Some)
    }

    /// How many more needs of each tier would be served, from tier 1 (red) to 4 (green); below zero for fewer.
    #[getter]
    fn served_by_tier(&self) -> Option<Vec<i64>> {
        (1..=4).map(|tier| self.int(&format!("served_p{tier}"))).collect()
    }

    /// The codes of all hard rules that the pair fails.
    #[getter]
    fn failed_rules(&self) -> Vec<&str> {
        self.string("failed_rules").map_or(Vec::new(), |rules| rules.split(';').collect())
    }

    /// Everything about the answer, as a table of one row.
    #[getter]
    fn facts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        frame(py, Arc::clone(&self.facts), self.backend.as_deref())
    }

    /// The needs that would move, in order: `step`, `need_id`, `tier`, `from_id`, `to_id`; nobody is a missing value.
    #[getter]
    fn chain<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        frame(py, Arc::clone(&self.chain), self.backend.as_deref())
    }

    /// Of ``why``, every other candidate of the need, the least loss first: `level`, `provider_id`, `score`, one column
    /// for each criterion, `rank`, `loss_tier`, `loss_score`. Of ``why_not`` without columns.
    #[getter]
    fn others<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        frame(py, Arc::clone(&self.others), self.backend.as_deref())
    }

    /// Everything as JSON: `facts`, `chain` and `others`, each a list of rows by the names of their columns.
    fn to_json(&self) -> String {
        let mut report = Report::default();
        report.facts = (*self.facts).clone();
        report.chain = (*self.chain).clone();
        report.others = (*self.others).clone();
        report.to_json()
    }

    fn __repr__(&self) -> String {
        format!("<needmatch.Explanation {}>", self.answer().unwrap_or_default())
    }

    fn __str__(&self) -> &str {
        self.text().unwrap_or_default()
    }
}

/// A table in the caller's kind.
pub(crate) fn frame<'py>(
    py: Python<'py>,
    table: Arc<needmatch::Table>,
    backend: Option<&str>,
) -> PyResult<Bound<'py, PyAny>> {
    guard(py, || {
        let table = Py::new(py, Table::shared_with(table))?;
        py.import("needmatch._frames")?.call_method1("in_backend", (table, backend))
    })
}

/// The need of an identifier, which the message does not repeat.
pub(crate) fn need_of(explainer: &Explainer, id: &str) -> PyResult<NeedId> {
    let need = explainer.matching().problem().need_by_id(id);
    need.ok_or_else(|| PyKeyError::new_err("need_id: no need has this identifier"))
}

/// The provider of an identifier.
pub(crate) fn provider_of(explainer: &Explainer, id: &str, level: Option<&str>) -> PyResult<Node> {
    let level = match level {
        None => None,
        Some("worker") => Some(Level::Worker),
        Some("organization") => Some(Level::Organization),
        Some(_) => return Err(PyValueError::new_err("level: expected \"worker\", \"organization\" or None")),
    };
    let provider = explainer.provider_by_id(id, level);
    provider.ok_or_else(|| PyKeyError::new_err("provider_id: no worker or organization has this identifier"))
}
