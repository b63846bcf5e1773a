//! One column as its reader sees it: each cell is missing, right, or at fault.

use super::wanted::Wrong;
use crate::error::{FaultCode, Faults, TableName};
use crate::table::Column;

/// What reading carries along.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The faults found so far.
    pub(super) faults: Faults,
    /// Room for one text, so that cells need no memory of their own.
    scratch: String,
}

/// A column that a table may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'t> {
    pub(super) table: TableName,
    pub(super) name: &'static str,
    /// Whether each row must have a value.
    pub(super) required: bool,
    /// The column; `None` where the table does not have it, or where it is unreadable as a whole.
    pub(super) column: Option<&'t Column>,
}

/// A value as the caller has it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Raw<'t> {
    Text(&'t [u8]),
    Int(i64),
    Float(f64),
    Bool(bool),
}

impl<'t> Raw<'t> {
    /// The value of a cell; an empty text is a missing value.
    pub(super) fn of(column: &'t Column, row: usize) -> Option<Self> {
        match column {
            Column::Text(texts) => texts.get(row).filter(|text| !text.is_empty()).map(Self::Text),
            Column::Int(values) => values.get(row).map(Self::Int),
            Column::Float(values) => values.get(row).map(Self::Float),
            Column::Bool(values) => values.get(row).map(Self::Bool),
        }
    }
}

impl<'t> Field<'t> {
    /// Reads a cell. `None` stands for a missing value and for a fault, which is recorded.
    ///
    /// `parse` gets an empty text to work in.
    pub(super) fn read<T>(
        &self,
        row: usize,
        reading: &mut Reading,
        parse: impl FnOnce(Raw<'t>, &mut String) -> Result<T, Wrong>,
    ) -> Option<T> {
        let column = self.column?;
        let Some(raw) = Raw::of(column, row) else {
            if self.required {
                self.fault(row, reading, Wrong::new(FaultCode::MissingValue, "a value in every row"));
            }
            return None;
        };
        reading.scratch.clear();
        match parse(raw, &mut reading.scratch) {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.fault(row, reading, wrong);
                None
            }
        }
    }

    /// Records what is wrong with a cell.
    pub(super) fn fault(&self, row: usize, reading: &mut Reading, wrong: Wrong) {
        reading.faults.push_cell(self.table, row, self.name, wrong.code, || wrong.wanted.into_words());
    }
}

/// The text of bytes that must be UTF-8.
pub(super) fn utf8(bytes: &[u8]) -> Result<&str, Wrong> {
    std::str::from_utf8(bytes).map_err(|_| Wrong::new(FaultCode::MalformedUtf8, "UTF-8"))
}
