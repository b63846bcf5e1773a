//! The exact prices of quotas.

use needmatch::Matching;
use needmatch::matching::QuotaPrice;

use super::{Column, text};

pub(super) fn columns() -> Vec<Column> {
    vec![
        text("quota_id", |m, row| Some(m.quota_id(at(m, row)?.quota).into())),
        text("household_id", |m, row| Some(m.household_id(at(m, row)?.household?).into())),
        // Of more than 64 bits, so in digits.
        text("exact_price", |m, row| Some(at(m, row)?.price.to_string().into())),
    ]
}

pub(super) fn n_rows(matching: &Matching) -> usize {
    matching.certificate().map_or(0, |certificate| certificate.quota_price.len())
}

fn at(matching: &Matching, row: usize) -> Option<&QuotaPrice> {
    matching.certificate()?.quota_price.get(row)
}
