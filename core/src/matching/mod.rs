//! The whole outcome of a run: who serves whom, who is not served and why, and the prices that prove it best.

mod assignment;
mod capacity;
mod certificate;
mod tier;
mod unmatched;

mod provenance;
mod quota;
mod rates;
mod summary;

mod json;

use std::sync::Arc;

pub use assignment::Assignment;
pub use capacity::{Capacity, Level, Node};
pub use certificate::{Certificate, KindPrice, Limit, Limited, Unmet};
pub use provenance::{OptimalOver, Provenance, SEMANTICS_ID, Status};
pub use quota::{QuotaPrice, QuotaResult};
pub use rates::{Kind, KindResult, Rate, Rates};
pub use summary::{Coverage, ReasonCount, Summary};
pub use tier::Tier;
pub use unmatched::{Alternative, FullPlaces, RuleCount, Unmatched, UnmatchedReason};

use crate::engine::{Engine, EngineReason};
use crate::model::{GroupId, NeedId, OrganizationId, Problem, QuotaId, WorkerId};
use crate::score::ScoredCandidates;
use crate::total::Total;
use crate::verify::{self, Verified, Violation};

/// A matching of needs to providers, with everything that is needed to check and to explain it.
///
/// It never changes, and threads may share it. A clone shares all large parts.
#[derive(Clone, Debug)]
pub struct Matching {
    pub(crate) problem: Problem,
    pub(crate) candidates: Arc<ScoredCandidates>,
    pub(crate) result: Arc<Outcome>,
}

/// What was decided and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) assignments: Vec<Assignment>,
    pub(crate) unmatched: Vec<Unmatched>,
    pub(crate) capacity: Vec<Capacity>,
    pub(crate) summary: Summary,
    pub(crate) total: Total,
    pub(crate) bound: Total,
    pub(crate) status: Status,
    pub(crate) optimal_over: OptimalOver,
    pub(crate) engine: Engine,
    pub(crate) engine_reason: EngineReason,
    pub(crate) provenance: Provenance,
    pub(crate) quotas: Vec<QuotaResult>,
    pub(crate) certificate: Option<Certificate>,
    pub(crate) unmet: Option<Unmet>,
    pub(crate) rates: Option<Rates>,
}

impl Matching {
    /// The problem that was solved.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The candidates that the run looked at, with their scores: all, or as many as the policy's lists hold and the proof
    /// asked for.
    #[must_use]
    pub fn candidates(&self) -> &ScoredCandidates {
        &self.candidates
    }

    /// The needs that are served, in the order of their identifiers' bytes.
    #[must_use]
    pub fn assignments(&self) -> &[Assignment] {
        &self.result.assignments
    }

    /// The needs that are not served, in the order of their identifiers' bytes.
    #[must_use]
    pub fn unmatched(&self) -> &[Unmatched] {
        &self.result.unmatched
    }

