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
    /// In the caller's table, where it is a row of one.
    row: Option<usize>,
    id: Cow<'a, str>,
    household: Option<&'a str>,
    needs: u64,
}

/// Which set of a matching.
type SetOf = fn(&Matching) -> Option<&Unmet>;

pub(super) fn columns(set: SetOf) -> Vec<Column> {
    vec![
        text("kind", move |m, row| Some(rows(m, set).nth(row)?.kind.into())),
        text("level", move |m, row| Some(rows(m, set).nth(row)?.level.into())),
        int("row", move |m, row| whole(rows(m, set).nth(row)?.row?)),
        text("id", move |m, row| Some(rows(m, set).nth(row)?.id)),
        text("household_id", move |m, row| Some(rows(m, set).nth(row)?.household?.into())),
        int("needs", move |m, row| whole(rows(m, set).nth(row)?.needs)),
    ]
}

pub(super) fn n_rows(matching: &Matching, set: SetOf) -> usize {
    rows(matching, set).count()
}

fn rows(matching: &Matching, set: SetOf) -> impl Iterator<Item = Row<'_>> {
    let of = move |kind: &'static str, limits: fn(&Unmet) -> &[Limit]| {
        let listed = set(matching).into_iter().flat_map(limits);
        listed.filter_map(move |limit| {
            let (level, row, id, household) = match limit.of {
                Limited::Node(node) => {
                    (node.level().code(), Some(row_of(matching, node)), matching.node_id(node).into(), None)
                }
                Limited::Quota(quota, household) => {
                    let row = matching.problem().row_of_quota(quota);
                    ("quota", Some(row), matching.quota_id(quota).into(), household)
                }
                Limited::Kind(kind) => ("kind", None, kind.to_string().into(), None),
                _ => return None,
            };
            let household = household.map(|need| matching.household_id(need));
            Some(Row { kind, level, row, id, household, needs: limit.needs })
        })
    };
    let needs = set(matching).into_iter().flat_map(|unmet| &unmet.needs).map(|&need| {
        let (row, id) = (Some(matching.problem().row_of_need(need)), matching.need_id(need).into());
        Row { kind: "need", level: "need", row, id, household: None, needs: 1 }
    });
    of("floor", |unmet| &unmet.floors).chain(of("cap", |unmet| &unmet.caps)).chain(needs)
}
