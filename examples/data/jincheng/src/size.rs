//! How large a sample is.

use std::fmt;
use std::str::FromStr;

/// How large a sample is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Size {
    /// 27 pilot communities, 3 to 5 in each county (试点社区): about a thousand needs.
    Pilot,
    /// Yangcheng county (阳城县): about five thousand needs.
    County,
    /// Jincheng: about 34 thousand needs.
    City,
    /// Jincheng and fifteen synthetic prefectures of its build: about 540 thousand needs.
    Province,
}

impl Size {
    /// All sizes from small to large.
    pub const ALL: [Self; 4] = [Self::Pilot, Self::County, Self::City, Self::Province];

    /// The name, as [`from_str`](Self::from_str) reads it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pilot => "pilot",
            Self::County => "county",
            Self::City => "city",
            Self::Province => "province",
        }
    }

    /// How many prefectures it holds, in whole or in part.
    pub(crate) const fn n_prefectures(self) -> usize {
        match self {
            Self::Province => 16,
            _ => 1,
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Size {
    type Err = UnknownSize;

    fn from_str(text: &str) -> Result<Self, UnknownSize> {
        Self::ALL.into_iter().find(|size| size.name() == text).ok_or(UnknownSize)
    }
}

/// A text that names no [`Size`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownSize;

impl fmt::Display for UnknownSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("size is none of pilot, county, city, province")
    }
}

impl std::error::Error for UnknownSize {}
