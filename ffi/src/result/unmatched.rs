//! The needs that are not served, and why.

use needmatch::Matching;
use needmatch::matching::{Alternative, FullPlaces, RuleCount, Unmatched, UnmatchedReason};
use needmatch::model::QuotaId;

use super::{Column, int, text, whole};

pub(super) fn columns() -> Vec<Column> {
    vec![
        int("need_row", |m, row| whole(m.problem().row_of_need(at(m, row)?.need))),
        text("need_id", |m, row| Some(m.need_id(at(m, row)?.need).into())),
        int("tier", |m, row| Some(at(m, row)?.tier.number().into())),
        text("reason", |m, row| Some(at(m, row)?.reason.code().into())),
        int("providers", |m, row| Some(no_candidate(m, row)?.0.into())),
        text("failed_rules", |m, row| Some(failed_rules(no_candidate(m, row)?.1).into())),
        int("full_workers", |m, row| Some(no_open_place(m, row)?.0.worker.into())),
        int("full_organizations", |m, row| Some(no_open_place(m, row)?.0.organization.into())),
        int("full_groups", |m, row| Some(no_open_place(m, row)?.0.group.into())),
        int("nearest_organization_row", |m, row| whole(m.problem().row_of_organization(nearest(m, row)?.organization))),
        text("nearest_organization_id", |m, row| Some(m.organization_id(nearest(m, row)?.organization).into())),
        int("nearest_worker_row", |m, row| whole(m.problem().row_of_worker(nearest(m, row)?.worker?))),
        text("nearest_worker_id", |m, row| Some(m.worker_id(nearest(m, row)?.worker?).into())),
        int("nearest_score", |m, row| Some(nearest(m, row)?.score.into())),
        text("nearest_full_at", |m, row| Some(nearest(m, row)?.full_at.code().into())),
        int("quota_row", |m, row| whole(m.problem().row_of_quota(quota_full(m, row)?.0))),
        text("quota_id", |m, row| Some(m.quota_id(quota_full(m, row)?.0).into())),
        int("open", |m, row| Some(quota_full(m, row)?.1.into())),
    ]
}

fn at(matching: &Matching, row: usize) -> Option<&Unmatched> {
    matching.unmatched().get(row)
}

/// How many providers were looked at, and the rules that they fail.
fn no_candidate(matching: &Matching, row: usize) -> Option<(u32, &[RuleCount])> {
    match &at(matching, row)?.reason {
        UnmatchedReason::NoCandidate { providers, failed } => Some((*providers, failed)),
        _ => None,
    }
}

fn no_open_place(matching: &Matching, row: usize) -> Option<(FullPlaces, Alternative)> {
    match &at(matching, row)?.reason {
        UnmatchedReason::NoOpenPlace { full, nearest } => Some((*full, *nearest)),
        _ => None,
    }
}

/// The quota that is full, and how many candidates have an open place.
fn quota_full(matching: &Matching, row: usize) -> Option<(QuotaId, u32)> {
    match &at(matching, row)?.reason {
        UnmatchedReason::QuotaFull { quota, open } => Some((*quota, *open)),
        _ => None,
    }
}

fn nearest(matching: &Matching, row: usize) -> Option<Alternative> {
    no_open_place(matching, row).map(|(_, nearest)| nearest)
}

/// `H01:3:1;H12:5:0`: the rule, how many providers fail it, and how many of these fail no other.
fn failed_rules(failed: &[RuleCount]) -> String {
    let part = |count: &RuleCount| format!("{}:{}:{}", count.rule.code(), count.providers, count.alone);
    failed.iter().map(part).collect::<Vec<String>>().join(";")
}
