//! Explanations as one sentence each, in English and Chinese. Identifiers are the caller's; numbers are whole: a score of
//! 1.0 is 1 000 000.

use super::{
    Answer, Change, Fixed, FixedCost, Improvement, PlaceValue, Ranked, Shortage, WeightRange, WeightRanges, Why, WhyNot,
};
use crate::candidate::NotOptimised;
use crate::error::Language::{self, Chinese, English};
use crate::matching::{Coverage, Level, Matching, UnmatchedReason};
use crate::model::NeedId;
use crate::score::Criterion;
use crate::total::Total;

impl Why {
    /// The explanation in one sentence.
    #[must_use]
    pub fn text(&self, matching: &Matching, language: Language) -> String {
        let need = matching.need_id(self.need);
        if let Some(unmatched) = &self.unmatched {
            let reason = unmatched.reason.text(language);
            return match language {
                English => format!("{need} is not served: {reason}."),
                Chinese => format!("{need}未获服务：{reason}。"),
            };
        }
        let Some(own) = &self.assignment else { return String::new() };
        let provider = matching.node_id(super::pair::provider_of(own));
        let (score, rank, n) = (own.score, own.rank, self.others.len() + 1);
        let Some(margin) = &self.margin else {
            if matching.problem().needs()[self.need.index()].frozen {
                return match language {
                    English => format!("{provider} keeps {need}: an earlier decision that the run must not touch."),
                    Chinese => format!("{provider}继续服务{need}：此前的决定，本次运行不得变动。"),
                };
            }
            return match (own.pinned, language) {
                (false, English) => format!(
                    "{provider} serves {need} with a score of {score}, rank {rank} of {n}; without this pair the floors and quotas cannot be kept."
                ),
                (false, Chinese) => format!(
                    "{provider}服务{need}，得分{score}，在{n}个候选中排第{rank}；若无此指派，则无法满足下限和配额。"
                ),
                (true, English) => format!("{provider} serves {need}, as a person decided beforehand."),
                (true, Chinese) => format!("{provider}服务{need}，由人工事先指定。"),
            };
        };
        let effect = effect(margin, matching, language);
        match (margin.loss == Total::ZERO, language) {
            (true, English) => {
                format!(
                    "{provider} serves {need} with a score of {score}, rank {rank} of {n}; another matching without this pair is as good, and the tie rule decided."
                )
            }
            (true, Chinese) => {
                format!(
                    "{provider}服务{need}，得分{score}，在{n}个候选中排第{rank}；另有同样好的匹配，由抽签规则决定。"
                )
            }
            (false, English) => {
                format!(
                    "{provider} serves {need} with a score of {score}, rank {rank} of {n}; without this pair {effect}."
                )
            }
            (false, Chinese) => {
                format!("{provider}服务{need}，得分{score}，在{n}个候选中排第{rank}；若无此指派，{effect}。")
            }
        }
    }
}

impl WhyNot {
    /// The explanation in one sentence.
    #[must_use]
    pub fn text(&self, matching: &Matching, language: Language) -> String {
        let (need, provider) = (matching.need_id(self.need), matching.node_id(self.provider));
        let reason = match (&self.answer, language) {
            (Answer::Assigned, English) => return format!("{provider} serves {need}."),
            (Answer::Assigned, Chinese) => return format!("{provider}服务{need}。"),
            (Answer::Loss(change), English) if change.loss == Total::ZERO => {
                return format!(
                    "{provider} could serve {need} in another matching that is as good; the tie rule decided."
                );
            }
            (Answer::Loss(change), Chinese) if change.loss == Total::ZERO => {
                return format!("另有同样好的匹配可由{provider}服务{need}，由抽签规则决定。");
            }
            (Answer::Loss(change), English) => {
                return format!("if {provider} served {need}, {}.", effect(change, matching, language));
            }
            (Answer::Loss(change), Chinese) => {
                return format!("若由{provider}服务{need}，{}。", effect(change, matching, language));
            }
            (Answer::FailedRules(rules), English) => {
                rules.iter().map(|rule| format!("{} ({rule})", rule.reason(language))).collect::<Vec<_>>().join("; ")
            }
            (Answer::FailedRules(rules), Chinese) => {
                rules.iter().map(|rule| format!("{}（{rule}）", rule.reason(language))).collect::<Vec<_>>().join("；")
            }
            (Answer::NotOptimised(reason), _) => reason_of(*reason).text(language).to_owned(),
            (Answer::PinnedTo(other), English) => {
                format!("a person decided on {} beforehand", matching.node_id(*other))
            }
            (Answer::PinnedTo(other), Chinese) => format!("人工已事先指定{}", matching.node_id(*other)),
            (Answer::NotOnList, English) => {
                "the pair is not on the lists, over which the matching is the best".to_owned()
            }
            (Answer::NotOnList, Chinese) => "该组合不在候选名单内，匹配结果仅在名单内最优".to_owned(),
            (Answer::BreaksBounds, English) if matching.rates().is_some() => {
                "no matching that keeps the rates of all kinds, all floors and quotas has the pair".to_owned()
            }
            (Answer::BreaksBounds, Chinese) if matching.rates().is_some() => {
                "保持各类服务比例并满足全部下限和配额的匹配中没有该组合".to_owned()
            }
            (Answer::BreaksBounds, English) => "no matching within all floors and quotas has the pair".to_owned(),
            (Answer::BreaksBounds, Chinese) => "满足全部下限和配额的匹配中没有该组合".to_owned(),
            (Answer::NoPlace(node), English) => format!("{} has no place in this run", matching.node_id(*node)),
            (Answer::NoPlace(node), Chinese) => format!("{}在本次运行中没有名额", matching.node_id(*node)),
        };
        match language {
            English => format!("{provider} does not serve {need}: {reason}."),
            Chinese => format!("{provider}不服务{need}：{reason}。"),
        }
    }
}

