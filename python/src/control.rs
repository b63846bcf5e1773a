//! Progress, cancellation and limits of a run.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use needmatch::Stage;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// Watches and stops a run from any thread.
///
/// Pass it as ``control=`` and look at it from another thread. A control that was cancelled stays cancelled: use a new
/// one for each run.
///
/// Examples
/// --------
/// >>> import needmatch
/// >>> control = needmatch.Control()
/// >>> control.cancel()
/// >>> needmatch.assign([0, 1], [0], [5], [1], control=control)
/// Traceback (most recent call last):
///   ...
/// needmatch.Cancelled: cancelled
#[pyclass(frozen, module = "needmatch")]
#[derive(Default)]
pub(crate) struct Control {
    inner: Arc<needmatch::Control>,
    memory_budget: AtomicU64,
    work_limit: AtomicU64,
}

impl Control {
    pub(crate) fn shared(&self) -> Arc<needmatch::Control> {
        Arc::clone(&self.inner)
    }
}

#[pymethods]
impl Control {
    #[new]
    fn new() -> Self {
        Self::default()
    }

    /// Ask the run to stop as soon as it can. It then raises :class:`Cancelled` and changes nothing.
    fn cancel(&self) {
        self.inner.cancel();
    }

    /// Whether :meth:`cancel` was called.
    #[getter]
    fn cancelled(&self) -> bool {
        self.inner.is_cancelled()
    }

    /// How far the run has come: the name of its step, units done, and units in all (0 where unknown).
    #[getter]
    fn progress<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        static PROGRESS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
        let progress = self.inner.progress();
        let class = PROGRESS.import(py, "needmatch._errors", "Progress")?;
        class.call1((stage_name(progress.stage), progress.done, progress.total))
    }

    /// Most bytes of working memory that a run may take beyond its input; 0 means no limit.
    ///
    /// A run that would need more raises :class:`SolveError` before it takes them.
    #[getter]
    fn memory_budget(&self) -> u64 {
        self.memory_budget.load(Ordering::Relaxed)
    }

    #[setter]
    fn set_memory_budget(&self, bytes: u64) {
        self.memory_budget.store(bytes, Ordering::Relaxed);
        self.inner.set_memory_budget(bytes);
    }

    /// About how much work :func:`assign` may do, in bids of needs and nodes reached by searches; 0 means no limit.
    ///
    /// A run that comes to the limit gives the best assignment that it has, with a ``gap`` that no other exceeds: the same
    /// on every machine, for any number of threads. :func:`solve` and the general engine heed no such limit.
    ///
    /// Examples
    /// --------
    /// >>> import needmatch
    /// >>> control = needmatch.Control()
    /// >>> control.work_limit = 1
    /// >>> indptr, node, score = [0, 2, 4, 6], [0, 1, 0, 1, 0, 1], [9, 4, 8, 1, 7, 5]
    /// >>> a = needmatch.assign(indptr, node, score, capacity=[1, 1], control=control)
    /// >>> a.status, a.total.score, a.bound.score
    /// ('bounded', 12, 17)
    /// >>> control.work_limit = 0
    /// >>> needmatch.assign(indptr, node, score, capacity=[1, 1], control=control).total.score
    /// 14
    #[getter]
    fn work_limit(&self) -> u64 {
        self.work_limit.load(Ordering::Relaxed)
    }

    #[setter]
    fn set_work_limit(&self, units: u64) {
        self.work_limit.store(units, Ordering::Relaxed);
        self.inner.set_work_limit(units);
    }

    fn __repr__(&self) -> String {
        let progress = self.inner.progress();
        let cancelled = if self.inner.is_cancelled() { ", cancelled" } else { "" };
        format!("<needmatch.Control {} {}/{}{cancelled}>", stage_name(progress.stage), progress.done, progress.total)
    }
}

fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Idle => "idle",
        Stage::Candidates => "candidates",
        Stage::Auction => "auction",
        Stage::Repair => "repair",
        Stage::Verify => "verify",
        Stage::Done => "done",
        _ => "running",
    }
}
