//! What a resident reads: about the own need alone, without numbers and without its urgency.

use super::Lines;
use super::facts::{NeedFacts, NeedOutcome, Run, Served};
use crate::error::Language;
use crate::matching::UnmatchedReason;

pub(super) fn text(facts: &NeedFacts<'_>, language: Language) -> String {
    let mut lines = Lines::new(language);
    let need = facts.need;
    match &facts.outcome {
        NeedOutcome::Served(served) => served_by(&mut lines, need, served),
        NeedOutcome::Unmatched { reason, .. } => not_served(&mut lines, need, reason),
    }
    rights(&mut lines, need, &facts.run);
    lines.text
}

fn served_by(lines: &mut Lines, need: &str, served: &Served<'_>) {
    lines.add(
        format!("For your request {need}, {} is proposed.", served.provider(Language::English)),
        format!("您的需求 {need}，建议由{}提供服务。", served.provider(Language::Chinese)),
    );
    if served.is_pinned {
        lines.add("A member of staff decided on this worker before the run.", "该社工由工作人员在匹配前指定。");
        return;
    }
    lines.add(
        format!("What speaks for this choice: {}.", served.reasons(Language::English)),
        format!("选择理由：{}。", served.reasons(Language::Chinese)),
    );
    match served.rank {
        1 => lines.add(
            "Of all who may serve you by the rules, this is the best fit under the published criteria.",
            "在符合规则的服务方中，按公布的准则，该服务方最为合适。",
        ),
        _ => lines.add(
            "Others would fit better under the published criteria, but all their places are taken in this run.",
            "按公布的准则另有更合适的服务方，但其名额在本次匹配中已满。",
        ),
    }
}

fn not_served(lines: &mut Lines, need: &str, reason: &UnmatchedReason) {
    lines.add(
        format!("For your request {need}, nobody is proposed in this run."),
        format!("您的需求 {need} 在本次匹配中暂未安排服务方。"),
    );
    let (english, chinese) = match reason {
        UnmatchedReason::NoCandidate { .. } => (
            "At present nobody meets all the conditions that the rules set for your request.",
            "目前没有服务方符合规则对该需求的全部要求。",
        ),
        UnmatchedReason::NoOpenPlace { .. } => (
            "There are providers who could serve you, but all their places are taken by needs that come first under the \
             published rules.",
            "有服务方可以提供服务，但其名额已按公布的规则安排给排序在前的需求。",
        ),
        UnmatchedReason::QuotaFull { .. } => (
            "There are providers, but as many needs of this kind are served in this run as the plan allows.",
            "有服务方，但本次匹配中此类需求的服务数量已达到计划上限。",
        ),
        UnmatchedReason::Undecided => (
            "In this run nothing was decided for anybody, since the floors that the plan sets cannot all be met.",
            "由于计划设定的下限无法全部满足，本次匹配未作任何决定。",
        ),
        UnmatchedReason::HumanOnly => (
            "As you asked, no computer decides on your request: a member of staff does.",
            "按照您的要求，该需求不作自动化决策，由工作人员决定。",
        ),
        UnmatchedReason::ReferMedical => (
            "Your request is passed on to an institution that is responsible for it.",
            "您的需求将转介至有权处理的机构。",
        ),
        UnmatchedReason::LawEnforcement => {
            ("Your request is a matter for the officers who are responsible for it.", "您的需求由主管工作人员办理。")
        }
        UnmatchedReason::Immediate => (
            "Your request does not wait for a place: it is passed on at once to those who must help without delay.",
            "您的需求无需排队等候，已列为须立即处理，由负有职责的单位及时提供帮助。",
        ),
        UnmatchedReason::OutOfScope => (
            "This run is about the pilot communities alone, and yours is not one of them.",
            "本次匹配仅限试点村（社区），您所在的村（社区）不在其中。",
        ),
        _ => ("A member of staff can tell you the reason.", "具体原因可向工作人员询问。"),
    };
    lines.add(english, chinese);
}

/// What everybody may do, whatever came out.
fn rights(lines: &mut Lines, need: &str, run: &Run<'_>) {
    let Run { policy_version, evaluation_date, .. } = run;
    lines.add(
        format!("This is a proposal by the written rules {policy_version} as of {evaluation_date}; a person decides."),
        format!("以上为依据政策 {policy_version}（{evaluation_date}）提出的建议，由工作人员作出决定。"),
    );
    lines.add(
        "You may refuse it, ask for an explanation, or ask that a person decides instead of a computer (Personal Information \
         Protection Law, Article 24).",
        "您可以拒绝该建议，要求说明理由，或要求不以自动化方式决定（《个人信息保护法》第二十四条）。",
    );
    lines.add(
        format!("To refuse or to appeal, tell the office that took your request, and give the number {need}."),
        format!("如需拒绝或申诉，请向受理该需求的单位提出，并说明编号 {need}。"),
    );
}
