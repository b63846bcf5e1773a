//! A sample of the needs against its share of the places: coarse prices at a fraction of the work.
//!
//! Every r-th need of each tier is taken, in memory order, which spreads the sample over the map and over the tiers. A
//! random sample would not do: with tiers a demand curve is a staircase, and a step in the wrong place is a price that
//! is wrong by a whole tier.

use super::super::instance::Instance;
use super::super::weight::Weight;
use super::lists::{self, Lists};
use crate::network::Score;

/// A sample and its share of the places.
pub(super) struct Sample<W> {
    pub(super) needs: Vec<u32>,
    pub(super) lists: Lists<W>,
    /// The capacity of each node, divided.
    pub(super) capacity: Vec<u32>,
}

impl<W: Weight> Sample<W> {
    /// One need in `sparsest`, or more where leaves have so few places that their share would be rounded away. With prices that are
    /// known already, roughly, only the candidates within a window of each need's best.
    pub(super) fn of<S: Score>(instance: &Instance<'_, S, W>, sparsest: usize, known: Option<(&[W], i64)>) -> Self {
        let rate = places_per_leaf(instance).clamp(1, sparsest);
        let needs = every(rate, instance);
        let lists = match known {
            None => lists::complete(instance, &needs),
            Some((price, window)) => lists::within_of_some(instance, &needs, price, window),
        };
        Self { needs, lists, capacity: shared_capacity(instance, rate as u32) }
    }
}

fn places_per_leaf<S: Score, W: Weight>(instance: &Instance<'_, S, W>) -> usize {
    let forest = &instance.forest;
    let places: u64 = forest.capacity[..forest.n_leaves].iter().map(|&c| u64::from(c)).sum();
    (places / forest.n_leaves.max(1) as u64) as usize
}

/// Every `rate`-th need of each tier, in memory order.
fn every<S: Score, W: Weight>(rate: usize, instance: &Instance<'_, S, W>) -> Vec<u32> {
    // Each tier starts its count elsewhere, so that neighbours of different tiers are not all taken together.
    let mut count: Vec<usize> = (0..=usize::from(instance.max_tier)).map(|tier| tier * 3 % rate).collect();
    let mut taken = Vec::with_capacity(instance.n_needs() / rate + count.len());
    for need in 0..instance.n_needs() as u32 {
        let count = &mut count[usize::from(instance.tier[need as usize])];
        *count += 1;
        if *count == rate {
            *count = 0;
            taken.push(need);
        }
    }
    taken
}

/// Capacities divided by the rate, rounded so that neighbours together keep their share; never 0.
fn shared_capacity<S: Score, W: Weight>(instance: &Instance<'_, S, W>, rate: u32) -> Vec<u32> {
    let forest = &instance.forest;
    let rate = u64::from(rate);
    let mut before = 0u64;
    let leaves = forest.capacity[..forest.n_leaves].iter().map(|&capacity| {
        let after = before + u64::from(capacity);
        let share = (after + rate / 2) / rate - (before + rate / 2) / rate;
        before = after;
        share.max(1) as u32
    });
    let mut shared: Vec<u32> = leaves.collect();
    shared.extend(forest.capacity[forest.n_leaves..].iter().map(|&c| ((u64::from(c) + rate / 2) / rate).max(1) as u32));
    shared
}
