//! Coarse phases: prices travel far, so that the fine ones begin near the end.

use super::super::instance::Instance;
use super::super::weight::Weight;
use super::bidding::{Auction, Contest};
use super::eps;
use super::lists::Lists;
use super::places::Drop;
use super::sample::Sample;
use crate::control::Control;
use crate::error::Error;
use crate::network::Score;

/// `eps` of the first phase, as a fraction of the largest score: prices travel that far.
const FIRST: i64 = 2;
/// Then it falls by this factor to about the spread, for which the first sample is enough as long as it is larger than
/// this fraction of the spread. A larger factor takes fewer phases of as many more bids.
const FACTOR: i64 = 4;
const BEYOND_SPREAD: i64 = 8;
/// `eps` of the last phases, as fractions of the spread: scores that are close together must be told apart.
const LAST: [i64; 2] = [120, 300];
/// Samples: one need in how many, for the first phases and for the others.
const FIRST_SAMPLE: usize = 12;
const SAMPLE: usize = 4;
/// The window of the second sample's lists, as a fraction of the largest score: that is how far prices may be off.
const WINDOW: i64 = 3;
/// A phase starts this many `eps` of the one before lower.
const DROP: i64 = 2;
/// After so many bids for each need of a sample, the sample tells nothing that its bids are worth.
const BUDGET: usize = 16;
/// Where hardly anybody competes, finer steps are tried at once: so many phases further.
const STRIDE: usize = 3;

/// What samples of the needs tell.
pub(super) struct Sampled<W> {
    pub(super) prices: Vec<W>,
    /// The last sample was not all of the needs.
    pub(super) is_part: bool,
    /// Needs of the last sample were still driving each other out when it was left.
    pub(super) is_unsettled: bool,
}

/// Prices from samples of the needs.
pub(super) fn prices<S: Score, W: Weight>(
    instance: &Instance<'_, S, W>,
    steps: &Steps,
    control: &Control,
) -> Result<Sampled<W>, Error> {
    let Sample { needs, lists, capacity } = Sample::of(instance, FIRST_SAMPLE, None);
    let mut auction = Auction::new(instance, capacity, Some(needs));
    let start = phases(&mut auction, &lists, Coarse::nothing(instance), &steps.first, BUDGET, control)?;

    let window = (instance.range / WINDOW).min(instance.spread);
    let Sample { needs, lists, capacity } = Sample::of(instance, SAMPLE, Some((&start.prices, window)));
    let is_part = needs.len() < instance.n_needs();
    let mut auction = Auction::new(instance, capacity, Some(needs));
    let Coarse { prices, contest, .. } = phases(&mut auction, &lists, start, &steps.further, BUDGET, control)?;
    Ok(Sampled { prices, is_part, is_unsettled: contest == Contest::Unsettled })
}

/// What coarse phases come to.
pub(super) struct Coarse<W> {
    prices: Vec<W>,
    /// How far prices fall before the next phase.
    drop: i64,
    /// How the last phase went.
    contest: Contest,
}

impl<W: Weight> Coarse<W> {
    /// No prices, and no drop from there.
    pub(super) fn nothing<S: Score>(instance: &Instance<'_, S, W>) -> Self {
        Self { prices: vec![W::default(); instance.forest.n_leaves], drop: 0, contest: Contest::Settled }
    }
}

/// Coarse phases after others.
pub(super) fn phases<S: Score, W: Weight>(
    auction: &mut Auction<'_, S, W>,
    lists: &Lists<W>,
    mut last: Coarse<W>,
    steps: &[i64],
    budget: usize,
    control: &Control,
) -> Result<Coarse<W>, Error> {
    let mut next = 0;
    while let Some(&eps) = steps.get(next).filter(|_| !auction.instance.work.is_spent()) {
        auction.places.restart(&last.prices, Drop::usual(last.drop));
        let contest = auction.phase(lists, eps, budget, control)?;
        last = Coarse { prices: auction.places.prices(), drop: DROP * eps, contest };
        let stride = if contest == Contest::Hardly { STRIDE.min(steps.len() - next - 1).max(1) } else { 1 };
        next += stride;
        control.advance(stride as u64)?;
    }
    Ok(last)
}

/// `eps` of the coarse phases: from a fraction of the largest score, since prices travel that far, down to one of the
/// spread.
pub(super) struct Steps {
    /// While scores that compete can hardly be told apart.
    pub(super) first: Vec<i64>,
    /// From there on.
    pub(super) further: Vec<i64>,
}

impl Steps {
    /// The steps that fit the scores of an instance.
    pub(super) fn of<S: Score, W: Weight>(instance: &Instance<'_, S, W>) -> Self {
        let last = LAST.map(|divisor| eps(instance, instance.spread, divisor));
        let mut all = Vec::new();
        let mut next = instance.range / FIRST;
        while next > 2 * last[0] {
            all.push(next);
            next /= FACTOR;
        }
        all.extend(last);
        all.dedup();
        let n_first = all.iter().take_while(|&&eps| eps >= instance.spread / BEYOND_SPREAD).count();
        let further = all.split_off(n_first);
        Self { first: all, further }
    }

    /// How many there are.
    pub(super) fn n(&self) -> usize {
        self.first.len() + self.further.len()
    }

    /// The last and smallest.
    pub(super) fn last(&self) -> i64 {
        *self.further.last().or(self.first.last()).expect("there is a last coarse step")
    }
}
