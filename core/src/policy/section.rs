//! Reads one section of a policy, value by value, and collects what is wrong.

use std::cell::RefCell;

use toml::{Table, Value};

use super::schema::{Asked, Entry, Notes};
use crate::error::{Fault, FaultCode, TableName};
use crate::model::Date;

/// All faults of a policy found so far.
#[derive(Default)]
pub(super) struct Faults {
    found: RefCell<Vec<Fault>>,
    /// What was asked of each key, where somebody wants to know.
    notes: Option<Notes>,
}

impl Faults {
    pub(super) fn push(&self, key: String, code: FaultCode, expected: impl Into<std::borrow::Cow<'static, str>>) {
        self.found.borrow_mut().push(Fault::in_column(TableName::Policy, key, code, expected));
    }

    /// A value outside its range.
    pub(super) fn refuse(&self, key: String, expected: impl Into<std::borrow::Cow<'static, str>>) {
        self.push(key, FaultCode::PolicyValue, expected);
    }

    pub(super) fn into_vec(self) -> Vec<Fault> {
        self.found.into_inner()
    }

    /// For a reading that tells what is asked of each key.
    pub(super) fn noting() -> Self {
        Self { notes: Some(Notes::default()), ..Self::default() }
    }

    pub(super) fn into_notes(self) -> Notes {
        self.notes.unwrap_or_default()
    }
}

/// A section of the merged policy. Every reader returns some value even where it finds a fault, so that all faults
/// are found in one reading; the value is thrown away then.
pub(super) struct Section<'a> {
    path: String,
    table: Option<&'a Table>,
    faults: &'a Faults,
}

impl<'a> Section<'a> {
    pub(super) fn root(table: &'a Table, faults: &'a Faults) -> Self {
        Self::below("", table, faults)
    }

    /// A table whose keys are told below a path.
    pub(super) fn below(path: &str, table: &'a Table, faults: &'a Faults) -> Self {
        Self { path: path.to_owned(), table: Some(table), faults }
    }

