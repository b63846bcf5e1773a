//! The greatest least rate of any kind of needs, then the best matching in which every kind has it.
//!
//! A kind has a rate if so many of its needs are served: a floor. Whether floors can be met is a question of flow. Where
//! they cannot, the tight set says of some kinds that together they can have no more than so many needs served, which
//! bounds the rate of each; the greatest rate within that bound is tried next. So rates fall from bound to bound until
//! the floors can be met, as the ratio falls in the method of Dinkelbach: in a few steps, since each set is the one that
//! is short of the most. The last bound is the proof.
//!
//! Where kinds cross each other or quotas, those that fit a forest give the bound, and each of the others alone. The
//! greatest rate that is found to be met may be below it; the difference is part of the result.
//!
//! # References
//!
//! - W. Dinkelbach, "On nonlinear fractional programming", Management Science 13 (1967).
//! - N. Megiddo, "Optimal flows in networks with multiple sources and sinks", Mathematical Programming 7 (1974).

use super::crossing::{Solver, TRIES};
use super::obstacle::obstacle;
use crate::control::Control;
use crate::encode::{self, Found, Reached, Scaled, Size, Sizes};
use crate::error::Error;
use crate::matching::{Kind, Limited, Rate, Unmet};
use crate::model::Problem;
use crate::score::ScoredCandidates;

/// Into how many parts the bound is divided where it is not known to be reached.
const PARTS: u64 = 16;
/// How many times a rate is tried within shares of crossing kinds and quotas.
const TRIES_OF_RATE: usize = 4;

/// The best matching of the greatest least rate, and that rate; no rate where floors of tables cannot be met.
///
/// Leaves the floors of kinds at that rate.
///
/// # Errors
///
/// As of the engine.
///
/// # Complexity
///
/// Some flows over all candidates without scores, then as of the engine; more of both where kinds cross.
pub(super) fn solve(
    problem: &Problem,
    scored: &ScoredCandidates,
    scaled: &mut Scaled<'_>,
    control: &Control,
) -> Result<(Found, Option<Reached>), Error> {
    let sizes = encode::sizes(problem, scored);
    let (mut bound, mut proof) = (Rate::ALL, None);
    let all = scaled.quotas().clone();
    let crossing = all.crossing.iter().filter_map(|&part| match all.parts[part].of {
        Limited::Kind(kind) => Some(all.within(kind)),
        Limited::Node(_) | Limited::Quota(..) => None,
    });
    for quotas in std::iter::once(all.clone()).chain(crossing) {
        scaled.replace_quotas(quotas);
        let before = bound;
        loop {
            scaled.set_floors(&sizes, |_, size| size.at(bound));
            let Some(unmet) = obstacle(problem, scored, scaled, control)? else { break };
            let Some(rate) = greatest_within(&sizes, &unmet) else {
                // No floor of a kind is at fault.
                scaled.replace_quotas(all.clone());
                scaled.set_floors(&sizes, |_, _| 0);
                return Ok((Solver::new(scaled, control)?.solve(scaled, TRIES, control)?, None));
            };
            bound = rate;
        }
        if bound < before {
            scaled.set_floors(&sizes, |_, size| size.above(bound));
            proof = obstacle(problem, scored, scaled, control)?;
            if proof.is_none() {
                return Err(Error::InternalCheck { check: "a rate above the greatest can be reached".to_owned() });
            }
        }
    }
    scaled.replace_quotas(all);
    let found = at_greatest_rate(&sizes, scaled, bound, control)?;
    let Found::Proven { node, prices, gap } = found else { return Ok((found, None)) };
    let least = least_rate(&sizes, scaled, &node);
    scaled.set_floors(&sizes, |_, size| size.at(least));
    // The matching may have a greater rate than was asked of it; at its floors the prices bound anew.
    let gap = if least == bound { gap } else { scaled.bound(&prices) - scaled.value(&node, &prices.step) };
    let floor = sizes.iter().map(|(&kind, size)| (kind, size.at(least))).collect();
    let reached = Reached { sizes, floor, least, bound, proof, ceilings: Vec::new(), greatest: Vec::new() };
    Ok((Found::Proven { node, prices, gap }, Some(reached)))
}

/// The greatest rate at which the floors of a set ask for no more than it allows; `None` where they do at none.
fn greatest_within(sizes: &Sizes, unmet: &Unmet) -> Option<Rate> {
    let asked: Vec<(Size, u64)> = unmet
        .floors
        .iter()
        .filter_map(|limit| match limit.of {
            Limited::Kind(kind) => sizes.get(&kind).map(|&size| (size, limit.needs)),
            Limited::Node(_) | Limited::Quota(..) => None,
        })
        .collect();
    let allowed = asked.iter().map(|(_, needs)| needs).sum::<u64>().checked_sub(unmet.missing)?;
    let floors = |rate: Rate| -> u64 { asked.iter().map(|(size, _)| size.at(rate).saturating_sub(size.pinned)).sum() };
    let of_size = |&(size, _): &(Size, u64)| (0..=size.needs).map(move |served| Rate::of(served, size.needs));
    let mut rates: Vec<Rate> = asked.iter().flat_map(of_size).collect();
    rates.sort_unstable();
    // Floors rise with the rate, and are 0 at the first.
    let n_within = rates.partition_point(|&rate| floors(rate) <= allowed);
    rates.get(n_within.checked_sub(1)?).copied()
}

/// The best matching at the bound, or at the greatest part of it where one is found.
fn at_greatest_rate(sizes: &Sizes, scaled: &mut Scaled<'_>, bound: Rate, control: &Control) -> Result<Found, Error> {
    scaled.set_floors(sizes, |_, size| size.at(bound));
    let mut solver = Solver::new(scaled, control)?;
    let found = solver.solve(scaled, TRIES, control)?;
    if matches!(found, Found::Proven { .. }) {
        return Ok(found);
    }
    let part = |k: u64| Rate::of(bound.served * k, bound.needs * PARTS);
    let (mut low, mut high) = (0, PARTS);
    while high - low > 1 {
        let middle = u64::midpoint(low, high);
        scaled.set_floors(sizes, |_, size| size.at(part(middle)));
        match solver.solve(scaled, TRIES_OF_RATE, control)? {
            Found::Proven { .. } => low = middle,
            _ => high = middle,
        }
    }
    scaled.set_floors(sizes, |_, size| size.at(part(low)));
    solver.solve(scaled, TRIES, control)
}

/// The least rate of any kind in a matching of the needs that are left to decide; pinned needs are served too.
fn least_rate(sizes: &Sizes, scaled: &Scaled<'_>, node: &[Option<u32>]) -> Rate {
    let served = |kind: Kind| -> u64 {
        let parts = scaled.quotas().parts.iter().filter(|part| part.of == Limited::Kind(kind));
        parts.map(|part| part.members.iter().filter(|&&need| node[need as usize].is_some()).count() as u64).sum()
    };
    let rates = sizes.iter().map(|(&kind, size)| Rate::of(size.pinned + served(kind), size.needs));
    rates.min().unwrap_or(Rate::ALL)
}

#[cfg(test)]
mod tests;
