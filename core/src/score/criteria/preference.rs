//! Whether the resident prefers the worker.

use crate::policy::Policy;
use crate::score::measure::{Measure, NeedSide, ProviderSide};

/// 1 for a worker whom the resident prefers, or for everyone where the resident prefers nobody; else 0.
pub(super) struct Preference;

impl Measure for Preference {
    fn value(&self, need: &NeedSide<'_>, provider: &ProviderSide, _: &Policy) -> f64 {
        let preferred = &need.need.preferred_workers;
        let is_preferred = provider.worker.is_some_and(|worker| preferred.contains(&worker));
        if preferred.is_empty() || is_preferred { 1.0 } else { 0.0 }
    }
}
