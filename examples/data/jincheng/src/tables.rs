//! Lays the rows of all prefectures out as tables.

use std::fmt::Write as _;

use needmatch::model::codes::{Domain, Sex};
use needmatch::{Column, Table, Tables, Texts, Values};

use crate::credit::credit_code;
use crate::needs::Need;
use crate::places::{Community, Places};
use crate::supply::{Group, Organization, Supply, Terms, Worker};

/// Everything of one prefecture.
pub(crate) struct Prefecture {
    pub(crate) places: Places,
    pub(crate) supply: Supply,
    pub(crate) needs: Vec<Need>,
}

/// A row, with the positions at which its prefecture's lists start.
struct Row<'a, T> {
    prefecture: &'a Prefecture,
    start: Start,
    position: usize,
    value: &'a T,
}

#[derive(Clone, Copy, Default)]
struct Start {
    needs: usize,
    workers: usize,
    organizations: usize,
    groups: usize,
}

impl Start {
    fn need(self, k: usize) -> String {
        format!("N{:06}", self.needs + k + 1)
    }

    fn household(self, k: usize) -> String {
        format!("H{:06}", self.needs + k + 1)
    }

    fn worker(self, k: usize) -> String {
        format!("W{:05}", self.workers + k + 1)
    }

    fn organization(self, k: usize) -> String {
        format!("O{:04}", self.organizations + k + 1)
    }

    fn group(self, k: usize) -> String {
        format!("G{:03}", self.groups + k + 1)
    }
}

/// The tables of some prefectures.
pub(crate) fn tables(prefectures: &[Prefecture]) -> Tables {
    Tables {
        needs: needs(&rows(prefectures, |prefecture| &prefecture.needs)),
        workers: workers(&rows(prefectures, |prefecture| &prefecture.supply.workers)),
        organizations: organizations(&rows(prefectures, |prefecture| &prefecture.supply.organizations)),
        communities: communities(&rows(prefectures, |prefecture| &prefecture.places.communities)),
        groups: Some(groups(&rows(prefectures, |prefecture| &prefecture.supply.groups))),
        quotas: None,
    }
}

fn rows<T>(prefectures: &[Prefecture], list: impl Fn(&Prefecture) -> &Vec<T>) -> Vec<Row<'_, T>> {
    let mut start = Start::default();
    let mut rows = Vec::new();
    for prefecture in prefectures {
        for (position, value) in list(prefecture).iter().enumerate() {
            rows.push(Row { prefecture, start, position, value });
        }
        start.needs += prefecture.needs.len();
        start.workers += prefecture.supply.workers.len();
        start.organizations += prefecture.supply.organizations.len();
        start.groups += prefecture.supply.groups.len();
    }
    rows
}

