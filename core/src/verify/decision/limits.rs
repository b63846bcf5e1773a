//! What the run must and may fill beside pinned needs.

use super::Rows;
use super::head::Head;
use super::supply::Supply;
use crate::decision::form::File;

/// Floors and caps by node, of what pinned needs leave.
pub(super) struct Limits {
    pub(super) floor: Vec<u64>,
    /// Never more than there are needs.
    pub(super) cap: Vec<u64>,
    /// Pinned needs at a node and below it.
    pub(super) pinned: Vec<u64>,
    /// Where squares of caseloads count, how many needs each worker serves already, pinned ones included.
    held: Option<Vec<u64>>,
}

impl Limits {
    pub(super) fn of(file: &File, head: &Head<'_>, supply: &Supply<'_>, rows: &Rows<'_>) -> Self {
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
        let caseload = nodes.caseload.as_ref().filter(|_| head.counts_squares);
        Self {
            held: caseload.map(|own| own.iter().zip(&pinned).map(|(own, pinned)| own + pinned).collect()),
            floor: nodes.floor.iter().zip(&pinned).map(|(floor, &pinned)| floor.saturating_sub(pinned)).collect(),
            cap: nodes.places.iter().zip(&pinned).map(open).collect(),
            pinned,
        }
    }

    /// What the square of a node's caseload grows by if it serves so many needs; 0 where squares do not count.
    pub(super) fn growth(&self, node: usize, needs: u64) -> i128 {
        let held = self.held.as_ref().and_then(|held| held.get(node));
        held.map_or(0, |&held| i128::from(needs) * (i128::from(needs) + 2 * i128::from(held)))
    }

    /// The most that a node can be worth at a price within floor and cap, the growth of its square taken away; `None` if
    /// 128 bits do not suffice.
    pub(super) fn most(&self, node: usize, price: i128) -> Option<i128> {
        let (floor, cap) = (self.floor[node], self.cap[node].max(self.floor[node]));
        let needs = match self.held.as_ref().and_then(|held| held.get(node)) {
            None if price > 0 => cap,
            None => floor,
            // A further place costs 2 (held + x) + 1, so it pays as long as that is no more than the price.
            Some(&held) => {
                let pays = price.checked_add(1)?.div_euclid(2) - i128::from(held);
                pays.clamp(floor.into(), cap.into()) as u64
            }
        };
        price.checked_mul(needs.into())?.checked_sub(self.growth(node, needs))
    }

    fn have_costs(&self) -> bool {
        self.held.as_ref().is_some_and(|held| self.cap[..held.len()].iter().any(|&cap| cap > 0))
    }

    /// Whether places alone can bind.
    pub(super) fn have_none(&self) -> bool {
        !self.has_floors() && !self.have_costs()
    }

    /// What beside places can bind, as the reason of the engine.
    pub(super) fn reason(&self, has_groups: bool) -> String {
        let kinds = [("floors", self.has_floors()), ("groups", has_groups), ("costs", self.have_costs())];
        let kinds: Vec<&str> = kinds.into_iter().filter_map(|(kind, can_bind)| can_bind.then_some(kind)).collect();
        if kinds.is_empty() { "only_capacities".to_owned() } else { kinds.join("_") }
    }

    /// Whether a floor is left to be met.
    pub(super) fn has_floors(&self) -> bool {
        self.floor.iter().any(|&floor| floor > 0)
    }
}
