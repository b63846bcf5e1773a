//! How to run: what never changes an answer.

use crate::control::Control;

/// How a run is carried out. No option changes the result.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// How many threads to use; `None` means one for each processor. The result is the same for every number.
    pub threads: Option<usize>,
    /// Watches and stops the run from another thread.
    pub control: Option<&'a Control>,
}
