//! Division codes (行政区划代码) of twelve digits: province, prefecture, county, township, village.

use std::fmt;

/// A division code: `PP CC DD TTT VVV`, after GB/T 2260, GB/T 10114 and the coding rules of the statistics office.
///
/// The level is that of the last group that is not zero, and a code contains every code that continues it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DivisionCode(u64);

/// The level of a division.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DivisionLevel {
    /// 省级.
    Province,
    /// 地级.
    Prefecture,
    /// 县级.
    County,
    /// 乡级.
    Township,
    /// 村级.
    Village,
}

impl DivisionLevel {
    pub(crate) const ALL: [Self; 5] = [Self::Province, Self::Prefecture, Self::County, Self::Township, Self::Village];

    /// The number that one division of this level spans in the numbering of all villages.
    const fn span(self) -> u64 {
        match self {
            Self::Province => 10_000_000_000,
            Self::Prefecture => 100_000_000,
            Self::County => 1_000_000,
            Self::Township => 1_000,
            Self::Village => 1,
        }
    }
}

/// What kind of committee a village-level code stands for. Its number tells, not the name of the place: thousands of
/// villagers' committees have 社区 in their name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum VillageKind {
    /// 居委会, 001 to 199.
    ResidentsCommittee,
    /// 村委会, 200 to 399.
    VillagersCommittee,
    /// 类似居委会, 400 to 499.
    LikeResidentsCommittee,
    /// 类似村委会, 500 to 599.
    LikeVillagersCommittee,
}

impl DivisionCode {
    /// Reads a code of twelve digits, or a short form of two, four, six or nine, which is filled with zeros.
    ///
    /// Gives `None` for anything else, and for a province of `00`.
    ///
    /// # Examples
    ///
    /// ```
    /// use needmatch::model::codes::{DivisionCode, DivisionLevel};
    ///
    /// let county = DivisionCode::parse("140524").unwrap();
    /// let village = DivisionCode::parse("140524100001").unwrap();
    /// assert_eq!(county.to_string(), "140524000000");
    /// assert_eq!(village.level(), DivisionLevel::Village);
    /// assert!(county.contains(village));
    /// assert_eq!(DivisionCode::parse("1.40524E+11"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.len();
        if !matches!(digits, 2 | 4 | 6 | 9 | 12) || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let short: u64 = text.parse().ok()?;
        let code = short * 10u64.pow(12 - digits as u32);
        (code >= DivisionLevel::Province.span()).then_some(Self(code))
    }

    /// The level of the last group that is not zero.
    #[must_use]
    pub fn level(self) -> DivisionLevel {
        let level = DivisionLevel::ALL.into_iter().find(|level| self.0.is_multiple_of(level.span()));
        level.expect("every number is a multiple of 1, the span of a village")
    }

    /// The division of a higher level that holds this one; the code itself where it has no lower level.
    #[must_use]
    pub fn at_level(self, level: DivisionLevel) -> Self {
        Self(self.0 - self.0 % level.span())
    }

    /// The kind of a village-level code; `None` at the other levels and for numbers that are not given out.
    #[must_use]
    pub fn village_kind(self) -> Option<VillageKind> {
        match self.0 % DivisionLevel::Township.span() {
            1..=199 => Some(VillageKind::ResidentsCommittee),
            200..=399 => Some(VillageKind::VillagersCommittee),
            400..=499 => Some(VillageKind::LikeResidentsCommittee),
            500..=599 => Some(VillageKind::LikeVillagersCommittee),
            _ => None,
        }
    }

    /// Whether the other division is this one or lies in it.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        other.at_level(self.level()) == self
    }
}

impl fmt::Display for DivisionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012}", self.0)
    }
}

impl fmt::Debug for DivisionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DivisionCode({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_follow_the_last_group_that_is_not_zero() {
        let level = |text| DivisionCode::parse(text).map(DivisionCode::level);
        assert_eq!(level("14"), Some(DivisionLevel::Province));
        assert_eq!(level("140500000000"), Some(DivisionLevel::Prefecture));
        assert_eq!(level("140524"), Some(DivisionLevel::County));
        assert_eq!(level("140524100"), Some(DivisionLevel::Township));
        assert_eq!(level("140524100001"), Some(DivisionLevel::Village));
    }

    #[test]
    fn the_last_three_digits_tell_the_kind_of_committee() {
        let kind = |text| DivisionCode::parse(text).and_then(DivisionCode::village_kind);
        assert_eq!(kind("140502001001"), Some(VillageKind::ResidentsCommittee));
        assert_eq!(kind("140502001199"), Some(VillageKind::ResidentsCommittee));
        assert_eq!(kind("140524100200"), Some(VillageKind::VillagersCommittee));
        assert_eq!(kind("140524100399"), Some(VillageKind::VillagersCommittee));
        assert_eq!(kind("140524100400"), Some(VillageKind::LikeResidentsCommittee));
        assert_eq!(kind("140524100599"), Some(VillageKind::LikeVillagersCommittee));
        assert_eq!(kind("140524100600"), None);
        assert_eq!(kind("140524100"), None);
    }

    #[test]
    fn other_forms_are_refused() {
        for text in
            ["", "1", "14052", "00", "001234567890", "14052410000a", "１４０５２４", "1405241000011", "-14052410000"]
        {
            assert_eq!(DivisionCode::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_division_contains_what_continues_it() {
        let code = |text| DivisionCode::parse(text).unwrap();
        assert!(code("1405").contains(code("140524100001")));
        assert!(code("140524100001").contains(code("140524100001")));
        assert!(!code("140524100").contains(code("140524101001")));
        assert!(!code("140524100001").contains(code("140524100")));
    }
}
