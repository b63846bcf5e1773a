//! How kinds of needs came out.

use needmatch::Matching;
use needmatch::matching::{KindResult, Unmet};

use super::{Column, int, text, whole};

pub(super) fn columns() -> Vec<Column> {
    vec![
        text("kind", |m, row| Some(at(m, row)?.kind.to_string().into())),
        int("needs", |m, row| whole(at(m, row)?.needs)),
        int("served", |m, row| whole(at(m, row)?.served)),
        int("floor", |m, row| whole(at(m, row)?.floor)),
        int("price_tier", |m, row| Some(at(m, row)?.price.tier)),
        int("price_score", |m, row| Some(at(m, row)?.price.score)),
        // The exact price, of more than 64 bits.
        text("price", |m, row| {
            let kind = at(m, row)?.kind;
            let own = m.certificate()?.kind_price.iter().find(|own| own.kind == kind);
            Some(own.map_or(0, |own| own.price).to_string().into())
        }),
        int("greatest_served", |m, row| whole(m.rates()?.greatest.get(row)?.served)),
        int("greatest_needs", |m, row| whole(m.rates()?.greatest.get(row)?.needs)),
    ]
}

pub(super) fn n_rows(matching: &Matching) -> usize {
    matching.rates().map_or(0, |rates| rates.kinds.len())
}

/// What proves the bound of the least rate, or all rates.
pub(super) fn proof(matching: &Matching) -> Vec<&Unmet> {
    matching.rates().map_or_else(Vec::new, |rates| rates.proof.iter().chain(&rates.ceilings).collect())
}

fn at(matching: &Matching, row: usize) -> Option<&KindResult> {
    matching.rates()?.kinds.get(row)
}
