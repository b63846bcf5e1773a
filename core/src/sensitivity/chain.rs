//! Who would move.

use crate::total::Total;

/// A need that changes its node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) need: u32,
    /// The node that served it; `None` where none did.
    pub(crate) from: Option<u32>,
    /// The node that would serve it; `None` where none would.
    pub(crate) to: Option<u32>,
}

/// What would change, and what the total would lose by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// The total less the total after the change; below zero for a gain.
    pub(crate) loss: Total,
    /// The chain of needs that move, from the change on. No need is in it twice.
    pub(crate) moves: Vec<Move>,
}

impl Change {
    /// Nothing changes.
    pub(crate) fn none() -> Self {
        Self { loss: Total::ZERO, moves: Vec::new() }
    }
}
