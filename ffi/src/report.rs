//! Explanations, read out table by table and column by column.

use std::ffi::c_char;

use needmatch::explain::Report;
use needmatch::{Column, Table};

use crate::boundary::{self, Failure, Out, OutSlice, OutText, guard};
use crate::registry;
use crate::result::{NEEDMATCH_TYPE_I64, NEEDMATCH_TYPE_TEXT, needmatch_type};
use crate::status::*;

/// An explanation. It never changes, so any number of threads may read it at once, and depends on no other object.
///
/// Losses are what the total would lose, first in tiers, then in score; below zero for a gain. Scores are in fixed point:
/// 1.0 is 1 000 000. `text` and `text_zh` are one sentence in English and in Chinese.
pub type needmatch_report = u64;

/// A table of an explanation: one of the NEEDMATCH_REPORT_ numbers. needmatch_report_column lists a table's columns.
pub type needmatch_report_table = u32;

/// What there is to say: a single row, or one for each thing that was asked about.
pub const NEEDMATCH_REPORT_FACTS: needmatch_report_table = 1;
/// The needs that would move, in order; `row` is the row of the facts to which a move belongs.
pub const NEEDMATCH_REPORT_CHAIN: needmatch_report_table = 2;
/// Of needmatch_explainer_why, every other candidate of the need, the least loss first; else empty.
pub const NEEDMATCH_REPORT_OTHERS: needmatch_report_table = 3;

/// Frees a report; 0 does nothing.
#[unsafe(no_mangle)]
pub extern "C" fn needmatch_report_free(report: needmatch_report) -> needmatch_status {
    guard(|| registry::free::<Report>(report, "report"))
}

/// Tells how many rows a table of a report has.
///
/// # Safety
///
/// `n_rows_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_report_n_rows(
    report: needmatch_report,
    table: needmatch_report_table,
    n_rows_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promise, passed on unchanged.
        let out = unsafe { Out::new(n_rows_out, "n_rows_out") }?;
        let report = registry::get::<Report>(report, "report")?;
        out.write(table_of(&report, table)?.n_rows());
        Ok(())
    })
}

/// Tells the type (NEEDMATCH_TYPE_...) and copies the name of one column of a table of a report.
///
/// Columns are counted from 0; beyond the last one the call returns NEEDMATCH_E_NOT_FOUND. A later version may add
/// columns at the end.
///
/// # Safety
///
/// `type_out` is valid for one write; `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0;
/// `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_report_column(
    report: needmatch_report,
    table: needmatch_report_table,
    index: usize,
    type_out: *mut needmatch_type,
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let kind = unsafe { Out::new(type_out, "type_out") }?;
        // SAFETY: as above.
        let name = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        let report = registry::get::<Report>(report, "report")?;
        let column = table_of(&report, table)?.columns().get(index);
        let (own_name, column) = column.ok_or(Failure::argument(NEEDMATCH_E_NOT_FOUND, "index"))?;
        name.write(own_name)?;
        kind.write(if matches!(column, Column::Text(_)) { NEEDMATCH_TYPE_TEXT } else { NEEDMATCH_TYPE_I64 });
        Ok(())
    })
}

/// Copies a column of whole numbers. A missing value is -1; losses may be -1 too, which `validity_out` tells apart.
///
/// `n_rows` must be what needmatch_report_n_rows tells. Shapes: `values_out` [n_rows]; `validity_out` [n_rows] with 1 for
/// a present and 0 for a missing value, or NULL.
///
/// # Safety
///
/// `name` points to `name_len` bytes; the outputs are valid for `n_rows` writes, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_report_i64(
    report: needmatch_report,
    table: needmatch_report_table,
    name: *const c_char,
    name_len: usize,
    n_rows: usize,
    values_out: *mut i64,
    validity_out: *mut u8,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let name = unsafe { boundary::text(name, name_len, "name") }?;
        // SAFETY: as above.
        let values = unsafe { OutSlice::new(values_out, n_rows, "values_out") }?;
        // SAFETY: as above.
        let validity = unsafe { OutSlice::new(validity_out, n_rows, "validity_out") }?;
        let report = registry::get::<Report>(report, "report")?;
        let table = table_of(&report, table)?;
        expect_rows(table, n_rows)?;
        let Column::Int(cells) = column(table, name)? else {
            return Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "name"));
        };
        values.write((0..n_rows).map(|row| cells.get(row).unwrap_or(-1)));
        validity.write((0..n_rows).map(|row| u8::from(cells.get(row).is_some())));
        Ok(())
    })
}

