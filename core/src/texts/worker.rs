//! What a worker reads: the own needs, how urgent they are, and why they come to this worker.

use super::Lines;
use super::facts::{Run, WorkerFacts};
use crate::error::Language;

pub(super) fn text(facts: &WorkerFacts<'_>, language: Language) -> String {
    let WorkerFacts { worker, organization, places, needs, run } = facts;
    let n_needs = needs.len();
    let mut lines = Lines::new(language);
    lines.add(
        format!("For worker {worker} of organization {organization}, {n_needs} of {places} open places are filled."),
        format!("机构 {organization} 的社工 {worker}：空余名额 {places} 个，本次安排 {n_needs} 个。"),
    );
    for (need, tier, served) in needs {
        let (english, chinese) = match served.is_pinned {
            true => ("decided by a person".to_owned(), "由工作人员指定".to_owned()),
            false => (served.reasons(Language::English), served.reasons(Language::Chinese)),
        };
        lines.add(
            format!("Need {need}, urgency {}: {english}.", tier.text(Language::English)),
            format!("需求 {need}，紧急程度{}：{chinese}。", tier.text(Language::Chinese)),
        );
    }
    let Run { policy_version, evaluation_date, .. } = run;
    lines.add(
        format!("This is a proposal by the written rules {policy_version} as of {evaluation_date}; a person decides."),
        format!("以上为依据政策 {policy_version}（{evaluation_date}）提出的建议，由工作人员作出决定。"),
    );
    lines.add(
        "If something stands against a need, such as a conflict of interest, tell your organization before you begin.",
        "如存在利益冲突等不宜承接的情形，请在开始服务前告知所在机构。",
    );
    lines.text
}
