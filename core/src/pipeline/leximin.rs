//! The greatest least rate of any kind of needs, then the greatest second least, and so on; then tiers and score.
//!
//! Which numbers of needs the kinds can have served together is told by ceilings: so many at most for each set of kinds.
//! Where no two kinds share a need and no quota holds needs of several kinds, these make a polymatroid, since supply is a
//! forest; so a greatest vector is found by decomposition. If the places of a set of kinds could be given out freely, they
//! would go one by one to whichever kind has the least rate. Where floors of these numbers can be met, they are the
//! answer. Elsewhere the tight set names kinds that have fewer places than that, whatever is done; these are solved alone
//! with the places they can have, and then the others with what is left. Each flow settles some kinds or divides them, so
//! there are at most twice as many as kinds.
//!
//! The sets of kinds that were settled first, one after the other, cannot have more served together. So each set, with its
//! ceiling, is a part of the proof.
//!
//! Of other problems the same is done without the quotas and kinds that are in the way, which can only raise ceilings.
//! They bound what can be reached; how much of it is found to be is another question, and both are part of the result.
//!
//! # References
//!
//! - S. Fujishige, "Lexicographically optimal base of a polymatroid with respect to a weight vector", Mathematics of
//!   Operations Research 5 (1980).
//! - H. Groenevelt, "Two algorithms for maximizing a separable concave function over a polymatroid feasible region",
//!   European Journal of Operational Research 54 (1991).

mod attempts;
mod ceilings;

use std::collections::{BTreeMap, BTreeSet};

use self::ceilings::{Ceilings, fill};
use super::crossing::{Solver, TRIES};
use super::obstacle::obstacle;
use crate::control::Control;
use crate::encode::{self, Found, Part, Quotas, Reached, Scaled, Size, Sizes};
use crate::error::Error;
use crate::matching::{Kind, Limited, Rate, Unmet};
use crate::model::Problem;
use crate::score::ScoredCandidates;

/// The best matching among those of the greatest rates that were found, and these; no rates where floors of tables cannot
/// be met or no matching within all quotas was found.
///
/// Leaves the floors of kinds at what they have served.
///
/// # Errors
///
/// As of the engine.
///
/// # Complexity
///
/// Three flows over all candidates without scores for each kind at most, then as of the engine; some more of both where
/// kinds cross each other or quotas.
pub(super) fn solve(
    problem: &Problem,
    scored: &ScoredCandidates,
    scaled: &mut Scaled<'_>,
    control: &Control,
) -> Result<(Found, Option<Reached>), Error> {
    let sizes = encode::sizes(problem, scored);
    let apart = Apart::of(scaled.quotas(), problem.needs().len());
    let mut search = Search { problem, scored, scaled, sizes: &sizes, control };
    if search.obstacle(&Floors::new())?.is_some() {
        return Ok((Solver::new(search.scaled, control)?.solve(search.scaled, TRIES, control)?, None));
    }
    let (greatest, ceilings) = if apart.is_all {
        let (floors, settled) = search.decompose(&apart.divide(&sizes).0)?;
        let mut ceilings = Ceilings::default();
        search.add_chain(&settled, &mut ceilings)?;
        (floors, ceilings)
    } else {
        search.bound(&apart)?
    };
    let found = search.reach(&greatest)?;
    let Found::Proven { node, prices, gap } = found else { return Ok((found, None)) };
    let served = search.served(&node);
    search.set(&served);
    // The matching may serve more of some kinds than was asked of it; at its own floors the prices bound anew.
    let gap = if apart.is_all { gap } else { search.scaled.bound(&prices) - search.scaled.value(&node, &prices.step) };
    let with_pinned = |of: &Floors| -> BTreeMap<Kind, u64> {
        sizes.iter().map(|(kind, size)| (*kind, size.pinned + of.get(kind).copied().unwrap_or(0))).collect()
    };
    let ascending = |of: &BTreeMap<Kind, u64>| {
        let mut rates: Vec<Rate> = sizes.iter().map(|(kind, size)| Rate::of(of[kind], size.needs)).collect();
        rates.sort_unstable();
        rates
    };
    let (floor, greatest) = (with_pinned(&served), ascending(&with_pinned(&greatest)));
    let least = ascending(&floor).first().copied().unwrap_or(Rate::ALL);
    let bound = greatest.first().copied().unwrap_or(Rate::ALL);
    let reached = Reached { sizes, floor, least, bound, proof: None, ceilings: ceilings.into_sets(), greatest };
    Ok((Found::Proven { node, prices, gap }, Some(reached)))
}

/// Kinds that share no needs, the smallest first, and quotas that hold needs of one of them at most.
struct Apart {
    /// The parts that are not among them.
    others: BTreeSet<Limited>,
    /// Nothing is left out, and no two parts cross.
    is_all: bool,
}