    pub(super) fn section(&self, key: &str) -> Section<'a> {
        let path = self.path_of(key);
        let table = self.value(key).and_then(|value| {
            if value.is_table() {
                value.as_table()
            } else {
                self.fault(key, "a section");
                None
            }
        });
        Section { path, table, faults: self.faults }
    }

    /// Refuses every key that is not among the known ones.
    pub(super) fn allow_only(&self, known: &[&str]) {
        self.note_here(|| Asked::Section { keys: known.iter().map(|&key| key.to_owned()).collect() });
        if self.keys().any(|key| !known.contains(&key)) {
            let path = if self.path.is_empty() { "the file".to_owned() } else { self.path.clone() };
            // The unknown key itself is the caller's text, which no fault repeats.
            self.faults.push(path, FaultCode::UnknownPolicyKey, format!("no keys but {}", known.join(", ")));
        }
    }

    /// Takes every key.
    pub(super) fn allow_any(&self) {
        self.note_here(|| Asked::Section { keys: self.keys().map(str::to_owned).collect() });
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.table.into_iter().flat_map(|table| table.keys().map(String::as_str))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.value(key).is_some() || self.faults.notes.is_some()
    }

    pub(super) fn integer(&self, key: &str, least: u32, most: u32) -> u32 {
        self.note(key, || Asked::Integer { least, most });
        let found = self.value(key).and_then(Value::as_integer).and_then(|n| u32::try_from(n).ok());
        match found.filter(|n| (least..=most).contains(n)) {
            Some(n) => n,
            None => {
                self.fault(key, format!("an integer from {least} to {most}"));
                least
            }
        }
    }

    /// A number, or `None` for the word that stands for no number.
    pub(super) fn integer_or(&self, key: &str, (least, most): (u32, u32), word: &str) -> Option<u32> {
        self.note(key, || Asked::IntegerOr { least, most, word: word.to_owned() });
        let value = self.value(key);
        if value.and_then(Value::as_str) == Some(word) {
            return None;
        }
        let found = value.and_then(Value::as_integer).and_then(|n| u32::try_from(n).ok());
        let found = found.filter(|n| (least..=most).contains(n));
        if found.is_none() {
            self.fault(key, format!("an integer from {least} to {most}, or \"{word}\""));
        }
        found
    }

    /// A list of integers.
    pub(super) fn integers(&self, key: &str, least: u32, most: u32) -> Vec<u32> {
        self.note(key, || Asked::Integers { least, most });
        let number = |value: &Value| {
            let number = u32::try_from(value.as_integer()?).ok()?;
            (least..=most).contains(&number).then_some(number)
        };
        let found = self.value(key).and_then(Value::as_array).and_then(|list| list.iter().map(number).collect());
        found.unwrap_or_else(|| {
            self.fault(key, format!("a list of integers from {least} to {most}"));
            Vec::new()
        })
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        self.note(key, || Asked::Flag);
        self.value(key).and_then(Value::as_bool).unwrap_or_else(|| {
            self.fault(key, "true or false");
            false
        })
    }

    /// One of a closed list of words.
    pub(super) fn word<T>(
        &self,
        key: &str,
        from_code: impl Fn(&str) -> Option<T>,
        expected: &'static str,
    ) -> Option<T> {
        self.note(key, || match Entry::taken_by(|word| from_code(word).is_some()) {
            Entry::Word(words) => Asked::Word { words },
            entry => Asked::List { entry },
        });
        let found = self.value(key).and_then(Value::as_str).and_then(from_code);
        if found.is_none() {
            self.fault(key, expected);
        }
        found
    }

    /// A list whose entries all have a meaning.
    pub(super) fn list<T>(&self, key: &str, meaning: impl Fn(&str) -> Option<T>, expected: &'static str) -> Vec<T> {
        self.note(key, || Asked::List { entry: Entry::taken_by(|word| meaning(word).is_some()) });
        let entries = self.value(key).and_then(Value::as_array);
        let found = entries.and_then(|entries| entries.iter().map(|entry| meaning(entry.as_str()?)).collect());
        found.unwrap_or_else(|| {
            self.fault(key, expected);
            Vec::new()
        })
    }

    /// Letters, digits and a few signs, so that names need no quoting anywhere.
    pub(super) fn name(&self, key: &str, longest: usize) -> String {
        self.note(key, || Asked::Name { longest });
        let is_plain = |text: &&str| {
            (1..=longest).contains(&text.len())
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.:+-".contains(&b))
        };
        self.value(key).and_then(Value::as_str).filter(is_plain).map(str::to_owned).unwrap_or_else(|| {
            self.fault(key, format!("1 to {longest} characters out of 0-9 A-Z a-z _ . : + -"));
            String::new()
        })
    }

    /// A TOML date, or the same as text.
    pub(super) fn date(&self, key: &str) -> Option<Date> {
        self.note(key, || Asked::Date);
        let found = self.value(key).and_then(date_of);
        if found.is_none() {
            self.fault(key, "a date such as 2026-01-31");
        }
        found
    }

    /// A date, or `None` for the word that stands for no date.
    pub(super) fn date_or(&self, key: &str, word: &str) -> Option<Date> {
        self.note(key, || Asked::DateOr { word: word.to_owned() });
        let value = self.value(key);
        if value.and_then(Value::as_str) == Some(word) {
            return None;
        }
        let found = value.and_then(date_of);
        if found.is_none() {
            self.fault(key, format!("a date such as 2026-01-31, or \"{word}\""));
        }
        found
    }

    pub(super) fn fault(&self, key: &str, expected: impl Into<std::borrow::Cow<'static, str>>) {
        self.faults.push(self.path_of(key), FaultCode::PolicyValue, expected);
    }

    /// A fault of the section as a whole.
    pub(super) fn fault_here(&self, expected: impl Into<std::borrow::Cow<'static, str>>) {
        self.faults.push(self.path.clone(), FaultCode::PolicyValue, expected);
    }

    fn note(&self, key: &str, asked: impl FnOnce() -> Asked) {
        if let Some(notes) = &self.faults.notes {
            notes.add(self.path_of(key), asked());
        }
    }

    fn note_here(&self, asked: impl FnOnce() -> Asked) {
        if let Some(notes) = &self.faults.notes {
            notes.add(self.path.clone(), asked());
        }
    }

    fn value(&self, key: &str) -> Option<&'a Value> {
        self.table.and_then(|table| table.get(key))
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}

fn date_of(value: &Value) -> Option<Date> {
    match value {
        Value::String(text) => Date::parse(text),
        Value::Datetime(date) => Date::parse(&date.to_string()),
        _ => None,
    }
}
