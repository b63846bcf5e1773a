//! The matching, read out table by table and column by column.

use std::ffi::c_char;

use needmatch::{Error, Matching};

use crate::boundary::{self, Failure, Out, OutSlice, OutText, guard, guard_with_error};
use crate::error::needmatch_error;
use crate::registry;
use crate::result::{self, NEEDMATCH_TYPE_I64, NEEDMATCH_TYPE_TEXT, Read, needmatch_result, needmatch_type};
use crate::status::*;

/// The whole outcome of a run. It never changes, so any number of threads may read it at once.
///
/// It depends on no other object: the problem may be freed before it.
pub type needmatch_matching = u64;

/// Frees a matching; 0 does nothing.
#[unsafe(no_mangle)]
pub extern "C" fn needmatch_matching_free(matching: needmatch_matching) -> needmatch_status {
    guard(|| registry::free::<Matching>(matching, "matching"))
}

/// Checks a matching once more, apart from whatever found it: feasibility, every hard rule from the raw attributes,
/// the totals, and the proof that no other matching has a greater one. needmatch_solve has done so already.
///
/// Returns NEEDMATCH_E_INTERNAL_CHECK if anything is wrong.
///
/// # Safety
///
/// `error_out` is NULL or valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_matching_verify(
    matching: needmatch_matching,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        let matching = registry::get::<Matching>(matching, "matching")?;
        matching.verify().map_err(Error::from)?;
        Ok(())
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}

/// Checks a matching as needmatch_matching_verify does, and finds and scores every pair of need and provider that passes
/// every rule anew: what the matching says of all pairs is checked over all of them. Seconds for a city.
///
/// Returns NEEDMATCH_E_INTERNAL_CHECK if anything is wrong.
///
/// # Safety
///
/// `error_out` is NULL or valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_matching_verify_all_pairs(
    matching: needmatch_matching,
    error_out: *mut needmatch_error,
) -> needmatch_status {
    let work = || {
        let matching = registry::get::<Matching>(matching, "matching")?;
        matching.verify_all_pairs().map_err(Error::from)?;
        Ok(())
    };
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { guard_with_error(error_out, work) }
}

/// Copies the whole matching as JSON: the same bytes from Rust, C and Python, for any order of the input's rows.
///
/// # Safety
///
/// `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_matching_json(
    matching: needmatch_matching,
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        out.write(&registry::get::<Matching>(matching, "matching")?.to_json())
    })
}

/// Tells the type (NEEDMATCH_TYPE_...) and copies the name of one column of a table of the result.
///
/// Columns are counted from 0; beyond the last one the call returns NEEDMATCH_E_NOT_FOUND. A later version may add
/// columns at the end.
///
/// # Safety
///
/// `type_out` is valid for one write; `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0;
/// `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_result_column(
    result: needmatch_result,
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
        let column = result::columns(result)?.into_iter().nth(index);
        let column = column.ok_or(Failure::argument(NEEDMATCH_E_NOT_FOUND, "index"))?;
        name.write(column.name)?;
        kind.write(match column.read {
            Read::Int(_) => NEEDMATCH_TYPE_I64,
            Read::Text(_) => NEEDMATCH_TYPE_TEXT,
        });
        Ok(())
    })
}

/// Tells how many rows a table of the result has.
///
/// # Safety
///
/// `n_rows_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_matching_n_rows(
    matching: needmatch_matching,
    result: needmatch_result,
    n_rows_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promise, passed on unchanged.
        let out = unsafe { Out::new(n_rows_out, "n_rows_out") }?;
        let matching = registry::get::<Matching>(matching, "matching")?;
        out.write(result::n_rows(&matching, result)?);
        Ok(())
    })
}

/// Copies a column of whole numbers. A missing value is -1.
///
/// `n_rows` must be what needmatch_matching_n_rows tells. Shapes: `values_out` [n_rows]; `validity_out` [n_rows] with
/// 1 for a present and 0 for a missing value, or NULL.
///
/// # Safety
///
/// `name` points to `name_len` bytes; the outputs are valid for `n_rows` writes, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_matching_i64(
    matching: needmatch_matching,
    result: needmatch_result,
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
        let matching = registry::get::<Matching>(matching, "matching")?;
        expect_rows(&matching, result, n_rows)?;
        let Read::Int(read) = result::column(result, name)? else {
            return Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "name"));
        };
        let cells: Vec<Option<i64>> = (0..n_rows).map(|row| read(&matching, row)).collect();
        values.write(cells.iter().map(|cell| cell.unwrap_or(-1)));
        validity.write(cells.iter().map(|cell| u8::from(cell.is_some())));
        Ok(())
    })
}

/// Copies a column of texts that lie end to end, as in Arrow's LargeUtf8: row k is
/// `bytes_out[offsets_out[k]] .. bytes_out[offsets_out[k + 1]]`. A missing value is empty.
///
/// `n_rows` must be what needmatch_matching_n_rows tells. Shapes: `offsets_out` [n_rows + 1]; `bytes_out`
/// [bytes_capacity]; `validity_out` [n_rows] with 1 for a present and 0 for a missing value, or NULL. If the bytes do
/// not fit, only `n_bytes_out` is written and the call returns NEEDMATCH_E_BUFFER.
///
/// # Safety
///
/// `name` points to `name_len` bytes; `offsets_out` is valid for `n_rows` + 1 writes, `bytes_out` for
/// `bytes_capacity`, `validity_out` for `n_rows`, each of them or NULL; `n_bytes_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_matching_text(
    matching: needmatch_matching,
    result: needmatch_result,
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
        let matching = registry::get::<Matching>(matching, "matching")?;
        expect_rows(&matching, result, n_rows)?;
        let Read::Text(read) = result::column(result, name)? else {
            return Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "name"));
        };
        let (mut all, mut ends, mut present) = (String::new(), vec![0], Vec::new());
        for row in 0..n_rows {
            let cell = read(&matching, row);
            all += cell.as_deref().unwrap_or_default();
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
pub unsafe extern "C" fn needmatch_matching_text_at(
    matching: needmatch_matching,
    result: needmatch_result,
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
        let matching = registry::get::<Matching>(matching, "matching")?;
        if row >= result::n_rows(&matching, result)? {
            return Err(Failure::argument(NEEDMATCH_E_NOT_FOUND, "row"));
        }
        let Read::Text(read) = result::column(result, name)? else {
            return Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "name"));
        };
        out.write(read(&matching, row).as_deref().unwrap_or_default())
    })
}

fn expect_rows(matching: &Matching, result: needmatch_result, n_rows: usize) -> Result<(), Failure> {
    match result::n_rows(matching, result)? == n_rows {
        true => Ok(()),
        false => Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "n_rows")),
    }
}
