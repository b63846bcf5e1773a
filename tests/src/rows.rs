//! Tables with one thing changed.

use needmatch::{Column, Table, Tables, Texts, Values};

/// The names of the tables that a sample has, in the order of the library.
pub const TABLES: [&str; 5] = ["communities", "groups", "organizations", "workers", "needs"];

/// The table of that name.
///
/// # Panics
///
/// Panics if there is none.
#[must_use]
pub fn table<'a>(tables: &'a Tables, name: &str) -> &'a Table {
    match name {
        "communities" => &tables.communities,
        "groups" => tables.groups.as_ref().expect("the sample has groups"),
        "organizations" => &tables.organizations,
        "workers" => &tables.workers,
        "needs" => &tables.needs,
        other => panic!("no table is called {other}"),
    }
}

/// The tables with one of them replaced.
///
/// # Panics
///
/// Panics if there is none of that name.
#[must_use]
pub fn with_table(tables: &Tables, name: &str, table: Table) -> Tables {
    let mut changed = tables.clone();
    match name {
        "communities" => changed.communities = table,
        "groups" => changed.groups = Some(table),
        "organizations" => changed.organizations = table,
        "workers" => changed.workers = table,
        "needs" => changed.needs = table,
        other => panic!("no table is called {other}"),
    }
    changed
}

/// The table with each column passed through a function; `None` leaves the column out.
#[must_use]
pub fn map_columns(table: &Table, change: impl Fn(&str, &Column) -> Option<Column>) -> Table {
    let columns = table.columns().iter().filter_map(|(name, column)| Some((name, change(name, column)?)));
    columns.fold(Table::new(), |table, (name, column)| table.with(name.as_str(), column))
}

/// The rows of a column in another order, or some of them, or some of them several times.
#[must_use]
pub fn take(column: &Column, rows: &[usize]) -> Column {
    match column {
        Column::Text(texts) => {
            let mut taken = Texts::new();
            rows.iter().for_each(|&row| taken.push(texts.get(row)));
            Column::Text(taken)
        }
        Column::Int(values) => Column::Int(rows.iter().map(|&row| values.get(row)).collect::<Values<_>>()),
        Column::Float(values) => Column::Float(rows.iter().map(|&row| values.get(row)).collect::<Values<_>>()),
        Column::Bool(values) => Column::Bool(rows.iter().map(|&row| values.get(row)).collect::<Values<_>>()),
        other => panic!("a kind of column that this judge does not know: {other:?}"),
    }
}
