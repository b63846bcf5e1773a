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
    /// The first sixteen bytes of the identifiers that are right, in their order: they settle nearly every comparison.
    prefixes: Vec<u128>,
    /// The rows of these identifiers.
    rows: Vec<u32>,
    /// Whether the table has identifiers that can be read.
    is_known: bool,
    /// The canonical order; `None` until it is asked for.
    order: Option<Order>,
}

impl<'t> Index<'t> {
    /// Reads a column of identifiers and records the faulty and the repeated ones.
    pub(super) fn of_ids(field: &Field<'t>, n_rows: usize, has_columns: bool, reading: &mut Reading) -> Self {
        let Some(Column::Text(texts)) = field.column else {
            return Self::of_texts(field, n_rows, has_columns, reading, |row, reading| {
                field.read(row, reading, |raw, scratch| key(raw, scratch).map(str::to_owned))
            });
        };
        let mut keyed = Vec::new();
        for row in 0..n_rows {
            let prefix = field.read(row, reading, |raw, scratch| key(raw, scratch).map(prefix));
            keyed.extend(prefix.map(|prefix| (prefix, row as u32)));
        }
        Self::new(field, has_columns, Cow::Borrowed(texts), keyed, reading)
    }

    /// Reads a column of village codes, whose twelve digits are the identifiers.
    pub(super) fn of_villages(field: &Field<'t>, n_rows: usize, has_columns: bool, reading: &mut Reading) -> Self {
        Self::of_texts(field, n_rows, has_columns, reading, |row, reading| {
            field.read(row, reading, |raw, scratch| village(raw, scratch).map(str::to_owned))
        })
    }

    /// Reads identifiers whose text is not that of their cell.
    fn of_texts(
        field: &Field<'t>,
        n_rows: usize,
        has_columns: bool,
        reading: &mut Reading,
        read: impl Fn(usize, &mut Reading) -> Option<String>,
    ) -> Self {
        let mut texts = Texts::new();
        let mut keyed = Vec::new();
        for row in 0..n_rows {
            let id = read(row, reading);
            keyed.extend(id.as_deref().map(|id| (prefix(id), row as u32)));
            texts.push(id.as_deref().map(str::as_bytes));
        }
        Self::new(field, has_columns, Cow::Owned(texts), keyed, reading)
    }

    /// Sorts the rows by their identifiers and records each identifier that an earlier row has.
    fn new(
        field: &Field<'t>,
        has_columns: bool,
        texts: Cow<'t, Texts>,
        mut keyed: Vec<(u128, u32)>,
        reading: &mut Reading,
    ) -> Self {
        let bytes = |row: u32| texts.get(row as usize);
        keyed.sort_unstable_by(|a, b| {
            a.0.cmp(&b.0).then_with(|| bytes(a.1).cmp(&bytes(b.1))).then_with(|| a.1.cmp(&b.1))
        });
        let mut first = 0;
        for next in 1..keyed.len() {
            let ((prefix, row), (first_prefix, first_row)) = (keyed[next], keyed[first]);
            if prefix == first_prefix && bytes(row) == bytes(first_row) {
                let wanted = Wanted::OtherThanRow(first_row as usize);
                field.fault(row as usize, reading, Wrong { code: FaultCode::DuplicateId, wanted });
            } else {
                first = next;
            }
        }
        let (prefixes, rows) = keyed.into_iter().unzip();
        Self { texts, prefixes, rows, is_known: field.column.is_some() || !has_columns, order: None }
    }

    /// The canonical position of an identifier, or its row as long as no order was asked for.
    ///
    /// `None` where the identifiers of the table are not known at all: that is a fault of its own, and need not be
    /// repeated for each reference.
    pub(super) fn resolve(&self, id: &str) -> Result<Option<usize>, Wrong> {
        if !self.is_known {
            return Ok(None);
        }
        let row =
            self.row_of(id).ok_or(Wrong::new(FaultCode::DanglingReference, "an identifier that its table holds"))?;
        Ok(Some(self.order.as_ref().map_or(row, |order| order.position_of(row))))
    }

    fn row_of(&self, id: &str) -> Option<usize> {
        let sought = prefix(id);
        let start = self.prefixes.partition_point(|&prefix| prefix < sought);
        if id.len() < PREFIX {
            // The prefix is the whole identifier.
            return (self.prefixes.get(start) == Some(&sought)).then(|| self.rows[start] as usize);
        }
        let length = self.prefixes[start..].partition_point(|&prefix| prefix == sought);
        let rows = &self.rows[start..start + length];
        // Among identifiers that begin alike the whole texts decide.
        let place = rows.binary_search_by(|&row| self.texts.get(row as usize).cmp(&Some(id.as_bytes())));
        place.ok().map(|place| rows[place] as usize)
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
        let by_id = self.rows.iter().map(|&row| order.position_of(row as usize) as u32).collect();
        Arranged { order, by_id }
    }
}

/// Bytes of a prefix.
const PREFIX: usize = 16;

/// The first sixteen bytes as a number whose order is that of the texts; identifiers hold no byte 0.
fn prefix(id: &str) -> u128 {
    let mut bytes = [0; PREFIX];
    let length = id.len().min(PREFIX);
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
