//! A small town for tests: one of everything, in order, so that a test names only what it is about.

mod random;

use crate::model::{NeedId, Problem};
use crate::policy::Policy;
use crate::table::{Column, Table, Tables, Values};

/// Columns that are not texts.
const INTEGERS: [&str; 7] = [
    "caseload_max",
    "caseload_current",
    "capacity_max",
    "capacity_current",
    "waiting_days",
    "max_travel_minutes",
    "capacity_min",
];
const NUMBERS: [&str; 2] = ["lon", "lat"];
const FLAGS: [&str; 5] = ["direct", "compliant", "juvenile_case", "automated_decision_refused", "pilot"];

/// A cell: column and text. An empty text is a missing value.
pub(crate) type Cell<'a> = (&'a str, &'a str);

/// Rows of cells.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows(Vec<Vec<(String, String)>>);

/// The tables, row by row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Town {
    pub(crate) needs: Rows,
    pub(crate) workers: Rows,
    pub(crate) organizations: Rows,
    pub(crate) communities: Rows,
    pub(crate) groups: Rows,
    /// The policy's text.
    pub(crate) policy: String,
}

/// The community of the need, and where the worker sets out from.
pub(crate) const HERE: &str = "140502001001";

impl Town {
    /// Two communities in one township, an urban one with a point; nobody in them.
    pub(crate) fn empty() -> Self {
        let mut town = Self::default();
        town.communities
            .add(&[("community", HERE), ("urban_rural_class", "111"), ("lon", "112.85"), ("lat", "35.5")], &[]);
        town.communities.add(&[("community", "140502001002"), ("urban_rural_class", "111")], &[]);
        town
    }

    /// The need `n`, the worker `w` and the organization `o`, which also serves directly; changed by some cells.
    /// Unchanged, both are candidates of the need.
    pub(crate) fn of_one(need: &[Cell<'_>], worker: &[Cell<'_>], organization: &[Cell<'_>]) -> Self {
        let mut town = Self::empty();
        town.need("n", need);
        town.worker("w", worker);
        town.organization("o", organization);
        town
    }

    pub(crate) fn need(&mut self, id: &str, cells: &[Cell<'_>]) {
        let usual = [
            ("need_id", id),
            ("community", HERE),
            ("domain", "elderly_care"),
            ("risk", "green"),
            ("service_type", "visit"),
            ("age_band", "70-79"),
            ("sex", "1"),
            ("consent", "general"),
            ("confidentiality", "0"),
        ];
        self.needs.add(&usual, cells);
    }

    pub(crate) fn worker(&mut self, id: &str, cells: &[Cell<'_>]) {
        let usual = [
            ("worker_id", id),
            ("organization_id", "o"),
            ("domains", "elderly_care"),
            ("caseload_max", "2"),
            ("qualifications", "sw_assistant"),
            ("sex", "2"),
            ("base_community", HERE),
        ];
        self.workers.add(&usual, cells);
    }

    pub(crate) fn organization(&mut self, id: &str, cells: &[Cell<'_>]) {
        let usual = [
            ("organization_id", id),
            ("kind", "social_service_agency"),
            ("status", "registered"),
            ("compliant", "true"),
            ("capacity_max", "3"),
            ("direct", "true"),
            ("domains", "elderly_care"),
            ("service_area", "140502"),
            ("lon", "112.85"),
            ("lat", "35.5"),
        ];
        self.organizations.add(&usual, cells);
    }

    pub(crate) fn problem(&self) -> Problem {
        let tables = Tables {
            needs: self.needs.table(),
            workers: self.workers.table(),
            organizations: self.organizations.table(),
            communities: self.communities.table(),
            groups: (!self.groups.0.is_empty()).then(|| self.groups.table()),
            quotas: None,
        };
        let policy = Policy::from_toml(&self.policy).unwrap();
        Problem::new(&tables, policy).unwrap()
    }
}

impl Rows {
    /// Adds a row of usual cells, some of them changed.
    pub(crate) fn add(&mut self, usual: &[Cell<'_>], changed: &[Cell<'_>]) {
        let mut row: Vec<(String, String)> = Vec::new();
        for (column, text) in usual.iter().chain(changed) {
            match row.iter_mut().find(|(known, _)| known == column) {
                Some((_, known)) => *known = (*text).to_owned(),
                None => row.push(((*column).to_owned(), (*text).to_owned())),
            }
        }
        self.0.push(row);
    }

    fn table(&self) -> Table {
        let mut names: Vec<&str> = self.0.iter().flatten().map(|(column, _)| column.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().fold(Table::new(), |table, name| {
            let cells = self.0.iter().map(|row| {
                row.iter().find(|(column, _)| column == name).map(|(_, text)| text.as_str()).filter(|t| !t.is_empty())
            });
            table.with(name, column(name, cells))
        })
    }
}

fn column<'a>(name: &str, cells: impl Iterator<Item = Option<&'a str>>) -> Column {
    if INTEGERS.contains(&name) {
        Column::Int(cells.map(|cell| cell.map(|text| text.parse().unwrap())).collect::<Values<i64>>())
    } else if NUMBERS.contains(&name) {
        Column::Float(cells.map(|cell| cell.map(|text| text.parse().unwrap())).collect::<Values<f64>>())
    } else if FLAGS.contains(&name) {
        Column::Bool(cells.map(|cell| cell.map(|text| text.parse().unwrap())).collect::<Values<bool>>())
    } else {
        Column::Text(cells.collect())
    }
}

/// The need's number in a problem.
pub(crate) fn need(problem: &Problem, id: &str) -> NeedId {
    problem.need_by_id(id).unwrap()
}

/// The number of a worker or organization among the providers.
pub(crate) fn provider(problem: &Problem, id: &str) -> u32 {
    let organization = |id| problem.organization_by_id(id).map(|k| problem.workers().len() + k.index());
    problem.worker_by_id(id).map(|k| k.index()).or_else(|| organization(id)).unwrap() as u32
}
