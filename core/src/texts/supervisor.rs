//! What a supervisor reads: every number of the decision on a need.

use super::Lines;
use super::facts::{Nearest, NeedFacts, NeedOutcome, Run, Served, decimal, rules};
use crate::error::Language;
use crate::matching::{FullPlaces, UnmatchedReason};

pub(super) fn text(facts: &NeedFacts<'_>, language: Language) -> String {
    let mut lines = Lines::new(language);
    lines.add(
        format!("Need {}, urgency {}.", facts.need, facts.tier.text(Language::English)),
        format!("需求 {}，紧急程度{}。", facts.need, facts.tier.text(Language::Chinese)),
    );
    match &facts.outcome {
        NeedOutcome::Served(served) => served_by(&mut lines, served),
        NeedOutcome::Unmatched { reason, nearest } => not_served(&mut lines, reason, nearest.as_ref()),
    }
    origin(&mut lines, &facts.run);
    lines.text
}

fn served_by(lines: &mut Lines, served: &Served<'_>) {
    let (score, rank) = (decimal(served.score), served.rank);
    lines.add(
        format!("Served by {}: score {score}, number {rank} of its candidates.", served.provider(Language::English)),
        format!("由{}提供服务：得分 {score}，在其候选中列第 {rank} 位。", served.provider(Language::Chinese)),
    );
    if served.is_pinned {
        lines.add("A person decided on this worker before the run.", "该社工由工作人员在匹配前指定。");
    }
    for &(criterion, weight, measure) in &served.criteria {
        let measure = decimal(measure);
        lines.add(
            format!("  {}: {measure}, weight {weight} per mille", criterion.code()),
            format!("  {}：{measure}，权重 {weight}‰", criterion.chinese()),
        );
    }
}

fn not_served(lines: &mut Lines, reason: &UnmatchedReason, nearest: Option<&Nearest<'_>>) {
    lines.add(
        format!("Not served: {}.", reason.text(Language::English)),
        format!("未安排：{}。", reason.text(Language::Chinese)),
    );
    match reason {
        UnmatchedReason::NoCandidate { providers, failed } => lines.add(
            format!("Of {providers} providers of its domain and area fail (all/this rule alone): {}", rules(failed)),
            format!("其领域和区域内有 {providers} 个服务方，未通过的规则（全部/仅此一条）：{}", rules(failed)),
        ),
        UnmatchedReason::NoOpenPlace { full: FullPlaces { worker, organization, group }, .. } => lines.add(
            format!(
                "Candidates that are full: {worker} at the worker, {organization} at the organization, {group} above."
            ),
            format!("名额已满的候选：社工层 {worker} 个，机构层 {organization} 个，上级组织层 {group} 个。"),
        ),
        _ => {}
    }
    if let Some(nearest) = nearest {
        let score = decimal(nearest.alternative.score);
        lines.add(
            format!("The best of them is {}, score {score}.", nearest.provider(Language::English)),
            format!("其中最合适的是{}，得分 {score}。", nearest.provider(Language::Chinese)),
        );
    }
}

/// Which run it was, for whoever must find it again.
pub(super) fn origin(lines: &mut Lines, run: &Run<'_>) {
    let Run { policy_version, seed, evaluation_date, input_digest, semantics_id, extent } = run;
    let (english, chinese) = (extent(Language::English), extent(Language::Chinese));
    lines.add(
        format!("Policy {policy_version} as of {evaluation_date}, seed of the lottery {seed}; {english}."),
        format!("政策 {policy_version}（{evaluation_date}），抽签种子 {seed}；{chinese}。"),
    );
    lines.add(
        format!("Input {input_digest}, semantics {semantics_id}."),
        format!("输入摘要 {input_digest}，语义版本 {semantics_id}。"),
    );
}
