//! Inputs of which some amendments are made and the others not.

use std::collections::{BTreeMap, BTreeSet};

use toml::{Table as Toml, Value};

use super::Input;
use super::amendment::{Amendment, tables_that_differ, values_of};
use crate::encode::scale::FULL_WEIGHT;
use crate::error::InputError;
use crate::policy::Policy;
use crate::score::{Criterion, N_CRITERIA};
use crate::table::Tables;

/// The first input with some amendments made.
pub(super) fn mixture<'a>(
    before: Input<'_>,
    after: Input<'_>,
    made: impl Iterator<Item = &'a Amendment>,
) -> Result<(Tables, Policy), InputError> {
    let keys: BTreeSet<&str> = made.flat_map(|amendment| &amendment.parts).map(|part| &*part.key).collect();
    Ok((tables(before, after, &keys), policy(before.policy, after.policy, &keys)?))
}

fn tables(before: Input<'_>, after: Input<'_>, keys: &BTreeSet<&str>) -> Tables {
    let mut tables = before.tables.clone();
    for (name, (_, new)) in tables_that_differ(before, after) {
        if !keys.contains(name) {
            continue;
        }
        let new = new.cloned();
        match name {
            "tables.groups" => tables.groups = new,
            "tables.quotas" => tables.quotas = new,
            "tables.needs" => tables.needs = new.unwrap_or_default(),
            "tables.workers" => tables.workers = new.unwrap_or_default(),
            "tables.organizations" => tables.organizations = new.unwrap_or_default(),
            _ => tables.communities = new.unwrap_or_default(),
        }
    }
    tables
}

fn policy(before: &Policy, after: &Policy, keys: &BTreeSet<&str>) -> Result<Policy, InputError> {
    let (mut values, new) = (values_of(before), values_of(after));
    for &key in keys {
        match new.get(key) {
            Some(value) => values.insert(key.to_owned(), value.clone()),
            None => values.remove(key),
        };
    }
    let mut weights = [0; N_CRITERIA];
    for (weight, criterion) in weights.iter_mut().zip(Criterion::ALL) {
        let from = if keys.contains(&*key_of(*criterion)) { after } else { before };
        *weight = from.weight(*criterion);
    }
    for (criterion, weight) in Criterion::ALL.iter().zip(scaled(weights, before)) {
        values.insert(key_of(*criterion), Value::Integer(weight.into()));
    }
    values.insert("version".to_owned(), Value::String(before.version().to_owned()));
    Policy::from_toml(&nested(values).to_string())
}

fn key_of(criterion: Criterion) -> String {
    format!("criteria.{}", criterion.code())
}

/// Weights in proportion that sum to a thousand: each rounded down, and the thousandths that are left over to those which
/// lost most by it, of equals to the first. Where nothing has a weight, those of the first policy.
fn scaled(weights: [u32; N_CRITERIA], before: &Policy) -> [u32; N_CRITERIA] {
    let sum: u32 = weights.iter().sum();
    if sum == 0 {
        let mut own = weights;
        own.iter_mut().zip(Criterion::ALL).for_each(|(weight, &criterion)| *weight = before.weight(criterion));
        return own;
    }
    let mut share = weights.map(|weight| weight * FULL_WEIGHT / sum);
    let mut order: Vec<usize> = (0..N_CRITERIA).collect();
    order.sort_by_key(|&k| std::cmp::Reverse(weights[k] * FULL_WEIGHT % sum));
    let left_over = FULL_WEIGHT - share.iter().sum::<u32>();
    order.iter().take(left_over as usize).for_each(|&k| share[k] += 1);
    share
}

/// The file of a policy from its values by key.
fn nested(values: BTreeMap<String, Value>) -> Toml {
    let mut root = Toml::new();
    for (path, value) in values {
        let mut parts: Vec<&str> = path.split('.').collect();
        let Some(key) = parts.pop() else { continue };
        insert(&mut root, &parts, key, value);
    }
    root
}

fn insert(table: &mut Toml, path: &[&str], key: &str, value: Value) {
    let Some((first, rest)) = path.split_first() else {
        table.insert(key.to_owned(), value);
        return;
    };
    let below = table.entry((*first).to_owned()).or_insert_with(|| Value::Table(Toml::new()));
    if let Value::Table(below) = below {
        insert(below, rest, key, value);
    }
}
