//! The canonical order and the fingerprint: the same for everything that means the same, another for anything else.

use proptest::prelude::*;

use super::*;

/// The tables with the rows of each put into another order, and the columns too.
fn shuffled(tables: &Tables, keys: &[u32]) -> Tables {
    let shuffle = |table: &Table| {
        let mut rows: Vec<usize> = (0..table.n_rows()).collect();
        rows.sort_by_key(|&row| (keys[row % keys.len()], row));
        let pick = |column: &Column| match column {
            Column::Text(texts) => {
                let mut picked = Texts::new();
                rows.iter().for_each(|&row| picked.push(texts.get(row)));
                Column::Text(picked)
            }
            Column::Int(values) => Column::Int(rows.iter().map(|&row| values.get(row)).collect()),
            Column::Float(values) => Column::Float(rows.iter().map(|&row| values.get(row)).collect()),
            Column::Bool(values) => Column::Bool(rows.iter().map(|&row| values.get(row)).collect()),
        };
        let mut columns: Vec<_> = table.columns().iter().collect();
        let shift = keys[0] as usize % columns.len().max(1);
        columns.rotate_left(shift);
        columns.into_iter().fold(Table::new(), |table, (name, column)| table.with(name.clone(), pick(column)))
    };
    Tables {
        needs: shuffle(&tables.needs),
        workers: shuffle(&tables.workers),
        organizations: shuffle(&tables.organizations),
        communities: shuffle(&tables.communities),
        groups: tables.groups.as_ref().map(shuffle),
        quotas: None,
    }
}

fn with_seed(tables: &Tables, seed: &str) -> Problem {
    Problem::new(tables, Policy::from_toml(&format!("seed = \"{seed}\"")).unwrap()).unwrap()
}

proptest! {
    #[test]
    fn order_and_digest_do_not_depend_on_the_order_of_rows_and_columns(keys in prop::collection::vec(0u32..100, 1..8)) {
        let (one, other) = (read(&sound()).unwrap(), read(&shuffled(&sound(), &keys)).unwrap());
        prop_assert_eq!(one.needs(), other.needs());
        prop_assert_eq!(one.workers(), other.workers());
        prop_assert_eq!(one.organizations(), other.organizations());
        prop_assert_eq!(one.communities(), other.communities());
        prop_assert_eq!(one.groups(), other.groups());
        prop_assert_eq!(one.input_digest(), other.input_digest());
    }

    #[test]
    fn rows_keep_their_place_in_the_callers_table(keys in prop::collection::vec(0u32..100, 1..8)) {
        let tables = shuffled(&sound(), &keys);
        let problem = read(&tables).unwrap();
        let id_in_row = |table: &Table, column: &str, row| {
            let found = table.columns().iter().find(|(name, _)| name == column);
            match found.map(|(_, column)| column) {
                Some(Column::Text(texts)) => texts.get(row).map(<[u8]>::to_vec),
                _ => None,
            }
        };
        for (k, need) in problem.needs().iter().enumerate() {
            let id = crate::model::NeedId::new(k);
            prop_assert_eq!(problem.need_by_id(&need.id), Some(id));
            prop_assert_eq!(id_in_row(&tables.needs, "need_id", problem.row_of_need(id)).unwrap(), need.id.as_bytes());
        }
        for (k, worker) in problem.workers().iter().enumerate() {
            let id = crate::model::WorkerId::new(k);
            prop_assert_eq!(problem.worker_by_id(&worker.id), Some(id));
            let row = problem.row_of_worker(id);
            prop_assert_eq!(id_in_row(&tables.workers, "worker_id", row).unwrap(), worker.id.as_bytes());
        }
    }
}

#[test]
fn every_field_of_a_quota_is_in_the_digest() {
    let with = |column: &str, value: &'static str| {
        let quotas = Table::new().with_texts("quota_id", ["q1"]);
        let quotas = if column == "cap" { quotas } else { quotas.with_texts("cap", ["5"]) };
        let quotas = Some(quotas.with_texts(column, [value]));
        read(&Tables { quotas, ..sound() }).unwrap().input_digest().to_owned()
    };
    let changes = [
        ("area", "1405"),
        ("residence", "rural"),
        ("client_group", "elderly"),
        ("domain", "elderly_care"),
        ("risk", "red"),
        ("per_household", "true"),
        ("floor", "1"),
        ("cap", "6"),
        ("cap", "5"),
    ];
    let mut digests: Vec<String> = changes.iter().map(|&(column, value)| with(column, value)).collect();
    digests.push(read(&sound()).unwrap().input_digest().to_owned());
    let n = digests.len();
    digests.sort();
    digests.dedup();
    assert_eq!(digests.len(), n);
    assert_eq!(with("per_household", "false"), with("cap", "5"), "a default that is written out changes nothing");
}

