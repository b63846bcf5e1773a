//! What pays for a service.

use super::{PairRule, RuleId};
use crate::candidate::paid::Paid;
use crate::candidate::pair::Pair;

/// H20. Passes if every fund line above the organization, at any height, pays for the need's domain in its community,
/// pays organizations of this kind, and is in force on the evaluation date, its first and last day included.
///
/// A fund line limits only what it has terms for; an organization below no fund line pays for itself, and passes.
pub(super) struct PaidFor;

impl PairRule for PaidFor {
    fn id(&self) -> RuleId {
        RuleId::H20
    }

    fn passes(&self, pair: &Pair<'_>) -> bool {
        let organization = &pair.problem.organizations()[pair.organization.index()];
        Paid::of(organization, pair.problem).covers(pair.need.domain, pair.site().code)
    }
}

#[cfg(test)]
mod tests {
    use super::RuleId;
    use crate::candidate::rules::testing::{EARLIER, LATER, failed};
    use crate::testing::{Cell, Town};

    /// Whether worker and organization pass below a fund line with these terms, itself above another group.
    fn passes(line: &[Cell<'_>], organization: &[Cell<'_>]) -> bool {
        let mut town = Town::of_one(&[], &[], &[&[("group_id", "low")], organization].concat());
        town.groups.add(&[("group_id", "low"), ("parent_id", "line"), ("kind", "federation")], &[]);
        town.groups.add(&[("group_id", "line"), ("kind", "fund_line")], line);
        let (worker, organization) = failed(&town);
        assert_eq!(worker.contains(RuleId::H20), organization.contains(RuleId::H20));
        !worker.contains(RuleId::H20)
    }

    #[test]
    fn h20_a_line_without_terms_pays_for_everything() {
        assert!(passes(&[], &[]));
    }

    #[test]
    fn h20_domains_kinds_and_area() {
        assert!(passes(&[("domains", "environment;elderly_care")], &[]));
        assert!(!passes(&[("domains", "environment")], &[]));
        let kinds: &[Cell<'_>] = &[("organization_kinds", "social_association;social_service_agency")];
        assert!(passes(kinds, &[]));
        assert!(!passes(kinds, &[("kind", "enterprise")]));
        assert!(!passes(kinds, &[("kind", "")]), "a kind that nobody knows is none of them");
        assert!(passes(&[], &[("kind", "")]));
        assert!(passes(&[("service_area", "140524;140502001")], &[]));
        assert!(!passes(&[("service_area", "140524;140502002")], &[]));
    }

    #[test]
    fn h20_the_line_is_in_force_on_the_day() {
        assert!(passes(&[("valid_from", EARLIER), ("valid_until", LATER)], &[]));
        assert!(passes(&[("valid_from", "2026-01-01"), ("valid_until", "2026-01-01")], &[]), "both days count");
        assert!(!passes(&[("valid_until", EARLIER)], &[]));
        assert!(!passes(&[("valid_from", LATER)], &[]));
    }

    #[test]
    fn h20_every_line_above_must_pay() {
        let of = |second: &str| {
            let mut town = Town::of_one(&[], &[], &[("group_id", "first")]);
            let terms = [("parent_id", "second"), ("domains", "elderly_care")];
            town.groups.add(&[("group_id", "first"), ("kind", "fund_line")], &terms);
            town.groups.add(&[("group_id", "second"), ("kind", "fund_line"), ("domains", second)], &[]);
            !failed(&town).0.contains(RuleId::H20)
        };
        assert!(of("elderly_care;education_aid"));
        assert!(!of("education_aid"));
        let own_means = Town::of_one(&[], &[], &[]);
        assert!(!failed(&own_means).0.contains(RuleId::H20), "below no line");
    }
}
