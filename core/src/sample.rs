//! Small random problems in which every rule, level and reason occurs. For tests only.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

use crate::error::InputError;
use crate::model::Problem;
use crate::policy::Policy;
use crate::table::{Column, Table, Tables};

const COMMUNITIES: [&str; 4] = ["140502001001", "140502001201", "140524100201", "140581101001"];
const DOMAINS: [&str; 5] =
    ["elderly_care", "mental_health", "left_behind_children", "community_correction", "women_family"];
const OBJECTIVES: [&str; 3] = ["tiers_then_score", "coverage_then_score", "score"];

/// A problem of at most 14 needs, 7 workers, 4 organizations and 3 groups.
///
/// Where the seed is odd most pairs pass every rule, so that places are short; elsewhere every rule has its say.
/// The dice may pin a need against a rule or beyond the places, which is for the caller to bear.
pub(crate) fn problem(seed: u64) -> Result<Problem, InputError> {
    let (tables, policy) = input(seed);
    Problem::new(&tables, policy)
}

/// The input of [`problem`].
pub(crate) fn input(seed: u64) -> (Tables, Policy) {
    let mut dice = Dice { random: Pcg64Mcg::seed_from_u64(seed), is_lenient: seed % 2 == 1 };
    let minutes = if dice.is_lenient { 1000 } else { 90 };
    let policy = format!("objective = \"{}\"\n[travel]\nmax_minutes = {minutes}", dice.one_of(&OBJECTIVES));
    (dice.tables(), Policy::from_toml(&policy).unwrap())
}

/// The input of [`problem`] with one to three least caseloads, which cannot always be met.
pub(crate) fn input_with_floors(seed: u64) -> (Tables, Policy) {
    let (mut tables, policy) = input(seed);
    let mut random = Pcg64Mcg::seed_from_u64(!seed);
    let mut left = random.random_range(1..=3);
    for (table, most, least) in [
        (Some(&mut tables.organizations), "capacity_max", "capacity_min"),
        (tables.groups.as_mut(), "capacity_max", "capacity_min"),
        (Some(&mut tables.workers), "caseload_max", "caseload_min"),
    ] {
        let Some(table) = table else { continue };
        let n_rows = table.n_rows();
        let mut floors = vec![None; n_rows];
        while left > 0 && n_rows > 0 && random.random_bool(0.6) {
            let row = random.random_range(0..n_rows);
            // What an incubating organization may fill now may be less than this floor.
            if text(table, "status", row).is_some_and(|status| status == "incubating") {
                left -= 1;
                continue;
            }
            floors[row] = Some(random.random_range(1..=3).min(number(table, most, row).unwrap_or(3)).to_string());
            left -= 1;
        }
        table.push(least, Column::Text(floors.iter().map(Option::as_deref).collect()));
    }
    (tables, policy)
}

/// The input of [`input_with_floors`] or [`problem`] with one to five quotas, which may cross.
pub(crate) fn input_with_quotas(seed: u64) -> (Tables, Policy) {
    let (mut tables, policy) = if seed % 4 == 3 { input_with_floors(seed) } else { input(seed) };
    let mut dice = Dice { random: Pcg64Mcg::seed_from_u64(seed ^ 0x9e37_79b9), is_lenient: false };
    let n = dice.random.random_range(1..=5);
    let n_needs = tables.needs.n_rows();
    let floor = |dice: &mut Dice, _: usize| (dice.random.random_range(0..10_u32) / 8).to_string();
    tables.needs.push("household_id", dice.names(n_needs, 30, 'h', 5));
    let quotas = Table::new()
        .with("quota_id", dice.texts(n, 0, |_, row| format!("q{row}")))
        .with("area", dice.words(n, 50, &["1405", "140502", "140502001", "140524", "140581"]))
        .with("residence", dice.words(n, 80, &["urban", "rural"]))
        .with("client_group", dice.words(n, 80, &["elderly", "child"]))
        .with("domain", dice.words(n, 80, &DOMAINS[..2]))
        .with("risk", dice.words(n, 80, &["green", "blue", "yellow", "red"]))
        .with("per_household", dice.words(n, 60, &["true", "false"]))
        .with("floor", dice.texts(n, 60, floor))
        .with("cap", dice.numbers(n, 1, 5));
    tables.quotas = Some(quotas);
    (tables, policy)
}

