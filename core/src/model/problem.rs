//! The checked problem: all tables, resolved against each other, in canonical order.

use std::fmt;
use std::sync::Arc;

use super::codes::DivisionCode;
use super::order::Arranged;
use super::{
    Community, CommunityId, Group, GroupId, Need, NeedId, Organization, OrganizationId, Quota, QuotaId, Worker,
    WorkerId, digest, reader,
};
use crate::control::Control;
use crate::error::{Error, InputError};
use crate::policy::{Layer, Objective, Policy};
use crate::table::Tables;

/// A checked, immutable problem. A clone shares its rows.
///
/// # Examples
///
/// ```
/// use needmatch::{Policy, Problem, Table, Tables};
///
/// let tables = Tables {
///     communities: Table::new().with_texts("community", ["140502001001"]),
///     organizations: Table::new().with_texts("organization_id", ["o1"]).with_ints("capacity_max", [20]),
///     workers: Table::new()
///         .with_texts("worker_id", ["w1"])
///         .with_texts("organization_id", ["o1"])
///         .with_texts("domains", ["elderly_care:2;mental_health"])
///         .with_ints("caseload_max", [15]),
///     needs: Table::new()
///         .with_texts("need_id", ["n1", "n2"])
///         .with_texts("community", ["140502001001", "140502001001"])
///         .with_texts("domain", ["elderly_care", "elderly_care"])
///         .with_texts("risk", ["red", "green"]),
///     ..Tables::default()
/// };
/// let problem = Problem::new(&tables, Policy::default())?;
/// let second = problem.need_by_id("n2").expect("the table holds n2");
/// assert_eq!(problem.row_of_need(second), 1);
/// assert_eq!(problem.input_digest().len(), 64);
/// # Ok::<(), needmatch::InputError>(())
/// ```
#[derive(Clone)]
pub struct Problem {
    pub(super) needs: Arc<Rows<Need>>,
    pub(super) workers: Arc<Rows<Worker>>,
    pub(super) organizations: Arc<Rows<Organization>>,
    pub(super) communities: Arc<Rows<Community>>,
    pub(super) groups: Arc<Rows<Group>>,
    pub(super) quotas: Arc<Rows<Quota>>,
    pub(super) policy: Policy,
    /// For each community the layer of the policy that is in force there.
    pub(super) layers: Arc<[Layer]>,
    pub(super) input_digest: String,
}

/// The checked rows of one table in canonical order.
#[derive(Clone, Debug)]
pub(super) struct Rows<T> {
    /// The rows.
    pub(super) items: Vec<T>,
    /// For each item its row in the caller's table.
    pub(super) source: Vec<u32>,
    /// The canonical positions in the order of the identifiers' bytes.
    pub(super) by_id: Vec<u32>,
}

impl<T> Rows<T> {
    /// Puts the rows of a table into canonical order.
    pub(super) fn new(mut items: Vec<T>, arranged: Arranged) -> Self {
        arranged.order.arrange(&mut items);
        Self { items, source: arranged.order.into_rows(), by_id: arranged.by_id }
    }

    /// The position of an identifier; `order` compares an item's identifier with the one that is sought.
    fn position(&self, order: impl Fn(&T) -> std::cmp::Ordering) -> Option<usize> {
        let found = self.by_id.binary_search_by(|&position| order(&self.items[position as usize]));
        found.ok().map(|k| self.by_id[k] as usize)
    }
}

impl Problem {
    /// Checks the tables, resolves their references and puts them into canonical order.
    ///
    /// # Errors
    ///
    /// [`InputError`] with all faults of all tables.
    ///
    /// # Complexity
    ///
    /// O(n log n) for n rows.
    pub fn new(tables: &Tables, policy: Policy) -> Result<Self, InputError> {
        match reader::read(tables, policy, &Control::new()) {
            Ok(problem) => Ok(problem),
            Err(Error::Input(error)) => Err(error),
            Err(_) => unreachable!("nobody else holds this control, and it sets no budget"),
        }
    }

