//! Every way to fail, each with its stable number.
//!
//! Three channels never mix: bad input is an [`InputError`] that lists all [`Fault`]s of a batch; a run that could
//! not be carried through is another [`Error`]; a bug of ours is a panic.
//! A need that nobody can serve is none of these: it is listed as unmatched, with its reason.
//!
//! A fault says where (table, row, column) and what would be right.
//! It never carries the value found: the value may describe a person.

mod fault;

use std::fmt;

pub use fault::{Expected, Fault, FaultCode, Language, TableName};

/// Most faults that one [`InputError`] lists; the total is always counted.
pub const MAX_LISTED_FAULTS: usize = 100;

/// All faults of one batch of input, found before any solving starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputError {
    faults: Vec<Fault>,
    n_faults: usize,
}

impl InputError {
    /// Sorts the faults by table, row and column, and keeps the first [`MAX_LISTED_FAULTS`].
    ///
    /// # Panics
    ///
    /// Panics on an empty list: an error without a fault would be a bug of the caller, which is this crate.
    #[must_use]
    pub fn new(mut faults: Vec<Fault>) -> Self {
        assert!(!faults.is_empty(), "an input error lists at least one fault");
        faults.sort();
        faults.dedup();
        let n_faults = faults.len();
        faults.truncate(MAX_LISTED_FAULTS);
        Self { faults, n_faults }
    }

    /// The faults, sorted by table, row and column; at most [`MAX_LISTED_FAULTS`].
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// How many faults there are in all, listed or not.
    #[must_use]
    pub fn n_faults(&self) -> usize {
        self.n_faults
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.n_faults == 1 {
            return write!(f, "{}", self.faults[0]);
        }
        write!(f, "{} faults in the input", self.n_faults)?;
        for fault in &self.faults {
            write!(f, "\n  {fault}")?;
        }
        let hidden = self.n_faults - self.faults.len();
        if hidden > 0 {
            write!(f, "\n  and {hidden} more")?;
        }
        Ok(())
    }
}

impl std::error::Error for InputError {}

impl From<Fault> for InputError {
    fn from(fault: Fault) -> Self {
        Self::new(vec![fault])
    }
}

/// Why a run gave no matching.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input is wrong; nothing was solved.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The run would need more than a limit allows; found before the memory is taken.
    #[error("{limit} would be {needed}, more than the limit of {allowed}")]
    Limit {
        /// The limit that is exceeded.
        limit: Limit,
        /// What the run would need.
        needed: u64,
        /// What is allowed.
        allowed: u64,
    },
    /// Somebody called [`Control::cancel`](crate::Control::cancel); nothing was changed.
    #[error("cancelled")]
    Cancelled,
    /// The independent checker rejected the result, so none is given. This is a bug of needmatch: please report it.
    #[error("internal check failed: {check} (a bug of needmatch, please report it)")]
    InternalCheck {
        /// The check that failed; names positions only, never values.
        check: String,
    },
    /// The operating system refused to start the threads that were asked for.
    #[error("cannot start {threads} threads")]
    Threads {
        /// How many threads were asked for.
        threads: usize,
    },
}

/// A quantity that a caller may limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Limit {
    /// Bytes of working memory ([`Control::set_memory_budget`](crate::Control::set_memory_budget)).
    MemoryBytes,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MemoryBytes => f.write_str("working memory in bytes"),
        }
    }
}
