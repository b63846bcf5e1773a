//! How many needs of sets of kinds can be served together, at most, and the greatest rates within that.
//!
//! Of any two sets one holds the other, or they have nothing in common. What vectors such ceilings allow is a polymatroid,
//! whatever the problem is, so giving needs one by one to the kind of the least rate that still has room finds the
//! greatest.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::{Apart, Floors, Search, free};
use crate::encode::Sizes;
use crate::error::Error;
use crate::matching::{Kind, Limited, Rate, Unmet};

/// Kinds of which no more needs can be served together, beside pinned ones.
struct Ceiling {
    kinds: BTreeSet<Kind>,
    room: u64,
    /// What proves it.
    set: Unmet,
}

/// Ceilings of sets of kinds, of which any two hold each other or have nothing in common.
#[derive(Default)]
pub(super) struct Ceilings(Vec<Ceiling>);

impl Ceilings {
    /// Adds what a tight set says, as long as it says more of its kinds and does not cross others.
    fn add(&mut self, set: Option<Unmet>) {
        let Some(set) = set else { return };
        let of_kind = |of: Limited| match of {
            Limited::Kind(kind) => Some(kind),
            Limited::Node(_) | Limited::Quota(..) => None,
        };
        let asked: Vec<(Kind, u64)> =
            set.floors.iter().filter_map(|limit| Some((of_kind(limit.of)?, limit.needs))).collect();
        let Some(room) = asked.iter().map(|&(_, needs)| needs).sum::<u64>().checked_sub(set.missing) else { return };
        let kinds: BTreeSet<Kind> = asked.into_iter().map(|(kind, _)| kind).collect();
        if let Some(own) = self.0.iter_mut().find(|own| own.kinds == kinds) {
            if room < own.room {
                *own = Ceiling { kinds, room, set };
            }
            return;
        }
        let fits =
            |own: &Ceiling| own.kinds.is_subset(&kinds) || kinds.is_subset(&own.kinds) || own.kinds.is_disjoint(&kinds);
        if !kinds.is_empty() && self.0.iter().all(fits) {
            self.0.push(Ceiling { kinds, room, set });
        }
    }

    /// The greatest rates, as needs served beside pinned ones.
    fn greatest(&self, sizes: &Sizes) -> Floors {
        let kinds: Vec<Kind> = sizes.keys().copied().collect();
        let around = |kind: &Kind| (0..self.0.len()).filter(|&k| self.0[k].kinds.contains(kind)).collect();
        let around: Vec<Vec<usize>> = kinds.iter().map(around).collect();
        fill(&kinds, sizes, &around, self.0.iter().map(|ceiling| ceiling.room).collect())
    }

    /// What proves the ceilings: of fewer kinds before those of more, then by kinds.
    pub(super) fn into_sets(mut self) -> Vec<Unmet> {
        self.0.sort_by(|a, b| (a.kinds.len(), &a.kinds).cmp(&(b.kinds.len(), &b.kinds)));
        self.0.into_iter().map(|ceiling| ceiling.set).collect()
    }
}

/// Gives needs one by one to the kind of the least rate that has room in all sets around it, of equals to the smallest,
/// which gains most by it.
pub(super) fn fill(kinds: &[Kind], sizes: &Sizes, around: &[Vec<usize>], mut room: Vec<u64>) -> Floors {
    let entry = |k: usize, floor: u64| {
        let size = sizes[&kinds[k]];
        Reverse((Rate::of(size.pinned + floor, size.needs), size.needs, kinds[k], k))
    };
    let mut floors = vec![0; kinds.len()];
    let mut next: BinaryHeap<_> = (0..kinds.len()).map(|k| entry(k, 0)).collect();
    while let Some(Reverse((_, _, kind, k))) = next.pop() {
        // Who has no room now never has again.
        if floors[k] == free(sizes[&kind]) || around[k].iter().any(|&set| room[set] == 0) {
            continue;
        }
        around[k].iter().for_each(|&set| room[set] -= 1);
        floors[k] += 1;
        next.push(entry(k, floors[k]));
    }
    kinds.iter().copied().zip(floors).collect()
}

impl Search<'_, '_> {
    /// Adds a ceiling for the kinds settled first, for these and the next, and so on.
    pub(super) fn add_chain(&mut self, settled: &[Vec<Kind>], ceilings: &mut Ceilings) -> Result<(), Error> {
        let mut whole = Floors::new();
        for kinds in settled {
            whole.extend(self.whole(kinds));
            ceilings.add(self.obstacle(&whole)?);
        }
        Ok(())
    }

    /// A bound on the rates where kinds or quotas cross, or quotas hold needs of several kinds: the greatest within the
    /// ceilings of what is left without them, of each kind alone that is left out, and of all that fits a forest.
    pub(super) fn bound(&mut self, apart: &Apart) -> Result<(Floors, Ceilings), Error> {
        let mut ceilings = Ceilings::default();
        let all = self.scaled.quotas().clone();
        let (kinds, others) = apart.divide(self.sizes);
        self.scaled.replace_quotas(apart.quotas(&all));
        let (_, settled) = self.decompose(&kinds)?;
        self.add_chain(&settled, &mut ceilings)?;
        for kind in others {
            self.scaled.replace_quotas(all.within(kind));
            let whole = self.whole(&[kind]);
            ceilings.add(self.obstacle(&whole)?);
        }
        self.scaled.replace_quotas(all);
        self.add_chain(&settled, &mut ceilings)?;
        Ok((ceilings.greatest(self.sizes), ceilings))
    }
}
