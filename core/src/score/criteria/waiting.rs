//! How long the need has waited.

use crate::policy::Policy;
use crate::score::measure::{Measure, NeedSide, ProviderSide};

/// Days waited as a share of the policy's full days; 1 from there on, so that age does not swamp the rest.
pub(super) struct Waiting;

impl Measure for Waiting {
    fn value(&self, need: &NeedSide<'_>, _: &ProviderSide, policy: &Policy) -> f64 {
        let full = policy.scoring().waiting_full_days;
        f64::from(need.need.waiting_days.min(full)) / f64::from(full)
    }
}
