//! The shape of tables.

use super::super::columns::{CommunityColumns, GroupColumns, NeedColumns, OrganizationColumns, WorkerColumns};
use super::super::columns::{MAX_ROWS, Spec, has_too_many};
use super::super::kind::Kind;
use super::*;

const TABLES: [(TableName, &[Spec]); 5] = [
    (TableName::Communities, CommunityColumns::SPECS),
    (TableName::Groups, GroupColumns::SPECS),
    (TableName::Organizations, OrganizationColumns::SPECS),
    (TableName::Workers, WorkerColumns::SPECS),
    (TableName::Needs, NeedColumns::SPECS),
];

#[test]
fn each_required_column_is_missed_and_no_other() {
    for (name, specs) in TABLES {
        for spec in specs {
            let found = faults(&changed(name, spec.name, None));
            let is_missed = found.contains(&(None, spec.name.to_owned(), FaultCode::MissingColumn));
            assert_eq!(is_missed, spec.required, "{} {}", name.as_str(), spec.name);
            if spec.required {
                assert_eq!(found.len(), 1, "nothing follows from it: {found:?}");
            }
        }
    }
}

#[test]
fn the_documentation_lists_each_column_in_its_place() {
    let guide = include_str!("../../../../../docs/guide/tables.md");
    for (name, specs) in TABLES {
        let heading = format!("## `{}`", name.as_str());
        let section = guide.split_once(&heading).expect(&heading).1;
        let section = section.split_once("\n## ").map_or(section, |(section, _)| section);
        let documented: Vec<&str> = section
            .lines()
            .filter_map(|line| line.strip_prefix("| `")?.split_once('`').map(|(name, _)| name))
            .collect();
        let known: Vec<&str> = specs.iter().map(|spec| spec.name).collect();
        assert_eq!(documented, known, "{}", name.as_str());
        for spec in specs.iter().filter(|spec| spec.required) {
            assert!(section.contains(&format!("| `{}` * |", spec.name)), "{} is marked as required", spec.name);
        }
    }
}

#[test]
fn an_unknown_column_is_named_by_its_position_only() {
    let canary = "zhang_san_13800138000";
    let mut tables = sound();
    tables.needs.push(canary, texts([None, None, None]));
    let error = read(&tables).unwrap_err();
    assert_eq!(faults(&tables), [(None, "#28".to_owned(), FaultCode::UnknownColumn)]);
    assert!(error.faults()[0].expected.starts_with("one of need_id, community, "));
    assert!(!format!("{error} {error:?}").contains("zhang"));
}

#[test]
fn a_misspelt_column_gets_a_suggestion() {
    let mut tables = sound();
    tables.workers.push("max_travel_minute", texts([None, None]));
    let error = read(&tables).unwrap_err();
    assert_eq!(error.faults()[0].expected, "max_travel_minutes");
}

#[test]
fn a_column_given_twice_is_refused_once() {
    let mut tables = sound();
    tables.needs.push("sex", texts([None, None, None]));
    tables.needs.push("sex", texts([None, None, None]));
    assert_eq!(faults(&tables), [(None, "sex".to_owned(), FaultCode::DuplicateColumn)]);
}

#[test]
fn columns_of_another_length_are_refused() {
    let column = |name: &str| (None, name.to_owned(), FaultCode::ColumnLength);
    assert_eq!(faults(&changed(TableName::Needs, "sex", Some(texts([Some("1"); 4])))), [column("sex")]);
    assert_eq!(faults(&changed(TableName::Needs, "risk", Some(texts([Some("red"); 2])))), [column("risk")]);
}

#[test]
fn columns_of_another_type_are_refused() {
    for (name, specs) in TABLES {
        for spec in specs {
            let mut tables = sound();
            let n_rows = table(&mut tables, name).n_rows();
            let column = |value: bool| Column::Bool(Values::with_validity(vec![value; n_rows], vec![value; n_rows]));
            let found = faults(&changed(name, spec.name, Some(column(true))));
            let fault = (None, spec.name.to_owned(), FaultCode::ColumnType);
            assert_eq!(found.contains(&fault), spec.kind != Kind::Flag, "{} {}", name.as_str(), spec.name);
            let found = faults(&changed(name, spec.name, Some(column(false))));
            assert!(!found.contains(&fault), "a column without values has no wrong type");
        }
    }
    let words = Column::Int(Values::new(vec![1, 2, 3]));
    let fault = (None, "domain".to_owned(), FaultCode::ColumnType);
    assert_eq!(faults(&changed(TableName::Needs, "domain", Some(words))), [fault]);
}

#[test]
fn floats_in_place_of_division_codes_are_damage() {
    for (name, column) in [
        (TableName::Needs, "community"),
        (TableName::Communities, "community"),
        (TableName::Workers, "base_community"),
        (TableName::Workers, "service_area"),
    ] {
        let mut tables = sound();
        let codes = vec![140_502_001_001.0; table(&mut tables, name).n_rows()];
        let tables = changed(name, column, Some(Column::Float(Values::new(codes))));
        assert_eq!(faults(&tables), [(None, column.to_owned(), FaultCode::DamagedCode)]);
    }
}

#[test]
fn a_quota_without_bounds_is_refused() {
    let quotas = |rows: &[&'static str]| Some(Table::new().with_texts("quota_id", rows.iter().copied()));
    let tables = Tables { quotas: quotas(&["q1"]), ..sound() };
    assert_eq!(faults(&tables), [(Some(0), "cap".to_owned(), FaultCode::MissingValue)]);
    assert_eq!(faults(&Tables { quotas: quotas(&[]), ..sound() }), []);
}

#[test]
fn more_rows_than_positions_are_refused() {
    assert!(!has_too_many(MAX_ROWS));
    assert!(has_too_many(MAX_ROWS + 1));
}

#[test]
fn nothing_is_a_valid_problem() {
    let problem = read(&Tables::default()).unwrap();
    assert!(problem.needs().is_empty() && problem.workers().is_empty() && problem.communities().is_empty());
    let empty = |specs: &[Spec]| {
        specs.iter().fold(Table::new(), |table, spec| table.with(spec.name, Column::Text(Texts::new())))
    };
    let tables = Tables {
        needs: empty(NeedColumns::SPECS),
        workers: empty(WorkerColumns::SPECS),
        organizations: empty(OrganizationColumns::SPECS),
        communities: empty(CommunityColumns::SPECS),
        groups: Some(empty(GroupColumns::SPECS)),
        quotas: Some(Table::new()),
    };
    assert_eq!(faults(&tables), []);
    assert_eq!(read(&tables).unwrap().input_digest(), problem.input_digest());
}

#[test]
fn ten_million_wrong_rows_give_a_hundred_faults_and_the_count() {
    const N: usize = 10_000_000;
    let needs = Table::new()
        .with("need_id", Column::Int(Values::new(vec![-1; N])))
        .with("community", Column::Int(Values::new(vec![7; N])))
        .with("domain", Column::Text(std::iter::repeat_n(Some("x"), N).collect()))
        .with("risk", Column::Int(Values::new(vec![9; N])));
    let error = read(&Tables { needs, ..Tables::default() }).unwrap_err();
    assert_eq!(error.n_faults(), 4 * N);
    assert_eq!(error.faults().len(), crate::error::MAX_LISTED_FAULTS);
    assert!(error.faults().iter().enumerate().all(|(k, fault)| fault.row == Some(k / 4)));
}
