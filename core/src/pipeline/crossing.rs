//! Quotas that cross: a matching within all of them, and a bound on every other.
//!
//! Without the parts that cross, the problem is one of groups in a forest: its optimum is a bound. If it happens to be
//! within the other parts too, it is the best. Otherwise the needs of the parts that cross are taken apart into *shares*:
//! those that have the same smallest group around them and are held by the same crossing parts. Each share gets a cap and
//! a floor of its own, so that they add up to no more than the caps of the parts, and no less than their floors. Shares
//! lie in the forest, so the best matching within them is found exactly, and it is within all quotas.
//!
//! The prices of the shares tell which cap to raise at the cost of which other; and the prices of all tell a bound: any
//! price may be given to a part that crosses. So from try to try the matching becomes better and the bound lower, and if
//! they meet the matching is proven the best.

mod shares;

use crate::control::Control;
use crate::encode::{Found, Prices, Scaled};
use crate::error::Error;
use crate::general::{Solution, Variants};
use crate::proof::Proof;
use shares::{Share, Shares};

/// The first move takes this part of what could move: all of it is too much more often than not.
const FIRST: u64 = 4;
/// How many times the problem is solved within shares, at most.
pub(super) const TRIES: usize = 12;

/// Solves a problem, and again where floors of kinds of needs have changed since.
pub(super) struct Solver {
    shares: Shares,
    variants: Variants,
    /// What was found without the parts that cross, the last time.
    last: Option<(Vec<Option<u32>>, Proof)>,
}

impl Solver {
    /// For a problem with these quotas.
    ///
    /// # Errors
    ///
    /// As of the engine.
    pub(super) fn new(scaled: &Scaled<'_>, control: &Control) -> Result<Self, Error> {
        let shares = Shares::of(scaled.quotas());
        let groups = shares.groups(&scaled.quotas().groups);
        let is_vertex = vec![true; groups.parent.len()];
        let variants = Variants::of(&scaled.network_with(&groups, control)?, is_vertex, control)?;
        Ok(Self { shares, variants, last: None })
    }

    /// The best matching within all quotas as far as it can be found in so many tries within shares, and the least bound.
    ///
    /// # Errors
    ///
    /// As of the engine.
    pub(super) fn solve(&mut self, scaled: &Scaled<'_>, tries: usize, control: &Control) -> Result<Found, Error> {
        let quotas = scaled.quotas();
        self.shares.open();
        let groups = self.shares.groups(&quotas.groups);
        let last = self.last.as_ref().map(|(node, proof)| (&node[..], proof));
        let first = match self.variants.solve(&scaled.network_with(&groups, control)?, last, control)? {
            Solution::Optimal { node, proof } => (node, proof),
            Solution::Infeasible(mut tight) => {
                // Shares without bounds ask for nothing.
                tight.groups.retain(|&g| (g as usize) < quotas.groups.parent.len());
                return Ok(Found::Unmet(tight));
            }
        };
        let (node, proof) = self.last.insert(first);
        let prices = scaled.prices(proof);
        let is_best = quotas.crossing.iter().all(|&part| quotas.is_met(part, node));
        if is_best {
            return Ok(Found::Proven { node: node.clone(), prices, gap: 0 });
        }
        let bound = scaled.bound(&prices);
        self.shares.divide(quotas, node);
        let last = (node.clone(), proof.clone());
        let (shares, variants) = (&mut self.shares, &mut self.variants);
        let mut search = Search { scaled, shares, variants, best: None, prices, bound, last };
        search.run(tries, control)?;
        let Some((value, mut node)) = search.best else {
            return Ok(Found::Nothing { prices: search.prices, bound: search.bound });
        };
        let value = value + scaled.fill(&mut node, &search.prices.step);
        Ok(Found::Proven { node, gap: search.bound - value, prices: search.prices })
    }
}

struct Search<'a> {
    scaled: &'a Scaled<'a>,
    shares: &'a mut Shares,
    variants: &'a mut Variants,
    /// The greatest value yet, and where its needs are served.
    best: Option<(i128, Vec<Option<u32>>)>,
    /// The prices of the least bound yet.
    prices: Prices,
    bound: i128,
    /// What was found last, from which the next try starts.
    last: (Vec<Option<u32>>, Proof),
}

/// Units of a cap or a floor that go from one share to another.
struct Move {
    from: usize,
    to: usize,
    units: u64,
    is_cap: bool,
}