    /// The needs that are statutory emergencies, in the order of their identifiers' bytes. They are unmatched with the reason
    /// [`Immediate`](UnmatchedReason::Immediate), take no place, and head the result: somebody must be told at once.
    pub fn immediate(&self) -> impl Iterator<Item = NeedId> + '_ {
        self.unmatched().iter().filter(|row| row.reason == UnmatchedReason::Immediate).map(|row| row.need)
    }

    /// The places of all workers, then all organizations, then all groups, each in the order of their identifiers'
    /// bytes.
    #[must_use]
    pub fn capacity(&self) -> &[Capacity] {
        &self.result.capacity
    }

    /// What became of the quotas, in the order of their identifiers' bytes.
    #[must_use]
    pub fn quotas(&self) -> &[QuotaResult] {
        &self.result.quotas
    }

    /// The matching in a few numbers.
    #[must_use]
    pub fn summary(&self) -> &Summary {
        &self.result.summary
    }

    /// What the assignments are worth. Its tiers are those of the policy's objective: 4 for a red need to 1 for a green
    /// one under `tiers_then_score`, 1 for each need under `coverage_then_score`, 0 under `score`.
    #[must_use]
    pub fn total(&self) -> Total {
        self.result.total
    }

    /// What the prices prove that no matching can exceed. Where quotas cross it may be above the total: then the difference
    /// is the most needs of the highest tier that another matching could serve more, and with the rest of the next, and so
    /// on, counted as in the total.
    #[must_use]
    pub fn bound(&self) -> Total {
        self.result.bound
    }

    /// The bound less the total; zero means proven best. Under `max_min` it is about the matchings of no lower least rate.
    #[must_use]
    pub fn gap(&self) -> Total {
        self.bound() - self.total()
    }

    /// Why the search ended.
    #[must_use]
    pub fn status(&self) -> Status {
        self.result.status
    }

    /// Among which matchings it is the best. Ranks, reasons and counts speak of the same candidates.
    #[must_use]
    pub fn optimal_over(&self) -> OptimalOver {
        self.result.optimal_over
    }

    /// The engine that found it.
    #[must_use]
    pub fn engine(&self) -> Engine {
        self.result.engine
    }

    /// Why that one.
    #[must_use]
    pub fn engine_reason(&self) -> EngineReason {
        self.result.engine_reason
    }

    /// Prices in one number each, where floors or quotas bind; `None` where the prices of [`capacity`](Self::capacity) prove the
    /// result, and where the floors cannot be met.
    #[must_use]
    pub fn certificate(&self) -> Option<&Certificate> {
        self.result.certificate.as_ref()
    }

    /// What proves that the floors cannot be met; `None` where they are.
    #[must_use]
    pub fn unmet(&self) -> Option<&Unmet> {
        self.result.unmet.as_ref()
    }

    /// How kinds of needs came out where the objective compares them; `None` under other objectives, and where nobody is
    /// served since floors or quotas cannot be met.
    #[must_use]
    pub fn rates(&self) -> Option<&Rates> {
        self.result.rates.as_ref()
    }

    /// What determined the result.
    #[must_use]
    pub fn provenance(&self) -> &Provenance {
        &self.result.provenance
    }

    /// The caller's identifier of a need.
    #[must_use]
    pub fn need_id(&self, need: NeedId) -> &str {
        &self.problem.needs()[need.index()].id
    }

    /// The caller's identifier of a worker.
    #[must_use]
    pub fn worker_id(&self, worker: WorkerId) -> &str {
        &self.problem.workers()[worker.index()].id
    }

    /// The caller's identifier of an organization.
    #[must_use]
    pub fn organization_id(&self, organization: OrganizationId) -> &str {
        &self.problem.organizations()[organization.index()].id
    }

    /// The caller's identifier of a group.
    #[must_use]
    pub fn group_id(&self, group: GroupId) -> &str {
        &self.problem.groups()[group.index()].id
    }

    /// The caller's identifier of a quota.
    #[must_use]
    pub fn quota_id(&self, quota: QuotaId) -> &str {
        &self.problem.quotas()[quota.index()].id
    }

    /// The caller's identifier of the household to which a need belongs; empty where it belongs to none.
    #[must_use]
    pub fn household_id(&self, need: NeedId) -> &str {
        self.problem.needs()[need.index()].household.as_deref().unwrap_or_default()
    }

    /// The caller's identifier of a worker, an organization or a group.
    #[must_use]
    pub fn node_id(&self, node: Node) -> &str {
        match node {
            Node::Worker(worker) => self.worker_id(worker),
            Node::Organization(organization) => self.organization_id(organization),
            Node::Group(group) => self.group_id(group),
        }
    }

    /// The assignment of a need, or `None` where it is not served.
    #[must_use]
    pub fn assignment(&self, need: NeedId) -> Option<&Assignment> {
        let id = self.need_id(need);
        let found = self.assignments().binary_search_by(|a| self.need_id(a.need).cmp(id));
        found.ok().map(|k| &self.assignments()[k])
    }

    /// Checks the matching once more against its problem, as [`solve`](crate::solve()) does before it returns.
    ///
    /// # Errors
    ///
    /// The first [`Violation`] that is found.
    pub fn verify(&self) -> Result<Verified, Violation> {
        verify::verify(&self.problem, &self.candidates, self)
    }

    /// Checks the matching as [`verify`](Self::verify) does, and finds and scores every pair that passes every rule anew:
    /// that the lists hold such pairs only, and that everything said of all pairs is true of all.
    ///
    /// # Errors
    ///
    /// The first [`Violation`] that is found.
    ///
    /// # Complexity
    ///
    /// O(providers of its domain and area) for each need, about a microsecond each.
    pub fn verify_all_pairs(&self) -> Result<Verified, Violation> {
        verify::verify_all_pairs(&self.problem, &self.candidates, self)
    }

    /// The matching as JSON: the same bytes for the same input on every platform. Keys have a fixed order,
    /// identifiers and codes are texts, all numbers are whole.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("neither a map key nor a number of the matching is refused by JSON")
    }
}
