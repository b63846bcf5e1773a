//! One record and its line.

use serde::{Deserialize, Serialize};

use super::LogHash;
use crate::decision::Decision;

/// What the first record has before it, and the head of a log without records.
pub(super) const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// What stands between the bytes that the hash of a record covers and the hash.
const CHAIN_KEY: &str = ",\"chain\":\"";
/// Longest line; every field is bounded.
const MAX_LINE: usize = 1024;

/// One run. All hashes are 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LogRecord {
    /// Its number, counted from 0.
    pub sequence: u64,
    /// The hash of the record before it.
    pub previous: String,
    /// The log's hash of the whole decision file.
    pub decision: String,
    /// The decision's input digest.
    pub input: String,
    /// The decision's digest of the tables alone.
    pub tables: String,
    /// The decision's digest of the policy.
    pub policy: String,
    /// The log's hash of the policy's text without the line of its seed.
    pub policy_but_seed: String,
    /// The seed of the lottery.
    pub seed: String,
    /// What the caller said of the run.
    pub label: String,
    /// The log's hash of all this.
    pub chain: String,
}

/// The form of a line, with its keys in their order.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    sequence: u64,
    hash: LogHash,
    previous: String,
    decision: String,
    input: String,
    tables: String,
    policy: String,
    policy_but_seed: String,
    seed: String,
    label: String,
    chain: String,
}

/// What a new record is made of.
pub(super) struct Line<'a> {
    pub(super) sequence: u64,
    pub(super) hash: LogHash,
    pub(super) previous: &'a str,
    pub(super) file: &'a [u8],
    pub(super) decision: &'a Decision,
    pub(super) label: &'a str,
}

impl Line<'_> {
    /// The line with its end, and the record.
    pub(super) fn write(&self) -> (String, LogRecord) {
        let mut form = Form {
            sequence: self.sequence,
            hash: self.hash,
            previous: self.previous.to_owned(),
            decision: self.hash.of(self.file),
            input: self.decision.input_digest().to_owned(),
            tables: self.decision.tables_digest().to_owned(),
            policy: self.decision.policy_digest().to_owned(),
            policy_but_seed: self.hash.of(without_seed(self.decision.policy_text()).as_bytes()),
            seed: self.decision.seed().to_owned(),
            label: self.label.to_owned(),
            chain: String::new(),
        };
        form.chain = self.hash.of(covered(&text(&form)).as_bytes());
        (text(&form) + "\n", form.into())
    }
}

/// Reads a line that is the one that would be written for what it says; else the byte where it is not.
pub(super) fn read(line: &[u8]) -> Result<(LogHash, LogRecord), usize> {
    if line.len() > MAX_LINE {
        return Err(MAX_LINE);
    }
    let form: Form = serde_json::from_slice(line).map_err(|error| error.column().saturating_sub(1))?;
    let again = text(&form) + "\n";
    if again.as_bytes() != line {
        return Err(again.bytes().zip(line).take_while(|&(a, &b)| a == b).count());
    }
    let covered = covered(&again);
    if form.chain != form.hash.of(covered.as_bytes()) {
        return Err(covered.len());
    }
    Ok((form.hash, form.into()))
}

fn text(form: &Form) -> String {
    serde_json::to_string(form).expect("no field of a record is refused by JSON")
}

/// The part of a line before the hash of it, which is its last key; no other field can hold a quote.
fn covered(line: &str) -> &str {
    line.rfind(CHAIN_KEY).map_or(line, |end| &line[..end])
}

/// The text of a policy without the line of its seed, which stands before the first section.
fn without_seed(policy: &str) -> String {
    let head = policy.find("\n[").unwrap_or(policy.len());
    let (head, rest) = policy.split_at(head);
    head.split_inclusive('\n').filter(|line| !line.starts_with("seed = ")).collect::<String>() + rest
}

impl From<Form> for LogRecord {
    fn from(form: Form) -> Self {
        let Form { sequence, previous, decision, input, tables, policy, policy_but_seed, seed, label, chain, .. } =
            form;
        Self { sequence, previous, decision, input, tables, policy, policy_but_seed, seed, label, chain }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_seed_is_left_out() {
        let policy = "format = 1\nseed = \"a\"\nobjective = \"score\"\n\n[rules]\nseed = true\n";
        let rest = "format = 1\nobjective = \"score\"\n\n[rules]\nseed = true\n";
        assert_eq!(without_seed(policy), rest);
    }
}
