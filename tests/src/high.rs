//! The corpus of the high level, as `tests/cases/README.md` describes it.

use std::collections::{BTreeMap, BTreeSet};

use needmatch::{Column, Table, Tables, Texts, Values};
use serde::Deserialize;
use toml::Value;

use crate::low::case_files;

/// One case of the high level.
#[derive(Clone, Debug)]
pub struct HighCase {
    /// The name.
    pub name: String,
    /// The tables; they may be wrong on purpose.
    pub tables: Tables,
    /// The text of the policy; empty for the default one.
    pub policy: String,
    /// What must come of it.
    pub expect: HighExpected,
}

/// What must come of a case.
#[derive(Clone, Debug)]
pub enum HighExpected {
    /// A matching.
    Outcome(Outcome),
    /// Table, row, column and number of each fault.
    Faults(Vec<(String, Option<usize>, String, u32)>),
}

/// A matching by identifiers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The worker of each need that is served, or the organization where no worker is named.
    #[serde(default)]
    pub assignments: BTreeMap<String, String>,
    /// The reason of each need that is not.
    #[serde(default)]
    pub unmatched: BTreeMap<String, String>,
    /// The rules that some provider fails, for each need without a candidate.
    #[serde(default)]
    pub failed: BTreeMap<String, BTreeSet<String>>,
}

/// All cases of the high level.
///
/// # Panics
///
/// Panics if a file is not of the documented form.
#[must_use]
pub fn high_cases() -> Vec<HighCase> {
    let read =
        |file: File| file.case.into_iter().map(|case| case.read(&file.defaults, &file.usual)).collect::<Vec<_>>();
    case_files("high_").into_iter().flat_map(read).collect()
}

type Row = BTreeMap<String, Value>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    defaults: BTreeMap<String, Row>,
    usual: BTreeMap<String, Vec<Row>>,
    case: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(rename = "why")]
    _why: String,
    #[serde(rename = "source")]
    _source: String,
    needs: Vec<Row>,
    workers: Option<Vec<Row>>,
    organizations: Option<Vec<Row>>,
    communities: Option<Vec<Row>>,
    groups: Option<Vec<Row>>,
    quotas: Option<Vec<Row>>,
    #[serde(default)]
    policy: String,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Expect {
    Faults { faults: Vec<(String, i64, String, u32)> },
    Outcome(Outcome),
}

impl Written {
    fn read(self, defaults: &BTreeMap<String, Row>, usual: &BTreeMap<String, Vec<Row>>) -> HighCase {
        let name = self.name;
        let table = |kind: &str, rows: Option<Vec<Row>>| {
            let rows = rows.or_else(|| usual.get(kind).cloned()).unwrap_or_default();
            table(&rows, defaults.get(kind)).unwrap_or_else(|wrong| panic!("{name}: {kind}: {wrong}"))
        };
        let tables = Tables {
            needs: table("needs", Some(self.needs)),
            workers: table("workers", self.workers),
            organizations: table("organizations", self.organizations),
            communities: table("communities", self.communities),
            groups: self.groups.map(|rows| table("groups", Some(rows))),
            quotas: self.quotas.map(|rows| table("quotas", Some(rows))),
        };
        let expect = match self.expect {
            Expect::Outcome(outcome) => HighExpected::Outcome(outcome),
            Expect::Faults { faults } => {
                let place = |(table, row, column, code): (String, i64, String, u32)| {
                    (table, usize::try_from(row).ok(), column, code)
                };
                HighExpected::Faults(faults.into_iter().map(place).collect())
            }
        };
        HighCase { name, tables, policy: self.policy, expect }
    }
}

/// The columns of rows, those of the defaults included, in alphabetical order; none where there are no rows.
fn table(rows: &[Row], defaults: Option<&Row>) -> Result<Table, String> {
    let names: BTreeSet<&String> = rows.iter().chain(defaults).flat_map(Row::keys).collect();
    let mut table = Table::new();
    if rows.is_empty() {
        return Ok(table);
    }
    for name in names {
        let usual = defaults.and_then(|row| row.get(name));
        let cells: Vec<Option<&Value>> =
            rows.iter().map(|row| row.get(name).or(usual).filter(|cell| cell.as_str() != Some(""))).collect();
        table.push(name.as_str(), column(&cells).ok_or_else(|| format!("{name} mixes types"))?);
    }
    Ok(table)
}

/// A column of the type that all cells share; whole and other numbers share that of other numbers.
fn column(cells: &[Option<&Value>]) -> Option<Column> {
    let all = |is: fn(&Value) -> bool| cells.iter().flatten().all(|value| is(value));
    if all(Value::is_str) {
        return Some(Column::Text(cells.iter().map(|cell| cell.and_then(Value::as_str)).collect::<Texts>()));
    }
    if all(Value::is_integer) {
        return Some(Column::Int(cells.iter().map(|cell| cell.and_then(Value::as_integer)).collect::<Values<_>>()));
    }
    if all(Value::is_bool) {
        return Some(Column::Bool(cells.iter().map(|cell| cell.and_then(Value::as_bool)).collect::<Values<_>>()));
    }
    let number = |value: &Value| value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64));
    if all(|value| value.is_float() || value.is_integer()) {
        return Some(Column::Float(cells.iter().map(|cell| cell.and_then(number)).collect::<Values<_>>()));
    }
    None
}
