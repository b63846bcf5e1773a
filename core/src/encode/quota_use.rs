//! What became of the quotas.

use std::collections::{BTreeMap, HashMap};

use super::value::Prices;
use super::{Bounds, quotas};
use crate::matching::{Limited, QuotaResult};
use crate::model::{NeedId, Problem, Quota, QuotaId};
use crate::proof::in_tiers;
use crate::solve::Price;

/// The parts of quotas that can bind, in the order of the identifiers of quota and household, then those of kinds.
pub(super) fn parts_by_id<'a>(problem: &'a Problem, bounds: &'a Bounds) -> impl Iterator<Item = usize> + 'a {
    let id = |k: usize| match bounds.quotas.parts[k].of {
        Limited::Quota(quota, household) => {
            let household = household.and_then(|need| problem.needs()[need.index()].household.as_deref());
            (None, &*problem.quotas()[quota.index()].id, household)
        }
        of => (Some(of), "", None),
    };
    let mut order: Vec<usize> = (0..bounds.quotas.parts.len()).collect();
    order.sort_by_key(|&k| id(k));
    order.into_iter()
}

/// How many needs of each quota, and of each household of it, are served.
pub(super) struct QuotaUse<'a> {
    problem: &'a Problem,
    households: HashMap<&'a str, NeedId>,
    served: BTreeMap<(QuotaId, Option<NeedId>), u64>,
    /// The quotas with caps in the order of their identifiers.
    capped: Vec<QuotaId>,
}

impl<'a> QuotaUse<'a> {
    pub(super) fn of(problem: &'a Problem, is_served: impl Fn(NeedId) -> bool) -> Self {
        let capped = problem.quotas_by_id().filter(|id| problem.quotas()[id.index()].cap.is_some()).collect();
        let mut own = Self { problem, households: HashMap::new(), served: BTreeMap::new(), capped };
        if problem.quotas().is_empty() {
            return own;
        }
        own.households = quotas::first_of_households(problem);
        for need in (0..problem.needs().len()).map(NeedId::new).filter(|&need| is_served(need)) {
            for quota in (0..problem.quotas().len()).map(QuotaId::new) {
                if let Some(key) = own.key(quota, need) {
                    *own.served.entry(key).or_default() += 1;
                }
            }
        }
        own
    }

    /// The first quota, by identifier, of which no further need may be served and that is about the need.
    pub(super) fn full(&self, need: NeedId) -> Option<QuotaId> {
        let is_full = |&&quota: &&QuotaId| {
            let Some(key) = self.key(quota, need) else { return false };
            let served = self.served.get(&key).copied().unwrap_or(0);
            self.quota(quota).cap.is_some_and(|cap| served >= cap)
        };
        self.capped.iter().find(is_full).copied()
    }

    fn quota(&self, quota: QuotaId) -> &'a Quota {
        &self.problem.quotas()[quota.index()]
    }

    /// The quota, and the household if it is for each; `None` if the need is not one that the quota is about.
    fn key(&self, id: QuotaId, need: NeedId) -> Option<(QuotaId, Option<NeedId>)> {
        let (quota, need) = (self.quota(id), &self.problem.needs()[need.index()]);
        if !self.problem.is_about(quota, need) {
            return None;
        }
        let household = need.household.as_deref().filter(|_| quota.per_household);
        Some((id, household.map(|household| self.households[household])))
    }

    /// One row for each quota, by identifier; prices where there are any.
    pub(super) fn rows(&self, bounds: &Bounds, prices: Option<&Prices>) -> Vec<QuotaResult> {
        let crossing = bounds.quotas.crossing_quotas(self.problem.needs().len());
        let row = |id: QuotaId| {
            let quota = self.quota(id);
            let needs = self.problem.needs().iter().filter(|need| self.problem.is_about(quota, need)).count() as u64;
            let served = self.served.iter().filter(|((other, _), _)| *other == id).map(|(_, n)| n).sum();
            let price = prices.map_or(Price::default(), |prices| {
                let own = bounds.quotas.parts.iter().zip(&prices.part).filter(|(part, _)| part.quota() == Some(id));
                in_tiers(&prices.step, prices.unit, own.fold(0, |sum: i128, (_, &price)| sum.saturating_add(price)))
            });
            let (floor, cap, crosses) = (quota.floor, quota.cap, crossing.contains(&id));
            QuotaResult { quota: id, needs, served, floor, cap, price, crosses }
        };
        self.problem.quotas_by_id().map(row).collect()
    }
}
