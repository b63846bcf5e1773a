//! Tables in: whatever the caller has, as columns of the core.
//!
//! A table is anything with the Arrow capsule protocol ([`arrow`]) or a mapping from names to columns, each of which has
//! that protocol or is a sequence ([`sequence`]). [`sink`] collects the values of one column.

mod sink;

mod date;

mod arrow;

mod sequence;

use needmatch::{Fault, FaultCode, Table, TableName, Tables};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyMapping;

pub(crate) use sequence::date_of;
use sink::Place;

use crate::failure::none_of;

/// Reads all tables of a problem; fails with all faults of types and of values that cannot even be read.
pub(crate) fn tables(
    needs: &Bound<'_, PyAny>,
    workers: &Bound<'_, PyAny>,
    organizations: &Bound<'_, PyAny>,
    communities: &Bound<'_, PyAny>,
    groups: Option<&Bound<'_, PyAny>>,
    quotas: Option<&Bound<'_, PyAny>>,
) -> PyResult<Tables> {
    let mut faults = Vec::new();
    let mut table = |value, name| table(value, name, &mut faults);
    let tables = Tables {
        needs: table(needs, TableName::Needs)?,
        workers: table(workers, TableName::Workers)?,
        organizations: table(organizations, TableName::Organizations)?,
        communities: table(communities, TableName::Communities)?,
        groups: groups.map(|groups| table(groups, TableName::Groups)).transpose()?,
        quotas: quotas.map(|quotas| table(quotas, TableName::Quotas)).transpose()?,
    };
    none_of(needs.py(), faults)?;
    Ok(tables)
}

/// Reads one table. Faults of types and values that cannot even be read go to `faults`; everything else is for the core
/// to judge.
pub(crate) fn table(value: &Bound<'_, PyAny>, name: TableName, faults: &mut Vec<Fault>) -> PyResult<Table> {
    if let Ok(table) = value.cast::<crate::table::Table>() {
        return Ok(table.get().shared().as_ref().clone());
    }
    if value.hasattr("__arrow_c_stream__")? {
        return arrow::table(&readable(value)?, name, faults);
    }
    let Ok(columns) = value.cast::<PyMapping>() else {
        let message = format!("{}: expected a table with __arrow_c_stream__ or a mapping of columns", name.as_str());
        return Err(PyTypeError::new_err(message));
    };
    let mut table = Table::new();
    for (position, item) in columns.items()?.iter().enumerate() {
        let (column_name, column) = item.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
        let mut place = Place::new(name, position);
        let Ok(column_name) = column_name.extract::<String>() else {
            place.refuse(FaultCode::UnknownColumn, "a column whose name is text");
            faults.append(&mut place.faults);
            continue;
        };
        if is_index(&column_name) {
            continue;
        }
        let column = if column.hasattr("__arrow_c_stream__")? || column.hasattr("__arrow_c_array__")? {
            arrow::column(&readable(&column)?, &mut place)?
        } else {
            sequence::column(&column, &mut place)?
        };
        faults.append(&mut place.faults);
        table.push(column_name, column);
    }
    Ok(table)
}

/// The same table or column, in a form that Arrow readers accept.
fn readable<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    value.py().import("needmatch._frames")?.call_method1("readable", (value,))
}

/// Whether pandas made this column out of an index without a name.
fn is_index(column_name: &str) -> bool {
    column_name
        .strip_prefix("__index_level_")
        .and_then(|rest| rest.strip_suffix("__"))
        .is_some_and(|level| !level.is_empty() && level.bytes().all(|b| b.is_ascii_digit()))
}
