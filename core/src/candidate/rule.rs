//! The hard rules by name, and sets of them.

use std::fmt;

use crate::error::Language;

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $english:literal, $chinese:literal;)+) => {
        /// A hard yes-or-no rule on a pair of need and provider.
        ///
        /// A rule passes only on evidence: data that are missing or expired do not pass.
        /// H13 (capacity) is not here: it binds many pairs together and belongs to the network.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum RuleId { $($(#[$doc])* $name,)+ }

        impl RuleId {
            /// Every rule, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable code, such as `H03`.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $(Self::$name => stringify!($name),)+ } }

            /// The stable number: the same in Rust, C and Python, and never reused.
            #[must_use]
            pub const fn number(self) -> u32 { match self { $(Self::$name => $number,)+ } }

            /// The rule of a code, or `None` for a word that is none.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $(stringify!($name) => Some(Self::$name),)+ _ => None }
            }

            /// Why a pair that fails the rule is no candidate: one clause.
            #[must_use]
            pub const fn reason(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$name, Language::English) => $english,
                      (Self::$name, Language::Chinese) => $chinese,)+
                }
            }
        }
    };
}

rules! {
    /// The provider serves the need's domain; an organization must also serve directly.
    ///
    /// Basis: the definition of a provider; not a rule of law.
    D01 = 101, "the provider does not serve the domain", "服务方不提供该领域的服务";
    /// A statutory emergency is reported and answered at once, not assigned.
    ///
    /// Basis: 未成年人保护法 11; 反家庭暴力法 14, 15; 精神卫生法 28.
    E01 = 301, "a statutory emergency is reported at once, never assigned", "法定紧急情形须立即报告处置，不得仅作指派";
    /// The worker holds an allowed, valid qualification for the service, and the least one that the need demands.
    ///
    /// Basis: 国家职业资格; for volunteers 志愿服务条例 16.
    H01 = 1, "no valid qualification for the service", "不具备该项服务所需的有效资格";
    /// The organization is registered and compliant, or filed with a fiscal host for services that it may deliver.
    ///
    /// Basis: 政府购买服务管理办法（财政部令第102号）.
    H02 = 2, "the organization is not registered and compliant", "机构未登记或不合规";
    /// Close contact with a minor: organization and worker have a valid yearly check.
    ///
    /// Basis: 未成年人保护法 62, 98, 126.
    H03 = 3, "no valid check for work with minors", "缺少有效的涉未成年人从业查询";
    /// A female subject of community correction is served by a woman, or by a team.
    ///
    /// Basis: 社区矫正法 25.
    H04 = 4, "a female correction subject needs a female worker", "女性社区矫正对象须有女性工作人员";
    /// A juvenile correction case is served by a specialist for juveniles who may see sealed cases.
    ///
    /// Basis: 社区矫正法 52, 54, 58; 预防未成年人犯罪法 53, 59.
    H05 = 5, "a juvenile correction case needs a specialist with clearance for sealed cases", "未成年人矫正个案须由熟悉未成年人身心特点且可接触封存信息的人员承担";
    /// A female minor who is victim or witness of violence is served by a woman.
    ///
    /// Basis: 未成年人保护法 112, extended from judicial interviews to service.
    H06 = 6, "a female minor victim or witness needs a female worker", "女性未成年被害人或证人须由女性工作人员服务";
    /// A severe mental disorder at red is visited by a joint team, never by volunteers.
    ///
    /// Basis: 严重精神障碍管理治疗工作规范.
    H07 = 7, "severe mental disorder at red needs a joint team", "高风险严重精神障碍须由联合走访组服务";
    /// Treatment and diagnosis are referred to a medical institution.
    ///
    /// Basis: 精神卫生法 23, 28.
    H08 = 8, "treatment and diagnosis are referred to a medical institution", "治疗和诊断须转介医疗机构";
    /// Neither the worker nor the organization is excluded for this need.
    ///
    /// Basis: 社会工作者职业道德指引.
    H09 = 9, "the provider is excluded for this need", "服务方已被该需求排除";
    /// The organization that assessed the resident does not provide the service.
    ///
    /// Basis: separation of assessment and service (评估与服务分离).
    H10 = 10, "the assessor does not provide", "评估机构不得提供服务";
    /// The provider may see the case: clearance, and an authority on the case's list.
    ///
    /// Basis: 社区矫正法 26, 54; 精神卫生法 4; 社会救助暂行办法 61; 未成年人保护法 103.
    H11 = 11, "no clearance or authority for the case", "无权接触该个案";
    /// Consent, separate consent, a guardian's consent or a statutory duty is on record, as the case demands.
    ///
    /// Basis: 个人信息保护法 13, 28–31, 34.
    H12 = 12, "no sufficient consent on record", "缺少充分的同意记录";
    /// The service area covers the need's community.
    ///
    /// Basis: the provider's commission; for correction across areas 社区矫正法 40.
    H14 = 14, "the service area does not cover the community", "服务区域未覆盖该社区";
    /// A volunteer serves only what a volunteer may.
    ///
    /// Basis: 志愿服务条例 15, 16, 17.
    H15 = 15, "not a task for a volunteer", "不属于志愿者可承担的服务";
    /// The worker has the sex that the need demands.
    ///
    /// Basis: practice of personal care.
    H16 = 16, "the worker is not of the sex that the need demands", "工作人员性别不符合需求";
    /// Acts of law enforcement stay with the officers.
    ///
    /// Basis: 社区矫正法 10, 11.
    H17 = 17, "law enforcement is never assigned", "执法事务不得指派";
    /// No mediation in red cases of domestic violence.
    ///
    /// Basis: practice; compare 反家庭暴力法.
    H18 = 18, "no mediation in red cases of domestic violence", "高风险家庭暴力不适用调解";
    /// A child who is left unattended below 8, or lives alone below 16, is reported, not assigned.
    ///
    /// Basis: 未成年人保护法 11, 21.
    H19 = 19, "a child left unattended or living alone is reported at once, never assigned", "儿童无人看护或脱离监护单独生活须立即报告，不得仅作指派";
    /// Every fund line above the organization pays for the domain, the kind of organization and the area, on this day.
    ///
    /// Basis: the terms of the fund line; 政府购买服务管理办法（财政部令第102号）.
    H20 = 20, "a fund line does not pay for it", "资金来源不支持该项服务";
    /// The way is within the longest that the worker or the policy allows.
    ///
    /// Basis: the policy; not a rule of law.
    T01 = 201, "the way is too long", "路程过远";
}

