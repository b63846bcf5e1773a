//! Columnar input tables: what every face converts its data into, and nothing else.
//!
//! A table holds bytes and numbers as the caller has them; whether they are right is decided in
//! [`Problem::new`](crate::Problem::new), which reports all faults at once.
//!
//! What tables print for debugging is how many rows and columns they have, and no value: a value may describe a person.

use std::fmt;

/// Values of one type with a mark for the missing ones.
#[derive(Clone, Default, PartialEq)]
pub struct Values<T> {
    values: Vec<T>,
    valid: Option<Vec<bool>>,
}

impl<T: Copy> Values<T> {
    /// Values of which none is missing.
    #[must_use]
    pub fn new(values: Vec<T>) -> Self {
        Self { values, valid: None }
    }

    /// Values of which those marked `false` are missing.
    ///
    /// # Panics
    ///
    /// Panics if the two lists differ in length.
    #[must_use]
    pub fn with_validity(values: Vec<T>, valid: Vec<bool>) -> Self {
        assert_eq!(values.len(), valid.len(), "one mark for each value");
        Self { values, valid: Some(valid) }
    }

    /// How many rows, missing ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value of a row, or `None` where it is missing.
    ///
    /// # Panics
    ///
    /// Panics if there is no such row.
    #[must_use]
    #[inline]
    pub fn get(&self, row: usize) -> Option<T> {
        match &self.valid {
            Some(valid) if !valid[row] => None,
            _ => Some(self.values[row]),
        }
    }
}

impl<T: Copy + Default> FromIterator<Option<T>> for Values<T> {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(rows: I) -> Self {
        let (values, valid): (Vec<T>, Vec<bool>) =
            rows.into_iter().map(|row| (row.unwrap_or_default(), row.is_some())).unzip();
        if valid.iter().all(|&v| v) { Self::new(values) } else { Self::with_validity(values, valid) }
    }
}

impl<T> fmt::Debug for Values<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Values({} rows)", self.values.len())
    }
}

/// Texts, stored end to end. They may be malformed until a problem is built from them.
#[derive(Clone, Default, PartialEq)]
pub struct Texts {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    valid: Option<Vec<bool>>,
}

impl Texts {
    /// No rows yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a row; `None` is a missing text.
    pub fn push(&mut self, text: Option<&[u8]>) {
        if text.is_none() && self.valid.is_none() {
            self.valid = Some(vec![true; self.ends.len()]);
        }
        self.bytes.extend_from_slice(text.unwrap_or_default());
        self.ends.push(self.bytes.len());
        if let Some(valid) = &mut self.valid {
            valid.push(text.is_some());
        }
    }

    /// How many rows, missing ones included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// How many bytes the texts have together.
    pub(crate) fn n_bytes(&self) -> usize {
        self.bytes.len()
    }

    /// How many texts are not missing.
    pub(crate) fn n_present(&self) -> usize {
        self.valid.as_ref().map_or(self.len(), |valid| valid.iter().filter(|&&valid| valid).count())
    }

    /// The bytes of a row, or `None` where it is missing.
    ///
    /// # Panics
    ///
    /// Panics if there is no such row.
    #[must_use]
    #[inline]
    pub fn get(&self, row: usize) -> Option<&[u8]> {
        if self.valid.as_ref().is_some_and(|valid| !valid[row]) {
            return None;
        }
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        Some(&self.bytes[start..self.ends[row]])
    }
}

impl<'a> FromIterator<Option<&'a str>> for Texts {
    fn from_iter<I: IntoIterator<Item = Option<&'a str>>>(rows: I) -> Self {
        let mut texts = Self::new();
        for row in rows {
            texts.push(row.map(str::as_bytes));
        }
        texts
    }
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Texts({} rows)", self.len())
    }
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Column {
    /// Texts: identifiers, codes, dates (`2026-01-31`), lists (`a;b`).
    Text(Texts),
    /// Whole numbers.
    Int(Values<i64>),
    /// Other numbers. Whole-number columns accept them where each value is whole, since data frames turn whole
    /// numbers with gaps into these.
    Float(Values<f64>),
    /// Truth values.
    Bool(Values<bool>),
}

impl Column {
    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Text(texts) => texts.len(),
            Self::Int(values) => values.len(),
            Self::Float(values) => values.len(),
            Self::Bool(values) => values.len(),
        }
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Named columns. The order of the columns has no meaning; the order of the rows only names the place of a fault.
#[derive(Clone, Default, PartialEq)]
pub struct Table {
    columns: Vec<(String, Column)>,
}

impl Table {
    /// A table without columns.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a column.
    pub fn push(&mut self, name: impl Into<String>, column: Column) {
        self.columns.push((name.into(), column));
    }

    /// Adds a column and returns the table, to build one in a chain.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, column: Column) -> Self {
        self.push(name, column);
        self
    }

    /// Adds a text column and returns the table.
    #[must_use]
    pub fn with_texts<'a>(self, name: impl Into<String>, rows: impl IntoIterator<Item = &'a str>) -> Self {
        self.with(name, Column::Text(rows.into_iter().map(Some).collect()))
    }

    /// Adds a column of whole numbers and returns the table.
    #[must_use]
    pub fn with_ints(self, name: impl Into<String>, rows: impl IntoIterator<Item = i64>) -> Self {
        self.with(name, Column::Int(Values::new(rows.into_iter().collect())))
    }

    /// The columns in the order in which they were added.
    #[must_use]
    pub fn columns(&self) -> &[(String, Column)] {
        &self.columns
    }

    /// The rows of the first column; 0 without columns.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, column)| column.len())
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table({} rows, {} columns)", self.n_rows(), self.columns.len())
    }
}

/// The tables of a problem. See `docs/guide/tables.md` for their columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tables {
    /// One row for each need.
    pub needs: Table,
    /// One row for each worker.
    pub workers: Table,
    /// One row for each organization.
    pub organizations: Table,
    /// One row for each community.
    pub communities: Table,
    /// One row for each group above the organizations.
    pub groups: Option<Table>,
    /// One row for each quota of needs.
    pub quotas: Option<Table>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_values_stay_missing() {
        let values: Values<i64> = [Some(1), None, Some(3)].into_iter().collect();
        assert_eq!([values.get(0), values.get(1), values.get(2)], [Some(1), None, Some(3)]);
        assert_eq!(values, Values::with_validity(vec![1, 0, 3], vec![true, false, true]));
        let full: Values<i64> = [Some(1), Some(2)].into_iter().collect();
        assert_eq!(full, Values::new(vec![1, 2]));
    }

    #[test]
    fn texts_are_taken_apart_where_they_were_put_together() {
        let rows = [Some("ab"), Some(""), None, Some("中"), None];
        let texts: Texts = rows.into_iter().collect();
        assert_eq!(texts.len(), rows.len());
        assert_eq!((texts.n_present(), texts.n_bytes()), (3, 5));
        for (row, text) in rows.into_iter().enumerate() {
            assert_eq!(texts.get(row), text.map(str::as_bytes));
        }
    }

    #[test]
    fn printing_a_table_shows_its_size_only() {
        let tables = Tables {
            needs: Table::new().with_texts("need_id", ["secret"]).with_ints("telephone", [138]),
            ..Tables::default()
        };
        let printed = format!("{tables:?} {:?}", tables.needs.columns()[0].1);
        assert!(printed.contains("Table(1 rows, 2 columns)"));
        assert!(!["secret", "138", "telephone"].iter().any(|value| printed.contains(value)), "{printed}");
    }
}
