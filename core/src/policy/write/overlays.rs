//! Overlays in canonical TOML: for each area what differs from the policy around it, weights as a whole.

use toml::{Table, Value};

use super::{Text, quoted, without_overlays};
use crate::policy::Policy;
use crate::policy::overlay::SECTIONS;

/// Appends a section `[[overlay]]` for each overlay, in ascending order of the areas.
pub(super) fn write(text: &mut Text, policy: &Policy) {
    for (k, overlay) in policy.overlays.iter().enumerate() {
        let wider = policy.overlays[..k].iter().rfind(|wider| wider.area.contains(overlay.area));
        let (around, own) = (table(wider.map_or(policy, |wider| &wider.policy)), table(&overlay.policy));
        text.line(format_args!("\n[[overlay]]"));
        text.pair("area", quoted(&overlay.area.to_string()));
        for section in SECTIONS {
            if let (Some(Value::Table(around)), Some(Value::Table(own))) = (around.get(*section), own.get(*section)) {
                // Weights mean something only beside each other.
                let differs =
                    if *section == "criteria" && around != own { own.clone() } else { difference(around, own) };
                write_table(text, &format!("overlay.{section}"), &differs);
            }
        }
    }
}

/// The canonical text of a checked policy is TOML.
fn table(policy: &Policy) -> Table {
    without_overlays(policy).parse().unwrap_or_default()
}

/// The keys of one table that have another value in the other.
fn difference(around: &Table, own: &Table) -> Table {
    let mut differs = Table::new();
    for (key, value) in own {
        match (around.get(key), value) {
            (Some(Value::Table(around)), Value::Table(own)) => {
                let below = difference(around, own);
                if !below.is_empty() {
                    differs.insert(key.clone(), Value::Table(below));
                }
            }
            (other, value) if other != Some(value) => {
                differs.insert(key.clone(), value.clone());
            }
            _ => {}
        }
    }
    differs
}

/// The values of a section, then the sections below it.
fn write_table(text: &mut Text, path: &str, table: &Table) {
    let is_section = |value: &Value| value.is_table();
    if table.values().any(|value| !is_section(value)) {
        text.section(path);
    }
    for (key, value) in table.iter().filter(|(_, value)| !is_section(value)) {
        match value {
            Value::Array(entries) => text.list(key, entries.iter().filter_map(Value::as_str)),
            value => text.pair(key, value),
        }
    }
    for (key, value) in table {
        if let Value::Table(below) = value {
            write_table(text, &format!("{path}.{key}"), below);
        }
    }
}
