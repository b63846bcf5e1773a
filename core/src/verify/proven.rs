//! Do the prices of a certificate prove that no matching within all floors is better, or a tight set that there is none?
//!
//! | Symbol | Means |
//! |---|---|
//! | `M` | what a need counts by its tier; derived here, never believed |
//! | `q`, `P` | own price of a node, below zero where a floor forces places; the sum of `q` from a node up |
//! | `r`, `R` | price of a quota, below zero where its floor costs something; the sum of `r` of all quotas about a need |
//! | `x` | how many needs a node and everybody below it serve, or of a quota are served, beside pinned ones |
//!
//! Weak duality: served needs are worth at most what they have after prices, at least 0 for each need, and the `P` and
//! `R` of all of them, which are Σ `q · x` and Σ `r · x`; no `x` of a matching lies outside floor and cap. So the bound is
//! valid for any prices, and for quotas that cross as for others.
//!
//! If nothing is worth anything, every matching is worth 0. So prices whose bound is below 0 then prove that there is no
//! matching at all: that is what a tight set is, with prices −1 at its floors and 1 at its caps.

use std::collections::BTreeMap;

use super::Violation;
use super::each::of_each;
use super::limits::Limits;
use super::people;
use super::proof::counts;
use super::supply::Supply;
use crate::matching::{Certificate, Kind, Limit, Limited, Outcome, Unmet};
use crate::model::{NeedId, Problem};
use crate::score::ScoredCandidates;
use crate::total::Total;

/// Where something with floors and caps stands in an order: its level, its identifier, its household, its kind.
type Place<'a> = (u8, &'a str, Option<&'a str>, Option<Kind>);

/// Quotas come after all nodes.
const QUOTA: u8 = u8::MAX - 1;
/// Kinds of needs come last.
const KIND: u8 = u8::MAX;

/// What both kinds of proof are about.
pub(super) struct Case<'a> {
    pub(super) problem: &'a Problem,
    pub(super) scored: &'a ScoredCandidates,
    pub(super) outcome: &'a Outcome,
    pub(super) supply: &'a Supply<'a>,
    pub(super) limits: &'a Limits,
}

