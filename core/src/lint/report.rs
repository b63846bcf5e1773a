//! Findings as a table.

use super::finding::Finding;
use crate::error::Language::{Chinese, English};
use crate::explain::{Report, ints, owned, texts};
use crate::table::Table;

/// Findings as a table of one row for each: `lint`, `severity`, `key`, `id`, `found`, `of`, and the sentences.
#[must_use]
pub fn report(findings: &[Finding]) -> Report {
    let number = |of: fn(&Finding) -> Option<u64>| {
        ints(findings.iter().map(move |own| Some(i64::try_from(of(own)?).unwrap_or(i64::MAX))))
    };
    let mut facts = Table::new();
    facts.push("lint", texts(findings.iter().map(|own| Some(own.lint.code()))));
    facts.push("severity", texts(findings.iter().map(|own| Some(own.lint.severity().code()))));
    facts.push("key", texts(findings.iter().map(|own| Some(&*own.key))));
    facts.push("id", texts(findings.iter().map(|own| own.id.as_deref())));
    facts.push("found", number(|own| own.found));
    facts.push("of", number(|own| own.of));
    facts.push("text", owned(findings.iter().map(|own| Some(own.text(English)))));
    facts.push("text_zh", owned(findings.iter().map(|own| Some(own.text(Chinese)))));
    Report { facts, ..Report::default() }
}
