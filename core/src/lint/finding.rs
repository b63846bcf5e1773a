//! What a linter may find, each with its stable name.

use crate::error::Language;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// A run cannot do what is asked.
    Error,
    /// A run does something that hardly anybody means.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    /// The word for readers.
    #[must_use]
    pub const fn text(self, language: Language) -> &'static str {
        match (self, language) {
            (_, Language::English) => self.code(),
            (Self::Error, Language::Chinese) => "错误",
            (Self::Warning, Language::Chinese) => "警告",
            (Self::Note, Language::Chinese) => "提示",
        }
    }
}

macro_rules! lints {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $severity:ident;)+) => {
        /// A kind of finding. Its name is the same in Rust, C and Python, and never comes to mean something else.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Lint { $($(#[$doc])* $name,)+ }

        impl Lint {
            /// Every kind, in the order in which they are told.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable name.
            #[must_use]
            pub const fn code(self) -> &'static str { match self { $(Self::$name => $code,)+ } }

            /// How much it matters.
            #[must_use]
            pub const fn severity(self) -> Severity { match self { $(Self::$name => Severity::$severity,)+ } }
        }
    };
}

lints! {
    /// The policy is not in force on its evaluation date: no problem is made with it.
    NotInForce = "not_in_force", Error;
    /// A worker, organization or group must fill more places than there are needs that can be served there.
    FloorAboveNeeds = "floor_above_needs", Error;
    /// The floors below an organization or group come to more than its open places.
    FloorsAboveCap = "floors_above_cap", Error;
    /// A quota asks for more needs than can be served.
    QuotaAboveNeeds = "quota_above_needs", Error;
    /// The least difference in one criterion outweighs all other criteria together.
    WeightDecides = "weight_decides", Warning;
    /// A criterion with a weight measures the same for everybody.
    WeightWithoutEffect = "weight_without_effect", Warning;
    /// The rules leave nobody who may deliver a service at some risk.
    ServiceByNobody = "service_by_nobody", Warning;
    /// The usual service of a domain is one that is only ever referred.
    UsualServiceReferred = "usual_service_referred", Warning;
    /// The fixed minutes of a terrain are longer than the longest way.
    OutOfReach = "out_of_reach", Warning;
    /// One rule keeps every provider away from every need, or from every need of a domain.
    RuleBlocksEveryone = "rule_blocks_everyone", Warning;
    /// No need of these tables arises where the run decides anything.
    ScopeWithoutNeeds = "scope_without_needs", Warning;
    /// Quotas cross, so the result is within all of them, with a gap, and may not be the best.
    QuotaCrosses = "quota_crosses", Warning;
    /// The result is the best over the lists alone.
    NotProven = "not_proven", Warning;
    /// A policy that differs from the default goes by its name.
    DefaultName = "default_name", Warning;
    /// The seed of the lottery is that of the default policy, which everybody knew beforehand.
    DefaultSeed = "default_seed", Note;
    /// A rule is switched off.
    RuleOff = "rule_off", Note;
    /// A key that is set has no effect beside another one.
    KeyWithoutEffect = "key_without_effect", Note;
    /// One rule keeps every provider away from some needs of a domain.
    RuleBlocksSome = "rule_blocks_some", Note;
    /// No need of these tables arises in the area of an overlay, or all do in smaller areas with overlays of their own.
    OverlayWithoutNeeds = "overlay_without_needs", Note;
    /// A quota that no matching could break.
    QuotaNeverBinds = "quota_never_binds", Note;
}

/// One thing that a bureau should look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Finding {
    /// The kind.
    pub lint: Lint,
    /// The key of the policy, or the table and its column, such as `criteria.waiting` or `quotas.floor`.
    pub key: String,
    /// What of it: a domain, or the identifier of a row; for a key without effect the key that takes it away.
    pub id: Option<String>,
    /// How many there are: the weight, the needs that can be served, the needs that are kept away.
    pub found: Option<u64>,
    /// Out of how many, or how many are asked for.
    pub of: Option<u64>,
}

impl Finding {
    pub(super) fn new(lint: Lint, key: impl Into<String>) -> Self {
        Self { lint, key: key.into(), id: None, found: None, of: None }
    }

    pub(super) fn about(self, id: impl Into<String>) -> Self {
        Self { id: Some(id.into()), ..self }
    }

    pub(super) fn numbers(self, found: u64, of: u64) -> Self {
        Self { found: Some(found), of: Some(of), ..self }
    }
}
