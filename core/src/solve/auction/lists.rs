//! Candidate lists for bidding: all candidates of each need, or those within a window of its best.

use super::super::instance::{Edge, Instance};
use super::super::lists::{ListsByNeed, Surpluses, price_at_nodes, push_best};
use super::super::weight::Weight;
use crate::network::Score;

/// One list for each bidder.
pub(super) type Lists<W> = ListsByNeed<Limits<W>, W>;

/// What lies outside the list of a need.
#[derive(Clone, Copy, Default)]
pub(super) struct Limits<W> {
    /// The best utility outside the list, which is that of staying out or above.
    pub(super) floor: W,
    /// The utility of staying out.
    pub(super) outside: W,
}

impl<W: Weight> Limits<W> {
    /// Whether the list leaves out candidates that could be better than staying out.
    #[inline]
    pub(super) fn is_cut(&self) -> bool {
        self.floor > self.outside
    }
}

/// Prices of the leaves by which candidates are chosen.
pub(super) struct Prices<'a, W> {
    /// What is best is judged at these.
    pub(super) known: &'a [W],
    /// The next phase starts from these, so that no price will be lower.
    pub(super) start: &'a [W],
}

impl<W: Weight> Prices<'_, W> {
    fn at_nodes<S: Score>(&self, instance: &Instance<'_, S, W>) -> Vec<(W, W)> {
        let known = price_at_nodes(&instance.forest, self.known);
        known.into_iter().zip(price_at_nodes(&instance.forest, self.start)).collect()
    }
}

/// All candidates of some of the needs.
pub(super) fn complete<S: Score, W: Weight>(instance: &Instance<'_, S, W>, needs: &[u32]) -> Lists<W> {
    Lists::gather_some(instance, needs, |need, list| {
        list.extend(instance.edges_of(need));
        let outside = instance.outside(instance.network.tier(need));
        Limits { floor: outside, outside }
    })
}

/// Those of them within a window of each need's best at these prices.
pub(super) fn within_of_some<S: Score, W: Weight>(
    instance: &Instance<'_, S, W>,
    needs: &[u32],
    price: &[W],
    window: i64,
) -> Lists<W> {
    let price = price_at_nodes(&instance.forest, price);
    let price = |v: u32| (price[v as usize], price[v as usize]);
    Lists::gather_some(instance, needs, |need, list| push_within(instance, need, price, window, list))
}

/// The candidates of all needs within a window of each need's best at these prices.
pub(super) fn within<S: Score, W: Weight>(instance: &Instance<'_, S, W>, price: &[W], window: i64) -> Lists<W> {
    let price = price_at_nodes(&instance.forest, price);
    let price = |v: u32| (price[v as usize], price[v as usize]);
    Lists::gather(instance, |need, list| push_within(instance, need, price, window, list))
}

/// The candidates of all needs that may come within a window of each need's best.
pub(super) fn maybe_within<S: Score, W: Weight>(
    instance: &Instance<'_, S, W>,
    price: &Prices<'_, W>,
    window: i64,
) -> Lists<W> {
    let price = price.at_nodes(instance);
    Lists::gather(instance, |need, list| push_within(instance, need, |v| price[v as usize], window, list))
}

/// Adds the candidates of one of the network's needs within a window of its best, at prices by node: what a place
/// costs, and the least that it may come to cost.
#[inline]
fn push_within<S: Score, W: Weight>(
    instance: &Instance<'_, S, W>,
    need: usize,
    price: impl Fn(u32) -> (W, W),
    window: i64,
    list: &mut Vec<Edge<W>>,
) -> Limits<W> {
    let outside = instance.outside(instance.network.tier(need));
    let Surpluses { best, .. } = push_best(instance, need, price, (outside, W::of(window)), list);
    Limits { floor: best.minus(W::of(window)).max(outside), outside }
}

/// The same at later prices and for a smaller window, from lists that were made before. Nothing that these left out is
/// found again at a leaf that starts lower now.
pub(super) fn narrowed<S: Score, W: Weight>(
    instance: &Instance<'_, S, W>,
    lists: &Lists<W>,
    price: &Prices<'_, W>,
    window: i64,
) -> Lists<W> {
    let utility = |edge: &Edge<W>| edge.1.minus(price.known[edge.0 as usize]);
    let most = |edge: &Edge<W>| edge.1.minus(price.start[edge.0 as usize]);
    Lists::in_order(instance.control, lists.n_needs(), |need, list| {
        let need = need as u32;
        let &Limits { floor, outside } = lists.note(need);
        let best = lists.of(need).iter().map(utility).fold(outside, W::max);
        if best < floor {
            // What the old list left out is now as good.
            let best = instance.edges(need).map(|edge| utility(&edge)).fold(outside, W::max);
            let threshold = best.minus(W::of(window));
            list.extend(instance.edges(need).filter(|edge| most(edge) >= threshold));
            return Limits { floor: threshold.max(outside), outside };
        }
        let threshold = best.minus(W::of(window));
        list.extend(lists.of(need).iter().filter(|&edge| most(edge) >= threshold));
        Limits { floor: threshold.max(floor), outside }
    })
}
