//! Prices that are nearly right, from samples of the needs.
//!
//! A sample of the needs against the same share of the places has nearly the same prices as the whole. The smallest
//! sample is solved from nothing; each larger one starts from the prices of the one before, where less is out of balance.
//! Samples decide about speed only: any prices are a valid start.

use super::exact::{Optimum, balance_most};
use super::forest::{Forest, NONE};
use super::needs::{Lists, Needs};
use super::residual::Residual;
use super::search::Search;
use super::weight::Weight;
use crate::control::Control;
use crate::error::Error;

/// Each sample holds so many times the needs of the one before.
const GROWTH: i64 = 4;
/// Fewer needs than this are solved without samples.
const FEW: i64 = 150;
/// Groups of at most so many needs are in a sample as a whole or not at all.
const SMALL: i64 = 16;
/// The windows of the short lists, as parts of the largest score, from the smallest sample on; the last one is kept.
const WINDOWS: [i64; 4] = [1, 3, 6, 12];

/// After each sample prices fall by this part of the largest score: one that is too high is dearer to repair than one
/// that is too low.
const DROP: i64 = 100;

/// Potentials to start from, and no places.
pub(super) fn start<W: Weight>(
    forest: &Forest<W>,
    needs: &Needs<W>,
    range: i64,
    control: &Control,
) -> Result<Optimum<W>, Error> {
    let mut y = vec![W::default(); forest.n_vertices()];
    let mut search = Search::new(forest.n_vertices());
    let mut windows = WINDOWS.iter();
    let mut window = WINDOWS[0];
    for share in shares(forest, needs) {
        let (forest, needs) = sample(forest, needs, share);
        window = *windows.next().unwrap_or(&window);
        price_groups(&forest, &needs, &mut y);
        let nothing = vec![NONE; needs.n_needs()];
        let lists = Lists::near(&needs, &y, &nothing, Some(range / window), forest.n_supply);
        control.check()?;
        let mut residual = Residual::new(&forest, &needs, lists, y, &nothing);
        balance_most(&mut residual, &mut search, W::from(range / window), control)?;
        y = residual.y;
        lower(&forest, &mut y, W::from(range / DROP));
    }
    price_groups(forest, needs, &mut y);
    Ok(Optimum { y, place: vec![NONE; needs.n_needs()] })
}

/// The prices of groups that agree with the prices of nodes: a group charges what its last need to be served has and the
/// next one would pay, if its cap or its floor binds, and otherwise what the group above charges.
///
/// From below, each group hands its best utilities up, no more than its cap. Where floors of groups lie within floors
/// this is not exact, which only costs time.
pub(super) fn price_groups<W: Weight>(forest: &Forest<W>, needs: &Needs<W>, y: &mut [W]) {
    let first = forest.n_supply;
    let mut utilities: Vec<Vec<W>> = vec![Vec::new(); forest.n_vertices() - first];
    for (need, &group) in needs.group.iter().enumerate() {
        if let Some(best) = needs.best(need, y) {
            utilities[group as usize - first].push(best + needs.bonus[need]);
        }
    }
    let mut bounds = vec![(None, None); utilities.len()];
    let groups = || forest.upwards.iter().map(|&v| v as usize).filter(|&v| !forest.is_supply(v));
    for v in groups() {
        let mut best = std::mem::take(&mut utilities[v - first]);
        best.sort_unstable_by(|a, b| b.cmp(a));
        let at = |k: i64| usize::try_from(k).ok().and_then(|k| best.get(k)).copied();
        bounds[v - first] = (at(forest.cap[v]), at(forest.floor[v] - 1));
        best.truncate(forest.cap[v] as usize);
        utilities[forest.parent[v] as usize - first].append(&mut best);
    }
    for v in forest.upwards.iter().rev().map(|&v| v as usize).filter(|&v| !forest.is_supply(v)) {
        let above = -y[forest.parent[v] as usize];
        let (least, most) = bounds[v - first];
        let raised = least.map_or(above, |least: W| above.max(least));
        y[v] = -most.map_or(raised, |most: W| raised.min(most));
    }
}

