//! Findings as one sentence each.

use super::finding::{Finding, Lint};
use crate::error::Language::{self, Chinese, English};

impl Finding {
    /// The finding in one sentence.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let (key, id) = (&self.key, self.id.as_deref().unwrap_or_default());
        let (found, of) = (self.found.unwrap_or_default(), self.of.unwrap_or_default());
        let whose = match (id.is_empty(), language) {
            (true, English) => "any domain".to_owned(),
            (true, Chinese) => "任何领域".to_owned(),
            (false, _) => id.to_owned(),
        };
        match (self.lint, language) {
            (Lint::NotInForce, English) => {
                format!("{key}: the policy is not in force on this day, so no run can use it.")
            }
            (Lint::NotInForce, Chinese) => format!("{key}：政策在该日期无效，不能用于任何一次运行。"),
            (Lint::FloorAboveNeeds, English) => {
                format!("{key} of {id}: {of} places must be filled, but only {found} needs can be served there.")
            }
            (Lint::FloorAboveNeeds, Chinese) => {
                format!("{id}的{key}：须填满{of}个名额，但可在此获服务的需求只有{found}个。")
            }
            (Lint::FloorsAboveCap, English) => {
                format!("{key} of {id}: what stands below must fill {of} places, but only {found} are open.")
            }
            (Lint::FloorsAboveCap, Chinese) => format!("{id}的{key}：其下须填满{of}个名额，但空余名额只有{found}个。"),
            (Lint::QuotaAboveNeeds, English) => {
                format!("{key} of {id}: {of} needs must be served, but only {found} can be.")
            }
            (Lint::QuotaAboveNeeds, Chinese) => format!("{id}的{key}：须服务{of}个需求，但能够获服务的只有{found}个。"),
            (Lint::WeightDecides, English) => format!(
                "{key}: with a weight of {found} out of {of}, the least difference here outweighs everything else."
            ),
            (Lint::WeightDecides, Chinese) => {
                format!("{key}：权重为{found}（总和{of}），此项最小的差别即压倒其余全部准则。")
            }
            (Lint::WeightWithoutEffect, English) => {
                format!(
                    "{key}: measures the same for everybody, so its weight of {found} out of {of} tells nobody apart."
                )
            }
            (Lint::WeightWithoutEffect, Chinese) => {
                format!("{key}：对所有候选取值相同，其权重{found}（总和{of}）不起区分作用。")
            }
            (Lint::ServiceByNobody, English) => format!("{key}: the rules leave nobody who may deliver it."),
            (Lint::ServiceByNobody, Chinese) => format!("{key}：按规则无人可以提供该服务。"),
            (Lint::UsualServiceReferred, English) => {
                format!("{key}: a need that names no service is referred and never served.")
            }
            (Lint::UsualServiceReferred, Chinese) => format!("{key}：未写明服务类型的需求一律转介，不会获服务。"),
            (Lint::OutOfReach, English) => {
                format!("{key}: {found} minutes for every way are more than the longest way of {of}.")
            }
            (Lint::OutOfReach, Chinese) => format!("{key}：每次路程固定{found}分钟，已超过最长路程{of}分钟。"),
            (Lint::RuleBlocksEveryone, English) => {
                format!("{key}: keeps every provider away from every need of {whose} ({found}).")
            }
            (Lint::RuleBlocksEveryone, Chinese) => {
                format!("{key}：{whose}的全部{found}个需求的所有服务方均被排除。")
            }
            (Lint::RuleBlocksSome, English) => {
                format!("{key}: keeps every provider away from {found} of {of} needs of {whose}.")
            }
            (Lint::RuleBlocksSome, Chinese) => {
                format!("{key}：{whose}的{of}个需求中，有{found}个的所有服务方均被排除。")
            }
            (Lint::ScopeWithoutNeeds, English) => {
                format!("{key}: none of the {of} needs arises in a pilot community, so the run serves nobody.")
            }
            (Lint::ScopeWithoutNeeds, Chinese) => {
                format!("{key}：{of}个需求均不在试点村（社区），本次匹配不会安排任何服务。")
            }
            (Lint::QuotaCrosses, English) => {
                format!("{key} {id}: crosses another quota, so the result has a bound and may not be the best.")
            }
            (Lint::QuotaCrosses, Chinese) => format!("{key} {id}：与另一配额交叉，结果仅有上界保证，未必最优。"),
            (Lint::QuotaNeverBinds, English) => format!("{key} {id}: no matching could break it."),
            (Lint::QuotaNeverBinds, Chinese) => format!("{key} {id}：任何匹配结果都不会违反，不起作用。"),
            (Lint::OverlayWithoutNeeds, English) => format!("{key} {id}: judges no need of these tables."),
            (Lint::OverlayWithoutNeeds, Chinese) => format!("{key} {id}：所给数据中没有适用的需求。"),
            (Lint::NotProven, English) => {
                format!("{key}: the result is the best over the lists alone; another may be better.")
            }
            (Lint::NotProven, Chinese) => format!("{key}：结果仅在候选名单内最优，可能另有更优结果。"),
            (Lint::DefaultName, English) => {
                format!("{key}: the policy differs from the default one but goes by its name.")
            }
            (Lint::DefaultName, Chinese) => format!("{key}：政策已改动，却仍沿用默认政策的名称。"),
            (Lint::DefaultSeed, English) => {
                format!("{key}: the seed of the default policy; publish one of your own before the data are known.")
            }
            (Lint::DefaultSeed, Chinese) => format!("{key}：仍为默认抽签种子；应在数据确定之前公布自己的种子。"),
            (Lint::RuleOff, English) => format!("{key}: this rule is switched off."),
            (Lint::RuleOff, Chinese) => format!("{key}：该规则已关闭。"),
            (Lint::KeyWithoutEffect, English) => format!("{key}: has no effect because of {id}."),
            (Lint::KeyWithoutEffect, Chinese) => format!("{key}：因{id}而不起作用。"),
        }
    }
}
