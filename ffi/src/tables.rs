//! The input, column by column.

use std::ffi::{CStr, c_char};
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};

use needmatch::{Column, Table, TableName, Tables, Texts, Values};

use crate::boundary::{self, Failure, Out, guard};
use crate::registry;
use crate::status::*;

/// The input of a problem, filled column by column. All data is copied; nothing of the caller's is kept.
///
/// Whether the values are right is decided in needmatch_problem_new, which reports all faults at once.
/// If two threads use one handle at the same time, one of them gets NEEDMATCH_E_BUSY.
pub type needmatch_tables = u64;

/// A table of the input: one of the NEEDMATCH_TABLE_ numbers.
pub type needmatch_table = u32;

/// One row for each need.
pub const NEEDMATCH_TABLE_NEEDS: needmatch_table = 1;
/// One row for each worker.
pub const NEEDMATCH_TABLE_WORKERS: needmatch_table = 2;
/// One row for each organization.
pub const NEEDMATCH_TABLE_ORGANIZATIONS: needmatch_table = 3;
/// One row for each community.
pub const NEEDMATCH_TABLE_COMMUNITIES: needmatch_table = 4;
/// One row for each group above the organizations. Optional.
pub const NEEDMATCH_TABLE_GROUPS: needmatch_table = 5;
/// One row for each quota. Not supported in this version.
pub const NEEDMATCH_TABLE_QUOTAS: needmatch_table = 6;
/// The policy; only in the place of a fault.
pub const NEEDMATCH_TABLE_POLICY: needmatch_table = 7;
/// The arrays of needmatch_assign; only in the place of a fault.
pub const NEEDMATCH_TABLE_ARRAYS: needmatch_table = 8;

/// Makes empty tables. Free them with needmatch_tables_free; a problem that was made from them does not need them.
///
/// # Safety
///
/// `tables_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_tables_new(tables_out: *mut needmatch_tables) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promise, passed on unchanged.
        let out = unsafe { Out::new(tables_out, "tables_out") }?;
        out.write(registry::insert(Mutex::new(Tables::default()))?);
        Ok(())
    })
}

/// Frees tables; 0 does nothing.
#[unsafe(no_mangle)]
pub extern "C" fn needmatch_tables_free(tables: needmatch_tables) -> needmatch_status {
    guard(|| registry::free::<Mutex<Tables>>(tables, "tables"))
}

/// Adds a column of texts that lie end to end, as in Arrow's LargeUtf8: row k is
/// `bytes[offsets[k]] .. bytes[offsets[k + 1]]`, UTF-8.
///
/// Shapes: `bytes` [n_bytes], `offsets` [n_rows + 1], `validity` [n_rows] with 1 for a present and 0 for a missing
/// value, or NULL if none is missing. With n_rows 0 all three may be NULL.
/// Offsets that decrease or exceed n_bytes give NEEDMATCH_E_ARGUMENT.
///
/// # Safety
///
/// `name` points to `name_len` bytes and the arrays have the shapes above; none changes during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_tables_add_text(
    tables: needmatch_tables,
    table: needmatch_table,
    name: *const c_char,
    name_len: usize,
    bytes: *const c_char,
    n_bytes: usize,
    offsets: *const u64,
    validity: *const u8,
    n_rows: usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let name = unsafe { boundary::text(name, name_len, "name") }?;
        // SAFETY: as above; a C char has the size and alignment of a byte.
        let bytes = unsafe { boundary::slice(bytes.cast::<u8>(), n_bytes, "bytes") }?;
        // SAFETY: as above.
        let validity = unsafe { marks(validity, n_rows) }?;
        let mut texts = Texts::new();
        if n_rows > 0 {
            let n_offsets = n_rows.checked_add(1).ok_or(Failure::argument(NEEDMATCH_E_RANGE, "n_rows"))?;
            // SAFETY: as above.
            let offsets = unsafe { boundary::slice(offsets, n_offsets, "offsets") }?;
            let ends = offsets.iter().skip(1);
            for (row, (&start, &end)) in offsets.iter().zip(ends).enumerate() {
                let span = usize::try_from(start).ok().zip(usize::try_from(end).ok());
                let text = span.and_then(|(start, end)| bytes.get(start..end));
                let text = text.ok_or(Failure::argument(NEEDMATCH_E_ARGUMENT, "offsets"))?;
                texts.push(is_present(validity.as_deref(), row).then_some(text));
            }
        }
        add(tables, table, name, Column::Text(texts))
    })
}

/// Adds a column of texts, each a string that ends with NUL, UTF-8; NULL is a missing value.
///
/// Shape: `strings` [n_rows].
///
/// # Safety
///
/// `name` points to `name_len` bytes, `strings` has the shape above, each string that is not NULL ends with NUL;
/// none changes during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_tables_add_strings(
    tables: needmatch_tables,
    table: needmatch_table,
    name: *const c_char,
    name_len: usize,
    strings: *const *const c_char,
    n_rows: usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let name = unsafe { boundary::text(name, name_len, "name") }?;
        // SAFETY: as above.
        let strings = unsafe { boundary::slice(strings, n_rows, "strings") }?;
        let mut texts = Texts::new();
        for &string in strings {
            // SAFETY: not NULL as just checked, so it ends with NUL as the caller promises.
            let text = (!string.is_null()).then(|| unsafe { CStr::from_ptr(string) });
            texts.push(text.map(CStr::to_bytes));
        }
        add(tables, table, name, Column::Text(texts))
    })
}

