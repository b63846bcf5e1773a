//! What is read, and what is refused: every kind of fault fires, and stays silent where nothing is wrong.

mod control;
mod digest;
mod floors;
mod garbage;
mod references;
mod shape;
mod values;

use crate::error::{FaultCode, InputError, TableName};
use crate::model::Problem;
use crate::policy::Policy;
use crate::table::{Column, Table, Tables, Texts, Values};

/// Two communities, a group over a group, two organizations, two workers, three needs; every column is filled.
fn sound() -> Tables {
    let communities = Table::new()
        .with_texts("community", ["140502001001", "140524100200"])
        .with_texts("name", ["北街", "上村"])
        .with_texts("urban_rural_class", ["111", "220"])
        .with("lon", floats([112.85, 113.28]))
        .with("lat", floats([35.5, 35.77]))
        .with("pilot", bools([true, false]));
    let groups = Table::new()
        .with_texts("group_id", ["city", "fund"])
        .with("parent_id", texts([None, Some("city")]))
        .with_texts("kind", ["county", "fund_line"])
        .with("capacity_max", Column::Int([None, Some(30)].into_iter().collect()))
        .with_ints("capacity_min", [0, 0])
        .with("organization_kinds", texts([None, Some("social_service_agency;foundation")]))
        .with("domains", texts([None, Some("elderly_care;心理疏导")]))
        .with("service_area", texts([None, Some("140502;140524")]))
        .with("valid_from", texts([None, Some("2026-01-01")]))
        .with("valid_until", texts([None, Some("2026-12-31")]));
    let organizations = Table::new()
        .with_texts("organization_id", ["o1", "o2"])
        .with_texts("kind", ["social_service_agency", "filed_community_group"])
        .with_texts("status", ["registered", "filed"])
        .with("incubated_since", texts([None, Some("2025-07-01")]))
        .with_ints("capacity_max", [20, 5])
        .with_ints("capacity_current", [3, 0])
        .with_ints("capacity_min", [0, 0])
        .with("direct", bools([true, false]))
        .with("domains", texts([Some("elderly_care:3;mental_health"), None]))
        .with("credit_code", texts([Some("52140599MJ0000026B"), None]))
        .with_texts("compliant", ["是", "否"])
        .with_ints("eval_grade", [3, 0])
        .with("eval_valid_until", texts([Some("2027-12-31"), None]))
        .with("minor_check_valid_until", texts([Some("2026-12-31"), None]))
        .with_texts("service_area", ["1405", "140502;140524"])
        .with("group_id", texts([Some("fund"), None]))
        .with("lon", floats([112.9, 113.0]))
        .with("lat", floats([35.4, 35.6]));
    let workers = Table::new()
        .with_texts("worker_id", ["w1", "w2"])
        .with_texts("organization_id", ["o1", "o2"])
        .with_texts("domains", ["elderly_care:2;mental_health:1", "elderly_care"])
        .with_ints("caseload_max", [15, 5])
        .with_ints("caseload_current", [2, 0])
        .with_ints("caseload_min", [0, 0])
        .with_texts("qualifications", ["sw_certified@2027-03-31;nurse", "volunteer"])
        .with_texts("sex", ["女", "1"])
        .with_texts("languages", ["mandarin;jin", "jin"])
        .with("minor_check_valid_until", texts([Some("2026-12-31"), None]))
        .with_ints("clearance", [4, 1])
        .with("authorities", texts([Some("justice;health"), None]))
        .with_texts("base_community", ["140502001001", "140524100200"])
        .with("lon", texts([None, None]))
        .with("lat", texts([None, None]))
        .with("service_area", texts([None, Some("140524")]))
        .with("max_travel_minutes", Column::Int([Some(45), None].into_iter().collect()));
    let needs = Table::new()
        .with_texts("need_id", ["n1", "n2", "n3"])
        .with_texts("community", ["140502001001", "140524100200", "140524100200"])
        .with_texts("domain", ["elderly_care", "mental_health", "community_correction"])
        .with_texts("risk", ["red", "1", "smi:4"])
        .with("service_type", texts([Some("visit"), None, Some("correction_help")]))
        .with("groups", texts([Some("elderly;disabled"), Some("严重精神障碍"), Some("社区服刑人员")]))
        .with("age_band", texts([Some("80-89"), None, Some("16-17")]))
        .with_ints("sex", [2, 1, 9])
        .with("juvenile_case", bools([false, false, true]))
        .with("guardianship", texts([None, None, Some("有人监护")]))
        .with("emergencies", texts([None, None, None]))
        .with("min_qualification", texts([None, Some("sw_assistant"), None]))
        .with("required_sex", texts([Some("female"), None, None]))
        .with("languages", texts([Some("jin"), None, None]))
        .with("waiting_days", floats([12.0, 0.0, 400.0]))
        .with("household_id", texts([Some("h-1"), None, None]))
        .with("current_worker", texts([Some("w1"), None, None]))
        .with("current_organization", texts([Some("o1"), None, None]))
        .with("preferred_workers", texts([Some("w2;w1"), None, None]))
        .with("excluded_workers", texts([None, Some("w2"), None]))
        .with("excluded_organizations", texts([None, None, Some("o1;o2")]))
        .with("assessor_organization", texts([Some("o2"), None, None]))
        .with_ints("confidentiality", [1, 3, 4])
        .with("consent", texts([Some("general"), Some("general;separate"), Some("statutory")]))
        .with("automated_decision_refused", bools([false, false, true]))
        .with("pinned_worker", texts([None, Some("w1"), None]))
        .with("lon", floats([112.85, 113.28, 113.28]))
        .with("lat", floats([35.5, 35.77, 35.77]));
    Tables { needs, workers, organizations, communities, groups: Some(groups), quotas: None }
}

