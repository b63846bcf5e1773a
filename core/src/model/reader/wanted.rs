//! What is wrong with a value and what would be right, put into words only where somebody will read them.

use super::super::codes::Code;
use crate::error::{Expected, FaultCode};

/// Why a value was not read. It never holds the value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wrong {
    pub(super) code: FaultCode,
    pub(super) wanted: Wanted,
}

/// What would have been right.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted {
    /// In these words.
    Words(&'static str),
    /// One word of a list of codes.
    OneOf(fn() -> String),
    /// A whole number in `[min, max]`.
    Whole { min: i64, max: i64 },
    /// Degrees in `[-limit, limit]`.
    Degrees { limit: u32 },
    /// An identifier that the row named here does not have.
    OtherThanRow(usize),
}

impl Wrong {
    /// A fault of this kind, and in these words what would be right.
    pub(super) const fn new(code: FaultCode, words: &'static str) -> Self {
        Self { code, wanted: Wanted::Words(words) }
    }

    /// A word that is not in a list of codes.
    pub(super) fn unknown<C: Code>() -> Self {
        Self { code: FaultCode::UnknownCode, wanted: Wanted::OneOf(words_of::<C>) }
    }
}

impl Wanted {
    /// The words.
    pub(super) fn into_words(self) -> Expected {
        match self {
            Self::Words(words) => words.into(),
            Self::OneOf(words) => format!("one of {}", words()).into(),
            Self::Whole { min, max } => format!("a whole number from {min} to {max}").into(),
            Self::Degrees { limit } => format!("degrees from -{limit} to {limit}").into(),
            Self::OtherThanRow(row) => format!("an identifier of its own, not that of row {row}").into(),
        }
    }
}

fn words_of<C: Code>() -> String {
    C::LIST.iter().map(|code| code.word()).collect::<Vec<_>>().join(", ")
}
