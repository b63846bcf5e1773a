//! The auction: prices that are nearly right, quickly.
//!
//! Needs bid for places ([`bidding`]). What a full auction costs is mostly the coarse phases, in which prices travel
//! far, and the length of the candidate lists. So the coarse phases run on a sample ([`sample`]), and the fine ones on
//! short lists ([`lists`]) that hold what is within a window of each need's best candidate; a need that finds nothing
//! there looks at all it has.
//!
//! | phase | on | `eps` | window |
//! |---|---|---|---|
//! | first coarse | a sample of the needs against its share of the places | C/2, C/8 | – |
//! | coarse | a larger sample | C/32 to D/300 | C/3 |
//! | first fine | all needs, short lists | D/200 | D/10 |
//! | further fine | all needs, shorter lists | D/1000 down to a fraction of one unit of score | D/40 |
//!
//! C is the largest score; D, the *spread*, is three times the average difference between the best and the
//! worst score of a need, and at most C.
//! Prices can travel as far as C, but what must be told apart is within D. Each phase starts from the prices of the one
//! before, lowered by a few of its `eps`: a price that is too high is far dearer to repair than one that is too low.
//! Where the sample misled (a price war in the first fine phase), coarse phases run on all needs; where many places are
//! left over, these fall further; where hardly anybody competes, phases are skipped.
//!
//! Nothing here needs to be exact, and no number here can change the answer: the exact repair takes the prices as a
//! start only.

mod charges;
mod lists;
mod lowest;

mod bidding;
mod sample;

use bidding::{Auction, Contest, Drop};
use lists::{Lists, Prices};
use sample::Sample;

use super::forest::NONE;
use super::instance::Instance;
use super::weight::Weight;
use crate::control::{Control, Stage};
use crate::error::Error;
use crate::network::Score;

/// What the auction hands to the repair, in shifted units.
pub(super) struct Outcome {
    /// The price of a place at each leaf.
    pub(super) price: Vec<i64>,
    /// The leaf that each need holds, or [`NONE`](super::forest::NONE).
    pub(super) place: Vec<u32>,
}

impl Outcome {
    /// No prices, and nobody holds anything.
    pub(super) fn nothing<S: Score, W: Weight>(instance: &Instance<'_, S, W>) -> Self {
        Self { price: vec![0; instance.forest.n_leaves], place: vec![NONE; instance.n_needs()] }
    }
}

/// `eps` of the first coarse phases, as fractions of the largest score: prices travel that far.
const FIRST_COARSE: [i64; 2] = [2, 8];
/// Then `eps` falls to this fraction of the largest score, and by this factor to about this fraction of the spread.
const COARSE: i64 = 32;
const COARSE_FACTOR: i64 = 4;
/// `eps` of the last coarse phases, as fractions of the spread: scores that are close together must be told apart.
const LAST_COARSE: [i64; 2] = [120, 300];
/// Samples: one need in how many, for the first coarse phases and for the others.
const FIRST_SAMPLE: usize = 12;
const SAMPLE: usize = 4;
/// `eps` of the fine phases, as fractions of the spread.
const FINE: [i64; 7] = [200, 1_000, 6_000, 60_000, 1_000_000, 16_000_000, 256_000_000];
/// Phases end when `eps` is below this fraction of one unit of score: finer prices round to the same whole number.
const FINEST_PER_UNIT: i64 = 8;
/// A coarse phase starts this many `eps` of the one before lower.
const COARSE_DROP: i64 = 2;
/// Where hardly anybody competes, finer steps are tried at once: so many phases further.
const STRIDE: usize = 3;
/// The first fine phase starts this many `eps` of the last coarse one lower: a sample is not the whole.
const SAMPLE_DROP: i64 = 12;
/// A fine phase starts this many `eps` of the one before lower.
const FINE_DROP: i64 = 4;
/// More places than this fraction of those taken are many to be left over at a price. What they cost then falls by a
/// drop that grows by this factor.
const MANY_UNSOLD: u64 = 128;
const UNSOLD_FACTOR: i64 = 8;
/// With no more than this fraction left over, hardly a need would find anything new at a place that has fallen.
const FEW_UNSOLD: u64 = 4096;
/// The windows of the short lists, as fractions of the spread.
const WINDOW: i64 = 10;
const NARROW_WINDOW: i64 = 40;
/// The same of the second sample, as a fraction of the largest score: that is how far its prices may be off.
const SAMPLE_WINDOW: i64 = 3;
/// More bids than this for each need in the first fine phase are a price war: the sample misled.
const WAR: usize = 6;
/// A phase ends after so many bids for each need; what is then unplaced is left to the exact repair.
const BID_BUDGET: usize = 40;

