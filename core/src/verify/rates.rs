//! Are the rates of all kinds of needs true, and can the least of them not be greater?
//!
//! What belongs to a kind is read anew from the rows: the digits of an area, the words of a client group. That no matching
//! has a greater least rate is checked as any set of floors that cannot be met: with the floors that every kind would need
//! for a rate above the stated bound.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::Violation;
use super::ceilings::{self, Compared};
use super::limits::Limits;
use super::proven::Case;
use super::reasons::decision;
use super::supply::Supply;
use crate::matching::{Kind, KindResult, Outcome, Rate, Rates, Unmet};
use crate::model::codes::DivisionCode;
use crate::model::{NeedId, Problem};
use crate::policy::{Objective, Over};
use crate::score::ScoredCandidates;
use crate::solve::Price;

/// A kind as the rows have it.
#[derive(Default)]
pub(super) struct Own {
    /// Needs that have a candidate, pinned or not.
    needs: u64,
    /// Those of them that are pinned.
    pinned: u64,
    /// The needs to decide, with or without a candidate, ascending.
    pub(super) free: Vec<usize>,
}

impl Own {
    /// Fewest needs to serve beside pinned ones, of the fewest at all.
    pub(super) fn beside_pinned(&self, fewest: u64) -> u64 {
        fewest.saturating_sub(self.pinned)
    }

    /// Whether so many served are at least the rate.
    fn reaches(&self, served: u64, rate: Rate) -> bool {
        u128::from(served) * u128::from(rate.needs) >= u128::from(rate.served) * u128::from(self.needs)
    }

    /// Whether so many served are more than the rate.
    fn exceeds(&self, served: u64, rate: Rate) -> bool {
        u128::from(served) * u128::from(rate.needs) > u128::from(rate.served) * u128::from(self.needs)
    }

    /// Fewest served that are at least the rate.
    fn fewest_at(&self, rate: Rate) -> u64 {
        fewest(self.needs, |served| self.reaches(served, rate))
    }

    /// Fewest served that are more than the rate, which is below 1.
    fn fewest_above(&self, rate: Rate) -> u64 {
        fewest(self.needs, |served| self.exceeds(served, rate))
    }
}

/// The first number up to a limit for which something holds that then holds of all after it.
fn fewest(limit: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, limit);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// Every kind that the objective compares; none under others.
pub(super) struct Kinds(BTreeMap<Kind, Own>);

impl Kinds {
    pub(super) fn of(problem: &Problem, scored: &ScoredCandidates) -> Self {
        let mut kinds: BTreeMap<Kind, Own> = BTreeMap::new();
        for (position, need) in problem.needs().iter().enumerate() {
            let has_candidate = scored.row(NeedId::new(position)).len() > 0;
            for kind in of_need(problem, position) {
                let own = kinds.entry(kind).or_default();
                own.needs += u64::from(has_candidate);
                if need.pinned_worker.is_some() {
                    own.pinned += u64::from(has_candidate);
                } else if decision(problem, NeedId::new(position)).is_none() {
                    own.free.push(position);
                }
            }
        }
        Self(kinds)
    }

    /// Each kind, with the floor beside pinned needs that the outcome states; whether it is right is checked with the rates.
    pub(super) fn at_least<'a>(&'a self, outcome: &'a Outcome) -> impl Iterator<Item = (Kind, &'a Own, u64)> {
        let rows = outcome.rates.iter().flat_map(|rates| &rates.kinds);
        let stated: BTreeMap<Kind, u64> = rows.map(|row| (row.kind, row.floor)).collect();
        let floor = move |kind: Kind, own: &Own| own.beside_pinned(stated.get(&kind).copied().unwrap_or(0));
        self.0.iter().map(move |(&kind, own)| (kind, own, floor(kind, own)))
    }

    /// Each kind, with all its needs that have a candidate as its floor, beside pinned ones.
    fn whole(&self) -> impl Iterator<Item = (Kind, &Own, u64)> {
        self.0.iter().map(|(&kind, own)| (kind, own, own.beside_pinned(own.needs)))
    }

    /// The listed kinds.
    fn compared(&self, rates: &Rates) -> Vec<Compared> {
        let compared = |row: &KindResult| {
            let own = &self.0[&row.kind];
            Compared { kind: row.kind, needs: own.needs, pinned: own.pinned }
        };
        rates.kinds.iter().map(compared).collect()
    }

    /// Each kind, with its floor beside pinned needs above a rate.
    fn above(&self, rate: Rate) -> impl Iterator<Item = (Kind, &Own, u64)> {
        let floor = move |own: &Own| if own.needs == 0 { 0 } else { own.beside_pinned(own.fewest_above(rate)) };
        self.0.iter().map(move |(&kind, own)| (kind, own, floor(own)))
    }
}

/// The kinds to which a need belongs.
fn of_need(problem: &Problem, position: usize) -> Vec<Kind> {
    let need = &problem.needs()[position];
    let area = |digits: usize| {
        let code = problem.communities()[need.community.index()].code.to_string();
        DivisionCode::parse(&format!("{:0<12}", &code[..digits])).map(Kind::Area)
    };
    if !matches!(problem.policy().objective(), Objective::MaxMin | Objective::Leximin) {
        return Vec::new();
    }
    match problem.policy().over() {
        Over::County => area(6).into_iter().collect(),
        Over::Township => area(9).into_iter().collect(),
        Over::ClientGroup => need.groups.iter().map(Kind::ClientGroup).collect(),
    }
}

