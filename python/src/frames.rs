//! A matching as tables.

use std::sync::{Arc, OnceLock};

use needmatch::candidate::RuleId;
use needmatch::equity::Cells;
use needmatch::matching::{Coverage, RuleCount, UnmatchedReason};
use needmatch::score::Criterion;
use needmatch::{Column, Language, Matching, Table, Texts, Values};

/// Tables that were asked for, to be converted again and again: frames can be changed by whoever got them.
#[derive(Default)]
pub(crate) struct Tables {
    pub(crate) assignments: OnceLock<Arc<Table>>,
    pub(crate) unmatched: OnceLock<Arc<Table>>,
    pub(crate) capacity: OnceLock<Arc<Table>>,
    pub(crate) quotas: OnceLock<Arc<Table>>,
    pub(crate) summary: OnceLock<Arc<Table>>,
}

/// The needs that are served.
pub(crate) fn assignments(matching: &Matching) -> Table {
    let rows = matching.assignments();
    let mut table = Table::new();
    table.push("need_id", texts(rows.iter().map(|a| Some(matching.need_id(a.need)))));
    table.push("organization_id", texts(rows.iter().map(|a| Some(matching.organization_id(a.organization)))));
    table.push("worker_id", texts(rows.iter().map(|a| a.worker.map(|worker| matching.worker_id(worker)))));
    table.push("tier", ints(rows.iter().map(|a| Some(a.tier.number()))));
    table.push("score", ints(rows.iter().map(|a| Some(a.score))));
    for (k, criterion) in Criterion::ALL.iter().enumerate() {
        table.push(criterion.code(), ints(rows.iter().map(|a| Some(a.criteria[k]))));
    }
    table.push("rank", ints(rows.iter().map(|a| Some(a.rank))));
    table.push("pinned", Column::Bool(Values::new(rows.iter().map(|a| a.pinned).collect())));
    table.with("switched", Column::Bool(Values::new(rows.iter().map(|a| a.switched).collect())))
}

/// The needs that are not served, and why.
pub(crate) fn unmatched(matching: &Matching) -> Table {
    let rows = matching.unmatched();
    let no_candidate = || {
        rows.iter().map(|u| match &u.reason {
            UnmatchedReason::NoCandidate { providers, failed } => Some((*providers, failed)),
            _ => None,
        })
    };
    let no_place = || {
        rows.iter().map(|u| match &u.reason {
            UnmatchedReason::NoOpenPlace { full, nearest } => Some((full, nearest)),
            _ => None,
        })
    };
    let quota = || {
        rows.iter().map(|u| match &u.reason {
            UnmatchedReason::QuotaFull { quota, open } => Some((*quota, *open)),
            _ => None,
        })
    };
    let mut table = Table::new();
    table.push("need_id", texts(rows.iter().map(|u| Some(matching.need_id(u.need)))));
    table.push("tier", ints(rows.iter().map(|u| Some(u.tier.number()))));
    table.push("reason", texts(rows.iter().map(|u| Some(u.reason.code()))));
    table.push("providers", ints(no_candidate().map(|found| found.map(|(providers, _)| providers))));
    table.push("failed_rules", rules(no_candidate().map(|found| Some(found?.1)), |count| count.providers));
    table.push("failed_alone", rules(no_candidate().map(|found| Some(found?.1)), |count| count.alone));
    table.push("full_worker", ints(no_place().map(|found| Some(found?.0.worker))));
    table.push("full_organization", ints(no_place().map(|found| Some(found?.0.organization))));
    table.push("full_group", ints(no_place().map(|found| Some(found?.0.group))));
    let organization = no_place().map(|found| Some(matching.organization_id(found?.1.organization)));
    table.push("nearest_organization_id", texts(organization));
    table.push("nearest_worker_id", texts(no_place().map(|found| Some(matching.worker_id(found?.1.worker?)))));
    table.push("nearest_score", ints(no_place().map(|found| Some(found?.1.score))));
    table.push("nearest_full_at", texts(no_place().map(|found| Some(found?.1.full_at.code()))));
    table.push("quota_id", texts(quota().map(|found| Some(matching.quota_id(found?.0)))));
    table.with("open", ints(quota().map(|found| Some(found?.1))))
}

/// What became of the quotas.
pub(crate) fn quotas(matching: &Matching) -> Table {
    let rows = matching.quotas();
    let number = |needs: u64| i64::try_from(needs).unwrap_or(i64::MAX);
    let mut table = Table::new();
    table.push("quota_id", texts(rows.iter().map(|q| Some(matching.quota_id(q.quota)))));
    table.push("needs", ints(rows.iter().map(|q| Some(number(q.needs)))));
    table.push("served", ints(rows.iter().map(|q| Some(number(q.served)))));
    table.push("floor", ints(rows.iter().map(|q| Some(number(q.floor)))));
    table.push("cap", ints(rows.iter().map(|q| q.cap.map(number))));
    table.push("price_tier", ints(rows.iter().map(|q| Some(q.price.tier))));
    table.push("price", ints(rows.iter().map(|q| Some(q.price.score))));
    table.with("crosses", Column::Bool(Values::new(rows.iter().map(|q| q.crosses).collect())))
}

