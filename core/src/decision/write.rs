//! From a matching to its decision file.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::form::{FORMAT, FORMAT_WITH_QUOTAS};
use crate::error::{Error, Fault, FaultCode, InputError, TableName};
use crate::matching::{Matching, Provenance, Tier};
use crate::model::{Need, Problem, Quota, hex};
use crate::policy::Objective;

impl Matching {
    /// The decision file of the matching: everything that somebody without the tables needs to check it, as canonical
    /// JSON that ends with its own digest. The same input gives the same bytes on every platform, whatever the order of
    /// its rows.
    ///
    /// It holds identifiers, tiers and numbers, and neither names nor attributes of people. `docs/guide/decision.md` says
    /// what it proves and what it cannot. A file of a problem with quotas, or of least-unequal caseloads, is of form 2, which has
    /// some keys more.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] with fault 403 under the objectives `stable`, `max_min` and `leximin`: what proves such a matching
    /// is no part of the file's form yet.
    ///
    /// # Complexity
    ///
    /// O(candidates + needs + nodes), and the digest of the tables once more.
    pub fn to_decision(&self) -> Result<Vec<u8>, Error> {
        let problem = self.problem();
        let objective = problem.policy().objective();
        if objective == Objective::Stable || objective.compares_kinds() {
            let expected = "an objective other than stable, max_min and leximin, for which there are no decision files in \
                            this version";
            let fault = Fault::in_column(TableName::Policy, "objective", FaultCode::PolicyValue, expected);
            return Err(InputError::from(fault).into());
        }
        let policy = problem.policy().to_toml();
        let Provenance { semantics_id, input_digest, seed, library_version, .. } = self.provenance();
        let says_more = !self.quotas().is_empty() || problem.policy().objective() == Objective::LeastUnequal;
        let file = File {
            format: if says_more { FORMAT_WITH_QUOTAS } else { FORMAT },
            semantics_id,
            library_version,
            input_digest,
            tables_digest: &problem.tables_digest(),
            policy: Policy { digest: &sha256(policy.as_bytes()), text: &policy },
            seed,
            evaluation_date: &problem.policy().evaluation_date().to_string(),
            engine: self.engine().code(),
            engine_reason: self.engine_reason().code(),
            result: self,
            network: Network::of(self, says_more),
        };
        let mut bytes =
            serde_json::to_vec(&file).expect("neither a map key nor a number of a decision is refused by JSON");
        // The digest covers what is before it and takes the place of the last brace.
        bytes.pop();
        let digest = sha256(&bytes);
        bytes.extend_from_slice(format!("{}{digest}\"}}", super::DIGEST_KEY).as_bytes());
        Ok(bytes)
    }
}

/// SHA-256 in 64 hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[derive(Serialize)]
struct File<'a> {
    format: i64,
    semantics_id: &'a str,
    library_version: &'a str,
    input_digest: &'a str,
    tables_digest: &'a str,
    policy: Policy<'a>,
    seed: &'a str,
    evaluation_date: &'a str,
    engine: &'a str,
    engine_reason: &'a str,
    result: &'a Matching,
    network: Network<'a>,
}

#[derive(Serialize)]
struct Policy<'a> {
    digest: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct Network<'a> {
    needs: Needs<'a>,
    nodes: Nodes<'a>,
    candidates: Candidates<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quotas: Option<Quotas<'a>>,
}

#[derive(Serialize)]
struct Needs<'a> {
    id: Vec<&'a str>,
    tier: Vec<u8>,
    pinned: Vec<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    household: Option<Vec<Option<&'a str>>>,
}

#[derive(Serialize)]
struct Nodes<'a> {
    workers: Vec<&'a str>,
    organizations: Vec<&'a str>,
    groups: Vec<&'a str>,
    parent: Vec<Option<usize>>,
    places: Vec<Option<u64>>,
    floor: Vec<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caseload: Option<Vec<u32>>,
}

