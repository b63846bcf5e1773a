//! Tables as plain texts, for judges that read them on their own.

use std::collections::BTreeMap;

use needmatch::{Column, Table};

/// One row: column by name, missing values left out.
pub(crate) type Cells = BTreeMap<String, String>;

/// The rows of a table as texts. Truth values are `true` and `false`.
///
/// # Panics
///
/// Panics at texts that are not UTF-8.
pub(crate) fn rows_of(table: &Table) -> Vec<Cells> {
    (0..table.n_rows())
        .map(|row| {
            let cells = table.columns().iter().map(|(name, column)| Some((name.clone(), cell(column, row)?)));
            cells.flatten().collect()
        })
        .collect()
}

fn cell(column: &Column, row: usize) -> Option<String> {
    let text = match column {
        Column::Text(texts) => String::from_utf8(texts.get(row)?.to_vec()).expect("the sample is UTF-8"),
        Column::Int(values) => values.get(row)?.to_string(),
        Column::Float(values) => values.get(row)?.to_string(),
        Column::Bool(values) => values.get(row)?.to_string(),
        other => panic!("a kind of column that this judge does not know: {other:?}"),
    };
    (!text.is_empty()).then_some(text)
}

/// The text of a column, empty where it is missing.
pub(crate) fn text<'a>(cells: &'a Cells, column: &str) -> &'a str {
    cells.get(column).map_or("", String::as_str)
}

/// The entries of a list.
pub(crate) fn list<'a>(cells: &'a Cells, column: &str) -> impl Iterator<Item = &'a str> {
    text(cells, column).split(';').map(str::trim).filter(|entry| !entry.is_empty())
}
