//! How to run.

use std::mem::size_of;

use crate::boundary::Failure;
use crate::status::{NEEDMATCH_E_ARGUMENT, NEEDMATCH_E_STRUCT_NEWER, NEEDMATCH_E_STRUCT_SIZE};

/// How a run is carried out. No option changes the result. NULL stands for the defaults.
///
/// Start from NEEDMATCH_OPTIONS_INIT. Later versions may add members at the end; `struct_size` tells the library
/// which ones the caller has. Members that this version does not know must be 0.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct needmatch_options {
    /// sizeof(needmatch_options).
    pub struct_size: u32,
    /// How many threads to use; 0 means one for each processor. The result is the same for every number.
    pub threads: u32,
}

/// The size of the struct in its first version.
const FIRST_SIZE: usize = 8;
const KNOWN_SIZE: usize = size_of::<needmatch_options>();
/// Larger than any version will be: what claims to be larger is garbage.
const LARGEST_SIZE: usize = 4096;
/// More threads than any machine has processors are a mistake.
const MOST_THREADS: u32 = 4096;

/// Reads the number of threads.
///
/// # Safety
///
/// `options` is NULL or points to as many readable bytes as its first four say; it need not be aligned.
pub(crate) unsafe fn threads(options: *const needmatch_options) -> Result<Option<usize>, Failure> {
    if options.is_null() {
        return Ok(None);
    }
    let bytes = options.cast::<u8>();
    // SAFETY: the first four bytes are readable as the caller promises.
    let struct_size = unsafe { bytes.cast::<u32>().read_unaligned() } as usize;
    if !(FIRST_SIZE..=LARGEST_SIZE).contains(&struct_size) {
        return Err(Failure::argument(NEEDMATCH_E_STRUCT_SIZE, "options"));
    }
    // SAFETY: the struct has at least its first version's size as just checked, which is all that is read here.
    let known = unsafe { options.read_unaligned() };
    // SAFETY: as many bytes are readable as the struct says, and `skip` stays within them.
    let unknown = unsafe { std::slice::from_raw_parts(bytes, struct_size) }.iter().skip(KNOWN_SIZE);
    if unknown.into_iter().any(|&byte| byte != 0) {
        return Err(Failure::argument(NEEDMATCH_E_STRUCT_NEWER, "options"));
    }
    match known.threads {
        0 => Ok(None),
        threads if threads <= MOST_THREADS => Ok(Some(threads as usize)),
        _ => Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "options.threads")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[u32]) -> Result<Option<usize>, u32> {
        // SAFETY: each test gives as many bytes as its first word says, or a size that is refused.
        unsafe { threads(words.as_ptr().cast()) }.map_err(|failure| failure.status())
    }

    #[test]
    fn the_first_version_has_the_size_that_was_released() {
        assert_eq!(KNOWN_SIZE, FIRST_SIZE);
    }

    #[test]
    fn sizes_that_no_version_has_are_refused() {
        for size in [0, 4, 7, 4097, u32::MAX] {
            assert_eq!(read(&[size, 2]), Err(NEEDMATCH_E_STRUCT_SIZE), "{size}");
        }
    }

    #[test]
    fn a_newer_struct_is_accepted_while_it_asks_for_nothing_new() {
        assert_eq!(read(&[8, 2]), Ok(Some(2)));
        assert_eq!(read(&[16, 2, 0, 0]), Ok(Some(2)));
        assert_eq!(read(&[16, 2, 0, 1]), Err(NEEDMATCH_E_STRUCT_NEWER));
    }

    #[test]
    fn misaligned_options_are_read() {
        let mut bytes = [0u8; 9];
        bytes[1..5].copy_from_slice(&8u32.to_ne_bytes());
        bytes[5..9].copy_from_slice(&3u32.to_ne_bytes());
        // SAFETY: eight bytes from the second one on are alive.
        assert_eq!(unsafe { threads(bytes.as_ptr().add(1).cast()) }.ok(), Some(Some(3)));
    }

    #[test]
    fn thread_numbers_of_no_machine_are_refused() {
        assert_eq!(read(&[8, 0]), Ok(None));
        assert_eq!(read(&[8, 4096]), Ok(Some(4096)));
        assert_eq!(read(&[8, 4097]), Err(NEEDMATCH_E_ARGUMENT));
    }
}
