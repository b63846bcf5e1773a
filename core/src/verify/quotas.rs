//! Quotas as the checker reads them from the rows.

use std::collections::{BTreeMap, BTreeSet};

use super::Violation;
use super::rates::Own;
use super::reasons::{decision, is_out_of_scope};
use crate::matching::{Kind, Limited, Outcome, Status};
use crate::model::{Need, NeedId, Problem, Quota, QuotaId};

/// A quota, one household of it, or a kind of needs: what is left to decide beside pinned needs.
pub(super) struct Part {
    pub(super) floor: u64,
    /// Never more than it has needs to decide.
    pub(super) cap: u64,
    /// The needs to decide, ascending.
    pub(super) needs: Vec<usize>,
}

/// Every part that can bind.
pub(super) struct Quotas {
    pub(super) parts: BTreeMap<Limited, Part>,
    /// Those that cross another one.
    pub(super) crossing: BTreeSet<Limited>,
}

impl Quotas {
    /// Of the rows, and of kinds of needs with their floors.
    pub(super) fn of<'a>(problem: &Problem, kinds: impl Iterator<Item = (Kind, &'a Own, u64)>) -> Self {
        let mut parts: BTreeMap<Limited, Part> = BTreeMap::new();
        let households = households(problem);
        for (k, quota) in problem.quotas().iter().enumerate() {
            let id = QuotaId::new(k);
            let new =
                || Part { floor: floor_of(problem, quota), cap: quota.cap.unwrap_or(u64::MAX), needs: Vec::new() };
            if !quota.per_household {
                parts.insert(Limited::Quota(id, None), new());
            }
            for (position, need) in
                problem.needs().iter().enumerate().filter(|(_, need)| is_about(problem, quota, need))
            {
                let of = Limited::Quota(id, household(quota, need, &households));
                let part = parts.entry(of).or_insert_with(new);
                if need.pinned_worker.is_some() {
                    part.floor = part.floor.saturating_sub(1);
                    part.cap = part.cap.saturating_sub(1);
                } else if decision(problem, NeedId::new(position)).is_none() {
                    part.needs.push(position);
                }
            }
        }
        parts.retain(|_, part| part.floor > 0 || part.cap < part.needs.len() as u64);
        for part in parts.values_mut() {
            part.cap = part.cap.min(part.needs.len() as u64);
        }
        for (kind, own, floor) in kinds.filter(|(_, own, _)| !own.free.is_empty()) {
            let part = Part { floor, cap: own.free.len() as u64, needs: own.free.clone() };
            parts.insert(Limited::Kind(kind), part);
        }
        let crossing = crossing(problem.needs().len(), &parts);
        Self { parts, crossing }
    }
}

/// The floor of a quota, counted anew where it is a part of the needs.
fn floor_of(problem: &Problem, quota: &Quota) -> u64 {
    if quota.floor_per_mille == 0 {
        return quota.floor;
    }
    let n_needs = problem.needs().iter().filter(|need| is_about(problem, quota, need)).count() as u64;
    let thousandths = n_needs * u64::from(quota.floor_per_mille);
    quota.floor.max(thousandths.div_ceil(1000))
}

/// Checks that every quota has as many needs served as its bounds allow, and that the list of quotas says so.
pub(super) fn check(problem: &Problem, outcome: &Outcome, quotas: &Quotas) -> Result<(), Violation> {
    let households = households(problem);
    let mut served = vec![false; problem.needs().len()];
    outcome.assignments.iter().for_each(|assignment| served[assignment.need.index()] = true);
    if outcome.quotas.len() != problem.quotas().len() {
        return Err(Violation::Length { list: "quotas" });
    }
    for (row, (result, id)) in outcome.quotas.iter().zip(problem.quotas_by_id()).enumerate() {
        let wrong = |field| Violation::Quota { row, field };
        if result.quota != id {
            return Err(wrong("quota"));
        }
        let quota = &problem.quotas()[id.index()];
        let mut counts: BTreeMap<Option<NeedId>, (u64, u64)> = BTreeMap::new();
        if !quota.per_household {
            counts.insert(None, (0, 0));
        }
        for (position, need) in problem.needs().iter().enumerate().filter(|(_, need)| is_about(problem, quota, need)) {
            let count = counts.entry(household(quota, need, &households)).or_default();
            count.0 += 1;
            count.1 += u64::from(served[position]);
        }
        let sum = |of: fn(&(u64, u64)) -> u64| counts.values().map(of).sum::<u64>();
        let floor = floor_of(problem, quota);
        let fits = |&(_, n): &(u64, u64)| n >= floor && quota.cap.is_none_or(|cap| n <= cap);
        if outcome.status.serves() && !counts.values().all(fits) {
            return Err(wrong("served"));
        }
        let fields = [
            ("needs", result.needs == sum(|count| count.0)),
            ("served", result.served == sum(|count| count.1)),
            ("floor", result.floor == floor),
            ("cap", result.cap == quota.cap),
            (
                "crosses",
                result.crosses == quotas.crossing.iter().any(|of| matches!(of, Limited::Quota(own, _) if *own == id)),
            ),
            ("price", result.price == price(outcome, id)),
        ];
        if let Some((field, _)) = fields.into_iter().find(|&(_, is_right)| !is_right) {
            return Err(wrong(field));
        }
    }
    Ok(())
}

