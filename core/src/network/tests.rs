//! Faults of floors, groups and costs: all at once, each at its place.

use super::*;

/// Two needs, two nodes of capacity 3 and 1.
fn network() -> Network<'static, i64> {
    Network::new(&[0, 1, 2], &[0, 1], &[5, 5], &[3, 1]).unwrap()
}

/// Row, column and number of each fault.
fn places(result: Result<Network<'_, i64>, InputError>) -> Vec<(Option<usize>, String, u32)> {
    let place = |fault: &Fault| (fault.row, fault.column.clone().unwrap_or_default().into_owned(), fault.code.number());
    result.unwrap_err().faults().iter().map(place).collect()
}

#[test]
fn a_floor_above_its_capacity_names_both() {
    let error = network().with_floors(&[4, 2]).unwrap_err();
    assert_eq!(error.n_faults(), 2);
    assert_eq!(
        error.faults()[1].to_string(),
        "E304 arrays, row 1, column floor: floor is above the cap; expected at most 1, which is capacity[1]"
    );
    assert_eq!(places(network().with_floors(&[0])), [(None, "floor".into(), 501)]);
}

#[test]
fn all_faults_of_the_groups_are_reported() {
    let demand = Demand {
        group_of_need: &[Some(2), None, None],
        parent: &[Some(1), Some(0)],
        cap: &[1, u64::MAX],
        floor: &[2, 0],
    };
    let expected = [
        (None, "demand_group", 501),
        (Some(0), "demand_floor", 304),
        (Some(0), "demand_group", 502),
        (Some(0), "demand_parent", 302),
        (Some(1), "demand_cap", 209),
        (Some(1), "demand_parent", 302),
    ];
    assert_eq!(
        places(network().with_demand(demand)),
        expected.map(|(row, column, code)| (row, column.to_owned(), code))
    );
}

#[test]
fn costs_that_decrease_are_a_fault() {
    let faults = |from: &[u64], cost: &[i64]| {
        let loads = Loads { indptr: &[0, from.len(), from.len()], from, cost };
        places(network().with_loads(loads))
            .into_iter()
            .map(|(row, column, code)| (row.unwrap(), column, code))
            .collect()
    };
    let not_convex = |row: usize, column: &str| vec![(row, column.to_owned(), 504)];
    type Case<'a> = (&'a [u64], &'a [i64], Vec<(usize, String, u32)>);
    let cases: [Case<'_>; 4] = [
        (&[0, 2], &[5, 4], not_convex(1, "load_cost")),
        (&[1], &[-1], not_convex(0, "load_cost")),
        (&[2, 2], &[1, 2], not_convex(1, "load_from")),
        (&[0], &[MAX_SCORE + 1], vec![(0, "load_cost".to_owned(), 209)]),
    ];
    for (from, cost, expected) in cases {
        let found: Vec<(usize, String, u32)> = faults(from, cost);
        assert_eq!(found, expected);
    }
    let loads = Loads { indptr: &[0, 2, 3], from: &[0, 2, 1], cost: &[-5, -5, 0] };
    assert!(network().with_loads(loads).is_ok());
    let short = Loads { indptr: &[0, 1], from: &[0], cost: &[] };
    assert_eq!(places(network().with_loads(short)).len(), 2);
}
