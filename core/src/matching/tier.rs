//! How urgent a need is.

use serde::{Serialize, Serializer};

use crate::error::Language;
use crate::model::codes::Risk;

/// The urgency of a need, from the colour of its risk: 1 is the most urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Red.
    P1,
    /// Yellow.
    P2,
    /// Blue.
    P3,
    /// Green.
    P4,
}

impl Tier {
    /// Every tier, the most urgent first.
    pub const ALL: [Self; 4] = [Self::P1, Self::P2, Self::P3, Self::P4];

    /// The tier of a risk.
    #[must_use]
    pub const fn of(risk: Risk) -> Self {
        match risk {
            Risk::Red => Self::P1,
            Risk::Yellow => Self::P2,
            Risk::Blue => Self::P3,
            Risk::Green => Self::P4,
        }
    }

    /// 1 for the most urgent to 4.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The tier in words.
    #[must_use]
    pub const fn text(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::P1, Language::English) => "P1 (red)",
            (Self::P2, Language::English) => "P2 (yellow)",
            (Self::P3, Language::English) => "P3 (blue)",
            (Self::P4, Language::English) => "P4 (green)",
            (Self::P1, Language::Chinese) => "一级（红）",
            (Self::P2, Language::Chinese) => "二级（黄）",
            (Self::P3, Language::Chinese) => "三级（蓝）",
            (Self::P4, Language::Chinese) => "四级（绿）",
        }
    }
}

/// As its number.
impl Serialize for Tier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_higher_the_risk_the_lower_the_number() {
        let numbers: Vec<u8> = Risk::ALL.iter().map(|&risk| Tier::of(risk).number()).collect();
        assert_eq!(numbers, [4, 3, 2, 1]);
    }
}