impl PlaceValue {
    /// The explanation in one sentence.
    #[must_use]
    pub fn text(&self, matching: &Matching, language: Language) -> String {
        let id = matching.node_id(self.node);
        let more = match (self.more.loss == Total::ZERO, language) {
            (true, English) => "nothing would change".to_owned(),
            (true, Chinese) => "结果不变".to_owned(),
            (false, _) => effect(&self.more, matching, language),
        };
        let fewer = match (&self.fewer, language) {
            (None, English) => "there is none to take away".to_owned(),
            (None, Chinese) => "没有可减少的名额".to_owned(),
            (Some(fewer), English) if fewer.loss == Total::ZERO => "nothing would be lost".to_owned(),
            (Some(fewer), Chinese) if fewer.loss == Total::ZERO => "没有损失".to_owned(),
            (Some(fewer), _) => effect(fewer, matching, language),
        };
        match language {
            English => format!("with one place more at {id} {more}; with one fewer {fewer}."),
            Chinese => format!("{id}增加一个名额：{more}；减少一个名额：{fewer}。"),
        }
    }
}

impl WeightRanges {
    /// Between which weights of a criterion the matching stays, in one sentence.
    #[must_use]
    pub fn text(&self, criterion: Criterion, language: Language) -> String {
        let (code, k) = (criterion.code(), criterion as usize);
        let (WeightRange { least, most, .. }, weight) = (self.whole[k], self.weights[k]);
        match language {
            English => {
                format!("with the weight of {code}, now {weight}, from {least} to {most} no other matching is better.")
            }
            Chinese => format!("准则{code}的权重（现为{weight}）在{least}至{most}之间时，没有更好的匹配。"),
        }
    }
}

/// What a change does: to the total, to who is served, and how many move.
fn effect(change: &Change, matching: &Matching, language: Language) -> String {
    let Total { tier, score } = change.loss;
    let (english, chinese) = if change.loss < Total::ZERO { ("gain", "增加") } else { ("lose", "减少") };
    // The first part says which way the total goes; the score may go the other way.
    let (tier, score) = if change.loss < Total::ZERO { (-tier, -score) } else { (tier, score) };
    let mut text = match (tier, language) {
        (0, English) => format!("the total would {english} {score} of score"),
        (0, Chinese) => format!("总值将{chinese}得分{score}"),
        (_, English) => format!("the total would {english} {tier} in tiers and {score} of score"),
        (_, Chinese) => format!("总值将{chinese}层级{tier}、得分{score}"),
    };
    let named = |need: NeedId| {
        let moved = change.moves.iter().find(|moved| moved.need == need);
        let tier = moved.map_or("", |moved| moved.tier.text(language));
        match language {
            English => format!("{}, {tier},", matching.need_id(need)),
            Chinese => format!("{}（{tier}）", matching.need_id(need)),
        }
    };
    if let Some(need) = change.gains() {
        text += &match language {
            English => format!("; {} would be served", named(need)),
            Chinese => format!("；{}将获得服务", named(need)),
        };
    }
    if let Some(need) = change.loses() {
        text += &match language {
            English => format!("; {} would be served no longer", named(need)),
            Chinese => format!("；{}将不再获得服务", named(need)),
        };
    }
    let n = change.moves.iter().filter(|moved| moved.from.is_some() && moved.to.is_some()).count();
    text += &match (n, language) {
        (0, _) => String::new(),
        (1, English) => "; one need would change its provider".to_owned(),
        (_, English) => format!("; {n} needs would change their providers"),
        (_, Chinese) => format!("；{n}项需求将更换服务方"),
    };
    text
}

fn reason_of(reason: NotOptimised) -> UnmatchedReason {
    match reason {
        NotOptimised::Immediate => UnmatchedReason::Immediate,
        NotOptimised::HumanOnly => UnmatchedReason::HumanOnly,
        NotOptimised::ReferMedical => UnmatchedReason::ReferMedical,
        NotOptimised::LawEnforcement => UnmatchedReason::LawEnforcement,
        NotOptimised::OutOfScope => UnmatchedReason::OutOfScope,
    }
}

