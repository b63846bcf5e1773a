//! Where C and Rust meet: checks pointers on the way in, keeps panics in, writes results on the way out.
//!
//! Order of every call: check all arguments, copy the input, work, write the outputs. Until the last step nothing
//! of the caller's is touched.

use std::ffi::c_char;
use std::mem::size_of;
use std::ptr::NonNull;

use needmatch::Error;

use crate::error::{Report, needmatch_error};
use crate::panics;
use crate::registry;
use crate::status::*;

/// Why a call failed: a status, and what only the error handle tells.
#[derive(Debug)]
pub(crate) struct Failure {
    status: needmatch_status,
    detail: Detail,
}

/// What the error handle tells beyond the status.
#[derive(Debug)]
pub(crate) enum Detail {
    /// Nothing.
    None,
    /// Which argument.
    Argument(&'static str),
    /// What the core says.
    Core(Error),
    /// Where in our source a bug showed itself.
    Place(String),
}

impl Failure {
    pub(crate) fn new(status: needmatch_status) -> Self {
        Self { status, detail: Detail::None }
    }

    pub(crate) fn argument(status: needmatch_status, argument: &'static str) -> Self {
        Self { status, detail: Detail::Argument(argument) }
    }

    pub(crate) fn status(&self) -> needmatch_status {
        self.status
    }

    pub(crate) fn into_detail(self) -> Detail {
        self.detail
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let status = match &error {
            Error::Input(_) => NEEDMATCH_E_INPUT,
            Error::Limit { .. } => NEEDMATCH_E_LIMIT,
            Error::Cancelled => NEEDMATCH_E_CANCELLED,
            Error::Threads { .. } => NEEDMATCH_E_THREADS,
            Error::Decision(_) => NEEDMATCH_E_DECISION,
            // Whatever a newer core may add is a bug of this face until it is listed above.
            _ => NEEDMATCH_E_INTERNAL_CHECK,
        };
        Self { status, detail: Detail::Core(error) }
    }
}

impl From<needmatch::InputError> for Failure {
    fn from(error: needmatch::InputError) -> Self {
        Error::from(error).into()
    }
}

/// Runs a call: its status, and a panic becomes NEEDMATCH_E_PANIC.
pub(crate) fn guard(work: impl FnOnce() -> Result<(), Failure>) -> needmatch_status {
    run(work).map_or_else(|failure| failure.status, |()| NEEDMATCH_OK)
}

/// As [`guard`], and on failure writes a new error handle for whoever wants one.
///
/// # Safety
///
/// `error_out` is NULL or valid for one write.
pub(crate) unsafe fn guard_with_error(
    error_out: *mut needmatch_error,
    work: impl FnOnce() -> Result<(), Failure>,
) -> needmatch_status {
    if error_out.is_null() {
        return guard(work);
    }
    // SAFETY: the caller's promise, passed on unchanged.
    let out = match unsafe { Out::new(error_out, "error_out") } {
        Ok(out) => out,
        Err(failure) => return failure.status,
    };
    match run(work) {
        Ok(()) => NEEDMATCH_OK,
        Err(failure) => {
            let status = failure.status;
            let reported = run(|| {
                out.write(registry::insert(Report::new(failure))?);
                Ok(())
            });
            reported.map_or_else(|failure| failure.status, |()| status)
        }
    }
}

fn run(work: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    panics::catch(work).unwrap_or_else(|place| Err(Failure { status: NEEDMATCH_E_PANIC, detail: Detail::Place(place) }))
}

/// Borrows `len` values. NULL is accepted only for an empty array, as C callers expect.
///
/// # Safety
///
/// If `len` is not 0, `data` is NULL or points to `len` initialised values that stay unchanged for `'a`.
pub(crate) unsafe fn slice<'a, T>(data: *const T, len: usize, argument: &'static str) -> Result<&'a [T], Failure> {
    if len == 0 {
        return Ok(&[]);
    }
    check(data, len, argument)?;
    // SAFETY: not NULL, aligned and of a possible length as just checked; contents and lifetime are the caller's
    // promise.
    Ok(unsafe { std::slice::from_raw_parts(data, len) })
}