/// Runs all phases.
pub(super) fn run<S: Score, W: Weight>(instance: &Instance<'_, S, W>, control: &Control) -> Result<Outcome, Error> {
    let coarse = coarse_eps(instance);
    control.enter(Stage::Auction, (FIRST_COARSE.len() + coarse.len() + FINE.len()) as u64)?;
    let price = coarse_prices(instance, &coarse, control)?;

    let mut auction = Auction::new(instance, instance.forest.capacity.clone(), None);
    auction.restart(&price, Drop::usual(SAMPLE_DROP * coarse[coarse.len() - 1]));
    let short = lists::within(instance, &price, window(instance, WINDOW));
    let mut last_eps = eps(instance.spread, FINE[0]);
    let contest = auction.phase(&short, last_eps, WAR, control)?;
    if contest == Contest::Unsettled {
        let all: Vec<u32> = (0..instance.n_needs() as u32).collect();
        let all = lists::complete(instance, &all);
        let start = coarse_phases(&mut auction, &all, from_nothing(instance), &first_coarse_eps(instance), control)?;
        coarse_phases(&mut auction, &all, start, &coarse, control)?;
    }
    sell_off(&mut auction, last_eps, control)?;
    let mut lists = None;
    for divisor in &FINE[1..] {
        if last_eps * FINEST_PER_UNIT <= 1 << instance.shift || last_eps == 1 {
            break;
        }
        let price = auction.prices();
        let all_sold = auction.n_unsold() <= auction.n_sold() / FEW_UNSOLD;
        auction.restart(&price, Drop::usual(FINE_DROP * last_eps));
        let lists = lists.get_or_insert_with(|| {
            let (prices, window) = (Prices { known: &price, start: auction.start() }, window(instance, NARROW_WINDOW));
            if contest != Contest::Unsettled && all_sold {
                lists::narrowed(instance, &short, &prices, window)
            } else {
                lists::maybe_within(instance, &prices, window)
            }
        });
        last_eps = eps(instance.spread, *divisor);
        auction.phase(lists, last_eps, BID_BUDGET, control)?;
        control.advance(1)?;
    }
    Ok(auction.outcome())
}

/// Where far more than a few places are left over at a price, the sample misled about what they are worth: they fall
/// further and further until they are taken or cost nothing.
fn sell_off<S: Score, W: Weight>(auction: &mut Auction<'_, S, W>, eps: i64, control: &Control) -> Result<(), Error> {
    let instance = auction.instance;
    let sold = FINE_DROP * eps;
    let mut unsold = Drop::usual(sold).unsold;
    while auction.n_unsold() > auction.n_sold() / MANY_UNSOLD && unsold < W::LIMIT {
        let price = auction.prices();
        auction.restart(&price, Drop { sold, unsold });
        let prices = Prices { known: &price, start: auction.start() };
        let lists = lists::maybe_within(instance, &prices, window(instance, WINDOW));
        auction.phase(&lists, eps, BID_BUDGET, control)?;
        unsold = unsold.saturating_mul(UNSOLD_FACTOR);
    }
    Ok(())
}

/// Prices from samples of the needs.
fn coarse_prices<S: Score, W: Weight>(
    instance: &Instance<'_, S, W>,
    coarse: &[i64],
    control: &Control,
) -> Result<Vec<W>, Error> {
    let Sample { needs, lists, capacity } = Sample::of(instance, FIRST_SAMPLE, None);
    let mut auction = Auction::new(instance, capacity, Some(needs));
    let start = from_nothing(instance);
    let start = coarse_phases(&mut auction, &lists, start, &first_coarse_eps(instance), control)?;

    let known = (&start.0[..], instance.range / SAMPLE_WINDOW);
    let Sample { needs, lists, capacity } = Sample::of(instance, SAMPLE, Some(known));
    let mut auction = Auction::new(instance, capacity, Some(needs));
    Ok(coarse_phases(&mut auction, &lists, start, coarse, control)?.0)
}

/// No prices, and no drop from there.
fn from_nothing<S: Score, W: Weight>(instance: &Instance<'_, S, W>) -> (Vec<W>, i64) {
    (vec![W::default(); instance.forest.n_leaves], 0)
}

/// Coarse phases from prices and a first drop; gives the prices and the drop for the next phase.
fn coarse_phases<S: Score, W: Weight>(
    auction: &mut Auction<'_, S, W>,
    lists: &Lists<W>,
    (mut prices, mut drop): (Vec<W>, i64),
    phases: &[i64],
    control: &Control,
) -> Result<(Vec<W>, i64), Error> {
    let mut next = 0;
    while let Some(&eps) = phases.get(next) {
        auction.restart(&prices, Drop::usual(drop));
        let contest = auction.phase(lists, eps, BID_BUDGET, control)?;
        prices = auction.prices();
        drop = COARSE_DROP * eps;
        let steps = if contest == Contest::Hardly { STRIDE.min(phases.len() - next - 1).max(1) } else { 1 };
        next += steps;
        control.advance(steps as u64)?;
    }
    Ok((prices, drop))
}

fn first_coarse_eps<S: Score, W: Weight>(instance: &Instance<'_, S, W>) -> [i64; 2] {
    FIRST_COARSE.map(|divisor| eps(instance.range, divisor))
}

/// `eps` of the coarse phases that follow: from a fraction of the largest score down to one of the spread.
fn coarse_eps<S: Score, W: Weight>(instance: &Instance<'_, S, W>) -> Vec<i64> {
    let mut all = vec![eps(instance.range, COARSE)];
    let mut next = instance.range / COARSE / COARSE_FACTOR;
    while next > 2 * instance.spread / LAST_COARSE[0] {
        all.push(next);
        next /= COARSE_FACTOR;
    }
    all.extend(LAST_COARSE.map(|divisor| eps(instance.spread, divisor)));
    all
}

fn eps(range: i64, divisor: i64) -> i64 {
    (range / divisor).max(1)
}

/// A window never hides a candidate that is equally good but for rounding.
fn window<S: Score, W: Weight>(instance: &Instance<'_, S, W>, divisor: i64) -> i64 {
    (instance.spread / divisor).max(2 << instance.shift)
}
