//! What the run must and may fill beside pinned needs.

use super::Rows;
use super::supply::Supply;
use crate::decision::form::File;

/// Floors and caps by node, of what pinned needs leave.
pub(super) struct Limits {
    pub(super) floor: Vec<u64>,
    /// Never more than there are needs.
    pub(super) cap: Vec<u64>,
    /// Pinned needs at a node and below it.
    pub(super) pinned: Vec<u64>,
}

impl Limits {
    pub(super) fn of(file: &File, supply: &Supply<'_>, rows: &Rows<'_>) -> Self {
        let nodes = &file.network.nodes;
        let mut pinned = vec![0u64; nodes.floor.len()];
        for need in (0..rows.n_needs()).filter(|&need| rows.is_pinned[need]) {
            for (node, _) in rows.row(need) {
                supply.path(node).for_each(|node| pinned[node] += 1);
            }
        }
        let n_needs = rows.n_needs() as u64;
        let open = |(places, &pinned): (&Option<u64>, &u64)| {
            places.map_or(n_needs, |places| n_needs.min(places.saturating_sub(pinned)))
        };
        Self {
            floor: nodes.floor.iter().zip(&pinned).map(|(floor, &pinned)| floor.saturating_sub(pinned)).collect(),
            cap: nodes.places.iter().zip(&pinned).map(open).collect(),
            pinned,
        }
    }

    /// Whether a floor is left to be met.
    pub(super) fn has_floors(&self) -> bool {
        self.floor.iter().any(|&floor| floor > 0)
    }
}
