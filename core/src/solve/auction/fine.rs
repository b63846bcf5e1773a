//! Fine phases: all needs bid on short lists, until prices are finer than what rounding leaves of them.

use super::super::instance::Instance;
use super::super::weight::Weight;
use super::bidding::{Auction, Contest};
use super::lists::{self, Lists, Prices};
use super::places::Drop;
use super::{BID_BUDGET, FINE_DROP, Outcome, finest, window};
use crate::control::Control;
use crate::error::Error;
use crate::network::Score;

/// The usual `eps`, as fractions of the spread.
pub(super) const USUAL: [i64; 7] = [200, 1_000, 6_000, 60_000, 1_000_000, 16_000_000, 256_000_000];
/// Where hardly anybody competes, so many usual steps are one.
const LEAP: usize = 4;
/// After a fierce contest `eps` falls by this factor only: what a phase costs grows with how far it falls.
const CAREFUL: i64 = 4;
/// And the phase starts only this many `eps` of the one before lower.
const CAREFUL_DROP: i64 = 2;
/// So many bids for each need show that a leap, or a usual step, was too large.
const LEAP_BUDGET: usize = 4;
const USUAL_BUDGET: usize = 16;
/// With no more than this fraction left over, hardly a need would find anything new at a place that has fallen.
const FEW_UNSOLD: u64 = 4096;
/// The window of the short lists, as a fraction of the spread.
const WINDOW: i64 = 40;

/// How far `eps` falls from one phase to the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pace {
    /// By several usual steps.
    Leap,
    Usual,
    /// By a small factor.
    Careful,
}

impl Pace {
    fn after(self, contest: Contest) -> Self {
        match (self, contest) {
            // Who competes fiercely does so at every scale.
            (Self::Careful, _) | (_, Contest::Fierce | Contest::Unsettled) => Self::Careful,
            (_, Contest::Hardly) => Self::Leap,
            (_, Contest::Settled) => Self::Usual,
        }
    }

    /// What is tried where a phase was not settled in time.
    fn shorter(self) -> Option<Self> {
        match self {
            Self::Leap => Some(Self::Usual),
            Self::Usual => Some(Self::Careful),
            Self::Careful => None,
        }
    }

    fn next(self, spread: i64, last: i64) -> i64 {
        let mut finer = USUAL.iter().map(|divisor| spread / divisor).filter(|&eps| eps < last);
        match self {
            Self::Leap => finer.nth(LEAP - 1).unwrap_or(1),
            Self::Usual => finer.next().unwrap_or(1),
            Self::Careful => last / CAREFUL,
        }
    }

    fn budget(self) -> usize {
        match self {
            Self::Leap => LEAP_BUDGET,
            Self::Usual => USUAL_BUDGET,
            Self::Careful => BID_BUDGET,
        }
    }
}

/// Runs the phases that follow the first fine one, which ended at `last`; `short` are its lists where later ones may be
/// cut from them.
pub(super) fn phases<S: Score, W: Weight>(
    auction: &mut Auction<'_, S, W>,
    (contest, mut last): (Contest, i64),
    short: Option<&Lists<W>>,
    control: &Control,
) -> Result<Outcome, Error> {
    let instance = auction.instance;
    let (mut lists, mut n_phases) = (None, 0);
    let mut pace = if short.is_some() { Pace::Usual.after(contest) } else { Pace::Usual };
    while last > finest(instance) && !instance.work.is_spent() {
        // A phase that is not settled in time leaves needs without a bid: then what was before it is better.
        // Below one unit of score, finer prices save a few searches of the exact repair, and no more.
        let is_fine = last <= 1 << instance.shift;
        let before = (is_fine || pace == Pace::Careful).then(|| auction.places.outcome(instance.n_needs()));
        let price = auction.places.prices();
        let few_unsold = auction.places.n_unsold() <= auction.places.n_sold() / FEW_UNSOLD;
        let drop = if pace == Pace::Careful { CAREFUL_DROP } else { FINE_DROP };
        auction.places.restart(&price, Drop::usual(drop * last));
        let lists = lists.get_or_insert_with(|| {
            let prices = Prices { known: &price, start: auction.places.start() };
            next_lists(instance, short.filter(|_| few_unsold), &prices)
        });
        let contest = loop {
            let eps = pace.next(instance.spread, last).max(finest(instance));
            let budget = if is_fine { pace.budget().min(LEAP_BUDGET) } else { pace.budget() };
            let contest = auction.phase(lists, eps, budget, control)?;
            match pace.shorter().filter(|_| !is_fine && !instance.work.is_spent()) {
                Some(shorter) if contest == Contest::Unsettled => {
                    pace = shorter;
                    auction.places.clear();
                }
                _ => {
                    last = eps;
                    break contest;
                }
            }
        };
        if let (Contest::Unsettled, Some(before)) = (contest, before) {
            return Ok(before);
        }
        pace = pace.after(contest);
        n_phases += 1;
        control.advance(u64::from(n_phases < USUAL.len()))?;
    }
    Ok(auction.places.outcome(instance.n_needs()))
}

/// The lists of all later phases, cut from earlier ones where these can have left out nothing.
fn next_lists<S: Score, W: Weight>(
    instance: &Instance<'_, S, W>,
    short: Option<&Lists<W>>,
    prices: &Prices<'_, W>,
) -> Lists<W> {
    let window = window(instance, WINDOW);
    match short {
        Some(short) => lists::narrowed(instance, short, prices, window),
        None => lists::maybe_within(instance, prices, window),
    }
}