/// Adds a column of whole numbers.
///
/// Shapes: `values` [n_rows], `validity` [n_rows] with 1 for a present and 0 for a missing value, or NULL if none is
/// missing.
///
/// # Safety
///
/// `name` points to `name_len` bytes and the arrays have the shapes above; none changes during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_tables_add_i64(
    tables: needmatch_tables,
    table: needmatch_table,
    name: *const c_char,
    name_len: usize,
    values: *const i64,
    validity: *const u8,
    n_rows: usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let name = unsafe { boundary::text(name, name_len, "name") }?;
        // SAFETY: as above.
        let values = unsafe { boundary::slice(values, n_rows, "values") }?;
        // SAFETY: as above.
        let validity = unsafe { marks(validity, n_rows) }?;
        add(tables, table, name, Column::Int(with_marks(boundary::copy(values)?, validity)))
    })
}

/// Adds a column of numbers that need not be whole.
///
/// Shapes: as in needmatch_tables_add_i64.
///
/// # Safety
///
/// `name` points to `name_len` bytes and the arrays have the shapes above; none changes during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_tables_add_f64(
    tables: needmatch_tables,
    table: needmatch_table,
    name: *const c_char,
    name_len: usize,
    values: *const f64,
    validity: *const u8,
    n_rows: usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let name = unsafe { boundary::text(name, name_len, "name") }?;
        // SAFETY: as above.
        let values = unsafe { boundary::slice(values, n_rows, "values") }?;
        // SAFETY: as above.
        let validity = unsafe { marks(validity, n_rows) }?;
        add(tables, table, name, Column::Float(with_marks(boundary::copy(values)?, validity)))
    })
}

/// Adds a column of truth values: 1 is true, 0 is false, anything else gives NEEDMATCH_E_ARGUMENT.
///
/// Shapes: as in needmatch_tables_add_i64.
///
/// # Safety
///
/// `name` points to `name_len` bytes and the arrays have the shapes above; none changes during the call.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_tables_add_bool(
    tables: needmatch_tables,
    table: needmatch_table,
    name: *const c_char,
    name_len: usize,
    values: *const u8,
    validity: *const u8,
    n_rows: usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let name = unsafe { boundary::text(name, name_len, "name") }?;
        // SAFETY: as above.
        let values = unsafe { boundary::slice(values, n_rows, "values") }?;
        // SAFETY: as above.
        let validity = unsafe { marks(validity, n_rows) }?;
        add(tables, table, name, Column::Bool(with_marks(truths(values, "values")?, validity)))
    })
}

/// Uses the tables of a handle; fails at once if another thread does.
pub(crate) fn with_tables<R>(
    tables: needmatch_tables,
    work: impl FnOnce(&mut Tables) -> Result<R, Failure>,
) -> Result<R, Failure> {
    let tables: Arc<Mutex<Tables>> = registry::get(tables, "tables")?;
    work(&mut *try_lock(&tables)?)
}

fn try_lock(tables: &Mutex<Tables>) -> Result<MutexGuard<'_, Tables>, Failure> {
    tables.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => Failure::argument(NEEDMATCH_E_BUSY, "tables"),
        TryLockError::Poisoned(_) => Failure::argument(NEEDMATCH_E_PANIC, "tables"),
    })
}

fn add(tables: needmatch_tables, table: needmatch_table, name: &str, column: Column) -> Result<(), Failure> {
    with_tables(tables, |tables| {
        let table = match table {
            NEEDMATCH_TABLE_NEEDS => &mut tables.needs,
            NEEDMATCH_TABLE_WORKERS => &mut tables.workers,
            NEEDMATCH_TABLE_ORGANIZATIONS => &mut tables.organizations,
            NEEDMATCH_TABLE_COMMUNITIES => &mut tables.communities,
            NEEDMATCH_TABLE_GROUPS => tables.groups.get_or_insert_with(Table::new),
            NEEDMATCH_TABLE_QUOTAS => tables.quotas.get_or_insert_with(Table::new),
            _ => return Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "table")),
        };
        table.push(name, column);
        Ok(())
    })
}

/// Reads the marks of present values; `None` where all are present.
///
/// # Safety
///
/// `validity` is NULL or points to `n_rows` initialised bytes.
unsafe fn marks(validity: *const u8, n_rows: usize) -> Result<Option<Vec<bool>>, Failure> {
    // SAFETY: the caller's promise, passed on unchanged.
    let marks = unsafe { boundary::optional_slice(validity, n_rows, "validity") }?;
    marks.map(|marks| truths(marks, "validity")).transpose()
}

fn truths(bytes: &[u8], argument: &'static str) -> Result<Vec<bool>, Failure> {
    let truth = |&byte| match byte {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Failure::argument(NEEDMATCH_E_ARGUMENT, argument)),
    };
    bytes.iter().map(truth).collect()
}

fn is_present(marks: Option<&[bool]>, row: usize) -> bool {
    marks.is_none_or(|marks| marks.get(row).copied().unwrap_or(false))
}

fn with_marks<T: Copy>(values: Vec<T>, marks: Option<Vec<bool>>) -> Values<T> {
    match marks {
        Some(marks) => Values::with_validity(values, marks),
        None => Values::new(values),
    }
}

/// The number of a table in the place of a fault.
pub(crate) fn number_of_table(table: TableName) -> needmatch_table {
    match table {
        TableName::Needs => NEEDMATCH_TABLE_NEEDS,
        TableName::Workers => NEEDMATCH_TABLE_WORKERS,
        TableName::Organizations => NEEDMATCH_TABLE_ORGANIZATIONS,
        TableName::Communities => NEEDMATCH_TABLE_COMMUNITIES,
        TableName::Groups => NEEDMATCH_TABLE_GROUPS,
        TableName::Quotas => NEEDMATCH_TABLE_QUOTAS,
        TableName::Policy => NEEDMATCH_TABLE_POLICY,
        TableName::Arrays => NEEDMATCH_TABLE_ARRAYS,
        _ => 0,
    }
}