/// The places of all workers, organizations and groups.
pub(crate) fn capacity(matching: &Matching) -> Table {
    let rows = matching.capacity();
    // Places are sums of 32-bit numbers, so they fit.
    let number = |places: u64| i64::try_from(places).unwrap_or(i64::MAX);
    let mut table = Table::new();
    table.push("level", texts(rows.iter().map(|c| Some(c.node.level().code()))));
    table.push("id", texts(rows.iter().map(|c| Some(matching.node_id(c.node)))));
    table.push("places", ints(rows.iter().map(|c| c.places.map(number))));
    table.push("floor", ints(rows.iter().map(|c| Some(number(c.floor)))));
    table.push("used", ints(rows.iter().map(|c| Some(number(c.used)))));
    table.push("price_tier", ints(rows.iter().map(|c| Some(c.price.tier))));
    table.with("price", ints(rows.iter().map(|c| Some(c.price.score))))
}

/// How many needs there are and how many are served.
pub(crate) fn summary(matching: &Matching) -> Table {
    let summary = matching.summary();
    let mut rows = vec![("all", String::new(), summary.needs, summary.served)];
    add(&mut rows, "tier", &summary.by_tier, |tier| tier.number().to_string());
    add(&mut rows, "domain", &summary.by_domain, |domain| domain.code().to_owned());
    add(&mut rows, "county", &summary.by_county, ToString::to_string);
    let class_code = |class: &Option<_>| class.map_or("unknown", needmatch::model::codes::UrbanRuralClass::code);
    add(&mut rows, "urban_rural_class", &summary.by_urban_rural_class, |class| class_code(class).to_owned());
    rows.extend(summary.unmatched.iter().map(|count| ("unmatched", count.reason.to_owned(), count.needs, 0)));
    let number = |needs: u64| i64::try_from(needs).ok();
    let mut table = Table::new();
    table.push("by", texts(rows.iter().map(|row| Some(row.0))));
    table.push("key", texts(rows.iter().map(|row| Some(&*row.1))));
    table.push("needs", ints(rows.iter().map(|row| number(row.2))));
    table.with("served", ints(rows.iter().map(|row| number(row.3))))
}

/// Service and waiting by kind; what may not be published is missing.
pub(crate) fn equity(matching: &Matching, is_public: bool) -> Table {
    let equity = matching.equity();
    let mut rows = Vec::new();
    if is_public {
        let public = equity.public();
        rows.push(("all", String::new(), public.all));
        for table in public.tables {
            let by = table.dimension.code();
            rows.extend(table.rows.into_iter().map(|row| (by, row.key, row.cells)));
        }
    } else {
        rows.push(("all", String::new(), Some(equity.all)));
        for table in equity.tables {
            let by = table.dimension.code();
            rows.extend(table.rows.into_iter().map(|row| (by, row.key, Some(row.cells))));
        }
    }
    let column =
        |count: fn(&Cells) -> u64| ints(rows.iter().map(|(_, _, cells)| i64::try_from(count(cells.as_ref()?)).ok()));
    let mut table = Table::new();
    table.push("by", texts(rows.iter().map(|row| Some(row.0))));
    table.push("key", texts(rows.iter().map(|row| Some(&*row.1))));
    table.push("needs", column(|cells| cells.needs));
    table.push("served", column(|cells| cells.served));
    table.push("waiting_days", column(|cells| cells.waiting_days));
    table.with("waiting_days_served", column(|cells| cells.waiting_days_served))
}

type SummaryRow = (&'static str, String, u64, u64);

fn add<K>(rows: &mut Vec<SummaryRow>, by: &'static str, coverage: &[Coverage<K>], key: impl Fn(&K) -> String) {
    rows.extend(coverage.iter().map(|row| (by, key(&row.key), row.needs, row.served)));
}

fn texts<'a>(rows: impl Iterator<Item = Option<&'a str>>) -> Column {
    Column::Text(rows.collect())
}

fn ints<T: Into<i64>>(rows: impl Iterator<Item = Option<T>>) -> Column {
    Column::Int(rows.map(|row| row.map(Into::into)).collect())
}

/// Rules with a count each, such as `H01:12;H14:3`; those that count nobody are left out.
fn rules<'a>(rows: impl Iterator<Item = Option<&'a Vec<RuleCount>>>, count: impl Fn(&RuleCount) -> u32) -> Column {
    let entry = |rule: RuleId, n: u32| format!("{}:{n}", rule.code());
    let mut texts = Texts::new();
    for row in rows {
        let text = row.map(|counts| {
            let entries = counts.iter().filter(|own| count(own) > 0).map(|own| entry(own.rule, count(own)));
            entries.collect::<Vec<_>>().join(";")
        });
        texts.push(text.as_deref().map(str::as_bytes));
    }
    Column::Text(texts)
}

/// Coverage by tier as a small table with bars, without scripts.
pub(crate) fn html(matching: &Matching) -> String {
    const WIDTH: u64 = 120;
    let summary = matching.summary();
    let mut html = format!(
        "<p><b>{}</b> of <b>{}</b> needs served, {}</p>\
         <table><thead><tr><th>tier</th><th>needs</th><th>served</th><th></th></tr></thead><tbody>",
        summary.served,
        summary.needs,
        matching.status().code()
    );
    for row in &summary.by_tier {
        let filled = WIDTH * row.served / row.needs.max(1);
        html += &format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td><svg width=\"{WIDTH}\" height=\"10\">\
             <rect width=\"{WIDTH}\" height=\"10\" fill=\"#d9d9d9\"/>\
             <rect width=\"{filled}\" height=\"10\" fill=\"#3b7ea1\"/></svg></td></tr>",
            row.key.text(Language::English),
            row.needs,
            row.served
        );
    }
    html + "</tbody></table>"
}
