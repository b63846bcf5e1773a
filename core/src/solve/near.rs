//! Short lists for the exact phase: the edges that a search will most likely need, and a bound on the others.
//!
//! Prices after the auction are so good that a search rarely looks beyond the best few edges of a need. Lists of these
//! are small enough to stay in the cache. A search that comes as far as the bound on what a list leaves out looks at
//! the full list, so short lists never change an answer.

use super::instance::{Edge, Instance};
use super::lists::{ListsByNeed, Surpluses, price_at_nodes, push_best};
use super::weight::Weight;
use crate::network::Score;

/// For each need its best edges at some prices. Valid as long as prices only rise.
pub(super) struct NearByNeed<W>(ListsByNeed<Bounds, W>);

/// What the surpluses of a need's edges are at the prices of the lists.
#[derive(Clone, Copy, Default)]
struct Bounds {
    /// The best over all edges that count, if that is above 0.
    best: i64,
    /// No edge that the list leaves out has a larger one than this; less than any where the list is complete.
    floor: i64,
}

impl<W: Weight> NearByNeed<W> {
    /// The edges whose surplus, score minus price, is within a window of their need's best.
    pub(super) fn new<S: Score>(instance: &Instance<'_, S, W>, potential: &[i64], window: i64) -> Self {
        let price = price_at_nodes(&instance.forest, &potential[..instance.forest.n_leaves]);
        Self(ListsByNeed::gather(instance, |need, list| {
            let first = list.len();
            let Surpluses { best, left_out } =
                push_best(instance, need, |v| (price[v as usize], price[v as usize]), (i64::NOTHING, window), list);
            if instance.network.tier(need) == 0 {
                drop_worthless(list, first);
            }
            Bounds { best, floor: left_out }
        }))
    }

    /// The short list of a need.
    #[inline]
    pub(super) fn of(&self, need: u32) -> &[Edge<W>] {
        self.0.of(need)
    }

    /// The best surplus of a need at the prices of the lists.
    pub(super) fn best(&self, need: u32) -> i64 {
        self.0.note(need).best
    }

    /// A bound on the surplus of what a need's list leaves out.
    #[inline]
    pub(super) fn floor(&self, need: u32) -> i64 {
        self.0.note(need).floor
    }
}

/// Takes out the edges from a position on that do not count in tier 0.
fn drop_worthless<W: Weight>(list: &mut Vec<Edge<W>>, first: usize) {
    let mut end = first;
    for k in first..list.len() {
        list[end] = list[k];
        end += usize::from(list[k].1 > W::default());
    }
    list.truncate(end);
}
