//! Tables whose columns hold whatever they may, under policies of every kind: both readings of them agree.

use std::collections::BTreeMap;

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::candidate::{self, RuleId};
use crate::matching::Node;
use crate::model::{NeedId, Problem};
use crate::policy::Policy;
use crate::sample;
use crate::table::{Column, Table, Tables};
use crate::verify::reasons::decision;
use crate::verify::rules::{broken, is_allowed};
use crate::verify::serving::Serving;
use crate::verify::supply::Supply;

/// What a column may hold. A `point` is two columns.
const COMMUNITIES: [(&str, &[&str]); 2] =
    [("urban_rural_class", &["", "0", "111", "112", "121", "123", "210", "220"]), ("point", POINTS)];
const GROUPS: [(&str, &[&str]); 3] =
    [("valid_from", DAYS), ("valid_until", DAYS), ("kind", &["", "fiscal_host", "county", "fund_line"])];
const ORGANIZATIONS: [(&str, &[&str]); 11] = [
    ("kind", &["", "social_service_agency", "volunteer_team", "foundation", "filed_community_group"]),
    ("status", &["", "registered", "filed", "incubating", "incubating"]),
    ("incubated_since", &["", "2024-07-11", "2024-07-12", "2025-07-05", "2025-12-02", "2026-01-01", "2026-01-02"]),
    ("capacity_current", &["0", "0", "0", "2"]),
    ("capacity_max", &["0", "1", "2", "9"]),
    ("direct", &["true"]),
    ("domains", DOMAINS),
    ("compliant", &["", "true", "false"]),
    ("minor_check_valid_until", DAYS),
    ("service_area", AREAS),
    ("point", POINTS),
];
const WORKERS: [(&str, &[&str]); 10] = [
    ("domains", DOMAINS),
    (
        "qualifications",
        &[
            "",
            "volunteer",
            "nurse@2026-01-01",
            "nurse@2025-12-31;volunteer",
            "sw_auxiliary;sw_senior@2025-12-31",
            "elder_carer_5;sw_assistant",
            "elder_carer_2;juvenile_specialist@2026-01-01",
            "mediator;psy_counselor",
        ],
    ),
    ("caseload_min", &["", "0", "1"]),
    ("sex", &["0", "1", "2", "9"]),
    ("minor_check_valid_until", DAYS),
    ("clearance", &["", "0", "1", "2", "3", "4"]),
    ("authorities", &["", "joint_team", "health", "justice;joint_team"]),
    ("base_community", &["", "140502001001", "140502001201", "140524100201", "140581101001"]),
    ("service_area", AREAS),
    ("point", POINTS),
];
const NEEDS: [(&str, &[&str]); 14] = [
    ("domain", DOMAINS),
    (
        "service_type",
        &["", "visit", "personal_care", "case_work", "tutoring", "mediation", "respite", "psych_treatment"],
    ),
    (
        "groups",
        &[
            "",
            "elderly",
            "violence_victim",
            "correction_subject;child",
            "severe_mental_disorder",
            "veteran",
            "disabled",
        ],
    ),
    ("age_band", &["", "0-5", "6-7", "8-11", "12-13", "14-15", "16-17", "18-34", "60-64"]),
    ("sex", &["0", "1", "2", "9"]),
    ("juvenile_case", &["true", "false"]),
    ("min_qualification", &["", "elder_carer_4", "elder_carer_1", "sw_auxiliary", "sw_certified", "nurse"]),
    ("required_sex", &["0", "1", "2", "9"]),
    ("confidentiality", &["0", "1", "2", "3", "4"]),
    ("consent", &["", "general", "separate", "guardian", "general;guardian", "separate;guardian", "statutory"]),
    ("guardianship", &["", "present", "unattended", "living_alone"]),
    ("emergencies", &["", "", "", "self_harm"]),
    ("automated_decision_refused", &["true", "false"]),
    ("point", POINTS),
];
const DAYS: &[&str] = &["", "2025-12-31", "2026-01-01", "2026-01-02"];
const POINTS: &[&str] = &["", "112.85 35.50", "112.86 35.51", "112.95 35.50", "113.60 35.50"];
const AREAS: &[&str] = &[
    "",
    "14",
    "1405",
    "140502",
    "140502001",
    "140502001001",
    "140524100;140581101001",
    "1405;140502001",
    "140502;140524;140581",
];
const DOMAINS: &[&str] = &[
    "elderly_care",
    "mental_health",
    "left_behind_children",
    "community_correction",
    "women_family",
    "dispute_mediation",
    "disability_support",
];
/// Parts of a policy, of which the dice take some. Rules that are switched off come last.
const PARTS: [&str; 16] = [
    "[travel]\nunknown_location = \"pass\"",
    "[travel]\nunknown_location = \"fail\"\nmax_minutes = 20",
    "[travel]\nmountain_divisions = [\"140502001\", \"140524\"]",
    "[area]\ncross_area_domains = [\"elderly_care\", \"women_family\"]",
    "[assessment]\nseparate_domains = [\"mental_health\"]",
    "[volunteers]\nmax_risk = \"red\"",
    "[consent]\nsensitive_groups = [\"elderly\"]",
    "[minors]\ndomains = []\ngroups = []",
    "[minors]\nadult_domains = []\nadult_groups = [\"veteran\"]",
    "[confidentiality]\norganization_max = 3",
    "[incubation]\nperiod_days = 30",
    "[incubation]\nramp_per_mille = []",
    "[incubation]\nramp_per_mille = [0, 1, 1000]",
    "[rules]\nH14 = false",
    "[rules]\nH01 = false\nH02 = false\nT01 = false",
    "[rules]\nH14 = false\nH10 = false\nH16 = false\nH18 = false\nH20 = false",
];

