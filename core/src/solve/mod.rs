//! The mathematics: maximum-weight matching of needs into a supply forest, with prices that prove it.
//!
//! A need takes at most one place; a node's capacity bounds how many needs it and everything under it hold together.
//! Wanted is the matching that serves most needs of the highest tier, then of the next, and so on, and among those the
//! one of the greatest total score. With a supply forest alone the sets of needs that can be served together are the
//! independent sets of a gammoid, so any strictly decreasing weights on tiers give the best coverage; the engine counts
//! a need of tier t as t steps of tier.
//!
//! The method, one file for each phase:
//!
//! 1. [`components`]: solve what is not connected separately, in parallel.
//! 2. [`forest`], [`instance`]: renumber, so that what competes is close in memory, and choose the weight's type.
//! 3. [`auction`]: prices that are nearly right. Few needs do without.
//! 4. [`start`]: round them, and keep every assignment that is exactly right; what is left are free needs and phantoms.
//! 5. [`forward`]: a shortest path for each free need, past the dear ones of a large group's [`children`] and past leaves
//!    whose [`slack`] is larger than the path is long. [`reverse`]: one for each phantom. Now the flow is optimal for a
//!    finite step.
//! 6. [`level`]: prove that no larger step would change the coverage; otherwise improve it, enlarge the step and return
//!    to 4.
//! 7. [`prices`]: give every node of the network its own price, in tiers and score.
//!
//! Everything is integer arithmetic, and nothing depends on the number of threads.
//!
//! # References
//!
//! - D. P. Bertsekas and D. A. Castañón, "The auction algorithm for the transportation problem", Annals of Operations
//!   Research 20 (1989): the auction with capacities.
//! - R. Jonker and A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment problems",
//!   Computing 38 (1987), and A. Volgenant, "Linear and semi-assignment problems", Computers & Operations Research 23
//!   (1996): shortest augmenting paths from reduced prices.
//! - R. M. McConnell, K. Mehlhorn, S. Näher and P. Schweitzer, "Certifying algorithms", Computer Science Review 5 (2011).
//!
//! We depart from them in the supply forest of any depth, in starting the exact phase with phantoms so that prices that
//! are too high are repaired from the other side, and in the level pass.

mod components;
mod memory;

mod weight;
mod work;

mod forest;
mod instance;
mod lists;

mod auction;
mod by_leaf;
mod near;
mod residual;
mod start;

mod children;
mod search;
mod slack;

mod forward;
mod reverse;

mod level;
mod prices;
mod unfinished;

mod canonical;

#[cfg(test)]
mod tests;

use std::ops::{Add, Sub};

use rayon::prelude::*;

use crate::control::{Control, Stage};
use crate::error::{Error, Fault, FaultCode, InputError, TableName};
use crate::network::{Network, Score};

pub(crate) use canonical::{canonical, canonical_within};
pub(crate) use forest::loads;
pub(crate) use memory::bytes_needed;
pub(crate) use work::Work;

use children::Children;
use forest::NONE;
use instance::{Extent, FIRST_STEP, Instance};
use level::Levels;
use residual::Residual;
use reverse::ReverseEdges;
use search::Search;
use slack::Slack;
use start::Start;
use weight::Weight;

/// So few needs are settled one by one sooner than an auction finds their prices.
const FEW: usize = 128;
/// The short lists of the exact phase reach this fraction of the spread of scores beyond a need's best edge.
const WINDOW: i64 = 40;

/// The price of one place at a node on top of what its ancestors charge: first in coverage, then in score.
///
/// Prices compare lexicographically: no amount of score outweighs one step of coverage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Price {
    /// In tiers.
    pub tier: i64,
    /// In units of score.
    pub score: i64,
}

impl Add for Price {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { tier: self.tier + other.tier, score: self.score + other.score }
    }
}

impl Sub for Price {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { tier: self.tier - other.tier, score: self.score - other.score }
    }
}

