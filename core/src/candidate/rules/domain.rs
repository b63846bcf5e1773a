//! What a provider serves.

use super::{PairRule, RuleId};
use crate::candidate::pair::{Pair, Provider};

/// D01. Passes if the worker has a level of competence in the need's domain, or if the organization has one and serves
/// directly.
pub(super) struct ServesDomain;

impl PairRule for ServesDomain {
    fn id(&self) -> RuleId {
        RuleId::D01
    }

    fn passes(&self, pair: &Pair<'_>) -> bool {
        match pair.provider {
            Provider::Worker(worker) => worker.domains.level(pair.need.domain) > 0,
            Provider::Organization(organization) => {
                organization.direct && organization.domains.level(pair.need.domain) > 0
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RuleId;
    use crate::candidate::rules::testing::{organization_passes, worker_passes};

    #[test]
    fn d01_the_provider_serves_the_domain() {
        assert!(worker_passes(RuleId::D01, &[], &[("domains", "environment;elderly_care:3")], &[]));
        assert!(!worker_passes(RuleId::D01, &[], &[("domains", "environment")], &[]));
        assert!(!organization_passes(RuleId::D01, &[], &[("domains", "")]));
        assert!(!organization_passes(RuleId::D01, &[], &[("direct", "false")]));
        assert!(!organization_passes(RuleId::D01, &[], &[("direct", "")]));
    }
}
