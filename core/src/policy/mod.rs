//! The policy: every choice that is not the mathematics', as versioned data.
//!
//! `default.toml` is the only place where a default is written down, and explains each key. See
//! `docs/guide/policy.md`.

mod read;
mod schema;
mod section;
mod write;

mod choice;
mod incubation;
mod lists;
mod objective;
mod over;
mod overlay;
mod risk_scale;
mod scope;
mod scoring;
mod service;
mod travel;
mod validity;

pub use incubation::Incubation;
pub use lists::ListPolicy;
pub use objective::Objective;
pub use over::Over;
pub(crate) use overlay::Layer;
pub use overlay::Overlay;
pub use scope::Scope;
pub use scoring::{MAX_RANK, Scoring};
pub use service::ServicePolicy;
pub use travel::{Roads, Terrain, Travel, UnknownLocation};
pub use validity::Validity;

use crate::candidate::{RuleId, RuleSet};
use crate::encode::scale::ONE;
use crate::error::InputError;
use crate::model::Date;
use crate::model::codes::{
    Authorities, ClientGroup, ClientGroups, Confidentiality, Domain, Domains, Risk, ServiceType,
};
use crate::score::{Criterion, N_CRITERIA};
use risk_scale::RiskScales;

/// The default policy, with each key explained.
pub const DEFAULT_TOML: &str = include_str!("default.toml");

/// A checked, immutable policy.
///
/// # Examples
///
/// ```
/// use needmatch::model::codes::Risk;
/// use needmatch::policy::{Objective, Policy};
///
/// let policy = Policy::from_toml("objective = \"score\"\n[travel]\nmax_minutes = 45").unwrap();
/// assert_eq!(policy.objective(), Objective::Score);
/// assert_eq!(policy.travel().max_minutes, 45);
/// assert_eq!(policy.risk_of_grade("smi", "4"), Some(Risk::Red));
/// assert!(Policy::from_toml("objectif = \"score\"").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    version: String,
    evaluation_date: Date,
    validity: Validity,
    seed: String,
    objective: Objective,
    over: Over,
    scope: Scope,
    rules: RuleSet,
    weights: [u32; N_CRITERIA],
    scoring: Scoring,
    switch_penalty: u32,
    lists: ListPolicy,
    incubation: Incubation,
    travel: Travel,
    usual_service: [ServiceType; Domain::ALL.len()],
    services: [ServicePolicy; ServiceType::ALL.len()],
    minors: Minors,
    volunteer_max_risk: Risk,
    separate_domains: Domains,
    consent: Consent,
    organization_max_confidentiality: Confidentiality,
    group_confidentiality: [Confidentiality; ClientGroup::ALL.len()],
    authorities: [Authorities; Domain::ALL.len()],
    cross_area_domains: Domains,
    risk_scales: RiskScales,
    overlays: Vec<Overlay>,
}

/// Who counts as a minor, besides those whose age or case says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Minors {
    /// Domains whose subjects are minors whatever their age says.
    pub domains: Domains,
    /// Client groups whose members are minors whatever their age says.
    pub groups: ClientGroups,
    /// Domains in which a subject of unknown age is no minor.
    pub adult_domains: Domains,
    /// Client groups in which a member of unknown age is no minor.
    pub adult_groups: ClientGroups,
}

/// What consent must cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Consent {
    /// Client groups whose data are sensitive.
    pub sensitive_groups: ClientGroups,
}

impl Default for Policy {
    fn default() -> Self {
        Self::from_toml("").expect("default.toml is a valid policy, as a test checks")
    }
}

impl Policy {
    /// Reads a policy; keys left out keep the values of [`DEFAULT_TOML`].
    ///
    /// # Errors
    ///
    /// [`InputError`] with all faults: text that is not TOML, a newer form, unknown keys, values out of range.
    pub fn from_toml(text: &str) -> Result<Self, InputError> {
        read::from_toml(text, DEFAULT_TOML)
    }

    /// The policy as canonical TOML: every key, in one order, in one spelling; `scope` and `switch_penalty` only where they
    /// are not the defaults, so that input digests are those from before there were such keys.
    ///
    /// Equal policies give equal texts, and the text reads back as the same policy.
    #[must_use]
    pub fn to_toml(&self) -> String {
        write::to_toml(self)
    }

    /// The JSON Schema (draft 2020-12) of policy files, for editors and forms; each key with its explanation.
    ///
    /// The reader itself tells what it asks of each key. A file that the schema refuses, the reader refuses; the reader
    /// also checks what no schema can say, such as that weights sum to 1000.
    #[must_use]
    pub fn json_schema() -> String {
        schema::json_schema()
    }

