//! The JSON Schema of a policy, told by the reader itself: what it asks of each key while it reads the default policy.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::choice::Choice;
use super::overlay::SECTIONS;
use super::read;
use super::{DEFAULT_TOML, Objective, Over, Scope};
use crate::model::codes::{Authority, ClientGroup, DivisionLevel, Domain, Qualification, Risk, ServiceType};
use crate::policy::travel::UnknownLocation;

/// What the reader asks of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Section { keys: Vec<String> },
    Integer { least: u32, most: u32 },
    IntegerOr { least: u32, most: u32, word: String },
    Integers { least: u32, most: u32 },
    Flag,
    Word { words: Vec<String> },
    List { entry: Entry },
    Name { longest: usize },
    Date,
    DateOr { word: String },
}

/// What the entries of a list, or a single word, may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    Word(Vec<String>),
    Division,
    Grade,
}

/// What was asked, by path.
#[derive(Debug, Default)]
pub(super) struct Notes(RefCell<BTreeMap<String, Asked>>);

impl Notes {
    pub(super) fn add(&self, path: String, asked: Asked) {
        self.0.borrow_mut().insert(path, asked);
    }
}

/// Every word that any key may have, to find out which of them a key takes.
fn vocabulary() -> impl Iterator<Item = &'static str> {
    let words = Objective::codes().chain(Over::codes()).chain(Scope::codes()).chain(UnknownLocation::codes());
    let words = words.chain(["any"]);
    let words = words.chain(Domain::ALL.iter().map(|code| code.code()));
    let words = words.chain(ServiceType::ALL.iter().map(|code| code.code()));
    let words = words.chain(Qualification::ALL.iter().map(|code| code.code()));
    let words = words.chain(ClientGroup::ALL.iter().map(|code| code.code()));
    let words = words.chain(Authority::ALL.iter().map(|code| code.code()));
    words.chain(Risk::ALL.iter().map(|code| code.code()))
}

impl Entry {
    /// Found by trying: what a key takes of all words, a code and a range.
    pub(super) fn taken_by(takes: impl Fn(&str) -> bool) -> Self {
        if takes("10-19") && takes("unstable") {
            return Self::Grade;
        }
        if takes("140524") {
            return Self::Division;
        }
        Self::Word(vocabulary().filter(|word| takes(word)).map(str::to_owned).collect())
    }
}

/// The schema as JSON text, draft 2020-12.
pub(super) fn json_schema() -> String {
    let notes = read::notes(DEFAULT_TOML);
    let comments = comments(DEFAULT_TOML);
    let mut root = object(&notes.0.borrow(), &comments, "");
    root["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    root["$id"] = json!("urn:needmatch:policy:1");
    root["title"] = json!("needmatch policy");
    root["description"] = json!(
        "A policy file as JSON: dates are texts. Keys left out keep their defaults. Beyond this schema, weights sum to \
         1000, each grade has one colour in its scale, valid_until does not come before valid_from, parts of a ramp do not fall, and there is one \
         overlay for each area."
    );
    let mut overlay = Map::new();
    overlay.insert("area".to_owned(), described(division(), "The area, a division of any level."));
    for &section in SECTIONS {
        overlay.insert(section.to_owned(), json!({ "$ref": format!("#/properties/{section}") }));
    }
    root["properties"]["overlay"] = json!({
        "description": "What is otherwise in one area; of several areas around a need the smallest wins, key by key.",
        "type": "array",
        "maxItems": read::MAX_OVERLAYS,
        "items": { "type": "object", "properties": overlay, "required": ["area"], "additionalProperties": false },
    });
    // A schema of plain values always has a text.
    let mut text = serde_json::to_string_pretty(&root).unwrap_or_default();
    text.push('\n');
    text
}

fn object(notes: &BTreeMap<String, Asked>, comments: &BTreeMap<String, String>, path: &str) -> Value {
    let Some(Asked::Section { keys }) = notes.get(path) else { return Value::Bool(true) };
    let mut properties = Map::new();
    for key in keys {
        let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let schema = match notes.get(&below) {
            Some(Asked::Section { .. }) => object(notes, comments, &below),
            Some(asked) => value(asked),
            None => continue,
        };
        let comment = comments.get(&below).map_or("", String::as_str);
        properties.insert(key.clone(), described(schema, comment));
    }
    let mut object = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if path == read::SCALES {
        // Scales have whatever names.
        let mut colours = object["properties"].as_object().and_then(|own| own.values().next().cloned());
        if let Some(colours) = colours.as_mut().and_then(Value::as_object_mut) {
            colours.remove("description");
        }
        object = json!({
            "type": "object",
            "propertyNames": { "pattern": "^[a-z0-9_]{1,64}$" },
            "additionalProperties": colours,
        });
    }
    object
}

fn value(asked: &Asked) -> Value {
    match asked {
        Asked::Section { .. } => json!({ "type": "object" }),
        Asked::Integer { least, most } => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Asked::IntegerOr { least, most, word } => {
            json!({ "anyOf": [{ "type": "integer", "minimum": least, "maximum": most }, { "const": word }] })
        }
        Asked::Integers { least, most } => {
            json!({ "type": "array", "items": { "type": "integer", "minimum": least, "maximum": most } })
        }
        Asked::Flag => json!({ "type": "boolean" }),
        Asked::Word { words } => json!({ "enum": words }),
        Asked::List { entry } => json!({ "type": "array", "items": entry_schema(entry) }),
        Asked::Name { longest } => json!({ "type": "string", "pattern": format!("^[0-9A-Za-z_.:+-]{{1,{longest}}}$") }),
        Asked::Date => date(),
        Asked::DateOr { word } => json!({ "anyOf": [date(), { "const": word }] }),
    }
}

fn entry_schema(entry: &Entry) -> Value {
    match entry {
        Entry::Word(words) => json!({ "enum": words }),
        Entry::Division => division(),
        Entry::Grade => json!({ "type": "string", "pattern": "^([a-z0-9_]{1,64}|[0-9]{1,9}-[0-9]{1,9})$" }),
    }
}

fn date() -> Value {
    json!({ "type": "string", "format": "date", "pattern": "^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$" })
}

/// Twelve digits, or as many as its level has.
fn division() -> Value {
    let lengths = [2, 4, 6, 9, 12];
    debug_assert_eq!(lengths.len(), DivisionLevel::ALL.len());
    let forms: Vec<String> = lengths.iter().map(|digits| format!("[0-9]{{{}}}", digits - 2)).collect();
    json!({ "type": "string", "pattern": format!("^(?!00)[0-9]{{2}}({})$", forms.join("|")) })
}

fn described(mut schema: Value, text: &str) -> Value {
    if let (Some(schema), false) = (schema.as_object_mut(), text.is_empty()) {
        schema.insert("description".to_owned(), json!(text));
    }
    schema
}

/// The comment above each key and section of a file, by path.
fn comments(text: &str) -> BTreeMap<String, String> {
    let mut comments = BTreeMap::new();
    let (mut section, mut above): (String, Vec<&str>) = (String::new(), Vec::new());
    for line in text.lines() {
        if let Some(comment) = line.strip_prefix('#') {
            above.push(comment.trim());
            continue;
        }
        let told = std::mem::take(&mut above).join(" ");
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.to_owned();
            comments.insert(section.clone(), told);
        } else if let Some((key, value)) = line.split_once(" = ") {
            let beside = value.split_once("  # ").map_or("", |(_, beside)| beside);
            let path = if section.is_empty() { key.to_owned() } else { format!("{section}.{key}") };
            comments.insert(path, if told.is_empty() { beside.to_owned() } else { told });
        }
    }
    comments
}
