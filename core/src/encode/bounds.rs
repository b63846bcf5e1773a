//! What bounds a run beside its candidates: the places of each node, and how many of them must be filled.

use super::Forest;
use crate::engine::Binding;
use crate::model::Problem;

/// Bounds on what is left to optimise: pinned needs have their places already, and fill floors.
#[derive(Clone, Debug)]
pub(crate) struct Bounds {
    /// The supply side.
    pub(crate) forest: Forest,
    /// For each node how many needs it may take.
    pub(crate) capacity: Vec<u64>,
    /// For each node how many needs it must take.
    pub(crate) floor: Vec<u64>,
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
        let capacity = forest.places.iter().zip(&pinned).zip(&floor).map(open).collect();
        Self { forest, capacity, floor }
    }

    /// What of it, beyond capacities, can bind.
    pub(crate) fn binding(&self) -> Binding {
        Binding { floors: self.floor.iter().any(|&floor| floor > 0), ..Binding::default() }
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
