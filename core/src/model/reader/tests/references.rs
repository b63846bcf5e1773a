//! Values against each other.

use super::*;
use FaultCode::*;
use TableName::*;

#[test]
fn the_same_identifier_twice_names_both_rows() {
    for (name, column, id) in [
        (Needs, "need_id", "same"),
        (Workers, "worker_id", "w1"),
        (Organizations, "organization_id", "o1"),
        (Communities, "community", "140502001001"),
        (Groups, "group_id", "city"),
    ] {
        let mut tables = sound();
        let n_rows = table(&mut tables, name).n_rows();
        let tables = changed(name, column, Some(Column::Text(std::iter::repeat_n(Some(id), n_rows).collect())));
        let error = read(&tables).unwrap_err();
        let twice: Vec<_> = error.faults().iter().filter(|fault| fault.code == DuplicateId).collect();
        assert_eq!(twice.len(), n_rows - 1, "{}", name.as_str());
        assert!(twice.iter().enumerate().all(|(k, fault)| fault.row == Some(k + 1) && fault.table == name));
        assert!(twice.iter().all(|fault| fault.expected.ends_with("row 0")));
    }
}

#[test]
fn long_identifiers_that_begin_alike_stay_apart() {
    let ids = ["abcdefghijklmnopqrstuvwxyz-1", "abcdefghijklmnopqrstuvwxyz-2", "abcdefghijklmnopqrstuvwxyz"];
    let problem = read(&changed(Needs, "need_id", Some(texts(ids.map(Some))))).unwrap();
    for (row, id) in ids.into_iter().enumerate() {
        assert_eq!(problem.row_of_need(problem.need_by_id(id).unwrap()), row);
    }
    assert_eq!(problem.need_by_id("abcdefghijklmnopqrstuvwxyz-3"), None);
}

#[test]
fn references_to_rows_that_do_not_exist_are_found() {
    for column in ["current_worker", "pinned_worker", "preferred_workers", "excluded_workers"] {
        assert_faults(
            Needs,
            column,
            texts([Some("w1"), Some("o1"), Some("W1")]),
            &[(1, DanglingReference), (2, DanglingReference)],
        );
    }
    for column in ["current_organization", "assessor_organization", "excluded_organizations"] {
        assert_faults(Needs, column, texts([Some("o2"), Some("w1"), None]), &[(1, DanglingReference)]);
    }
    let elsewhere = texts([Some("140502001001"), Some("140502001002"), Some("140524100200")]);
    assert_faults(Needs, "community", elsewhere, &[(1, DanglingReference)]);
    assert_faults(Workers, "base_community", texts([Some("140502001002"), None]), &[(0, DanglingReference)]);
    assert_faults(Workers, "organization_id", texts([Some("o1"), Some("o3")]), &[(1, DanglingReference)]);
    assert_faults(Organizations, "group_id", texts([Some("fund"), Some("funds")]), &[(1, DanglingReference)]);
    assert_faults(Groups, "parent_id", texts([None, Some("province")]), &[(1, DanglingReference)]);
}

#[test]
fn references_to_an_empty_table_are_found() {
    let tables = Tables { groups: None, ..sound() };
    assert_eq!(faults(&tables), [(Some(0), "group_id".to_owned(), DanglingReference)]);
}

#[test]
fn groups_in_a_circle_are_found() {
    assert_faults(
        Groups,
        "parent_id",
        texts([Some("fund"), Some("city")]),
        &[(0, CyclicReference), (1, CyclicReference)],
    );
    assert_faults(Groups, "parent_id", texts([Some("city"), Some("city")]), &[(0, CyclicReference)]);
    assert_faults(Groups, "parent_id", texts([Some("fund"), None]), &[]);
}

