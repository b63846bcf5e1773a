//! Are the numbers of the summary what a recount gives, as far as the file tells?

use super::Rows;
use super::head::Head;
use crate::decision::DecisionFault;
use crate::decision::form::{Coverage, File};

/// The reasons in the order in which they are counted.
const REASONS: [&str; 10] = [
    "no_candidate",
    "quota_full",
    "no_open_place",
    "no_gain",
    "undecided",
    "human_only",
    "refer_medical",
    "law_enforcement",
    "immediate",
    "out_of_scope",
];

pub(super) fn check(
    file: &File,
    head: &Head<'_>,
    rows: &Rows<'_>,
    served_at: &[Option<usize>],
) -> Result<(), DecisionFault> {
    let (result, summary) = (&file.result, &file.result.summary);
    let served = result.assignments.len() as u64;
    let score: i64 = result.assignments.iter().map(|row| row.score).sum();
    let candidates = rows.node.len() as u64;
    let reasons = REASONS.iter().filter_map(|&reason| {
        let needs = result.unmatched.iter().filter(|row| *row.reason == *reason).count() as u64;
        (needs > 0).then_some((reason, needs))
    });
    let by_tier = summary.by_tier.iter().map(|row| (&*row.key, row.needs, row.served));
    let facts = [
        ("needs", summary.needs == rows.n_needs() as u64),
        ("served", summary.served == served),
        ("pinned", summary.pinned == if head.is_decided { file.network.needs.pinned.len() as u64 } else { 0 }),
        ("candidates", head.agrees(summary.candidates, candidates)),
        ("mean_score", summary.mean_score == score.checked_div(served as i64).unwrap_or(0)),
        ("by_tier", by_tier.eq(tiers(file, served_at))),
        ("by_domain", adds_up(&summary.by_domain, summary.needs, served)),
        ("by_county", adds_up(&summary.by_county, summary.needs, served)),
        ("by_county", summary.by_county.iter().all(|row| is_county(&row.key))),
        ("by_urban_rural_class", adds_up(&summary.by_urban_rural_class, summary.needs, served)),
        ("unmatched", reasons.eq(summary.unmatched.iter().map(|row| (&*row.reason, row.needs)))),
    ];
    match facts.into_iter().find(|&(_, holds)| !holds) {
        Some((field, _)) => Err(DecisionFault::wrong(format!("result.summary.{field}"))),
        None => Ok(()),
    }
}

/// Each tier that occurs, with its needs and those of them that are served.
fn tiers(file: &File, served_at: &[Option<usize>]) -> Vec<(&'static str, u64, u64)> {
    let mut counts = vec![("1", 0, 0), ("2", 0, 0), ("3", 0, 0), ("4", 0, 0)];
    for (&tier, served_at) in file.network.needs.tier.iter().zip(served_at) {
        let (_, needs, served) = &mut counts[tier as usize - 1];
        *needs += 1;
        *served += u64::from(served_at.is_some());
    }
    counts.retain(|&(_, needs, _)| needs > 0);
    counts
}

/// Are all needs and all served needs counted once, each key once?
fn adds_up(rows: &[Coverage], needs: u64, served: u64) -> bool {
    let sum = |of: fn(&Coverage) -> u64| rows.iter().try_fold(0u64, |sum, row| sum.checked_add(of(row)));
    let is_possible = |row: &Coverage| row.needs > 0 && row.served <= row.needs;
    let is_new = |(k, row): (usize, &Coverage)| rows[..k].iter().all(|other| other.key != row.key);
    rows.iter().all(is_possible)
        && rows.iter().enumerate().all(is_new)
        && sum(|row| row.needs) == Some(needs)
        && sum(|row| row.served) == Some(served)
}

fn is_county(key: &str) -> bool {
    key.len() == 12 && key.ends_with("000000") && key.bytes().all(|byte| byte.is_ascii_digit())
}
