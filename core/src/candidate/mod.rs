//! Candidates: the pairs of need and provider that pass every hard rule.

mod rule;

pub use rule::{RuleId, RuleSet};