/// Borrows values that may be left out as a whole: NULL is `None`, whatever the length.
///
/// # Safety
///
/// As [`slice`].
pub(crate) unsafe fn optional_slice<'a, T>(
    data: *const T,
    len: usize,
    argument: &'static str,
) -> Result<Option<&'a [T]>, Failure> {
    if data.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller's promise, passed on unchanged.
    unsafe { slice(data, len, argument) }.map(Some)
}

/// Borrows a text argument.
///
/// # Safety
///
/// As [`slice`].
pub(crate) unsafe fn text<'a>(data: *const c_char, len: usize, argument: &'static str) -> Result<&'a str, Failure> {
    // SAFETY: the caller's promise, passed on unchanged; a C char has the size and alignment of a byte.
    let bytes = unsafe { slice(data.cast::<u8>(), len, argument) }?;
    std::str::from_utf8(bytes).map_err(|_| Failure::argument(NEEDMATCH_E_UTF8, argument))
}

/// Copies values, or says that there is no memory for them.
pub(crate) fn copy<T: Copy>(values: &[T]) -> Result<Vec<T>, Failure> {
    let mut copied = Vec::new();
    copied.try_reserve_exact(values.len()).map_err(|_| Failure::new(NEEDMATCH_E_MEMORY))?;
    copied.extend_from_slice(values);
    Ok(copied)
}

/// A place for one result.
pub(crate) struct Out<T>(NonNull<T>);

impl<T> Out<T> {
    /// Checks the place before any work is done.
    ///
    /// # Safety
    ///
    /// `place` is NULL or valid for one write until the call returns.
    pub(crate) unsafe fn new(place: *mut T, argument: &'static str) -> Result<Self, Failure> {
        check(place, 1, argument)?;
        NonNull::new(place).map(Self).ok_or(Failure::argument(NEEDMATCH_E_NULL, argument))
    }

    /// Writes the result.
    pub(crate) fn write(self, value: T) {
        // SAFETY: not NULL and aligned as `new` checked; valid for one write as the caller of `new` promised, and
        // `self` is used up by it.
        unsafe { self.0.as_ptr().write(value) }
    }
}

/// A place for an array of results, which the caller may leave out.
pub(crate) struct OutSlice<T> {
    place: Option<NonNull<T>>,
    len: usize,
}

impl<T: Copy> OutSlice<T> {
    /// Checks the place before any work is done. NULL means that the caller does not want these results.
    ///
    /// # Safety
    ///
    /// `place` is NULL or valid for `len` writes until the call returns.
    pub(crate) unsafe fn new(place: *mut T, len: usize, argument: &'static str) -> Result<Self, Failure> {
        if !place.is_null() {
            check(place, len, argument)?;
        }
        Ok(Self { place: NonNull::new(place), len })
    }

    /// Writes as many results as there are places.
    pub(crate) fn write(self, values: impl Iterator<Item = T>) {
        let Some(place) = self.place else { return };
        for (k, value) in values.take(self.len).enumerate() {
            // SAFETY: not NULL and aligned as `new` checked; `k` is below the length for which the caller of `new`
            // promised that writes are valid.
            unsafe { place.as_ptr().add(k).write(value) }
        }
    }
}

/// A place for a text and its length.
pub(crate) struct OutText {
    text: OutSlice<u8>,
    len_out: Out<usize>,
}

impl OutText {
    /// Checks the place before any work is done.
    ///
    /// # Safety
    ///
    /// `text_out` is NULL or valid for `capacity` writes, `len_out` is NULL or valid for one write, until the call
    /// returns.
    pub(crate) unsafe fn new(text_out: *mut c_char, capacity: usize, len_out: *mut usize) -> Result<Self, Failure> {
        if text_out.is_null() && capacity > 0 {
            return Err(Failure::argument(NEEDMATCH_E_NULL, "text_out"));
        }
        // SAFETY: the caller's promises, passed on unchanged; a C char has the size and alignment of a byte.
        let text = unsafe { OutSlice::new(text_out.cast::<u8>(), capacity, "text_out") }?;
        // SAFETY: as above.
        let len_out = unsafe { Out::new(len_out, "text_len_out") }?;
        Ok(Self { text, len_out })
    }

