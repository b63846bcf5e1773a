//! References to rows of another table.

use super::field::{Field, Reading};
use super::index::Index;
use super::key::key;
use super::word::village;

impl Field<'_> {
    /// Reads an identifier of no table of ours.
    pub(super) fn id(&self, row: usize, reading: &mut Reading) -> Option<Box<str>> {
        self.read(row, reading, |raw, scratch| key(raw, scratch).map(Box::from))
    }

    /// Reads an identifier of another table and gives its canonical position.
    pub(super) fn reference<Id>(
        &self,
        row: usize,
        index: &Index<'_>,
        id_of: fn(usize) -> Id,
        reading: &mut Reading,
    ) -> Option<Id> {
        self.read(row, reading, |raw, scratch| index.resolve(key(raw, scratch)?)).flatten().map(id_of)
    }

    /// Reads the code of a community and gives its canonical position.
    pub(super) fn community<Id>(
        &self,
        row: usize,
        index: &Index<'_>,
        id_of: fn(usize) -> Id,
        reading: &mut Reading,
    ) -> Option<Id> {
        self.read(row, reading, |raw, scratch| index.resolve(village(raw, scratch)?)).flatten().map(id_of)
    }
}