/// Lowers the prices of nodes, those above zero to zero at the least.
fn lower<W: Weight>(forest: &Forest<W>, y: &mut [W], drop: W) {
    let free = W::default();
    for y in y[..forest.n_supply].iter_mut().filter(|y| **y > free) {
        *y = (*y - drop).max(free);
    }
}

/// Which parts of the needs to sample, the smallest first: one need in `share`.
/// A part leaves one place to every other provider, or it would say nothing about their prices.
fn shares<W: Weight>(forest: &Forest<W>, needs: &Needs<W>) -> Vec<i64> {
    let mut used = vec![false; forest.n_supply];
    needs.node.iter().for_each(|&v| used[v as usize] = true);
    let providers = (0..forest.n_supply).filter(|&v| used[v] && forest.cap[v] > 0);
    let (n, places) = providers.fold((1, 0), |(n, places), v| (n + 1, places + forest.cap[v]));
    let most = (2 * places / n).min(needs.n_needs() as i64 / FEW);
    let mut shares: Vec<i64> =
        std::iter::successors(Some(GROWTH), |share| Some(share * GROWTH)).take_while(|&share| share <= most).collect();
    shares.reverse();
    shares
}

/// One in `share` needs, or small groups, of each tier, against as much of the bounds.
fn sample<W: Weight>(forest: &Forest<W>, needs: &Needs<W>, share: i64) -> (Forest<W>, Needs<W>) {
    let mut size = vec![0_i64; forest.n_vertices()];
    for &group in &needs.group {
        forest.way_up(group as usize).for_each(|v| size[v] += 1);
    }
    let chosen = choose(forest, needs, &size, share);
    let group = chosen.iter().map(|&need| needs.group[need]).collect();
    let bonus = chosen.iter().map(|&need| needs.bonus[need]).collect();
    let n_edges = chosen.iter().map(|&need| needs.range(need).len()).sum();
    let mut part = Needs::without_edges(group, bonus, forest.n_vertices(), n_edges);
    chosen.iter().for_each(|&need| part.push_edges(needs.edges(need)));

    let mut scaled = forest.clone();
    // What rounding takes from one node it gives to the next, among nodes with and without others below.
    let mut rest = [[0, 0], [share / 2, share / 2]];
    for v in 0..forest.outside() {
        if forest.is_supply(v) {
            let rest = &mut rest[usize::from(forest.children(v).is_empty())];
            let part = |x: i64, rest: &mut i64| {
                *rest += x;
                let whole = *rest / share;
                *rest -= whole * share;
                whole
            };
            scaled.cap[v] = part(forest.cap[v], &mut rest[0]);
            scaled.floor[v] = part(forest.floor[v], &mut rest[1]).min(scaled.cap[v]);
            scaled.breaks[v].iter_mut().for_each(|(from, _)| *from /= share);
        } else if size[v] > SMALL {
            scaled.cap[v] = ((forest.cap[v] + share / 2) / share).max(1);
            scaled.floor[v] = forest.floor[v] / share;
        }
    }
    (scaled, part)
}

/// The needs of a sample: of each tier every so many in order, small groups as a whole.
fn choose<W: Weight>(forest: &Forest<W>, needs: &Needs<W>, size: &[i64], share: i64) -> Vec<usize> {
    // By bonus, which stands for the tier, how many were passed.
    let mut passed: Vec<(W, i64)> = Vec::new();
    let mut is_chosen = |bonus: W| {
        let k = passed.iter().position(|&(known, _)| known == bonus).unwrap_or_else(|| {
            passed.push((bonus, 0));
            passed.len() - 1
        });
        passed[k].1 += 1;
        passed[k].1 % share == share / 2
    };
    let mut group_is_chosen = vec![None; forest.n_vertices()];
    let in_sample = |&need: &usize| {
        let small = forest.way_up(needs.group[need] as usize).take_while(|&v| size[v] <= SMALL).last();
        match small {
            Some(group) => *group_is_chosen[group].get_or_insert_with(|| is_chosen(needs.bonus[need])),
            None => is_chosen(needs.bonus[need]),
        }
    };
    (0..needs.n_needs()).filter(in_sample).collect()
}