impl RuleId {
    /// Whether a policy may switch the rule off: none that follows from a law, nor what a provider is.
    #[must_use]
    pub const fn has_switch(self) -> bool {
        matches!(self, Self::H01 | Self::H02 | Self::H10 | Self::H14 | Self::H16 | Self::H18 | Self::H20 | Self::T01)
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A set of rules, such as those that a pair fails.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleSet(u32);

impl RuleSet {
    /// No rule.
    pub const EMPTY: Self = Self(0);
    /// Every rule.
    pub const ALL: Self = Self((1 << RuleId::ALL.len()) - 1);

    /// Whether the rule is in the set.
    #[must_use]
    pub const fn contains(self, rule: RuleId) -> bool {
        self.0 & (1 << rule as u32) != 0
    }

    /// Whether the set is empty: a pair that fails no rule is a candidate.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many rules are in the set.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The rules, in the order of their list.
    pub fn iter(self) -> impl Iterator<Item = RuleId> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let rule = RuleId::ALL.get(rest.trailing_zeros() as usize).copied();
            rest &= rest.wrapping_sub(1);
            rule
        })
    }

    /// The set with one more rule.
    #[must_use]
    pub const fn with(self, rule: RuleId) -> Self {
        Self(self.0 | 1 << rule as u32)
    }

    /// The set without a rule.
    #[must_use]
    pub const fn without(self, rule: RuleId) -> Self {
        Self(self.0 & !(1 << rule as u32))
    }

    /// The rules of both sets.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The rules that the sets share.
    #[must_use]
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl FromIterator<RuleId> for RuleSet {
    fn from_iter<I: IntoIterator<Item = RuleId>>(rules: I) -> Self {
        rules.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl fmt::Debug for RuleSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_numbers_name_one_rule_each() {
        for &rule in RuleId::ALL {
            assert_eq!(RuleId::from_code(rule.code()), Some(rule));
            assert_eq!(RuleId::ALL.iter().filter(|other| other.number() == rule.number()).count(), 1, "{rule}");
        }
        assert_eq!(RuleId::from_code("H13"), None);
    }

    #[test]
    fn sets_hold_what_was_put_in() {
        let set: RuleSet = [RuleId::T01, RuleId::H03].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [RuleId::H03, RuleId::T01]);
        assert_eq!(set.without(RuleId::H03), RuleSet::EMPTY.with(RuleId::T01));
        assert_eq!(RuleSet::ALL.len(), RuleId::ALL.len());
        assert!(set.intersection(RuleSet::ALL) == set && !set.is_empty());
    }
}
