//! The soft criteria by name.

use std::fmt;

macro_rules! criteria {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $chinese:literal;)+) => {
        /// A soft measure of a candidate in [0, 1]; larger is better.
        ///
        /// Sex, household registration and ethnicity are never criteria.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum Criterion { $($(#[$doc])* $name,)+ }

        impl Criterion {
            /// Every criterion, in the order of the documentation and of every array of criterion scores.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable code, as the policy writes it.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $(Self::$name => $code,)+ } }

            /// The Chinese name.
            #[must_use]
            pub const fn chinese(self) -> &'static str { match self { $(Self::$name => $chinese,)+ } }

            /// The criterion of a code, or `None` for a word that is none.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> { match code { $($code => Some(Self::$name),)+ _ => None } }
        }
    };
}

criteria! {
    /// How well the provider knows the domain.
    DomainCompetence = "domain_competence", "领域能力";
    /// How far the qualification reaches beyond what the severity asks for.
    Qualification = "qualification", "资格与风险匹配";
    /// How short the way is.
    TravelTime = "travel_time", "路程";
    /// Whether the provider serves the resident already.
    Continuity = "continuity", "服务连续性";
    /// How long the need has waited.
    Waiting = "waiting", "等待时间";
    /// Whether resident and worker share a language.
    Languages = "languages", "语言";
    /// Whether the resident prefers the worker.
    Preference = "preference", "居民意愿";
    /// The organization's assessment grade.
    OrganizationGrade = "organization_grade", "机构评估等级";
}

/// How many criteria there are.
pub const N_CRITERIA: usize = Criterion::ALL.len();

impl fmt::Display for Criterion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
