//! Tables that may be published: nothing small is in them, and nothing small can be had by subtraction.
//!
//! A kind is *small* if it has fewer than ten needs, served needs or unserved needs. Published numbers are those of all
//! needs and of the kinds that are left, so what anybody can compute from them are sums and differences:
//!
//! - Kinds that together are all needs (counties, classes, domains, tiers): all less the published kinds is the sum of
//!   those left out. At least two are left out, if any, and together they are not small; so no single one of them follows.
//! - Client groups overlap, so each stands for itself: neither a group nor all that is outside it is small. Where one group
//!   lies within another, or two have nobody in common, or together are all, one more difference is known; it is not small
//!   either.
//!
//! Where all needs together are small, nothing is published.

use serde::Serialize;

use super::{Cells, Dimension, Equity, EquityTable};

/// The least number that is published.
pub const MIN_PUBLIC: u64 = 10;

/// One kind of needs, as it may be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PublicRow {
    /// The code of the kind.
    pub key: String,
    /// Its numbers; `None` where they are left out.
    pub cells: Option<Cells>,
}

/// The kinds along one dimension, as they may be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PublicTable {
    /// Along what.
    pub dimension: Dimension,
    /// Every kind that occurs.
    pub rows: Vec<PublicRow>,
}

/// What may be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PublicEquity {
    /// All needs; `None` where even they are too few.
    pub all: Option<Cells>,
    /// One table for each dimension.
    pub tables: Vec<PublicTable>,
}

impl PublicEquity {
    /// The tables as JSON; `null` stands for what is left out.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("no number of the tables is refused by JSON")
    }
}

impl Equity {
    /// The tables without anything small, and without whatever would give something small away.
    #[must_use]
    pub fn public(&self) -> PublicEquity {
        let all = (!is_small(self.all)).then_some(self.all);
        let table = |table: &EquityTable| {
            let is_shown = match all {
                None => vec![false; table.rows.len()],
                Some(all) if table.dimension.is_partition() => shown_of_partition(table, all),
                Some(_) => self.shown_groups(table),
            };
            let rows = table.rows.iter().zip(is_shown);
            let row = |(row, is_shown): (&super::EquityRow, bool)| PublicRow {
                key: row.key.clone(),
                cells: is_shown.then_some(row.cells),
            };
            PublicTable { dimension: table.dimension, rows: rows.map(row).collect() }
        };
        PublicEquity { all, tables: self.tables.iter().map(table).collect() }
    }

    fn shown_groups(&self, table: &EquityTable) -> Vec<bool> {
        let all = self.all;
        let mut is_shown: Vec<bool> =
            table.rows.iter().map(|row| !is_small(row.cells) && !is_small(all.without(row.cells))).collect();
        // Every round leaves one group more out, so this ends.
        while let Some((first, second)) = self.telling_pair(table, &is_shown) {
            let fewer = if table.rows[first].cells.needs < table.rows[second].cells.needs { first } else { second };
            is_shown[fewer] = false;
        }
        is_shown
    }

    /// Two groups that are shown and together give something small away.
    fn telling_pair(&self, table: &EquityTable, is_shown: &[bool]) -> Option<(usize, usize)> {
        let tells = |overlap: &&super::Overlap| {
            let (first, second) = overlap.rows;
            let (a, b, both) = (table.rows[first].cells, table.rows[second].cells, overlap.both);
            let parts = [both, a.without(both), b.without(both), self.all.without(a.plus(b).without(both))];
            // One of the four parts without anybody makes the other three known.
            let is_known = parts.iter().any(|part| part.needs == 0);
            let is_some_and_small = |part: &Cells| part.needs > 0 && is_small(*part);
            is_shown[first] && is_shown[second] && is_known && parts.iter().any(is_some_and_small)
        };
        self.overlaps.iter().find(tells).map(|overlap| overlap.rows)
    }
}

fn is_small(cells: Cells) -> bool {
    [cells.needs, cells.served, cells.unserved()].iter().any(|&count| count < MIN_PUBLIC)
}

/// Leaves out what is small, and then the smallest of the others until the sum of all that is left out tells nothing.
fn shown_of_partition(table: &EquityTable, all: Cells) -> Vec<bool> {
    let mut is_shown: Vec<bool> = table.rows.iter().map(|row| !is_small(row.cells)).collect();
    loop {
        let shown = (0..table.rows.len()).filter(|&row| is_shown[row]);
        let left_out = all.without(shown.fold(Cells::default(), |sum, row| sum.plus(table.rows[row].cells)));
        let n_left_out = is_shown.iter().filter(|&&is_shown| !is_shown).count();
        if n_left_out == 0 || (n_left_out >= 2 && !is_small(left_out)) {
            return is_shown;
        }
        let shown = (0..table.rows.len()).filter(|&row| is_shown[row]);
        match shown.min_by_key(|&row| (table.rows[row].cells.needs, row)) {
            Some(row) => is_shown[row] = false,
            None => return is_shown,
        }
    }
}
