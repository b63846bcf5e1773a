//! The auction: prices that are nearly right, quickly.
//!
//! Needs choose ([`choice`]) and bid ([`bidding`]) for places ([`places`]). What a full auction costs is mostly the
//! coarse phases, in which prices travel far, and the length of the candidate lists. So the coarse phases run on a sample
//! ([`sample`]), and the fine ones on short lists ([`lists`]) that hold what is within a window of each need's best
//! candidate; a need that finds nothing there looks at all it has.
//!
//! | phase | on | `eps` | window |
//! |---|---|---|---|
//! | first [`coarse`] | a sample of the needs against its share of the places | C/2, C/8, … to D/8 | – |
//! | [`coarse`] | a larger sample | to D/300 | C/3, at most D |
//! | first fine | all needs, short lists | D/200 | D/10 |
//! | further [`fine`] | all needs, shorter lists | D/1000 down to a fraction of one unit of score | D/40 |
//!
//! C is the largest score; D, the *spread*, is three times the average difference between the best and the
//! worst score of a need, and at most C.
//! Prices can travel as far as C, but what must be told apart is within D. Each phase starts from the prices of the one
//! before, lowered by a few of its `eps`: a price that is too high is far dearer to repair than one that is too low.
//! Where the sample misled (a price war in it, or in the first fine phase), coarse phases run on all needs; where many
//! places are left over, these fall further; where hardly anybody competes, phases are skipped.
//!
//! Nothing here needs to be exact, and no number here can change the answer: the exact repair takes the prices as a
//! start only.

mod charges;
mod lists;
mod lowest;

mod choice;
mod places;

mod bidding;
mod sample;

mod coarse;
mod fine;

use bidding::{Auction, Contest};
use coarse::{Coarse, Steps};
use lists::{Lists, Prices};
use places::{Drop, Places};

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

/// Phases end when `eps` is below this fraction of one unit of score: finer prices round to the same whole number.
const FINEST_PER_UNIT: i64 = 8;
/// The first fine phase starts this many `eps` of the last coarse one lower: a sample is not the whole.
const SAMPLE_DROP: i64 = 12;
/// A fine phase starts this many `eps` of the one before lower.
const FINE_DROP: i64 = 4;
/// More places than this fraction of those taken are many to be left over at a price. What they cost then falls by a
/// drop that grows by this factor.
const MANY_UNSOLD: u64 = 128;
const UNSOLD_FACTOR: i64 = 8;
/// A place that falls so far takes about as many bids to come back.
const UNSOLD_STEPS: i64 = 64;
/// And then `eps` falls by this factor to what it was.
const REFINED: i64 = 4;
/// The window of the first short lists, as a fraction of the spread.
const WINDOW: i64 = 10;
/// More bids than this for each need in the first fine phase are a price war: the sample misled.
const WAR: usize = 12;
/// A phase ends after so many bids for each need; what is then unplaced is left to the exact repair.
const BID_BUDGET: usize = 40;

/// Runs all phases.
pub(super) fn run<S: Score, W: Weight>(instance: &Instance<'_, S, W>, control: &Control) -> Result<Outcome, Error> {
    let steps = Steps::of(instance);
    control.enter(Stage::Auction, (steps.n() + fine::USUAL.len()) as u64)?;
    let sampled = coarse::prices(instance, &steps, control)?;
    if instance.work.is_spent() {
        let price = sampled.prices.into_iter().map(Into::into).collect();
        return Ok(Outcome { price, ..Outcome::nothing(instance) });
    }

    let mut auction = Auction::new(instance, instance.forest.capacity.clone(), None);
    let first = eps(instance, instance.spread, fine::USUAL[0]);
    let (short, contest) = if sampled.is_part && sampled.is_unsettled {
        (None, Contest::Unsettled)
    } else {
        let drop = if sampled.is_part { SAMPLE_DROP } else { FINE_DROP };
        auction.places.restart(&sampled.prices, Drop::usual(drop * steps.last()));
        let short = lists::within(instance, &sampled.prices, window(instance, WINDOW));
        let contest = auction.phase(&short, first, WAR, control)?;
        (Some(short), contest)
    };
    let is_misled = contest == Contest::Unsettled && sampled.is_part && !instance.work.is_spent();
    if is_misled {
        let all: Vec<u32> = (0..instance.n_needs() as u32).collect();
        let all = lists::complete(instance, &all);
        let start = Coarse::nothing(instance);
        let start = coarse::phases(&mut auction, &all, start, &steps.first, BID_BUDGET, control)?;
        coarse::phases(&mut auction, &all, start, &steps.further, BID_BUDGET, control)?;
    }
    sell_off(&mut auction, first, control)?;
    fine::phases(&mut auction, (contest, first), short.as_ref().filter(|_| !is_misled), control)
}

/// Where far more than a few places are left over at a price, the sample misled about what they are worth: they fall
/// further and further until they are taken or cost nothing. Steps grow with how far they fall, and are then refined.
fn sell_off<S: Score, W: Weight>(auction: &mut Auction<'_, S, W>, eps: i64, control: &Control) -> Result<(), Error> {
    let mut step = eps;
    let mut fall = Drop::usual(FINE_DROP * eps).unsold;
    let instance = auction.instance;
    let work = &instance.work;
    let is_more = |places: &Places<'_, W>| places.n_unsold() > places.n_sold() / MANY_UNSOLD && !work.is_spent();
    while is_more(&auction.places) && fall < W::LIMIT {
        let sold = FINE_DROP * step;
        step = (fall / UNSOLD_STEPS).max(eps);
        let price = auction.places.prices();
        auction.places.restart(&price, Drop { sold, unsold: fall });
        let lists = near(auction, &price);
        auction.phase(&lists, step, BID_BUDGET, control)?;
        fall = fall.saturating_mul(UNSOLD_FACTOR);
    }
    let mut lists = None;
    while step > eps && !work.is_spent() {
        let price = auction.places.prices();
        auction.places.restart(&price, Drop::usual(FINE_DROP * step));
        let lists = lists.get_or_insert_with(|| near(auction, &price));
        step = (step / REFINED).max(eps);
        auction.phase(lists, step, BID_BUDGET, control)?;
    }
    Ok(())
}

/// Short lists at these prices, for a phase that starts from where they fell to.
fn near<S: Score, W: Weight>(auction: &Auction<'_, S, W>, price: &[W]) -> Lists<W> {
    let instance = auction.instance;
    let prices = Prices { known: price, start: auction.places.start() };
    lists::maybe_within(instance, &prices, window(instance, WINDOW))
}

fn eps<S: Score, W: Weight>(instance: &Instance<'_, S, W>, range: i64, divisor: i64) -> i64 {
    (range / divisor).max(finest(instance))
}

/// The `eps` of the last phase.
fn finest<S: Score, W: Weight>(instance: &Instance<'_, S, W>) -> i64 {
    ((1 << instance.shift) / FINEST_PER_UNIT).max(1)
}

/// A window never hides a candidate that is equally good but for rounding.
fn window<S: Score, W: Weight>(instance: &Instance<'_, S, W>, divisor: i64) -> i64 {
    (instance.spread / divisor).max(2 << instance.shift)
}
