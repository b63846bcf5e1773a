//! The log of runs: an append-only chain of records, one for each decision file.
//!
//! Each line is a record in canonical JSON, which holds the hash of the record before it and ends with its own. So no byte
//! and no record can be changed, left out, exchanged or put in without breaking the chain, except at its end: whoever
//! cuts the last records off, or writes all of them anew, is found out only by the head that somebody noted elsewhere.

mod hash;
mod record;
mod report;

pub use hash::LogHash;
pub use record::LogRecord;
pub use report::Repeat;

use crate::decision::{Decision, DecisionFault};
use record::Line;

/// A log of runs. The library stores nothing: the caller keeps the lines and appends each new one.
///
/// # Examples
///
/// ```
/// # use needmatch::{Options, Policy, Problem, Table, Tables, solve};
/// # let empty = |names: &[&str]| names.iter().fold(Table::new(), |table, &name| table.with_texts(name, []));
/// # let tables = Tables {
/// #     communities: empty(&["community"]),
/// #     organizations: empty(&["organization_id", "capacity_max"]),
/// #     workers: empty(&["worker_id", "organization_id", "domains", "caseload_max"]),
/// #     needs: empty(&["need_id", "community", "domain", "risk"]),
/// #     ..Tables::default()
/// # };
/// use needmatch::{Language, Log, LogHash};
///
/// let run = |seed: &str| -> Result<Vec<u8>, needmatch::Error> {
///     let policy = Policy::from_toml(&format!("seed = \"{seed}\""))?;
///     solve(&Problem::new(&tables, policy)?, &Options::default())?.to_decision()
/// };
/// let mut log = Log::new(LogHash::Sm3);
/// let mut stored = log.append(&run("2026-Q1")?, "2026-04-01T08:30")?;
/// stored += &log.append(&run("2026-Q1-again")?, "2026-04-01T08:41")?;
///
/// let log = Log::check(stored.as_bytes(), Some(log.head()))?;
/// assert_eq!(log.report(Language::English), "record 1 repeats record 0: the same tables with another seed\n");
/// # Ok::<(), needmatch::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    hash: LogHash,
    records: Vec<LogRecord>,
}

impl Log {
    /// A log without records.
    #[must_use]
    pub fn new(hash: LogHash) -> Self {
        Self { hash, records: Vec::new() }
    }

    /// Reads a log and checks every record and the chain that joins them. The head, if somebody noted it elsewhere, is the
    /// only proof that nothing is missing at the end. Without records the hash is SHA-256.
    ///
    /// # Errors
    ///
    /// [`DecisionFault`] with the first record that is not canonical or does not follow from the one before it, or
    /// [`DecisionFault::OtherHead`].
    ///
    /// # Complexity
    ///
    /// Linear in the bytes.
    pub fn check(bytes: &[u8], head: Option<&str>) -> Result<Self, DecisionFault> {
        let mut log = Self::new(LogHash::default());
        let mut start = 0;
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            let (hash, record) =
                record::read(line).map_err(|byte| DecisionFault::NotCanonical { byte: start + byte })?;
            if log.records.is_empty() {
                log.hash = hash;
            }
            let number = log.records.len();
            if hash != log.hash || record.sequence != number as u64 || record.previous != log.head() {
                return Err(DecisionFault::BrokenChain { record: number });
            }
            log.records.push(record);
            start += line.len();
        }
        match head {
            Some(head) if head != log.head() => Err(DecisionFault::OtherHead),
            _ => Ok(log),
        }
    }

    /// Appends a record of a decision file and gives its line, to be put at the end of what is stored.
    ///
    /// The label is the caller's, such as the time of the run: up to 64 of the characters `0-9 A-Z a-z _ . : + -`.
    ///
    /// # Errors
    ///
    /// [`DecisionFault`] if the file is none, or [`DecisionFault::Wrong`] at `label`; nothing is appended.
    pub fn append(&mut self, decision: &[u8], label: &str) -> Result<String, DecisionFault> {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_.:+-".contains(&byte);
        if label.len() > 64 || !label.bytes().all(is_allowed) {
            return Err(DecisionFault::wrong("label"));
        }
        let line = Line {
            sequence: self.records.len() as u64,
            hash: self.hash,
            previous: self.head(),
            file: decision,
            decision: &Decision::parse(decision)?,
            label,
        };
        let (text, record) = line.write();
        self.records.push(record);
        Ok(text)
    }

    /// The hash that joins the records.
    #[must_use]
    pub fn hash(&self) -> LogHash {
        self.hash
    }

    /// The records from the first to the last.
    #[must_use]
    pub fn records(&self) -> &[LogRecord] {
        &self.records
    }

    /// The hash of the last record, zeros without one. Whoever notes it elsewhere can tell later that nothing is missing.
    #[must_use]
    pub fn head(&self) -> &str {
        self.records.last().map_or(record::NOTHING, |record| &record.chain)
    }
}

#[cfg(test)]
mod tests;
