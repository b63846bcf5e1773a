//! Do the prices prove that no matching has a greater total?
//!
//! The bound of `certificate.rs`, written anew over people. A pinned need is no choice of the run: it counts with its
//! worth less the full price of its worker, which may be below zero, in place of its utility.

use super::Violation;
use super::each::of_each;
use super::least::Optimum;
use super::limits::Limits;
use super::packed::{FullPrices, Pair};
use super::people::provider;
use super::places::{Places, pair};
use super::proven::Case;
use super::stable;
use super::supply::Supply;
use crate::control::Control;
use crate::engine::Engine;
use crate::matching::{Assignment, Outcome, Status};
use crate::model::codes::Risk;
use crate::model::{Need, NeedId, Problem};
use crate::policy::Objective;
use crate::score::ScoredCandidates;
use crate::solve::Price;
use crate::total::Total;

/// Checks total, bound and their equality; gives the total. `row_of` holds the row of each need's assignment; whether the
/// least rate of kinds `is_greatest` was found before.
pub(super) fn check(
    problem: &Problem,
    scored: &ScoredCandidates,
    outcome: &Outcome,
    (supply, limits): (&Supply<'_>, &Limits),
    (places, is_greatest): (&Places, bool),
    row_of: &[Option<usize>],
) -> Result<Total, Violation> {
    let proof = Proof { problem, scored, outcome, supply, places, row_of };
    let total = outcome.assignments.iter().fold(Total::ZERO, |sum, assignment| sum + proof.worth(assignment));
    if outcome.total != total {
        return Err(Violation::WrongTotal);
    }
    let case = Case { problem, scored, outcome, supply, limits };
    let gap = match (outcome.engine, outcome.status, &outcome.certificate, &outcome.unmet) {
        (Engine::Fast, Status::Optimal, None, None) => proof.check_flow(total).map(|()| Total::ZERO)?,
        (Engine::DeferredAcceptance, Status::Stable, None, None) => {
            stable::check(problem, scored, outcome, supply, row_of).map(|()| Total::ZERO)?
        }
        (Engine::General, Status::FloorsUnmet, None, Some(unmet)) => case.check_unmet(unmet).map(|()| Total::ZERO)?,
        (Engine::General, Status::Optimal | Status::Bounded | Status::NotFound, Some(certificate), None) => {
            case.gap(certificate)?
        }
        _ => return Err(Violation::Length { list: "certificate" }),
    };
    let is_said = match outcome.status {
        Status::Optimal | Status::FloorsUnmet | Status::Stable => gap == Total::ZERO && is_greatest,
        Status::Bounded => (gap != Total::ZERO && !limits.quotas.crossing.is_empty()) || !is_greatest,
        // Without quotas that cross, the engine finds a matching or proves that there is none.
        // Without floors, nobody served is within all quotas.
        Status::NotFound => {
            outcome.assignments.is_empty() && !limits.quotas.crossing.is_empty() && limits.have_floors()
        }
    };
    if is_said && outcome.bound == total + gap { Ok(total) } else { Err(Violation::WrongBound) }
}

struct Proof<'a> {
    problem: &'a Problem,
    scored: &'a ScoredCandidates,
    outcome: &'a Outcome,
    supply: &'a Supply<'a>,
    places: &'a Places,
    row_of: &'a [Option<usize>],
}

