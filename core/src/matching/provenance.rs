//! Where a result comes from, so that it can be made again years later.

use serde::Serialize;

use crate::error::Language;
use crate::model::Problem;

/// Names the meaning of a result: versions of the library with the same name give the same matching for the same input.
pub const SEMANTICS_ID: &str = "needmatch-1";

/// Why the search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// No other matching has a greater total; the prices prove it.
    Optimal,
    /// No matching meets all floors, so nobody is served; [`Unmet`](super::Unmet) proves it.
    FloorsUnmet,
    /// The matching is within all bounds, and no other is better by more than the gap, nor has a least rate above its bound.
    /// Only where quotas, or kinds of needs under `max_min`, cross.
    Bounded,
    /// Nobody is served: no matching within all bounds was found, and none was proven not to exist. Only where quotas cross.
    NotFound,
    /// No need and provider would both rather have each other. Only under the objective `stable`.
    Stable,
}

impl Status {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Optimal => "optimal",
            Self::FloorsUnmet => "floors_unmet",
            Self::Bounded => "bounded",
            Self::NotFound => "not_found",
            Self::Stable => "stable",
        }
    }

    /// The status in words.
    #[must_use]
    pub const fn text(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Optimal, Language::English) => "proven best",
            (Self::Optimal, Language::Chinese) => "已证明最优",
            (Self::FloorsUnmet, Language::English) => "the floors cannot be met together",
            (Self::FloorsUnmet, Language::Chinese) => "各项下限无法同时满足",
            (Self::Bounded, Language::English) => {
                "not proven best, since quotas or kinds of needs cross; no matching is better by more than the gap"
            }
            (Self::Bounded, Language::Chinese) => "配额或需求类别相互交叉，未证明最优；任何方案的优势不超过所列差距",
            (Self::NotFound, Language::English) => "nothing within all quotas was found, since they cross",
            (Self::NotFound, Language::Chinese) => "配额相互交叉，未找到满足全部配额的方案",
            (Self::Stable, Language::English) => "stable: no need and provider would both rather have each other",
            (Self::Stable, Language::Chinese) => "稳定：不存在双方都更愿意选择对方的需求与服务方",
        }
    }

    /// Whether there is a matching to carry out.
    #[must_use]
    pub const fn serves(self) -> bool {
        matches!(self, Self::Optimal | Self::Bounded | Self::Stable)
    }
}

/// Among which matchings a result is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
#[serde(rename_all = "snake_case")]
pub enum OptimalOver {
    /// All that use pairs of need and provider that pass every hard rule.
    AllPairs,
    /// All that use candidates on the lists, which leave some out.
    Lists,
}

impl OptimalOver {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AllPairs => "all_pairs",
            Self::Lists => "lists",
        }
    }

    /// The statement in words.
    #[must_use]
    pub const fn text(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::AllPairs, Language::English) => "optimal over all eligible pairs",
            (Self::AllPairs, Language::Chinese) => "在全部合规配对中最优",
            (Self::Lists, Language::English) => "optimal on the lists",
            (Self::Lists, Language::Chinese) => "在候选名单内最优",
        }
    }
}

/// What determined a result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Provenance {
    /// [`SEMANTICS_ID`] of the library that made it.
    pub semantics_id: &'static str,
    /// SHA-256 of all checked rows and the policy, as 64 hexadecimal digits.
    pub input_digest: String,
    /// The version that the policy gives itself.
    pub policy_version: String,
    /// The seed of the lottery that orders rows and so breaks ties.
    pub seed: String,
    /// The version of the library that made it.
    pub library_version: &'static str,
}

impl Provenance {
    /// The provenance of a result that this library makes of the problem.
    pub(crate) fn of(problem: &Problem) -> Self {
        Self {
            semantics_id: SEMANTICS_ID,
            input_digest: problem.input_digest().to_owned(),
            policy_version: problem.policy().version().to_owned(),
            seed: problem.policy().seed().to_owned(),
            library_version: env!("CARGO_PKG_VERSION"),
        }
    }
}