/// The sample with some columns and parts of the policy otherwise; `None` where these do not fit each other.
fn problem(seed: u64) -> Option<Problem> {
    let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0x7ab1e);
    let (tables, _) = sample::input(seed);
    let mut varied = |table: &Table, columns: &[(&str, &[&str])]| {
        columns.iter().fold(table.clone(), |table, &(name, words)| {
            if random.random_bool(0.6) {
                return table;
            }
            let words: Vec<&str> = (0..table.n_rows()).map(|_| words[random.random_range(0..words.len())]).collect();
            match name {
                "valid_from" | "valid_until" => {
                    // Fund lines alone have terms.
                    let kinds = table.columns().iter().find(|(own, _)| own == "kind").map(|(_, kinds)| kinds.clone());
                    let Some(Column::Text(kinds)) = kinds else { panic!("the sample holds texts only") };
                    let is_line = |row: usize| kinds.get(row).is_some_and(|kind| kind == b"fund_line");
                    let days = words.iter().enumerate().map(|(row, word)| if is_line(row) { *word } else { "" });
                    with_column(&table, name, days.collect())
                }
                "point" => {
                    let part = |k: usize| words.iter().map(|word| word.split(' ').nth(k).unwrap_or("")).collect();
                    with_column(&with_column(&table, "lon", part(0)), "lat", part(1))
                }
                _ => with_column(&table, name, words),
            }
        })
    };
    let tables = Tables {
        communities: varied(&tables.communities, &COMMUNITIES),
        groups: tables.groups.as_ref().map(|groups| varied(groups, &GROUPS)),
        organizations: varied(&tables.organizations, &ORGANIZATIONS),
        workers: varied(&tables.workers, &WORKERS),
        needs: varied(&tables.needs, &NEEDS),
        quotas: None,
    };
    let mut sections: BTreeMap<&str, &str> = BTreeMap::new();
    for part in PARTS.iter().filter(|_| random.random_bool(0.2)) {
        let (heading, lines) = part.split_once('\n').unwrap();
        sections.insert(heading, lines);
    }
    let text: String = sections.iter().map(|(heading, lines)| format!("{heading}\n{lines}\n")).collect();
    Problem::new(&tables, Policy::from_toml(&text).unwrap()).ok()
}

