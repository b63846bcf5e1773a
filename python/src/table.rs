//! Tables out: columns that any table library can take.

use std::sync::Arc;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{
    Array, ArrayRef, BooleanArray, Float64Array, Int64Array, LargeStringArray, RecordBatch, RecordBatchIterator,
    RecordBatchOptions, StringArray,
};
use arrow_schema::{ArrowError, Field, Schema};
use needmatch::{Column, TableName, Texts};
use pyo3::exceptions::{PyKeyError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};

use crate::columns;
use crate::failure::{guard, none_of};

/// A table of named columns, as results come where no other kind of table was given.
///
/// Any table library reads it through the Arrow capsule protocol: ``polars.DataFrame(table)``, ``pyarrow.table(table)``.
/// ``Table(data)`` makes one of whatever :class:`Problem` takes as a table. A column by its name is a list, with None where a value is missing, and ``dict(table)`` is a dictionary of lists.
///
/// Examples
/// --------
/// >>> import needmatch
/// >>> tables = needmatch.datasets.jincheng("pilot")
/// >>> tables["communities"].columns[:2]
/// ['community', 'name']
#[pyclass(frozen, module = "needmatch")]
pub(crate) struct Table {
    inner: Arc<needmatch::Table>,
}

impl Table {
    pub(crate) fn new(table: needmatch::Table) -> Self {
        Self { inner: Arc::new(table) }
    }

    pub(crate) fn shared_with(inner: Arc<needmatch::Table>) -> Self {
        Self { inner }
    }

    pub(crate) fn shared(&self) -> &Arc<needmatch::Table> {
        &self.inner
    }
}

/// Rows that a representation shows.
const SHOWN_ROWS: usize = 10;

#[pymethods]
impl Table {
    /// Reads what :class:`Problem` would read.
    #[new]
    fn read(data: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = data.py();
        guard(py, || {
            let mut faults = Vec::new();
            let table = columns::table(data, TableName::Arrays, &mut faults)?;
            none_of(py, faults)?;
            Ok(Self::new(table))
        })
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.inner.columns().iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The names of the columns.
    fn keys(&self) -> Vec<&str> {
        self.columns()
    }

    /// How many rows.
    fn __len__(&self) -> usize {
        self.inner.n_rows()
    }

    /// A column as a list.
    fn __getitem__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        match self.inner.columns().iter().find(|(own, _)| own == name) {
            Some((_, column)) => list(py, column, self.inner.n_rows()),
            None => Err(PyKeyError::new_err(name.to_owned())),
        }
    }

    /// All columns as a dictionary of lists.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let columns = PyDict::new(py);
        for (name, column) in self.inner.columns() {
            columns.set_item(name, list(py, column, self.inner.n_rows())?)?;
        }
        Ok(columns)
    }

    /// The table as a ``pandas.DataFrame``.
    fn to_pandas<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("pandas")?.call_method1("DataFrame", (self.to_dict(py)?,))
    }

    /// The table as an Arrow stream, for table libraries to call.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // A producer may ignore the schema that is asked for.
        let _ = requested_schema;
        guard(py, || {
            let batch = batch(&self.inner).map_err(|_| PyValueError::new_err("the table holds malformed text"))?;
            let schema = batch.schema();
            let batches = RecordBatchIterator::new([Ok(batch)], schema);
            PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), c"arrow_array_stream")
        })
    }

    fn __repr__(&self) -> String {
        let names = self.columns().join(", ");
        format!("<needmatch.Table {} rows: {names}>", self.inner.n_rows())
    }

    fn _repr_html_(&self) -> String {
        html(&self.inner)
    }
}

fn list<'py>(py: Python<'py>, column: &Column, n_rows: usize) -> PyResult<Bound<'py, PyList>> {
    match column {
        Column::Text(texts) => PyList::new(py, (0..n_rows).map(|row| text(texts, row))),
        Column::Int(values) => PyList::new(py, (0..n_rows).map(|row| values.get(row))),
        Column::Float(values) => PyList::new(py, (0..n_rows).map(|row| values.get(row))),
        Column::Bool(values) => PyList::new(py, (0..n_rows).map(|row| values.get(row))),
        _ => Ok(PyList::empty(py)),
    }
}

/// A text of a table that we made ourselves, so none is malformed.
fn text(texts: &Texts, row: usize) -> Option<&str> {
    texts.get(row).and_then(|bytes| std::str::from_utf8(bytes).ok())
}

fn batch(table: &needmatch::Table) -> Result<RecordBatch, ArrowError> {
    let n_rows = table.n_rows();
    let arrays: Vec<ArrayRef> = table.columns().iter().map(|(_, column)| array(column, n_rows)).collect();
    let fields: Vec<Field> = table
        .columns()
        .iter()
        .zip(&arrays)
        .map(|((name, _), array)| Field::new(name, array.data_type().clone(), true))
        .collect();
    let options = RecordBatchOptions::new().with_row_count(Some(n_rows));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options)
}

fn array(column: &Column, n_rows: usize) -> ArrayRef {
    match column {
        Column::Text(texts) => {
            let n_bytes: usize = (0..n_rows).filter_map(|row| texts.get(row)).map(<[u8]>::len).sum();
            let texts = (0..n_rows).map(|row| text(texts, row));
            // Offsets of 32 bits reach no further.
            if n_bytes <= i32::MAX as usize {
                Arc::new(texts.collect::<StringArray>())
            } else {
                Arc::new(texts.collect::<LargeStringArray>())
            }
        }
        Column::Int(values) => Arc::new((0..n_rows).map(|row| values.get(row)).collect::<Int64Array>()),
        Column::Float(values) => Arc::new((0..n_rows).map(|row| values.get(row)).collect::<Float64Array>()),
        Column::Bool(values) => Arc::new((0..n_rows).map(|row| values.get(row)).collect::<BooleanArray>()),
        _ => arrow_array::new_null_array(&arrow_schema::DataType::Null, n_rows),
    }
}

/// The first rows as a plain table, without scripts or styles of its own.
fn html(table: &needmatch::Table) -> String {
    let shown = table.n_rows().min(SHOWN_ROWS);
    let mut html = String::from("<table><thead><tr>");
    for (name, _) in table.columns() {
        html += &format!("<th>{}</th>", escaped(name));
    }
    html += "</tr></thead><tbody>";
    for row in 0..shown {
        html += "<tr>";
        for (_, column) in table.columns() {
            html += &format!("<td>{}</td>", escaped(&cell(column, row)));
        }
        html += "</tr>";
    }
    html += "</tbody></table>";
    if shown < table.n_rows() {
        html += &format!("<p>{shown} of {} rows</p>", table.n_rows());
    }
    html
}

fn cell(column: &Column, row: usize) -> String {
    let shown = match column {
        Column::Text(texts) => text(texts, row).map(str::to_owned),
        Column::Int(values) => values.get(row).map(|value| value.to_string()),
        Column::Float(values) => values.get(row).map(|value| value.to_string()),
        Column::Bool(values) => values.get(row).map(|value| value.to_string()),
        _ => None,
    };
    shown.unwrap_or_default()
}

/// Text that means itself in HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