/// Copies a column of texts that lie end to end, as needmatch_matching_text does. A missing value is empty.
///
/// # Safety
///
/// As needmatch_matching_text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_report_text(
    report: needmatch_report,
    table: needmatch_report_table,
    name: *const c_char,
    name_len: usize,
    n_rows: usize,
    offsets_out: *mut u64,
    validity_out: *mut u8,
    bytes_out: *mut c_char,
    bytes_capacity: usize,
    n_bytes_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        let n_offsets = n_rows.checked_add(1).ok_or(Failure::argument(NEEDMATCH_E_RANGE, "n_rows"))?;
        // SAFETY: the caller's promises, passed on unchanged.
        let name = unsafe { boundary::text(name, name_len, "name") }?;
        // SAFETY: as above.
        let offsets = unsafe { OutSlice::new(offsets_out, n_offsets, "offsets_out") }?;
        // SAFETY: as above.
        let validity = unsafe { OutSlice::new(validity_out, n_rows, "validity_out") }?;
        // SAFETY: as above.
        let bytes = unsafe { OutText::new(bytes_out, bytes_capacity, n_bytes_out) }?;
        let report = registry::get::<Report>(report, "report")?;
        let table = table_of(&report, table)?;
        expect_rows(table, n_rows)?;
        let (mut all, mut ends, mut present) = (String::new(), vec![0], Vec::new());
        for row in 0..n_rows {
            let cell = text_at(table, name, row)?;
            all += cell.unwrap_or_default();
            ends.push(all.len() as u64);
            present.push(u8::from(cell.is_some()));
        }
        bytes.write(&all)?;
        offsets.write(ends.into_iter());
        validity.write(present.into_iter());
        Ok(())
    })
}

/// Copies one cell of a column of texts; empty where it is missing.
///
/// # Safety
///
/// `name` points to `name_len` bytes; `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0;
/// `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_report_text_at(
    report: needmatch_report,
    table: needmatch_report_table,
    name: *const c_char,
    name_len: usize,
    row: usize,
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let name = unsafe { boundary::text(name, name_len, "name") }?;
        // SAFETY: as above.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        let report = registry::get::<Report>(report, "report")?;
        let table = table_of(&report, table)?;
        if row >= table.n_rows() {
            return Err(Failure::argument(NEEDMATCH_E_NOT_FOUND, "row"));
        }
        out.write(text_at(table, name, row)?.unwrap_or_default())
    })
}

/// Copies a report as JSON: `facts`, `chain` and `others`, each a list of rows by the names of their columns; missing
/// values are null.
///
/// # Safety
///
/// `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_report_json(
    report: needmatch_report,
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        out.write(&registry::get::<Report>(report, "report")?.to_json())
    })
}

fn table_of(report: &Report, table: needmatch_report_table) -> Result<&Table, Failure> {
    match table {
        NEEDMATCH_REPORT_FACTS => Ok(&report.facts),
        NEEDMATCH_REPORT_CHAIN => Ok(&report.chain),
        NEEDMATCH_REPORT_OTHERS => Ok(&report.others),
        _ => Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "table")),
    }
}

fn column<'a>(table: &'a Table, name: &str) -> Result<&'a Column, Failure> {
    let found = table.columns().iter().find(|(own, _)| own == name);
    found.map(|(_, column)| column).ok_or(Failure::argument(NEEDMATCH_E_NOT_FOUND, "name"))
}

fn text_at<'a>(table: &'a Table, name: &str, row: usize) -> Result<Option<&'a str>, Failure> {
    let Column::Text(texts) = column(table, name)? else {
        return Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "name"));
    };
    // The core wrote them, so they are UTF-8.
    Ok(texts.get(row).and_then(|bytes| str::from_utf8(bytes).ok()))
}

fn expect_rows(table: &Table, n_rows: usize) -> Result<(), Failure> {
    match table.n_rows() == n_rows {
        true => Ok(()),
        false => Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "n_rows")),
    }
}