#[test]
fn the_seed_decides_the_order() {
    let ids: Vec<String> = (0..50).map(|k| format!("n{k:02}")).collect();
    let needs = Table::new()
        .with_texts("need_id", ids.iter().map(String::as_str))
        .with_texts("community", ["140502001001"; 50])
        .with_texts("domain", ["elderly_care"; 50])
        .with_texts("risk", ["red"; 50]);
    let tables = Tables { needs, ..sound() };
    let order = |seed| with_seed(&tables, seed).needs().iter().map(|need| need.id.clone()).collect::<Vec<_>>();
    assert_eq!(order("2026"), order("2026"));
    assert_ne!(order("2026"), order("2027"));
    assert_ne!(order("2026").iter().map(|id| &**id).collect::<Vec<_>>(), ids, "the alphabet decides nothing");
    let problem = with_seed(&tables, "2026");
    assert!(problem.needs_by_id().map(|id| &*problem.needs()[id.index()].id).eq(ids.iter().map(String::as_str)));
}

#[test]
fn the_digest_does_not_depend_on_how_values_are_stored() {
    let digest = |tables: &Tables| read(tables).unwrap().input_digest().to_owned();
    let expected = digest(&sound());
    for (name, column, by) in [
        (TableName::Needs, "waiting_days", texts([Some("12"), None, Some("400.0")])),
        (TableName::Needs, "waiting_days", Column::Int(Values::new(vec![12, 0, 400]))),
        (TableName::Needs, "sex", texts([Some("女"), Some("male"), Some("9")])),
        (TableName::Needs, "risk", texts([Some("3"), Some("蓝"), Some("红")])),
        (TableName::Needs, "preferred_workers", texts([Some("w1;w2"), None, None])),
        (TableName::Needs, "juvenile_case", texts([None, Some("0"), Some("是")])),
        (TableName::Workers, "domains", texts([Some("mental_health;elderly_care:2"), Some("elderly_care:1")])),
        (TableName::Workers, "qualifications", texts([Some("nurse;sw_certified@2027-03-31"), Some("volunteer")])),
        (TableName::Workers, "clearance", floats([4.0, 1.0])),
        (TableName::Organizations, "service_area", texts([Some("140500000000"), Some("140524;140502")])),
        (TableName::Communities, "urban_rural_class", Column::Int(Values::new(vec![111, 220]))),
        (TableName::Communities, "lat", texts([Some("35.50"), Some("35.77")])),
    ] {
        assert_eq!(digest(&changed(name, column, Some(by))), expected, "{column}");
    }
}

