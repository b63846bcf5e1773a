//! Explanations as JSON.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Report;
use crate::table::{Column, Table};

impl Report {
    /// The tables as JSON: `facts`, `chain` and `others`, each a list of rows by the names of their columns. The same bytes
    /// for the same answer; missing values are `null`.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(&Tables(self)).expect("JSON refuses neither names of columns nor whole numbers and texts")
    }
}

struct Tables<'a>(&'a Report);

impl Serialize for Tables<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tables = serializer.serialize_map(Some(3))?;
        for (name, table) in [("facts", &self.0.facts), ("chain", &self.0.chain), ("others", &self.0.others)] {
            tables.serialize_entry(name, &Rows(table))?;
        }
        tables.end()
    }
}

struct Rows<'a>(&'a Table);

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((0..self.0.n_rows()).map(|row| Row(self.0, row)))
    }
}

struct Row<'a>(&'a Table, usize);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (table, row) = (self.0, self.1);
        let mut cells = serializer.serialize_map(Some(table.columns().len()))?;
        for (name, column) in table.columns() {
            match column {
                Column::Text(texts) => {
                    let text = texts.get(row).map(String::from_utf8_lossy);
                    cells.serialize_entry(name, &text)?;
                }
                Column::Int(values) => cells.serialize_entry(name, &values.get(row))?,
                Column::Float(values) => cells.serialize_entry(name, &values.get(row))?,
                Column::Bool(values) => cells.serialize_entry(name, &values.get(row))?,
            }
        }
        cells.end()
    }
}
