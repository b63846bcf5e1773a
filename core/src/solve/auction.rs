//! The auction: prices that are nearly right, quickly.
//!
//! Needs bid for places ([`bidding`]). What a full auction costs is mostly the coarse phases, in which prices travel
//! far, and the length of the candidate lists. So the coarse phases run on a sample ([`sample`]), and the fine ones on
//! short lists ([`lists`]) that hold what is within a window of each need's best candidate; a need that finds nothing
//! there looks at all it has.
//!
//! | phase | on | `eps` | window |
//! |---|---|---|---|
//! | coarse | a sample of the needs against its share of the places | C/2 to C/300 | – |
//! | first fine | all needs, short lists | C/200 | C/10 |
//! | further fine | all needs, shorter lists | C/1000 down to a fraction of one unit of score | C/40 |
//!
//! C is the largest score. Each phase starts from the prices of the one before, lowered by a few of its `eps`: a price
//! that is too high is far dearer to repair than one that is too low.
//! Where the sample misled (a price war in the first fine phase), coarse phases run on all needs.
//!
//! Nothing here needs to be exact, and no number here can change the answer: the exact repair takes the prices as a
//! start only.

mod charges;
mod lists;
mod lowest;

mod bidding;
mod sample;

use bidding::Auction;
use lists::Lists;
use sample::Sample;

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

/// Fractions of the largest score: `eps` of the coarse phases.
const COARSE: [i64; 5] = [2, 8, 32, 120, 300];
/// The same on samples: one need in how many, and the phases.
const SAMPLES: [(usize, &[i64]); 2] = [(12, &[2, 8]), (4, &[32, 120, 300])];
/// `eps` of the fine phases.
const FINE: [i64; 7] = [200, 1_000, 6_000, 60_000, 1_000_000, 16_000_000, 256_000_000];
/// Phases end when `eps` is below this fraction of one unit of score: finer prices round to the same whole number.
const FINEST_PER_UNIT: i64 = 8;
/// A coarse phase starts this many `eps` of the one before lower.
const COARSE_DROP: i64 = 2;
/// The first fine phase starts this many `eps` of the last coarse one lower: a sample is not the whole.
const SAMPLE_DROP: i64 = 12;
/// A fine phase starts this many `eps` of the one before lower.
const FINE_DROP: i64 = 4;
/// The windows of the short lists, as fractions of the largest score.
const WINDOW: i64 = 10;
const NARROW_WINDOW: i64 = 40;
/// The same of a sample after the first.
const SAMPLE_WINDOW: i64 = 3;
/// More bids than this for each need in the first fine phase are a price war: the sample misled.
const WAR: usize = 6;
/// A phase ends after so many bids for each need; what is then unplaced is left to the exact repair.
const BID_BUDGET: usize = 40;

/// Runs all phases.
pub(super) fn run<S: Score, W: Weight>(instance: &Instance<'_, S, W>, control: &Control) -> Result<Outcome, Error> {
    control.enter(Stage::Auction, (COARSE.len() + FINE.len()) as u64)?;
    let price = coarse_prices(instance, control)?;

    let mut auction = Auction::new(instance, instance.forest.capacity.clone(), None);
    let short = lists::within(instance, &price, window(instance, WINDOW));
    auction.restart(&price, SAMPLE_DROP * eps(instance, COARSE[COARSE.len() - 1]));
    let peaceful = auction.phase(&short, eps(instance, FINE[0]), WAR, control)?;
    let shorter = if peaceful {
        lists::narrowed(instance, &short, &auction.prices(), window(instance, NARROW_WINDOW))
    } else {
        let all: Vec<u32> = (0..instance.n_needs() as u32).collect();
        let from_nothing = (vec![W::default(); instance.forest.n_leaves], 0);
        coarse_phases(instance, &mut auction, &lists::complete(instance, &all), from_nothing, &COARSE, control)?;
        lists::within(instance, &auction.prices(), window(instance, NARROW_WINDOW))
    };
    drop(short);
    let mut last_eps = eps(instance, FINE[0]);
    for divisor in &FINE[1..] {
        if last_eps * FINEST_PER_UNIT <= 1 << instance.shift || last_eps == 1 {
            break;
        }
        auction.restart(&auction.prices(), FINE_DROP * last_eps);
        last_eps = eps(instance, *divisor);
        auction.phase(&shorter, last_eps, BID_BUDGET, control)?;
        control.advance(1)?;
    }
    Ok(auction.outcome())
}

/// Prices from samples of the needs.
fn coarse_prices<S: Score, W: Weight>(instance: &Instance<'_, S, W>, control: &Control) -> Result<Vec<W>, Error> {
    let mut prices = vec![W::default(); instance.forest.n_leaves];
    let mut drop = 0;
    for (k, (rate, divisors)) in SAMPLES.into_iter().enumerate() {
        let known = (k > 0).then_some((&prices[..], window(instance, SAMPLE_WINDOW)));
        let sample = Sample::of(instance, rate, known);
        let mut auction = Auction::new(instance, sample.capacity, Some(sample.needs));
        (prices, drop) = coarse_phases(instance, &mut auction, &sample.lists, (prices, drop), divisors, control)?;
    }
    Ok(prices)
}

/// Coarse phases from prices and a first drop; gives the prices and the drop for the next phase.
fn coarse_phases<S: Score, W: Weight>(
    instance: &Instance<'_, S, W>,
    auction: &mut Auction<'_, S, W>,
    lists: &Lists<W>,
    (mut prices, mut drop): (Vec<W>, i64),
    divisors: &[i64],
    control: &Control,
) -> Result<(Vec<W>, i64), Error> {
    for &divisor in divisors {
        auction.restart(&prices, drop);
        auction.phase(lists, eps(instance, divisor), BID_BUDGET, control)?;
        prices = auction.prices();
        drop = COARSE_DROP * eps(instance, divisor);
        control.advance(1)?;
    }
    Ok((prices, drop))
}

fn eps<S: Score, W: Weight>(instance: &Instance<'_, S, W>, divisor: i64) -> i64 {
    (instance.range / divisor).max(1)
}

/// A window never hides a candidate that is equally good but for rounding.
fn window<S: Score, W: Weight>(instance: &Instance<'_, S, W>, divisor: i64) -> i64 {
    (instance.range / divisor).max(2 << instance.shift)
}
