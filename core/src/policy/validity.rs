//! From when to when a policy is in force.

use crate::model::Date;

/// The days on which a policy is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Validity {
    /// The first day; `None` where there is none.
    pub from: Option<Date>,
    /// The last day; `None` where there is none.
    pub until: Option<Date>,
}

impl Validity {
    /// Whether the policy is in force on a day.
    #[must_use]
    pub fn holds(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_belong_to_it() {
        let day = |text| Date::parse(text).unwrap();
        let year = Validity { from: Some(day("2026-01-01")), until: Some(day("2026-12-31")) };
        for (text, holds) in [("2025-12-31", false), ("2026-01-01", true), ("2026-12-31", true), ("2027-01-01", false)]
        {
            assert_eq!(year.holds(day(text)), holds, "{text}");
        }
        assert!(Validity { from: None, ..year }.holds(day("1900-01-01")));
        assert!(Validity { until: None, ..year }.holds(day("2199-12-31")));
    }
}
