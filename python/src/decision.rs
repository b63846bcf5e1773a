//! Decision files and the log of runs.

use std::sync::{Mutex, MutexGuard, PoisonError};

use needmatch::{Decision, Error, Language, LogHash};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBytes, PyType};

use crate::columns;
use crate::control::Control;
use crate::failure::{exception, guard};
use crate::run::detached;

/// Check a decision file without its tables.
///
/// Its form and digest, who serves whom, places, tiers, scores, ranks, totals, counts, reasons, the order of the lottery,
/// and from the prices that nothing over its candidates is better. ``needmatch.verifier`` does the same in plain Python.
///
/// Parameters
/// ----------
/// decision : bytes
///     What :meth:`Matching.to_decision` gave.
///
/// Returns
/// -------
/// DecisionVerified
///
/// Raises
/// ------
/// DecisionError
///     Something is wrong; the message says where.
///
/// Examples
/// --------
/// >>> import needmatch
/// >>> problem = needmatch.Problem(**needmatch.datasets.jincheng("pilot"))
/// >>> decision = needmatch.solve(problem).to_decision()
/// >>> needmatch.verify_decision(decision).served > 500
/// True
/// >>> needmatch.verify_decision(decision.replace(b'"tier":1', b'"tier":2', 1))
/// Traceback (most recent call last):
///   ...
/// needmatch.DecisionError: the decision is refused: the digest is not that of the bytes before it
#[pyfunction]
pub(crate) fn verify_decision<'py>(py: Python<'py>, decision: &[u8]) -> PyResult<Bound<'py, PyAny>> {
    static VERIFIED: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    guard(py, || {
        let verified = py.detach(|| Decision::parse(decision).and_then(|decision| decision.verify()));
        let verified = verified.map_err(|fault| exception(py, &fault.into()))?;
        let class = VERIFIED.import(py, "needmatch._errors", "DecisionVerified")?;
        class.call1((verified.served, verified.unmatched, verified.candidates))
    })
}

/// Make a decision again from its tables and the policy that it holds, and compare byte for byte.
///
/// Parameters
/// ----------
/// decision : bytes
///     What :meth:`Matching.to_decision` gave.
/// needs, workers, organizations, communities, groups, quotas : table
///     The tables of the run, as :class:`Problem` takes them.
/// threads : int, optional
///     How many threads to use; by default one per processor.
/// control : Control, optional
///     Watches and stops the run.
///
/// Raises
/// ------
/// DecisionError
///     The file is none, was made under another semantics, or differs; the message says where it differs first.
/// InputError
///     Something is wrong with the tables.
///
/// Examples
/// --------
/// >>> import needmatch
/// >>> tables = needmatch.datasets.jincheng("pilot")
/// >>> decision = needmatch.solve(needmatch.Problem(**tables)).to_decision()
/// >>> needmatch.replay(decision, **tables)
#[pyfunction]
#[pyo3(signature = (
    decision, *, needs, workers, organizations, communities, groups=None, quotas=None, threads=None, control=None
))]
#[expect(clippy::too_many_arguments, reason = "the arguments of the Python function")]
pub(crate) fn replay(
    py: Python<'_>,
    decision: &[u8],
    needs: &Bound<'_, PyAny>,
    workers: &Bound<'_, PyAny>,
    organizations: &Bound<'_, PyAny>,
    communities: &Bound<'_, PyAny>,
    groups: Option<&Bound<'_, PyAny>>,
    quotas: Option<&Bound<'_, PyAny>>,
    threads: Option<usize>,
    control: Option<&Bound<'_, Control>>,
) -> PyResult<()> {
    guard(py, || {
        let tables = columns::tables(needs, workers, organizations, communities, groups, quotas)?;
        detached(py, threads, control, |options| needmatch::replay(&tables, decision, options))
    })
}

