//! The policy: everything that a person decides about how needs are matched, as versioned data.

use crate::model::Date;
use crate::model::codes::Risk;

/// A checked policy.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Policy {
    /// Which version of the policy this is.
    pub version: String,
    /// The day for which expiry dates count.
    pub evaluation_date: Date,
    /// The lottery seed, which decides the canonical order.
    pub seed: String,
}

impl Policy {
    /// The colour of a raw grade, or `None` for an unknown scale or grade.
    #[must_use]
    pub fn risk_of_grade(&self, scale: &str, grade: &str) -> Option<Risk> {
        match scale {
            "colour" => Risk::from_code(grade),
            _ => None,
        }
    }

    /// The policy as text: the same for equal policies.
    #[must_use]
    pub fn to_toml(&self) -> String {
        format!("version = {:?}\nevaluation_date = {}\nseed = {:?}\n", self.version, self.evaluation_date, self.seed)
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            version: "1".to_owned(),
            evaluation_date: Date::new(2026, 1, 1).expect("the first of January exists"),
            seed: String::new(),
        }
    }
}
