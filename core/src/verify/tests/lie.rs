//! Tells one lie at a time.

use std::sync::Arc;

use crate::matching::{Matching, Outcome};
use crate::verify::Violation;

/// A matching about which lies are told.
pub(super) struct Victim<'a> {
    pub(super) seed: u64,
    pub(super) matching: &'a Matching,
}

impl Victim<'_> {
    /// Changes the outcome and asserts that the checker notices, if there was a change.
    pub(super) fn lie(&self, what: &str, change: impl FnOnce(&mut Outcome)) {
        if let Some(true) = self.is_believed(change) {
            panic!("seed {}: a lie about {what} is believed", self.seed);
        }
    }

    /// Changes the reason of an unmatched need and asserts that the checker names it, if there was a change: that the
    /// reasons are counted later, and no longer fit, is another check.
    pub(super) fn lie_about_reason(&self, row: usize, what: &str, change: impl FnOnce(&mut Outcome)) {
        if let Some(verdict) = self.verdict(change) {
            let wrong = Violation::Unmatched { row, field: "reason" };
            assert_eq!(verdict, Err(wrong), "seed {}: a lie about {what}", self.seed);
        }
    }

    /// Whether the checker accepts the changed outcome; `None` if nothing was changed.
    pub(super) fn is_believed(&self, change: impl FnOnce(&mut Outcome)) -> Option<bool> {
        self.verdict(change).map(|verdict| verdict.is_ok())
    }

    fn verdict(&self, change: impl FnOnce(&mut Outcome)) -> Option<Result<(), Violation>> {
        let mut changed = self.matching.clone();
        change(Arc::make_mut(&mut changed.result));
        (changed.result != self.matching.result).then(|| changed.verify().map(|_| ()))
    }
}

/// Removes, doubles, swaps and empties rows of a list; `list` finds it.
pub(super) fn disorder<T: Clone>(victim: &Victim<'_>, what: &str, list: impl Fn(&mut Outcome) -> &mut Vec<T>) {
    let mut outcome = (*victim.matching.result).clone();
    let n = list(&mut outcome).len();
    for row in 0..n {
        victim.lie(what, |o| drop(list(o).remove(row)));
        victim.lie(what, |o| {
            let copy = list(o)[row].clone();
            list(o).insert(row, copy);
        });
    }
    for row in 1..n {
        victim.lie(what, |o| list(o).swap(row - 1, row));
    }
    victim.lie(what, |o| list(o).clear());
}