    /// Does as [`new`](Self::new) under a control: within its memory budget, and until it is cancelled.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] with all faults of all tables; [`Error::Limit`] before any memory is taken, if the problem may
    /// need more than the budget; [`Error::Cancelled`].
    pub fn with_control(tables: &Tables, policy: Policy, control: &Control) -> Result<Self, Error> {
        reader::read(tables, policy, control)
    }

    /// The problem with one worker changed, but for the identifier. It keeps the digest, which is that of no input then.
    pub(crate) fn with_worker(&self, worker: WorkerId, change: impl FnOnce(&mut Worker)) -> Self {
        let mut changed = self.clone();
        change(&mut Arc::make_mut(&mut changed.workers).items[worker.index()]);
        changed
    }

    /// The problem with one organization changed, but for the identifier; see [`with_worker`](Self::with_worker).
    pub(crate) fn with_organization(
        &self,
        organization: OrganizationId,
        change: impl FnOnce(&mut Organization),
    ) -> Self {
        let mut changed = self.clone();
        change(&mut Arc::make_mut(&mut changed.organizations).items[organization.index()]);
        changed
    }

    /// The needs in canonical order, indexed by [`NeedId`].
    #[must_use]
    pub fn needs(&self) -> &[Need] {
        &self.needs.items
    }

    /// The workers in canonical order, indexed by [`WorkerId`].
    #[must_use]
    pub fn workers(&self) -> &[Worker] {
        &self.workers.items
    }

    /// The organizations in canonical order, indexed by [`OrganizationId`].
    #[must_use]
    pub fn organizations(&self) -> &[Organization] {
        &self.organizations.items
    }

    /// The communities in canonical order, indexed by [`CommunityId`].
    #[must_use]
    pub fn communities(&self) -> &[Community] {
        &self.communities.items
    }

