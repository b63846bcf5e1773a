//! What became of the quotas.

use needmatch::Matching;
use needmatch::matching::QuotaResult;

use super::{Column, int, text, whole};

pub(super) fn columns() -> Vec<Column> {
    vec![
        int("quota_row", |m, row| whole(m.problem().row_of_quota(at(m, row)?.quota))),
        text("quota_id", |m, row| Some(m.quota_id(at(m, row)?.quota).into())),
        int("needs", |m, row| whole(at(m, row)?.needs)),
        int("served", |m, row| whole(at(m, row)?.served)),
        int("floor", |m, row| whole(at(m, row)?.floor)),
        int("cap", |m, row| whole(at(m, row)?.cap?)),
        int("price_tier", |m, row| Some(at(m, row)?.price.tier)),
        int("price_score", |m, row| Some(at(m, row)?.price.score)),
        int("crosses", |m, row| Some(at(m, row)?.crosses.into())),
    ]
}

fn at(matching: &Matching, row: usize) -> Option<&QuotaResult> {
    matching.quotas().get(row)
}