impl Proof<'_> {
    /// Checks that the prices of the places prove the total, and are the least that do.
    fn check_flow(&self, total: Total) -> Result<(), Violation> {
        if self.bound()? == total { self.check_least() } else { Err(self.slack()) }
    }

    fn bound(&self) -> Result<Total, Violation> {
        let mut bound = Total::ZERO;
        for capacity in &self.outcome.capacity {
            let (places, price) = (i128::from(capacity.places.unwrap_or(0)), pair(capacity.price));
            let term = Total { tier: places * price.tier, score: places * price.score };
            bound = bound.checked_add(term).ok_or(Violation::PriceOverflow)?;
        }
        for most in of_each(self.problem.needs().len(), |need| self.most(need)) {
            bound = bound.checked_add(most).ok_or(Violation::PriceOverflow)?;
        }
        Ok(bound)
    }

    /// The first place where total and bound drift apart; bound − total is the sum of the differences looked at here.
    fn slack(&self) -> Violation {
        let free = |row: &&crate::matching::Capacity| {
            row.price != Price::default() && row.places.is_some_and(|places| row.used < places)
        };
        if let Some(node) = self.outcome.capacity.iter().find(free).and_then(|row| self.supply.position(row.node)) {
            return Violation::PricedButFree { node };
        }
        let not_the_best = |&need: &usize| {
            let got = self.row_of[need].map(|row| self.net(&self.outcome.assignments[row]));
            got.unwrap_or(Total::ZERO) != self.most(need)
        };
        let need = (0..self.problem.needs().len()).find(not_the_best);
        need.map_or(Violation::WrongBound, |need| Violation::NotTheBest { need })
    }

    /// Would lower prices prove as much? Pinned needs have no say: they are no choice of the run.
    fn check_least(&self) -> Result<(), Violation> {
        let nodes = || (0..self.supply.n_nodes()).map(|position| self.supply.at(position));
        let above = |node| self.supply.above(node).and_then(|above| self.supply.position(above));
        let mut has_room = vec![true; self.supply.n_nodes()];
        for row in &self.outcome.capacity {
            if let Some(position) = self.supply.position(row.node) {
                has_room[position] = row.places.is_none_or(|places| row.used < places);
            }
        }
        let is_pinned = |need: usize| self.problem.needs()[need].pinned_worker.is_some();
        let served_at = |(need, row): (usize, &Option<usize>)| {
            let row = row.filter(|_| !is_pinned(need))?;
            self.supply.position(provider(&self.outcome.assignments[row]))
        };
        let edges = |need: usize| {
            let tier = counts(self.problem, &self.problem.needs()[need]);
            let row = self.scored.row(NeedId::new(need)).filter(move |_| !is_pinned(need));
            (tier.into(), row.map(|(provider, score)| (provider, i64::from(score))))
        };
        let optimum = Optimum {
            above: nodes().map(above).collect(),
            has_room,
            full_price: &self.places.full_price,
            served_at: self.row_of.iter().enumerate().map(served_at).collect(),
            edges,
            control: &Control::new(),
        };
        optimum.check_least()
    }

    /// The most that a need can be worth at the prices.
    fn most(&self, position: usize) -> Total {
        let need = &self.problem.needs()[position];
        if need.pinned_worker.is_some() {
            let row = self.row_of[position];
            return row.map_or(Total::ZERO, |row| self.net(&self.outcome.assignments[row]));
        }
        match &self.places.full_price {
            FullPrices::Packed(price) => self.utility(position, price).total(),
            FullPrices::Exact(price) => self.utility(position, price),
        }
    }

    /// The most that a need whose choice is free can be worth.
    fn utility<P: Pair>(&self, position: usize, full_price: &[P]) -> P {
        let tier = counts(self.problem, &self.problem.needs()[position]).into();
        let worth = |(provider, score): (u32, i32)| P::of(tier, score.into()) - full_price[provider as usize];
        self.scored.row(NeedId::new(position)).map(worth).fold(P::ZERO, P::max)
    }

    /// What an assignment is worth after the full price of its provider.
    fn net(&self, assignment: &Assignment) -> Total {
        let position = self.supply.position(provider(assignment));
        let price = position.map_or(Total::ZERO, |position| self.places.full_price.at(position));
        self.worth(assignment) - price
    }

    /// What an assignment adds to the total.
    fn worth(&self, assignment: &Assignment) -> Total {
        let need = &self.problem.needs()[assignment.need.index()];
        Total { tier: counts(self.problem, need).into(), score: assignment.score.into() }
    }
}

/// How much it counts in coverage that a need is served.
pub(super) fn counts(problem: &Problem, need: &Need) -> u8 {
    match (problem.policy().objective(), need.risk) {
        (Objective::Score, _) => 0,
        (Objective::CoverageThenScore, _) | (_, Risk::Green) => 1,
        (_, Risk::Blue) => 2,
        (_, Risk::Yellow) => 3,
        (_, Risk::Red) => 4,
    }
}
