//! Progress, cancellation and limits of a run, polled by whoever watches it; nothing is ever called back.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use crate::error::{Error, Limit};

/// Watches and stops a run from any thread.
///
/// A run reads and writes only these atomics, so polling costs it nothing that could change its answer.
///
/// # Examples
///
/// ```
/// let control = needmatch::Control::new();
/// control.cancel();
/// let network = needmatch::Network::new(&[0, 1], &[0], &[5i64], &[1]).unwrap();
/// let options = needmatch::Options { control: Some(&control), ..Default::default() };
/// assert_eq!(needmatch::assign(&network, &options).unwrap_err(), needmatch::Error::Cancelled);
/// ```
#[derive(Debug, Default)]
pub struct Control {
    cancelled: AtomicBool,
    stage: AtomicU32,
    done: AtomicU64,
    total: AtomicU64,
    memory_budget: AtomicU64,
    work_limit: AtomicU64,
    /// For tests: cancels when it was asked so many times.
    #[cfg(test)]
    asked: AtomicU64,
}

/// The step a run is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(u32)]
pub enum Stage {
    /// Not started.
    #[default]
    Idle = 0,
    /// Finding and scoring candidates.
    Candidates = 1,
    /// Pricing the places by auction.
    Auction = 2,
    /// Repairing the prices to an exact optimum.
    Repair = 3,
    /// Checking the result.
    Verify = 4,
    /// Finished.
    Done = 5,
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The current step.
    pub stage: Stage,
    /// Units of the step that are done.
    pub done: u64,
    /// Units of the step in all; 0 where unknown.
    pub total: u64,
}

impl Control {
    /// A control that stops nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks the run to stop as soon as it can; it then returns [`Error::Cancelled`] and changes nothing.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether [`cancel`](Self::cancel) was called.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        #[cfg(test)]
        if self.asked.load(Ordering::Relaxed) > 0 && self.asked.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.cancel();
        }
        self.cancelled.load(Ordering::Relaxed)
    }

    /// The same as [`is_cancelled`](Self::is_cancelled), without asking.
    #[cfg(test)]
    pub(crate) fn was_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Cancels when the run asks for the n-th time.
    #[cfg(test)]
    pub(crate) fn cancel_when_asked(&self, n: u64) {
        self.asked.store(n, Ordering::Relaxed);
    }

    /// Limits the working memory of a run to so many bytes, beyond its input; 0 means no limit.
    pub fn set_memory_budget(&self, bytes: u64) {
        self.memory_budget.store(bytes, Ordering::Relaxed);
    }

    /// Limits the work of [`assign`](crate::assign) to about so many units, bids of needs and nodes reached by searches; 0
    /// means no limit.
    ///
    /// A run that comes to the limit returns the best assignment that it has, with a bound on all others
    /// ([`Assigned::is_proven`](crate::Assigned::is_proven)), the same whatever the machine and the number of threads. Passes
    /// over all edges, of which a run makes some dozens, are not counted, so a run with little left still takes a fraction
    /// of its usual time. The general engine has no answer before its end and heeds no such limit; nor does
    /// [`solve`](crate::solve), which gives people the best matching or none.
    pub fn set_work_limit(&self, units: u64) {
        self.work_limit.store(units, Ordering::Relaxed);
    }

    /// The limit of the work, if there is one.
    pub(crate) fn work_limit(&self) -> Option<u64> {
        Some(self.work_limit.load(Ordering::Relaxed)).filter(|&units| units > 0)
    }

    /// How far the run has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        Progress {
            stage: match self.stage.load(Ordering::Relaxed) {
                1 => Stage::Candidates,
                2 => Stage::Auction,
                3 => Stage::Repair,
                4 => Stage::Verify,
                5 => Stage::Done,
                _ => Stage::Idle,
            },
            done: self.done.load(Ordering::Relaxed),
            total: self.total.load(Ordering::Relaxed),
        }
    }

    /// Enters a step of so many units.
    pub(crate) fn enter(&self, stage: Stage, total: u64) -> Result<(), Error> {
        self.stage.store(stage as u32, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        self.check()
    }

    /// Counts units as done.
    pub(crate) fn advance(&self, units: u64) -> Result<(), Error> {
        self.done.fetch_add(units, Ordering::Relaxed);
        self.check()
    }

    /// Fails if the run was cancelled.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.is_cancelled() { Err(Error::Cancelled) } else { Ok(()) }
    }

    /// Fails if the memory budget does not allow so many bytes.
    pub(crate) fn reserve(&self, bytes: u64) -> Result<(), Error> {
        let allowed = self.memory_budget.load(Ordering::Relaxed);
        if allowed != 0 && bytes > allowed {
            return Err(Error::Limit { limit: Limit::MemoryBytes, needed: bytes, allowed });
        }
        Ok(())
    }
}