/// The input of [`problem`], places short, with tight quotas that cross wherever needs are many.
pub(crate) fn input_with_crossing_quotas(seed: u64) -> (Tables, Policy) {
    let (mut tables, policy) = input(seed | 1);
    let mut dice = Dice { random: Pcg64Mcg::seed_from_u64(seed), is_lenient: false };
    let floor = |dice: &mut Dice, _: usize| (dice.random.random_range(0..10_u32) / 9).to_string();
    let quotas = Table::new()
        .with_texts("quota_id", ["q0", "q1", "q2", "q3"])
        .with_texts("area", ["140502", "", "", "140524"])
        .with_texts("risk", ["", dice.one_of(&["red", "yellow"]), dice.one_of(&["blue", "green"]), ""])
        .with("residence", dice.texts(4, 0, |_, row| if row == 3 { "rural".to_owned() } else { String::new() }))
        .with("floor", dice.texts(4, 0, floor))
        .with("cap", dice.numbers(4, 1, 2));
    tables.quotas = Some(quotas);
    (tables, policy)
}

/// The input of one of those above under `max_min`, over counties, townships or client groups. A resident may belong to
/// several groups, so that these cross.
pub(crate) fn input_with_kinds(seed: u64) -> (Tables, Policy) {
    let (mut tables, _) = match seed % 5 {
        0 => input_with_floors(seed),
        1 => input_with_quotas(seed),
        2 => input_with_crossing_quotas(seed),
        _ => input(seed | 1),
    };
    let mut dice = Dice { random: Pcg64Mcg::seed_from_u64(seed ^ 0x6b69_6e64), is_lenient: false };
    let over = dice.one_of(&["county", "township", "client_group"]);
    let words: &[&str] = match dice.random.random_range(0..3) {
        0 => &["elderly", "disabled", "veteran"],
        1 => &["elderly", "elderly;disabled", "veteran;poor_household", "poor_household"],
        _ => &["elderly;disabled", "disabled;veteran", "veteran;elderly", "migrant"],
    };
    let groups = dice.words(tables.needs.n_rows(), 15, words);
    let others = tables.needs.columns().iter().filter(|(name, _)| name != "groups");
    let others = others.fold(Table::new(), |table, (name, column)| table.with(name, column.clone()));
    tables.needs = others.with("groups", groups);
    let minutes = if dice.random.random_bool(0.8) { 1000 } else { 90 };
    let policy = format!("objective = \"max_min\"\nobjective_over = \"{over}\"\n[travel]\nmax_minutes = {minutes}");
    (tables, Policy::from_toml(&policy).unwrap())
}

/// The input of [`problem`], places short at times, with one or two quotas that ask for a part of their needs.
pub(crate) fn input_with_parts(seed: u64) -> (Tables, Policy) {
    let (mut tables, policy) = input(seed);
    let mut dice = Dice { random: Pcg64Mcg::seed_from_u64(seed ^ 0x7a_2301), is_lenient: false };
    let n = dice.random.random_range(1..=2);
    let quotas = Table::new()
        .with("quota_id", dice.texts(n, 0, |_, row| format!("q{row}")))
        .with("residence", dice.words(n, 40, &["urban", "rural"]))
        .with("risk", dice.words(n, 70, &["green", "red"]))
        .with("floor", dice.numbers(n, 0, 1))
        .with("floor_per_mille", dice.words(n, 10, &["100", "300", "334", "500", "1000"]));
    tables.quotas = Some(quotas);
    (tables, policy)
}

/// The input of [`problem`], [`input_with_floors`] or [`input_with_quotas`] with a switch penalty, small to the largest.
pub(crate) fn input_with_penalty(seed: u64) -> (Tables, Policy) {
    let (mut tables, policy) = match seed % 3 {
        0 => input(seed),
        1 => input_with_floors(seed),
        _ => input_with_quotas(seed),
    };
    // More residents than elsewhere have somebody now.
    let mut dice = Dice { random: Pcg64Mcg::seed_from_u64(seed ^ 0x0c4a_19e5), is_lenient: false };
    let (n_needs, n_workers) = (tables.needs.n_rows(), tables.workers.n_rows());
    let current = dice.names(n_needs, 30, 'w', n_workers);
    tables.needs = tables.needs.columns().iter().fold(Table::new(), |changed, (name, column)| {
        changed.with(name, if name == "current_worker" { current.clone() } else { column.clone() })
    });
    let penalty = [1, 90_000, 1_000_000][seed as usize / 3 % 3];
    (tables, Policy::from_toml(&format!("switch_penalty = {penalty}\n{}", policy.to_toml())).unwrap())
}

