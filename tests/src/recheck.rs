//! The hard rules once more, from the texts of the tables and of the policy, sharing no code with the library.
//!
//! Written from the documentation of the tables and the rules: a second opinion is worth something only if nobody copied
//! it from the first.

use std::collections::{BTreeMap, BTreeSet};

use needmatch::{Policy, Tables};
use toml::Value;

use crate::cells::{Cells, list, rows_of, text};

/// The tables of a problem with what is needed to judge a pair.
pub struct Recheck {
    policy: Value,
    today: String,
    needs: BTreeMap<String, Cells>,
    workers: BTreeMap<String, Cells>,
    organizations: BTreeMap<String, Cells>,
    communities: BTreeMap<String, Cells>,
    groups: BTreeMap<String, Cells>,
}

/// A pair as the judge sees it.
struct Pair<'a> {
    need: &'a Cells,
    worker: Option<&'a Cells>,
    organization: &'a Cells,
    service: &'a str,
    risk: String,
    client_groups: BTreeSet<&'a str>,
    qualifications: BTreeSet<&'a str>,
    confidentiality: i64,
    is_minor: bool,
}

impl Recheck {
    /// Reads the tables anew.
    ///
    /// # Panics
    ///
    /// Panics at tables and policies that the library would refuse.
    #[must_use]
    pub fn new(tables: &Tables, policy: &Policy) -> Self {
        let policy: Value = toml::from_str(&policy.to_toml()).expect("a policy writes itself as TOML");
        let by = |table, key: &str| -> BTreeMap<String, Cells> {
            rows_of(table).into_iter().map(|row| (text(&row, key).to_owned(), row)).collect()
        };
        Self {
            today: policy["evaluation_date"].to_string(),
            policy,
            needs: by(&tables.needs, "need_id"),
            workers: by(&tables.workers, "worker_id"),
            organizations: by(&tables.organizations, "organization_id"),
            communities: by(&tables.communities, "community"),
            groups: tables.groups.as_ref().map(|table| by(table, "group_id")).unwrap_or_default(),
        }
    }

