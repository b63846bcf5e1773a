//! Single values.

use super::*;
use FaultCode::*;
use TableName::*;

#[test]
fn each_required_value_is_missed() {
    for (name, column) in [
        (Needs, "need_id"),
        (Needs, "community"),
        (Needs, "domain"),
        (Needs, "risk"),
        (Workers, "worker_id"),
        (Workers, "organization_id"),
        (Workers, "domains"),
        (Workers, "caseload_max"),
        (Organizations, "organization_id"),
        (Organizations, "capacity_max"),
        (Communities, "community"),
        (Groups, "group_id"),
    ] {
        let mut tables = sound();
        let n_rows = table(&mut tables, name).n_rows();
        for missing in [None, Some("")] {
            let column_of = |text| Column::Text(std::iter::repeat_n(text, n_rows).collect());
            let found = faults(&changed(name, column, Some(column_of(missing))));
            let missed = found.iter().filter(|fault| fault.1 == column && fault.2 == MissingValue).count();
            assert_eq!(missed, n_rows, "{} {column}", name.as_str());
        }
    }
}

#[test]
fn malformed_utf8_is_found_in_every_text() {
    for (column, name) in
        [("need_id", Needs), ("domain", Needs), ("risk", Needs), ("preferred_workers", Needs), ("waiting_days", Needs)]
    {
        let found = faults(&changed(name, column, Some(bytes([b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80"]))));
        let malformed = found.iter().filter(|fault| fault.1 == column && fault.2 == MalformedUtf8).count();
        assert_eq!(malformed, 3, "{column}");
    }
    for column in ["name", "lon", "pilot", "urban_rural_class"] {
        let found = faults(&changed(Communities, column, Some(bytes([b"\xff", b"\xff"]))));
        assert_eq!(found.iter().filter(|fault| fault.1 == column && fault.2 == MalformedUtf8).count(), 2, "{column}");
    }
}

#[test]
fn malformed_ids_are_found_in_keys_and_in_references() {
    let malformed = |rows: &[usize]| rows.iter().map(|&row| (row, MalformedId)).collect::<Vec<_>>();
    assert_faults(Needs, "need_id", texts([Some("n 1"), Some("张三"), Some("n3")]), &malformed(&[0, 1]));
    assert_faults(Needs, "household_id", texts([Some("a/b"), None, Some(" ")]), &malformed(&[0, 2]));
    assert_faults(Needs, "current_worker", texts([Some("ｗ１"), None, Some("w1 ")]), &malformed(&[0, 2]));
    assert_faults(Needs, "excluded_workers", texts([Some("w1;w:1?"), None, Some("w1；w2")]), &malformed(&[0, 2]));
}

#[test]
fn keys_that_look_personal_are_refused_in_every_column_of_identifiers() {
    // Well-formed numbers that name nobody: the example of python-stdnum, and a number that is not given out.
    for personal in ["360426199101010071", "13800138000"] {
        for (name, columns) in [
            (
                Needs,
                &[
                    "need_id",
                    "household_id",
                    "current_worker",
                    "current_organization",
                    "preferred_workers",
                    "excluded_workers",
                    "excluded_organizations",
                    "assessor_organization",
                    "pinned_worker",
                ][..],
            ),
            (Workers, &["worker_id", "organization_id"]),
            (Organizations, &["organization_id", "group_id"]),
            (Groups, &["group_id", "parent_id"]),
        ] {
            for column in columns {
                let mut tables = sound();
                let n_rows = table(&mut tables, name).n_rows();
                let rows = (0..n_rows).map(|row| if row == 1 { Some(personal) } else { None }).collect();
                let tables = changed(name, column, Some(Column::Text(rows)));
                let found = faults(&tables);
                assert!(found.contains(&(Some(1), (*column).to_owned(), LooksPersonal)), "{column}: {found:?}");
                let error = read(&tables).unwrap_err();
                assert!(!format!("{error}{error:?}").contains(personal));
            }
        }
    }
    let numbers = Column::Int(Values::new(vec![13_800_138_000, 2, 3]));
    assert_faults(Needs, "need_id", numbers, &[(0, LooksPersonal)]);
}

#[test]
fn whole_numbers_serve_as_identifiers() {
    let tables = |ids: Column, references: Column| {
        let workers = Table::new()
            .with("worker_id", ids)
            .with_texts("organization_id", ["o1", "o1"])
            .with_texts("domains", ["elderly_care", "elderly_care"])
            .with_ints("caseload_max", [1, 1]);
        let mut tables = changed(Needs, "current_worker", Some(references));
        tables.workers = workers;
        for column in ["preferred_workers", "excluded_workers", "pinned_worker"] {
            let old = std::mem::take(&mut tables.needs);
            for (name, old) in old.columns().iter().filter(|(name, _)| name != column) {
                tables.needs.push(name.clone(), old.clone());
            }
        }
        tables
    };
    let ints = || Column::Int(Values::new(vec![10, 11]));
    let gaps = Column::Float([Some(11.0), None, Some(10.0)].into_iter().collect());
    let by_text = texts([Some("11"), None, Some("10")]);
    let problem = read(&tables(ints(), gaps)).unwrap();
    let n1 = problem.need_by_id("n1").unwrap();
    assert_eq!(problem.needs()[n1.index()].current_worker, problem.worker_by_id("11"));
    assert_eq!(read(&tables(texts([Some("10"), Some("11")]), by_text)).unwrap().input_digest(), problem.input_digest());
}

#[test]
fn unknown_words_are_found_in_every_list_of_codes() {
    let unknown = texts([Some("no such word"), None, Some("elderly-care")]);
    for column in
        ["service_type", "age_band", "sex", "guardianship", "min_qualification", "required_sex", "confidentiality"]
    {
        assert_faults(Needs, column, unknown.clone(), &[(0, UnknownCode), (2, UnknownCode)]);
    }
    for column in ["groups", "languages", "consent", "juvenile_case", "emergencies"] {
        assert_faults(Needs, column, unknown.clone(), &[(0, UnknownCode), (2, UnknownCode)]);
    }
    assert_faults(Needs, "domain", texts([Some("cooking"), Some("扶老"), Some("救孤")]), &[(0, UnknownCode)]);
    for column in ["qualifications", "languages", "authorities", "domains", "clearance"] {
        assert_faults(Workers, column, texts([Some("?"), Some("9")]), &[(0, UnknownCode), (1, UnknownCode)]);
    }
    for column in ["kind", "status", "eval_grade", "domains", "compliant", "direct"] {
        assert_faults(Organizations, column, texts([Some("?"), Some("9A")]), &[(0, UnknownCode), (1, UnknownCode)]);
    }
    assert_faults(Communities, "urban_rural_class", texts([Some("112"), Some("300")]), &[(1, UnknownCode)]);
    assert_faults(Groups, "kind", texts([Some("other"), Some("province")]), &[(1, UnknownCode)]);
    for column in ["domains", "organization_kinds"] {
        assert_faults(Groups, column, texts([None, Some("elderly-care")]), &[(1, UnknownCode)]);
    }
    let error = read(&changed(Needs, "sex", Some(texts([Some("3"), None, None])))).unwrap_err();
    assert_eq!(error.faults()[0].expected, "one of 0, 1, 2, 9");
}

#[test]
fn emergencies_are_red_whatever_the_table_says() {
    let risks = |column, rows| {
        let problem = read(&changed(Needs, column, Some(rows))).unwrap();
        ["n1", "n2", "n3"].map(|id| problem.needs()[problem.need_by_id(id).unwrap().index()].risk.code())
    };
    assert_eq!(risks("emergencies", texts([None, None, None])), ["red", "blue", "red"]);
    assert_eq!(
        risks("emergencies", texts([None, Some("self_harm;精神障碍危害他人或有此危险"), None])),
        ["red", "red", "red"]
    );
    // The second is a minor of unknown age.
    assert_eq!(risks("guardianship", texts([None, Some("unattended"), None])), ["red", "red", "red"]);
    assert_eq!(risks("guardianship", texts([None, Some("present"), None])), ["red", "blue", "red"]);
}

#[test]
fn risks_are_colours_numbers_and_grades_of_the_policy() {
    let risks = |rows| {
        let problem = read(&changed(Needs, "risk", Some(rows))).unwrap();
        ["n1", "n2", "n3"].map(|id| problem.needs()[problem.need_by_id(id).unwrap().index()].risk.code())
    };
    assert_eq!(risks(texts([Some("0"), Some("黄"), Some("phq9:20")])), ["green", "yellow", "red"]);
    assert_eq!(risks(Column::Int(Values::new(vec![0, 1, 3]))), ["green", "blue", "red"]);
    assert_eq!(risks(floats([2.0, 1.0, 0.0])), ["yellow", "blue", "green"]);
    assert_eq!(risks(texts([Some("２"), Some(" red "), Some("ｓｍｉ：４")])), ["yellow", "red", "red"]);
    let wrong = texts([Some("4"), Some("smi:9"), Some("no_scale:1")]);
    assert_faults(Needs, "risk", wrong, &[(0, UnknownCode), (1, UnknownCode), (2, UnknownCode)]);
}

#[test]
fn division_codes_have_twelve_digits_or_a_short_form() {
    assert_faults(
        Workers,
        "service_area",
        texts([Some("1405;14052"), Some("00")]),
        &[(0, MalformedDivisionCode), (1, MalformedDivisionCode)],
    );
    let communities = texts([Some("140502"), Some("1405020010010"), Some("140524100000")]);
    let malformed = [0, 1, 2].map(|row| (row, MalformedDivisionCode));
    assert_faults(Needs, "community", communities, &malformed);
    let wide = texts([Some("１４０５０２００１００１"), Some("140524100200"), Some("　140524100200 ")]);
    assert_faults(Needs, "community", wide, &[]);
    assert_faults(Needs, "community", Column::Int(Values::new(vec![140_502_001_001; 3])), &[]);
    assert_faults(Organizations, "service_area", texts([Some("140502；１４０５２４"), None]), &[]);
}

#[test]
fn codes_damaged_by_a_spreadsheet_are_told_apart() {
    let damaged = texts([Some("1.40502E+11"), Some("140502001001.0"), Some("140524100200")]);
    assert_faults(Needs, "community", damaged, &[(0, DamagedCode), (1, DamagedCode)]);
    assert_faults(Workers, "service_area", texts([Some("1405;1.40524E+11"), None]), &[(0, DamagedCode)]);
    assert_faults(Organizations, "credit_code", texts([Some("5.21406E+17"), None]), &[(0, DamagedCode)]);
    assert_faults(
        Needs,
        "age_band",
        texts([Some("6月7日"), Some("2026-08-11"), None]),
        &[(0, DamagedCode), (1, DamagedCode)],
    );
    assert_faults(Needs, "sex", floats([1e300, 2.0, 1.0]), &[(0, DamagedCode)]);
    assert_faults(Needs, "household_id", floats([1e300, 2.0, 1.0]), &[(0, DamagedCode)]);
}

#[test]
fn credit_codes_are_checked() {
    assert_faults(
        Organizations,
        "credit_code",
        texts([Some("52140599MJ0000026C"), Some("1")]),
        &[(0, MalformedCreditCode), (1, MalformedCreditCode)],
    );
    assert_faults(
        Organizations,
        "credit_code",
        texts([None, Some("５２１４０５９９ＭＪ００００２６Ｂ")]),
        &[
            (1, MalformedCreditCode), // one digit short
        ],
    );
    assert_faults(Organizations, "credit_code", texts([None, Some("５２１４０５９９ＭＪ０００００２６Ｂ")]), &[]);
}

#[test]
fn dates_exist_and_are_written_one_way() {
    for column in ["eval_valid_until", "minor_check_valid_until"] {
        for wrong in ["2026-02-30", "2026/1/5", "20260105", "2026年1月5日", "46027"] {
            assert_faults(Organizations, column, texts([Some(wrong), Some("2028-02-29")]), &[(0, MalformedDate)]);
        }
    }
    assert_faults(
        Workers,
        "qualifications",
        texts([Some("nurse@2026-02-30"), Some("nurse@2026-02-28")]),
        &[(0, MalformedDate)],
    );
}

#[test]
fn numbers_stay_in_their_ranges() {
    let ints = |a, b| Column::Int(Values::new(vec![a, b]));
    for column in ["caseload_max", "caseload_current", "caseload_min"] {
        let found = faults(&changed(Workers, column, Some(ints(-1, 1 << 31))));
        let out: Vec<_> = found.iter().filter(|fault| fault.2 == OutOfRange).map(|fault| fault.0).collect();
        assert_eq!(out, [Some(0), Some(1)], "{column}");
    }
    assert_faults(Workers, "max_travel_minutes", ints(-1, 1441), &[(0, OutOfRange), (1, OutOfRange)]);
    assert_faults(Workers, "max_travel_minutes", ints(0, 1440), &[]);
    assert_faults(
        Needs,
        "waiting_days",
        floats([-1.0, 36_501.0, 1e18]),
        &[(0, OutOfRange), (1, OutOfRange), (2, OutOfRange)],
    );
    assert_faults(
        Needs,
        "waiting_days",
        texts([Some("36500"), Some("7.0"), Some("99999999999999999999")]),
        &[(2, OutOfRange)],
    );
    assert_faults(Groups, "capacity_max", ints(-1, i64::MAX), &[(0, OutOfRange)]);
    assert_faults(Needs, "lon", floats([180.5, -180.0, 180.0]), &[(0, OutOfRange)]);
    assert_faults(Needs, "lat", floats([90.5, -90.5, 90.0]), &[(0, OutOfRange), (1, OutOfRange)]);
    assert_faults(
        Workers,
        "domains",
        texts([Some("elderly_care:4"), Some("elderly_care:0")]),
        &[(0, OutOfRange), (1, OutOfRange)],
    );
    let error = read(&changed(Workers, "caseload_max", Some(ints(-1, 5)))).unwrap_err();
    assert_eq!(error.faults()[0].expected, "a whole number from 0 to 2147483647");
}

#[test]
fn numbers_are_finite() {
    for (column, name) in [("lon", Needs), ("waiting_days", Needs), ("sex", Needs), ("juvenile_case", Needs)] {
        let found = faults(&changed(name, column, Some(floats([f64::NAN, f64::INFINITY, f64::NEG_INFINITY]))));
        assert_eq!(found.iter().filter(|fault| fault.2 == NotFinite).count(), 3, "{column}");
    }
    let found = faults(&changed(Needs, "need_id", Some(floats([f64::NAN, f64::INFINITY, 1.0]))));
    assert_eq!(found.iter().filter(|fault| fault.2 == NotFinite).count(), 2);
    assert_faults(
        Needs,
        "waiting_days",
        texts([Some("nan"), Some("inf"), Some("0")]),
        &[(0, NotFinite), (1, NotFinite)],
    );
    assert_faults(Needs, "lat", texts([Some("NaN"), Some("-inf"), Some("35.5")]), &[(0, NotFinite), (1, NotFinite)]);
}

#[test]
fn whole_numbers_are_whole() {
    assert_faults(Needs, "waiting_days", floats([0.5, 3.0, -0.0]), &[(0, NotInteger)]);
    assert_faults(
        Needs,
        "waiting_days",
        texts([Some("3.5"), Some(" 3 "), Some("三")]),
        &[(0, NotInteger), (2, NotInteger)],
    );
    // Full-width digits count as digits in codes only.
    assert_faults(Needs, "waiting_days", texts([Some("３"), None, None]), &[(0, NotInteger)]);
    assert_faults(Needs, "sex", floats([0.5, 1.0, 2.0]), &[(0, NotInteger)]);
}

#[test]
fn truth_has_several_words() {
    for (row, truth) in [("true", true), ("False", false), ("是", true), ("否", false), ("有", true), ("无", false)]
    {
        let problem = read(&changed(Communities, "pilot", Some(texts([Some(row), Some(row)])))).unwrap();
        assert!(problem.communities().iter().all(|community| community.pilot == truth), "{row}");
    }
    for column in [texts([Some("1"), Some("0")]), floats([1.0, 0.0]), Column::Int(Values::new(vec![1, 0]))] {
        assert_eq!(
            read(&changed(Communities, "pilot", Some(column))).unwrap().input_digest(),
            read(&sound()).unwrap().input_digest()
        );
    }
    assert_faults(Communities, "pilot", Column::Int(Values::new(vec![2, 1])), &[(0, UnknownCode)]);
    assert_faults(Communities, "pilot", texts([Some("yes"), None]), &[(0, UnknownCode)]);
}

#[test]
fn lists_hold_each_entry_once_and_none_that_is_empty() {
    let wrong = texts([Some("elderly;"), Some("elderly;;child"), Some("elderly;child;elderly")]);
    assert_faults(Needs, "groups", wrong, &[0, 1, 2].map(|row| (row, MalformedList)));
    assert_faults(Needs, "groups", texts([Some("elderly ; child"), Some("老年人；儿童"), None]), &[]);
    assert_faults(
        Needs,
        "preferred_workers",
        texts([Some("w1;w1"), Some("w1; w2"), Some(";")]),
        &[(0, MalformedList), (2, MalformedList)],
    );
    assert_faults(
        Workers,
        "domains",
        texts([Some("elderly_care;elderly_care:2"), Some("elderly_care :2")]),
        &[(0, MalformedList)],
    );
    assert_faults(
        Workers,
        "qualifications",
        texts([Some("nurse;nurse@2026-01-01"), Some("nurse")]),
        &[(0, MalformedList)],
    );
    assert_faults(Workers, "service_area", texts([Some("1405;140500"), Some("1405;140502")]), &[(0, MalformedList)]);
}

#[test]
fn names_of_places_are_plain_text() {
    let long = "村".repeat(101);
    assert_faults(
        Communities,
        "name",
        texts([Some("北\u{202e}街"), Some(&long)]),
        &[(0, MalformedText), (1, MalformedText)],
    );
    assert_faults(Communities, "name", texts([Some("a\u{0}"), Some(&long[3..])]), &[(0, MalformedText)]);
}
