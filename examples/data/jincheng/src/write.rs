//! Writes tables as CSV files (RFC 4180, UTF-8 without a mark, lines end with LF).

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use needmatch::{Column, Table, Tables};

/// Writes each table into a folder, which is made if need be: `needs.csv`, `workers.csv`, `organizations.csv`,
/// `communities.csv` and, where there are groups, `groups.csv`. A missing value is an empty cell.
///
/// # Errors
///
/// Whatever the file system reports.
pub fn write_csv(tables: &Tables, folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (name, table) in named(tables) {
        let mut file = BufWriter::new(File::create(folder.join(format!("{name}.csv")))?);
        write_table(table, &mut file)?;
        file.flush()?;
    }
    Ok(())
}

/// The tables that are there, by name.
fn named(tables: &Tables) -> impl Iterator<Item = (&'static str, &Table)> {
    let always = [
        ("needs", &tables.needs),
        ("workers", &tables.workers),
        ("organizations", &tables.organizations),
        ("communities", &tables.communities),
    ];
    always.into_iter().chain(tables.groups.iter().map(|table| ("groups", table)))
}

/// Writes one table.
///
/// # Errors
///
/// Whatever the writer reports.
pub fn write_table(table: &Table, to: impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(to);
    writer.write_record(table.columns().iter().map(|(name, _)| name))?;
    let mut cell = Vec::new();
    for row in 0..table.n_rows() {
        for (_, column) in table.columns() {
            cell.clear();
            write_cell(column, row, &mut cell)?;
            writer.write_field(&cell)?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

fn write_cell(column: &Column, row: usize, cell: &mut Vec<u8>) -> io::Result<()> {
    match column {
        Column::Text(texts) => cell.extend_from_slice(texts.get(row).unwrap_or_default()),
        Column::Int(values) => values.get(row).map_or(Ok(()), |value| write!(cell, "{value}"))?,
        Column::Float(values) => values.get(row).map_or(Ok(()), |value| write!(cell, "{value}"))?,
        Column::Bool(values) => values.get(row).map_or(Ok(()), |value| write!(cell, "{value}"))?,
        _ => return Err(io::Error::new(io::ErrorKind::Unsupported, "a column of a type unknown here")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use needmatch::Values;

    use super::*;

    #[test]
    fn missing_values_are_empty_cells_and_separators_are_quoted() {
        let table = Table::new()
            .with("text", Column::Text([Some("a,\"b\""), None].into_iter().collect()))
            .with("int", Column::Int([None, Some(-3)].into_iter().collect()))
            .with("float", Column::Float(Values::new(vec![112.8536, 35.0])))
            .with("bool", Column::Bool([Some(true), None].into_iter().collect()));
        let mut bytes = Vec::new();
        write_table(&table, &mut bytes).unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap(), "text,int,float,bool\n\"a,\"\"b\"\"\",,112.8536,true\n,-3,35,\n");
    }
}
