//! Do the prices of a certificate prove that no matching within all floors is better, or a tight set that there is none?
//!
//! | Symbol | Means |
//! |---|---|
//! | `M` | what a need counts by its tier; derived here, never believed |
//! | `q`, `P` | own price of a node, below zero where a floor forces places; the sum of `q` from a node up |
//! | `x` | how many needs a node and everybody below it serve, beside pinned ones |
//!
//! Weak duality: served needs are worth at most what they have after prices, at least 0 for each need, and the `P` of all
//! of them, which are Σ `q · x`; no `x` of a matching lies outside floor and cap. So the bound is valid for any prices.
//!
//! If nothing is worth anything, every matching is worth 0. So prices whose bound is below 0 then prove that there is no
//! matching at all: that is what a tight set is, with prices −1 at its floors and 1 at its caps.

use super::Violation;
use super::each::of_each;
use super::limits::Limits;
use super::proof::counts;
use super::supply::Supply;
use crate::matching::{Certificate, Limit, Limited, Outcome, Unmet};
use crate::model::{NeedId, Problem};
use crate::score::ScoredCandidates;

/// What both kinds of proof are about.
pub(super) struct Case<'a> {
    pub(super) problem: &'a Problem,
    pub(super) scored: &'a ScoredCandidates,
    pub(super) outcome: &'a Outcome,
    pub(super) supply: &'a Supply<'a>,
    pub(super) limits: &'a Limits,
}

impl Case<'_> {
    /// Checks that steps and prices are what they should be, and that the bound is what the assignments are worth.
    pub(super) fn check_best(&self, certificate: &Certificate) -> Result<(), Violation> {
        if certificate.step != self.steps().ok_or(Violation::PriceOverflow)? {
            return Err(Violation::WrongSteps);
        }
        if certificate.price.len() != self.supply.n_nodes() {
            return Err(Violation::Length { list: "certificate" });
        }
        let mut price = vec![0; self.supply.n_nodes()];
        for (row, &own) in self.outcome.capacity.iter().zip(&certificate.price) {
            price[self.supply.position(row.node).ok_or(Violation::Length { list: "capacity" })?] = own;
        }
        let bound = self.bound(&price, &certificate.step).ok_or(Violation::PriceOverflow)?;
        let worth = |assignment: &crate::matching::Assignment| {
            let need = &self.problem.needs()[assignment.need.index()];
            let is_free = need.pinned_worker.is_none();
            is_free.then(|| certificate.step[counts(self.problem, need) as usize] + i128::from(assignment.score))
        };
        // The steps were derived from all needs without overflow.
        let total: i128 = self.outcome.assignments.iter().filter_map(worth).sum();
        if bound == total { Ok(()) } else { Err(Violation::WrongBound) }
    }

    /// Checks that the floors named ask for more than the caps and needs named allow, and that nobody is served.
    pub(super) fn check_unmet(&self, unmet: &Unmet) -> Result<(), Violation> {
        if !self.outcome.assignments.is_empty() {
            return Err(Violation::NotTight);
        }
        let mut price = vec![0; self.supply.n_nodes()];
        let asked = self.sum(&unmet.floors, (&self.limits.floor, -1), &mut price)?;
        let allowed = self.sum(&unmet.caps, (&self.limits.cap, 1), &mut price)?;
        let full = self.full_prices(&price).ok_or(Violation::NotTight)?;
        let gain = |need: NeedId| {
            let is_free = self.problem.needs()[need.index()].pinned_worker.is_none();
            let most = self.scored.row(need).map(|(provider, _)| -full[provider as usize]).max();
            most.filter(|&most| is_free && most > 0)
        };
        let mut named = unmet.needs.iter();
        for need in self.problem.needs_by_id() {
            match gain(need) {
                None => {}
                Some(1) if named.next() == Some(&need) => {}
                Some(_) => return Err(Violation::NotTight),
            }
        }
        let missing = asked - allowed - unmet.needs.len() as i128;
        let is_proof = named.next().is_none() && missing > 0 && missing == i128::from(unmet.missing);
        if is_proof { Ok(()) } else { Err(Violation::NotTight) }
    }

    /// The sum of limits that are truly those of their nodes, each node once and in order; notes their prices.
    fn sum(&self, listed: &[Limit], (limit, sign): (&[u64], i128), price: &mut [i128]) -> Result<i128, Violation> {
        let (mut sum, mut last) = (0, None);
        for row in listed {
            let Limited::Node(node) = row.of;
            let position = self.supply.position(node).ok_or(Violation::NotTight)?;
            let key = (node.level(), self.supply.id(node));
            let is_in_order = last.replace(key) < Some(key) && price[position] == 0;
            // A floor of 0 asks for nothing.
            if !is_in_order || row.needs != limit[position] || (sign < 0 && row.needs == 0) {
                return Err(Violation::NotTight);
            }
            price[position] = sign;
            sum += i128::from(row.needs);
        }
        Ok(sum)
    }

    /// What a need counts, by how much it counts in coverage: more than all that can be lost below. `None` if 128 bits
    /// do not suffice.
    ///
    /// Scores are never below zero, so no matching has more than the sum of each need's best; and no step is worth less
    /// than all of one lower tier together with what is below that.
    fn steps(&self) -> Option<Vec<i128>> {
        let (mut most, mut n_of_tier) = (0, vec![0_i128]);
        for (position, need) in self.problem.needs().iter().enumerate() {
            let tier = counts(self.problem, need) as usize;
            n_of_tier.resize(n_of_tier.len().max(tier + 1), 0);
            n_of_tier[tier] += 1;
            if need.pinned_worker.is_none() {
                most += self.scored.row(NeedId::new(position)).map(|(_, score)| i128::from(score)).max().unwrap_or(0);
            }
        }
        let (mut step, mut next) = (vec![0], 2 * most + 1);
        for n in &n_of_tier[1..] {
            step.push(next);
            next = next.checked_add(next.checked_mul(*n)?)?;
        }
        Some(step)
    }

    /// What the prices, by position, allow any matching to be worth beside the pinned needs.
    fn bound(&self, price: &[i128], step: &[i128]) -> Option<i128> {
        let mut bound = 0_i128;
        for (position, &price) in price.iter().enumerate() {
            let places = if price > 0 { self.limits.cap[position] } else { self.limits.floor[position] };
            bound = bound.checked_add(price.checked_mul(places.into())?)?;
        }
        let full = self.full_prices(price)?;
        let most = |position: usize| {
            let need = &self.problem.needs()[position];
            if need.pinned_worker.is_some() {
                return Some(0);
            }
            let counts = step[counts(self.problem, need) as usize];
            let mut most = 0;
            for (provider, score) in self.scored.row(NeedId::new(position)) {
                most = most.max(counts.checked_add(score.into())?.checked_sub(full[provider as usize])?);
            }
            Some(most)
        };
        of_each(self.problem.needs().len(), most).into_iter().try_fold(bound, |sum, most| sum.checked_add(most?))
    }

    /// For each position the sum of the prices from it up.
    fn full_prices(&self, price: &[i128]) -> Option<Vec<i128>> {
        let full = |position: usize| {
            self.supply.path(self.supply.at(position)).try_fold(0_i128, |sum, above| sum.checked_add(price[above]))
        };
        (0..self.supply.n_nodes()).map(full).collect()
    }
}
