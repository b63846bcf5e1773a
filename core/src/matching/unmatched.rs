//! A need that is not served, and why.

use serde::Serialize;

use super::{Level, Tier};
use crate::candidate::RuleId;
use crate::error::Language;
use crate::model::{NeedId, OrganizationId, QuotaId, WorkerId};

/// A need that is left without a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unmatched {
    /// The need.
    pub need: NeedId,
    /// How urgent it is.
    pub tier: Tier,
    /// Why it is not served.
    pub reason: UnmatchedReason,
}

/// Why a need is not served.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnmatchedReason {
    /// No provider passes every hard rule.
    NoCandidate {
        /// How many providers serve the need's domain (D01) and its community (H14).
        providers: u32,
        /// How many of them fail each other rule; rules that none fails are left out. In the order of [`RuleId::ALL`].
        failed: Vec<RuleCount>,
    },
    /// There are candidates, but as many needs of a quota are served as may be.
    QuotaFull {
        /// The first such quota by its identifier.
        quota: QuotaId,
        /// How many of the candidates have an open place: with a higher cap one of these could serve the need.
        open: u32,
    },
    /// There are candidates, but all their places are taken by needs that come first.
    NoOpenPlace {
        /// Where the candidates' places are full.
        full: FullPlaces,
        /// The candidate of the best score: what would serve the need if a place became free.
        nearest: Alternative,
    },
    /// There is a candidate with an open place, but it would add nothing to the total.
    /// Only under the objective `score`, and only for scores of 0.
    NoGain,
    /// There are candidates, but the floors cannot be met, or nothing within all quotas was found, so nothing was decided.
    Undecided,
    /// The resident refuses an automated decision, so a person decides.
    HumanOnly,
    /// A medical institution decides (H08).
    ReferMedical,
    /// The task stays with the officers (H17).
    LawEnforcement,
    /// A statutory emergency: it heads the result, to be reported and answered at once (H19, E01).
    Immediate,
    /// The need arises where this run decides nothing: outside the pilot communities.
    OutOfScope,
}

/// How many providers fail a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleCount {
    /// The rule.
    pub rule: RuleId,
    /// How many providers of the need's domain and area fail it.
    pub providers: u32,
    /// How many of them fail no other: they would be candidates without it.
    pub alone: u32,
}

/// For each level how many candidates of a need are full there. A candidate counts once, at the lowest level that is
/// full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FullPlaces {
    /// The worker has no open place.
    pub worker: u32,
    /// The worker has one, the organization has none; or the organization serves directly and has none.
    pub organization: u32,
    /// Worker and organization have one, a group above them has none.
    pub group: u32,
}

impl FullPlaces {
    pub(crate) fn new(worker: u32, organization: u32, group: u32) -> Self {
        Self { worker, organization, group }
    }

    /// Counts one more candidate.
    pub(crate) fn count(&mut self, level: Level) {
        match level {
            Level::Worker => self.worker += 1,
            Level::Organization => self.organization += 1,
            Level::Group => self.group += 1,
        }
    }
}

/// A candidate that would serve the need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Alternative {
    /// The organization.
    pub organization: OrganizationId,
    /// The worker; `None` where the organization would serve without naming one.
    pub worker: Option<WorkerId>,
    /// The score in fixed point; 1.0 is 1 000 000.
    pub score: i32,
    /// The lowest level that is full.
    pub full_at: Level,
}

impl UnmatchedReason {
    /// The codes of all reasons, in the order of the documentation.
    pub const CODES: [&'static str; 10] = [
        "no_candidate",
        "quota_full",
        "no_open_place",
        "no_gain",
        "undecided",
        "human_only",
        "refer_medical",
        "law_enforcement",
        "immediate",
        "out_of_scope",
    ];

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoCandidate { .. } => Self::CODES[0],
            Self::QuotaFull { .. } => Self::CODES[1],
            Self::NoOpenPlace { .. } => Self::CODES[2],
            Self::NoGain => Self::CODES[3],
            Self::Undecided => Self::CODES[4],
            Self::HumanOnly => Self::CODES[5],
            Self::ReferMedical => Self::CODES[6],
            Self::LawEnforcement => Self::CODES[7],
            Self::Immediate => Self::CODES[8],
            Self::OutOfScope => Self::CODES[9],
        }
    }

    /// The reason in words.
    #[must_use]
    pub const fn text(&self, language: Language) -> &'static str {
        match (self, language) {
            (Self::NoCandidate { .. }, Language::English) => "no provider passes every hard rule",
            (Self::NoCandidate { .. }, Language::Chinese) => "没有服务方符合全部硬性规则",
            (Self::QuotaFull { .. }, Language::English) => "as many needs of a quota are served as may be",
            (Self::QuotaFull { .. }, Language::Chinese) => "所属配额已满",
            (Self::NoOpenPlace { .. }, Language::English) => "all places of its candidates are taken",
            (Self::NoOpenPlace { .. }, Language::Chinese) => "符合条件的服务方名额已满",
            (Self::NoGain, Language::English) => "serving it would add nothing to the total",
            (Self::NoGain, Language::Chinese) => "提供服务不会增加总分",
            (Self::Undecided, Language::English) => "floors or quotas cannot be met, so nothing was decided",
            (Self::Undecided, Language::Chinese) => "下限或配额无法满足，故未作决定",
            (Self::HumanOnly, Language::English) => "the resident refuses an automated decision; a person decides",
            (Self::HumanOnly, Language::Chinese) => "居民拒绝自动化决策，由人工决定",
            (Self::ReferMedical, Language::English) => "referred to a medical institution",
            (Self::ReferMedical, Language::Chinese) => "须转介医疗机构",
            (Self::LawEnforcement, Language::English) => "law enforcement stays with the officers",
            (Self::LawEnforcement, Language::Chinese) => "执法事务由执法人员承担",
            (Self::Immediate, Language::English) => "a statutory emergency, to be reported and answered at once",
            (Self::Immediate, Language::Chinese) => "法定紧急情形，须立即报告处置",
            (Self::OutOfScope, Language::English) => "outside the pilot communities, to which this run is limited",
            (Self::OutOfScope, Language::Chinese) => "不在本次匹配限定的试点村（社区）范围内",
        }
    }
}
