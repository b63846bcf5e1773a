//! Whether the provider serves the resident already.

use crate::policy::Policy;
use crate::score::measure::{Measure, NeedSide, ProviderSide};

/// 1 for the worker who serves the resident now, or for the organization that does so without naming a worker; the
/// policy's share for another worker of the same organization, or for that organization without a worker; else 0.
pub(super) struct Continuity;

impl Measure for Continuity {
    fn value(&self, need: &NeedSide<'_>, provider: &ProviderSide, policy: &Policy) -> f64 {
        let same_organization = need.current_organization == Some(provider.organization);
        let same_worker = need.need.current_worker == provider.worker;
        if same_worker && (same_organization || provider.worker.is_some()) {
            1.0
        } else if same_organization {
            f64::from(policy.scoring().same_organization_per_mille) / 1000.0
        } else {
            0.0
        }
    }
}