impl FixedCost {
    /// The explanation in one sentence.
    #[must_use]
    pub fn text(&self, matching: &Matching, language: Language) -> String {
        let need = matching.need_id(self.need);
        let (Fixed::Pin(node) | Fixed::Freeze(node) | Fixed::Ban(node)) = self.fixed;
        let node = matching.node_id(node);
        let effect = match (self.without.moves.is_empty(), language) {
            (true, English) => "nothing would change".to_owned(),
            (true, Chinese) => "结果不变".to_owned(),
            (false, _) => effect(&self.without, matching, language),
        };
        match (self.fixed, language) {
            (Fixed::Pin(_), English) => format!("if {need} were not pinned to {node}, {effect}."),
            (Fixed::Pin(_), Chinese) => format!("若{need}未指定{node}，{effect}。"),
            (Fixed::Freeze(_), English) => format!("if {need} were not frozen with {node}, {effect}."),
            (Fixed::Freeze(_), Chinese) => format!("若{need}未冻结于{node}，{effect}。"),
            (Fixed::Ban(_), English) => format!("if {node} were not excluded for {need}, {effect}."),
            (Fixed::Ban(_), Chinese) => format!("若{need}未排除{node}，{effect}。"),
        }
    }
}

impl Ranked {
    /// The improvement and what it is worth in one sentence.
    #[must_use]
    pub fn text(&self, matching: &Matching, language: Language) -> String {
        let id = matching.node_id(self.improvement.node());
        let what = match (self.improvement, language) {
            (Improvement::Train(_, domain), English) => format!("if {id} were trained in {}", domain.code()),
            (Improvement::Train(_, domain), Chinese) => format!("若{id}接受{}培训", domain.chinese()),
            (Improvement::Register(_), English) => format!("if {id} were registered and compliant"),
            (Improvement::Register(_), Chinese) => format!("若{id}完成登记并合规"),
            (Improvement::Extend(_, county), English) => format!("if the service area of {id} held {county}"),
            (Improvement::Extend(_, county), Chinese) => format!("若{id}的服务区域扩大到{county}"),
            (Improvement::Recruit(_), English) => format!("if one more like {id} were employed"),
            (Improvement::Recruit(_), Chinese) => format!("若增聘一名与{id}相同的社工"),
        };
        let served: Option<i64> = self.served_by_tier.map(|served| served.iter().sum());
        match (self.gain, served, language) {
            (Some(gain), Some(served), English) => format!(
                "{what}, {served} more needs would be served: the total would gain {} in tiers and {} of score.",
                gain.tier, gain.score
            ),
            (Some(gain), Some(served), Chinese) => {
                format!("{what}，可多服务{served}项需求，总值将增加层级{}、得分{}。", gain.tier, gain.score)
            }
            (_, _, English) => format!("{what}, the total would gain at most {}.", self.bound),
            (_, _, Chinese) => format!("{what}，总值至多增加{}。", self.bound),
        }
    }
}

impl Shortage {
    /// The shortage in one sentence.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let (n, left, places) = (self.needs.len(), self.left_over.len(), self.places);
        let workers = self.providers.iter().filter(|node| node.level() == Level::Worker).count();
        let organizations = self.providers.len() - workers;
        let domains = listed(&self.by_domain, |domain| match language {
            English => domain.code().to_owned(),
            Chinese => domain.chinese().to_owned(),
        });
        let towns = listed(&self.by_town, ToString::to_string);
        let levels = self.binding_levels().into_iter().map(|(level, places)| match (level, language) {
            (Level::Worker, English) => format!("{places} at workers"),
            (Level::Organization, English) => format!("{places} at organizations"),
            (Level::Group, English) => format!("{places} at groups"),
            (Level::Worker, Chinese) => format!("社工{places}"),
            (Level::Organization, Chinese) => format!("机构{places}"),
            (Level::Group, Chinese) => format!("上级组织{places}"),
        });
        let levels: Vec<String> = levels.collect();
        match language {
            English => format!(
                "{n} needs ({domains}) in {towns} reach {workers} workers and {organizations} organizations that serve directly, which have {places} places ({}): {left} too few.",
                levels.join(", ")
            ),
            Chinese => format!(
                "{towns}的{n}项需求（{domains}）可由{workers}名社工和{organizations}家直接服务的机构承担，共有{places}个名额（{}），缺{left}个。",
                levels.join("、")
            ),
        }
    }
}

/// How many kinds are named; the others are summed up.
const N_NAMED: usize = 3;

/// The kinds with the most needs, such as `elderly_care 12, mental_health 3`.
fn listed<K>(rows: &[Coverage<K>], name: impl Fn(&K) -> String) -> String {
    let mut rows: Vec<&Coverage<K>> = rows.iter().collect();
    // The sort keeps the order of equals, which is that of the keys.
    rows.sort_by_key(|row| std::cmp::Reverse(row.needs));
    let mut parts: Vec<String> =
        rows.iter().take(N_NAMED).map(|row| format!("{} {}", name(&row.key), row.needs)).collect();
    let others: u64 = rows.iter().skip(N_NAMED).map(|row| row.needs).sum();
    if others > 0 {
        parts.push(format!("+ {others}"));
    }
    parts.join(", ")
}
