//! The error handle: the whole story of one failed call.

use std::ffi::c_char;

use needmatch::{Error, Fault, Language};

use crate::boundary::{Detail, Failure, Out, OutText, guard};
use crate::registry;
use crate::status::*;
use crate::tables::number_of_table;

/// Why one call failed. It never changes, so any number of threads may read it at once.
///
/// A failed call that was given an `error_out` writes a new handle there; a call that succeeds leaves it alone.
/// Free it with needmatch_error_free. It depends on no other object. It never holds a value of the input.
pub type needmatch_error = u64;

/// What an error handle stands for.
#[derive(Debug)]
pub(crate) struct Report {
    status: needmatch_status,
    detail: Detail,
}

impl Report {
    pub(crate) fn new(failure: Failure) -> Self {
        Self { status: failure.status(), detail: failure.into_detail() }
    }

    fn faults(&self) -> &[Fault] {
        match &self.detail {
            Detail::Core(Error::Input(error)) => error.faults(),
            _ => &[],
        }
    }

    fn n_faults(&self) -> usize {
        match &self.detail {
            Detail::Core(Error::Input(error)) => error.n_faults(),
            _ => 0,
        }
    }

    fn fault(&self, index: usize) -> Result<&Fault, Failure> {
        self.faults().get(index).ok_or(Failure::argument(NEEDMATCH_E_NOT_FOUND, "index"))
    }

    pub(crate) fn message(&self, language: Language) -> String {
        let words = text(self.status, language).unwrap_or_default();
        match &self.detail {
            Detail::None => words.to_owned(),
            Detail::Argument(detail) => format!("{detail}: {words}"),
            Detail::Place(detail) => format!("{words}: {detail}"),
            Detail::Core(error) => error.message(language),
        }
    }
}

/// Frees an error; 0 does nothing.
#[unsafe(no_mangle)]
pub extern "C" fn needmatch_error_free(error: needmatch_error) -> needmatch_status {
    guard(|| registry::free::<Report>(error, "error"))
}

/// Tells the status that the failed call returned.
///
/// # Safety
///
/// `status_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_error_status(
    error: needmatch_error,
    status_out: *mut needmatch_status,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promise, passed on unchanged.
        let out = unsafe { Out::new(status_out, "status_out") }?;
        out.write(registry::get::<Report>(error, "error")?.status);
        Ok(())
    })
}

/// Copies the whole message, all listed faults included, one on each line, without a final NUL.
///
/// # Safety
///
/// `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_error_message(
    error: needmatch_error,
    language: needmatch_language,
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        let language = self::language(language)?;
        out.write(&registry::get::<Report>(error, "error")?.message(language))
    })
}

/// Tells how many faults the input has, and how many of them are listed (the first 100 by table, row and column).
/// Both are 0 unless the status is NEEDMATCH_E_INPUT.
///
/// # Safety
///
/// `n_listed_out` and `n_faults_out` are valid for one write each.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_error_n_faults(
    error: needmatch_error,
    n_listed_out: *mut usize,
    n_faults_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promise, passed on unchanged.
        let listed = unsafe { Out::new(n_listed_out, "n_listed_out") }?;
        // SAFETY: as above.
        let all = unsafe { Out::new(n_faults_out, "n_faults_out") }?;
        let report = registry::get::<Report>(error, "error")?;
        listed.write(report.faults().len());
        all.write(report.n_faults());
        Ok(())
    })
}

/// Tells a listed fault's number (NEEDMATCH_FAULT_...), its table (NEEDMATCH_TABLE_...) and its row, counted from 0
/// in the caller's own order, or -1 where the whole table or column is meant.
///
/// # Safety
///
/// `number_out`, `table_out` and `row_out` are valid for one write each.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_error_fault(
    error: needmatch_error,
    index: usize,
    number_out: *mut u32,
    table_out: *mut u32,
    row_out: *mut i64,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promise, passed on unchanged.
        let number = unsafe { Out::new(number_out, "number_out") }?;
        // SAFETY: as above.
        let table = unsafe { Out::new(table_out, "table_out") }?;
        // SAFETY: as above.
        let row = unsafe { Out::new(row_out, "row_out") }?;
        let report = registry::get::<Report>(error, "error")?;
        let fault = report.fault(index)?;
        number.write(fault.code.number());
        table.write(number_of_table(fault.table));
        row.write(fault.row.and_then(|row| i64::try_from(row).ok()).unwrap_or(-1));
        Ok(())
    })
}

/// Copies the name of a listed fault's column; empty where the whole table is meant.
///
/// # Safety
///
/// `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_error_fault_column(
    error: needmatch_error,
    index: usize,
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        let report = registry::get::<Report>(error, "error")?;
        out.write(report.fault(index)?.column.as_deref().unwrap_or_default())
    })
}

/// Copies what would be right at the place of a listed fault, in English; empty where the number says it all.
///
/// # Safety
///
/// `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_error_fault_expected(
    error: needmatch_error,
    index: usize,
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        out.write(&registry::get::<Report>(error, "error")?.fault(index)?.expected)
    })
}

/// Copies the message of one listed fault: number, place, what is wrong, what would be right.
///
/// # Safety
///
/// `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_error_fault_message(
    error: needmatch_error,
    index: usize,
    language: needmatch_language,
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        let out = unsafe { OutText::new(text_out, text_capacity, text_len_out) }?;
        let language = self::language(language)?;
        out.write(&registry::get::<Report>(error, "error")?.fault(index)?.message(language))
    })
}