#[test]
fn the_digest_depends_on_every_column() {
    let digest = |tables: &Tables| read(tables).map(|problem| problem.input_digest().to_owned());
    let sound_digest = digest(&sound()).unwrap();
    let mut seen = vec![sound_digest];
    for (name, column, by) in [
        (TableName::Communities, "name", texts([Some("南街"), Some("上村")])),
        (TableName::Communities, "urban_rural_class", texts([Some("112"), Some("220")])),
        (TableName::Communities, "lon", floats([112.85, 113.29])),
        (TableName::Communities, "lat", floats([35.5, 35.78])),
        (TableName::Communities, "pilot", bools([false, false])),
        (TableName::Groups, "parent_id", texts([None, None])),
        (TableName::Groups, "kind", texts([Some("fiscal_host"), Some("fund_line")])),
        (TableName::Groups, "capacity_max", Column::Int(Values::new(vec![30, 30]))),
        (TableName::Groups, "organization_kinds", texts([None, Some("foundation")])),
        (TableName::Groups, "domains", texts([None, None])),
        (TableName::Groups, "service_area", texts([None, Some("1405")])),
        (TableName::Groups, "valid_from", texts([None, Some("2026-01-02")])),
        (TableName::Groups, "valid_until", texts([None, None])),
        (TableName::Organizations, "kind", texts([Some("foundation"), None])),
        (TableName::Organizations, "status", texts([Some("registered"), None])),
        (TableName::Organizations, "incubated_since", texts([None, Some("2025-07-02")])),
        (TableName::Organizations, "capacity_max", Column::Int(Values::new(vec![20, 6]))),
        (TableName::Organizations, "capacity_current", Column::Int(Values::new(vec![3, 1]))),
        (TableName::Organizations, "direct", bools([true, true])),
        (TableName::Organizations, "domains", texts([Some("elderly_care:3;mental_health:2"), None])),
        (TableName::Organizations, "credit_code", texts([None, None])),
        (TableName::Organizations, "compliant", texts([Some("是"), None])),
        (TableName::Organizations, "eval_grade", Column::Int(Values::new(vec![4, 0]))),
        (TableName::Organizations, "eval_valid_until", texts([Some("2027-12-30"), None])),
        (TableName::Organizations, "minor_check_valid_until", texts([None, None])),
        (TableName::Organizations, "service_area", texts([Some("1405"), Some("140502")])),
        (TableName::Organizations, "group_id", texts([Some("city"), None])),
        (TableName::Organizations, "lon", floats([112.9, 113.1])),
        (TableName::Workers, "organization_id", texts([Some("o1"), Some("o1")])),
        (TableName::Workers, "domains", texts([Some("elderly_care:2;mental_health:2"), Some("elderly_care")])),
        (TableName::Workers, "caseload_max", Column::Int(Values::new(vec![15, 6]))),
        (TableName::Workers, "caseload_current", Column::Int(Values::new(vec![2, 1]))),
        (TableName::Workers, "qualifications", texts([Some("sw_certified;nurse"), Some("volunteer")])),
        (TableName::Workers, "sex", texts([Some("女"), Some("女")])),
        (TableName::Workers, "languages", texts([Some("mandarin"), Some("jin")])),
        (TableName::Workers, "minor_check_valid_until", texts([None, None])),
        (TableName::Workers, "clearance", Column::Int(Values::new(vec![4, 2]))),
        (TableName::Workers, "authorities", texts([Some("justice"), None])),
        (TableName::Workers, "base_community", texts([Some("140502001001"), None])),
        (TableName::Workers, "service_area", texts([None, None])),
        (TableName::Workers, "max_travel_minutes", Column::Int(Values::new(vec![45, 45]))),
        (TableName::Needs, "community", texts([Some("140524100200"); 3])),
        (TableName::Needs, "domain", texts([Some("elderly_care"); 3])),
        (TableName::Needs, "risk", texts([Some("red"); 3])),
        (TableName::Needs, "service_type", texts([Some("visit"), None, None])),
        (TableName::Needs, "groups", texts([None, None, None])),
        (TableName::Needs, "age_band", texts([None, None, None])),
        (TableName::Needs, "sex", texts([None, None, None])),
        (TableName::Needs, "juvenile_case", texts([None, None, None])),
        (TableName::Needs, "guardianship", texts([None, Some("unattended"), None])),
        (TableName::Needs, "emergencies", texts([None, Some("harm_to_minor"), None])),
        (TableName::Needs, "min_qualification", texts([None, None, None])),
        (TableName::Needs, "required_sex", texts([None, None, None])),
        (TableName::Needs, "languages", texts([None, None, None])),
        (TableName::Needs, "waiting_days", texts([None, None, None])),
        (TableName::Needs, "household_id", texts([None, None, None])),
        (TableName::Needs, "current_worker", texts([None, None, None])),
        (TableName::Needs, "current_organization", texts([None, None, None])),
        (TableName::Needs, "preferred_workers", texts([None, None, None])),
        (TableName::Needs, "excluded_workers", texts([None, None, None])),
        (TableName::Needs, "excluded_organizations", texts([None, None, None])),
        (TableName::Needs, "assessor_organization", texts([None, None, None])),
        (TableName::Needs, "confidentiality", texts([None, None, None])),
        (TableName::Needs, "consent", texts([None, None, None])),
        (TableName::Needs, "automated_decision_refused", texts([None, None, None])),
        (TableName::Needs, "pinned_worker", texts([None, None, None])),
        (TableName::Needs, "lon", floats([112.85, 113.28, 113.29])),
        (TableName::Needs, "need_id", texts([Some("n1"), Some("n2"), Some("n4")])),
    ] {
        let digest = digest(&changed(name, column, Some(by))).unwrap();
        assert!(!seen.contains(&digest), "{column}");
        seen.push(digest);
    }
    seen.push(with_seed(&sound(), "another").input_digest().to_owned());
    assert_eq!(seen.iter().filter(|&digest| digest == seen.last().unwrap()).count(), 1, "the policy counts too");
    assert!(seen.iter().all(|digest| digest.len() == 64 && digest.bytes().all(|b| b"0123456789abcdef".contains(&b))));
}

/// The expected digest was computed by a program of its own, written from the description of the encoding alone.
#[test]
fn the_digest_of_every_column_is_that_of_the_documented_encoding() {
    let digest = crate::model::digest::digest_under("", &read(&sound()).unwrap());
    assert_eq!(digest, "8e9a0154559e728b9ef5e8441d0361d8ba6cdb47d72da58bbd22f262e5c7acca");
}

/// Guards the encoding against change: `semantics_id` must change with it.
#[test]
fn the_digest_of_nothing_is_the_hash_of_its_documented_encoding() {
    use sha2::{Digest, Sha256};

    let policy = Policy::default().to_toml();
    let mut bytes = Vec::new();
    let mut text = |text: &str, rows: Option<u64>| {
        bytes.extend((text.len() as u32).to_le_bytes());
        bytes.extend(text.as_bytes());
        bytes.extend(rows.into_iter().flat_map(u64::to_le_bytes));
    };
    text("needmatch input 1", None);
    text(&policy, None);
    for name in ["communities", "groups", "organizations", "workers"] {
        text(name, Some(0));
    }
    text("needs", Some(0));
    let expected: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(read(&Tables::default()).unwrap().input_digest(), expected);
}
