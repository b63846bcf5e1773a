//! The needs that are served.

use needmatch::Matching;
use needmatch::matching::Assignment;
use needmatch::score::Criterion;

use super::{Column, int, text, whole};

pub(super) fn columns() -> Vec<Column> {
    let mut columns = vec![
        int("need_row", |m, row| whole(m.problem().row_of_need(at(m, row)?.need))),
        text("need_id", |m, row| Some(m.need_id(at(m, row)?.need).into())),
        int("organization_row", |m, row| whole(m.problem().row_of_organization(at(m, row)?.organization))),
        text("organization_id", |m, row| Some(m.organization_id(at(m, row)?.organization).into())),
        int("worker_row", |m, row| whole(m.problem().row_of_worker(at(m, row)?.worker?))),
        text("worker_id", |m, row| Some(m.worker_id(at(m, row)?.worker?).into())),
        int("tier", |m, row| Some(at(m, row)?.tier.number().into())),
        int("score", |m, row| Some(at(m, row)?.score.into())),
    ];
    columns.extend(Criterion::ALL.iter().enumerate().map(|(k, criterion)| {
        int(criterion.code(), move |m, row| at(m, row)?.criteria.get(k).copied().map(i64::from))
    }));
    columns.push(int("rank", |m, row| Some(at(m, row)?.rank.into())));
    columns.push(int("pinned", |m, row| Some(at(m, row)?.pinned.into())));
    columns.push(int("switched", |m, row| Some(at(m, row)?.switched.into())));
    columns
}

fn at(matching: &Matching, row: usize) -> Option<&Assignment> {
    matching.assignments().get(row)
}
