//! Collects the values of one column, chunk after chunk.

use needmatch::{Column, Fault, FaultCode, TableName, Texts, Values};

/// Most faults that are collected from one column.
const MAX_FAULTS: usize = 10_000;

/// What is expected where a column has another type.
pub(super) const ANY_COLUMN: &str = "texts, numbers, truth values, dates, or lists of texts";

/// Where in the caller's input values come from, and what is wrong with them.
///
/// A column is named by its position: its name is the caller's and may say anything.
pub(super) struct Place {
    table: TableName,
    column: String,
    pub(super) faults: Vec<Fault>,
}

impl Place {
    pub(super) fn new(table: TableName, position: usize) -> Self {
        Self { table, column: format!("#{position}"), faults: Vec::new() }
    }

    /// Notes a fault of the whole column.
    pub(super) fn refuse(&mut self, code: FaultCode, expected: &'static str) {
        self.faults.push(Fault::in_column(self.table, self.column.clone(), code, expected));
    }

    /// Notes a fault of one value.
    pub(super) fn refuse_cell(&mut self, row: usize, code: FaultCode, expected: &'static str) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(Fault::in_cell(self.table, row, self.column.clone(), code, expected));
        }
    }
}

/// The values so far, of one type, which is known as soon as one value is not missing.
#[derive(Default)]
pub(super) enum Sink {
    #[default]
    Empty,
    Missing(usize),
    Text(Texts),
    Int(Numbers<i64>),
    Float(Numbers<f64>),
    Bool(Numbers<bool>),
}

macro_rules! typed_access {
    ($($name:ident: $variant:ident($type:ty);)+) => {$(
        /// The values as this type, or `None` if the column already has another.
        pub(super) fn $name(&mut self) -> Option<&mut $type> {
            if let Self::Empty | Self::Missing(_) = self {
                *self = Self::$variant(std::iter::repeat_n(None, self.len()).collect());
            }
            match self {
                Self::$variant(values) => Some(values),
                _ => None,
            }
        }
    )+};
}

impl Sink {
    typed_access! {
        text: Text(Texts);
        int: Int(Numbers<i64>);
        float: Float(Numbers<f64>);
        bool: Bool(Numbers<bool>);
    }

    /// How many values, missing ones included.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::Missing(n) => *n,
            Self::Text(texts) => texts.len(),
            Self::Int(numbers) => numbers.len(),
            Self::Float(numbers) => numbers.len(),
            Self::Bool(numbers) => numbers.len(),
        }
    }

    /// Appends a value that is missing, whatever the type.
    pub(super) fn push_missing(&mut self) {
        match self {
            Self::Empty => *self = Self::Missing(1),
            Self::Missing(n) => *n += 1,
            Self::Text(texts) => texts.push(None),
            Self::Int(numbers) => numbers.push(None),
            Self::Float(numbers) => numbers.push(None),
            Self::Bool(numbers) => numbers.push(None),
        }
    }

    /// Appends a value of another column; `false` if the types differ.
    pub(super) fn push_from(&mut self, other: &Self, row: usize) -> bool {
        match other {
            Self::Empty | Self::Missing(_) => self.push_missing(),
            Self::Text(texts) => return self.text().map(|own| own.push(texts.get(row))).is_some(),
            Self::Int(numbers) => return self.int().map(|own| own.push(numbers.get(row))).is_some(),
            Self::Float(numbers) => return self.float().map(|own| own.push(numbers.get(row))).is_some(),
            Self::Bool(numbers) => return self.bool().map(|own| own.push(numbers.get(row))).is_some(),
        }
        true
    }

    /// Takes the type of another column, if none is known yet.
    pub(super) fn become_like(&mut self, other: &Self) {
        match other {
            Self::Empty | Self::Missing(_) => {}
            Self::Text(_) => _ = self.text(),
            Self::Int(_) => _ = self.int(),
            Self::Float(_) => _ = self.float(),
            Self::Bool(_) => _ = self.bool(),
        }
    }

    /// Whole numbers so far become floats, because a float follows.
    pub(super) fn widen(&mut self) {
        if let Self::Int(numbers) = self {
            *self = Self::Float((0..numbers.len()).map(|row| numbers.get(row).map(|number| number as f64)).collect());
        }
    }

    /// The column; one in which every value is missing counts as text.
    pub(super) fn finish(self) -> Column {
        match self {
            Self::Empty => Column::Text(Texts::new()),
            Self::Missing(n) => Column::Text(std::iter::repeat_n(None::<&str>, n).collect()),
            Self::Text(texts) => Column::Text(texts),
            Self::Int(numbers) => Column::Int(numbers.finish()),
            Self::Float(numbers) => Column::Float(numbers.finish()),
            Self::Bool(numbers) => Column::Bool(numbers.finish()),
        }
    }
}

/// Values with a mark for those that are missing.
pub(super) struct Numbers<T> {
    values: Vec<T>,
    valid: Vec<bool>,
}

impl<T: Copy + Default> Numbers<T> {
    pub(super) fn push(&mut self, value: Option<T>) {
        self.values.push(value.unwrap_or_default());
        self.valid.push(value.is_some());
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    pub(super) fn get(&self, row: usize) -> Option<T> {
        self.valid[row].then(|| self.values[row])
    }

    fn finish(self) -> Values<T> {
        if self.valid.iter().all(|&valid| valid) {
            Values::new(self.values)
        } else {
            Values::with_validity(self.values, self.valid)
        }
    }
}

impl<T: Copy + Default> FromIterator<Option<T>> for Numbers<T> {
    fn from_iter<I: IntoIterator<Item = Option<T>>>(values: I) -> Self {
        let mut numbers = Self { values: Vec::new(), valid: Vec::new() };
        values.into_iter().for_each(|value| numbers.push(value));
        numbers
    }
}