impl Search<'_> {
    fn run(&mut self, tries: usize, control: &Control) -> Result<(), Error> {
        let Some(mut share_price) = self.attempt(control)? else { return Ok(()) };
        // How many units a move may take at most, once a move has told.
        let mut reach: Option<u64> = None;
        let mut refused: Vec<(usize, usize, bool)> = Vec::new();
        for _ in 1..tries {
            let best = self.best.as_ref().map(|&(value, _)| value);
            if best == Some(self.bound) {
                return Ok(());
            }
            let Some(step) = self.next_move(&share_price, reach, &refused) else { return Ok(()) };
            let gain = |price: &[i128]| price[step.to] - price[step.from];
            let before = gain(&share_price);
            self.apply(&step);
            let prices = if self.add_up() { self.attempt(control)? } else { None };
            let after = prices.as_deref().map(gain);
            match prices {
                Some(prices) if self.best.as_ref().map(|&(value, _)| value) > best => {
                    share_price = prices;
                    refused.clear();
                }
                _ => {
                    self.apply(&Move { from: step.to, to: step.from, ..step });
                    if step.units == 1 {
                        refused.push((step.from, step.to, step.is_cap));
                    }
                }
            }
            reach = Some(next_reach(step.units, before, after));
        }
        Ok(())
    }

    /// Solves within the shares; gives the price of each, or `None` where nothing is within them.
    fn attempt(&mut self, control: &Control) -> Result<Option<Vec<i128>>, Error> {
        let scaled = self.scaled;
        let base = &scaled.quotas().groups;
        if !self.shares.are_possible() {
            return Ok(None);
        }
        let groups = self.shares.groups(base);
        let network = scaled.network_with(&groups, control)?;
        let last = Some((&self.last.0[..], &self.last.1));
        let Solution::Optimal { node, proof } = self.variants.solve(&network, last, control)? else {
            return Ok(None);
        };
        let quotas = scaled.quotas();
        let value = scaled.value(&node, &proof.step);
        let is_within = quotas.crossing.iter().all(|&part| quotas.is_met(part, &node));
        if is_within && self.best.as_ref().is_none_or(|&(best, _)| value > best) {
            self.best = Some((value, node.clone()));
        }
        let share_price = proof.demand_price[base.parent.len()..].to_vec();
        self.lower_bound_with(&proof, &share_price);
        self.last = (node, proof);
        Ok(Some(share_price))
    }

    /// Tries bounds that give the crossing parts a price among those of their shares: the least, the middle, the greatest.
    fn lower_bound_with(&mut self, proof: &Proof, share_price: &[i128]) {
        for rank in [0, 1, 2] {
            let mut prices = self.scaled.prices(proof);
            for (shares, &part) in self.shares.of_part.iter().zip(&self.scaled.quotas().crossing) {
                let mut own: Vec<i128> = shares.iter().map(|&s| share_price[s]).collect();
                own.sort_unstable();
                let k = (own.len().saturating_sub(1)) * rank / 2;
                prices.part[part] = own.get(k).copied().unwrap_or(0);
            }
            let bound = self.scaled.bound(&prices);
            if bound < self.bound {
                (self.bound, self.prices) = (bound, prices);
            }
        }
    }

    /// From the share that a unit is worth least to, to the one that it is worth most to.
    fn next_move(&self, price: &[i128], reach: Option<u64>, refused: &[(usize, usize, bool)]) -> Option<Move> {
        let mut best: Option<(i128, Move)> = None;
        for shares in &self.shares.of_part {
            for &from in shares {
                for &to in shares.iter().filter(|&&to| price[to] > price[from]) {
                    let (giver, taker) = (&self.shares.shares[from], &self.shares.shares[to]);
                    let is_cap = price[to] > 0;
                    let room = if is_cap {
                        (giver.cap - giver.floor).min(taker.needs.len() as u64 - taker.cap)
                    } else {
                        giver.floor.min(taker.cap - taker.floor)
                    };
                    let gain = price[to] - price[from];
                    let is_new = room > 0 && !refused.contains(&(from, to, is_cap));
                    if is_new && best.as_ref().is_none_or(|(most, _)| gain > *most) {
                        let units = reach.unwrap_or(room / FIRST).clamp(1, room);
                        best = Some((gain, Move { from, to, units, is_cap }));
                    }
                }
            }
        }
        best.map(|(_, step)| step)
    }

    /// Whether the caps of all shares of each part are no more than its cap, and the floors no less than its floor. A share
    /// that two parts hold may take from one what the other does not have.
    fn add_up(&self) -> bool {
        let quotas = self.scaled.quotas();
        let sum =
            |shares: &[usize], of: fn(&Share) -> u64| shares.iter().map(|&s| of(&self.shares.shares[s])).sum::<u64>();
        self.shares.of_part.iter().zip(&quotas.crossing).all(|(shares, &part)| {
            let part = &quotas.parts[part];
            sum(shares, |share| share.cap) <= part.cap.min(part.members.len() as u64)
                && sum(shares, |share| share.floor) >= part.floor
        })
    }

    fn apply(&mut self, step: &Move) {
        let shares = &mut self.shares.shares;
        if step.is_cap {
            shares[step.from].cap -= step.units;
            shares[step.to].cap += step.units;
        } else {
            shares[step.from].floor -= step.units;
            shares[step.to].floor += step.units;
        }
    }
}

/// How far to move next, after a move that gained so much for each unit at its start, and so much at its end where
/// anything is within the shares there: where the gain would be 0 if it fell evenly, as it does along a line of slopes.
fn next_reach(units: u64, before: i128, after: Option<i128>) -> u64 {
    match after {
        Some(after) if after > 0 => units.saturating_mul(2),
        Some(after) => {
            let fall = before.saturating_sub(after);
            // Of numbers as large as steps of tiers the first digits are enough.
            let shift = (i128::BITS - fall.leading_zeros()).saturating_sub(62);
            let part = u128::from(units) * (before >> shift).unsigned_abs() / (fall >> shift).unsigned_abs().max(1);
            u64::try_from(part).unwrap_or(units).clamp(units / 8, units / 2).max(1)
        }
        None => (units / 2).max(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_move_ends_where_gains_that_fall_evenly_would_be_zero() {
        // Before, after, and the next move where the last one took a hundred units.
        for (before, after, next) in [(10, -10, 50), (10, -30, 25), (30, -10, 50), (10, -90, 12), (10, 4, 200)] {
            for digits in [0, 40, 80, 110] {
                assert_eq!(next_reach(100, before << digits, Some(after << digits)), next, "{before} {after} {digits}");
            }
        }
        assert_eq!(next_reach(100, 1, None), 50);
        assert_eq!(next_reach(1, 1, Some(i128::MIN)), 1);
        assert_eq!(next_reach(u64::MAX, i128::MAX, Some(i128::MAX)), u64::MAX);
    }
}
