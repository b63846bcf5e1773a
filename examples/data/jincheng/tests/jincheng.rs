//! What the sample promises: counts, populations, prevalence, well-formed rows, the same bytes for the same seed.
#![allow(clippy::unwrap_used, reason = "a test that finds nothing should stop")]

use std::collections::{BTreeMap, BTreeSet};

use needmatch::model::Date;
use needmatch::model::codes::{
    AgeBand, Authority, ClientGroup, Confidentiality, Consent, CreditCode, DivisionCode, DivisionLevel, Domain,
    Emergency, GroupKind, Guardianship, Language, OrganizationKind, OrganizationStatus, Qualification, ServiceType,
    Sex, UrbanRuralClass,
};
use needmatch::{Column, Table, Tables};
use needmatch_jincheng::prevalence::{Base, Population, STREAMS};
use needmatch_jincheng::{DEFAULT_SEED, REFERENCE_DATE, Size, facts, jincheng, write_table};
use sha2::{Digest, Sha256};

/// A table as texts; an empty text is a missing value.
fn cells(table: &Table, name: &str) -> Vec<String> {
    let (_, column) = table.columns().iter().find(|(of, _)| of == name).unwrap();
    (0..column.len())
        .map(|row| match column {
            Column::Text(texts) => String::from_utf8(texts.get(row).unwrap_or_default().to_vec()).unwrap(),
            Column::Int(values) => values.get(row).map(|value| value.to_string()).unwrap_or_default(),
            Column::Float(values) => values.get(row).map(|value| value.to_string()).unwrap_or_default(),
            Column::Bool(values) => values.get(row).map(|value| value.to_string()).unwrap_or_default(),
            _ => unreachable!(),
        })
        .collect()
}

fn count_by(values: impl IntoIterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_insert(0) += 1;
    }
    counts
}

fn all_bytes(tables: &Tables) -> Vec<u8> {
    let mut bytes = Vec::new();
    let groups = tables.groups.as_ref().unwrap();
    for table in [&tables.needs, &tables.workers, &tables.organizations, &tables.communities, groups] {
        write_table(table, &mut bytes).unwrap();
    }
    bytes
}

#[test]
fn sizes_are_as_documented() {
    for (size, needs) in [(Size::Pilot, 900..1300), (Size::County, 5_000..6_500), (Size::City, 33_500..35_000)] {
        let tables = jincheng(size, DEFAULT_SEED);
        assert!(needs.contains(&tables.needs.n_rows()), "{size}: {}", tables.needs.n_rows());
    }
    assert_eq!(jincheng(Size::City, DEFAULT_SEED).communities.n_rows(), 1729);
    assert_eq!(jincheng(Size::Pilot, DEFAULT_SEED).communities.n_rows(), 27);
}

#[test]
fn the_province_is_sixteen_cities_and_starts_with_jincheng() {
    let (city, province) = (jincheng(Size::City, 3), jincheng(Size::Province, 3));
    assert!((520_000..580_000).contains(&province.needs.n_rows()), "{}", province.needs.n_rows());
    assert_eq!(province.communities.n_rows(), 16 * 1729);
    for name in ["need_id", "community", "domain", "current_worker"] {
        let (city, province) = (cells(&city.needs, name), cells(&province.needs, name));
        assert_eq!(city, province[..city.len()], "{name}");
    }
    let prefectures = count_by(cells(&province.communities, "community").iter().map(|code| code[..4].to_string()));
    assert_eq!(prefectures.len(), 16);
    assert_eq!(prefectures.keys().filter(|code| code.starts_with("99")).count(), 15, "the others are synthetic");
}

