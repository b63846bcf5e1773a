//! Which library this is.

use std::ffi::c_char;

use crate::boundary::{OutText, guard};
use crate::status::needmatch_status;

/// Copies the version of the library, such as `0.1.0`, without a final NUL.
///
/// # Safety
///
/// `text_out` is valid for `text_capacity` bytes, or NULL with capacity 0; `text_len_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_version(
    text_out: *mut c_char,
    text_capacity: usize,
    text_len_out: *mut usize,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promises, passed on unchanged.
        unsafe { OutText::new(text_out, text_capacity, text_len_out) }?.write(env!("CARGO_PKG_VERSION"))
    })
}
