//! What a criterion is, and what it may read of a candidate.

use crate::candidate::{Base, Provider, Site, valid_qualifications};
use crate::model::codes::{DomainLevels, Languages, Qualifications};
use crate::model::{Need, NeedId, OrganizationId, Problem, WorkerId};
use crate::policy::{MAX_RANK, Policy};

/// A soft measure of a candidate.
pub(super) trait Measure: Sync {
    /// The measure in [0, 1]; larger is better.
    fn value(&self, need: &NeedSide<'_>, provider: &ProviderSide, policy: &Policy) -> f64;
}

/// A need.
pub(super) struct NeedSide<'a> {
    pub(super) need: &'a Need,
    /// Where it arises.
    pub(super) site: Site,
    /// The organization that serves the resident now: the one on record, else the current worker's.
    pub(super) current_organization: Option<OrganizationId>,
    /// The qualifications of each rank, from the highest, among those allowed for the service and the risk.
    pub(super) allowed_by_rank: [Qualifications; MAX_RANK as usize],
}

impl<'a> NeedSide<'a> {
    /// `site` is that of the need's community.
    pub(super) fn new(problem: &'a Problem, id: NeedId, site: Site) -> Self {
        let (need, policy) = (&problem.needs()[id.index()], problem.policy_at(problem.needs()[id.index()].community));
        let service = policy.service(need.service_type.unwrap_or(policy.usual_service(need.domain)));
        let allowed = service.any_of(need.risk);
        let of_worker = |worker: WorkerId| problem.workers()[worker.index()].organization;
        Self {
            need,
            site: site.at(need.point),
            current_organization: need.current_organization.or(need.current_worker.map(of_worker)),
            allowed_by_rank: std::array::from_fn(|k| {
                policy.scoring().of_rank(MAX_RANK - k as u32).intersection(allowed)
            }),
        }
    }
}

/// A provider.
pub(super) struct ProviderSide {
    pub(super) domains: DomainLevels,
    pub(super) worker: Option<WorkerId>,
    pub(super) organization: OrganizationId,
    pub(super) base: Base,
    /// Those that are valid; none for an organization that names no worker.
    pub(super) qualifications: Qualifications,
    pub(super) languages: Languages,
    /// The organization's assessment grade from 1 to 5, 0 without a valid one.
    pub(super) grade: u32,
}

impl ProviderSide {
    pub(super) fn new(problem: &Problem, node: u32) -> Self {
        let row = Provider::of(problem, node);
        // No criterion asks how far a provider goes, which the policy of an area may say.
        let base = Base::of(row, problem, problem.policy());
        match row {
            Provider::Worker(worker) => Self {
                domains: worker.domains,
                worker: Some(WorkerId::new(node as usize)),
                organization: worker.organization,
                base,
                qualifications: valid_qualifications(worker, problem.policy()),
                languages: worker.languages,
                grade: grade(problem, worker.organization),
            },
            Provider::Organization(row) => {
                let organization = OrganizationId::new(node as usize - problem.workers().len());
                Self {
                    domains: row.domains,
                    worker: None,
                    organization,
                    base,
                    qualifications: Qualifications::default(),
                    languages: Languages::default(),
                    grade: grade(problem, organization),
                }
            }
        }
    }
}

/// The grade, if it is valid on the policy's evaluation date; a grade without a last day is not.
fn grade(problem: &Problem, organization: OrganizationId) -> u32 {
    let organization = &problem.organizations()[organization.index()];
    let today = problem.policy().evaluation_date();
    let is_valid = organization.eval_valid_until.is_some_and(|until| today <= until);
    organization.eval_grade.filter(|_| is_valid).map_or(0, |grade| grade as u32 + 1)
}
