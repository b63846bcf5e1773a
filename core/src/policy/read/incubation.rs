//! How the cap of an incubating organization rises.

use crate::policy::Incubation;
use crate::policy::section::Section;

/// Longest period in days.
const LONGEST_PERIOD: u32 = 3660;
/// Most periods.
const MOST_PERIODS: usize = 60;

pub(super) fn incubation(section: &Section<'_>) -> Incubation {
    section.allow_only(&["period_days", "ramp_per_mille"]);
    let ramp_per_mille = section.integers("ramp_per_mille", 0, 1000);
    if !ramp_per_mille.is_sorted() || ramp_per_mille.len() > MOST_PERIODS {
        section.fault("ramp_per_mille", format!("at most {MOST_PERIODS} parts, none below the one before"));
    }
    Incubation { period_days: section.integer("period_days", 1, LONGEST_PERIOD), ramp_per_mille }
}
