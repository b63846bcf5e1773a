//! How much of the rates that the ceilings allow is found to be reached.

use super::{Floors, Search};
use crate::encode::{Found, Sizes};
use crate::error::Error;
use crate::matching::{Kind, Rate};
use crate::pipeline::crossing::{Solver, TRIES};

/// Into how many parts the least rate is divided where not even that is known to be reached.
const PARTS: u64 = 16;
/// How many times a vector of rates is tried within shares of crossing kinds and quotas.
const TRIES_OF_RATES: usize = 1;
/// And how many times a better matching is then looked for.
const TRIES_IN_THE_END: usize = 4;
/// How many times the rate of a single kind is tried to be raised, of all kinds together.
const RAISES: usize = 4;

impl Search<'_, '_> {
    /// The best matching that serves so many of each kind, or as near to that as one is found: as many as possible up to
    /// the same rate, then more of single kinds.
    ///
    /// The floors that were met are left.
    pub(super) fn reach(&mut self, greatest: &Floors) -> Result<Found, Error> {
        let mut solver = Solver::new(self.scaled, self.control)?;
        let found = self.attempt(&mut solver, greatest, TRIES_IN_THE_END)?;
        if matches!(found, Found::Proven { .. }) {
            return Ok(found);
        }
        let mut floors = self.up_to_a_rate(&mut solver, greatest)?;
        self.raise(&mut solver, &mut floors, greatest)?;
        let found = self.attempt(&mut solver, &floors, TRIES_IN_THE_END)?;
        if matches!(found, Found::Proven { .. }) {
            return Ok(found);
        }
        self.attempt(&mut solver, &Floors::new(), TRIES)
    }

    fn attempt(&mut self, solver: &mut Solver, floors: &Floors, tries: usize) -> Result<Found, Error> {
        self.set(floors);
        solver.solve(self.scaled, tries, self.control)
    }

    fn is_reached(&mut self, solver: &mut Solver, floors: &Floors) -> Result<bool, Error> {
        Ok(matches!(self.attempt(solver, floors, TRIES_OF_RATES)?, Found::Proven { .. }))
    }

    /// The greatest of all kinds up to a rate that every kind has, unless it is bounded below that.
    fn up_to_a_rate(&mut self, solver: &mut Solver, greatest: &Floors) -> Result<Floors, Error> {
        let mut rates: Vec<Rate> = greatest.iter().map(|(&kind, &floor)| self.rate(kind, floor)).collect();
        rates.sort_unstable();
        let least = rates.first().copied().unwrap_or(Rate::ALL);
        rates.extend((0..PARTS).map(|k| Rate::of(least.served * k, least.needs * PARTS)));
        rates.sort_unstable();
        rates.dedup();
        let floors_at = |rate: Rate, sizes: &Sizes| -> Floors {
            let own = |(&kind, &floor): (&Kind, &u64)| {
                (kind, sizes[&kind].at(rate).saturating_sub(sizes[&kind].pinned).min(floor))
            };
            greatest.iter().map(own).collect()
        };
        // At the first rate nothing is asked; at the last everything, which was tried.
        let (mut low, mut high) = (0, rates.len() - 1);
        while high - low > 1 {
            let middle = usize::midpoint(low, high);
            if self.is_reached(solver, &floors_at(rates[middle], self.sizes))? {
                low = middle;
            } else {
                high = middle;
            }
        }
        Ok(floors_at(rates[low], self.sizes))
    }

    /// Raises kinds one by one, those of the least rates first: as far as the ceilings allow, or half of that, and so on.
    fn raise(&mut self, solver: &mut Solver, floors: &mut Floors, greatest: &Floors) -> Result<(), Error> {
        let mut step: Floors = greatest.iter().map(|(kind, most)| (*kind, most - floors[kind])).collect();
        for _ in 0..RAISES {
            let is_open = |kind: &&Kind| step[*kind] > 0;
            let Some(&kind) = floors.keys().filter(is_open).min_by_key(|&&kind| (self.rate(kind, floors[&kind]), kind))
            else {
                return Ok(());
            };
            let by = step[&kind];
            *floors.entry(kind).or_default() += by;
            let left = if self.is_reached(solver, floors)? {
                greatest[&kind] - floors[&kind]
            } else {
                *floors.entry(kind).or_default() -= by;
                by / 2
            };
            step.insert(kind, left.min(by / 2));
        }
        Ok(())
    }

    /// The rate of a kind with so many served beside pinned needs.
    fn rate(&self, kind: Kind, floor: u64) -> Rate {
        let size = self.sizes[&kind];
        Rate::of(size.pinned + floor, size.needs)
    }
}
