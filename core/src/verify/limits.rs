//! What the run must and may fill beside pinned needs, straight from the rows.

use super::supply::Supply;
use crate::engine::Binding;
use crate::matching::Node;
use crate::model::Problem;

/// Floors and caps by position, of what pinned needs leave.
pub(super) struct Limits {
    pub(super) floor: Vec<u64>,
    /// Never more than there are needs.
    pub(super) cap: Vec<u64>,
}

impl Limits {
    pub(super) fn of(problem: &Problem, supply: &Supply<'_>) -> Self {
        let n_needs = problem.needs().len() as u64;
        let positions = || (0..supply.n_nodes()).map(|position| supply.at(position));
        let mut limits = Self {
            floor: positions().map(|node| supply.floor(node)).collect(),
            cap: positions().map(|node| supply.places(node).unwrap_or(u64::MAX)).collect(),
        };
        for need in problem.needs() {
            let Some(worker) = need.pinned_worker else { continue };
            for position in supply.path(Node::Worker(worker)) {
                limits.floor[position] = limits.floor[position].saturating_sub(1);
                limits.cap[position] = limits.cap[position].saturating_sub(1);
            }
        }
        limits.cap.iter_mut().for_each(|cap| *cap = n_needs.min(*cap));
        limits
    }

    /// What of it, beyond places, can bind.
    pub(super) fn binding(&self) -> Binding {
        Binding { floors: self.floor.iter().any(|&floor| floor != 0), ..Binding::default() }
    }
}