impl Apart {
    fn of(quotas: &Quotas, n_needs: usize) -> Self {
        let (mut others, mut of_need) = (BTreeSet::new(), vec![None; n_needs]);
        let (kinds, of_quotas): (Vec<&Part>, Vec<&Part>) = quotas.parts.iter().partition(|part| part.is_of_kind());
        for part in kinds.into_iter().rev() {
            let Limited::Kind(kind) = part.of else { continue };
            if part.members.iter().any(|&need| of_need[need as usize].is_some()) {
                others.insert(part.of);
            } else {
                part.members.iter().for_each(|&need| of_need[need as usize] = Some(kind));
            }
        }
        let holds_several = |part: &&&Part| {
            let mut kinds = part.members.iter().map(|&need| of_need[need as usize]);
            let first = kinds.next();
            kinds.any(|other| Some(other) != first)
        };
        others.extend(of_quotas.iter().filter(holds_several).map(|part| part.of));
        let is_all = others.is_empty() && quotas.crossing.is_empty();
        Self { others, is_all }
    }

    /// The kinds that share no needs, those without needs to decide included, and the others.
    fn divide(&self, sizes: &Sizes) -> (Vec<Kind>, Vec<Kind>) {
        sizes.keys().partition(|&&kind| !self.others.contains(&Limited::Kind(kind)))
    }

    /// The parts that are among them.
    fn quotas(&self, all: &Quotas) -> Quotas {
        all.only(|part| !self.others.contains(&part.of))
    }
}

/// Needs of a kind that are not pinned.
fn free(size: Size) -> u64 {
    size.needs - size.pinned
}

/// How many needs of each kind must be served, beside pinned ones; none of a kind that is not there.
type Floors = BTreeMap<Kind, u64>;

struct Search<'a, 'b> {
    problem: &'a Problem,
    scored: &'a ScoredCandidates,
    scaled: &'a mut Scaled<'b>,
    sizes: &'a Sizes,
    control: &'a Control,
}

impl Search<'_, '_> {
    fn set(&mut self, floors: &Floors) {
        self.scaled.set_floors(self.sizes, |kind, size| size.pinned + floors.get(&kind).copied().unwrap_or(0));
    }

    /// What stands in the way of floors.
    fn obstacle(&mut self, floors: &Floors) -> Result<Option<Unmet>, Error> {
        self.set(floors);
        obstacle(self.problem, self.scored, self.scaled, self.control)
    }

    /// How many needs of each kind that are not pinned a matching serves.
    fn served(&self, node: &[Option<u32>]) -> Floors {
        let of = |part: &Part| match part.of {
            Limited::Kind(kind) => {
                let is_served = |need: &&u32| node[**need as usize].is_some();
                Some((kind, part.members.iter().filter(is_served).count() as u64))
            }
            Limited::Node(_) | Limited::Quota(..) => None,
        };
        self.scaled.quotas().parts.iter().filter_map(of).collect()
    }

    /// All needs of some kinds.
    fn whole(&self, kinds: &[Kind]) -> Floors {
        kinds.iter().map(|&kind| (kind, free(self.sizes[&kind]))).collect()
    }

    /// A greatest vector of needs served of kinds that share none, and these in the order in which they were settled.
    fn decompose(&mut self, all: &[Kind]) -> Result<(Floors, Vec<Vec<Kind>>), Error> {
        let whole = self.whole(all);
        let missing = self.obstacle(&whole)?.map_or(0, |unmet| unmet.missing);
        let n_free: u64 = whole.values().sum();
        let (mut settled, mut order) = (Floors::new(), Vec::new());
        let mut open = vec![(all.to_vec(), n_free.saturating_sub(missing))];
        while let Some((kinds, places)) = open.pop() {
            let shares = fill(&kinds, self.sizes, &vec![vec![0]; kinds.len()], vec![places]);
            let mut floors = settled.clone();
            floors.extend(shares.iter().map(|(&kind, &share)| (kind, share)));
            let Some(unmet) = self.obstacle(&floors)? else {
                settled = floors;
                order.push(kinds);
                continue;
            };
            let is_short = |kind: &Kind| unmet.floors.iter().any(|limit| limit.of == Limited::Kind(*kind));
            let (short, others): (Vec<Kind>, Vec<Kind>) = kinds.iter().partition(|kind| is_short(kind));
            let asked: u64 = short.iter().map(|kind| shares[kind]).sum();
            let has = asked.checked_sub(unmet.missing);
            // Otherwise these kinds could not have the places that they were found to have.
            let (Some(has), false) = (has, others.is_empty()) else {
                return Err(Error::InternalCheck { check: "kinds of needs are no polymatroid".to_owned() });
            };
            open.push((others, places - has));
            open.push((short, has));
        }
        Ok((settled, order))
    }
}

#[cfg(test)]
mod tests;
