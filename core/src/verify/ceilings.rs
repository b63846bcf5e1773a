//! Are the rates of kinds of needs the greatest, the least of them first?
//!
//! Each tight set says of some kinds that no more than so many of their needs can be served together. Each set holds the
//! one before it. What vectors of served needs such a chain allows is a polymatroid, whatever the problem is; so giving
//! needs one by one to the kind of the least rate that still has room finds the greatest that it allows. No matching is
//! better than that, and one that has the same rates is proven.
//!
//! Of kinds of equal rates the one of fewer needs gains more by one: it comes first.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::Violation;
use crate::matching::{Kind, Limited, Unmet};

/// A kind as far as rates ask.
#[derive(Clone, Copy)]
pub(super) struct Served {
    pub(super) kind: Kind,
    /// Needs that have a candidate.
    pub(super) needs: u64,
    /// Those that are pinned, and so served.
    pub(super) pinned: u64,
    /// All that are served.
    pub(super) served: u64,
}

/// Kinds that can have no more served together, beside pinned needs.
struct Ceiling {
    kinds: BTreeSet<Kind>,
    room: u64,
}

/// Checks that no vector within the ceilings, whose tight sets were checked, has greater rates.
pub(super) fn check(kinds: &[Served], ceilings: &[Unmet]) -> Result<(), Violation> {
    let wrong = Violation::Rates { field: "ceilings" };
    let mut chain: Vec<Ceiling> = Vec::new();
    for set in ceilings {
        let asked = set.floors.iter().filter_map(|limit| match limit.of {
            Limited::Kind(kind) => Some((kind, limit.needs)),
            Limited::Node(_) | Limited::Quota(..) => None,
        });
        let asked: BTreeMap<Kind, u64> = asked.collect();
        let room = asked.values().sum::<u64>().checked_sub(set.missing).ok_or(wrong)?;
        let own: BTreeSet<Kind> = asked.into_keys().collect();
        if chain.last().is_some_and(|last| !last.kinds.is_subset(&own)) {
            return Err(wrong);
        }
        chain.push(Ceiling { kinds: own, room });
    }
    let mut greatest = fill(kinds, chain);
    let mut stated: Vec<(u64, u64)> = kinds.iter().map(|own| (own.served, own.needs)).collect();
    greatest.sort_by(|&a, &b| compare(a, b));
    stated.sort_by(|&a, &b| compare(a, b));
    let are_equal = greatest.iter().zip(&stated).all(|(&a, &b)| compare(a, b) == Ordering::Equal);
    if are_equal { Ok(()) } else { Err(wrong) }
}

/// Which of two fractions is smaller.
fn compare((a, of_a): (u64, u64), (b, of_b): (u64, u64)) -> Ordering {
    (u128::from(a) * u128::from(of_b)).cmp(&(u128::from(b) * u128::from(of_a)))
}

/// A kind that may get one more, in the order in which kinds get some: the greatest first.
#[derive(PartialEq, Eq)]
struct Next {
    served: u64,
    needs: u64,
    position: usize,
}

impl Ord for Next {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_rate = compare((other.served, other.needs), (self.served, self.needs));
        by_rate.then(other.needs.cmp(&self.needs)).then(other.position.cmp(&self.position))
    }
}

impl PartialOrd for Next {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The greatest rates within the ceilings.
fn fill(kinds: &[Served], mut chain: Vec<Ceiling>) -> Vec<(u64, u64)> {
    // Ceilings from the first that holds a kind on hold it too.
    let first: Vec<usize> = kinds
        .iter()
        .map(|own| chain.iter().position(|ceiling| ceiling.kinds.contains(&own.kind)).unwrap_or(chain.len()))
        .collect();
    let mut served: Vec<u64> = kinds.iter().map(|own| own.pinned).collect();
    let mut next: BinaryHeap<Next> = kinds
        .iter()
        .enumerate()
        .map(|(position, own)| Next { served: own.pinned, needs: own.needs, position })
        .collect();
    while let Some(Next { served: now, needs, position }) = next.pop() {
        let around = &mut chain[first[position]..];
        // Who has no room now never has again.
        if now == needs || around.iter().any(|ceiling| ceiling.room == 0) {
            continue;
        }
        around.iter_mut().for_each(|ceiling| ceiling.room -= 1);
        served[position] = now + 1;
        next.push(Next { served: now + 1, needs, position });
    }
    served.into_iter().zip(kinds).map(|(served, own)| (served, own.needs)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::Limit;
    use crate::model::codes::ClientGroup;

    const KINDS: [ClientGroup; 3] = [ClientGroup::Elderly, ClientGroup::Child, ClientGroup::Veteran];

    fn kinds(served: [u64; 3], needs: [u64; 3], pinned: [u64; 3]) -> Vec<Served> {
        let own = |k: usize| Served {
            kind: Kind::ClientGroup(KINDS[k]),
            needs: needs[k],
            pinned: pinned[k],
            served: served[k],
        };
        (0..3).map(own).collect()
    }

    fn ceiling(members: &[usize], needs: [u64; 3], pinned: [u64; 3], room: u64) -> Unmet {
        let floor = |&k: &usize| Limit { of: Limited::Kind(Kind::ClientGroup(KINDS[k])), needs: needs[k] - pinned[k] };
        let floors: Vec<Limit> = members.iter().map(floor).collect();
        let missing = floors.iter().map(|limit| limit.needs).sum::<u64>() - room;
        Unmet { missing, floors, ..Unmet::default() }
    }

    #[test]
    fn whatever_is_greater_within_a_chain_is_noticed() {
        let mut n = 0;
        for code in 0..4096_u64 {
            let digit = |k: u32| code >> (2 * k) & 3;
            let needs = [digit(0) + 1, digit(1) + 1, digit(2) + 1];
            let pinned = [digit(3).min(needs[0]) / 2, 0, 0];
            let free = |k: usize| needs[k] - pinned[k];
            let (inner, outer) = (digit(4).min(free(0)), digit(5).min(free(0) + free(1)));
            let ceilings = [ceiling(&[0], needs, pinned, inner), ceiling(&[0, 1], needs, pinned, outer)];
            let allowed = |x: [u64; 3]| {
                let beside = |k: usize| x[k].checked_sub(pinned[k]);
                let Some((a, b)) = beside(0).zip(beside(1)) else { return false };
                a <= inner && a + b <= outer
            };
            let vectors = || {
                let of = move |k: usize| 0..=needs[k];
                of(0).flat_map(move |a| of(1).flat_map(move |b| of(2).map(move |c| [a, b, c])))
            };
            let sorted = |x: [u64; 3]| {
                let mut rates: Vec<u64> = (0..3).map(|k| 12 * x[k] / needs[k]).collect();
                rates.sort_unstable();
                rates
            };
            let best = vectors().filter(|&x| allowed(x)).map(sorted).max().unwrap();
            for x in vectors().filter(|&x| allowed(x)) {
                let is_best = sorted(x) == best;
                assert_eq!(check(&kinds(x, needs, pinned), &ceilings).is_ok(), is_best, "{code}: {x:?}");
                n += u32::from(is_best);
            }
        }
        assert!(n > 4000, "{n}");
    }

    #[test]
    fn sets_that_do_not_hold_each_other_prove_nothing() {
        let needs = [2, 2, 2];
        let none = [0, 0, 0];
        let ceilings = [ceiling(&[0, 1], needs, none, 2), ceiling(&[1, 2], needs, none, 2)];
        assert!(check(&kinds([1, 1, 1], needs, none), &ceilings).is_err());
    }
}
