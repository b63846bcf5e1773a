//! Floors of quotas that are parts of their needs.

use super::*;
use crate::table::Table;

/// Two of the three needs arise in the rural community, which is no pilot.
fn with_quota(columns: &[(&str, &'static str)]) -> Tables {
    let mut quotas = Table::new().with_texts("quota_id", ["q1"]);
    for &(name, text) in columns {
        quotas = quotas.with_texts(name, [text]);
    }
    Tables { quotas: Some(quotas), ..sound() }
}

#[test]
fn a_floor_that_is_a_part_is_rounded_up_and_the_greater_of_both_counts() {
    for (columns, floor) in [
        (&[("floor_per_mille", "0"), ("cap", "2")][..], 0),
        (&[("floor_per_mille", "1")], 1),
        (&[("floor_per_mille", "333")], 1),
        (&[("floor_per_mille", "334")], 2),
        (&[("floor_per_mille", "1000")], 3),
        (&[("floor_per_mille", "334"), ("floor", "3")], 3),
        (&[("floor_per_mille", "334"), ("floor", "1"), ("cap", "2")], 2),
        (&[("floor_per_mille", "500"), ("residence", "rural")], 1),
        (&[("floor_per_mille", "501"), ("residence", "rural")], 2),
        (&[("floor_per_mille", "1000"), ("residence", "urban")], 1),
        (&[("floor_per_mille", "1000"), ("area", "659000")], 0),
    ] {
        let problem = read(&with_quota(columns)).unwrap_or_else(|error| panic!("{columns:?}: {error}"));
        assert_eq!(problem.quotas()[0].floor, floor, "{columns:?}");
    }
}

#[test]
fn needs_out_of_scope_are_no_part() {
    let policy = Policy::from_toml("scope = \"pilot\"").unwrap();
    let of = |columns| Problem::new(&with_quota(columns), policy.clone()).unwrap().quotas()[0].floor;
    // One of the two elsewhere is pinned.
    assert_eq!(of(&[("floor_per_mille", "1000")]), 2);
    assert_eq!(of(&[("floor_per_mille", "1000"), ("residence", "rural")]), 1);
}

#[test]
fn parts_beyond_the_cap_beyond_all_and_of_households_are_refused() {
    for (columns, code) in [
        (&[("floor_per_mille", "667"), ("cap", "2")][..], FaultCode::FloorAboveCap),
        (&[("floor_per_mille", "1001")], FaultCode::OutOfRange),
        (&[("floor_per_mille", "-1")], FaultCode::OutOfRange),
        (&[("floor_per_mille", "0.5")], FaultCode::NotInteger),
        (&[("floor_per_mille", "100"), ("per_household", "true")], FaultCode::OutOfRange),
    ] {
        let error = read(&with_quota(columns)).unwrap_err();
        let found: Vec<_> =
            error.faults().iter().map(|fault| (fault.code, fault.column.as_deref(), fault.row)).collect();
        assert_eq!(found, [(code, Some("floor_per_mille"), Some(0))], "{columns:?}");
    }
    assert!(read(&with_quota(&[("floor_per_mille", "666"), ("cap", "2")])).is_ok());
}

#[test]
fn digests_without_parts_are_as_before_and_with_them_differ() {
    let digest = |columns| read(&with_quota(columns)).unwrap().input_digest().to_owned();
    assert_eq!(digest(&[("floor", "1"), ("floor_per_mille", "0")]), digest(&[("floor", "1")]));
    assert_ne!(digest(&[("floor", "1"), ("floor_per_mille", "333")]), digest(&[("floor", "1")]));
    assert_ne!(digest(&[("floor_per_mille", "332")]), digest(&[("floor_per_mille", "333")]));
}
