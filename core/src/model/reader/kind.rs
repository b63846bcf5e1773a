//! What a column holds, and so which types of column can hold it.

use super::field::Raw;
use crate::error::FaultCode;
use crate::table::Column;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One identifier.
    Id,
    /// Identifiers separated by `;`.
    Ids,
    /// One word of a list of codes.
    Word,
    /// One word or number of a list of codes that has numbers.
    Code,
    /// Words of a list of codes, separated by `;`.
    Words,
    /// One division code.
    Division,
    /// Division codes separated by `;`.
    Divisions,
    /// A text of another form: a credit code, a date, a name.
    Text,
    /// A number.
    Number,
    /// True or false.
    Flag,
}

impl Kind {
    /// What is wrong with the type of a column as a whole, and what would be right.
    ///
    /// A column without any value is right for every kind: data frames give such columns any type.
    pub(super) fn fault_of(self, column: &Column) -> Option<(FaultCode, &'static str)> {
        let is_right = match column {
            Column::Text(_) => true,
            Column::Int(_) => !matches!(self, Self::Word | Self::Words | Self::Text),
            Column::Float(_) => matches!(self, Self::Id | Self::Ids | Self::Code | Self::Number | Self::Flag),
            Column::Bool(_) => self == Self::Flag,
        };
        if is_right || (0..column.len()).all(|row| Raw::of(column, row).is_none()) {
            return None;
        }
        match (self, column) {
            // A number that went through floating point may have lost digits, and nobody can tell which.
            (Self::Division | Self::Divisions, Column::Float(_)) => Some((FaultCode::DamagedCode, self.types())),
            _ => Some((FaultCode::ColumnType, self.types())),
        }
    }

    /// The types of column that hold this kind, in words.
    const fn types(self) -> &'static str {
        match self {
            Self::Id | Self::Ids | Self::Code => "texts or whole numbers",
            Self::Division | Self::Divisions => "codes as texts or whole numbers",
            Self::Number => "numbers",
            Self::Flag => "truth values",
            Self::Word | Self::Words | Self::Text => "texts",
        }
    }
}
