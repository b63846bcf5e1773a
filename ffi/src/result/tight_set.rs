//! What proves that floors cannot be met.

use std::borrow::Cow;

use needmatch::Matching;
use needmatch::matching::{Limit, Limited, Unmet};

use super::capacity::row_of;
use super::{Column, int, text, whole};

/// One row, whatever its kind.
struct Row<'a> {
    kind: &'static str,
    level: &'static str,
    row: usize,
    id: Cow<'a, str>,
    household: Option<&'a str>,
    needs: u64,
}

pub(super) fn columns() -> Vec<Column> {
    vec![
        text("kind", |m, row| Some(rows(m).nth(row)?.kind.into())),
        text("level", |m, row| Some(rows(m).nth(row)?.level.into())),
        int("row", |m, row| whole(rows(m).nth(row)?.row)),
        text("id", |m, row| Some(rows(m).nth(row)?.id)),
        text("household_id", |m, row| Some(rows(m).nth(row)?.household?.into())),
        int("needs", |m, row| whole(rows(m).nth(row)?.needs)),
    ]
}

pub(super) fn n_rows(matching: &Matching) -> usize {
    rows(matching).count()
}

fn rows(matching: &Matching) -> impl Iterator<Item = Row<'_>> {
    let of = |kind: &'static str, limits: fn(&Unmet) -> &[Limit]| {
        let listed = matching.unmet().into_iter().flat_map(limits);
        listed.filter_map(move |limit| {
            let (level, row, id, household) = match limit.of {
                Limited::Node(node) => (node.level().code(), row_of(matching, node), matching.node_id(node), None),
                Limited::Quota(quota, household) => {
                    ("quota", matching.problem().row_of_quota(quota), matching.quota_id(quota), household)
                }
                _ => return None,
            };
            let household = household.map(|need| matching.household_id(need));
            Some(Row { kind, level, row, id: id.into(), household, needs: limit.needs })
        })
    };
    let needs = matching.unmet().into_iter().flat_map(|unmet| &unmet.needs).map(|&need| {
        let (row, id) = (matching.problem().row_of_need(need), matching.need_id(need).into());
        Row { kind: "need", level: "need", row, id, household: None, needs: 1 }
    });
    of("floor", |unmet| &unmet.floors).chain(of("cap", |unmet| &unmet.caps)).chain(needs)
}
