//! Every way to fail, each with its stable number.
//!
//! Three channels never mix: bad input is an [`InputError`] that lists all [`Fault`]s of a batch; a run that could
//! not be carried through is another [`Error`]; a bug of ours is a panic.
//! A need that nobody can serve is none of these: it is listed as unmatched, with its reason.
//!
//! A fault says where (table, row, column) and what would be right.
//! It never carries the value found: the value may describe a person.

mod fault;
mod faults;

use std::fmt;

use crate::decision::DecisionFault;
pub use fault::{Expected, Fault, FaultCode, Language, TableName};
pub(crate) use faults::Faults;

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

    /// All listed faults in one language, each on a line of its own.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        if self.n_faults == 1 {
            return self.faults[0].message(language);
        }
        let mut text = match language {
            Language::English => format!("{} faults in the input", self.n_faults),
            Language::Chinese => format!("输入数据有 {} 处错误", self.n_faults),
        };
        for fault in &self.faults {
            text += "\n  ";
            text += &fault.message(language);
        }
        let hidden = self.n_faults - self.faults.len();
        if hidden > 0 {
            text += &match language {
                Language::English => format!("\n  and {hidden} more"),
                Language::Chinese => format!("\n  另有 {hidden} 处"),
            };
        }
        text
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
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
    /// A decision file or a log is refused.
    #[error("the decision is refused: {0}")]
    Decision(#[from] DecisionFault),
}

impl Error {
    /// The whole message in one language.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        match (self, language) {
            (Self::Input(error), language) => error.message(language),
            (_, Language::English) => self.to_string(),
            (Self::Limit { limit, needed, allowed }, Language::Chinese) => {
                let Limit::MemoryBytes = limit;
                format!("工作内存需要 {needed} 字节，超过上限 {allowed} 字节")
            }
            (Self::Cancelled, Language::Chinese) => "已取消".to_owned(),
            (Self::InternalCheck { check }, Language::Chinese) => {
                format!("内部校验未通过：{check}（needmatch 的程序错误，请报告）")
            }
            (Self::Threads { threads }, Language::Chinese) => format!("无法启动 {threads} 个线程"),
            (Self::Decision(fault), Language::Chinese) => format!("决定文件未通过：{}", fault.message(language)),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_speaks_both_languages() {
        let fault = Fault::in_table(TableName::Needs, FaultCode::TooManyRows, "");
        let errors = [
            Error::from(InputError::from(fault)),
            Error::Limit { limit: Limit::MemoryBytes, needed: 200, allowed: 100 },
            Error::Cancelled,
            Error::InternalCheck { check: "total".to_owned() },
            Error::Threads { threads: 8 },
            Error::Decision(DecisionFault::WrongDigest),
        ];
        for error in errors {
            assert_eq!(error.message(Language::English), error.to_string());
            assert!(!error.message(Language::Chinese).is_ascii(), "{error}");
        }
    }

    #[test]
    fn a_long_list_of_faults_is_cut_but_counted() {
        let fault = |row| Fault::in_cell(TableName::Needs, row, "risk", FaultCode::UnknownCode, "");
        let error = InputError::new((0..MAX_LISTED_FAULTS + 7).map(fault).collect());
        assert!(error.message(Language::English).ends_with("and 7 more"));
        assert!(error.message(Language::Chinese).ends_with("另有 7 处"));
        assert_eq!(error.message(Language::English).lines().count(), MAX_LISTED_FAULTS + 2);
    }
}
