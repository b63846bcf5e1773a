//! What rates of kinds of needs do proven ceilings allow at most, the least of them first?
//!
//! Each tight set says of some kinds that no more than so many of their needs can be served together. Of two sets one
//! holds the kinds of the other, or they have none in common. What vectors of served needs such sets allow is a polymatroid,
//! whatever the problem is; so giving needs one by one to the kind of the least rate that still has room finds the greatest
//! that they allow. No matching is better than that, and one that has the same rates is proven.
//!
//! Of kinds of equal rates the one of fewer needs gains more by one: it comes first.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::Violation;
use crate::matching::{Kind, Limited, Unmet};

/// A kind as far as rates ask.
#[derive(Clone, Copy)]
pub(super) struct Compared {
    pub(super) kind: Kind,
    /// Needs that have a candidate.
    pub(super) needs: u64,
    /// Those that are pinned, and so served.
    pub(super) pinned: u64,
}

/// Kinds that can have no more served together, beside pinned needs.
struct Ceiling {
    kinds: BTreeSet<Kind>,
    room: u64,
}

/// The greatest rates within the ceilings, whose tight sets were checked: served needs of needs, ascending.
pub(super) fn greatest(kinds: &[Compared], ceilings: &[Unmet]) -> Result<Vec<(u64, u64)>, Violation> {
    let wrong = Violation::Rates { field: "ceilings" };
    let mut found: Vec<Ceiling> = Vec::new();
    for set in ceilings {
        let asked = set.floors.iter().filter_map(|limit| match limit.of {
            Limited::Kind(kind) => Some((kind, limit.needs)),
            Limited::Node(_) | Limited::Quota(..) => None,
        });
        let asked: BTreeMap<Kind, u64> = asked.collect();
        let room = asked.values().sum::<u64>().checked_sub(set.missing).ok_or(wrong)?;
        let own: BTreeSet<Kind> = asked.into_keys().collect();
        let is_after = found.last().is_none_or(|last| (last.kinds.len(), &last.kinds) < (own.len(), &own));
        // No other is of more kinds.
        let fits = |other: &Ceiling| other.kinds.is_subset(&own) || other.kinds.is_disjoint(&own);
        if own.is_empty() || !is_after || !found.iter().all(fits) {
            return Err(wrong);
        }
        found.push(Ceiling { kinds: own, room });
    }
    let mut greatest = fill(kinds, found);
    greatest.sort_by(|&a, &b| compare(a, b));
    Ok(greatest)
}

/// Which of two fractions is smaller.
pub(super) fn compare((a, of_a): (u64, u64), (b, of_b): (u64, u64)) -> Ordering {
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

/// What is served of each kind, of how many, at the greatest rates within the ceilings.
fn fill(kinds: &[Compared], mut ceilings: Vec<Ceiling>) -> Vec<(u64, u64)> {
    let around = |own: &Compared| (0..ceilings.len()).filter(|&c| ceilings[c].kinds.contains(&own.kind)).collect();
    let around: Vec<Vec<usize>> = kinds.iter().map(around).collect();
    let mut served: Vec<u64> = kinds.iter().map(|own| own.pinned).collect();
    let mut next: BinaryHeap<Next> = kinds
        .iter()
        .enumerate()
        .map(|(position, own)| Next { served: own.pinned, needs: own.needs, position })
        .collect();
    while let Some(Next { served: now, needs, position }) = next.pop() {
        let around = &around[position];
        // Who has no room now never has again.
        if now == needs || around.iter().any(|&c| ceilings[c].room == 0) {
            continue;
        }
        around.iter().for_each(|&c| ceilings[c].room -= 1);
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

    fn ceiling(members: &[usize], needs: [u64; 3], pinned: [u64; 3], room: u64) -> Unmet {
        let floor = |&k: &usize| Limit { of: Limited::Kind(Kind::ClientGroup(KINDS[k])), needs: needs[k] - pinned[k] };
        let floors: Vec<Limit> = members.iter().map(floor).collect();
        let missing = floors.iter().map(|limit| limit.needs).sum::<u64>().saturating_sub(room);
        Unmet { missing, floors, ..Unmet::default() }
    }

    /// Whether rates are the greatest within ceilings; `None` where these prove nothing.
    fn are_greatest(served: [u64; 3], needs: [u64; 3], pinned: [u64; 3], ceilings: &[Unmet]) -> Option<bool> {
        let kind = |k: usize| Compared { kind: Kind::ClientGroup(KINDS[k]), needs: needs[k], pinned: pinned[k] };
        let kinds = [0, 1, 2].map(kind);
        let mut own = [0, 1, 2].map(|k| (served[k], needs[k]));
        own.sort_by(|&a, &b| compare(a, b));
        let greatest = greatest(&kinds, ceilings).ok()?;
        Some(greatest.iter().zip(own).all(|(&a, b)| compare(a, b).is_eq()))
    }

    #[test]
    fn what_is_greatest_within_sets_that_hold_each_other_is_found() {
        let mut n = 0;
        for code in 0..4096_u64 {
            let digit = |k: u32| code >> (2 * k) & 3;
            let needs = [digit(0) + 1, digit(1) + 1, digit(2) + 1];
            let pinned = [digit(3).min(needs[0]) / 2, 0, 0];
            let free = |k: usize| needs[k] - pinned[k];
            let (inner, other) = (digit(4).min(free(0)), (code % 3).min(free(2)));
            let outer = digit(5).min(free(0) + free(1));
            let ceilings = [
                ceiling(&[0], needs, pinned, inner),
                ceiling(&[2], needs, pinned, other),
                ceiling(&[0, 1], needs, pinned, outer),
            ];
            let allowed = |x: [u64; 3]| {
                let beside = |k: usize| x[k].checked_sub(pinned[k]);
                let Some((a, b)) = beside(0).zip(beside(1)) else { return false };
                a <= inner && a + b <= outer && x[2] <= other
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
                assert_eq!(are_greatest(x, needs, pinned, &ceilings), Some(is_best), "{code}: {x:?}");
                n += u32::from(is_best);
            }
        }
        assert!(n > 4000, "{n}");
    }

    #[test]
    fn sets_that_cross_or_are_out_of_order_prove_nothing() {
        let (needs, none) = ([2, 2, 2], [0, 0, 0]);
        let of = |members: &[usize]| ceiling(members, needs, none, 1);
        for sets in [
            vec![of(&[0, 1]), of(&[1, 2])],
            vec![of(&[0, 1]), of(&[0])],
            vec![of(&[2]), of(&[0])],
            vec![of(&[0]), of(&[0])],
            vec![of(&[])],
        ] {
            assert_eq!(are_greatest([0, 0, 0], needs, none, &sets), None, "{sets:?}");
        }
        assert_eq!(are_greatest([0, 0, 2], needs, none, &[of(&[0]), of(&[1]), of(&[0, 1])]), Some(false));
        assert_eq!(are_greatest([1, 0, 2], needs, none, &[of(&[0]), of(&[1]), of(&[0, 1])]), Some(true));
    }
}
