//! The run as a whole, in a single row.

use needmatch::Language;

use super::{Column, int, text, whole};

pub(super) fn columns() -> Vec<Column> {
    vec![
        text("status", |m, _| Some(m.status().code().into())),
        int("total_tier", |m, _| whole(m.total().tier)),
        int("total_score", |m, _| whole(m.total().score)),
        int("bound_tier", |m, _| whole(m.bound().tier)),
        int("bound_score", |m, _| whole(m.bound().score)),
        int("gap_tier", |m, _| whole(m.gap().tier)),
        int("gap_score", |m, _| whole(m.gap().score)),
        int("needs", |m, _| whole(m.summary().needs)),
        int("served", |m, _| whole(m.summary().served)),
        int("pinned", |m, _| whole(m.summary().pinned)),
        int("candidates", |m, _| whole(m.summary().candidates)),
        int("mean_score", |m, _| Some(m.summary().mean_score)),
        text("semantics_id", |m, _| Some(m.provenance().semantics_id.into())),
        text("input_digest", |m, _| Some(m.provenance().input_digest.as_str().into())),
        text("policy_version", |m, _| Some(m.provenance().policy_version.as_str().into())),
        text("seed", |m, _| Some(m.provenance().seed.as_str().into())),
        text("library_version", |m, _| Some(m.provenance().library_version.into())),
        text("engine", |m, _| Some(m.engine().code().into())),
        text("engine_reason", |m, _| Some(m.engine_reason().code().into())),
        text("optimal_over", |m, _| Some(m.optimal_over().code().into())),
        // What a need counts by how much it counts in coverage, from 0: numbers of more than 64 bits, separated by `;`.
        text("steps", |m, _| {
            let digits: Vec<String> = m.certificate()?.step.iter().map(i128::to_string).collect();
            Some(digits.join(";").into())
        }),
        text("unit", |m, _| Some(m.certificate()?.unit.to_string().into())),
        int("missing", |m, _| whole(m.unmet()?.missing)),
        int("least_served", |m, _| whole(m.rates()?.least.served)),
        int("least_needs", |m, _| whole(m.rates()?.least.needs)),
        int("least_bound_served", |m, _| whole(m.rates()?.bound.served)),
        int("least_bound_needs", |m, _| whole(m.rates()?.bound.needs)),
        text("status_text", |m, _| Some(m.status().text(Language::English).into())),
        text("status_text_zh", |m, _| Some(m.status().text(Language::Chinese).into())),
    ]
}
