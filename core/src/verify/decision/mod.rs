//! Checks a decision file without the tables, from nothing but what the file says.
//!
//! What the tables alone know stays unchecked: that the candidates passed every rule and that no pair which did is
//! missing, scores of candidates that were not chosen, why a need has no candidate, and counts by domain, county and class
//! beyond their sums. [`replay`](crate::replay) checks those. `docs/guide/decision.md` has the whole list, and verifiers
//! in C and Python do as this one does.

mod head;
mod order;

mod supply;

mod assignments;
mod unmatched;

mod proof;
mod summary;

mod certificate;
mod limits;
mod quotas;
mod unmet;

use crate::decision::form::{File, Pair};
use crate::decision::{DecisionFault, DecisionVerified};
use certificate::Case;
use head::Head;
use limits::Limits;
use quotas::Quotas;
use supply::{Places, Supply};

/// Checks the whole file.
///
/// # Errors
///
/// [`DecisionFault::Wrong`] with the first place that is wrong.
pub(crate) fn check(file: &File) -> Result<DecisionVerified, DecisionFault> {
    let head = head::check(file)?;
    order::check(&file.network, &file.seed)?;
    let supply = Supply::check(&file.network)?;
    let rows = Rows::check(file, &supply, FULL_SCORE + head.switch_penalty)?;
    let served_at = assignments::check(file, &head, &supply, &rows)?;
    let quotas = Quotas::check(file, &head, &rows)?;
    let places = supply::check_capacity(file, head.is_decided, &supply, &served_at)?;
    unmatched::check(file, &head, &supply, (&rows, &quotas), &served_at, &places)?;
    check_proof(file, &head, (&supply, &rows, &quotas), &served_at, &places)?;
    summary::check(file, &head, &rows, &served_at)?;
    Ok(DecisionVerified {
        served: file.result.assignments.len(),
        unmatched: file.result.unmatched.len(),
        candidates: file.network.candidates.node.len(),
    })
}

/// Checks totals and what proves the result: prices of the places where capacities alone can bind, else a certificate, or a
/// tight set where floors cannot be met.
fn check_proof(
    file: &File,
    head: &Head<'_>,
    (supply, rows, quotas): (&Supply<'_>, &Rows<'_>, &Quotas<'_>),
    served_at: &[Option<usize>],
    places: &Places,
) -> Result<(), DecisionFault> {
    let result = &file.result;
    let limits = Limits::of(file, head, supply, rows);
    let engine = if limits.have_none() && quotas.parts.is_empty() { "fast" } else { "general" };
    if *file.engine != *engine {
        return Err(DecisionFault::wrong("engine"));
    }
    if *file.engine_reason != *limits.reason(!quotas.parts.is_empty()) && *file.engine_reason != *"asked" {
        return Err(DecisionFault::wrong("engine_reason"));
    }
    let case = Case { file, head, supply, rows, quotas, served_at, places, limits: &limits };
    let gap = match (engine, &*result.status, &result.certificate, &result.tight_set) {
        ("fast", "optimal", None, None) => {
            proof::check(head, supply, rows, served_at, places).map(|()| Pair::default())?
        }
        ("general", "optimal" | "bounded" | "not_found", Some(certificate), None) => case.gap(certificate)?,
        ("general", "floors_unmet", None, Some(tight)) => unmet::check(tight, &case).map(|()| Pair::default())?,
        _ => return Err(DecisionFault::wrong("result.status")),
    };
    let has_gap = gap != Pair::default();
    let is_said = match &*result.status {
        "bounded" => has_gap && quotas.cross(),
        // Without quotas that cross the engine finds a matching or proves that there is none, and without floors nobody
        // served is within all quotas.
        "not_found" => result.assignments.is_empty() && quotas.cross() && (limits.has_floors() || quotas.have_floors()),
        _ => !has_gap,
    };
    if !is_said {
        return Err(DecisionFault::wrong("result.status"));
    }
    quotas.check_list(file, head, served_at, case.quota_prices(result.certificate.as_ref()))?;
    proof::check_totals(file, head, gap)
}

/// The candidates and pins of the needs, once they are known to be rows of the nodes, with scores up to the most.
struct Rows<'a> {
    file: &'a File,
    start: Vec<usize>,
    node: Vec<usize>,
    is_pinned: Vec<bool>,
}

impl<'a> Rows<'a> {
    fn check(file: &'a File, supply: &Supply<'_>, most: i64) -> Result<Self, DecisionFault> {
        let (needs, candidates) = (&file.network.needs, &file.network.candidates);
        let n_needs = needs.id.len();
        let start: Vec<usize> = candidates.start.iter().map(|&at| at as usize).collect();
        let fits = start.len() == n_needs + 1 && start[0] == 0 && start.is_sorted();
        if !fits || start[n_needs] != candidates.node.len() {
            return Err(DecisionFault::wrong("network.candidates.start"));
        }
        if candidates.score.len() != candidates.node.len() {
            return Err(DecisionFault::wrong("network.candidates.score"));
        }
        let node: Vec<usize> = candidates.node.iter().map(|&node| node as usize).collect();
        for need in 0..n_needs {
            let row = &node[start[need]..start[need + 1]];
            if !row.is_sorted_by(|a, b| a < b) || row.last().is_some_and(|&last| last >= supply.n_providers()) {
                return Err(DecisionFault::wrong("network.candidates.node"));
            }
        }
        if let Some(k) = candidates.score.iter().position(|score| !(0..=most).contains(score)) {
            return Err(DecisionFault::wrong(format!("network.candidates.score[{k}]")));
        }
        if needs.tier.len() != n_needs || needs.tier.iter().any(|tier| !(1..=4).contains(tier)) {
            return Err(DecisionFault::wrong("network.needs.tier"));
        }
        let mut is_pinned = vec![false; n_needs];
        for &need in &needs.pinned {
            *is_pinned.get_mut(need as usize).ok_or(DecisionFault::wrong("network.needs.pinned"))? = true;
        }
        // A pinned need has its worker as its only candidate.
        let has_one = |&need: &u64| start[need as usize + 1] - start[need as usize] == 1;
        if !needs.pinned.is_sorted_by(|a, b| a < b) || !needs.pinned.iter().all(has_one) {
            return Err(DecisionFault::wrong("network.needs.pinned"));
        }
        Ok(Self { file, start, node, is_pinned })
    }

    fn n_needs(&self) -> usize {
        self.is_pinned.len()
    }

    fn id(&self, need: usize) -> &'a str {
        &self.file.network.needs.id[need]
    }

    fn tier(&self, need: usize) -> i64 {
        self.file.network.needs.tier[need]
    }

    /// Each candidate of a need with its node and its score.
    fn row(&self, need: usize) -> impl ExactSizeIterator<Item = (usize, i64)> + Clone + '_ {
        let range = self.start[need]..self.start[need + 1];
        let scores = &self.file.network.candidates.score[range.clone()];
        self.node[range].iter().copied().zip(scores.iter().copied())
    }
}

/// A score of 1.0.
const FULL_SCORE: i64 = 1_000_000;
/// Prices and counts are below this, so that no sum of them overflows.
const MAX_NUMBER: u64 = 1 << 53;

impl Pair {
    fn plus(self, other: Self) -> Self {
        Self { tier: self.tier + other.tier, score: self.score + other.score }
    }

    fn minus(self, other: Self) -> Self {
        Self { tier: self.tier - other.tier, score: self.score - other.score }
    }
}