#[test]
fn thirty_levels_of_groups_are_the_limit() {
    let chain = |n: usize| {
        let ids: Vec<String> = (0..n).map(|k| format!("g{k}")).collect();
        let parents = (0..n).map(|k| k.checked_sub(1).map(|above| ids[above].as_str())).collect();
        let groups = Table::new()
            .with_texts("group_id", ids.iter().map(String::as_str))
            .with("parent_id", Column::Text(parents));
        faults(&Tables { groups: Some(groups), ..changed(Organizations, "group_id", None) })
    };
    assert_eq!(chain(30), []);
    assert_eq!(chain(31), [(Some(30), "parent_id".to_owned(), TooDeep)]);
    assert_eq!(chain(100_000).len(), crate::error::MAX_LISTED_FAULTS, "without recursion");
}

#[test]
fn terms_stand_at_fund_lines_and_end_after_they_begin() {
    assert_faults(Groups, "kind", texts([None, Some("county")]), &[(1, TermsOfNoFundLine)]);
    let of_a_county = changed(Groups, "domains", Some(texts([Some("environment"), None])));
    assert_eq!(faults(&of_a_county), [(Some(0), "kind".to_owned(), TermsOfNoFundLine)]);
    assert_faults(Groups, "valid_until", texts([None, Some("2025-12-31")]), &[(1, EndsBeforeStart)]);
    assert_faults(Groups, "valid_until", texts([None, Some("2026-01-01")]), &[]);
}

#[test]
fn an_organization_on_several_fund_lines_is_told_to_take_a_row_for_each() {
    assert_faults(Organizations, "group_id", texts([Some("fund;city"), None]), &[(0, SeveralGroups)]);
    let error = read(&changed(Organizations, "group_id", Some(texts([Some("fund;city"), None])))).unwrap_err();
    assert!(error.faults()[0].expected.contains("a row for each"));
}

#[test]
fn floors_are_compared_with_caps() {
    let ints = |a, b| Column::Int(Values::new(vec![a, b]));
    assert_faults(Workers, "caseload_min", ints(16, 0), &[(0, FloorAboveCap)]);
    assert_faults(Workers, "caseload_min", ints(15, 0), &[]);
    assert_faults(Organizations, "capacity_min", ints(0, 6), &[(1, FloorAboveCap)]);
    assert_faults(Organizations, "capacity_min", ints(0, 1), &[]);
    assert_faults(Groups, "capacity_min", ints(7, 31), &[(1, FloorAboveCap)]);
}

#[test]
fn current_loads_are_within_their_maximum() {
    let ints = |a, b| Column::Int(Values::new(vec![a, b]));
    assert_faults(Workers, "caseload_current", ints(16, 5), &[(0, CurrentAboveMax)]);
    assert_faults(Organizations, "capacity_current", ints(20, 6), &[(1, CurrentAboveMax)]);
    assert_faults(Workers, "caseload_max", ints(2, 0), &[]);
}

#[test]
fn half_a_point_is_refused() {
    let half = Column::Float([None, Some(35.0), Some(36.0)].into_iter().collect());
    assert_faults(Needs, "lat", half, &[(0, HalfPoint)]);
    let tables = changed(Communities, "lon", None);
    let found = faults(&tables);
    assert_eq!(found, [0, 1].map(|row| (Some(row), "lon".to_owned(), HalfPoint)));
}

#[test]
fn all_faults_of_all_tables_are_listed_in_order() {
    let mut tables = changed(Needs, "risk", Some(texts([Some("purple"), Some("red"), None])));
    tables.communities.push("telephone", texts([None, None]));
    tables.workers = changed(Workers, "caseload_max", Some(Column::Int(Values::new(vec![-5, 5])))).workers;
    tables.organizations = changed(Organizations, "credit_code", Some(texts([Some("x"), None]))).organizations;
    let error = read(&tables).unwrap_err();
    let found: Vec<_> = error.faults().iter().map(|fault| (fault.table, fault.row, fault.code)).collect();
    assert_eq!(
        found,
        [
            (Communities, None, UnknownColumn),
            (Organizations, Some(0), MalformedCreditCode),
            (Workers, Some(0), OutOfRange),
            (Needs, Some(0), UnknownCode),
            (Needs, Some(2), MissingValue),
        ]
    );
    assert_eq!(error.n_faults(), 5);
}
