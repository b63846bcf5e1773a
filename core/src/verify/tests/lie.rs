//! Tells one lie at a time.

use std::sync::Arc;

use crate::matching::{Matching, Outcome};

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

    /// Whether the checker accepts the changed outcome; `None` if nothing was changed.
    pub(super) fn is_believed(&self, change: impl FnOnce(&mut Outcome)) -> Option<bool> {
        let mut changed = self.matching.clone();
        change(Arc::make_mut(&mut changed.result));
        (changed.result != self.matching.result).then(|| changed.verify().is_ok())
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
