//! How to run, and how far to go on among equally good answers.

use crate::control::Control;
use crate::engine::Engine;

/// How a run is carried out. Only [`ties`](Self::ties) and [`engine`](Self::engine) can change a result: which of several
/// greatest assignments it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// How many threads to use; `None` means one for each processor. The result is the same for every number.
    pub threads: Option<usize>,
    /// Watches and stops the run from another thread.
    pub control: Option<&'a Control>,
    /// Which of several greatest assignments [`assign`](crate::assign) gives. [`solve`](crate::solve) always keeps to
    /// the tie rule.
    pub ties: Ties,
    /// The engine to use; `None` means the fastest that is exact for the network. [`solve`](crate::solve) takes the fast
    /// engine alone, since only that keeps to the tie rule.
    pub engine: Option<Engine>,
}

/// Which of all greatest assignments, and of all prices that prove one, is the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ties {
    /// The one that the tie rule names, whatever engine and version finds it. Takes a fraction of the time of solving,
    /// or more than that where most scores are tied.
    #[default]
    Canonical,
    /// The one that this version happens to find first: the same for every run and every number of threads, but not for
    /// every version. For measurements, and where the total is all that matters.
    Any,
}