#[derive(Serialize)]
struct Candidates<'a> {
    start: &'a [usize],
    node: &'a [u32],
    score: &'a [i32],
}

#[derive(Serialize)]
struct Quotas<'a> {
    id: Vec<&'a str>,
    per_household: Vec<bool>,
    floor: Vec<u64>,
    cap: Vec<Option<u64>>,
    start: Vec<usize>,
    need: Vec<usize>,
}

impl<'a> Network<'a> {
    fn of(matching: &'a Matching, says_more: bool) -> Self {
        let problem = matching.problem();
        let (needs, scored) = (problem.needs(), matching.candidates());
        let is_pinned = |&need: &usize| needs[need].pinned_worker.is_some();
        Self {
            needs: Needs {
                id: needs.iter().map(|need| &*need.id).collect(),
                tier: needs.iter().map(|need| Tier::of(need.risk).number()).collect(),
                pinned: (0..needs.len()).filter(is_pinned).collect(),
                household: says_more.then(|| households(problem)),
            },
            nodes: Nodes::of(problem),
            candidates: Candidates {
                start: scored.candidates.indptr(),
                node: scored.candidates.provider(),
                score: &scored.score,
            },
            quotas: says_more.then(|| Quotas::of(problem)),
        }
    }
}

/// The household of each need that a quota for each household is about; nobody asks for that of the others.
fn households(problem: &Problem) -> Vec<Option<&str>> {
    let is_asked_for =
        |need: &Need| problem.quotas().iter().any(|quota| quota.per_household && problem.is_about(quota, need));
    problem.needs().iter().map(|need| need.household.as_deref().filter(|_| is_asked_for(need))).collect()
}

impl<'a> Quotas<'a> {
    fn of(problem: &'a Problem) -> Self {
        let rows: Vec<&Quota> = problem.quotas_by_id().map(|id| &problem.quotas()[id.index()]).collect();
        let (mut start, mut need) = (vec![0], Vec::new());
        for quota in &rows {
            let covered = problem.needs().iter().enumerate().filter(|(_, need)| problem.is_about(quota, need));
            need.extend(covered.map(|(position, _)| position));
            start.push(need.len());
        }
        Self {
            id: rows.iter().map(|quota| &*quota.id).collect(),
            per_household: rows.iter().map(|quota| quota.per_household).collect(),
            floor: rows.iter().map(|quota| quota.floor).collect(),
            cap: rows.iter().map(|quota| quota.cap).collect(),
            start,
            need,
        }
    }
}

impl<'a> Nodes<'a> {
    fn of(problem: &'a Problem) -> Self {
        let (workers, organizations, groups) = (problem.workers(), problem.organizations(), problem.groups());
        let first_group = workers.len() + organizations.len();
        let counts_squares = problem.policy().objective() == Objective::LeastUnequal;
        let above_worker = workers.iter().map(|row| Some(workers.len() + row.organization.index()));
        let above_organization = organizations.iter().map(|row| row.group.map(|id| first_group + id.index()));
        let above_group = groups.iter().map(|row| row.parent.map(|id| first_group + id.index()));
        let of_workers = workers.iter().map(|row| Some(row.open_places().into()));
        let of_organizations = organizations.iter().map(|row| Some(row.open_places().into()));
        let floors = workers.iter().map(|row| row.floor()).chain(organizations.iter().map(|row| row.floor()));
        Self {
            floor: floors.map(u64::from).chain(groups.iter().map(|row| row.floor())).collect(),
            caseload: counts_squares.then(|| workers.iter().map(|row| row.caseload_current).collect()),
            workers: workers.iter().map(|row| &*row.id).collect(),
            organizations: organizations.iter().map(|row| &*row.id).collect(),
            groups: groups.iter().map(|row| &*row.id).collect(),
            parent: above_worker.chain(above_organization).chain(above_group).collect(),
            places: of_workers.chain(of_organizations).chain(groups.iter().map(|row| row.open_places())).collect(),
        }
    }
}
