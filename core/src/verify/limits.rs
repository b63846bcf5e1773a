//! What the run must and may fill beside pinned needs, straight from the rows.

use super::quotas::Quotas;
use super::rates::Own;
use super::supply::Supply;
use crate::engine::Binding;
use crate::matching::{Kind, Node};
use crate::model::Problem;
use crate::policy::Objective;

/// Floors and caps by position, of what pinned needs leave.
pub(super) struct Limits {
    pub(super) floor: Vec<u64>,
    /// Never more than there are needs.
    pub(super) cap: Vec<u64>,
    pub(super) quotas: Quotas,
    /// Under the objective of least-unequal caseloads, how many needs each worker serves already, pinned ones included.
    pub(super) held: Option<Vec<u64>>,
}

impl Limits {
    /// Of the rows, and of kinds of needs with their floors.
    pub(super) fn of<'a>(
        problem: &Problem,
        supply: &Supply<'_>,
        kinds: impl Iterator<Item = (Kind, &'a Own, u64)>,
    ) -> Self {
        let n_needs = problem.needs().len() as u64;
        let positions = || (0..supply.n_nodes()).map(|position| supply.at(position));
        let mut limits = Self {
            floor: positions().map(|node| supply.floor(node)).collect(),
            cap: positions().map(|node| supply.places(node).unwrap_or(u64::MAX)).collect(),
            quotas: Quotas::of(problem, kinds),
            held: None,
        };
        if problem.policy().objective() == Objective::LeastUnequal {
            limits.held = Some(problem.workers().iter().map(|worker| worker.caseload_current.into()).collect());
        }
        for need in problem.needs() {
            let Some(worker) = need.pinned_worker else { continue };
            if let Some(held) = &mut limits.held {
                held[worker.index()] += 1;
            }
            for position in supply.path(Node::Worker(worker)) {
                limits.floor[position] = limits.floor[position].saturating_sub(1);
                limits.cap[position] = limits.cap[position].saturating_sub(1);
            }
        }
        limits.cap.iter_mut().for_each(|cap| *cap = n_needs.min(*cap));
        limits
    }

    /// What the square of a position's caseload grows by if it serves so many needs; 0 where squares do not count.
    pub(super) fn growth(&self, position: usize, needs: u64) -> i128 {
        let held = self.held.as_ref().and_then(|held| held.get(position));
        held.map_or(0, |&held| i128::from(needs) * i128::from(needs + 2 * held))
    }

    /// Whether anything must be served at all.
    pub(super) fn have_floors(&self) -> bool {
        self.floor.iter().any(|&floor| floor > 0) || self.quotas.parts.values().any(|part| part.floor > 0)
    }

    /// What of it, beyond places, can bind.
    pub(super) fn binding(&self) -> Binding {
        let (floors, groups) = (self.floor.iter().any(|&floor| floor != 0), !self.quotas.parts.is_empty());
        let costs = self.held.as_ref().is_some_and(|held| self.cap[..held.len()].iter().any(|&cap| cap > 0));
        Binding { floors, groups, costs }
    }
}
