//! Lists in one cell: entries separated by `;`, each once, in any order.

use super::field::{Field, Raw, Reading, utf8};
use super::index::Index;
use super::key::{checked, key};
use super::wanted::Wrong;
use super::word::{code_of, date_of, division_of, plain};
use crate::error::FaultCode;
use crate::model::HeldQualification;
use crate::model::codes::{CodeSet, DivisionCode, Domain, DomainLevels, ServiceArea};

/// Best level of competence.
const MAX_LEVEL: u8 = 3;

impl Field<'_> {
    /// Reads a set of codes: `elderly;disabled`.
    pub(super) fn codes<S: CodeSet>(&self, row: usize, reading: &mut Reading) -> Option<S> {
        self.read(row, reading, |raw, scratch| {
            let mut set = S::default();
            for entry in entries(plain(raw, scratch)?) {
                if !set.insert(code_of(entry?)?) {
                    return Err(twice());
                }
            }
            Ok(set)
        })
    }

    /// Reads domains, each with a level or at level 1: `elderly_care:3;mental_health`.
    pub(super) fn domains(&self, row: usize, reading: &mut Reading) -> Option<DomainLevels> {
        self.read(row, reading, |raw, scratch| {
            let mut levels = DomainLevels::default();
            for entry in entries(plain(raw, scratch)?) {
                let (word, level) = match entry?.split_once(':') {
                    Some((word, level)) => (word.trim_end(), level_of(level.trim_start())?),
                    None => (entry?, 1),
                };
                let domain: Domain = code_of(word)?;
                if levels.level(domain) != 0 {
                    return Err(twice());
                }
                levels.set(domain, level);
            }
            Ok(levels)
        })
    }

    /// Reads qualifications, each with its last valid day or without end: `sw_certified@2027-03-31;nurse`.
    pub(super) fn qualifications(&self, row: usize, reading: &mut Reading) -> Option<Box<[HeldQualification]>> {
        self.read(row, reading, |raw, scratch| {
            let mut list = Vec::new();
            for entry in entries(plain(raw, scratch)?) {
                list.push(match entry?.split_once('@') {
                    Some((word, date)) => (code_of(word.trim_end())?, Some(date_of(date.trim_start())?)),
                    None => (code_of(entry?)?, None),
                });
            }
            sorted_once(list, |&(qualification, _)| qualification)
        })
    }

    /// Reads an area: division codes, each with everything below it.
    pub(super) fn area(&self, row: usize, reading: &mut Reading) -> Option<ServiceArea> {
        self.read(row, reading, |raw, scratch| {
            let divisions: Result<Vec<DivisionCode>, Wrong> =
                entries(plain(raw, scratch)?).map(|entry| division_of(entry?)).collect();
            Ok(ServiceArea::new(sorted_once(divisions?, |&division| division)?.into_vec()))
        })
    }

    /// Reads identifiers of another table and gives its canonical positions in ascending order.
    pub(super) fn references<Id: Ord + Copy>(
        &self,
        row: usize,
        index: &Index<'_>,
        id_of: fn(usize) -> Id,
        reading: &mut Reading,
    ) -> Option<Box<[Id]>> {
        self.read(row, reading, |raw, scratch| {
            let mut positions = Vec::new();
            match raw {
                // Without normalisation: identifiers are compared byte by byte.
                Raw::Text(bytes) => {
                    for entry in entries(utf8(bytes)?) {
                        positions.extend(index.resolve(checked(entry?.as_bytes())?)?.map(id_of));
                    }
                }
                number => positions.extend(index.resolve(key(number, scratch)?)?.map(id_of)),
            }
            sorted_once(positions, |&position| position)
        })
    }
}

/// The entries of a list, none of them empty, without the spaces around them.
fn entries(text: &str) -> impl Iterator<Item = Result<&str, Wrong>> {
    text.split(';').map(str::trim).map(|entry| {
        let empty = Wrong::new(FaultCode::MalformedList, "entries separated by ; and none of them empty");
        if entry.is_empty() { Err(empty) } else { Ok(entry) }
    })
}

/// The list in the order of its keys, all of which must differ.
fn sorted_once<T, K: Ord>(mut list: Vec<T>, key_of: fn(&T) -> K) -> Result<Box<[T]>, Wrong> {
    list.sort_unstable_by_key(key_of);
    let has_twins = list.windows(2).any(|pair| key_of(&pair[0]) == key_of(&pair[1]));
    if has_twins { Err(twice()) } else { Ok(list.into()) }
}

fn twice() -> Wrong {
    Wrong::new(FaultCode::MalformedList, "each entry once")
}

fn level_of(text: &str) -> Result<u8, Wrong> {
    let level = text.parse().ok().filter(|level| (1..=MAX_LEVEL).contains(level));
    level.ok_or(Wrong::new(FaultCode::OutOfRange, "a level from 1 to 3 after the colon"))
}
