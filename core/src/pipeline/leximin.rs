//! The greatest least rate of any kind of needs, then the greatest second least, and so on; then tiers and score.
//!
//! Which numbers of needs the kinds can have served together is told by ceilings: so many at most for each set of kinds.
//! These make a polymatroid, since supply is a forest and no quota holds needs of several kinds, so a greatest vector is
//! found by decomposition. If the places of a set of kinds could be given out freely, they would go one by one to whichever
//! kind has the least rate. Where floors of these numbers can be met, they are the answer. Elsewhere the tight set names
//! kinds that have fewer places than that, whatever is done; these are solved alone with the places they can have, and
//! then the others with what is left. Each flow settles some kinds or divides them, so there are at most twice as many as
//! kinds.
//!
//! The sets of kinds that were settled first, one after the other, cannot have more served together. So each set, with its
//! ceiling, is a part of the proof.
//!
//! # References
//!
//! - S. Fujishige, "Lexicographically optimal base of a polymatroid with respect to a weight vector", Mathematics of
//!   Operations Research 5 (1980).
//! - H. Groenevelt, "Two algorithms for maximizing a separable concave function over a polymatroid feasible region",
//!   European Journal of Operational Research 54 (1991).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::crossing::{self, TRIES};
use crate::control::Control;
use crate::encode::{self, Found, Reached, Scaled, Size, Sizes};
use crate::error::{Error, Fault, FaultCode, InputError, TableName};
use crate::general;
use crate::matching::{Kind, Limited, Rate, Unmet};
use crate::model::Problem;
use crate::score::ScoredCandidates;

/// The best matching among those of the greatest rates, and these; no rates where floors of tables cannot be met.
///
/// Leaves the floors of kinds at what they have served.
///
/// # Errors
///
/// [`FaultCode::PolicyValue`] where kinds cross each other or a quota, or a quota holds needs of several kinds; as of the
/// engine.
///
/// # Complexity
///
/// Three flows over all candidates without scores for each kind at most, then as of the engine.
pub(super) fn solve(
    problem: &Problem,
    scored: &ScoredCandidates,
    scaled: &mut Scaled<'_>,
    control: &Control,
) -> Result<(Found, Option<Reached>), Error> {
    if !is_polymatroid(scaled, problem.needs().len()) {
        let expected = "another objective, such as max_min, where kinds of needs cross each other or a quota, or a quota \
                        holds needs of several kinds";
        let fault = Fault::in_column(TableName::Policy, "objective", FaultCode::PolicyValue, expected);
        return Err(InputError::from(fault).into());
    }
    let sizes = encode::sizes(problem, scored);
    let mut search = Search { problem, scored, scaled, sizes: &sizes, control };
    if search.obstacle(&Floors::new())?.is_some() {
        return Ok((crossing::solve(search.scaled, TRIES, control)?, None));
    }
    let (floors, settled) = search.decompose()?;
    let mut ceilings: Vec<Unmet> = Vec::new();
    let mut whole = Floors::new();
    for kinds in settled {
        whole.extend(kinds.into_iter().map(|kind| (kind, free(sizes[&kind]))));
        let ceiling = search.obstacle(&whole)?;
        ceilings.extend(ceiling.filter(|own| ceilings.last().is_none_or(|last| last.floors != own.floors)));
    }
    search.set(&floors);
    let found = crossing::solve(search.scaled, TRIES, control)?;
    let served = |kind: &Kind, size: &Size| size.pinned + floors.get(kind).copied().unwrap_or(0);
    let floor: BTreeMap<Kind, u64> = sizes.iter().map(|(kind, size)| (*kind, served(kind, size))).collect();
    let rates = sizes.iter().map(|(kind, size)| Rate::of(floor[kind], size.needs));
    let least = rates.min().unwrap_or(Rate::ALL);
    Ok((found, Some(Reached { sizes, floor, least, bound: least, proof: None, ceilings })))
}

/// Whether kinds and quotas are in one forest, and nothing is about several kinds.
fn is_polymatroid(scaled: &Scaled<'_>, n_needs: usize) -> bool {
    let quotas = scaled.quotas();
    let mut kind = vec![None; n_needs];
    for part in quotas.parts.iter().filter(|part| part.is_of_kind()) {
        part.members.iter().for_each(|&need| kind[need as usize] = Some(part.of));
    }
    let are_all = |part: &encode::Part, own| part.members.iter().all(|&need| kind[need as usize] == own);
    let is_of_one = |part: &encode::Part| match part.members.first() {
        // Of kinds that share a need the last one has it.
        _ if part.is_of_kind() => are_all(part, Some(part.of)),
        Some(&first) => are_all(part, kind[first as usize]),
        None => true,
    };
    quotas.crossing.is_empty() && quotas.parts.iter().all(is_of_one)
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
        let tight = general::obstacle(&self.scaled.network(self.control)?, self.control)?;
        Ok(tight.map(|tight| encode::unmet(self.problem, self.scored, self.scaled.bounds(), &tight)))
    }

    /// A greatest vector of needs served, and the kinds in the order in which they were settled.
    fn decompose(&mut self) -> Result<(Floors, Vec<Vec<Kind>>), Error> {
        let all: Vec<Kind> = self.sizes.keys().copied().collect();
        let whole: Floors = self.sizes.iter().map(|(&kind, &size)| (kind, free(size))).collect();
        let missing = self.obstacle(&whole)?.map_or(0, |unmet| unmet.missing);
        let n_free: u64 = whole.values().sum();
        let (mut settled, mut order) = (Floors::new(), Vec::new());
        let mut open = vec![(all, n_free.saturating_sub(missing))];
        while let Some((kinds, places)) = open.pop() {
            let shares = self.share_out(&kinds, places);
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

    /// Gives places out one by one to the kind of the least rate, of equals the smallest, which gains most by it.
    fn share_out(&self, kinds: &[Kind], places: u64) -> Floors {
        let key = |kind: Kind, share: u64| {
            let size = self.sizes[&kind];
            Reverse((Rate::of(size.pinned + share, size.needs), size.needs, kind))
        };
        let mut shares: Floors = kinds.iter().map(|&kind| (kind, 0)).collect();
        let has_more = |kind: Kind, share: u64| share < free(self.sizes[&kind]);
        let mut next: BinaryHeap<_> = kinds.iter().filter(|&&k| has_more(k, 0)).map(|&kind| key(kind, 0)).collect();
        for _ in 0..places {
            let Some(Reverse((_, _, kind))) = next.pop() else { break };
            let share = shares.entry(kind).or_default();
            *share += 1;
            if has_more(kind, *share) {
                next.push(key(kind, *share));
            }
        }
        shares
    }
}

#[cfg(test)]
mod tests;
