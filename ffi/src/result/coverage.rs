//! How many needs of each kind there are and how many are served.

use std::borrow::Cow;

use needmatch::Matching;
use needmatch::matching::Coverage;
use needmatch::model::codes::UrbanRuralClass;

use super::{Column, int, text, whole};

/// One row, whatever its kind.
struct Row<'a> {
    group: &'static str,
    key: Cow<'a, str>,
    needs: u64,
    served: u64,
}

pub(super) fn columns() -> Vec<Column> {
    vec![
        text("group", |m, row| Some(rows(m).nth(row)?.group.into())),
        text("key", |m, row| Some(rows(m).nth(row)?.key)),
        int("needs", |m, row| whole(rows(m).nth(row)?.needs)),
        int("served", |m, row| whole(rows(m).nth(row)?.served)),
    ]
}

pub(super) fn n_rows(matching: &Matching) -> usize {
    rows(matching).count()
}

fn rows(matching: &Matching) -> impl Iterator<Item = Row<'_>> {
    let summary = matching.summary();
    let class = |class: &Option<UrbanRuralClass>| class.map_or("unknown", UrbanRuralClass::code).into();
    of("tier", &summary.by_tier, |tier| tier.number().to_string().into())
        .chain(of("domain", &summary.by_domain, |domain| domain.code().into()))
        .chain(of("county", &summary.by_county, |county| county.to_string().into()))
        .chain(of("urban_rural_class", &summary.by_urban_rural_class, class))
}

fn of<'a, K>(
    group: &'static str,
    coverage: &'a [Coverage<K>],
    key: impl Fn(&'a K) -> Cow<'a, str> + 'a,
) -> impl Iterator<Item = Row<'a>> {
    coverage.iter().map(move |c| Row { group, key: key(&c.key), needs: c.needs, served: c.served })
}
