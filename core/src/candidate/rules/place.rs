//! Where a provider serves and how far it goes.

use super::{PairRule, RuleId};
use crate::candidate::pair::Pair;
use crate::candidate::place::{is_near_if_unknown, minutes};

/// H14. Passes if one of the divisions served is or contains the need's community; or if the policy lets providers of
/// the domain serve outside their area. The divisions are the worker's, or where the worker has none the
/// organization's; without any, nothing is served.
pub(super) struct InServiceArea;

impl PairRule for InServiceArea {
    fn id(&self) -> RuleId {
        RuleId::H14
    }

    fn passes(&self, pair: &Pair<'_>) -> bool {
        let community = &pair.problem.communities()[pair.need.community.index()];
        pair.problem.policy().cross_area_domains().contains(pair.need.domain)
            || pair.service_area().covers(community.code)
    }
}

/// T01. Passes if the way takes at most the worker's longest, or where the worker states none, or no worker is named,
/// the policy's. The way leads from the worker's point, else the base community's, else the organization's, to the
/// need's point, else its community's. Where one of the two is unknown, the policy's `unknown_location` decides.
pub(super) struct WithinReach;

impl PairRule for WithinReach {
    fn id(&self) -> RuleId {
        RuleId::T01
    }

    fn passes(&self, pair: &Pair<'_>) -> bool {
        let (site, base, travel) = (pair.site(), pair.base(), pair.problem.policy().travel());
        match minutes(&site, &base, travel) {
            Some(minutes) => minutes <= f64::from(base.max_minutes),
            None => is_near_if_unknown(&site, &base, pair.service_area(), travel),
        }
    }
}
