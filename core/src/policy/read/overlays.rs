//! Reads what is otherwise in one area: the policy around it, with some keys put over.

use toml::{Table, Value};

use super::{Faults, Section, merge, read};
use crate::model::codes::DivisionCode;
use crate::policy::overlay::{Overlay, SECTIONS};

/// Most overlays of a policy: more than a city has townships.
pub(in crate::policy) const MAX_OVERLAYS: usize = 256;

/// An overlay as it is written.
struct Written {
    area: DivisionCode,
    /// Its place in the file, from 0.
    position: usize,
    table: Table,
}

/// Reads the overlays over a policy whose own keys are `around`. Faults are named `overlay[0].travel.max_minutes`.
pub(super) fn overlays(given: Option<Value>, around: &Table, faults: &Faults) -> Vec<Overlay> {
    let Some(given) = given else { return Vec::new() };
    let mut written = written(given, faults);
    written.sort_by_key(|overlay| (overlay.area, overlay.position));
    // All keys of each area so far, the widest areas first.
    let mut merged: Vec<(DivisionCode, Table)> = Vec::new();
    let mut overlays = Vec::new();
    for Written { area, position, table } in written {
        if merged.last().is_some_and(|(last, _)| *last == area) {
            faults.refuse(path(position, "area"), "one overlay for each area");
            continue;
        }
        let wider = merged.iter().rev().find(|(wider, _)| wider.contains(area)).map_or(around, |(_, table)| table);
        let mut own = wider.clone();
        merge(&mut own, table);
        let policy = read(&Section::below(&format!("overlay[{position}]"), &own, faults));
        merged.push((area, own));
        overlays.extend(policy.map(|policy| Overlay { area, policy }));
    }
    overlays
}

fn written(given: Value, faults: &Faults) -> Vec<Written> {
    let Value::Array(entries) = given else {
        faults.refuse("overlay".to_owned(), "sections [[overlay]]");
        return Vec::new();
    };
    if entries.len() > MAX_OVERLAYS {
        faults.refuse("overlay".to_owned(), format!("at most {MAX_OVERLAYS} overlays"));
        return Vec::new();
    }
    let mut written = Vec::new();
    for (position, entry) in entries.into_iter().enumerate() {
        let Value::Table(mut table) = entry else {
            faults.refuse("overlay".to_owned(), "sections [[overlay]]");
            return Vec::new();
        };
        let section = Section::below(&format!("overlay[{position}]"), &table, faults);
        section.allow_only(&[&["area"], SECTIONS].concat());
        let area = section.word("area", DivisionCode::parse, "the code of a division, as text");
        table.remove("area");
        // What no area may change was refused above.
        table.retain(|key, _| SECTIONS.contains(&key));
        written.extend(area.map(|area| Written { area, position, table }));
    }
    written
}

fn path(position: usize, key: &str) -> String {
    format!("overlay[{position}].{key}")
}