    /// The codes of the rules that a worker fails for a need.
    ///
    /// # Panics
    ///
    /// Panics if there is no such need or worker.
    #[must_use]
    pub fn failed_by_worker(&self, need: &str, worker: &str) -> BTreeSet<&'static str> {
        let worker = &self.workers[worker];
        self.failed(need, Some(worker), &self.organizations[text(worker, "organization_id")])
    }

    /// The codes of the rules that an organization fails for a need if it names no worker.
    ///
    /// # Panics
    ///
    /// Panics if there is no such need or organization.
    #[must_use]
    pub fn failed_by_organization(&self, need: &str, organization: &str) -> BTreeSet<&'static str> {
        self.failed(need, None, &self.organizations[organization])
    }

    fn failed(&self, need: &str, worker: Option<&Cells>, organization: &Cells) -> BTreeSet<&'static str> {
        let need = &self.needs[need];
        let client_groups: BTreeSet<&str> = list(need, "groups").collect();
        let valid = |entry: &&str| entry.split_once('@').is_none_or(|(_, until)| self.today.as_str() <= until);
        let held = worker.map(|worker| list(worker, "qualifications").filter(valid).collect::<Vec<_>>());
        let code = |entry: &&'_ str| -> usize { entry.find('@').unwrap_or(entry.len()) };
        let floors = client_groups.iter().map(|group| number(self.at(&["confidentiality", "groups", group])));
        let mut pair = Pair {
            need,
            worker,
            organization,
            service: match text(need, "service_type") {
                "" => self.at(&["usual_service", text(need, "domain")]).and_then(Value::as_str).unwrap_or_default(),
                named => named,
            },
            risk: self.risk(text(need, "risk")),
            qualifications: held.unwrap_or_default().iter().map(|entry| &entry[..code(entry)]).collect(),
            confidentiality: floors.fold(text(need, "confidentiality").parse().unwrap_or(0), i64::max),
            is_minor: self.is_minor(need, &client_groups),
            client_groups,
        };
        // An emergency is red.
        if !h19(&pair) || !text(need, "emergencies").is_empty() {
            pair.risk = "red".to_owned();
        }
        let rules: [(&'static str, bool); 21] = [
            ("D01", self.d01(&pair)),
            ("H01", self.h01(&pair)),
            ("H02", self.h02(&pair)),
            ("H03", self.h03(&pair)),
            ("H04", self.h04(&pair)),
            ("H05", self.h05(&pair)),
            ("H06", self.h06(&pair)),
            ("H07", self.h07(&pair)),
            ("H08", pair.service != "psych_treatment"),
            ("H09", self.h09(&pair)),
            ("H10", self.h10(&pair)),
            ("H11", self.h11(&pair)),
            ("H12", self.h12(&pair)),
            ("H14", self.h14(&pair)),
            ("H15", self.h15(&pair)),
            ("H16", self.h16(&pair)),
            ("H17", pair.service != "law_enforcement"),
            ("H18", self.h18(&pair)),
            ("H19", h19(&pair)),
            ("H20", self.h20(&pair)),
            ("E01", text(need, "emergencies").is_empty()),
        ];
        let mut failed: BTreeSet<&'static str> =
            rules.into_iter().filter(|&(_, passes)| !passes).map(|(code, _)| code).collect();
        if !self.t01(&pair) {
            failed.insert("T01");
        }
        failed.retain(|code| self.at(&["rules", code]).and_then(Value::as_bool).unwrap_or(true));
        failed
    }

    fn d01(&self, pair: &Pair<'_>) -> bool {
        let serves = |row| list(row, "domains").any(|entry| domain_of(entry) == text(pair.need, "domain"));
        match pair.worker {
            Some(worker) => serves(worker),
            None => text(pair.organization, "direct") == "true" && serves(pair.organization),
        }
    }

    fn h01(&self, pair: &Pair<'_>) -> bool {
        let least = text(pair.need, "min_qualification");
        if pair.worker.is_none() {
            return least.is_empty() && self.service_flag(pair, "direct");
        }
        let of_colour = self.at(&["services", pair.service, &pair.risk]);
        let wanted = words(of_colour.or_else(|| self.at(&["services", pair.service, "any_of"])));
        let fits = wanted.contains("any") && !pair.qualifications.is_empty()
            || pair.qualifications.iter().any(|held| wanted.contains(held));
        let ladders: [&[&str]; 2] = [
            &["sw_auxiliary", "sw_assistant", "sw_certified", "sw_senior"],
            &["elder_carer_5", "elder_carer_4", "elder_carer_3", "elder_carer_2", "elder_carer_1"],
        ];
        let ladder = ladders.into_iter().find(|ladder| ladder.contains(&least));
        let reaches = match ladder {
            Some(steps) => {
                steps.iter().skip_while(|step| **step != least).any(|step| pair.qualifications.contains(step))
            }
            None => least.is_empty() || pair.qualifications.contains(least),
        };
        fits && reaches
    }

    fn h02(&self, pair: &Pair<'_>) -> bool {
        match (text(pair.organization, "status"), text(pair.organization, "compliant")) {
            ("registered", compliant) => compliant == "true",
            ("filed" | "incubating", "" | "true") => {
                self.has_fiscal_host(pair.organization) && self.service_flag(pair, "filed_groups")
            }
            _ => false,
        }
    }

    fn h03(&self, pair: &Pair<'_>) -> bool {
        let checked = |row: &Cells| {
            let until = text(row, "minor_check_valid_until");
            !until.is_empty() && self.today.as_str() <= until
        };
        !pair.is_minor || checked(pair.organization) && pair.worker.is_none_or(checked)
    }

    fn h04(&self, pair: &Pair<'_>) -> bool {
        let applies = pair.is_corrected() && text(pair.need, "sex") != "1";
        !applies || pair.worker.is_none_or(|worker| text(worker, "sex") == "2")
    }

    fn h05(&self, pair: &Pair<'_>) -> bool {
        let applies = pair.is_corrected() && pair.is_minor;
        let specialist = pair.qualifications.contains("juvenile_specialist");
        !applies || specialist && pair.worker.is_some_and(|worker| text(worker, "clearance") == "4")
    }

    fn h06(&self, pair: &Pair<'_>) -> bool {
        let applies = pair.is_minor && pair.is_victim() && text(pair.need, "sex") != "1";
        !applies || pair.worker.is_some_and(|worker| text(worker, "sex") == "2")
    }

    fn h07(&self, pair: &Pair<'_>) -> bool {
        let disorder =
            pair.client_groups.contains("severe_mental_disorder") || text(pair.need, "domain") == "mental_health";
        let team = |worker| list(worker, "authorities").any(|authority| authority == "joint_team");
        !(disorder && pair.risk == "red") || pair.worker.is_none_or(team) && !is_volunteer(pair)
    }

    fn h09(&self, pair: &Pair<'_>) -> bool {
        let organization = text(pair.organization, "organization_id");
        let worker = pair.worker.map_or("", |worker| text(worker, "worker_id"));
        list(pair.need, "excluded_workers").all(|id| id != worker)
            && list(pair.need, "excluded_organizations").all(|id| id != organization)
    }

    fn h10(&self, pair: &Pair<'_>) -> bool {
        let separate = words(self.at(&["assessment", "separate_domains"])).contains(text(pair.need, "domain"));
        !separate || text(pair.need, "assessor_organization") != text(pair.organization, "organization_id")
    }

    fn h11(&self, pair: &Pair<'_>) -> bool {
        let authorities = words(self.at(&["authorities", text(pair.need, "domain")]));
        match pair.worker {
            Some(worker) => {
                let clearance: i64 = text(worker, "clearance").parse().unwrap_or(0);
                let authorised = list(worker, "authorities").any(|authority| authorities.contains(authority));
                clearance >= pair.confidentiality && (authorities.is_empty() || authorised)
            }
            None => {
                let most = number(self.at(&["confidentiality", "organization_max"]));
                pair.confidentiality <= most && authorities.is_empty()
            }
        }
    }

    fn h12(&self, pair: &Pair<'_>) -> bool {
        let consents: BTreeSet<&str> = list(pair.need, "consent").collect();
        let groups = words(self.at(&["consent", "sensitive_groups"]));
        let sensitive = pair.confidentiality >= 2 || pair.client_groups.iter().any(|group| groups.contains(group));
        let below_14 = match text(pair.need, "age_band") {
            "" => pair.is_minor,
            band => ["0-5", "6-7", "8-11", "12-13"].contains(&band),
        };
        consents.contains("statutory")
            || !consents.is_empty()
                && (!sensitive || consents.contains("separate"))
                && (!below_14 || consents.contains("guardian"))
    }

    fn h14(&self, pair: &Pair<'_>) -> bool {
        let crosses = words(self.at(&["area", "cross_area_domains"])).contains(text(pair.need, "domain"));
        crosses || self.area(pair).iter().any(|division| contains(division, text(pair.need, "community")))
    }

    fn h15(&self, pair: &Pair<'_>) -> bool {
        let most = self.at(&["volunteers", "max_risk"]).and_then(Value::as_str).unwrap_or_default();
        !is_volunteer(pair) || self.service_flag(pair, "volunteers") && colour(&pair.risk) <= colour(most)
    }

    fn h16(&self, pair: &Pair<'_>) -> bool {
        match text(pair.need, "required_sex") {
            wanted @ ("1" | "2") => pair.worker.is_some_and(|worker| text(worker, "sex") == wanted),
            _ => true,
        }
    }

    fn h18(&self, pair: &Pair<'_>) -> bool {
        let violence = pair.is_victim() || text(pair.need, "domain") == "women_family";
        !(pair.service == "mediation" && pair.risk == "red" && violence)
    }

    fn h20(&self, pair: &Pair<'_>) -> bool {
        let within = |row: &Cells, column: &str, passes: &dyn Fn(&str) -> bool| {
            text(row, column).is_empty() || list(row, column).any(passes)
        };
        let mut above = text(pair.organization, "group_id");
        while let Some(line) = self.groups.get(above) {
            let pays = within(line, "domains", &|domain| domain == text(pair.need, "domain"))
                && within(line, "organization_kinds", &|kind| kind == text(pair.organization, "kind"))
                && within(line, "service_area", &|division| contains(division, text(pair.need, "community")))
                && within(line, "valid_from", &|first| first <= self.today.as_str())
                && within(line, "valid_until", &|last| self.today.as_str() <= last);
            if !pays {
                return false;
            }
            above = text(line, "parent_id");
        }
        true
    }

    fn t01(&self, pair: &Pair<'_>) -> bool {
        let community = &self.communities[text(pair.need, "community")];
        let home = point(pair.need).or_else(|| point(community));
        let base_community = pair.worker.map_or("", |worker| text(worker, "base_community"));
        let base = pair
            .worker
            .and_then(point)
            .or_else(|| self.communities.get(base_community).and_then(point))
            .or_else(|| point(pair.organization));
        let own_limit = pair.worker.and_then(|worker| text(worker, "max_travel_minutes").parse::<f64>().ok());
        let limit = own_limit.unwrap_or_else(|| number(self.at(&["travel", "max_minutes"])) as f64);
        if let (Some(home), Some(base)) = (home, base) {
            return self.minutes(community, kilometres(home, base)) <= limit;
        }
        match self.at(&["travel", "unknown_location"]).and_then(Value::as_str) {
            Some("pass") => true,
            Some("same_township") if !base_community.is_empty() => {
                base_community[..9] == text(pair.need, "community")[..9]
            }
            Some("same_township") => {
                let local = |division: &&String| !full(division).ends_with("000000");
                self.area(pair).iter().filter(local).any(|division| contains(division, text(pair.need, "community")))
            }
            _ => false,
        }
    }

    fn minutes(&self, community: &Cells, km: f64) -> f64 {
        let mountains = words(self.at(&["travel", "mountain_divisions"]));
        let terrain = if text(community, "urban_rural_class").starts_with('1') {
            "urban"
        } else if mountains.iter().any(|division| contains(division, text(community, "community"))) {
            "mountain"
        } else {
            "rural"
        };
        let of = |key| number(self.at(&["travel", terrain, key])) as f64;
        60.0 * of("factor_per_mille") / 1000.0 * km / of("speed_km_h") + of("fixed_minutes")
    }

    fn is_minor(&self, need: &Cells, client_groups: &BTreeSet<&str>) -> bool {
        let is_in = |domains, groups| {
            let groups = words(self.at(&["minors", groups]));
            words(self.at(&["minors", domains])).contains(text(need, "domain"))
                || client_groups.iter().any(|group| groups.contains(group))
        };
        let by_age = match text(need, "age_band") {
            "" => !is_in("adult_domains", "adult_groups"),
            band => ["0-5", "6-7", "8-11", "12-13", "14-15", "16-17"].contains(&band),
        };
        by_age || text(need, "juvenile_case") == "true" || is_in("domains", "groups")
    }

    fn has_fiscal_host(&self, organization: &Cells) -> bool {
        let mut above = text(organization, "group_id");
        while let Some(group) = self.groups.get(above) {
            if text(group, "kind") == "fiscal_host" {
                return true;
            }
            above = text(group, "parent_id");
        }
        false
    }

    /// The worker's area, or where it has none that of the organization.
    fn area(&self, pair: &Pair<'_>) -> Vec<String> {
        let own: Vec<String> =
            pair.worker.map(|w| list(w, "service_area").map(String::from).collect()).unwrap_or_default();
        if own.is_empty() { list(pair.organization, "service_area").map(String::from).collect() } else { own }
    }

    fn risk(&self, written: &str) -> String {
        let Some((scale, grade)) = written.split_once(':') else { return written.to_owned() };
        let colours = self.at(&["risk_scales", scale]).expect("a scale of the policy");
        let holds = |entry: &str| {
            let range = entry.split_once('-').and_then(|(a, b)| Some(a.parse().ok()?..=b.parse::<u32>().ok()?));
            entry == grade || range.is_some_and(|range| grade.parse().is_ok_and(|grade| range.contains(&grade)))
        };
        let found = ["green", "blue", "yellow", "red"]
            .into_iter()
            .find(|colour| words(colours.get(colour)).into_iter().any(holds));
        found.expect("a grade of the scale").to_owned()
    }

    fn service_flag(&self, pair: &Pair<'_>, flag: &str) -> bool {
        self.at(&["services", pair.service, flag]).and_then(Value::as_bool).unwrap_or(false)
    }

    fn at(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(&self.policy, |value, key| value.get(key))
    }
}