fn texts<const N: usize>(rows: [Option<&str>; N]) -> Column {
    Column::Text(rows.into_iter().collect())
}

fn floats<const N: usize>(rows: [f64; N]) -> Column {
    Column::Float(Values::new(rows.to_vec()))
}

fn bools<const N: usize>(rows: [bool; N]) -> Column {
    Column::Bool(Values::new(rows.to_vec()))
}

fn bytes<const N: usize>(rows: [&[u8]; N]) -> Column {
    let mut texts = Texts::new();
    rows.into_iter().for_each(|row| texts.push(Some(row)));
    Column::Text(texts)
}

/// One of the tables by its name.
fn table(tables: &mut Tables, name: TableName) -> &mut Table {
    match name {
        TableName::Communities => &mut tables.communities,
        TableName::Groups => tables.groups.get_or_insert_default(),
        TableName::Organizations => &mut tables.organizations,
        TableName::Workers => &mut tables.workers,
        TableName::Needs => &mut tables.needs,
        _ => tables.quotas.get_or_insert_default(),
    }
}

/// The sound tables with one column replaced, added, or (`None`) taken away.
fn changed(name: TableName, column: &str, by: Option<Column>) -> Tables {
    let mut tables = sound();
    let old = std::mem::take(table(&mut tables, name));
    let mut by = by;
    let mut new = Table::new();
    for (old_name, old_column) in old.columns() {
        let column = if old_name == column { by.take() } else { Some(old_column.clone()) };
        if let Some(column) = column {
            new.push(old_name, column);
        }
    }
    if let Some(added) = by {
        new.push(column, added);
    }
    *table(&mut tables, name) = new;
    tables
}

fn read(tables: &Tables) -> Result<Problem, InputError> {
    Problem::new(tables, Policy::default())
}

/// The faults in few words: row, column, kind.
fn faults(tables: &Tables) -> Vec<(Option<usize>, String, FaultCode)> {
    match read(tables) {
        Ok(_) => Vec::new(),
        Err(error) => error
            .faults()
            .iter()
            .map(|fault| (fault.row, fault.column.clone().unwrap_or_default().into_owned(), fault.code))
            .collect(),
    }
}

