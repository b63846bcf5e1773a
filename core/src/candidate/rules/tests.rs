//! For every rule: a pair that passes, one that fails, one whose data are missing.

use crate::candidate::{RuleId, RuleSet, failed_rules};
use crate::testing::{Cell, Town, need, provider};

const LATER: &str = "2026-12-31";
const EARLIER: &str = "2025-12-31";

/// What worker and organization of a town of one fail.
fn failed(town: &Town) -> (RuleSet, RuleSet) {
    let problem = town.problem();
    let by = |id| failed_rules(&problem, need(&problem, "n"), provider(&problem, id));
    (by("w"), by("o"))
}

/// Whether the worker passes, all others rules aside.
fn worker_passes(rule: RuleId, need: &[Cell<'_>], worker: &[Cell<'_>], organization: &[Cell<'_>]) -> bool {
    !failed(&Town::of_one(need, worker, organization)).0.contains(rule)
}

/// Whether the organization passes without naming a worker.
fn organization_passes(rule: RuleId, need: &[Cell<'_>], organization: &[Cell<'_>]) -> bool {
    !failed(&Town::of_one(need, &[], organization)).1.contains(rule)
}

#[test]
fn the_town_of_one_has_two_candidates() {
    assert_eq!(failed(&Town::of_one(&[], &[], &[])), (RuleSet::EMPTY, RuleSet::EMPTY));
}

#[test]
fn d01_the_provider_serves_the_domain() {
    assert!(worker_passes(RuleId::D01, &[], &[("domains", "environment;elderly_care:3")], &[]));
    assert!(!worker_passes(RuleId::D01, &[], &[("domains", "environment")], &[]));
    assert!(!organization_passes(RuleId::D01, &[], &[("domains", "")]));
    assert!(!organization_passes(RuleId::D01, &[], &[("direct", "false")]));
    assert!(!organization_passes(RuleId::D01, &[], &[("direct", "")]));
}

#[test]
fn h01_a_valid_qualification_for_service_and_risk() {
    let passes = |need: &[Cell<'_>], qualifications| {
        worker_passes(RuleId::H01, need, &[("qualifications", qualifications)], &[])
    };
    let case_work: &[Cell<'_>] = &[("service_type", "case_work")];
    assert!(passes(case_work, "sw_assistant"));
    assert!(passes(case_work, "sw_assistant@2025-12-31;sw_certified@2026-12-31"));
    assert!(passes(case_work, "sw_assistant@2026-01-01"), "the last day counts");
    assert!(!passes(case_work, "sw_assistant@2025-12-31"));
    assert!(!passes(case_work, "volunteer;nurse"));
    assert!(!passes(case_work, ""));
    assert!(!passes(&[], ""), "`any` is one of whatever kind, not none");

    let red: &[Cell<'_>] = &[("service_type", "case_work"), ("risk", "red")];
    assert!(passes(red, "sw_certified"));
    assert!(!passes(red, "sw_assistant"));
}

#[test]
fn h01_the_least_qualification_of_a_need() {
    let passes =
        |least, held| worker_passes(RuleId::H01, &[("min_qualification", least)], &[("qualifications", held)], &[]);
    assert!(passes("sw_assistant", "sw_senior"));
    assert!(passes("elder_carer_4", "elder_carer_4") && passes("elder_carer_4", "elder_carer_1"));
    assert!(!passes("elder_carer_4", "elder_carer_5"), "level 5 is the lowest");
    assert!(!passes("sw_certified", "sw_assistant"));
    assert!(!passes("nurse", "sw_senior"), "another profession");
    assert!(!passes("sw_certified", ""));
}

#[test]
fn h01_organizations_answer_for_whom_they_send() {
    assert!(organization_passes(RuleId::H01, &[("service_type", "home_help")], &[]));
    assert!(!organization_passes(RuleId::H01, &[("service_type", "case_work")], &[]));
    assert!(!organization_passes(RuleId::H01, &[("min_qualification", "nurse")], &[]));
}

#[test]
fn h02_registered_and_compliant() {
    for passes in [worker_passes_h02 as fn(&[Cell<'_>]) -> bool, organization_passes_h02] {
        assert!(passes(&[]));
        assert!(!passes(&[("compliant", "false")]));
        assert!(!passes(&[("compliant", "")]));
        assert!(!passes(&[("status", "")]));
        assert!(!passes(&[("status", "filed")]), "without a fiscal host");
    }
}

fn worker_passes_h02(organization: &[Cell<'_>]) -> bool {
    worker_passes(RuleId::H02, &[], &[], organization)
}

fn organization_passes_h02(organization: &[Cell<'_>]) -> bool {
    organization_passes(RuleId::H02, &[], organization)
}

#[test]
fn h02_filed_with_a_fiscal_host() {
    let passes = |need: &[Cell<'_>], organization: &[Cell<'_>], host: &str| {
        let hosted = [&[("status", "filed"), ("group_id", "low"), ("compliant", "")], organization].concat();
        let mut town = Town::of_one(need, &[], &hosted);
        town.groups.add(&[("group_id", "low"), ("parent_id", "high"), ("kind", "federation")], &[]);
        town.groups.add(&[("group_id", "high"), ("kind", host)], &[]);
        !failed(&town).0.contains(RuleId::H02)
    };
    assert!(passes(&[], &[], "fiscal_host"), "at any height");
    assert!(passes(&[], &[("status", "incubating")], "fiscal_host"));
    assert!(!passes(&[("service_type", "home_help")], &[], "fiscal_host"), "not a service for such groups");
    assert!(!passes(&[], &[("compliant", "false")], "fiscal_host"));
    assert!(!passes(&[], &[], "federation"));
}

#[test]
fn h03_both_checks_are_valid_where_a_minor_is_concerned() {
    let minor: &[Cell<'_>] = &[("domain", "education_aid"), ("age_band", "8-11")];
    let passes = |need: &[Cell<'_>], worker: &str, organization: &str| {
        let until = |date| [("minor_check_valid_until", date)];
        worker_passes(RuleId::H03, need, &until(worker), &until(organization))
    };
    assert!(passes(minor, LATER, LATER));
    assert!(passes(minor, "2026-01-01", LATER), "the last day counts");
    assert!(!passes(minor, EARLIER, LATER));
    assert!(!passes(minor, LATER, EARLIER));
    assert!(!passes(minor, "", LATER));
    assert!(!passes(minor, LATER, ""));
    assert!(organization_passes(RuleId::H03, minor, &[("minor_check_valid_until", LATER)]));
    assert!(!organization_passes(RuleId::H03, minor, &[]));
}

#[test]
fn h03_who_is_a_minor() {
    let applies = |need: &[Cell<'_>]| !worker_passes(RuleId::H03, need, &[], &[]);
    assert!(applies(&[("age_band", "16-17")]));
    assert!(applies(&[("age_band", "18-34"), ("juvenile_case", "true")]));
    assert!(applies(&[("age_band", "18-34"), ("groups", "child")]));
    assert!(applies(&[("age_band", "35-59"), ("domain", "left_behind_children")]));
    assert!(applies(&[("age_band", ""), ("domain", "education_aid")]), "unknown counts as minor");
    assert!(!applies(&[("age_band", "18-34"), ("domain", "education_aid")]));
    assert!(!applies(&[("age_band", ""), ("domain", "elderly_care")]));
    assert!(!applies(&[("age_band", ""), ("domain", "humanistic_care"), ("groups", "elderly")]));
}

#[test]
fn h04_a_woman_for_a_woman_under_correction() {
    let woman: &[Cell<'_>] = &[("domain", "community_correction"), ("sex", "2")];
    let passes = |need: &[Cell<'_>], sex| worker_passes(RuleId::H04, need, &[("sex", sex)], &[]);
    assert!(passes(woman, "2"));
    assert!(!passes(woman, "1"));
    assert!(!passes(woman, ""));
    assert!(passes(&[("domain", "community_correction"), ("sex", "1")], "1"));
    assert!(!passes(&[("groups", "correction_subject"), ("sex", "")], "1"), "unknown counts as female");
    assert!(passes(&[("sex", "2")], "1"), "not under correction");
    assert!(organization_passes(RuleId::H04, woman, &[]), "builds a team");
}

#[test]
fn h05_a_specialist_for_juvenile_correction() {
    let juvenile: &[Cell<'_>] = &[("domain", "community_correction"), ("age_band", "18-34"), ("juvenile_case", "true")];
    let passes = |need: &[Cell<'_>], qualifications, clearance| {
        let worker = [("qualifications", qualifications), ("clearance", clearance)];
        worker_passes(RuleId::H05, need, &worker, &[])
    };
    assert!(passes(juvenile, "juvenile_specialist", "4"));
    assert!(!passes(juvenile, "juvenile_specialist@2025-12-31", "4"));
    assert!(!passes(juvenile, "juvenile_specialist", "3"));
    assert!(!passes(juvenile, "juvenile_specialist", ""));
    assert!(!passes(juvenile, "sw_senior", "4"));
    assert!(passes(&[("domain", "community_correction"), ("age_band", "18-34")], "sw_senior", "3"), "an adult case");
    assert!(!passes(&[("domain", "community_correction"), ("age_band", "")], "sw_senior", "4"), "of unknown age");
    assert!(!organization_passes(RuleId::H05, juvenile, &[]));
}

#[test]
fn h06_a_woman_for_a_girl_who_is_a_victim() {
    let girl: &[Cell<'_>] = &[("groups", "violence_victim"), ("age_band", "12-13"), ("sex", "2")];
    let passes = |need: &[Cell<'_>], sex| worker_passes(RuleId::H06, need, &[("sex", sex)], &[]);
    assert!(passes(girl, "2"));
    assert!(!passes(girl, "1"));
    assert!(!passes(girl, ""));
    assert!(!passes(&[("groups", "violence_victim"), ("age_band", "12-13"), ("sex", "9")], "1"), "sex not stated");
    assert!(passes(&[("groups", "violence_victim"), ("age_band", "18-34"), ("sex", "2")], "1"), "a grown woman");
    assert!(passes(&[("groups", "violence_victim"), ("age_band", "12-13"), ("sex", "1")], "1"), "a boy");
    assert!(!organization_passes(RuleId::H06, girl, &[]), "nobody is named");
}

#[test]
fn h07_a_joint_team_for_severe_mental_disorder_at_red() {
    let red: &[Cell<'_>] = &[("groups", "severe_mental_disorder"), ("risk", "red")];
    let passes =
        |need: &[Cell<'_>], authorities| worker_passes(RuleId::H07, need, &[("authorities", authorities)], &[]);
    assert!(passes(red, "health;joint_team"));
    assert!(!passes(red, "health"));
    assert!(!passes(red, ""));
    assert!(!passes(&[("domain", "mental_health"), ("risk", "red")], "health"), "by domain");
    assert!(passes(&[("domain", "mental_health"), ("risk", "yellow")], ""), "not red");
    let volunteer = [("authorities", "joint_team"), ("qualifications", "volunteer")];
    assert!(!worker_passes(RuleId::H07, red, &volunteer, &[]));
    assert!(organization_passes(RuleId::H07, red, &[]));
    assert!(!organization_passes(RuleId::H07, red, &[("kind", "volunteer_team")]));
}

#[test]
fn h08_and_h17_are_never_assigned() {
    for (service, rule) in [("psych_treatment", RuleId::H08), ("law_enforcement", RuleId::H17)] {
        let all_passes =
            |need: &[Cell<'_>]| worker_passes(rule, need, &[], &[]) || organization_passes(rule, need, &[]);
        assert!(!all_passes(&[("service_type", service)]));
        assert!(all_passes(&[("service_type", "visit")]));
        assert!(all_passes(&[("service_type", "")]), "the domain's usual service is another");
    }
}

#[test]
fn h09_exclusions_name_worker_or_organization() {
    let mut town = Town::of_one(&[("excluded_workers", "w;x")], &[], &[]);
    town.worker("x", &[]);
    let (worker, organization) = failed(&town);
    assert!(worker.contains(RuleId::H09) && !organization.contains(RuleId::H09));

    let (worker, organization) = failed(&Town::of_one(&[("excluded_organizations", "o")], &[], &[]));
    assert!(worker.contains(RuleId::H09) && organization.contains(RuleId::H09));
    assert!(worker_passes(RuleId::H09, &[("excluded_workers", "")], &[], &[]));
}

#[test]
fn h10_the_assessor_does_not_provide() {
    let passes = |need: &[Cell<'_>]| {
        let mut town = Town::of_one(need, &[], &[]);
        town.organization("p", &[]);
        let (worker, organization) = failed(&town);
        assert_eq!(worker.contains(RuleId::H10), organization.contains(RuleId::H10));
        !worker.contains(RuleId::H10)
    };
    assert!(passes(&[("assessor_organization", "p")]));
    assert!(!passes(&[("assessor_organization", "o")]));
    assert!(passes(&[("assessor_organization", "")]), "not graded");
    assert!(passes(&[("assessor_organization", "o"), ("domain", "environment")]));
}

#[test]
fn h11_clearance_reaches_the_class() {
    let passes =
        |class, clearance| worker_passes(RuleId::H11, &[("confidentiality", class)], &[("clearance", clearance)], &[]);
    assert!(passes("2", "2") && passes("2", "4"));
    assert!(!passes("2", "1"));
    assert!(!passes("1", ""));
    assert!(passes("0", ""), "an open case");
    let victim: &[Cell<'_>] = &[("groups", "violence_victim"), ("confidentiality", "0")];
    assert!(!worker_passes(RuleId::H11, victim, &[("clearance", "2")], &[]), "the policy's least class");
    assert!(worker_passes(RuleId::H11, victim, &[("clearance", "3")], &[]));
    assert!(organization_passes(RuleId::H11, &[("confidentiality", "1")], &[]));
    assert!(!organization_passes(RuleId::H11, &[("confidentiality", "2")], &[]));
}

#[test]
fn h11_an_authority_on_the_list() {
    let correction: &[Cell<'_>] = &[("domain", "community_correction")];
    let passes = |authorities| worker_passes(RuleId::H11, correction, &[("authorities", authorities)], &[]);
    assert!(passes("civil_affairs;justice"));
    assert!(!passes("civil_affairs"));
    assert!(!passes(""));
    assert!(!organization_passes(RuleId::H11, correction, &[]));
}

#[test]
fn h12_consent_covers_the_case() {
    let passes =
        |need: &[Cell<'_>], consent| worker_passes(RuleId::H12, &[need, &[("consent", consent)]].concat(), &[], &[]);
    assert!(passes(&[], "general") && passes(&[], "separate") && passes(&[], "statutory"));
    assert!(!passes(&[], ""));
    for sensitive in [("confidentiality", "2"), ("groups", "disabled"), ("groups", "violence_victim")] {
        assert!(passes(&[sensitive], "separate") && passes(&[sensitive], "statutory"));
        assert!(!passes(&[sensitive], "general"), "{sensitive:?}");
    }
    let child = ("age_band", "12-13");
    assert!(passes(&[child], "guardian") && passes(&[child], "statutory"));
    assert!(!passes(&[child], "general;separate"));
    assert!(passes(&[("age_band", "14-15")], "general"));
    assert!(!passes(&[child, ("groups", "disabled")], "guardian"));
    assert!(passes(&[child, ("groups", "disabled")], "guardian;separate"));
    assert!(!passes(&[("age_band", ""), ("domain", "education_aid")], "general"), "a minor of unknown age");
}

#[test]
fn h14_the_service_area_covers_the_community() {
    let passes = |worker, organization| {
        worker_passes(RuleId::H14, &[], &[("service_area", worker)], &[("service_area", organization)])
    };
    assert!(passes("140502001", "140524"), "the worker's own area comes first");
    assert!(!passes("140524", "140502"));
    assert!(passes("", "140502"), "else the organization's");
    assert!(!passes("", "140524"));
    assert!(!passes("", ""));
    assert!(!organization_passes(RuleId::H14, &[], &[("service_area", "")]));

    let mut town = Town::of_one(&[], &[], &[("service_area", "")]);
    town.policy = "[area]\ncross_area_domains = [\"elderly_care\"]".to_owned();
    assert!(!failed(&town).0.contains(RuleId::H14));
}

#[test]
fn h15_volunteers_do_what_volunteers_may() {
    let volunteer: &[Cell<'_>] = &[("qualifications", "volunteer")];
    assert!(worker_passes(RuleId::H15, &[("service_type", "visit")], volunteer, &[]));
    assert!(!worker_passes(RuleId::H15, &[("service_type", "case_work")], volunteer, &[]));
    assert!(!worker_passes(RuleId::H15, &[("risk", "red")], volunteer, &[]));
    let expired: &[Cell<'_>] = &[("qualifications", "volunteer;sw_senior@2025-12-31")];
    assert!(!worker_passes(RuleId::H15, &[("service_type", "case_work")], expired, &[]));
    let unknown: &[Cell<'_>] = &[("qualifications", "")];
    assert!(!worker_passes(RuleId::H15, &[("service_type", "case_work")], unknown, &[]));
    assert!(worker_passes(RuleId::H15, &[("risk", "red")], &[("qualifications", "volunteer;nurse")], &[]));

    let mediation: &[Cell<'_>] = &[("service_type", "mediation")];
    assert!(organization_passes(RuleId::H15, mediation, &[]));
    assert!(!organization_passes(RuleId::H15, mediation, &[("kind", "volunteer_team")]));
    assert!(!worker_passes(RuleId::H15, mediation, &[], &[("kind", "volunteer_team")]));
    assert!(organization_passes(RuleId::H15, mediation, &[("kind", "")]), "registered");
    assert!(!organization_passes(RuleId::H15, mediation, &[("kind", ""), ("status", "filed")]));
}

#[test]
fn h16_the_sex_that_the_need_demands() {
    let passes = |required, sex| worker_passes(RuleId::H16, &[("required_sex", required)], &[("sex", sex)], &[]);
    assert!(passes("2", "2") && passes("1", "1"));
    assert!(!passes("2", "1"));
    assert!(!passes("2", ""));
    assert!(passes("", "1") && passes("9", ""));
    assert!(!organization_passes(RuleId::H16, &[("required_sex", "2")], &[]), "nobody is named");
}

#[test]
fn h18_no_mediation_in_red_domestic_violence() {
    let passes = |service, risk, groups, domain| {
        let need = [("service_type", service), ("risk", risk), ("groups", groups), ("domain", domain)];
        worker_passes(RuleId::H18, &need, &[], &[])
    };
    assert!(!passes("mediation", "red", "violence_victim", "dispute_mediation"));
    assert!(!passes("mediation", "red", "", "women_family"));
    assert!(!passes("", "red", "violence_victim", "dispute_mediation"), "mediation is the domain's usual service");
    assert!(passes("mediation", "yellow", "violence_victim", "women_family"));
    assert!(passes("mediation", "red", "", "dispute_mediation"));
    assert!(passes("legal_aid", "red", "violence_victim", "women_family"));
}

#[test]
fn t01_the_way_is_not_too_long() {
    // About 9 km to the east: 38 minutes on urban roads.
    let away = [("lon", "112.95"), ("lat", "35.5")];
    let passes = |most| worker_passes(RuleId::T01, &away, &[("max_travel_minutes", most)], &[]);
    assert!(passes("38"));
    assert!(!passes("36"));
    assert!(passes(""), "the policy's 60");
    assert!(organization_passes(RuleId::T01, &away, &[]));
    assert!(!organization_passes(RuleId::T01, &[("lon", "113.2"), ("lat", "35.5")], &[]));
    assert!(worker_passes(RuleId::T01, &[], &[("max_travel_minutes", "5")], &[]), "the fixed minutes");
    assert!(!worker_passes(RuleId::T01, &[], &[("max_travel_minutes", "4")], &[]));
}

#[test]
fn t01_where_points_come_from() {
    let far = [("lon", "113.9"), ("lat", "35.5")];
    assert!(!worker_passes(RuleId::T01, &[], &far, &[]), "the worker's own point first");
    assert!(worker_passes(RuleId::T01, &[], &[], &far), "then the base community's");
    assert!(!worker_passes(RuleId::T01, &[], &[("base_community", "")], &far), "then the organization's");
}

#[test]
fn t01_unknown_locations() {
    let nowhere = [("lon", ""), ("lat", "")];
    let passes = |policy: &str, need: &[Cell<'_>], base, area| {
        let worker = [("base_community", base), ("service_area", area)];
        let mut town = Town::of_one(need, &worker, &nowhere);
        town.communities.add(&[("community", "140502002001")], &[]);
        town.policy = format!("[travel]\nunknown_location = \"{policy}\"");
        !failed(&town).0.contains(RuleId::T01)
    };
    // The second community has no point.
    let need: &[Cell<'_>] = &[("community", "140502001002")];
    assert!(passes("same_township", need, "140502001001", "1405"));
    assert!(!passes("same_township", need, "140502002001", "140502001"));
    assert!(passes("same_township", need, "", "140502001"), "whose area is the township serves in it");
    assert!(!passes("same_township", need, "", "140502"));
    assert!(passes("pass", need, "", ""));
    assert!(!passes("fail", need, "140502001001", "140502001"));
}

#[test]
fn rules_that_are_switched_off_do_not_count() {
    let mut town = Town::of_one(&[("required_sex", "1")], &[("qualifications", "")], &[]);
    assert!(failed(&town).0.contains(RuleId::H16) && failed(&town).0.contains(RuleId::H01));
    town.policy = "[rules]\nH16 = false\nH01 = false".to_owned();
    let failed = failed(&town).0;
    assert!(!failed.contains(RuleId::H16) && !failed.contains(RuleId::H01));
}
