//! Errors of the core as exceptions, and the border that no panic crosses.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use needmatch::{Error, Fault, InputError, Language};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// The exception for an error of the core.
pub(crate) fn exception(py: Python<'_>, error: &Error) -> PyErr {
    match error {
        Error::Input(error) => input_error(py, error),
        Error::Cancelled => raised(py, "Cancelled", messages(error)),
        Error::Decision(_) => raised(py, "DecisionError", messages(error)),
        _ => raised(py, "SolveError", messages(error)),
    }
}

/// The exception for faults in the input, with each fault as a row.
pub(crate) fn input_error(py: Python<'_>, error: &InputError) -> PyErr {
    match error.faults().iter().map(|fault| row(py, fault)).collect::<PyResult<Vec<_>>>() {
        Ok(rows) => {
            let [english, chinese] = [Language::English, Language::Chinese].map(|language| error.message(language));
            raised(py, "InputError", (english, chinese, rows, error.n_faults()))
        }
        Err(error) => error,
    }
}

fn messages(error: &Error) -> (String, String) {
    (error.message(Language::English), error.message(Language::Chinese))
}

/// Fails with all faults, or not at all where there are none.
pub(crate) fn none_of(py: Python<'_>, faults: Vec<Fault>) -> PyResult<()> {
    if faults.is_empty() { Ok(()) } else { Err(input_error(py, &InputError::new(faults))) }
}

fn row<'py>(py: Python<'py>, fault: &Fault) -> PyResult<Bound<'py, PyAny>> {
    class(py, "Fault")?.call1((
        fault.code.number(),
        fault.code.name(),
        fault.table.as_str(),
        fault.row,
        fault.column.as_deref(),
        &*fault.expected,
        fault.message(Language::English),
        fault.message(Language::Chinese),
    ))
}

/// An exception of one of our classes.
fn raised<'py>(py: Python<'py>, name: &str, arguments: impl pyo3::call::PyCallArgs<'py>) -> PyErr {
    match class(py, name).and_then(|class| class.call1(arguments)) {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => error,
    }
}

fn class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyType>> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let module = MODULE.get_or_try_init(py, || py.import("needmatch._errors").map(Bound::unbind))?;
    Ok(module.bind(py).getattr(name)?.cast_into()?)
}

/// Where the last panic happened: a place in the source, never its message, which may hold values.
static LAST_PANIC: Mutex<Option<String>> = Mutex::new(None);

/// Keeps the place of a panic instead of printing its message. Concerns this extension module only.
pub(crate) fn note_places_of_panics() {
    std::panic::set_hook(Box::new(|info| {
        if let (Ok(mut last), Some(place)) = (LAST_PANIC.lock(), info.location()) {
            *last = Some(format!("{}:{}", place.file(), place.line()));
        }
    }));
}

/// Calls a function and turns a panic, which would be a bug of ours, into an ordinary exception.
pub(crate) fn guard<T>(py: Python<'_>, body: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|_| Err(bug(py)))
}

/// The exception for a panic.
pub(crate) fn bug(py: Python<'_>) -> PyErr {
    let place =
        LAST_PANIC.lock().ok().and_then(|mut last| last.take()).unwrap_or_else(|| "an unknown place".to_owned());
    let english = format!("internal error at {place} (a bug of needmatch, please report it)");
    let chinese = format!("内部错误，位置 {place}（needmatch 的程序错误，请报告）");
    raised(py, "NeedmatchError", (english, chinese))
}

/// Panics, so that a test can see that no panic crosses the border.
#[pyfunction]
pub(crate) fn _panic(py: Python<'_>) -> PyResult<()> {
    guard(py, || panic!("a resident's data"))
}