/// The input of [`problem`], [`input_with_floors`] or [`input_with_quotas`], limited to pilot communities, which about half
/// of them are.
pub(crate) fn input_in_scope(seed: u64) -> (Tables, Policy) {
    let (mut tables, policy) = match seed % 3 {
        0 => input(seed),
        1 => input_with_floors(seed),
        _ => input_with_quotas(seed),
    };
    let mut dice = Dice { random: Pcg64Mcg::seed_from_u64(seed ^ 0x5c0_9e01), is_lenient: false };
    tables.communities.push("pilot", dice.words(COMMUNITIES.len(), 0, &["true", "false"]));
    (tables, Policy::from_toml(&format!("scope = \"pilot\"\n{}", policy.to_toml())).unwrap())
}

/// What an area may have otherwise.
const CHANGES: [&str; 9] = [
    "criteria = { travel_time = 0, waiting = 250 }",
    "criteria = { domain_competence = 0, preference = 300 }",
    "scoring = { same_organization_per_mille = 0, waiting_full_days = 30 }",
    "travel = { max_minutes = 20, unknown_location = 'fail' }",
    "travel = { rural = { fixed_minutes = 30 }, unknown_minutes = 1 }",
    "rules = { H14 = false, H10 = false }",
    "rules = { T01 = false, H16 = false, H01 = false }",
    "services = { visit = { any_of = ['nurse'], direct = false, volunteers = false } }\nvolunteers = { max_risk = 'green' }",
    "usual_service = { elderly_care = 'psych_treatment', women_family = 'mediation' }\nassessment = { separate_domains = [] }",
];

/// The input of [`problem`] with one to four overlays, one within another at times.
pub(crate) fn input_with_overlays(seed: u64) -> (Tables, Policy) {
    let (tables, policy) = input(seed);
    let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0x51_7cc1);
    let mut text = policy.to_toml();
    for area in ["14", "1405", "140502", "140502001", "140524", "140581101001"] {
        if random.random_bool(0.4) {
            let change = CHANGES[random.random_range(0..CHANGES.len())];
            text += &format!("\n[[overlay]]\narea = \"{area}\"\n{change}\n");
        }
    }
    (tables, Policy::from_toml(&text).unwrap())
}

/// A policy under which every way is short enough.
pub(crate) fn without_travel_limit(objective: &str) -> Policy {
    Policy::from_toml(&format!("objective = \"{objective}\"\n[travel]\nmax_minutes = 1000")).unwrap()
}

/// The same with the objective of least-unequal caseloads.
pub(crate) fn least_unequal() -> Policy {
    without_travel_limit("least_unequal")
}

/// The number in a cell of a table of texts.
fn number(table: &Table, column: &str, row: usize) -> Option<i64> {
    text(table, column, row)?.parse().ok()
}

/// The text in a cell of a table of texts.
fn text<'a>(table: &'a Table, column: &str, row: usize) -> Option<&'a str> {
    let (_, column) = table.columns().iter().find(|(name, _)| name == column)?;
    let Column::Text(texts) = column else { panic!("the sample holds texts only") };
    Some(str::from_utf8(texts.get(row)?).unwrap())
}

struct Dice {
    random: Pcg64Mcg,
    is_lenient: bool,
}