/// An optimal flow with the prices that prove it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flow {
    /// For each need the node whose place it takes.
    pub(crate) node: Vec<Option<u32>>,
    /// For each node its own price.
    pub(crate) price: Vec<Price>,
}

/// Solves a network exactly.
///
/// # Errors
///
/// [`Error::Cancelled`], [`Error::Limit`], or [`Error::Input`] where scores are so large for so many needs in tiers that
/// a step of tier cannot be told from score in 64 bits.
///
/// # Complexity
///
/// In practice a few dozen passes over the edges; each repair is a shortest path over the nodes of the forest.
pub(crate) fn solve<S: Score>(network: &Network<'_, S>, control: &Control) -> Result<Flow, Error> {
    Ok(solve_within(network, None, control)?.0)
}

/// The same with so much work at most, and what is left of it. With nothing left the flow need not be optimal: its prices
/// bound what an optimal one is worth.
///
/// # Errors
///
/// As of [`solve`].
pub(crate) fn solve_within<S: Score>(
    network: &Network<'_, S>,
    limit: Option<u64>,
    control: &Control,
) -> Result<(Flow, Work), Error> {
    solve_from(network, FEW, limit, control)
}

/// The same, with an auction for more needs than `few`.
fn solve_from<S: Score>(
    network: &Network<'_, S>,
    few: usize,
    limit: Option<u64>,
    control: &Control,
) -> Result<(Flow, Work), Error> {
    let extent = Extent::of(network);
    check_range(extent)?;
    control.reserve(bytes_needed(network))?;
    let Some(parts) = components::split(network) else {
        return solve_part(network, extent, few, Work::of(limit), control);
    };
    control.reserve(bytes_needed(network) + memory::bytes_of_parts(network))?;
    let solved: Result<Vec<_>, Error> = parts
        .into_par_iter()
        .map(|part| {
            let own = part.network();
            let work = Work::share(limit, own.n_edges(), network.n_edges());
            let (flow, work) = solve_part(&own, extent, few, work, control)?;
            Ok(((part, flow), work))
        })
        .collect();
    let (solved, works): (Vec<_>, Vec<_>) = solved?.into_iter().unzip();
    Ok((components::join(network, solved.into_iter()), works.into_iter().collect()))
}

fn solve_part<S: Score>(
    network: &Network<'_, S>,
    extent: Extent,
    few: usize,
    work: Work,
    control: &Control,
) -> Result<(Flow, Work), Error> {
    if extent.fits::<i32>(0) {
        solve_with::<S, i32>(network, extent, few, work, control)
    } else {
        solve_with::<S, i64>(network, extent, few, work, control)
    }
}

/// A step of tier must be able to outgrow every alternating path; see [`level`].
fn check_range(extent: Extent) -> Result<(), InputError> {
    let most = extent.largest_range();
    if extent.range <= most {
        return Ok(());
    }
    let expected = format!("scores within ±{most} for this many needs in tiers");
    Err(Fault::in_column(TableName::Arrays, "score", FaultCode::OutOfRange, expected).into())
}

fn solve_with<S: Score, W: Weight>(
    network: &Network<'_, S>,
    extent: Extent,
    few: usize,
    work: Work,
    control: &Control,
) -> Result<(Flow, Work), Error> {
    let closed = forest::closed_at(network);
    let instance = Instance::<S, W>::new(network, &closed, extent, work, control)?;

    let auction::Outcome { mut price, place } = if instance.n_needs() <= few {
        auction::Outcome::nothing(&instance)
    } else {
        auction::run(&instance, control)?
    };
    start::rounded(&mut price, instance.shift);
    let (residual, levels) = exact(&instance, FIRST_STEP * instance.range, price, place, control)?;
    let mut flow = flow(network, &closed, &residual, &levels);
    if instance.work.is_spent() {
        unfinished::fill(network, &mut flow.node);
    }
    // Passes leave out what is left of them once the run is cancelled, so nothing that they led to counts.
    control.check()?;
    Ok((flow, instance.work))
}