    /// The groups in canonical order, indexed by [`GroupId`].
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups.items
    }

    /// The quotas in canonical order, indexed by [`QuotaId`].
    #[must_use]
    pub fn quotas(&self) -> &[Quota] {
        &self.quotas.items
    }

    /// Whether a quota is about a need: it meets all conditions, and lies in the scope of the run or is pinned.
    #[must_use]
    pub fn is_about(&self, quota: &Quota, need: &Need) -> bool {
        let community = &self.communities()[need.community.index()];
        self.policy.scope().holds(need, community) && quota.covers(need, community)
    }

    /// The policy of the run. Needs are judged by that of their area, [`policy_of`](Self::policy_of).
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The policy by which a need is judged: that of the smallest area with an overlay in which it arises.
    #[must_use]
    pub fn policy_of(&self, need: &Need) -> &Policy {
        self.policy.at(self.layer_of(need))
    }

    /// The layer of the policy by which a need is judged.
    pub(crate) fn layer_of(&self, need: &Need) -> Layer {
        self.layers[need.community.index()]
    }

    /// The policy of the area of a community.
    pub(crate) fn policy_at(&self, community: CommunityId) -> &Policy {
        self.policy.at(self.layers[community.index()])
    }

    /// The same rows under a policy with another objective, which changes nothing in their order.
    pub(crate) fn with_objective(&self, objective: Objective) -> Self {
        let mut problem = Self { policy: self.policy.with_objective(objective), ..self.clone() };
        problem.input_digest = digest::digest(&problem);
        problem
    }

    /// The same rows under a policy with another switch penalty, which changes nothing in their order.
    pub(crate) fn with_switch_penalty(&self, penalty: u32) -> Self {
        let mut problem = Self { policy: self.policy.with_switch_penalty(penalty), ..self.clone() };
        problem.input_digest = digest::digest(&problem);
        problem
    }

    /// SHA-256 of all checked rows and the policy, as 64 hexadecimal digits.
    #[must_use]
    pub fn input_digest(&self) -> &str {
        &self.input_digest
    }

    /// SHA-256 of all checked rows without the policy, as 64 hexadecimal digits: runs of the same tables under another
    /// policy or seed have it in common.
    ///
    /// # Complexity
    ///
    /// Linear in the rows, which are hashed anew.
    #[must_use]
    pub fn tables_digest(&self) -> String {
        digest::digest_under("", self)
    }

    /// The need of an identifier.
    #[must_use]
    pub fn need_by_id(&self, id: &str) -> Option<NeedId> {
        self.needs.position(|need| (*need.id).cmp(id)).map(NeedId::new)
    }

    /// The worker of an identifier.
    #[must_use]
    pub fn worker_by_id(&self, id: &str) -> Option<WorkerId> {
        self.workers.position(|worker| (*worker.id).cmp(id)).map(WorkerId::new)
    }

    /// The organization of an identifier.
    #[must_use]
    pub fn organization_by_id(&self, id: &str) -> Option<OrganizationId> {
        self.organizations.position(|organization| (*organization.id).cmp(id)).map(OrganizationId::new)
    }

    /// The community of a division code.
    #[must_use]
    pub fn community_by_code(&self, code: DivisionCode) -> Option<CommunityId> {
        self.communities.position(|community| community.code.cmp(&code)).map(CommunityId::new)
    }

    /// The group of an identifier.
    #[must_use]
    pub fn group_by_id(&self, id: &str) -> Option<GroupId> {
        self.groups.position(|group| (*group.id).cmp(id)).map(GroupId::new)
    }

    /// The quota of an identifier.
    #[must_use]
    pub fn quota_by_id(&self, id: &str) -> Option<QuotaId> {
        self.quotas.position(|quota| (*quota.id).cmp(id)).map(QuotaId::new)
    }

    /// The needs in the order of their identifiers' bytes.
    pub fn needs_by_id(&self) -> impl ExactSizeIterator<Item = NeedId> + '_ {
        self.needs.by_id.iter().map(|&position| NeedId::new(position as usize))
    }

    /// The workers in the order of their identifiers' bytes.
    pub fn workers_by_id(&self) -> impl ExactSizeIterator<Item = WorkerId> + '_ {
        self.workers.by_id.iter().map(|&position| WorkerId::new(position as usize))
    }

    /// The organizations in the order of their identifiers' bytes.
    pub fn organizations_by_id(&self) -> impl ExactSizeIterator<Item = OrganizationId> + '_ {
        self.organizations.by_id.iter().map(|&position| OrganizationId::new(position as usize))
    }

    /// The groups in the order of their identifiers' bytes.
    pub fn groups_by_id(&self) -> impl ExactSizeIterator<Item = GroupId> + '_ {
        self.groups.by_id.iter().map(|&position| GroupId::new(position as usize))
    }

    /// The quotas in the order of their identifiers' bytes.
    pub fn quotas_by_id(&self) -> impl ExactSizeIterator<Item = QuotaId> + '_ {
        self.quotas.by_id.iter().map(|&position| QuotaId::new(position as usize))
    }

    /// The caller's row of a need.
    #[must_use]
    pub fn row_of_need(&self, need: NeedId) -> usize {
        self.needs.source[need.index()] as usize
    }

    /// The caller's row of a worker.
    #[must_use]
    pub fn row_of_worker(&self, worker: WorkerId) -> usize {
        self.workers.source[worker.index()] as usize
    }

    /// The caller's row of an organization.
    #[must_use]
    pub fn row_of_organization(&self, organization: OrganizationId) -> usize {
        self.organizations.source[organization.index()] as usize
    }

    /// The caller's row of a community.
    #[must_use]
    pub fn row_of_community(&self, community: CommunityId) -> usize {
        self.communities.source[community.index()] as usize
    }

    /// The caller's row of a group.
    #[must_use]
    pub fn row_of_group(&self, group: GroupId) -> usize {
        self.groups.source[group.index()] as usize
    }

    /// The caller's row of a quota.
    #[must_use]
    pub fn row_of_quota(&self, quota: QuotaId) -> usize {
        self.quotas.source[quota.index()] as usize
    }
}

// By hand: what a program prints by accident holds counts, and no resident.
impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Problem")
            .field("n_needs", &self.needs.items.len())
            .field("n_workers", &self.workers.items.len())
            .field("n_organizations", &self.organizations.items.len())
            .field("n_communities", &self.communities.items.len())
            .field("n_groups", &self.groups.items.len())
            .field("n_quotas", &self.quotas.items.len())
            .field("input_digest", &self.input_digest)
            .finish_non_exhaustive()
    }
}
