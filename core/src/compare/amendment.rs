//! What differs between two inputs, taken apart.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table as Toml, Value};

use super::Input;
use crate::policy::Policy;
use crate::table::Table;

/// What leads from one input to another in one go: a part of the policy, or a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Amendment {
    /// The key of the policy, such as `rules.H10` or `criteria.waiting`; `tables.needs` and the like for a table; or the
    /// name under which several count as one.
    pub name: String,
    /// The keys that it changes, in the order of their bytes.
    pub parts: Vec<AmendedPart>,
}

/// A key of the policy with its old and its new value, or a table with how many rows it has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct AmendedPart {
    /// The key.
    pub key: String,
    /// The value as the policy writes it; `None` where it had none.
    pub before: Option<String>,
    /// The new value; `None` where it has none any more.
    pub after: Option<String>,
}

/// The values of a policy by their keys. Its name and the form of its file change no result and are left out.
pub(super) fn values_of(policy: &Policy) -> BTreeMap<String, Value> {
    let mut values = BTreeMap::new();
    // The canonical text of a checked policy is TOML.
    flatten("", policy.to_toml().parse::<Toml>().unwrap_or_default(), &mut values);
    values.remove("version");
    values.remove("format");
    values
}

fn flatten(prefix: &str, table: Toml, values: &mut BTreeMap<String, Value>) {
    for (key, value) in table {
        let path = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
        match value {
            Value::Table(below) => flatten(&path, below, values),
            value => {
                values.insert(path, value);
            }
        }
    }
}

/// The tables by their names, where the two inputs differ.
pub(super) fn tables_that_differ<'a>(before: Input<'a>, after: Input<'a>) -> Vec<(&'static str, Pair<'a>)> {
    let (old, new) = (before.tables, after.tables);
    let all = [
        ("tables.needs", (Some(&old.needs), Some(&new.needs))),
        ("tables.workers", (Some(&old.workers), Some(&new.workers))),
        ("tables.organizations", (Some(&old.organizations), Some(&new.organizations))),
        ("tables.communities", (Some(&old.communities), Some(&new.communities))),
        ("tables.groups", (old.groups.as_ref(), new.groups.as_ref())),
        ("tables.quotas", (old.quotas.as_ref(), new.quotas.as_ref())),
    ];
    all.into_iter().filter(|(_, (old, new))| old != new).collect()
}

/// A table before and after.
pub(super) type Pair<'a> = (Option<&'a Table>, Option<&'a Table>);

/// All amendments that lead from one input to another, in the order of their names' bytes.
pub(super) fn between(before: Input<'_>, after: Input<'_>, together: &[String]) -> Vec<Amendment> {
    let (old, new) = (values_of(before.policy), values_of(after.policy));
    let mut found: BTreeMap<String, Vec<AmendedPart>> = BTreeMap::new();
    let mut add = |key: &str, before: Option<String>, after: Option<String>| {
        let part = AmendedPart { key: key.to_owned(), before, after };
        found.entry(name_of(key, together)).or_default().push(part);
    };
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for key in keys.into_iter().filter(|&key| old.get(key) != new.get(key)) {
        let text = |values: &BTreeMap<String, Value>| values.get(key).map(ToString::to_string);
        add(key, text(&old), text(&new));
    }
    for (name, (old, new)) in tables_that_differ(before, after) {
        let rows = |table: Option<&Table>| table.map(|table| format!("{} rows", table.n_rows()));
        add(name, rows(old), rows(new));
    }
    let amendment = |(name, parts)| Amendment { name, parts };
    found.into_iter().map(amendment).collect()
}

/// The name under which a key is amended. Some keys mean something only beside others, so they change as one.
fn name_of(key: &str, together: &[String]) -> String {
    let parts: Vec<&str> = key.split('.').collect();
    let own = match *parts.as_slice() {
        ["valid_from" | "valid_until"] => "evaluation_date".to_owned(),
        ["incubation", _] => "incubation".to_owned(),
        // A grade stands under one colour alone.
        ["risk_scales", scale, _] => format!("risk_scales.{scale}"),
        ["services", service, "green" | "blue" | "yellow" | "red"] => format!("services.{service}.any_of"),
        _ => key.to_owned(),
    };
    let is_around =
        |name: &&String| own == **name || own.strip_prefix(name.as_str()).is_some_and(|r| r.starts_with('.'));
    // Of several names the widest.
    together.iter().filter(is_around).min_by_key(|name| name.len()).cloned().unwrap_or(own)
}
