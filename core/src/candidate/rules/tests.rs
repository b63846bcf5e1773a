use super::testing::failed;
use super::{RuleId, RuleSet};
use crate::testing::Town;

#[test]
fn the_town_of_one_has_two_candidates() {
    assert_eq!(failed(&Town::of_one(&[], &[], &[])), (RuleSet::EMPTY, RuleSet::EMPTY));
}

#[test]
fn rules_that_are_switched_off_do_not_count() {
    let mut town = Town::of_one(&[("required_sex", "1")], &[("qualifications", "")], &[]);
    assert!(failed(&town).0.contains(RuleId::H16) && failed(&town).0.contains(RuleId::H01));
    town.policy = "[rules]\nH16 = false\nH01 = false".to_owned();
    let failed = failed(&town).0;
    assert!(!failed.contains(RuleId::H16) && !failed.contains(RuleId::H01));
}
