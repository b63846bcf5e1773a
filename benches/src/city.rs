//! The sample city under the policies that bureaus write: with pins, floors and quotas of every kind.

use std::collections::{BTreeMap, BTreeSet};

use needmatch::matching::Node;
use needmatch::{Column, Error, Matching, Options, Policy, Problem, Table, Tables, Texts, solve};
use needmatch_jincheng::{DEFAULT_SEED, Size, jincheng};

/// A floor or cap on the needs of some kind.
#[derive(Clone)]
struct Quota {
    id: String,
    conditions: Vec<(&'static str, String)>,
    floor: Option<u64>,
    cap: Option<u64>,
}

/// The city with the answer that its quotas are set by.
#[derive(Debug)]
pub struct City {
    tables: Tables,
    matching: Matching,
}

impl City {
    /// Makes the tables and solves them under the default policy.
    ///
    /// # Errors
    ///
    /// What the library reports.
    pub fn new() -> Result<Self, Error> {
        let tables = jincheng(Size::City, DEFAULT_SEED);
        let matching = solve(&Problem::new(&tables, Policy::default())?, &Options::default())?;
        Ok(Self { tables, matching })
    }

    /// The tables as the sample has them.
    #[must_use]
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The answer to them under the default policy.
    #[must_use]
    pub fn matching(&self) -> &Matching {
        &self.matching
    }

    /// The tables with what a bureau asks for beyond capacities, each under a name.
    ///
    /// Caps allow a little less than the default answer serves, so they bind; floors ask for no less than it serves.
    #[must_use]
    pub fn bounded(&self) -> Vec<(&'static str, Tables)> {
        let mut pins_and_floors = self.with_pins(200);
        pins_and_floors.workers = self.with_worker_floors(&pins_and_floors.workers);
        let with = |quotas: &[Quota]| Tables { quotas: Some(table_of(quotas)), ..self.tables.clone() };
        let counties = self.counties();
        let mut all = pins_and_floors.clone();
        all.quotas = with(&counties).quotas;
        vec![
            ("floors of workers, 200 pins", pins_and_floors),
            ("a floor or a cap for each county", with(&counties)),
            ("these together", all),
            ("one need for each household", with(&[self.households()])),
            ("counties and red needs, which cross", with(&[counties, vec![self.red()]].concat())),
        ]
    }

    /// Needs that are not served by their best candidate, pinned to it: one for each worker, and somebody else must move.
    fn with_pins(&self, n_pins: usize) -> Tables {
        let problem = self.matching.problem();
        let (mut pins, mut taken) = (BTreeMap::new(), BTreeSet::new());
        for assignment in self.matching.assignments().iter().filter(|assignment| assignment.rank > 1) {
            let row = self.matching.candidates().row(assignment.need);
            let best = row.max_by_key(|&(_, score)| score).map(|(provider, _)| provider as usize);
            let worker = best.and_then(|best| problem.workers().get(best)).map(|worker| &worker.id);
            if let Some(worker) = worker.filter(|&worker| taken.insert(worker)) {
                pins.insert(self.matching.need_id(assignment.need), &**worker);
            }
            if pins.len() == n_pins {
                break;
            }
        }
        let ids = texts(&self.tables.needs, "need_id");
        let pinned = ids.iter().map(|id| pins.get(id.as_str()).copied());
        let needs = replaced(&self.tables.needs, "pinned_worker", Column::Text(pinned.collect::<Texts>()));
        Tables { needs, ..self.tables.clone() }
    }

    /// Every third worker serves as many as in the answer at least.
    fn with_worker_floors(&self, workers: &Table) -> Table {
        let mut floors: BTreeMap<&str, String> = BTreeMap::new();
        for row in self.matching.capacity().iter().filter(|row| row.used > 0) {
            if let Node::Worker(worker) = row.node {
                let worker = &self.matching.problem().workers()[worker.index()];
                floors.insert(&worker.id, (u64::from(worker.caseload_current) + row.used).to_string());
            }
        }
        let ids = texts(workers, "worker_id");
        let floors = ids.iter().enumerate().map(|(k, id)| floors.get(id.as_str()).filter(|_| k % 3 == 0));
        replaced(
            workers,
            "caseload_min",
            Column::Text(floors.map(|floor| floor.map(String::as_str)).collect::<Texts>()),
        )
    }

    /// Of every second county no fewer than the answer serves, of the others a little less.
    fn counties(&self) -> Vec<Quota> {
        let counties = self.matching.summary().by_county.iter().map(|county| (county.key.to_string(), county.served));
        let quota = |(k, (area, n)): (usize, (String, u64))| Quota {
            id: format!("county-{area}"),
            conditions: vec![("area", area)],
            floor: (k % 2 == 0).then_some(n),
            cap: (k % 2 == 1).then_some(n - n / 50),
        };
        counties.enumerate().map(quota).collect()
    }

    fn households(&self) -> Quota {
        let conditions = vec![("per_household", "true".to_owned())];
        Quota { id: "households".to_owned(), conditions, floor: None, cap: Some(1) }
    }

    /// A twentieth fewer red needs than the answer serves.
    fn red(&self) -> Quota {
        let red = self.matching.summary().by_tier.iter().map(|tier| tier.served).next().unwrap_or(0);
        let conditions = vec![("risk", "red".to_owned())];
        Quota { id: "red".to_owned(), conditions, floor: None, cap: Some(red - red / 20) }
    }
}

fn table_of(quotas: &[Quota]) -> Table {
    let conditions: BTreeSet<&str> = quotas.iter().flat_map(|quota| &quota.conditions).map(|(name, _)| *name).collect();
    let number = |number: Option<u64>| number.map(|n| n.to_string()).unwrap_or_default();
    let floors: Vec<String> = quotas.iter().map(|quota| number(quota.floor)).collect();
    let caps: Vec<String> = quotas.iter().map(|quota| number(quota.cap)).collect();
    let table = Table::new()
        .with_texts("quota_id", quotas.iter().map(|quota| quota.id.as_str()))
        .with_texts("floor", floors.iter().map(String::as_str))
        .with_texts("cap", caps.iter().map(String::as_str));
    conditions.into_iter().fold(table, |table, name| {
        let of = |quota: &'_ Quota| quota.conditions.iter().find(|(other, _)| *other == name).map(|(_, is)| is.clone());
        let cells: Vec<String> = quotas.iter().map(|quota| of(quota).unwrap_or_default()).collect();
        table.with_texts(name, cells.iter().map(String::as_str))
    })
}

/// The cells of a column of texts.
fn texts(table: &Table, name: &str) -> Vec<String> {
    let column = table.columns().iter().find(|(other, _)| other == name).map(|(_, column)| column);
    let Some(Column::Text(texts)) = column else { return Vec::new() };
    (0..texts.len()).map(|row| String::from_utf8_lossy(texts.get(row).unwrap_or_default()).into_owned()).collect()
}

/// The table with one column in place of the one of that name.
fn replaced(table: &Table, name: &str, column: Column) -> Table {
    let others = table.columns().iter().filter(|(other, _)| other != name);
    others.fold(Table::new(), |table, (name, column)| table.with(name, column.clone())).with(name, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_policy_of_the_city_binds_and_is_read() {
        let city = City::new().unwrap();
        let bounded = city.bounded();
        for (name, tables) in &bounded {
            let problem = Problem::new(tables, Policy::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
            let pinned = problem.needs().iter().filter(|need| need.pinned_worker.is_some()).count();
            assert!(pinned > 0 || tables.quotas.is_some(), "{name} asks for nothing");
        }
    }
}