/// The optimum for a step of tier without bound, from any whole prices and any hint of who holds what; or how far the work
/// suffices.
fn exact<'a, S: Score, W: Weight>(
    instance: &'a Instance<'a, S, W>,
    first_step: i64,
    mut price: Vec<i64>,
    mut hint: Vec<u32>,
    control: &Control,
) -> Result<(Residual<'a, S, W>, Levels), Error> {
    let mut step = first_step;
    loop {
        let (mut residual, is_optimal) = optimum(instance, step, &price, &hint, control)?;
        if !is_optimal {
            let levels = level::rough(&residual);
            return Ok((residual, levels));
        }
        let levels = level::run(&mut residual, control)?;
        if levels.n_augmentations == 0 {
            return Ok((residual, levels));
        }
        // Coverage improved, so some path loses more score than a step is worth: enlarge the step, and repair from the
        // prices as they would be for it.
        let larger = enlarged(step, instance);
        for (leaf, p) in price.iter_mut().enumerate() {
            *p = residual.potential[leaf] + i64::from(levels.level[leaf]) * (larger - step);
        }
        hint = residual.places();
        step = larger;
    }
}

/// The next step of tier: soon larger than the loss along any path, and never beyond what 64 bits hold.
fn enlarged<S: Score, W: Weight>(step: i64, instance: &Instance<'_, S, W>) -> i64 {
    let enough = 2 * instance.range * (instance.n_needs() as i64 + 1);
    debug_assert!(step < enough, "a step that outweighs every path leaves nothing to augment");
    step.max(instance.range).saturating_mul(4).min(enough)
}

/// The optimum for a finite step, from approximate prices; or a flow and prices that are not yet optimal, where the work
/// does not suffice, and whether they are.
fn optimum<'a, S: Score, W: Weight>(
    instance: &'a Instance<'a, S, W>,
    step: i64,
    price: &[i64],
    hint: &[u32],
    control: &Control,
) -> Result<(Residual<'a, S, W>, bool), Error> {
    let window = instance.spread / WINDOW;
    let Start { mut residual, near, free } = Start::new(instance, step, price, hint, window);
    let n_phantoms: u64 = residual.phantoms.iter().map(|&n| u64::from(n)).sum();
    control.enter(Stage::Repair, free.len() as u64 + n_phantoms)?;
    let mut search = Search::new(&instance.forest);
    let mut children = Children::new(&instance.forest, &residual.potential);
    let mut slack = Slack::new(instance.forest.n_leaves);
    let work = &instance.work;
    for need in free {
        if work.is_spent() {
            return Ok((residual, false));
        }
        forward::settle(&mut residual, &mut search, &near, (&mut children, &mut slack), need);
        work.spend(search.n_reached());
        control.advance(1)?;
    }
    if residual.phantoms.iter().any(|&n| n > 0) {
        let mut edges = ReverseEdges::new(&residual, &near, window)?;
        for v in 0..instance.forest.n_nodes() as u32 {
            while residual.phantoms[v as usize] > 0 {
                if work.is_spent() {
                    return Ok((residual, false));
                }
                reverse::remove_phantom(&mut residual, &mut search, &mut edges, v)?;
                work.spend(search.n_reached());
                control.advance(1)?;
            }
        }
    }
    Ok((residual, true))
}

fn flow<S: Score, W: Weight>(
    network: &Network<'_, S>,
    closed: &[Option<u32>],
    residual: &Residual<'_, S, W>,
    levels: &Levels,
) -> Flow {
    let instance = residual.instance;
    let mut node = vec![None; network.n_needs()];
    for (k, &need) in instance.need.iter().enumerate() {
        let place = residual.place(k as u32);
        if place != NONE {
            node[need as usize] = Some(instance.forest.origin[place as usize]);
        }
    }
    Flow { node, price: prices::own_prices(network, closed, residual, levels) }
}
