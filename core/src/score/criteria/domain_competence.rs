//! How well the provider knows the domain.

use crate::policy::Policy;
use crate::score::measure::{Measure, NeedSide, ProviderSide};

/// The highest level of competence.
const MAX_LEVEL: u8 = 3;

/// The level of competence in the need's domain, as a share of the highest. An organization that names no worker has
/// its own.
pub(super) struct DomainCompetence;

impl Measure for DomainCompetence {
    fn value(&self, need: &NeedSide<'_>, provider: &ProviderSide, _: &Policy) -> f64 {
        let level = provider.domains.level(need.need.domain);
        f64::from(level.min(MAX_LEVEL)) / f64::from(MAX_LEVEL)
    }
}
