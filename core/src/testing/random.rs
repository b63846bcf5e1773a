//! Towns drawn from a seed, in which every rule and criterion has something to say.

use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;

use super::{Cell, Town};

/// Values of a column, of which one is drawn in [`OTHER_THAN_USUAL`] of the rows; an empty one is missing. The other
/// rows keep what is usual in a town, so that most pairs fail few rules.
type Choice = (&'static str, &'static [&'static str]);

/// How often a value is drawn.
const OTHER_THAN_USUAL: f64 = 0.25;

const NEEDS: &[Choice] = &[
    ("community", &["140502001001", "140502001002", "140502002001", "140524100200", "140524100201"]),
    ("domain", &["mental_health", "community_correction", "left_behind_children", "women_family"]),
    ("risk", &["blue", "yellow", "red", "red"]),
    ("service_type", &["", "personal_care", "case_work", "mediation", "psych_treatment", "law_enforcement"]),
    ("groups", &["violence_victim", "violence_victim", "correction_subject;disabled", "severe_mental_disorder"]),
    ("age_band", &["", "12-13", "16-17", "35-59", "70-79", "70-79"]),
    ("sex", &["", "1", "2"]),
    ("juvenile_case", &["", "false", "true"]),
    ("min_qualification", &["", "", "", "sw_assistant", "elder_carer_4"]),
    ("required_sex", &["", "", "1", "2"]),
    ("languages", &["", "jin", "mandarin;jin"]),
    ("consent", &["", "general", "separate", "separate;guardian", "statutory", "statutory"]),
    ("confidentiality", &["", "0", "1", "2", "4"]),
    ("waiting_days", &["", "0", "90", "400"]),
    ("automated_decision_refused", &["", "false", "false", "true"]),
    ("excluded_workers", &["", "", "w0;w3", "w1"]),
    ("excluded_organizations", &["", "", "", "o1"]),
    ("assessor_organization", &["", "", "o0", "o2"]),
    ("preferred_workers", &["", "w1;w2"]),
    ("current_worker", &["", "w0", "w2"]),
    ("current_organization", &["", "o1"]),
    ("guardianship", &["", "present", "unattended", "living_alone"]),
    ("emergencies", &["", "", "", "self_harm", "domestic_violence;harm_to_minor"]),
];

const WORKERS: &[Choice] = &[
    ("domains", &["elderly_care:3", "elderly_care;mental_health:2", "community_correction;left_behind_children"]),
    ("qualifications", &["", "sw_assistant", "sw_certified@2027-01-01", "elder_carer_3;nurse@2025-01-01", "volunteer"]),
    ("sex", &["", "1", "2"]),
    ("languages", &["", "jin", "mandarin"]),
    ("minor_check_valid_until", &["", "2025-06-01", "2026-06-01", "2026-06-01"]),
    ("clearance", &["", "1", "2", "4", "4"]),
    ("authorities", &["", "justice", "health;joint_team"]),
    ("base_community", &["", "140502001001", "140502001002", "140502002001", "140524100200"]),
    ("service_area", &["", "", "14", "140502", "140502;140502001", "140502001;140524100", "140524100200"]),
    ("max_travel_minutes", &["", "", "10", "90"]),
];

const ORGANIZATIONS: &[Choice] = &[
    ("kind", &["", "social_service_agency", "volunteer_team"]),
    ("status", &["", "registered", "registered", "filed"]),
    ("compliant", &["", "true", "true", "false"]),
    ("direct", &["", "false", "true", "true"]),
    ("domains", &["elderly_care", "elderly_care:2;mental_health"]),
    ("service_area", &["", "1405", "140502", "140524"]),
    ("minor_check_valid_until", &["", "2026-06-01", "2026-06-01"]),
    ("eval_grade", &["", "3", "5"]),
    ("eval_valid_until", &["", "2025-01-01", "2027-01-01"]),
    ("group_id", &["", "g", "l", "l"]),
];

const LINES: &[Choice] = &[
    ("domains", &["", "elderly_care", "elderly_care;community_correction", "left_behind_children"]),
    ("organization_kinds", &["", "social_service_agency", "volunteer_team;foundation"]),
    ("service_area", &["", "1405", "140502002;140524", "140524"]),
    ("valid_from", &["", "2025-01-01", "2026-01-02"]),
    ("valid_until", &["2026-01-02", "2026-06-30"]),
];

/// Policies under which other rules are in force.
const POLICIES: &[&str] = &[
    "",
    "",
    "[rules]\nH14 = false",
    "[rules]\nT01 = false\nH01 = false\nH02 = false",
    "[area]\ncross_area_domains = [\"elderly_care\"]\n[rules]\nH10 = false",
    "[travel]\nunknown_location = \"pass\"\nmax_minutes = 20",
    "[travel]\nunknown_location = \"fail\"\n[rules]\nH16 = false",
];

impl Town {
    /// A town with so many needs `n0`, `n1` …, workers `w0` … (at least 4) and three organizations `o0`, `o1`, `o2`.
    pub(crate) fn random(seed: u64, n_needs: usize, n_workers: usize) -> Self {
        let mut rng = Pcg64::seed_from_u64(seed);
        let mut town = Self::empty();
        town.policy = (*POLICIES.choose(&mut rng).unwrap()).to_owned();
        for (code, lon, lat, class) in [
            ("140502002001", "112.86", "35.52", ""),
            ("140524100200", "112.9", "35.5", "220"),
            ("140524100201", "113.3", "35.7", "220"),
        ] {
            let cells = [("community", code), ("lon", lon), ("lat", lat), ("urban_rural_class", class)];
            town.communities.add(&cells, &[]);
        }
        town.groups.add(&[("group_id", "g"), ("kind", "fiscal_host")], &[]);
        let line = [("group_id", "l"), ("kind", "fund_line"), ("parent_id", "g")];
        town.groups.add(&line, &draw(LINES, &mut rng));
        for k in 0..3 {
            let mut cells = draw(ORGANIZATIONS, &mut rng);
            let point = rng.random_bool(0.7).then(|| point(&mut rng));
            set_point(&mut cells, &point);
            town.organization(&format!("o{k}"), &cells);
        }
        for k in 0..n_workers.max(4) {
            let organization = ["o0", "o1", "o2"].choose(&mut rng).unwrap();
            let mut cells = draw(WORKERS, &mut rng);
            cells.push(("organization_id", organization));
            let point = rng.random_bool(0.5).then(|| point(&mut rng));
            set_point(&mut cells, &point);
            town.worker(&format!("w{k}"), &cells);
        }
        for k in 0..n_needs {
            let mut cells = draw(NEEDS, &mut rng);
            let point = rng.random_bool(0.3).then(|| point(&mut rng));
            set_point(&mut cells, &point);
            town.need(&format!("n{k}"), &cells);
        }
        town
    }
}

fn draw(choices: &[Choice], rng: &mut Pcg64) -> Vec<Cell<'static>> {
    let drawn = choices.iter().map(|(column, values)| (*column, *values.choose(rng).unwrap()));
    let drawn: Vec<Cell<'static>> = drawn.collect();
    drawn.into_iter().filter(|_| rng.random_bool(OTHER_THAN_USUAL)).collect()
}

/// Somewhere within an hour or two.
fn point(rng: &mut Pcg64) -> (String, String) {
    let (lon, lat) = (rng.random_range(112.7..113.4), rng.random_range(35.4..35.8));
    (format!("{lon:.4}"), format!("{lat:.4}"))
}

fn set_point<'a>(cells: &mut Vec<Cell<'a>>, point: &'a Option<(String, String)>) {
    let (lon, lat) = point.as_ref().map_or(("", ""), |(lon, lat)| (lon.as_str(), lat.as_str()));
    cells.extend([("lon", lon), ("lat", lat)]);
}