fn needs(rows: &[Row<'_, Need>]) -> Table {
    let worker = |row: &Row<'_, Need>, k: &usize| row.start.worker(*k);
    let organization = |row: &Row<'_, Need>, k: &usize| row.start.organization(*k);
    Table::new()
        .with("need_id", texts(rows, |row| Some(row.start.need(row.position))))
        .with(
            "community",
            texts(rows, |row| Some(row.prefecture.places.communities[row.value.community].code.to_string())),
        )
        .with("domain", texts(rows, |row| Some(row.value.domain.code())))
        .with("risk", texts(rows, |row| Some(row.value.grade)))
        .with("service_type", texts(rows, |row| Some(row.value.service.code())))
        .with("groups", texts(rows, |row| list(row.value.groups.iter().map(|group| group.code()))))
        .with("age_band", texts(rows, |row| row.value.person.map(|(age, _)| age.code())))
        .with("sex", texts(rows, |row| row.value.person.map(|(_, sex)| sex.code())))
        .with("juvenile_case", bools(rows, |row| row.value.person.map(|_| row.value.juvenile_case)))
        .with("guardianship", texts(rows, |row| row.value.guardianship.map(|found| found.code())))
        .with("emergencies", texts(rows, |row| list(row.value.emergencies.iter().map(|found| found.code()))))
        .with("min_qualification", texts(rows, |row| row.value.min_qualification.map(|q| q.code())))
        .with("required_sex", texts(rows, |row| row.value.required_sex.map(Sex::code)))
        .with("languages", texts(rows, |row| list(row.value.languages.iter().map(|language| language.code()))))
        .with("waiting_days", ints(rows, |row| Some(row.value.waiting_days)))
        .with("household_id", texts(rows, |row| row.value.household.map(|k| row.start.household(k))))
        .with("current_worker", texts(rows, |row| row.value.current_worker.map(|k| row.start.worker(k))))
        .with(
            "current_organization",
            texts(rows, |row| row.value.current_organization.map(|k| row.start.organization(k))),
        )
        .with("preferred_workers", texts(rows, |row| list(row.value.preferred_workers.iter().map(|k| worker(row, k)))))
        .with("excluded_workers", texts(rows, |row| list(row.value.excluded_workers.iter().map(|k| worker(row, k)))))
        .with(
            "excluded_organizations",
            texts(rows, |row| list(row.value.excluded_organizations.iter().map(|k| organization(row, k)))),
        )
        .with(
            "assessor_organization",
            texts(rows, |row| row.value.assessor_organization.map(|k| row.start.organization(k))),
        )
        .with("confidentiality", ints(rows, |row| Some(row.value.confidentiality as u32)))
        .with("consent", texts(rows, |row| list(row.value.consents.iter().map(|consent| consent.code()))))
        .with("automated_decision_refused", bools(rows, |row| Some(row.value.automated_decision_refused)))
        .with("pinned_worker", texts(rows, |row| row.value.pinned_worker.map(|k| row.start.worker(k))))
        // The community's point is precise enough for travel and is nobody's home.
        .with("lon", floats(rows, |_| None))
        .with("lat", floats(rows, |_| None))
}

fn workers(rows: &[Row<'_, Worker>]) -> Table {
    Table::new()
        .with("worker_id", texts(rows, |row| Some(row.start.worker(row.position))))
        .with("organization_id", texts(rows, |row| Some(row.start.organization(row.value.organization))))
        .with("domains", texts(rows, |row| levels(&row.value.domains)))
        .with("caseload_max", ints(rows, |row| Some(row.value.caseload_max)))
        .with("caseload_current", ints(rows, |row| Some(row.value.caseload_current)))
        .with("caseload_min", ints(rows, |_| None))
        .with(
            "qualifications",
            texts(rows, |row| {
                list(row.value.qualifications.iter().map(|(q, day)| match day {
                    Some(day) => format!("{}@{day}", q.code()),
                    None => q.code().to_string(),
                }))
            }),
        )
        .with("sex", texts(rows, |row| Some(if row.value.woman { Sex::Female.code() } else { Sex::Male.code() })))
        .with("languages", texts(rows, |row| list(row.value.languages.iter().map(|language| language.code()))))
        .with("minor_check_valid_until", texts(rows, |row| row.value.minor_check.map(|day| day.to_string())))
        .with("clearance", ints(rows, |row| row.value.clearance.map(|clearance| clearance as u32)))
        .with("authorities", texts(rows, |row| list(row.value.authorities.iter().map(|authority| authority.code()))))
        .with(
            "base_community",
            texts(rows, |row| Some(row.prefecture.places.communities[row.value.base].code.to_string())),
        )
        .with("lon", floats(rows, |_| None))
        .with("lat", floats(rows, |_| None))
        .with("service_area", texts(rows, |row| list(row.value.area.iter().map(u64::to_string))))
        .with("max_travel_minutes", ints(rows, |row| row.value.max_travel_minutes))
}

fn organizations(rows: &[Row<'_, Organization>]) -> Table {
    Table::new()
        .with("organization_id", texts(rows, |row| Some(row.start.organization(row.position))))
        .with("kind", texts(rows, |row| Some(row.value.kind.code())))
        .with("status", texts(rows, |row| Some(row.value.status.code())))
        .with("incubated_since", texts(rows, |row| row.value.incubated_since.map(|day| day.to_string())))
        .with("capacity_max", ints(rows, |row| Some(row.value.capacity_max)))
        .with("capacity_current", ints(rows, |row| Some(row.value.capacity_current)))
        .with("capacity_min", ints(rows, |_| None))
        .with("direct", bools(rows, |row| Some(row.value.direct)))
        .with("domains", texts(rows, |row| levels(&row.value.domains)))
        .with(
            "credit_code",
            texts(rows, |row| {
                let number = row.start.organizations + row.position + 1;
                row.value.legal_person.map(|legal_person| credit_code(legal_person, number))
            }),
        )
        .with("compliant", bools(rows, |row| row.value.compliant))
        .with("eval_grade", ints(rows, |row| row.value.grade.map(|(grade, _)| u32::from(grade))))
        .with("eval_valid_until", texts(rows, |row| row.value.grade.map(|(_, day)| day.to_string())))
        .with("minor_check_valid_until", texts(rows, |row| row.value.minor_check.map(|day| day.to_string())))
        .with("service_area", texts(rows, |row| list(row.value.area.iter().map(u64::to_string))))
        .with("group_id", texts(rows, |row| row.value.group.map(|k| row.start.group(k))))
        .with("lon", floats(rows, |row| Some(row.value.point.lon)))
        .with("lat", floats(rows, |row| Some(row.value.point.lat)))
}

fn communities(rows: &[Row<'_, Community>]) -> Table {
    Table::new()
        .with("community", texts(rows, |row| Some(row.value.code.to_string())))
        .with("name", texts(rows, |row| row.value.name))
        .with("urban_rural_class", texts(rows, |row| Some(row.value.class.code())))
        .with("lon", floats(rows, |row| Some(row.value.point.lon)))
        .with("lat", floats(rows, |row| Some(row.value.point.lat)))
        .with("pilot", bools(rows, |row| Some(row.value.pilot)))
}

fn groups(rows: &[Row<'_, Group>]) -> Table {
    Table::new()
        .with("group_id", texts(rows, |row| Some(row.start.group(row.position))))
        .with("parent_id", texts(rows, |row| row.value.parent.map(|k| row.start.group(k))))
        .with("kind", texts(rows, |row| Some(row.value.kind.code())))
        .with("capacity_max", Column::Int(rows.iter().map(|row| row.value.capacity.map(|c| c as i64)).collect()))
        .with("capacity_min", ints(rows, |_| None))
        .with("organization_kinds", texts(rows, |row| list(terms(row).iter().flat_map(|t| t.kinds).map(|k| k.code()))))
        .with("domains", texts(rows, |row| list(terms(row).iter().flat_map(|t| t.domains).map(|d| d.code()))))
        .with("service_area", texts(rows, |row| row.value.pays_in.map(|division| division.to_string())))
        .with("valid_from", texts(rows, |row| terms(row).map(|terms| terms.first_day)))
        .with("valid_until", texts(rows, |row| terms(row).map(|terms| terms.last_day)))
}

fn terms(row: &Row<'_, Group>) -> Option<Terms> {
    row.value.terms
}

fn texts<T, S: AsRef<str>>(rows: &[Row<'_, T>], value: impl Fn(&Row<'_, T>) -> Option<S>) -> Column {
    let mut texts = Texts::new();
    for row in rows {
        texts.push(value(row).as_ref().map(|text| text.as_ref().as_bytes()));
    }
    Column::Text(texts)
}

fn ints<T>(rows: &[Row<'_, T>], value: impl Fn(&Row<'_, T>) -> Option<u32>) -> Column {
    Column::Int(rows.iter().map(|row| value(row).map(i64::from)).collect::<Values<i64>>())
}

fn floats<T>(rows: &[Row<'_, T>], value: impl Fn(&Row<'_, T>) -> Option<f64>) -> Column {
    Column::Float(rows.iter().map(value).collect())
}

fn bools<T>(rows: &[Row<'_, T>], value: impl Fn(&Row<'_, T>) -> Option<bool>) -> Column {
    Column::Bool(rows.iter().map(value).collect())
}

/// A list as one text; `None` where it is empty.
fn list<S: AsRef<str>>(items: impl Iterator<Item = S>) -> Option<String> {
    let mut text = String::new();
    for item in items {
        if !text.is_empty() {
            text.push(';');
        }
        text.push_str(item.as_ref());
    }
    (!text.is_empty()).then_some(text)
}

fn levels(domains: &[(Domain, u8)]) -> Option<String> {
    let mut text = String::new();
    for (domain, level) in domains {
        let separator = if text.is_empty() { "" } else { ";" };
        // Writing to a string cannot fail.
        let _ = write!(text, "{separator}{}:{level}", domain.code());
    }
    (!text.is_empty()).then_some(text)
}
