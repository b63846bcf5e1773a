//! What one place more and one fewer is worth, for every worker, organization and group.

use super::optimum::Optimum;
use super::{Change, Explainer};
use crate::control::Control;
use crate::error::Error;
use crate::matching::Node;
use crate::options::Options;
use crate::pool;
use crate::sensitivity;

/// What one place is worth, both ways.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlaceValue {
    /// Whose place.
    pub node: Node,
    /// Places that were open before the run; `None` for a group without a cap.
    pub places: Option<u64>,
    /// How many of them the run fills, pinned needs included.
    pub used: u64,
    /// What follows from one place more; the gain is its loss below zero.
    pub more: Change,
    /// What follows from one place fewer; `None` where there is no place that could be taken away: there is none, pinned
    /// needs take all, or floors and quotas could not be kept.
    pub fewer: Option<Change>,
}

impl Explainer {
    /// What one place more and one fewer is worth at every worker, organization and group, in the order of
    /// [`Matching::capacity`](crate::Matching::capacity). Each is exact on its own; two places may be worth less than
    /// twice as much.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`] or [`Error::Limit`] as the control asks; [`Error::Threads`] if the threads cannot be started.
    ///
    /// # Complexity
    ///
    /// Two searches for each organization and group with full places.
    pub fn values(&self, options: &Options<'_>) -> Result<Vec<PlaceValue>, Error> {
        let quiet = Control::new();
        let control = options.control.unwrap_or(&quiet);
        control.check()?;
        let values = pool::run(options.threads, || self.told_values(control))?;
        let mut values: Vec<_> = values.into_iter().map(Some).collect();
        let value = |capacity: &crate::matching::Capacity| {
            let (more, fewer) = values[self.forest.index(capacity.node) as usize].take()?;
            Some(PlaceValue { node: capacity.node, places: capacity.places, used: capacity.used, more, fewer })
        };
        // Every node has one row of capacity.
        Ok(self.matching.capacity().iter().filter_map(value).collect())
    }

    /// For each node what follows from one place more and from one fewer.
    fn told_values(&self, control: &Control) -> Result<Vec<(Change, Option<Change>)>, Error> {
        match &self.optimum {
            Optimum::Places(own) => {
                let told =
                    |value: sensitivity::PlaceValue| (self.told(value.more), value.fewer.map(|fewer| self.told(fewer)));
                Ok(own.values(control)?.into_iter().map(told).collect())
            }
            Optimum::Bounds(own) => {
                let told =
                    |(more, fewer): (_, Option<_>)| (self.told_moves(more), fewer.map(|fewer| self.told_moves(fewer)));
                Ok(own.values(control)?.into_iter().map(told).collect())
            }
        }
    }
}