/// Checks what is said of the kinds; gives whether the least rate, or all where all count, are proven the greatest.
pub(super) fn check(
    problem: &Problem,
    scored: &ScoredCandidates,
    outcome: &Outcome,
    supply: &Supply<'_>,
    kinds: &Kinds,
) -> Result<bool, Violation> {
    let wrong = |field| Violation::Rates { field };
    let are_all_compared = problem.policy().objective() == Objective::Leximin;
    let compares = are_all_compared || problem.policy().objective() == Objective::MaxMin;
    let Some(rates) = &outcome.rates else {
        // Where nobody is served nothing is compared.
        return if compares && outcome.status.serves() { Err(wrong("rates")) } else { Ok(true) };
    };
    if !compares || !outcome.status.serves() {
        return Err(wrong("rates"));
    }
    let listed: Vec<(Kind, &Own)> =
        kinds.0.iter().map(|(&kind, own)| (kind, own)).filter(|own| own.1.needs > 0).collect();
    if rates.kinds.len() != listed.len() {
        return Err(wrong("kinds"));
    }
    let mut served: BTreeMap<Kind, u64> = BTreeMap::new();
    for assignment in &outcome.assignments {
        of_need(problem, assignment.need.index()).into_iter().for_each(|kind| *served.entry(kind).or_default() += 1);
    }
    for (row, &(kind, own)) in rates.kinds.iter().zip(&listed) {
        let served = served.get(&kind).copied().unwrap_or(0);
        let fields = [
            ("kind", row.kind == kind),
            ("needs", row.needs == own.needs),
            ("served", row.served == served),
            ("floor", row.floor == if are_all_compared { served } else { own.fewest_at(rates.least) }),
            ("price", row.price == price(outcome, kind)),
            ("least", own.reaches(served, rates.least)),
        ];
        if let Some((field, _)) = fields.into_iter().find(|&(_, is_right)| !is_right) {
            return Err(wrong(field));
        }
    }
    let is_some_kinds = rates.kinds.iter().zip(&listed).any(|(row, (_, own))| !own.exceeds(row.served, rates.least));
    let is_least = if listed.is_empty() { rates.least.served == rates.least.needs } else { is_some_kinds };
    if !is_least || !is_lowest(rates.least) {
        return Err(wrong("least"));
    }
    let Rate { served, needs } = rates.bound;
    let is_ordered =
        u128::from(rates.least.served) * u128::from(needs) <= u128::from(served) * u128::from(rates.least.needs);
    if !is_ordered || !is_lowest(rates.bound) {
        return Err(wrong("bound"));
    }
    let check_sets = |limits: Limits, sets: &[Unmet]| {
        let case = Case { problem, scored, outcome, supply, limits: &limits };
        sets.iter().try_for_each(|set| case.check_tight(set))
    };
    match &rates.proof {
        None if are_all_compared => {
            check_sets(Limits::of(problem, supply, kinds.whole()), &rates.ceilings)?;
            return are_greatest(kinds, rates);
        }
        _ if are_all_compared || !rates.ceilings.is_empty() || !rates.greatest.is_empty() => {
            return Err(wrong("proof"));
        }
        None if served == needs => {}
        Some(proof) if served < needs => {
            check_sets(Limits::of(problem, supply, kinds.above(rates.bound)), std::slice::from_ref(proof))?;
        }
        _ => return Err(wrong("proof")),
    }
    Ok(rates.least == rates.bound)
}

/// Whether the rates are the greatest that the ceilings allow, which must be stated as they are.
fn are_greatest(kinds: &Kinds, rates: &Rates) -> Result<bool, Violation> {
    let greatest = ceilings::greatest(&kinds.compared(rates), &rates.ceilings)?;
    let is_same = |(&(served, needs), stated): (&(u64, u64), &Rate)| {
        is_lowest(*stated) && ceilings::compare((served, needs), (stated.served, stated.needs)) == Ordering::Equal
    };
    if greatest.len() != rates.greatest.len() || !greatest.iter().zip(&rates.greatest).all(is_same) {
        return Err(Violation::Rates { field: "greatest" });
    }
    if rates.bound != rates.greatest.first().copied().unwrap_or(Rate { served: 1, needs: 1 }) {
        return Err(Violation::Rates { field: "bound" });
    }
    let mut own: Vec<(u64, u64)> = rates.kinds.iter().map(|row| (row.served, row.needs)).collect();
    own.sort_by(|&a, &b| ceilings::compare(a, b));
    let differ = own.iter().zip(&greatest).map(|(&a, &b)| ceilings::compare(a, b)).find(|order| order.is_ne());
    match differ {
        // No rates are above what was proven.
        Some(Ordering::Greater) => Err(Violation::Rates { field: "ceilings" }),
        Some(_) => Ok(false),
        None => Ok(true),
    }
}

/// Whether a rate is from 0 to 1, and no smaller numbers say the same.
fn is_lowest(Rate { served, needs }: Rate) -> bool {
    let (mut a, mut b) = (served, needs);
    while a > 0 {
        (a, b) = (b % a, a);
    }
    served <= needs && b == 1
}

/// The price of a kind for reading.
fn price(outcome: &Outcome, kind: Kind) -> Price {
    let Some(certificate) = &outcome.certificate else { return Price::default() };
    let own = certificate.kind_price.iter().find(|price| price.kind == kind);
    certificate.in_tiers(own.map_or(0, |own| own.price))
}
