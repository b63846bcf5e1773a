//! Quotas: how many needs of a kind must and may be served, and what became of them.

use std::collections::{BTreeMap, BTreeSet};

use super::Rows;
use super::head::Head;
use super::unmatched::TAKEN_OUT;
use crate::decision::DecisionFault;
use crate::decision::form::{self, FORMAT_WITH_QUOTAS, File, Pair};

/// A quota, or one household of it: what is left to decide beside pinned needs.
pub(super) struct Part {
    pub(super) floor: u64,
    /// Never more than it has needs to decide.
    pub(super) cap: u64,
    /// The needs to decide, ascending.
    pub(super) needs: Vec<usize>,
}

/// Which part: the row of the quota, and the household where bounds are for each.
pub(super) type Key<'a> = (usize, Option<&'a str>);

pub(super) struct Quotas<'a> {
    stated: Option<&'a form::Quotas>,
    household: Option<&'a [Option<form::Text>]>,
    /// Every part that can bind, by the identifiers of quota and household.
    pub(super) parts: BTreeMap<Key<'a>, Part>,
    /// The quotas with a part that shares needs with another, while each also has needs of its own.
    crossing: BTreeSet<usize>,
}

impl<'a> Quotas<'a> {
    /// Checks the form of the quotas, and that a file without them does not speak of any.
    pub(super) fn check(file: &'a File, head: &Head<'_>, rows: &Rows<'_>) -> Result<Self, DecisionFault> {
        let network = &file.network;
        let (stated, household) = (network.quotas.as_ref(), network.needs.household.as_deref());
        let has_quotas = file.format == FORMAT_WITH_QUOTAS;
        if [stated.is_some(), household.is_some()] != [has_quotas; 2] {
            return Err(DecisionFault::wrong("format"));
        }
        if network.nodes.caseload.is_some() != head.counts_squares {
            return Err(DecisionFault::wrong("network.nodes.caseload"));
        }
        let mut quotas = Self { stated, household, parts: BTreeMap::new(), crossing: BTreeSet::new() };
        if let Some(stated) = stated {
            quotas.check_form(stated, rows)?;
            quotas.divide(file, stated, rows);
            quotas.find_crossing(rows.n_needs());
        }
        Ok(quotas)
    }

    fn check_form(&self, stated: &form::Quotas, rows: &Rows<'_>) -> Result<(), DecisionFault> {
        let wrong = |column: &str| DecisionFault::wrong(format!("network.quotas.{column}"));
        let n = stated.id.len();
        let is_id = |id: &form::Text| {
            (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.:-".contains(&b))
        };
        let fits = stated.start.len() == n + 1 && stated.start[0] == 0 && stated.start.is_sorted();
        let facts = [
            ("id", stated.id.is_sorted_by(|a, b| a < b) && stated.id.iter().all(is_id)),
            ("per_household", stated.per_household.len() == n),
            ("floor", stated.floor.len() == n && stated.floor.iter().all(|&floor| floor < super::MAX_NUMBER)),
            ("cap", stated.cap.len() == n && stated.cap.iter().flatten().all(|&cap| cap < super::MAX_NUMBER)),
            ("start", fits && stated.start[n] == stated.need.len() as u64),
        ];
        if let Some((column, _)) = facts.into_iter().find(|&(_, holds)| !holds) {
            return Err(wrong(column));
        }
        let household = self.household.unwrap_or_default();
        if household.len() != rows.n_needs() || !household.iter().flatten().all(is_id) {
            return Err(DecisionFault::wrong("network.needs.household"));
        }
        let mut is_asked_for = vec![false; rows.n_needs()];
        for quota in 0..n {
            let needs = &stated.need[stated.start[quota] as usize..stated.start[quota + 1] as usize];
            let exist = needs.last().is_none_or(|&last| last < rows.n_needs() as u64);
            if !exist || !needs.is_sorted_by(|a, b| a < b) {
                return Err(wrong("need"));
            }
            for &need in needs.iter().filter(|_| stated.per_household[quota]) {
                is_asked_for[need as usize] = true;
            }
        }
        // The household is told of whoever a quota for each is about, and of nobody else.
        let is_told = household.iter().map(Option::is_some);
        if is_told.eq(is_asked_for) { Ok(()) } else { Err(DecisionFault::wrong("network.needs.household")) }
    }

    fn needs_of(&self, quota: usize) -> impl Iterator<Item = usize> + use<'a> {
        let range = self.stated.map_or(0..0, |own| own.start[quota] as usize..own.start[quota + 1] as usize);
        let needs: &'a [u64] = self.stated.map_or(&[], |own| &own.need[range]);
        needs.iter().map(|&need| need as usize)
    }

