//! How kinds of needs came out under an objective that compares them.

use std::cmp::Ordering;
use std::fmt;

use super::Unmet;
use crate::model::codes::{ClientGroup, DivisionCode};
use crate::solve::Price;

/// A kind of needs, of those that the objective compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// The needs that arise in a county or a township.
    Area(DivisionCode),
    /// The needs of residents who belong to a client group.
    ClientGroup(ClientGroup),
}

impl fmt::Display for Kind {
    /// Writes the code, such as `140524000000` or `left_behind_child`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Area(area) => area.fmt(f),
            Self::ClientGroup(group) => f.write_str(group.code()),
        }
    }
}

/// How many needs of how many are served: a fraction in lowest terms, from 0/1 to 1/1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[non_exhaustive]
pub struct Rate {
    /// Served needs.
    pub served: u64,
    /// Out of so many; at least 1.
    pub needs: u64,
}

impl Rate {
    /// Every need is served.
    pub(crate) const ALL: Self = Self { served: 1, needs: 1 };

    /// The rate of so many served needs, out of at least one and no fewer.
    pub(crate) fn of(served: u64, needs: u64) -> Self {
        let (mut a, mut b) = (needs, served);
        while b > 0 {
            (a, b) = (b, a % b);
        }
        Self { served: served / a.max(1), needs: needs / a.max(1) }
    }
}

impl Ord for Rate {
    /// By how much is served.
    fn cmp(&self, other: &Self) -> Ordering {
        let times = |a: u64, b: u64| u128::from(a) * u128::from(b);
        times(self.served, other.needs).cmp(&times(other.served, self.needs))
    }
}

impl PartialOrd for Rate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.served, self.needs)
    }
}

/// A kind of needs with what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KindResult {
    /// The kind.
    pub kind: Kind,
    /// Needs of it that have a candidate, pinned ones included; at least 1.
    pub needs: u64,
    /// How many of them are served.
    pub served: u64,
    /// Fewest that must be served so that the rate is no less than the least; under `leximin` as many as are.
    pub floor: u64,
    /// What the total would gain at most if the floor were one higher: below zero where the floor costs something.
    pub price: Price,
}

/// The rates of all kinds that the objective compares, and what proves that the least of them could not be greater.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rates {
    /// The kinds of which any need has a candidate, areas by code, client groups in the order of their list.
    pub kinds: Vec<KindResult>,
    /// The least rate of any kind; 1/1 where there are no kinds.
    pub least: Rate,
    /// No matching has a greater least rate. Above [`least`](Self::least) only where kinds or quotas cross.
    pub bound: Rate,
    /// A set that is short of needs or places if every kind must be above the bound; `None` where the bound is 1/1,
    /// and under `leximin`.
    pub proof: Option<Unmet>,
    /// Under `leximin` sets that are short of needs or places if every need of their kinds must be served; of any two sets
    /// the kinds of one are all or none among those of the other. So their kinds can have no more served together.
    pub ceilings: Vec<Unmet>,
    /// Under `leximin` the greatest rates within the ceilings, ascending: no matching has a greater least rate, or the same
    /// and a greater second least, and so on. The rates of the kinds are below these only where kinds or quotas cross, or a
    /// quota holds needs of several kinds.
    pub greatest: Vec<Rate>,
}

impl Rates {
    /// Whether no matching has a greater least rate, under `leximin` greater rates from the least on.
    #[must_use]
    pub fn are_proven(&self) -> bool {
        let mut own: Vec<Rate> = self.kinds.iter().map(|row| Rate::of(row.served, row.needs)).collect();
        own.sort_unstable();
        self.least == self.bound && (self.greatest.is_empty() || self.greatest == own)
    }
}
