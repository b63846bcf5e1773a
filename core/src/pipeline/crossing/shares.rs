//! Shares: parts of the needs of quotas that cross, with caps and floors of their own, so small that they lie in the forest.

use std::collections::BTreeMap;

use crate::encode::{Groups, Quotas};

/// A part of the needs of crossing parts that is bounded on its own.
pub(super) struct Share {
    /// The smallest group around it.
    group: Option<u32>,
    pub(super) needs: Vec<u32>,
    pub(super) floor: u64,
    pub(super) cap: u64,
}

/// The shares of all parts that cross.
pub(super) struct Shares {
    pub(super) shares: Vec<Share>,
    /// For each crossing part its shares.
    pub(super) of_part: Vec<Vec<usize>>,
}

impl Shares {
    /// Of the parts that cross, without bounds.
    pub(super) fn of(quotas: &Quotas) -> Self {
        let mut held_by: Vec<Vec<usize>> = vec![Vec::new(); quotas.groups.group_of_need.len()];
        for (k, &part) in quotas.crossing.iter().enumerate() {
            quotas.parts[part].members.iter().for_each(|&need| held_by[need as usize].push(k));
        }
        let mut kinds: BTreeMap<(Option<u32>, Vec<usize>), Vec<u32>> = BTreeMap::new();
        for (need, held_by) in held_by.into_iter().enumerate().filter(|(_, held_by)| !held_by.is_empty()) {
            kinds.entry((quotas.groups.group_of_need[need], held_by)).or_default().push(need as u32);
        }
        let mut of_part = vec![Vec::new(); quotas.crossing.len()];
        let mut shares = Vec::new();
        for ((group, held_by), needs) in kinds {
            held_by.iter().for_each(|&k| of_part[k].push(shares.len()));
            let cap = needs.len() as u64;
            shares.push(Share { group, needs, floor: 0, cap });
        }
        Self { shares, of_part }
    }

    /// Takes all bounds away.
    pub(super) fn open(&mut self) {
        for share in &mut self.shares {
            (share.floor, share.cap) = (0, share.needs.len() as u64);
        }
    }

    /// Gives shares without bounds such as add up to those of the crossing parts, as near as possible to what a matching
    /// serves.
    pub(super) fn divide(&mut self, quotas: &Quotas, node: &[Option<u32>]) {
        for (k, &part) in quotas.crossing.iter().enumerate() {
            self.divide_part(k, quotas.parts[part].floor, quotas.parts[part].cap, node);
        }
    }

    /// Divides floor and cap of a crossing part among its shares, in proportion to what is served.
    fn divide_part(&mut self, k: usize, floor: u64, cap: u64, node: &[Option<u32>]) {
        let served = |share: &Share| share.needs.iter().filter(|&&need| node[need as usize].is_some()).count() as u64;
        let of_part = self.of_part[k].clone();
        let now: Vec<u64> = of_part.iter().map(|&s| served(&self.shares[s]).min(self.shares[s].cap)).collect();
        let total: u64 = now.iter().sum();
        // A floor may take more than is served, a cap less, each in proportion.
        let sizes: Vec<u64> = of_part.iter().map(|&s| self.shares[s].cap).collect();
        let floors = if floor <= total { split(floor, &now, &now) } else { split(floor, &sizes, &sizes) };
        let caps = if cap <= total { split(cap, &now, &now) } else { split(cap, &now, &sizes) };
        for ((&s, floor), cap) in of_part.iter().zip(floors).zip(caps) {
            let share = &mut self.shares[s];
            share.cap = share.cap.min(cap);
            share.floor = share.floor.max(floor);
        }
        // Where other parts have had their say, a floor may be above a cap: that is for the search to mend.
    }

    /// Whether no floor is above its cap.
    pub(super) fn are_possible(&self) -> bool {
        self.shares.iter().all(|share| share.floor <= share.cap)
    }

    /// The forest with a group for each share.
    pub(super) fn groups(&self, base: &Groups) -> Groups {
        let mut groups = base.clone();
        for share in &self.shares {
            let group = groups.parent.len() as u32;
            groups.parent.push(share.group);
            groups.cap.push(share.cap);
            groups.floor.push(share.floor);
            share.needs.iter().for_each(|&need| groups.group_of_need[need as usize] = Some(group));
        }
        groups
    }
}

/// Splits a number in proportion to weights, no part above its limit; the rest goes to the first that have room.
fn split(number: u64, weights: &[u64], limits: &[u64]) -> Vec<u64> {
    let whole: u128 = weights.iter().map(|&weight| u128::from(weight)).sum::<u128>().max(1);
    let part = |(&weight, &limit): (&u64, &u64)| {
        let exact = u128::from(number) * u128::from(weight) / whole;
        u64::try_from(exact).unwrap_or(u64::MAX).min(limit)
    };
    let mut parts: Vec<u64> = weights.iter().zip(limits).map(part).collect();
    let mut rest = number - parts.iter().sum::<u64>().min(number);
    for (part, &limit) in parts.iter_mut().zip(limits) {
        let more = rest.min(limit - *part);
        *part += more;
        rest -= more;
    }
    parts
}