/// The log of runs: an append-only chain of records, one for each decision file.
///
/// It keeps nothing: store what :meth:`append` returns at the end of the log's file, and the head elsewhere.
///
/// Parameters
/// ----------
/// data : bytes, optional
///     What was stored. Every record and the chain that joins them is checked.
/// head : str, optional
///     The head that was noted elsewhere: the only proof that nothing is missing at the end.
/// hash : str, optional
///     ``"sha256"`` or ``"sm3"``, for a log without records; a stored log says itself.
///
/// Raises
/// ------
/// DecisionError
///     A byte or a record was changed, left out, exchanged or put in.
///
/// Examples
/// --------
/// >>> import needmatch
/// >>> tables = needmatch.datasets.jincheng("pilot")
/// >>> log = needmatch.Log(hash="sm3")
/// >>> for seed in ["2026-Q1", "2026-Q1-again"]:
/// ...     problem = needmatch.Problem(**tables, policy=needmatch.Policy.from_toml(f'seed = "{seed}"'))
/// ...     line = log.append(needmatch.solve(problem).to_decision(), label="2026-04-01")
/// >>> print(log.report(), end="")
/// record 1 repeats record 0: the same tables with another seed
#[pyclass(frozen, module = "needmatch")]
pub(crate) struct Log {
    inner: Mutex<needmatch::Log>,
}

impl Log {
    fn lock(&self) -> MutexGuard<'_, needmatch::Log> {
        // A record is pushed whole or not at all.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Log {
    #[new]
    #[pyo3(signature = (data=None, *, head=None, hash=None))]
    fn new(py: Python<'_>, data: Option<&[u8]>, head: Option<&str>, hash: Option<&str>) -> PyResult<Self> {
        guard(py, || {
            let unknown = || PyValueError::new_err("hash: expected \"sha256\" or \"sm3\"");
            let hash = hash.map(|hash| LogHash::from_code(hash).ok_or_else(unknown)).transpose()?;
            let data = data.unwrap_or_default();
            let checked = py.detach(|| needmatch::Log::check(data, head));
            let mut log = checked.map_err(|fault| exception(py, &fault.into()))?;
            match hash {
                Some(hash) if log.records().is_empty() => log = needmatch::Log::new(hash),
                Some(hash) if log.hash() != hash => {
                    return Err(PyValueError::new_err("hash: the stored log is chained with another"));
                }
                _ => {}
            }
            Ok(Self { inner: Mutex::new(log) })
        })
    }

    /// Append a record of a decision file and return its line, to be put at the end of what is stored.
    ///
    /// The label says what the caller wants to say of the run, such as its time: up to 64 of the characters
    /// ``0-9 A-Z a-z _ . : + -``. Raises :class:`DecisionError` if the file is none; nothing is appended then.
    #[pyo3(signature = (decision, *, label=""))]
    fn append<'py>(&self, py: Python<'py>, decision: &[u8], label: &str) -> PyResult<Bound<'py, PyBytes>> {
        guard(py, || {
            let line = py.detach(|| self.lock().append(decision, label)).map_err(Error::from);
            Ok(PyBytes::new(py, line.map_err(|error| exception(py, &error))?.as_bytes()))
        })
    }

    /// The hash that joins the records: ``"sha256"`` or ``"sm3"``.
    #[getter]
    fn hash(&self) -> &'static str {
        self.lock().hash().code()
    }

    /// The hash of the last record; zeros without one.
    #[getter]
    fn head(&self) -> String {
        self.lock().head().to_owned()
    }

    /// The records from the first to the last.
    #[getter]
    fn records<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyAny>>> {
        static RECORD: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        let class = RECORD.import(py, "needmatch._errors", "LogRecord")?;
        let log = self.lock();
        let row = |record: &needmatch::LogRecord| {
            class.call1((
                record.sequence,
                &record.previous,
                &record.decision,
                &record.input,
                &record.tables,
                &record.policy,
                &record.policy_but_seed,
                &record.seed,
                &record.label,
                &record.chain,
            ))
        };
        log.records().iter().map(row).collect()
    }

    /// What the log tells of repeated runs, one on each line: the same tables with another seed, another policy, or
    /// another outcome. In English, or in Chinese for ``language="zh"``.
    #[pyo3(signature = (*, language="en"))]
    fn report(&self, language: &str) -> PyResult<String> {
        let language = match language {
            "en" => Language::English,
            "zh" => Language::Chinese,
            _ => return Err(PyValueError::new_err("language: expected \"en\" or \"zh\"")),
        };
        Ok(self.lock().report(language))
    }

    fn __len__(&self) -> usize {
        self.lock().records().len()
    }

    fn __repr__(&self) -> String {
        format!("<needmatch.Log {} records, {}>", self.lock().records().len(), self.hash())
    }
}
