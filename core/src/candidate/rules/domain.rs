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