    /// Writes text and length; if the text does not fit, its length alone.
    pub(crate) fn write(self, text: &str) -> Result<(), Failure> {
        self.write_bytes(text.as_bytes())
    }

    /// Does the same with a text that is at hand as bytes.
    pub(crate) fn write_bytes(self, text: &[u8]) -> Result<(), Failure> {
        self.len_out.write(text.len());
        if text.len() > self.text.len {
            return Err(Failure::argument(NEEDMATCH_E_BUFFER, "text_out"));
        }
        self.text.write(text.iter().copied());
        Ok(())
    }
}

/// Refuses what cannot point to `len` values.
fn check<T>(place: *const T, len: usize, argument: &'static str) -> Result<(), Failure> {
    if place.is_null() {
        return Err(Failure::argument(NEEDMATCH_E_NULL, argument));
    }
    if !place.is_aligned() {
        return Err(Failure::argument(NEEDMATCH_E_ALIGNMENT, argument));
    }
    match len.checked_mul(size_of::<T>()) {
        Some(bytes) if isize::try_from(bytes).is_ok() => Ok(()),
        _ => Err(Failure::argument(NEEDMATCH_E_RANGE, argument)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status<T>(result: Result<T, Failure>) -> needmatch_status {
        result.map_or_else(|failure| failure.status, |_| NEEDMATCH_OK)
    }

    #[test]
    fn null_is_an_empty_array_and_no_other() {
        let null = std::ptr::null::<u64>();
        // SAFETY: NULL is allowed.
        assert_eq!(status(unsafe { slice(null, 0, "a") }), NEEDMATCH_OK);
        // SAFETY: NULL is allowed.
        assert_eq!(status(unsafe { slice(null, 1, "a") }), NEEDMATCH_E_NULL);
    }

    #[test]
    fn misaligned_and_impossible_arrays_are_refused_before_they_are_read() {
        let values = [1u64, 2];
        let misaligned = values.as_ptr().wrapping_byte_add(1);
        // SAFETY: refused before it is read, which is what this test shows.
        assert_eq!(status(unsafe { slice(misaligned, 1, "a") }), NEEDMATCH_E_ALIGNMENT);
        for len in [usize::MAX, usize::MAX / 8, isize::MAX as usize / 8 + 1] {
            // SAFETY: as above.
            assert_eq!(status(unsafe { slice(values.as_ptr(), len, "a") }), NEEDMATCH_E_RANGE);
        }
    }

    #[test]
    fn a_text_that_does_not_fit_leaves_the_buffer_and_tells_its_length() {
        let mut buffer = [b'.'; 4];
        let mut len = 0usize;
        let write = |buffer: &mut [u8], len: &mut usize, text| {
            // SAFETY: the buffer and the length are alive and as long as said.
            status(
                unsafe { OutText::new(buffer.as_mut_ptr().cast(), buffer.len(), len) }.and_then(|out| out.write(text)),
            )
        };
        assert_eq!(write(&mut buffer, &mut len, "12345"), NEEDMATCH_E_BUFFER);
        assert_eq!((&buffer, len), (b"....", 5));
        assert_eq!(write(&mut buffer, &mut len, "123"), NEEDMATCH_OK);
        assert_eq!((&buffer, len), (b"123.", 3));
    }

    #[test]
    fn a_panic_becomes_a_status_and_a_message_without_data() {
        let mut error = 0;
        // SAFETY: `error` is alive.
        let got = unsafe { guard_with_error(&raw mut error, || panic!("a resident's data")) };
        assert_eq!(got, NEEDMATCH_E_PANIC);
        let report = registry::get::<Report>(error, "error").unwrap();
        let message = report.message(needmatch::Language::English);
        assert!(message.contains("boundary.rs:") && !message.contains("resident"), "{message}");
    }
}
