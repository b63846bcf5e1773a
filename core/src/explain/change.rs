//! What one change would cost, and who would move.

use super::Explainer;
use crate::matching::{Node, Tier};
use crate::model::NeedId;
use crate::sensitivity;
use crate::total::Total;

/// A need that would have another provider, or none any more, or one at last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Move {
    /// The need.
    pub need: NeedId,
    /// How urgent it is.
    pub tier: Tier,
    /// The worker who serves it now, or the organization that does so without naming one; `None` where nobody does.
    pub from: Option<Node>,
    /// Who would serve it instead; `None` where nobody would.
    pub to: Option<Node>,
}

/// What would follow from one change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The total less the total after the change: exact. Below zero for a gain.
    pub loss: Total,
    /// The chain of needs that move, from the change on; nobody else is concerned. No need is in it twice, one at most is
    /// served anew, and one at most is served no longer.
    ///
    /// Of equally good chains it is the one with fewest moves; docs/adr/0023-explained-by-shortest-ways.md has the whole
    /// rule.
    pub moves: Vec<Move>,
}

impl Change {
    /// The need that nobody serves now and that would be served.
    #[must_use]
    pub fn gains(&self) -> Option<NeedId> {
        self.moves.iter().find(|moved| moved.from.is_none() && moved.to.is_some()).map(|moved| moved.need)
    }

    /// The need that would be served no longer.
    #[must_use]
    pub fn loses(&self) -> Option<NeedId> {
        self.moves.iter().find(|moved| moved.from.is_some() && moved.to.is_none()).map(|moved| moved.need)
    }

    /// How many more needs of each tier would be served, in the order of [`Tier::ALL`]; below zero for fewer.
    #[must_use]
    pub fn served_by_tier(&self) -> [i64; Tier::ALL.len()] {
        let mut served = [0; Tier::ALL.len()];
        for moved in &self.moves {
            served[moved.tier as usize] += i64::from(moved.to.is_some()) - i64::from(moved.from.is_some());
        }
        served
    }
}

impl Explainer {
    /// A change of the network in terms of people.
    pub(super) fn told(&self, change: sensitivity::Change) -> Change {
        let node = |v: u32| self.forest.node(v);
        let moves = change.moves.into_iter().map(|moved| {
            let need = NeedId::new(moved.need as usize);
            let tier = Tier::of(self.matching.problem().needs()[need.index()].risk);
            Move { need, tier, from: moved.from.map(node), to: moved.to.map(node) }
        });
        Change { loss: change.loss, moves: moves.collect() }
    }
}