impl Case<'_> {
    /// Checks that steps and prices are what they should be; gives how much more the bound is than the assignments are
    /// worth.
    pub(super) fn gap(&self, certificate: &Certificate) -> Result<Total, Violation> {
        let (step, unit) = self.steps().ok_or(Violation::PriceOverflow)?;
        if certificate.step != step || certificate.unit != unit {
            return Err(Violation::WrongSteps);
        }
        if certificate.price.len() != self.supply.n_nodes() {
            return Err(Violation::Length { list: "certificate" });
        }
        let mut price = vec![0; self.supply.n_nodes()];
        for (row, &own) in self.outcome.capacity.iter().zip(&certificate.price) {
            price[self.supply.position(row.node).ok_or(Violation::Length { list: "capacity" })?] = own;
        }
        let mut of_part: BTreeMap<Limited, i128> = BTreeMap::new();
        let mut last = None;
        let of_quotas = certificate.quota_price.iter().map(|own| (Limited::Quota(own.quota, own.household), own.price));
        let of_kinds = certificate.kind_price.iter().map(|own| (Limited::Kind(own.kind), own.price));
        for (of, price) in of_quotas.chain(of_kinds) {
            let place = self.place(of).ok_or(Violation::Length { list: "certificate" })?;
            if price == 0 || last.replace(place) >= Some(place) {
                return Err(Violation::Length { list: "certificate" });
            }
            of_part.insert(of, price);
        }
        let bound = self.bound(&price, &of_part, (&step, unit)).ok_or(Violation::PriceOverflow)?;
        let worth = |assignment: &crate::matching::Assignment| {
            let need = &self.problem.needs()[assignment.need.index()];
            let is_free = need.pinned_worker.is_none();
            is_free.then(|| step[counts(self.problem, need) as usize] + unit * i128::from(assignment.score))
        };
        let mut taken = vec![0; self.supply.n_nodes()];
        for assignment in &self.outcome.assignments {
            let is_free = self.problem.needs()[assignment.need.index()].pinned_worker.is_none();
            if let Some(position) = self.supply.position(people::provider(assignment)).filter(|_| is_free) {
                taken[position] += 1;
            }
        }
        let growth: i128 = taken.iter().enumerate().map(|(position, &n)| self.limits.growth(position, n)).sum();
        // The steps were derived from all needs without overflow.
        let total: i128 = self.outcome.assignments.iter().filter_map(worth).sum::<i128>() - growth;
        let mut rest = bound.checked_sub(total).filter(|&gap| gap >= 0).ok_or(Violation::WrongBound)?;
        let mut gap = Total::ZERO;
        for (tier, step) in step.iter().enumerate().skip(1).rev() {
            gap.tier += (rest / step) * tier as i128;
            rest %= step;
        }
        // Rounded up: only nothing reads as nothing.
        gap.score = (rest + unit - 1) / unit;
        Ok(gap)
    }

    /// Where a part that can bind stands in the order of parts: quotas by the identifiers of quota and household, then kinds.
    fn place(&self, of: Limited) -> Option<Place<'_>> {
        self.limits.quotas.parts.get(&of)?;
        match of {
            Limited::Quota(quota, household) => {
                let household = household.and_then(|need| self.problem.needs()[need.index()].household.as_deref());
                Some((QUOTA, &self.problem.quotas()[quota.index()].id, household, None))
            }
            Limited::Kind(kind) => Some((KIND, "", None, Some(kind))),
            Limited::Node(_) => None,
        }
    }

    /// Checks that floors cannot be met, and that nobody is served.
    pub(super) fn check_unmet(&self, unmet: &Unmet) -> Result<(), Violation> {
        if self.outcome.assignments.is_empty() { self.check_tight(unmet) } else { Err(Violation::NotTight) }
    }

    /// Checks that the floors named ask for more than the caps and needs named allow.
    pub(super) fn check_tight(&self, unmet: &Unmet) -> Result<(), Violation> {
        let mut price = vec![0; self.supply.n_nodes()];
        let mut of_part: BTreeMap<Limited, i128> = BTreeMap::new();
        let asked = self.sum(&unmet.floors, -1, &mut price, &mut of_part)?;
        let allowed = self.sum(&unmet.caps, 1, &mut price, &mut of_part)?;
        let of_need = self.quota_prices(&of_part).ok_or(Violation::NotTight)?;
        let full = self.full_prices(&price).ok_or(Violation::NotTight)?;
        let gain = |need: NeedId| {
            let is_free = self.problem.needs()[need.index()].pinned_worker.is_none();
            let of_need = of_need[need.index()];
            let most = self.scored.row(need).map(|(provider, _)| -full[provider as usize] - of_need).max();
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

    /// The sum of limits that are truly those of their nodes and quotas, each once and in order; notes their prices.
    fn sum(
        &self,
        listed: &[Limit],
        sign: i128,
        price: &mut [i128],
        of_part: &mut BTreeMap<Limited, i128>,
    ) -> Result<i128, Violation> {
        let (mut sum, mut last) = (0, None);
        for row in listed {
            // Workers, organizations, groups, then quotas, then kinds.
            let (place, floor, cap, own) = match row.of {
                Limited::Node(node) => {
                    let position = self.supply.position(node).ok_or(Violation::NotTight)?;
                    let place = (node.level() as u8, self.supply.id(node), None, None);
                    (place, self.limits.floor[position], self.limits.cap[position], &mut price[position])
                }
                of => {
                    let place = self.place(of).ok_or(Violation::NotTight)?;
                    let part = &self.limits.quotas.parts[&of];
                    (place, part.floor, part.cap, of_part.entry(of).or_insert(0))
                }
            };
            let limit = if sign < 0 { floor } else { cap };
            let is_in_order = last.replace(place) < Some(place) && *own == 0;
            // A floor of 0 asks for nothing.
            if !is_in_order || row.needs != limit || (sign < 0 && row.needs == 0) {
                return Err(Violation::NotTight);
            }
            *own = sign;
            sum += i128::from(row.needs);
        }
        Ok(sum)
    }

    /// What a need counts, by how much it counts in coverage: more than all that can be lost below; and what one of score
    /// counts. `None` if 128 bits do not suffice.
    ///
    /// One of score counts more than the squares of all caseloads can grow, where they count. Scores are never below zero,
    /// so no matching has more than the sum of each need's best, and squares take no more from it than the dearest place
    /// of each worker as often as there are places. No step is worth less than all of one lower tier together with what
    /// is below that.
    fn steps(&self) -> Option<(Vec<i128>, i128)> {
        let free =
            || (0..self.problem.needs().len()).filter(|&need| self.problem.needs()[need].pinned_worker.is_none());
        let mut wanted = vec![0_u64; self.supply.n_nodes()];
        for need in free() {
            self.scored.row(NeedId::new(need)).for_each(|(provider, _)| wanted[provider as usize] += 1);
        }
        let (mut unit, mut squares) = (1_i128, 0_i128);
        for (position, &wanted) in wanted.iter().enumerate() {
            let cap = self.limits.cap[position];
            let most = cap.min(wanted);
            unit += self.limits.growth(position, most);
            if most > 0 {
                let dearest = self.limits.growth(position, most) - self.limits.growth(position, most - 1);
                squares += dearest * i128::from(cap);
            }
        }
        let best = |need| self.scored.row(NeedId::new(need)).map(|(_, score)| i128::from(score)).max().unwrap_or(0);
        let most = free().map(best).sum::<i128>().checked_mul(unit)?.checked_add(squares)?;
        let mut n_of_tier = vec![0_i128];
        for need in self.problem.needs() {
            let tier = counts(self.problem, need) as usize;
            n_of_tier.resize(n_of_tier.len().max(tier + 1), 0);
            n_of_tier[tier] += 1;
        }
        let (mut step, mut next) = (vec![0], most.checked_mul(2)?.checked_add(1)?);
        for n in &n_of_tier[1..] {
            step.push(next);
            next = next.checked_add(next.checked_mul(*n)?)?;
        }
        Some((step, unit))
    }

    /// What the prices, by position, allow any matching to be worth beside the pinned needs.
    fn bound(&self, price: &[i128], of_part: &BTreeMap<Limited, i128>, (step, unit): (&[i128], i128)) -> Option<i128> {
        let mut bound = 0_i128;
        for (position, &price) in price.iter().enumerate() {
            let (floor, cap) =
                (self.limits.floor[position], self.limits.cap[position].max(self.limits.floor[position]));
            let places = match self.limits.held.as_ref().and_then(|held| held.get(position)) {
                None => {
                    if price > 0 {
                        cap
                    } else {
                        floor
                    }
                }
                // A further place costs 2 (held + x) + 1, so it pays as long as that is no more than the price.
                Some(&held) => {
                    let pays = price.checked_add(1)?.div_euclid(2) - i128::from(held);
                    pays.clamp(floor.into(), cap.into()) as u64
                }
            };
            let use_of = price.checked_mul(places.into())?.checked_sub(self.limits.growth(position, places))?;
            bound = bound.checked_add(use_of)?;
        }
        for (key, &price) in of_part {
            let part = &self.limits.quotas.parts[key];
            let needs = if price > 0 { part.cap } else { part.floor };
            bound = bound.checked_add(price.checked_mul(needs.into())?)?;
        }
        let of_need = self.quota_prices(of_part)?;
        let full = self.full_prices(price)?;
        let most = |position: usize| {
            let need = &self.problem.needs()[position];
            if need.pinned_worker.is_some() {
                return Some(0);
            }
            let counts = step[counts(self.problem, need) as usize].checked_sub(of_need[position])?;
            let mut most = 0;
            for (provider, score) in self.scored.row(NeedId::new(position)) {
                most = most.max(counts.checked_add(unit * i128::from(score))?.checked_sub(full[provider as usize])?);
            }
            Some(most)
        };
        of_each(self.problem.needs().len(), most).into_iter().try_fold(bound, |sum, most| sum.checked_add(most?))
    }

    /// For each need the sum of the prices of the quotas about it.
    fn quota_prices(&self, of_part: &BTreeMap<Limited, i128>) -> Option<Vec<i128>> {
        let mut of_need = vec![0_i128; self.problem.needs().len()];
        for (key, &price) in of_part {
            for &need in &self.limits.quotas.parts[key].needs {
                of_need[need] = of_need[need].checked_add(price)?;
            }
        }
        Some(of_need)
    }

    /// For each position the sum of the prices from it up.
    fn full_prices(&self, price: &[i128]) -> Option<Vec<i128>> {
        let full = |position: usize| {
            self.supply.path(self.supply.at(position)).try_fold(0_i128, |sum, above| sum.checked_add(price[above]))
        };
        (0..self.supply.n_nodes()).map(full).collect()
    }
}
