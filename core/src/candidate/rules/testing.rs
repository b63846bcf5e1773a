//! Asks one rule about a town of one need, one worker and one organization.

use crate::candidate::{RuleId, RuleSet, failed_rules};
use crate::testing::{Cell, Town, need, provider};

/// A day on which a paper is still valid.
pub(super) const LATER: &str = "2026-12-31";
/// A day before the evaluation date.
pub(super) const EARLIER: &str = "2025-12-31";

/// What worker and organization fail.
pub(super) fn failed(town: &Town) -> (RuleSet, RuleSet) {
    let problem = town.problem();
    let by = |id| failed_rules(&problem, need(&problem, "n"), provider(&problem, id));
    (by("w"), by("o"))
}

/// Whether the worker passes, all other rules aside.
pub(super) fn worker_passes(rule: RuleId, need: &[Cell<'_>], worker: &[Cell<'_>], organization: &[Cell<'_>]) -> bool {
    !failed(&Town::of_one(need, worker, organization)).0.contains(rule)
}

/// Whether the organization passes without naming a worker.
pub(super) fn organization_passes(rule: RuleId, need: &[Cell<'_>], organization: &[Cell<'_>]) -> bool {
    !failed(&Town::of_one(need, &[], organization)).1.contains(rule)
}
