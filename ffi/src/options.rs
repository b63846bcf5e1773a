//! How to run.

use std::mem::{offset_of, size_of};

use needmatch::{Control, Engine, Options};

use crate::boundary::Failure;
use crate::engine::{self, needmatch_engine};
use crate::status::{NEEDMATCH_E_ARGUMENT, NEEDMATCH_E_STRUCT_NEWER, NEEDMATCH_E_STRUCT_SIZE};

/// How a run is carried out. NULL stands for the defaults. `threads` never changes the result; `engine` can change
/// which of several greatest assignments it is.
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
    /// The engine to use, one of the NEEDMATCH_ENGINE_ numbers; 0 means the fastest that is exact. One that cannot give
    /// the exact answer is a fault of the input. needmatch_solve takes NEEDMATCH_ENGINE_FAST alone.
    pub engine: needmatch_engine,
}

/// What the struct says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) threads: Option<usize>,
    pub(crate) engine: Option<Engine>,
}

impl Given {
    /// The options of the core.
    pub(crate) fn with(self, control: Option<&Control>) -> Options<'_> {
        Options { threads: self.threads, engine: self.engine, control, ..Options::default() }
    }
}

/// The size of the struct in its first version.
const FIRST_SIZE: usize = 8;
const KNOWN_SIZE: usize = size_of::<needmatch_options>();
/// Larger than any version will be: what claims to be larger is garbage.
const LARGEST_SIZE: usize = 4096;
/// More threads than any machine has processors are a mistake.
const MOST_THREADS: u32 = 4096;

/// Reads options.
///
/// # Safety
///
/// `options` is NULL or points to as many readable bytes as its first four say; it need not be aligned.
pub(crate) unsafe fn read(options: *const needmatch_options) -> Result<Given, Failure> {
    if options.is_null() {
        return Ok(Given::default());
    }
    let bytes = options.cast::<u8>();
    // SAFETY: the first four bytes are readable as the caller promises.
    let struct_size = unsafe { bytes.cast::<u32>().read_unaligned() } as usize;
    if !(FIRST_SIZE..=LARGEST_SIZE).contains(&struct_size) {
        return Err(Failure::argument(NEEDMATCH_E_STRUCT_SIZE, "options"));
    }
    // SAFETY: as many bytes are readable as the struct says.
    let bytes = unsafe { std::slice::from_raw_parts(bytes, struct_size) };
    if bytes.iter().skip(KNOWN_SIZE).any(|&byte| byte != 0) {
        return Err(Failure::argument(NEEDMATCH_E_STRUCT_NEWER, "options"));
    }
    // A member that an older struct does not have is 0.
    let member = |offset: usize| {
        let mut number = [0; 4];
        bytes.iter().skip(offset).zip(&mut number).for_each(|(&byte, slot)| *slot = byte);
        u32::from_ne_bytes(number)
    };
    let threads = match member(offset_of!(needmatch_options, threads)) {
        0 => None,
        threads if threads <= MOST_THREADS => Some(threads as usize),
        _ => return Err(Failure::argument(NEEDMATCH_E_ARGUMENT, "options.threads")),
    };
    Ok(Given { threads, engine: engine::asked(member(offset_of!(needmatch_options, engine)))? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[u32]) -> Result<Option<usize>, u32> {
        given(words).map(|given| given.threads)
    }

    fn given(words: &[u32]) -> Result<Given, u32> {
        // SAFETY: each test gives as many bytes as its first word says, or a size that is refused.
        unsafe { super::read(words.as_ptr().cast()) }.map_err(|failure| failure.status())
    }

    #[test]
    fn the_first_version_had_a_size_and_a_number_of_threads() {
        assert_eq!(FIRST_SIZE, offset_of!(needmatch_options, engine));
    }

    #[test]
    fn an_engine_is_read_from_the_second_version_on() {
        assert_eq!(given(&[8, 2, 2]), Ok(Given { threads: Some(2), engine: None }));
        assert_eq!(given(&[12, 0, 2]), Ok(Given { threads: None, engine: Some(Engine::General) }));
        assert_eq!(given(&[12, 0, 9]), Err(NEEDMATCH_E_ARGUMENT));
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
        assert_eq!(unsafe { super::read(bytes.as_ptr().add(1).cast()) }.ok().and_then(|given| given.threads), Some(3));
    }

    #[test]
    fn thread_numbers_of_no_machine_are_refused() {
        assert_eq!(read(&[8, 0]), Ok(None));
        assert_eq!(read(&[8, 4096]), Ok(Some(4096)));
        assert_eq!(read(&[8, 4097]), Err(NEEDMATCH_E_ARGUMENT));
    }
}
