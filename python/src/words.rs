//! For whom a text is, and in which language.

use needmatch::{Language, Problem, Reader};
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;

/// The reader and the language that the caller names.
pub(crate) fn asked(problem: &Problem, reader: &str, id: Option<&str>, language: &str) -> PyResult<(Reader, Language)> {
    let language = match language {
        "en" => Language::English,
        "zh" => Language::Chinese,
        _ => return Err(PyValueError::new_err("language: expected \"en\" or \"zh\"")),
    };
    let unknown = || PyKeyError::new_err("id");
    let id = id.unwrap_or_default();
    let need = || problem.need_by_id(id).ok_or_else(unknown);
    let reader = match reader {
        "resident" => Reader::Resident(need()?),
        "worker" => Reader::Worker(problem.worker_by_id(id).ok_or_else(unknown)?),
        "supervisor" => Reader::Supervisor(need()?),
        "public" => Reader::Public,
        _ => return Err(PyValueError::new_err("reader: expected resident, worker, supervisor or public")),
    };
    Ok((reader, language))
}
