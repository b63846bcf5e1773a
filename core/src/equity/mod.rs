//! Service and waiting by client group, county, class and domain, for those who must see whether it is fair.
//!
//! [`Equity`] holds every number and is for the bureau. [`Equity::public`] leaves out whatever is small, and as much more
//! as it takes that nothing small can be had by subtraction.

mod count;
mod public;
mod range;

pub use public::{MIN_PUBLIC, PublicEquity, PublicRow, PublicTable};
pub use range::ServedRange;

use std::fmt;

use serde::{Serialize, Serializer};

/// Along what needs are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Dimension {
    /// How urgent they are.
    Tier,
    /// Client groups. A resident may belong to several or to none.
    ClientGroup,
    /// The county of the community.
    County,
    /// The urban and rural class of the community, or `unknown`.
    UrbanRuralClass,
    /// Domains.
    Domain,
}

impl Dimension {
    /// Every dimension, in the order of the tables.
    pub const ALL: &'static [Self] =
        &[Self::Tier, Self::ClientGroup, Self::County, Self::UrbanRuralClass, Self::Domain];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tier => "tier",
            Self::ClientGroup => "client_group",
            Self::County => "county",
            Self::UrbanRuralClass => "urban_rural_class",
            Self::Domain => "domain",
        }
    }

    /// The dimension of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|dimension| dimension.code() == code)
    }

    /// Whether each need has exactly one key.
    const fn is_partition(self) -> bool {
        !matches!(self, Self::ClientGroup)
    }
}

impl Serialize for Dimension {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// How many needs there are of a kind, how many are served, and how long they have waited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Cells {
    /// Needs.
    pub needs: u64,
    /// Those that are served.
    pub served: u64,
    /// Days that all of them have waited, together.
    pub waiting_days: u64,
    /// Days that those of them have waited which are served, together.
    pub waiting_days_served: u64,
}

/// One kind of needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EquityRow {
    /// The code of the kind, such as `elderly_care` or `140524000000`.
    pub key: String,
    /// Its numbers.
    pub cells: Cells,
}

/// All kinds along one dimension that occur, in the order of their codes' list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EquityTable {
    /// Along what.
    pub dimension: Dimension,
    /// The kinds.
    pub rows: Vec<EquityRow>,
}

/// Every number, small ones included: not for publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Equity {
    /// All needs.
    pub all: Cells,
    /// One table for each of [`Dimension::ALL`].
    pub tables: Vec<EquityTable>,
    /// For each pair of client groups that occur what is in both: with it differences of groups are known.
    #[serde(skip)]
    pub(crate) overlaps: Vec<Overlap>,
}

/// What two client groups have in common; rows of their table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Overlap {
    pub(crate) rows: (usize, usize),
    pub(crate) both: Cells,
}

impl Equity {
    /// The tables as JSON: keys in a fixed order, whole numbers only.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("no number of the tables is refused by JSON")
    }
}

impl Cells {
    /// Needs that are not served.
    #[must_use]
    pub fn unserved(&self) -> u64 {
        self.needs - self.served
    }

    fn add(&mut self, waiting_days: u32, is_served: bool) {
        self.needs += 1;
        self.waiting_days += u64::from(waiting_days);
        if is_served {
            self.served += 1;
            self.waiting_days_served += u64::from(waiting_days);
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            needs: self.needs + other.needs,
            served: self.served + other.served,
            waiting_days: self.waiting_days + other.waiting_days,
            waiting_days_served: self.waiting_days_served + other.waiting_days_served,
        }
    }

    /// Needs of this kind which are not of the other, where all of the other are of this.
    fn without(self, other: Self) -> Self {
        Self {
            needs: self.needs - other.needs,
            served: self.served - other.served,
            waiting_days: self.waiting_days - other.waiting_days,
            waiting_days_served: self.waiting_days_served - other.waiting_days_served,
        }
    }
}

#[cfg(test)]
mod tests;