/// The first quota, by identifier, of which no further need may be served and that is about the need.
pub(super) fn full_quota(problem: &Problem, outcome: &Outcome) -> Vec<Option<QuotaId>> {
    let households = households(problem);
    let mut full = vec![None; problem.needs().len()];
    if outcome.status == Status::FloorsUnmet {
        return full;
    }
    for id in problem.quotas_by_id() {
        let quota = &problem.quotas()[id.index()];
        let Some(cap) = quota.cap else { continue };
        let mut served: BTreeMap<Option<NeedId>, u64> = BTreeMap::new();
        for need in outcome.assignments.iter().map(|assignment| &problem.needs()[assignment.need.index()]) {
            if is_about(problem, quota, need) {
                *served.entry(household(quota, need, &households)).or_default() += 1;
            }
        }
        for (need, full) in problem.needs().iter().zip(&mut full) {
            let n = || served.get(&household(quota, need, &households)).copied().unwrap_or(0);
            if full.is_none() && is_about(problem, quota, need) && n() >= cap {
                *full = Some(id);
            }
        }
    }
    full
}

/// Whether a need meets every condition of a quota.
fn is_about(problem: &Problem, quota: &Quota, need: &Need) -> bool {
    let community = &problem.communities()[need.community.index()];
    let lies_in = |area: crate::model::codes::DivisionCode| {
        // The digits of the area that are not filled up with zeros, by level.
        let digits = [2, 4, 6, 9, 12][area.level() as usize];
        community.code.to_string()[..digits] == area.to_string()[..digits]
    };
    let class = community.urban_rural_class.map(|class| class.code().starts_with('1'));
    let conditions = [
        quota.area.is_none_or(lies_in),
        quota.residence.is_none_or(|residence| class == Some(residence.code() == "urban")),
        quota.client_group.is_none_or(|group| need.groups.iter().any(|own| own == group)),
        quota.domain.is_none_or(|domain| domain == need.domain),
        quota.risk.is_none_or(|risk| risk == need.risk),
        !quota.per_household || need.household.is_some(),
        !is_out_of_scope(problem, need),
    ];
    conditions.into_iter().all(|is_met| is_met)
}

/// The first need of each household, where a quota asks for them.
fn households(problem: &Problem) -> BTreeMap<&str, NeedId> {
    if !problem.quotas().iter().any(|quota| quota.per_household) {
        return BTreeMap::new();
    }
    let named = problem.needs().iter().enumerate().rev();
    named.filter_map(|(position, need)| Some((need.household.as_deref()?, NeedId::new(position)))).collect()
}

fn household(quota: &Quota, need: &Need, households: &BTreeMap<&str, NeedId>) -> Option<NeedId> {
    if quota.per_household { households.get(need.household.as_deref()?).copied() } else { None }
}

/// The parts that share needs with another part, while each also has needs of its own.
fn crossing(n_needs: usize, parts: &BTreeMap<Limited, Part>) -> BTreeSet<Limited> {
    let mut held_by: Vec<Vec<usize>> = vec![Vec::new(); n_needs];
    for (k, part) in parts.values().enumerate() {
        part.needs.iter().for_each(|&need| held_by[need].push(k));
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for held_by in held_by {
        let mut rest = &held_by[..];
        while let Some((&a, after)) = rest.split_first() {
            after.iter().for_each(|&b| *shared.entry((a, b)).or_default() += 1);
            rest = after;
        }
    }
    let listed: Vec<(&Limited, &Part)> = parts.iter().collect();
    let mut crossing = BTreeSet::new();
    for ((a, b), n) in shared {
        let ((a, of_a), (b, of_b)) = (listed[a], listed[b]);
        if n < of_a.needs.len() && n < of_b.needs.len() {
            crossing.extend([*a, *b]);
        }
    }
    crossing
}

/// The price of a quota for reading.
fn price(outcome: &Outcome, id: QuotaId) -> crate::solve::Price {
    let Some(certificate) = &outcome.certificate else { return crate::solve::Price::default() };
    let own = certificate.quota_price.iter().filter(|price| price.quota == id);
    certificate.in_tiers(own.fold(0_i128, |sum, price| sum.saturating_add(price.price)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_needs_is_counted_anew_whatever_a_row_says() {
        let (mut n_parts, mut n_others) = (0, 0);
        for seed in 0..200 {
            let (tables, policy) = crate::sample::input_with_parts(seed);
            let Ok(problem) = Problem::new(&tables, policy) else { continue };
            for quota in problem.quotas() {
                let own = floor_of(&problem, &Quota { floor: 0, ..quota.clone() });
                // The tables say 1 at most, so whatever is more was counted.
                let is_part = quota.floor > 1;
                assert!(!is_part || own == quota.floor, "seed {seed}: {own}, {}", quota.floor);
                assert!(own <= quota.floor, "seed {seed}: {own}, {}", quota.floor);
                (n_parts, n_others) = (n_parts + u32::from(is_part), n_others + u32::from(!is_part));
            }
        }
        assert!(n_parts > 50 && n_others > 50, "{n_parts} parts, {n_others} others");
    }
}
