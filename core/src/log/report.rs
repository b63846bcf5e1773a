//! Runs of the same tables, made visible: whoever repeats a lottery until it pleases is seen.

use std::collections::HashMap;
use std::fmt::Write;

use super::Log;
use crate::error::Language;

/// A run of tables that were run before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Repeat {
    /// The record.
    pub record: usize,
    /// The first record of the same tables.
    pub first: usize,
    /// The seed is another.
    pub other_seed: bool,
    /// The policy is another in more than its seed.
    pub other_policy: bool,
    /// What was decided is another, if by no more than its digest.
    pub other_decision: bool,
}

impl Log {
    /// Every run of tables that were run before, compared with the first run of them.
    #[must_use]
    pub fn repeats(&self) -> Vec<Repeat> {
        let mut first_of: HashMap<&str, usize> = HashMap::new();
        let mut repeats = Vec::new();
        for (number, record) in self.records().iter().enumerate() {
            let first = *first_of.entry(&record.tables).or_insert(number);
            if first < number {
                let before = &self.records()[first];
                repeats.push(Repeat {
                    record: number,
                    first,
                    other_seed: record.seed != before.seed,
                    other_policy: record.policy_but_seed != before.policy_but_seed,
                    other_decision: record.decision != before.decision,
                });
            }
        }
        repeats
    }

    /// The repeats in words, one on each line.
    #[must_use]
    pub fn report(&self, language: Language) -> String {
        let mut text = String::new();
        for repeat in self.repeats() {
            let Repeat { record, first, .. } = repeat;
            let with = repeat.words(language);
            let written = match language {
                Language::English => writeln!(text, "record {record} repeats record {first}: the same tables {with}"),
                Language::Chinese => writeln!(text, "第 {record} 条重复第 {first} 条：数据表相同，{with}"),
            };
            written.expect("a string takes every text");
        }
        text
    }
}

impl Repeat {
    fn words(self, language: Language) -> &'static str {
        let (english, chinese) = match (self.other_seed, self.other_policy, self.other_decision) {
            (true, false, _) => ("with another seed", "抽签种子不同"),
            (false, true, _) => ("with another policy", "政策不同"),
            (true, true, _) => ("with another seed and another policy", "抽签种子和政策均不同"),
            (false, false, false) => ("with the same outcome", "结果相同"),
            (false, false, true) => ("and policy, but another outcome", "政策也相同，但结果不同"),
        };
        match language {
            Language::English => english,
            Language::Chinese => chinese,
        }
    }
}