impl Pair<'_> {
    fn is_corrected(&self) -> bool {
        text(self.need, "domain") == "community_correction" || self.client_groups.contains("correction_subject")
    }

    fn is_victim(&self) -> bool {
        self.client_groups.contains("violence_victim")
    }
}

fn h19(pair: &Pair<'_>) -> bool {
    let bands: &[&str] = match text(pair.need, "guardianship") {
        "unattended" => &["0-5", "6-7"],
        "living_alone" => &["0-5", "6-7", "8-11", "12-13", "14-15"],
        _ => return true,
    };
    match text(pair.need, "age_band") {
        "" => !pair.is_minor,
        band => !bands.contains(&band),
    }
}

fn is_volunteer(pair: &Pair<'_>) -> bool {
    let team = match text(pair.organization, "kind") {
        "" => text(pair.organization, "status") != "registered",
        kind => kind == "volunteer_team",
    };
    team || pair.worker.is_some() && pair.qualifications.iter().all(|&held| held == "volunteer")
}

fn colour(risk: &str) -> usize {
    ["green", "blue", "yellow", "red"].iter().position(|&colour| colour == risk).expect("a colour")
}

fn domain_of(entry: &str) -> &str {
    entry.split(':').next().unwrap_or_default()
}

fn words(value: Option<&Value>) -> BTreeSet<&str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

fn number(value: Option<&Value>) -> i64 {
    value.and_then(Value::as_integer).unwrap_or(0)
}

/// A division code with its zeros.
fn full(division: &str) -> String {
    format!("{division:0<12}")
}

/// Whether a division is or contains a village: pairs of digits for the first three levels, then threes.
fn contains(division: &str, village: &str) -> bool {
    let division = full(division);
    let level = [2, 4, 6, 9, 12].into_iter().find(|&level| division[level..].bytes().all(|digit| digit == b'0'));
    let level = level.unwrap_or(12);
    division[..level] == village[..level]
}

fn point(row: &Cells) -> Option<(f64, f64)> {
    Some((text(row, "lon").parse().ok()?, text(row, "lat").parse().ok()?))
}

/// The great-circle distance on a sphere of the mean radius, by the haversine formula.
fn kilometres((lon_a, lat_a): (f64, f64), (lon_b, lat_b): (f64, f64)) -> f64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let h = half(lat_a, lat_b) + lat_a.to_radians().cos() * lat_b.to_radians().cos() * half(lon_a, lon_b);
    2.0 * 6371.0088 * h.sqrt().min(1.0).asin()
}
