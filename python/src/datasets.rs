//! The sample city.

use needmatch::Tables;
use needmatch_jincheng::Size;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::failure::guard;
use crate::table::Table;

/// The sample's tables by name; what `needmatch.datasets.jincheng` calls.
#[pyfunction]
#[pyo3(signature = (size, seed=None))]
pub(crate) fn jincheng<'py>(py: Python<'py>, size: &str, seed: Option<u64>) -> PyResult<Bound<'py, PyDict>> {
    guard(py, || {
        let Ok(size) = size.parse::<Size>() else {
            let names = Size::ALL.map(Size::name).join(", ");
            return Err(PyValueError::new_err(format!("size: expected one of {names}")));
        };
        let tables = py.detach(|| needmatch_jincheng::jincheng(size, seed.unwrap_or(needmatch_jincheng::DEFAULT_SEED)));
        let Tables { needs, workers, organizations, communities, groups, quotas: _ } = tables;
        let by_name = PyDict::new(py);
        for (name, table) in
            [("needs", needs), ("workers", workers), ("organizations", organizations), ("communities", communities)]
        {
            by_name.set_item(name, Py::new(py, Table::new(table))?)?;
        }
        if let Some(groups) = groups {
            by_name.set_item("groups", Py::new(py, Table::new(groups))?)?;
        }
        Ok(by_name)
    })
}