    /// The same policy for another day. A day outside its [`validity`](Self::validity) is a fault of every problem made
    /// with it.
    #[must_use]
    pub fn with_evaluation_date(self, date: Date) -> Self {
        self.changed(|policy| policy.evaluation_date = date)
    }

    /// The name of the policy, printed on every result.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The day on which papers must be valid.
    #[must_use]
    pub fn evaluation_date(&self) -> Date {
        self.evaluation_date
    }

    /// The days on which the policy is in force.
    #[must_use]
    pub fn validity(&self) -> Validity {
        self.validity
    }

    /// The seed of the lottery that orders rows.
    #[must_use]
    pub fn seed(&self) -> &str {
        &self.seed
    }

    /// What is best.
    #[must_use]
    pub fn objective(&self) -> Objective {
        self.objective
    }

    /// What kinds of needs the objective compares, where it compares any.
    #[must_use]
    pub fn over(&self) -> Over {
        self.over
    }

    /// The same policy with another objective.
    #[must_use]
    pub fn with_objective(&self, objective: Objective) -> Self {
        self.clone().changed(|policy| policy.objective = objective)
    }

    /// Where needs must arise for a run to decide about them.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// The hard rules in force.
    #[must_use]
    pub fn rules(&self) -> RuleSet {
        self.rules
    }

    /// Whether a hard rule is in force.
    #[must_use]
    pub fn has_rule(&self, rule: RuleId) -> bool {
        self.rules.contains(rule)
    }

    /// The weight of a criterion in thousandths; all weights sum to 1000.
    #[must_use]
    pub fn weight(&self, criterion: Criterion) -> u32 {
        self.weights[criterion as usize]
    }

    /// Parameters of the criteria.
    #[must_use]
    pub fn scoring(&self) -> &Scoring {
        &self.scoring
    }

    /// What a switch scores less than a pair that gives the resident no other provider, in fixed point: 1.0 is 1 000 000, which
    /// is also the most.
    #[must_use]
    pub fn switch_penalty(&self) -> u32 {
        self.switch_penalty
    }

    /// The same policy with another penalty, of at most 1 000 000.
    pub(crate) fn with_switch_penalty(&self, penalty: u32) -> Self {
        self.clone().changed(|policy| policy.switch_penalty = penalty.min(ONE as u32))
    }

    /// How long ways take, and how long they may be.
    #[must_use]
    pub fn travel(&self) -> &Travel {
        &self.travel
    }

    /// How many candidates of a need a run looks at.
    #[must_use]
    pub fn lists(&self) -> ListPolicy {
        self.lists
    }

    /// How the cap of an incubating organization rises.
    #[must_use]
    pub fn incubation(&self) -> &Incubation {
        &self.incubation
    }

    /// The service that a need of the domain asks for where it does not say.
    #[must_use]
    pub fn usual_service(&self, domain: Domain) -> ServiceType {
        self.usual_service[domain as usize]
    }

    /// Who may deliver a service.
    #[must_use]
    pub fn service(&self, service: ServiceType) -> ServicePolicy {
        self.services[service as usize]
    }

    /// Who counts as a minor.
    #[must_use]
    pub fn minors(&self) -> Minors {
        self.minors
    }

    /// The highest colour of the risk at which a volunteer may serve alone (H15).
    #[must_use]
    pub fn volunteer_max_risk(&self) -> Risk {
        self.volunteer_max_risk
    }

    /// The domains in which the assessor does not provide (H10).
    #[must_use]
    pub fn separate_domains(&self) -> Domains {
        self.separate_domains
    }

    /// What consent must cover (H12).
    #[must_use]
    pub fn consent(&self) -> Consent {
        self.consent
    }

    /// The highest class of confidentiality that an organization may serve without naming a worker (H11).
    #[must_use]
    pub fn organization_max_confidentiality(&self) -> Confidentiality {
        self.organization_max_confidentiality
    }

    /// The least class of confidentiality of a client group's cases (H11).
    #[must_use]
    pub fn group_confidentiality(&self, group: ClientGroup) -> Confidentiality {
        self.group_confidentiality[group as usize]
    }

    /// The authorities of which one must have authorised a worker in the domain (H11); empty means that none is asked.
    #[must_use]
    pub fn authorities(&self, domain: Domain) -> Authorities {
        self.authorities[domain as usize]
    }

    /// The domains in which a provider may serve outside its service area (H14).
    #[must_use]
    pub fn cross_area_domains(&self) -> Domains {
        self.cross_area_domains
    }

    /// The colour of a raw grade, or `None` where the policy knows no such scale or grade.
    #[must_use]
    pub fn risk_of_grade(&self, scale: &str, grade: &str) -> Option<Risk> {
        self.risk_scales.risk(scale, grade)
    }
}

#[cfg(test)]
mod tests;
