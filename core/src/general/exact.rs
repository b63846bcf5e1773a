//! From any prices to an optimum: flows that agree with the prices, then one shortest path for each unit out of balance.

use rayon::prelude::*;

use super::forest::{Forest, NONE};
use super::needs::{Lists, Needs};
use super::residual::{Residual, State};
use super::search::Search;
use super::weight::Weight;
use super::{forward, reverse};
use crate::control::{Control, Stage};
use crate::error::Error;

/// The first window of the short lists, as a part of the largest score, from the prices of samples, which are nearly right
/// everywhere.
pub(super) const NARROW: i64 = 20;
/// From the prices of another network, which are right but where bounds bind that it does not have: there by far.
pub(super) const WIDE: i64 = 10;
/// A window of so many times the largest score is no window any more.
const WIDEST: i64 = 4;
/// If more than one in so many needs saw too little, the window was too small.
const FEW: usize = 200;

/// Optimal prices, and the node of each need.
pub(super) struct Optimum<W> {
    pub(super) y: Vec<W>,
    pub(super) place: Vec<u32>,
}

/// The optimum, given that a feasible flow exists, and the lists that it was found on; `range` is the largest magnitude of
/// a score or cost, and the first window is this divided by `part`. Lists of nearly the same network may be given, with
/// which the first round saves its own.
///
/// Each round works on short lists and is then judged by all edges. A round that left nobody a better edge ends with the
/// optimum. Otherwise the next one starts from its prices, where few needs are out of balance; windows grow until the
/// lists hold all edges, and then there is nothing left to be found.
pub(super) fn optimum<W: Weight>(
    forest: &Forest<W>,
    needs: &Needs<W>,
    start: Optimum<W>,
    mut given: Option<Lists>,
    (range, part): (i64, i64),
    control: &Control,
) -> Result<(Optimum<W>, Lists), Error> {
    let Optimum { mut y, mut place } = start;
    let mut search = Search::new(forest.n_vertices());
    let mut window = Some((range / part).max(1));
    loop {
        let given = given.take();
        let is_own = given.is_none();
        let lists = given.unwrap_or_else(|| Lists::near(needs, &y, &place, window, forest.n_supply));
        control.check()?;
        let mut residual = Residual::new(forest, needs, lists, y, &place);
        let shift = W::from(window.unwrap_or(range));
        let is_balanced = balance_most(&mut residual, &mut search, shift, control)?;
        place = residual.places();
        let n_wrong = if is_balanced { n_wrong(&residual) } else { needs.n_needs() };
        y = residual.y;
        if is_balanced && n_wrong == 0 {
            return Ok((Optimum { y, place }, residual.lists));
        }
        window = match window {
            Some(window) if !is_own => Some(window),
            None => return Err(no_way()),
            Some(window) if n_wrong <= needs.n_needs() / FEW => Some(window + window / 2),
            Some(window) => Some(window.saturating_mul(2)),
        };
        window = window.filter(|&window| window / WIDEST <= range);
    }
}

fn no_way() -> Error {
    Error::InternalCheck { check: "a feasible flow could not be balanced".to_owned() }
}

/// Which way a search went that found nothing, and where it started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stuck {
    /// A unit too many cannot leave.
    Excess,
    /// A unit that is lacking cannot come.
    Deficit,
}

/// Carries away all excess, then fetches what is lacking. Stops at the first unit for which there is no way.
pub(super) fn balance<W: Weight>(
    residual: &mut Residual<'_, W>,
    search: &mut Search<W>,
    control: &Control,
) -> Result<Option<Stuck>, Error> {
    let out_of_balance: i64 = residual.excess.iter().map(|excess| excess.abs()).sum();
    control.enter(Stage::Repair, out_of_balance.unsigned_abs())?;
    let outside = residual.forest.outside();
    for v in 0..outside {
        while residual.excess[v] > 0 {
            search.begin(v);
            if !forward::carry(residual, search, v) {
                return Ok(Some(Stuck::Excess));
            }
            control.advance(1)?;
        }
    }
    for v in 0..outside {
        while residual.excess[v] < 0 {
            search.begin(v);
            if !reverse::fetch(residual, search, v) {
                return Ok(Some(Stuck::Deficit));
            }
            control.advance(1)?;
        }
    }
    Ok(None)
}

/// After so many units without a way, a round is left as it is.
const PATIENCE: usize = 16;

/// Balances as much as the lists allow, and tells whether that was everything.
///
/// A search that finds no way has closed a set that nothing in the lists leaves, or enters. The prices of such a set may
/// move as a whole; they move by `shift`, so that the next lists show ways that these did not.
pub(super) fn balance_most<W: Weight>(
    residual: &mut Residual<'_, W>,
    search: &mut Search<W>,
    shift: W,
    control: &Control,
) -> Result<bool, Error> {
    for patience in 0..PATIENCE {
        let Some(stuck) = balance(residual, search, control)? else { return Ok(patience == 0) };
        for &v in &search.reached {
            let y = &mut residual.y[v as usize];
            *y = if stuck == Stuck::Excess { *y + shift } else { *y - shift };
        }
        // The search began at the first vertex that it reached.
        if let Some(&start) = search.reached.first() {
            residual.excess[start as usize] = 0;
        }
    }
    Ok(false)
}

/// How many needs have an edge, of all their edges, that is worth more than what they have.
fn n_wrong<W: Weight>(residual: &Residual<'_, W>) -> usize {
    let (needs, y) = (residual.needs, &residual.y);
    let is_wrong = |&need: &usize| {
        let Some(best) = needs.best(need, y) else { return false };
        let &State { worth, bonus, at, edge, group, .. } = residual.state(need as u32);
        let worth = if edge == NONE { -y[group as usize] } else { worth - y[at as usize] };
        best + bonus > worth
    };
    (0..needs.n_needs()).into_par_iter().filter(is_wrong).count()
}
