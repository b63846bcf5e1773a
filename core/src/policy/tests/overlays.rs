//! Overlays: the smallest area wins, key by key, and canonical text reads back the same.

use super::*;
use crate::model::codes::DivisionCode;

const THREE: &str = "
    version = \"ours\"
    [travel]
    max_minutes = 50
    [[overlay]]
    area = \"140524100\"
    [overlay.rules]
    H16 = false
    [overlay.services.visit]
    any_of = [\"nurse\"]
    [[overlay]]
    area = \"1405\"
    [overlay.volunteers]
    max_risk = \"green\"
    [overlay.travel]
    unknown_minutes = 45
    [[overlay]]
    area = \"140524\"
    [overlay.criteria]
    travel_time = 100
    continuity = 300
    [overlay.travel.mountain]
    fixed_minutes = 5
";

fn code(text: &str) -> DivisionCode {
    DivisionCode::parse(text).unwrap()
}

#[test]
fn the_smallest_area_wins_key_by_key() {
    let policy = Policy::from_toml(THREE).unwrap();
    let areas: Vec<String> = policy.overlays().iter().map(|overlay| overlay.area.to_string()).collect();
    assert_eq!(areas, ["140500000000", "140524000000", "140524100000"]);
    let of = |text| policy.of_area(code(text));
    let (elsewhere, city, county, town) =
        (of("140602001001"), of("140502001001"), of("140524101001"), of("140524100201"));
    assert_eq!(elsewhere, &policy);
    for (own, minutes) in [(elsewhere, 30), (city, 45), (county, 45), (town, 45)] {
        assert_eq!((own.travel().unknown_minutes, own.travel().max_minutes, own.version()), (minutes, 50, "ours"));
    }
    assert_eq!([elsewhere, city, town].map(Policy::volunteer_max_risk), [Risk::Yellow, Risk::Green, Risk::Green]);
    assert_eq!([city, county, town].map(|own| own.weight(Criterion::TravelTime)), [200, 100, 100]);
    assert_eq!([city, county, town].map(|own| own.has_rule(RuleId::H16)), [true, true, false]);
    let nurse = |own: &Policy| own.service(ServiceType::Visit).any_of(Risk::Red).iter().count();
    assert_eq!((nurse(county) > 1, nurse(town)), (true, 1));
}

#[test]
fn canonical_text_with_overlays_reads_back_as_the_same_policy() {
    let policy = Policy::from_toml(THREE).unwrap();
    let text = policy.to_toml();
    assert_eq!(Policy::from_toml(&text).unwrap(), policy);
    assert_eq!(Policy::from_toml(&text).unwrap().to_toml(), text);
    assert!(text.contains("\n[[overlay]]\narea = \"140524000000\"\n\n[overlay.criteria]\n"), "{text}");
    // What is said twice is said once, and order does not matter.
    let again = THREE.replace("fixed_minutes = 5", "fixed_minutes = 5\n[overlay.assessment]\nseparate_domains = [\"elderly_care\", \"left_behind_elderly\", \"disability_support\"]");
    assert_eq!(Policy::from_toml(&again).unwrap().to_toml(), text);
    let other_day = policy.with_evaluation_date(Date::parse("2027-01-01").unwrap()).with_objective(Objective::Score);
    assert_eq!(Policy::from_toml(&other_day.to_toml()).unwrap(), other_day);
    assert_eq!(other_day.overlays()[0].policy().objective(), Objective::Score);
}

#[test]
fn one_colour_of_a_service_in_an_area_leaves_the_others() {
    let text = "[services.visit]\nany_of = [\"nurse\"]\n[[overlay]]\narea = \"1405\"\n[overlay.services.visit]\nred = [\"lawyer\"]";
    let policy = Policy::from_toml(text).unwrap();
    let own = |risk| policy.overlays()[0].policy().service(ServiceType::Visit).any_of(risk);
    assert_eq!(own(Risk::Green), policy.service(ServiceType::Visit).any_of(Risk::Green));
    assert_ne!(own(Risk::Red), policy.service(ServiceType::Visit).any_of(Risk::Red));
    assert_eq!(Policy::from_toml(&policy.to_toml()).unwrap(), policy);
}

#[test]
fn what_one_run_has_once_no_area_may_change() {
    for key in [
        "format = 1",
        "version = \"b\"",
        "evaluation_date = 2026-01-01",
        "valid_until = 2026-12-31",
        "seed = \"b\"",
        "objective = \"score\"",
        "candidates = { per_need = 3 }",
        "risk_scales = { ours = { red = [\"1\"] } }",
        "minors = { groups = [] }",
        "consent = { sensitive_groups = [] }",
        "confidentiality = { organization_max = 4 }",
        "authorities = { mental_health = [] }",
        "cross_area_domains = []",
        "overlay = []",
    ] {
        let text = format!("[[overlay]]\narea = \"1405\"\n{key}");
        assert_eq!(codes(&text), [fault("overlay[0]", FaultCode::UnknownPolicyKey)], "{key}");
    }
}

#[test]
fn faults_of_overlays_are_named_by_their_place_in_the_file() {
    for (text, key) in [
        ("overlay = 3", "overlay"),
        ("overlay = [3]", "overlay"),
        ("[[overlay]]\n[overlay.rules]\nH16 = false", "overlay[0].area"),
        ("[[overlay]]\narea = 140524", "overlay[0].area"),
        ("[[overlay]]\narea = \"1405\"\n[[overlay]]\narea = \"140500000000\"", "overlay[1].area"),
        (
            "[[overlay]]\narea = \"140524\"\n[[overlay]]\narea = \"1405\"\n[overlay.criteria]\nwaiting = 51",
            "overlay[1].criteria",
        ),
        ("[[overlay]]\narea = \"1405\"\n[overlay.travel]\nmax_minutes = -1", "overlay[0].travel.max_minutes"),
    ] {
        assert!(codes(text).contains(&fault(key, FaultCode::PolicyValue)), "{text}: {:?}", codes(text));
    }
    // A fault of the policy around is told once.
    let text =
        "seed = \"\"\n[travel]\nmax_minutes = -1\n[[overlay]]\narea = \"1405\"\n[overlay.volunteers]\nmax_risk = 1";
    let places: Vec<Option<String>> = codes(text).into_iter().map(|(place, _)| place).collect();
    assert_eq!(places.len(), 3, "{places:?}");
    let many = "[[overlay]]\narea = \"1405\"\n".repeat(257);
    assert_eq!(codes(&many), [fault("overlay", FaultCode::PolicyValue)]);
}