    /// The part of a quota in which a need is.
    fn key(&self, quota: usize, need: usize) -> Key<'a> {
        let per_household = self.stated.is_some_and(|own| own.per_household[quota]);
        let household = self.household.filter(|_| per_household).and_then(|own| own[need].as_deref());
        (quota, household)
    }

    fn divide(&mut self, file: &File, stated: &form::Quotas, rows: &Rows<'_>) {
        let taken_out = file.result.unmatched.iter().filter(|row| TAKEN_OUT.contains(&&*row.reason));
        let taken_out: BTreeSet<&str> = taken_out.map(|row| &*row.need_id).collect();
        for quota in 0..stated.id.len() {
            let new =
                || Part { floor: stated.floor[quota], cap: stated.cap[quota].unwrap_or(u64::MAX), needs: Vec::new() };
            if !stated.per_household[quota] {
                self.parts.insert((quota, None), new());
            }
            for need in self.needs_of(quota) {
                let part = self.parts.entry(self.key(quota, need)).or_insert_with(new);
                if rows.is_pinned[need] {
                    part.floor = part.floor.saturating_sub(1);
                    part.cap = part.cap.saturating_sub(1);
                } else if !taken_out.contains(rows.id(need)) {
                    part.needs.push(need);
                }
            }
        }
        self.parts.retain(|_, part| part.floor > 0 || part.cap < part.needs.len() as u64);
        self.parts.values_mut().for_each(|part| part.cap = part.cap.min(part.needs.len() as u64));
    }

    fn find_crossing(&mut self, n_needs: usize) {
        let listed: Vec<(&Key<'_>, &Part)> = self.parts.iter().collect();
        let mut held_by: Vec<Vec<usize>> = vec![Vec::new(); n_needs];
        for (k, (_, part)) in listed.iter().enumerate() {
            part.needs.iter().for_each(|&need| held_by[need].push(k));
        }
        let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for held_by in &held_by {
            let mut rest = &held_by[..];
            while let Some((&a, after)) = rest.split_first() {
                after.iter().for_each(|&b| *shared.entry((a, b)).or_default() += 1);
                rest = after;
            }
        }
        let size = |k: usize| listed[k].1.needs.len();
        let cross = shared.into_iter().filter(|&((a, b), n)| n < size(a) && n < size(b));
        self.crossing = cross.flat_map(|((a, b), _)| [listed[a].0.0, listed[b].0.0]).collect();
    }

    /// Whether a part that can bind crosses another one.
    pub(super) fn cross(&self) -> bool {
        !self.crossing.is_empty()
    }

    /// Whether anybody must be served because of a quota.
    pub(super) fn have_floors(&self) -> bool {
        self.parts.values().any(|part| part.floor > 0)
    }

    /// The part of these identifiers, if it can bind.
    pub(super) fn part<'b>(&'b self, quota: &str, household: Option<&'b str>) -> Option<(Key<'b>, &'b Part)> {
        let quota = self.stated?.id.binary_search_by(|id| (**id).cmp(quota)).ok()?;
        let parts: &'b BTreeMap<Key<'b>, Part> = &self.parts;
        parts.get_key_value(&(quota, household)).map(|(key, part)| (*key, part))
    }

    /// For each need the first quota that is about it and of which no further need may be served.
    pub(super) fn full(&self, file: &File, served_at: &[Option<usize>]) -> Vec<Option<usize>> {
        let mut full = vec![None; served_at.len()];
        let Some(stated) = self.stated.filter(|_| *file.result.status != *"floors_unmet") else { return full };
        for quota in 0..stated.id.len() {
            let Some(cap) = stated.cap[quota] else { continue };
            let counts = self.counts(quota, served_at);
            for need in self.needs_of(quota).filter(|&need| counts[&self.key(quota, need)].1 >= cap) {
                full[need] = full[need].or(Some(quota));
            }
        }
        full
    }

    /// For each part of a quota, whether it can bind or not, its needs and those of them that are served.
    fn counts(&self, quota: usize, served_at: &[Option<usize>]) -> BTreeMap<Key<'a>, (u64, u64)> {
        let mut counts = BTreeMap::new();
        if self.stated.is_some_and(|own| !own.per_household[quota]) {
            counts.insert((quota, None), (0, 0));
        }
        for need in self.needs_of(quota) {
            let count: &mut (u64, u64) = counts.entry(self.key(quota, need)).or_default();
            count.0 += 1;
            count.1 += u64::from(served_at[need].is_some());
        }
        counts
    }

    /// Checks that bounds are kept, and that the list of quotas says what became of each.
    pub(super) fn check_list(
        &self,
        file: &File,
        head: &Head<'_>,
        served_at: &[Option<usize>],
        price: impl Fn(usize) -> Pair,
    ) -> Result<(), DecisionFault> {
        let rows = file.result.quotas.as_deref().unwrap_or_default();
        let ids = self.stated.map_or(&[][..], |own| &own.id);
        // A list of none is left out.
        if rows.len() != ids.len() || file.result.quotas.as_ref().is_some_and(Vec::is_empty) {
            return Err(DecisionFault::wrong("result.quotas"));
        }
        for (quota, (row, stated)) in rows.iter().zip(self.stated.into_iter().cycle()).enumerate() {
            let counts = self.counts(quota, served_at);
            let (floor, cap) = (stated.floor[quota], stated.cap[quota]);
            let sum = |of: fn(&(u64, u64)) -> u64| counts.values().map(of).sum::<u64>();
            let fits = |&(_, served): &(u64, u64)| served >= floor && cap.is_none_or(|cap| served <= cap);
            let facts = [
                ("quota_id", row.quota_id == stated.id[quota]),
                ("needs", row.needs == sum(|count| count.0)),
                ("served", row.served == sum(|count| count.1)),
                ("served", !head.is_decided || counts.values().all(fits)),
                ("floor", row.floor == floor),
                ("cap", row.cap == cap),
                ("crosses", row.crosses == self.crossing.contains(&quota)),
                ("price", row.price == price(quota)),
            ];
            if let Some((field, _)) = facts.into_iter().find(|&(_, holds)| !holds) {
                return Err(DecisionFault::wrong(format!("result.quotas[{quota}].{field}")));
            }
        }
        Ok(())
    }
}
