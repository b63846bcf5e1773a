//! What proves that floors cannot be met, one set or several.

use std::borrow::Cow;

use needmatch::Matching;
use needmatch::matching::{Limit, Limited, Unmet};

use super::capacity::row_of;
use super::{Column, int, text, whole};

/// One row, whatever its kind.
struct Row<'a> {
    /// Which of the sets.
    set: usize,
    kind: &'static str,
    level: &'static str,
    /// In the caller's table, where it is a row of one.
    row: Option<usize>,
    id: Cow<'a, str>,
    household: Option<&'a str>,
    needs: u64,
}

/// Which sets of a matching.
type SetsOf = fn(&Matching) -> Vec<&Unmet>;

pub(super) fn columns(sets: SetsOf) -> Vec<Column> {
    vec![
        int("set", move |m, row| whole(rows(m, sets).nth(row)?.set)),
        text("kind", move |m, row| Some(rows(m, sets).nth(row)?.kind.into())),
        text("level", move |m, row| Some(rows(m, sets).nth(row)?.level.into())),
        int("row", move |m, row| whole(rows(m, sets).nth(row)?.row?)),
        text("id", move |m, row| Some(rows(m, sets).nth(row)?.id)),
        text("household_id", move |m, row| Some(rows(m, sets).nth(row)?.household?.into())),
        int("needs", move |m, row| whole(rows(m, sets).nth(row)?.needs)),
    ]
}

pub(super) fn n_rows(matching: &Matching, sets: SetsOf) -> usize {
    rows(matching, sets).count()
}

/// The only set of a matching whose floors cannot be met.
pub(super) fn unmet(matching: &Matching) -> Vec<&Unmet> {
    matching.unmet().into_iter().collect()
}

fn rows(matching: &Matching, sets: SetsOf) -> impl Iterator<Item = Row<'_>> {
    sets(matching).into_iter().enumerate().flat_map(move |(number, set)| rows_of(matching, number, set))
}

fn rows_of<'a>(matching: &'a Matching, number: usize, set: &'a Unmet) -> impl Iterator<Item = Row<'a>> {
    let of = move |kind: &'static str, limits: fn(&Unmet) -> &[Limit]| {
        limits(set).iter().filter_map(move |limit| {
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
            Some(Row { set: number, kind, level, row, id, household, needs: limit.needs })
        })
    };
    let needs = set.needs.iter().map(move |&need| {
        let (row, id) = (Some(matching.problem().row_of_need(need)), matching.need_id(need).into());
        Row { set: number, kind: "need", level: "need", row, id, household: None, needs: 1 }
    });
    of("floor", |unmet| &unmet.floors).chain(of("cap", |unmet| &unmet.caps)).chain(needs)
}