/// Differs on a platform whose arithmetic differs. A change of the sample on purpose replaces these digests.
#[test]
fn the_bytes_are_the_same_on_every_platform() {
    let digest = |size| {
        let digest = Sha256::digest(all_bytes(&jincheng(size, DEFAULT_SEED)));
        digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    assert_eq!(digest(Size::Pilot), "71fc8d9c42d392c7f47f02ec2c8f1fbef4d258f93c1325282c0eb55b4d32862e");
    assert_eq!(digest(Size::City), "5f33fc4f6e3f6f9b207e787127d9dcbd99dd141f5f284c2d0db78c1b9391e2d4");
}

#[test]
fn the_same_seed_gives_the_same_tables_and_another_one_does_not() {
    assert_eq!(jincheng(Size::City, 1), jincheng(Size::City, 1));
    let (one, two) = (jincheng(Size::Pilot, 1), jincheng(Size::Pilot, 2));
    assert_ne!(one.needs, two.needs);
    assert_ne!(one.workers, two.workers);
    assert_ne!(one.communities, two.communities);
}

#[test]
fn needs_reproduce_prevalence_and_uptake_within_rounding() {
    let tables = jincheng(Size::City, DEFAULT_SEED);
    let found = count_by(cells(&tables.needs, "domain"));
    let class: BTreeMap<String, String> = cells(&tables.communities, "community")
        .into_iter()
        .zip(cells(&tables.communities, "urban_rural_class"))
        .collect();
    assert_eq!(class.len(), 1729);
    for domain in Domain::ALL {
        let streams = STREAMS.iter().filter(|stream| stream.domain == *domain && stream.base != Base::Rural);
        let expected: Vec<u64> = streams
            .flat_map(|stream| {
                facts::counties().into_iter().map(|county| {
                    let communities = class.keys().filter(|code| code.starts_with(&county.code.to_string())).count();
                    stream.n_needs(Population {
                        residents: county.population,
                        rural: 0,
                        share60_per_mille: county.share60_per_mille,
                        communities: communities as u64,
                    })
                })
            })
            .collect();
        // Domains of rural residents follow the drawn population of villages, and have a test of their own.
        if !expected.is_empty() {
            assert_eq!(found[domain.code()] as u64, expected.iter().sum::<u64>(), "{domain:?}");
        }
    }
}

#[test]
fn left_behind_children_and_women_live_in_villages() {
    let tables = jincheng(Size::City, DEFAULT_SEED);
    let rural: BTreeSet<String> = cells(&tables.communities, "community")
        .into_iter()
        .zip(cells(&tables.communities, "urban_rural_class"))
        .filter(|(_, class)| class.starts_with('2'))
        .map(|(code, _)| code)
        .collect();
    let mut children = 0;
    for (community, domain) in cells(&tables.needs, "community").into_iter().zip(cells(&tables.needs, "domain")) {
        if domain == "left_behind_children" || domain == "left_behind_women" {
            assert!(rural.contains(&community));
            children += usize::from(domain == "left_behind_children");
        }
    }
    assert!((2_800..3_200).contains(&children), "about 3,000: {children}");
}

#[test]
fn supply_reproduces_the_published_figures() {
    let tables = jincheng(Size::City, DEFAULT_SEED);
    let kinds = count_by(cells(&tables.organizations, "kind"));
    assert!((6..=9).contains(&kinds["social_service_agency"]));
    assert_eq!(kinds["social_work_station"], 77);
    let main: Vec<String> = cells(&tables.workers, "qualifications")
        .iter()
        .map(|list| list.split([';', '@']).next().unwrap().to_string())
        .collect();
    let held = count_by(main);
    let certified = held["sw_assistant"] + held["sw_certified"] + held["sw_senior"];
    assert!((730..=755).contains(&certified), "about 740: {certified}");
    assert_eq!(held["child_director"], 1729);
    assert_eq!(held["child_supervisor"], 77);
    // Station workers are 2.2 for each of 77 townships.
    let stations: BTreeSet<String> = cells(&tables.organizations, "organization_id")
        .into_iter()
        .zip(cells(&tables.organizations, "kind"))
        .filter(|(_, kind)| kind == "social_work_station")
        .map(|(id, _)| id)
        .collect();
    let at_stations =
        cells(&tables.workers, "organization_id").into_iter().zip(cells(&tables.workers, "qualifications"));
    let social = at_stations.filter(|(at, held)| stations.contains(at) && held.starts_with("sw_")).count();
    assert!((154..=193).contains(&social), "{social}");
}

#[test]
fn every_code_list_is_exercised() {
    let tables = jincheng(Size::City, DEFAULT_SEED);
    let occurring = |table: &Table, name: &str| -> BTreeSet<String> {
        cells(table, name)
            .iter()
            .flat_map(|list| list.split(';'))
            .map(|item| item.split([':', '@']).next().unwrap().into())
            .collect()
    };
    let all = |codes: Vec<&str>| codes.into_iter().map(String::from).collect::<BTreeSet<String>>();
    let missing = |wanted: BTreeSet<String>, table: &Table, name: &str| {
        wanted.difference(&occurring(table, name)).cloned().collect::<Vec<_>>()
    };
    let none: Vec<String> = Vec::new();
    let needs = &tables.needs;
    assert_eq!(missing(all(Domain::ALL.iter().map(|c| c.code()).collect()), needs, "domain"), none);
    assert_eq!(missing(all(ServiceType::ALL.iter().map(|c| c.code()).collect()), needs, "service_type"), none);
    assert_eq!(missing(all(ClientGroup::ALL.iter().map(|c| c.code()).collect()), needs, "groups"), none);
    assert_eq!(missing(all(AgeBand::ALL.iter().map(|c| c.code()).collect()), needs, "age_band"), none);
    assert_eq!(missing(all(Confidentiality::ALL.iter().map(|c| c.code()).collect()), needs, "confidentiality"), none);
    assert_eq!(missing(all(Consent::ALL.iter().map(|c| c.code()).collect()), needs, "consent"), none);
    assert_eq!(missing(all(Guardianship::ALL.iter().map(|c| c.code()).collect()), needs, "guardianship"), none);
    assert_eq!(missing(all(Emergency::ALL.iter().map(|c| c.code()).collect()), needs, "emergencies"), none);
    assert_eq!(missing(all(Language::ALL.iter().map(|c| c.code()).collect()), needs, "languages"), none);
    let workers = &tables.workers;
    assert_eq!(missing(all(Domain::ALL.iter().map(|c| c.code()).collect()), workers, "domains"), none);
    assert_eq!(missing(all(Qualification::ALL.iter().map(|c| c.code()).collect()), workers, "qualifications"), none);
    assert_eq!(missing(all(Authority::ALL.iter().map(|c| c.code()).collect()), workers, "authorities"), none);
    let organizations = &tables.organizations;
    assert_eq!(missing(all(OrganizationKind::ALL.iter().map(|c| c.code()).collect()), organizations, "kind"), none);
    assert_eq!(missing(all(OrganizationStatus::ALL.iter().map(|c| c.code()).collect()), organizations, "status"), none);
    let classes = all(UrbanRuralClass::ALL.iter().map(|c| c.code()).collect());
    assert_eq!(missing(classes, &tables.communities, "urban_rural_class"), none);
    let kinds = all(vec!["federation", "county", "fund_line", "fiscal_host"]);
    assert_eq!(missing(kinds, tables.groups.as_ref().unwrap(), "kind"), none);
}

#[test]
fn every_row_is_well_formed() {
    for size in Size::ALL.into_iter().filter(|&size| size != Size::Province) {
        let tables = jincheng(size, 11);
        let ids = |table: &Table, name: &str| {
            let cells = cells(table, name);
            let set: BTreeSet<String> = cells.iter().cloned().collect();
            assert_eq!(set.len(), cells.len(), "{name} is unique");
            set
        };
        let groups = tables.groups.as_ref().unwrap();
        let needs = ids(&tables.needs, "need_id");
        let workers = ids(&tables.workers, "worker_id");
        let organizations = ids(&tables.organizations, "organization_id");
        let communities = ids(&tables.communities, "community");
        let group_ids = ids(groups, "group_id");
        let refer = |table: &Table, name: &str, to: &BTreeSet<String>| {
            for list in cells(table, name) {
                assert!(list.is_empty() || list.split(';').all(|id| to.contains(id)), "{name}: {list}");
            }
        };
        refer(&tables.needs, "community", &communities);
        for name in ["current_worker", "preferred_workers", "excluded_workers", "pinned_worker"] {
            refer(&tables.needs, name, &workers);
        }
        for name in ["current_organization", "excluded_organizations", "assessor_organization"] {
            refer(&tables.needs, name, &organizations);
        }
        let households: Vec<String> = cells(&tables.needs, "household_id");
        assert!(households.iter().all(|id| id.is_empty() || needs.contains(&id.replace('H', "N"))));
        refer(&tables.workers, "organization_id", &organizations);
        refer(&tables.workers, "base_community", &communities);
        refer(&tables.organizations, "group_id", &group_ids);
        refer(groups, "parent_id", &group_ids);

        let each = |table: &Table, name: &str, right: &dyn Fn(&str) -> bool| {
            for list in cells(table, name) {
                assert!(list.is_empty() || list.split(';').all(right), "{name}: {list}");
            }
        };
        each(&tables.needs, "sex", &|code| Sex::from_code(code).is_some());
        each(&tables.needs, "required_sex", &|code| Sex::from_code(code).is_some());
        each(&tables.workers, "minor_check_valid_until", &|day| Date::parse(day).is_some());
        each(&tables.workers, "qualifications", &|item| match item.split_once('@') {
            Some((code, day)) => Qualification::from_code(code).is_some() && Date::parse(day).is_some(),
            None => Qualification::from_code(item).is_some(),
        });
        each(&tables.workers, "domains", &|item| {
            item.split_once(':').is_some_and(|(code, level)| Domain::from_code(code).is_some() && "123".contains(level))
        });
        each(&tables.workers, "service_area", &|code| DivisionCode::parse(code).is_some());
        each(&tables.organizations, "service_area", &|code| DivisionCode::parse(code).is_some());
        each(&tables.organizations, "credit_code", &|code| CreditCode::parse(code).is_some());
        each(&tables.communities, "community", &|code| {
            DivisionCode::parse(code).is_some_and(|code| code.level() == DivisionLevel::Village)
        });
        each(groups, "kind", &|code| GroupKind::from_code(code).is_some());

        let at_most = |table: &Table, current: &str, max: &str| {
            for (current, max) in cells(table, current).iter().zip(cells(table, max)) {
                assert!(current.parse::<u32>().unwrap() <= max.parse::<u32>().unwrap());
            }
        };
        at_most(&tables.workers, "caseload_current", "caseload_max");
        at_most(&tables.organizations, "capacity_current", "capacity_max");
    }
}

#[test]
fn some_papers_have_expired_on_the_reference_date_and_most_have_not() {
    let tables = jincheng(Size::City, DEFAULT_SEED);
    for (table, name, missing_expected) in [
        (&tables.workers, "minor_check_valid_until", true),
        (&tables.organizations, "minor_check_valid_until", true),
        (&tables.organizations, "eval_valid_until", true),
        (&tables.workers, "qualifications", false),
    ] {
        let days: Vec<String> = cells(table, name)
            .iter()
            .map(|cell| cell.split(';').next().unwrap().split('@').next_back().unwrap().to_string())
            .collect();
        let expired = days.iter().filter(|day| !day.is_empty() && day.as_str() < REFERENCE_DATE).count();
        let valid = days.iter().filter(|day| day.as_str() >= REFERENCE_DATE).count();
        assert!(expired > 0 && expired * 3 < valid, "{name}: {expired} expired, {valid} valid");
        assert_eq!(days.iter().any(String::is_empty), missing_expected, "{name}");
    }
}
