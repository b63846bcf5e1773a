//! What bounds a run beside its candidates: the places of each node, how many of them must be filled, and quotas.

use super::Forest;
use super::quotas::Quotas;
use crate::engine::Binding;
use crate::model::Problem;
use crate::policy::Objective;

/// Bounds on what is left to optimise: pinned needs have their places already, and fill floors.
#[derive(Clone, Debug)]
pub(crate) struct Bounds {
    /// The supply side.
    pub(crate) forest: Forest,
    /// For each node how many needs it may take.
    pub(crate) capacity: Vec<u64>,
    /// For each node how many needs it must take.
    pub(crate) floor: Vec<u64>,
    /// How many needs of some kinds it may and must serve.
    pub(crate) quotas: Quotas,
    /// Caseloads of workers who may take more count against a matching.
    costs: bool,
}

impl Bounds {
    /// Of a problem whose pins were checked.
    ///
    /// # Complexity
    ///
    /// O(needs + nodes · depth).
    pub(crate) fn of(problem: &Problem) -> Self {
        let forest = Forest::of(problem);
        let pinned = pinned(problem, &forest);
        let floor: Vec<u64> =
            forest.floor.iter().zip(&pinned).map(|(floor, &pinned)| floor.saturating_sub(pinned)).collect();
        // More than all needs together can fill, so that it never binds and never has a price.
        let unlimited = problem.needs().len() as u64 + 1;
        let open = |((places, &pinned), &floor): ((&Option<u64>, &u64), &u64)| match places {
            Some(places) => places.saturating_sub(pinned),
            None => unlimited.max(floor),
        };
        let capacity: Vec<u64> = forest.places.iter().zip(&pinned).zip(&floor).map(open).collect();
        let is_least_unequal = problem.policy().objective() == Objective::LeastUnequal;
        let costs = is_least_unequal
            && !problem.needs().is_empty()
            && capacity[..problem.workers().len()].iter().any(|&places: &u64| places > 0);
        Self { forest, capacity, floor, quotas: Quotas::of(problem), costs }
    }

    /// What of it, beyond capacities, can bind.
    pub(crate) fn binding(&self) -> Binding {
        let (floors, groups) = (self.floor.iter().any(|&floor| floor > 0), !self.quotas.parts.is_empty());
        Binding { floors, groups, costs: self.costs }
    }
}

/// For each node how many of its places are taken by pinned needs. That there are enough was checked before.
fn pinned(problem: &Problem, forest: &Forest) -> Vec<u64> {
    let mut pinned = vec![0; forest.n_nodes()];
    for worker in problem.needs().iter().filter_map(|need| need.pinned_worker) {
        for v in forest.path(forest.worker(worker)) {
            pinned[v as usize] += 1;
        }
    }
    pinned
}
