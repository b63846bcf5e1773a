//! A limit of the work: how many bids and steps of searches are left.

use std::sync::atomic::{AtomicU64, Ordering};

/// What is left of the work that one part of a network may take.
///
/// Work is counted where it is done one step after the other, so what is left does not depend on threads.
pub(crate) struct Work(AtomicU64);

impl Work {
    /// As much as it takes.
    pub(crate) fn unlimited() -> Self {
        Self(AtomicU64::new(u64::MAX))
    }

    /// So many units, if there is a limit.
    pub(crate) fn of(limit: Option<u64>) -> Self {
        limit.map_or_else(Self::unlimited, |units| Self(AtomicU64::new(units)))
    }

    /// The share of some edges among all.
    pub(super) fn share(limit: Option<u64>, n_edges: usize, of: usize) -> Self {
        let share = |units: u64| (u128::from(units) * n_edges as u128 / of.max(1) as u128) as u64;
        Self::of(limit.map(share))
    }

    /// How many units are left.
    pub(super) fn left(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Whether nothing is left.
    pub(crate) fn is_spent(&self) -> bool {
        self.left() == 0
    }

    /// Counts so many units as done.
    pub(super) fn spend(&self, units: usize) {
        self.0.store(self.left().saturating_sub(units as u64), Ordering::Relaxed);
    }
}

impl FromIterator<Self> for Work {
    /// What is left of all parts together: nothing where it did not suffice for one of them.
    fn from_iter<I: IntoIterator<Item = Self>>(parts: I) -> Self {
        let left = parts.into_iter().map(|part| part.left());
        let sum = left.reduce(|sum, left| if sum == 0 || left == 0 { 0 } else { sum.saturating_add(left) });
        Self(AtomicU64::new(sum.unwrap_or(u64::MAX)))
    }
}
