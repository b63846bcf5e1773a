//! Dates of papers, around the day for which the sample is made.

use std::fmt;

use crate::random::Random;

/// The day for which the sample is made: papers that end before it have expired.
pub const REFERENCE_DATE: &str = "2026-01-01";

/// A last valid day, or another day of a paper; the month has at least 28 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LastDay {
    year: u16,
    month: u8,
    day: u8,
}

impl LastDay {
    /// Some day of the years in `[first, last]`.
    fn within(random: &mut Random, first: u32, last: u32) -> Self {
        let year = random.within((first, last)) as u16;
        Self { year, month: random.within((1, 12)) as u8, day: random.within((1, 28)) as u8 }
    }

    /// Has ended by the reference date, or will this year or later.
    pub(crate) fn expired(self) -> bool {
        self.year < 2026
    }
}

impl fmt::Display for LastDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// When the incubation of an organization began: in the two years before the reference date.
pub(crate) fn incubated_since(random: &mut Random) -> LastDay {
    LastDay::within(random, 2024, 2025)
}

/// The last day of a paper that is renewed every three to five years; so many per mille have expired.
pub(crate) fn certificate(random: &mut Random, expired_per_mille: u32) -> LastDay {
    if random.chance(expired_per_mille) {
        LastDay::within(random, 2023, 2025)
    } else {
        LastDay::within(random, 2026, 2029)
    }
}

/// The last day of a yearly check; `None` where it was never made.
pub(crate) fn yearly_check(random: &mut Random, missing_per_mille: u32, expired_per_mille: u32) -> Option<LastDay> {
    if random.chance(missing_per_mille) {
        return None;
    }
    let year = if random.chance(expired_per_mille) { 2025 } else { 2026 };
    Some(LastDay::within(random, year, year))
}