impl Dice {
    fn one_of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.random.random_range(0..list.len())]
    }

    /// A text for each row, missing with the given chance in percent.
    fn texts(&mut self, n: usize, missing: u32, mut text: impl FnMut(&mut Self, usize) -> String) -> Column {
        let rows: Vec<Option<String>> = (0..n)
            .map(|row| if self.random.random_range(0..100) < missing { None } else { Some(text(self, row)) })
            .collect();
        Column::Text(rows.iter().map(Option::as_deref).collect())
    }

    /// One of the words for each row.
    fn words(&mut self, n: usize, missing: u32, words: &[&str]) -> Column {
        self.texts(n, missing, |dice, _| dice.one_of(words).to_owned())
    }

    /// The first of the words where few pairs should fail, else as [`words`](Self::words).
    fn strict_words(&mut self, n: usize, missing: u32, words: &[&str]) -> Column {
        if self.is_lenient { self.words(n, 0, &words[..1]) } else { self.words(n, missing, words) }
    }

    fn numbers(&mut self, n: usize, from: i64, to: i64) -> Column {
        self.texts(n, 0, |dice, _| dice.random.random_range(from..=to).to_string())
    }

    /// Names such as `w3`, of which there are so many.
    fn names(&mut self, n: usize, missing: u32, letter: char, n_names: usize) -> Column {
        if n_names == 0 {
            return self.texts(n, 100, |_, _| String::new());
        }
        self.texts(n, missing, |dice, _| format!("{letter}{}", dice.random.random_range(0..n_names)))
    }

    fn tables(&mut self) -> Tables {
        let n_groups = self.random.random_range(0..=3);
        let n_organizations = self.random.random_range(1..=4);
        let n_workers = self.random.random_range(0..=7);
        let n_needs = self.random.random_range(0..=14);
        let mut tables = Tables {
            communities: self.communities(),
            groups: Some(self.groups(n_groups)),
            organizations: self.organizations(n_organizations, n_groups),
            workers: self.workers(n_workers, n_organizations),
            needs: self.needs(n_needs, n_workers, n_organizations),
            quotas: None,
        };
        let day = ["2024-01-01", "2025-01-01", "2025-09-01", "2026-03-01"];
        tables.organizations.push("incubated_since", self.words(n_organizations, 30, &day));
        self.add_terms(tables.groups.get_or_insert_default());
        let missing = if self.is_lenient { 95 } else { 75 };
        tables.needs.push("guardianship", self.words(n_needs, missing, &["present", "unattended", "living_alone"]));
        let emergencies =
            self.words(n_needs, 97, &["harm_to_minor", "self_harm;danger_to_others", "domestic_violence"]);
        tables.needs.push("emergencies", emergencies);
        tables
    }

    /// Terms of the fund lines among the groups.
    fn add_terms(&mut self, groups: &mut Table) {
        let kinds = groups.columns().iter().find(|(name, _)| name == "kind").map(|(_, column)| column.clone());
        let Some(Column::Text(kinds)) = kinds else { panic!("the sample holds texts only") };
        let missing = if self.is_lenient { 90 } else { 60 };
        for (column, words) in [
            ("domains", ["elderly_care", "elderly_care;mental_health", "left_behind_children;women_family"]),
            ("organization_kinds", ["social_service_agency", "volunteer_team;social_service_agency", "foundation"]),
            ("service_area", ["1405", "140502", "140524;140581"]),
            ("valid_from", ["2024-01-01", "2025-01-01", "2025-12-31"]),
            ("valid_until", ["2026-12-31", "2026-01-01", "2025-12-31"]),
        ] {
            let terms = self.texts(kinds.len(), missing, |dice, row| {
                let is_line = kinds.get(row).is_some_and(|kind| kind == b"fund_line");
                if is_line { dice.one_of(&words).to_owned() } else { String::new() }
            });
            groups.push(column, terms);
        }
    }

    fn communities(&mut self) -> Table {
        let n = COMMUNITIES.len();
        let coordinate =
            |from: f64| move |dice: &mut Self, _: usize| format!("{:.3}", from + dice.random.random_range(0.0..0.4));
        Table::new()
            .with_texts("community", COMMUNITIES)
            .with("urban_rural_class", self.words(n, 30, &["111", "122", "220"]))
            .with("lon", self.texts(n, 0, coordinate(112.7)))
            .with("lat", self.texts(n, 0, coordinate(35.4)))
    }

    fn groups(&mut self, n: usize) -> Table {
        Table::new()
            .with("group_id", self.texts(n, 0, |_, row| format!("g{row}")))
            .with(
                "parent_id",
                self.texts(n, 0, |dice, row| {
                    if row > 0 && dice.random.random_bool(0.5) { format!("g{}", row - 1) } else { String::new() }
                }),
            )
            .with("kind", self.words(n, 20, &["fiscal_host", "county", "fund_line"]))
            .with("capacity_max", self.texts(n, 40, |dice, _| dice.random.random_range(0..8).to_string()))
    }

    fn organizations(&mut self, n: usize, n_groups: usize) -> Table {
        Table::new()
            .with("organization_id", self.texts(n, 0, |_, row| format!("o{row}")))
            .with(
                "kind",
                self.strict_words(n, 10, &["social_service_agency", "volunteer_team", "filed_community_group"]),
            )
            .with("status", self.strict_words(n, 5, &["registered", "registered", "registered", "filed", "incubating"]))
            .with("capacity_max", self.numbers(n, 2, 7))
            .with("capacity_current", self.numbers(n, 0, 2))
            .with("direct", self.words(n, 0, &["true", "false"]))
            .with("domains", self.texts(n, 10, |dice, _| format!("{};{}:3", DOMAINS[0], dice.one_of(&DOMAINS[1..]))))
            .with("compliant", self.strict_words(n, 5, &["true", "true", "true", "true", "false"]))
            .with("eval_grade", self.words(n, 40, &["1", "3", "5"]))
            .with("eval_valid_until", self.words(n, 40, &["2025-12-31", "2026-01-01", "2027-06-30"]))
            .with("minor_check_valid_until", self.strict_words(n, 10, &["2026-01-01", "2025-12-31", "2027-06-30"]))
            .with("service_area", self.strict_words(n, 5, &["1405", "1405", "140502", "140502001;140524;140581"]))
            .with("group_id", self.names(n, 30, 'g', n_groups))
            .with("lon", self.texts(n, 0, |dice, _| format!("{:.3}", dice.random.random_range(112.7..113.1))))
            .with("lat", self.texts(n, 0, |dice, _| format!("{:.3}", dice.random.random_range(35.4..35.8))))
    }

    fn workers(&mut self, n: usize, n_organizations: usize) -> Table {
        let papers =
            ["sw_certified", "sw_assistant@2027-01-01;juvenile_specialist", "volunteer", "sw_senior@2025-01-01"];
        Table::new()
            .with("worker_id", self.texts(n, 0, |_, row| format!("w{row}")))
            .with("organization_id", self.names(n, 0, 'o', n_organizations))
            .with(
                "domains",
                self.texts(n, 0, |dice, _| {
                    let first = if dice.is_lenient { 0 } else { dice.random.random_range(0..DOMAINS.len()) };
                    format!("{};{}:2", DOMAINS[first], DOMAINS[(first + 1) % DOMAINS.len()])
                }),
            )
            .with("caseload_max", self.numbers(n, 1, 4))
            .with("caseload_current", self.numbers(n, 0, 1))
            .with("qualifications", self.strict_words(n, 5, &papers))
            .with("sex", self.words(n, 10, &["1", "2", "2"]))
            .with("languages", self.words(n, 20, &["mandarin", "jin;mandarin", "sign_language"]))
            .with("minor_check_valid_until", self.strict_words(n, 10, &["2026-01-01", "2025-12-31", "2027-06-30"]))
            .with("clearance", self.strict_words(n, 10, &["4", "4", "3", "2"]))
            .with(
                "authorities",
                self.strict_words(n, 20, &["health;joint_team", "civil_affairs", "justice", "justice;health"]),
            )
            .with("base_community", self.words(n, 30, &COMMUNITIES))
            .with("service_area", self.words(n, 60, &["1405", "140502", "140502001"]))
            .with("max_travel_minutes", self.words(n, 60, &["120", "60", "30"]))
    }

    fn needs(&mut self, n: usize, n_workers: usize, n_organizations: usize) -> Table {
        let services = ["visit", "mediation", "case_work", "psych_treatment", "law_enforcement", "home_help"];
        let groups = ["elderly", "severe_mental_disorder", "correction_subject", "violence_victim", "child"];
        let consents = ["general;separate;guardian", "general;separate;guardian", "statutory", "general"];
        Table::new()
            .with("need_id", self.texts(n, 0, |_, row| format!("n{row}")))
            .with("community", self.words(n, 0, &COMMUNITIES))
            .with("domain", self.strict_words(n, 0, &DOMAINS))
            .with("risk", self.words(n, 0, &["green", "blue", "yellow", "red"]))
            .with("service_type", self.strict_words(n, 70, &services))
            .with("groups", self.strict_words(n, 70, &groups))
            .with("age_band", self.words(n, 20, &["8-11", "14-15", "35-59", "70-79"]))
            .with("sex", self.words(n, 10, &["1", "2"]))
            .with("juvenile_case", self.words(n, 80, &["true", "false"]))
            .with("min_qualification", self.words(n, 85, &["sw_assistant", "sw_certified", "sw_senior"]))
            .with("required_sex", self.words(n, 80, &["1", "2"]))
            .with("languages", self.words(n, 40, &["mandarin", "jin", "sign_language"]))
            .with("waiting_days", self.numbers(n, 0, 400))
            .with("current_worker", self.names(n, 70, 'w', n_workers))
            .with("current_organization", self.names(n, 70, 'o', n_organizations))
            .with("preferred_workers", self.names(n, 70, 'w', n_workers))
            .with("excluded_workers", self.names(n, 85, 'w', n_workers))
            .with("excluded_organizations", self.names(n, 90, 'o', n_organizations))
            .with("assessor_organization", self.names(n, 70, 'o', n_organizations))
            .with("confidentiality", self.words(n, 30, &["0", "1", "2", "4"]))
            .with("consent", self.strict_words(n, 5, &consents))
            .with("automated_decision_refused", self.words(n, 90, &["true", "false"]))
            .with("pinned_worker", self.names(n, 96, 'w', n_workers))
            .with("lon", self.texts(n, 0, |_, _| String::new()))
    }
}
