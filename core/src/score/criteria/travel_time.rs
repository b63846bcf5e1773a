//! How short the way is.

use crate::candidate::minutes;
use crate::policy::Policy;
use crate::score::measure::{Measure, NeedSide, ProviderSide};

/// 1 for no way at all, falling evenly to 0 at the policy's longest way, and 0 beyond. Where a location is unknown, the
/// policy says how many minutes to assume.
pub(super) struct TravelTime;

impl Measure for TravelTime {
    fn value(&self, need: &NeedSide<'_>, provider: &ProviderSide, policy: &Policy) -> f64 {
        let travel = policy.travel();
        let assumed = || f64::from(travel.unknown_minutes);
        let minutes = minutes(&need.site, &provider.base, travel).unwrap_or_else(assumed);
        let longest = f64::from(travel.max_minutes);
        if minutes < longest { 1.0 - minutes / longest } else { 0.0 }
    }
}
