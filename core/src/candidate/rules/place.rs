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
        pair.policy.cross_area_domains().contains(pair.need.domain) || pair.service_area().covers(community.code)
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
        let (site, base, travel) = (pair.site(), pair.base(), pair.policy.travel());
        match minutes(&site, &base, travel) {
            Some(minutes) => minutes <= f64::from(base.max_minutes),
            None => is_near_if_unknown(&site, &base, pair.service_area(), travel),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RuleId;
    use crate::candidate::rules::testing::{failed, organization_passes, worker_passes};
    use crate::testing::{Cell, Town};

    #[test]
    fn h14_the_service_area_covers_the_community() {
        let passes = |worker, organization| {
            worker_passes(RuleId::H14, &[], &[("service_area", worker)], &[("service_area", organization)])
        };
        assert!(passes("140502001", "140524"), "the worker's own area comes first");
        assert!(!passes("140524", "140502"));
        assert!(passes("", "140502"), "else the organization's");
        assert!(!passes("", "140524"));
        assert!(!passes("", ""));
        assert!(!organization_passes(RuleId::H14, &[], &[("service_area", "")]));

        let mut town = Town::of_one(&[], &[], &[("service_area", "")]);
        town.policy = "[area]\ncross_area_domains = [\"elderly_care\"]".to_owned();
        assert!(!failed(&town).0.contains(RuleId::H14));
    }

    #[test]
    fn t01_the_way_is_not_too_long() {
        // About 9 km to the east: 38 minutes on urban roads.
        let away = [("lon", "112.95"), ("lat", "35.5")];
        let passes = |most| worker_passes(RuleId::T01, &away, &[("max_travel_minutes", most)], &[]);
        assert!(passes("38"));
        assert!(!passes("36"));
        assert!(passes(""), "the policy's 60");
        assert!(organization_passes(RuleId::T01, &away, &[]));
        assert!(!organization_passes(RuleId::T01, &[("lon", "113.2"), ("lat", "35.5")], &[]));
        assert!(worker_passes(RuleId::T01, &[], &[("max_travel_minutes", "5")], &[]), "the fixed minutes");
        assert!(!worker_passes(RuleId::T01, &[], &[("max_travel_minutes", "4")], &[]));
    }

    #[test]
    fn t01_where_points_come_from() {
        let far = [("lon", "113.9"), ("lat", "35.5")];
        assert!(!worker_passes(RuleId::T01, &[], &far, &[]), "the worker's own point first");
        assert!(worker_passes(RuleId::T01, &[], &[], &far), "then the base community's");
        assert!(!worker_passes(RuleId::T01, &[], &[("base_community", "")], &far), "then the organization's");
    }

    #[test]
    fn t01_unknown_locations() {
        let nowhere = [("lon", ""), ("lat", "")];
        let passes = |policy: &str, need: &[Cell<'_>], base, area| {
            let worker = [("base_community", base), ("service_area", area)];
            let mut town = Town::of_one(need, &worker, &nowhere);
            town.communities.add(&[("community", "140502002001")], &[]);
            town.policy = format!("[travel]\nunknown_location = \"{policy}\"");
            !failed(&town).0.contains(RuleId::T01)
        };
        // The second community has no point.
        let need: &[Cell<'_>] = &[("community", "140502001002")];
        assert!(passes("same_township", need, "140502001001", "1405"));
        assert!(!passes("same_township", need, "140502002001", "140502001"));
        assert!(passes("same_township", need, "", "140502001"), "whose area is the township serves in it");
        assert!(!passes("same_township", need, "", "140502"));
        assert!(passes("pass", need, "", ""));
        assert!(!passes("fail", need, "140502001001", "140502001"));
    }
}
