//! How far the qualification meets the severity.

use crate::policy::{MAX_RANK, Policy};
use crate::score::measure::{Measure, NeedSide, ProviderSide};

/// The rank of the best valid qualification among those allowed for the service and the risk, as a share of the rank that
/// the risk asks for: 1 for green up to 4 for red; 1 from that rank on.
///
/// More than the risk asks for does not count, so the senior are kept for the severe.
pub(super) struct Qualification;

impl Measure for Qualification {
    fn value(&self, need: &NeedSide<'_>, provider: &ProviderSide, policy: &Policy) -> f64 {
        let rank = match provider.worker {
            Some(_) => {
                let best = need.allowed_by_rank.iter().position(|&allowed| provider.qualifications.intersects(allowed));
                best.map_or(0, |k| MAX_RANK - k as u32)
            }
            None => policy.scoring().organization_rank,
        };
        let asked = need.need.risk as u32 + 1;
        f64::from(rank.min(asked)) / f64::from(asked)
    }
}
