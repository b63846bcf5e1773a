//! The identifiers of one table: found by binary search, and put into canonical order.

use std::borrow::Cow;

use super::field::{Field, Reading};
use super::key::key;
use super::wanted::{Wanted, Wrong};
use super::word::village;
use crate::error::FaultCode;
use crate::model::order::{Arranged, Order};
use crate::table::{Column, Texts};

/// The identifiers of a table.
#[derive(Debug)]
pub(super) struct Index<'t> {
    /// The identifier of each row; of no use where the cell is at fault.
    texts: Cow<'t, Texts>,
    /// The rows whose identifier is right, in the order of the identifiers.
    entries: Vec<Entry>,
    /// Whether the table has identifiers that can be read.
    is_known: bool,
    /// The canonical order; `None` until it is asked for.
    order: Option<Order>,
}

/// An identifier by its first sixteen bytes, which settle nearly every comparison.
type Entry = (u128, u32);

impl<'t> Index<'t> {
    /// Reads a column of identifiers and records the faulty and the repeated ones.
    pub(super) fn of_ids(field: &Field<'t>, n_rows: usize, has_columns: bool, reading: &mut Reading) -> Self {
        let mut index = Self::new(field, has_columns);
        if let Some(Column::Text(texts)) = field.column {
            index.texts = Cow::Borrowed(texts);
            for row in 0..n_rows {
                let prefix = field.read(row, reading, |raw, scratch| key(raw, scratch).map(prefix));
                index.entries.extend(prefix.map(|prefix| (prefix, row as u32)));
            }
        } else {
            index.read_texts(n_rows, reading, |row, reading| {
                field.read(row, reading, |raw, scratch| key(raw, scratch).map(str::to_owned))
            });
        }
        index.sort(field, reading);
        index
    }

    /// Reads a column of village codes, whose twelve digits are the identifiers.
    pub(super) fn of_villages(field: &Field<'t>, n_rows: usize, has_columns: bool, reading: &mut Reading) -> Self {
        let mut index = Self::new(field, has_columns);
        index.read_texts(n_rows, reading, |row, reading| {
            field.read(row, reading, |raw, scratch| village(raw, scratch).map(str::to_owned))
        });
        index.sort(field, reading);
        index
    }

    /// The canonical position of an identifier, or its row as long as no order was asked for.
    ///
    /// `None` where the identifiers of the table are not known at all: that is a fault of its own, and need not be
    /// repeated for each reference.
    pub(super) fn resolve(&self, id: &str) -> Result<Option<usize>, Wrong> {
        if !self.is_known {
            return Ok(None);
        }
        let sought = prefix(id);
        let found = self
            .entries
            .binary_search_by(|&(prefix, row)| prefix.cmp(&sought).then_with(|| self.text(row as usize).cmp(id)));
        let place =
            found.map_err(|_| Wrong::new(FaultCode::DanglingReference, "an identifier that its table holds"))?;
        let row = self.entries[place].1 as usize;
        Ok(Some(self.order.as_ref().map_or(row, |order| order.position_of(row))))
    }

    /// The identifier of a row that is not at fault.
    pub(super) fn text(&self, row: usize) -> &str {
        self.texts.get(row).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// Puts the rows into canonical order. No identifier may be at fault.
    pub(super) fn arrange(&mut self, seed: &str, table: &str) {
        self.order = Some(Order::new(self.texts.len(), seed, table, |row| self.text(row)));
    }

    /// Gives away the canonical order, which must have been asked for.
    pub(super) fn into_arranged(self) -> Arranged {
        let order = self.order.expect("rows without faults were put into canonical order");
        let by_id = self.entries.iter().map(|&(_, row)| order.position_of(row as usize) as u32).collect();
        Arranged { order, by_id }
    }

    fn new(field: &Field<'t>, has_columns: bool) -> Self {
        Self {
            texts: Cow::Owned(Texts::new()),
            entries: Vec::new(),
            is_known: field.column.is_some() || !has_columns,
            order: None,
        }
    }

    /// Reads identifiers whose text is not that of their cell.
    fn read_texts(
        &mut self,
        n_rows: usize,
        reading: &mut Reading,
        read: impl Fn(usize, &mut Reading) -> Option<String>,
    ) {
        let texts = self.texts.to_mut();
        for row in 0..n_rows {
            let id = read(row, reading);
            self.entries.extend(id.as_deref().map(|id| (prefix(id), row as u32)));
            texts.push(id.as_deref().map(str::as_bytes));
        }
    }

    /// Sorts the entries and records each identifier that an earlier row has.
    fn sort(&mut self, field: &Field<'t>, reading: &mut Reading) {
        let mut entries = std::mem::take(&mut self.entries);
        entries.sort_unstable_by(|a, b| {
            let by_text = || self.text(a.1 as usize).cmp(self.text(b.1 as usize));
            a.0.cmp(&b.0).then_with(by_text).then(a.1.cmp(&b.1))
        });
        let mut first = 0;
        for next in 1..entries.len() {
            let (row, first_row) = (entries[next].1 as usize, entries[first].1 as usize);
            if entries[next].0 == entries[first].0 && self.text(row) == self.text(first_row) {
                let wanted = Wanted::OtherThanRow(first_row);
                field.fault(row, reading, Wrong { code: FaultCode::DuplicateId, wanted });
            } else {
                first = next;
            }
        }
        self.entries = entries;
    }
}

/// The first sixteen bytes as a number whose order is that of the texts; identifiers hold no byte 0.
fn prefix(id: &str) -> u128 {
    let mut bytes = [0; 16];
    let length = id.len().min(16);
    bytes[..length].copy_from_slice(&id.as_bytes()[..length]);
    u128::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_ordered_as_their_texts() {
        let mut ids = ["a", "a1", "b", "A", "abcdefghijklmnop", "abcdefghijklmno", "0", "_"];
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| prefix(pair[0]) < prefix(pair[1])));
        assert_eq!(prefix("abcdefghijklmnop1"), prefix("abcdefghijklmnop2"), "longer ones need their texts");
    }
}
