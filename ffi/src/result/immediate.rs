//! The statutory emergencies.

use super::{Column, int, text, whole};

/// Each cell looks for its row from the first on: emergencies are few.
pub(super) fn columns() -> Vec<Column> {
    vec![
        int("need_row", |m, row| whole(m.problem().row_of_need(m.immediate().nth(row)?))),
        text("need_id", |m, row| Some(m.need_id(m.immediate().nth(row)?).into())),
    ]
}