/// The table with other texts in a column, or with one column more.
fn with_column(table: &Table, name: &str, words: Vec<&str>) -> Table {
    let others = table.columns().iter().filter(|(own, _)| own != name);
    let kept = others.fold(Table::new(), |kept, (own, column): &(String, Column)| kept.with(own, column.clone()));
    kept.with_texts(name, words)
}

#[test]
fn both_readings_of_the_rules_agree_whatever_the_tables_hold() {
    let (mut n_problems, mut n_allowed) = (0, 0);
    let mut failures: BTreeMap<RuleId, u32> = BTreeMap::new();
    for seed in 0..6000 {
        let Some(problem) = problem(seed) else { continue };
        n_problems += 1;
        let supply = Supply::of(&problem);
        let serving = Serving::of_all(&problem, &supply);
        for need in (0..problem.needs().len()).map(NeedId::new) {
            let mut around = Vec::new();
            for node in (0..supply.n_nodes()).map(|position| supply.at(position)) {
                if let Node::Group(_) = node {
                    // A group serves nobody.
                    assert!(broken(&problem, need, node) == crate::candidate::RuleSet::ALL, "seed {seed}");
                    assert!(!is_allowed(&problem, need, node), "seed {seed}");
                    continue;
                }
                let at = supply.position(node).unwrap() as u32;
                let (ours, theirs) = (broken(&problem, need, node), candidate::failed_rules(&problem, need, at));
                assert_eq!(ours, theirs, "seed {seed}, need {}, provider {at}", need.index());
                assert_eq!(is_allowed(&problem, need, node), theirs.is_empty(), "seed {seed}");
                ours.iter().for_each(|rule| *failures.entry(rule).or_default() += 1);
                n_allowed += u32::from(ours.is_empty());
                if !theirs.contains(RuleId::D01) && !theirs.contains(RuleId::H14) {
                    around.push(node);
                }
            }
            let mut ours = serving.of(&problem, need);
            ours.sort_unstable();
            around.sort_unstable();
            assert_eq!(ours, around, "seed {seed}, need {}", need.index());
            let reason = candidate::not_optimised(&problem, &problem.needs()[need.index()]);
            // A pin is the decision of a person.
            let is_pinned = problem.needs()[need.index()].pinned_worker.is_some();
            let ours = decision(&problem, need).filter(|&code| !(is_pinned && code == "human_only"));
            assert_eq!(ours.is_some(), reason.is_some(), "seed {seed}: {ours:?}, {reason:?}");
        }
    }
    assert!(n_problems > 3000 && n_allowed > 2000, "{n_problems} problems, {n_allowed} pairs pass every rule");
    assert!(RuleId::ALL.iter().all(|rule| failures.get(rule).is_some_and(|&n| n > 200)), "{failures:?}");
}

#[test]
fn both_readings_of_places_and_floors_agree() {
    let (mut n_rising, mut n_closed) = (0, 0);
    for seed in 0..4000 {
        let Some(problem) = problem(seed) else { continue };
        let supply = Supply::of(&problem);
        for node in (0..supply.n_nodes()).map(|position| supply.at(position)) {
            let (places, floor) = match node {
                Node::Worker(id) => {
                    let row = &problem.workers()[id.index()];
                    (Some(row.open_places().into()), row.floor().into())
                }
                Node::Organization(id) => {
                    let row = &problem.organizations()[id.index()];
                    n_rising += u32::from(row.capacity_now < row.capacity_max);
                    n_closed += u32::from(row.capacity_now == 0);
                    (Some(row.open_places().into()), row.floor().into())
                }
                Node::Group(id) => {
                    let row = &problem.groups()[id.index()];
                    (row.open_places(), row.floor())
                }
            };
            assert_eq!((supply.places(node), supply.floor(node)), (places, floor), "seed {seed}, {node:?}");
        }
    }
    assert!(n_rising > 500 && n_closed > 100, "{n_rising}, {n_closed}");
}
