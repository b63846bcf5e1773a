//! Are the numbers of the summary what a recount gives?

use std::collections::BTreeMap;

use super::{Extent, Violation};
use crate::matching::{Coverage, Outcome};
use crate::model::{Community, Problem};
use crate::score::ScoredCandidates;

/// Checks the summary. `row_of` holds the row of each need's assignment.
pub(super) fn check(
    problem: &Problem,
    scored: &ScoredCandidates,
    outcome: &Outcome,
    row_of: &[Option<usize>],
    extent: Extent,
) -> Result<(), Violation> {
    let summary = &outcome.summary;
    let equal = |field, left: i128, right: i128| {
        if left == right { Ok(()) } else { Err(Violation::Summary { field }) }
    };
    let is_pinned = |row: &Option<usize>| row.is_some_and(|row| outcome.assignments[row].pinned);
    let pins = row_of.iter().filter(|row| is_pinned(row)).count();
    equal("needs", summary.needs.into(), row_of.len() as i128)?;
    equal("served", summary.served.into(), row_of.iter().flatten().count() as i128)?;
    equal("pinned", summary.pinned.into(), pins as i128)?;
    if !extent.agrees(summary.candidates, scored.candidates.provider.len() as u64) {
        return Err(Violation::Summary { field: "candidates" });
    }
    let score: i128 = outcome.assignments.iter().map(|assignment| i128::from(assignment.score)).sum();
    let served = outcome.assignments.len() as i128;
    equal("mean_score", summary.mean_score.into(), score.checked_div(served).unwrap_or(0))?;

    let needs = problem.needs();
    let community = |need: usize| &problem.communities()[needs[need].community.index()];
    let number_of_tier = |tier: crate::matching::Tier| tier.number();
    let tiers = recount(row_of, |need| 4 - needs[need].risk as u8);
    compare("by_tier", &summary.by_tier, tiers, number_of_tier)?;
    compare("by_domain", &summary.by_domain, recount(row_of, |need| needs[need].domain as u8), |domain| domain as u8)?;
    // The first six digits name the county.
    let county_of = |community: &Community| community.code.to_string()[..6].to_owned() + "000000";
    let county_of: Vec<String> = problem.communities().iter().map(county_of).collect();
    let counties = recount(row_of, |need| &*county_of[needs[need].community.index()]);
    let counties = counties.into_iter().map(|(county, counts)| (county.to_owned(), counts)).collect();
    compare("by_county", &summary.by_county, counties, |county| county.to_string())?;
    // Unknown comes last.
    let class_number = |class: Option<crate::model::codes::UrbanRuralClass>| class.map_or(u8::MAX, |class| class as u8);
    let classes = recount(row_of, |need| class_number(community(need).urban_rural_class));
    compare("by_urban_rural_class", &summary.by_urban_rural_class, classes, class_number)?;

    let mut reasons = Vec::new();
    for code in crate::matching::UnmatchedReason::CODES {
        let n = outcome.unmatched.iter().filter(|unmatched| unmatched.reason.code() == code).count();
        if n > 0 {
            reasons.push((code, n as u64));
        }
    }
    let listed = summary.unmatched.iter().map(|count| (count.reason, count.needs));
    if listed.eq(reasons) { Ok(()) } else { Err(Violation::Summary { field: "unmatched" }) }
}

/// Needs and served needs by a key.
fn recount<K: Ord>(row_of: &[Option<usize>], key: impl Fn(usize) -> K) -> BTreeMap<K, (u64, u64)> {
    let mut counts: BTreeMap<K, (u64, u64)> = BTreeMap::new();
    for (need, row) in row_of.iter().enumerate() {
        let count = counts.entry(key(need)).or_default();
        count.0 += 1;
        if row.is_some() {
            count.1 += 1;
        }
    }
    counts
}

fn compare<K: Copy, N: Ord>(
    field: &'static str,
    listed: &[Coverage<K>],
    counted: BTreeMap<N, (u64, u64)>,
    key: impl Fn(K) -> N,
) -> Result<(), Violation> {
    let listed = listed.iter().map(|row| (key(row.key), (row.needs, row.served)));
    if listed.eq(counted) { Ok(()) } else { Err(Violation::Summary { field }) }
}