/// Asserts that the column leads to exactly these faults, by row.
#[track_caller]
fn assert_faults(name: TableName, column: &str, by: Column, expected: &[(usize, FaultCode)]) {
    let expected: Vec<_> = expected.iter().map(|&(row, code)| (Some(row), column.to_owned(), code)).collect();
    assert_eq!(faults(&changed(name, column, Some(by))), expected);
}

#[test]
fn sound_tables_are_read_with_every_value_in_its_place() {
    use crate::model::codes::*;
    use crate::model::{Date, Point};

    let problem = read(&sound()).unwrap();
    let id = |id: Option<crate::model::WorkerId>| id.map(|id| &*problem.workers()[id.index()].id);
    let organization_id =
        |id: Option<crate::model::OrganizationId>| id.map(|id| &*problem.organizations()[id.index()].id);
    let date = |text| Date::parse(text);

    let community = &problem.communities()
        [problem.community_by_code(DivisionCode::parse("140502001001").unwrap()).unwrap().index()];
    assert_eq!(community.name.as_deref(), Some("北街"));
    assert_eq!(community.urban_rural_class, Some(UrbanRuralClass::MainUrban));
    assert_eq!(community.point, Some(Point { lon: 112.85, lat: 35.5 }));
    assert!(community.pilot);

    let fund = &problem.groups()[problem.group_by_id("fund").unwrap().index()];
    assert_eq!(fund.parent, problem.group_by_id("city"));
    assert_eq!((fund.kind, fund.capacity_max, fund.capacity_min), (GroupKind::FundLine, Some(30), 0));
    assert_eq!(problem.groups()[fund.parent.unwrap().index()].capacity_max, None);

    let o1 = &problem.organizations()[problem.organization_by_id("o1").unwrap().index()];
    assert_eq!(o1.kind, Some(OrganizationKind::SocialServiceAgency));
    assert_eq!(o1.status, Some(OrganizationStatus::Registered));
    assert_eq!((o1.capacity_max, o1.capacity_current, o1.open_places()), (20, 3, 17));
    assert!(o1.direct);
    assert_eq!((o1.domains.level(Domain::ElderlyCare), o1.domains.level(Domain::MentalHealth)), (3, 1));
    assert_eq!(o1.domains.level(Domain::Environment), 0);
    assert_eq!(o1.credit_code, CreditCode::parse("52140599MJ0000026B"));
    assert_eq!(o1.compliant, Some(true));
    assert_eq!((o1.eval_grade, o1.eval_valid_until), (Some(EvalGrade::A3), date("2027-12-31")));
    assert_eq!(o1.minor_check_valid_until, date("2026-12-31"));
    assert!(o1.service_area.covers(DivisionCode::parse("140524100200").unwrap()));
    assert_eq!(o1.group, problem.group_by_id("fund"));
    assert_eq!(o1.point, Some(Point { lon: 112.9, lat: 35.4 }));
    let o2 = &problem.organizations()[problem.organization_by_id("o2").unwrap().index()];
    assert_eq!((o2.eval_grade, o2.compliant, o2.group), (None, Some(false), None));
    assert_eq!(o2.service_area.divisions().len(), 2);

    let w1 = &problem.workers()[problem.worker_by_id("w1").unwrap().index()];
    assert_eq!(organization_id(Some(w1.organization)), Some("o1"));
    assert_eq!(w1.domains.level(Domain::ElderlyCare), 2);
    assert_eq!((w1.caseload_max, w1.caseload_current, w1.open_places()), (15, 2, 13));
    assert_eq!(*w1.qualifications, [(Qualification::SwCertified, date("2027-03-31")), (Qualification::Nurse, None)]);
    assert_eq!((w1.sex, w1.clearance), (Sex::Female, Some(Confidentiality::Sealed)));
    assert!(w1.languages.contains(Language::Jin) && w1.languages.contains(Language::Mandarin));
    assert_eq!(w1.minor_check_valid_until, date("2026-12-31"));
    assert_eq!(w1.authorities.iter().collect::<Vec<_>>(), [Authority::Justice, Authority::Health]);
    assert_eq!(problem.communities()[w1.base_community.unwrap().index()].code, community.code);
    assert_eq!((w1.point, w1.max_travel_minutes), (None, Some(45)));
    assert!(w1.service_area.is_empty());

    let n1 = &problem.needs()[problem.need_by_id("n1").unwrap().index()];
    assert_eq!(problem.communities()[n1.community.index()].code, community.code);
    assert_eq!((n1.domain, n1.risk), (Domain::ElderlyCare, Risk::Red));
    assert_eq!((n1.service_type, n1.age_band), (Some(ServiceType::Visit), Some(AgeBand::From80)));
    assert_eq!(n1.groups.iter().collect::<Vec<_>>(), [ClientGroup::Elderly, ClientGroup::Disabled]);
    assert_eq!((n1.sex, n1.required_sex, n1.juvenile_case), (Sex::Female, Sex::Female, false));
    assert_eq!((n1.waiting_days, n1.household.as_deref()), (12, Some("h-1")));
    assert_eq!((id(n1.current_worker), organization_id(n1.current_organization)), (Some("w1"), Some("o1")));
    let mut preferred: Vec<_> = n1.preferred_workers.iter().map(|&w| id(Some(w)).unwrap()).collect();
    preferred.sort_unstable();
    assert_eq!(preferred, ["w1", "w2"]);
    assert!(n1.preferred_workers.is_sorted(), "lists of references are in canonical order");
    assert_eq!(organization_id(n1.assessor_organization), Some("o2"));
    assert_eq!((n1.confidentiality, n1.consents.contains(Consent::General)), (Confidentiality::Internal, true));
    assert_eq!((n1.pinned_worker, n1.automated_decision_refused), (None, false));
    assert_eq!(n1.point, Some(Point { lon: 112.85, lat: 35.5 }));
    let n2 = &problem.needs()[problem.need_by_id("n2").unwrap().index()];
    assert_eq!((n2.risk, n2.min_qualification), (Risk::Blue, Some(Qualification::SwAssistant)));
    assert_eq!((n2.excluded_workers.len(), id(n2.pinned_worker)), (1, Some("w1")));
    assert!(n2.groups.contains(ClientGroup::SevereMentalDisorder));
    let n3 = &problem.needs()[problem.need_by_id("n3").unwrap().index()];
    assert_eq!((n3.risk, n3.juvenile_case, n3.excluded_organizations.len()), (Risk::Red, true, 2));
    assert!(n3.groups.contains(ClientGroup::CorrectionSubject) && n3.automated_decision_refused);
}

#[test]
fn only_the_required_columns_are_required() {
    let tables = Tables {
        communities: Table::new().with_texts("community", ["140502001001"]),
        organizations: Table::new().with_texts("organization_id", ["o1"]).with_ints("capacity_max", [1]),
        workers: Table::new()
            .with_texts("worker_id", ["w1"])
            .with_texts("organization_id", ["o1"])
            .with_texts("domains", ["elderly_care"])
            .with_ints("caseload_max", [1]),
        needs: Table::new()
            .with_texts("need_id", ["n1"])
            .with_texts("community", ["140502001001"])
            .with_texts("domain", ["elderly_care"])
            .with_ints("risk", [2]),
        groups: Some(Table::new().with_texts("group_id", ["g1"])),
        quotas: None,
    };
    assert_eq!(faults(&tables), []);
}

#[test]
fn what_a_program_prints_by_accident_names_nobody() {
    let problem = read(&sound()).unwrap();
    let printed = format!("{problem:?}");
    assert!(printed.contains("n_needs: 3"));
    assert!(!["n1", "w1", "o1", "h-1", "北街"].iter().any(|id| printed.contains(id)), "{printed}");
}
