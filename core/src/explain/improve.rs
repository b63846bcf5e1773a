//! What-if: what one change on the supply side would unlock, ranked.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Explainer;
use crate::candidate::{Candidates, Ledger, RuleId, Search, failed_rules};
use crate::control::Control;
use crate::encode;
use crate::error::Error;
use crate::matching::{Node, Tier};
use crate::model::codes::{DivisionCode, DivisionLevel, Domain, OrganizationStatus, ServiceArea};
use crate::model::{NeedId, OrganizationId, Problem, WorkerId};
use crate::options::Options;
use crate::policy::Objective;
use crate::pool;
use crate::score::{ScoredCandidates, Scorer};
use crate::sensitivity::Sensitivity;
use crate::solve as fast;
use crate::total::Total;

/// One change on the supply side, after which some pairs pass the rules, or there are more places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Improvement {
    /// The worker learns to serve a domain, at the first level of competence.
    Train(WorkerId, Domain),
    /// The organization, which fails rule H02, becomes registered and compliant.
    Register(OrganizationId),
    /// The service area of the worker, or of the organization, is extended by a county.
    Extend(Node, DivisionCode),
    /// The organization of the worker employs one more like this one, with as many places as the worker has in all.
    Recruit(WorkerId),
}

impl Improvement {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Train(..) => "train",
            Self::Register(_) => "register",
            Self::Extend(..) => "extend",
            Self::Recruit(_) => "recruit",
        }
    }

    /// Who is concerned.
    #[must_use]
    pub const fn node(self) -> Node {
        match self {
            Self::Train(worker, _) | Self::Recruit(worker) => Node::Worker(worker),
            Self::Register(organization) => Node::Organization(organization),
            Self::Extend(node, _) => node,
        }
    }
}

/// An improvement with what it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ranked {
    /// The change.
    pub improvement: Improvement,
    /// What the prices prove that the total cannot gain more than, in tiers; under the objective `score` in score.
    pub bound: i128,
    /// What the total would gain: exact. `None` where it was not computed, since the bound is not among the greatest.
    pub gain: Option<Total>,
    /// How many more needs of each tier would be served, in the order of [`Tier::ALL`].
    pub served_by_tier: Option<[i64; Tier::ALL.len()]>,
}

/// Improvements, the best first.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Improvements {
    /// Those whose gain was computed and is above zero by gain, then the others by bound; of equals in the order of their
    /// kinds.
    pub rows: Vec<Ranked>,
    /// So many of the first rows are certainly the best of all: no bound of a row whose gain was not computed reaches
    /// theirs.
    pub n_proven: usize,
}

/// A pair that an improvement would let pass, or a place that it would add.
#[derive(Clone, Copy)]
struct Unlocked {
    improvement: Improvement,
    provider: u32,
    /// What the pair is worth to its need at the prices, beyond what the need has.
    excess: i128,
}

impl Explainer {
    /// What each improvement would unlock that could let more needs be served, ranked; under the objective `score`, that
    /// could raise the total. `n_exact` tells for how many the exact gain is computed, those with the greatest bounds.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] with fault 600 where more than places binds; [`Error::Cancelled`] or [`Error::Limit`] as the control asks; [`Error::Threads`] if the threads cannot be started.
    ///
    /// # Complexity
    ///
    /// The rules on profiles for every pair of a need and a provider, and a run of the solver for each exact gain.
    pub fn improvements(&self, n_exact: usize, options: &Options<'_>) -> Result<Improvements, Error> {
        let quiet = Control::new();
        let control = options.control.unwrap_or(&quiet);
        control.check()?;
        let own = self.of_places()?;
        pool::run(options.threads, || {
            let mut rows = self.bounded(own, control)?;
            rows.sort_by_key(|row| (Reverse(row.bound), row.improvement));
            for row in rows.iter_mut().take(n_exact) {
                control.check()?;
                let (gain, served) = self.gain_of(row.improvement, control)?;
                debug_assert!(self.ranked_part(gain) <= row.bound, "the bound is proven by the prices");
                row.gain = Some(gain);
                row.served_by_tier = Some(served);
            }
            rows.retain(|row| row.gain.is_none_or(|gain| gain > Total::ZERO));
            // What is computed comes first: its gain, not its bound, is what counts.
            rows.sort_by_key(|row| (row.gain.is_none(), Reverse(row.gain), Reverse(row.bound), row.improvement));
            let greatest_open = rows.iter().find(|row| row.gain.is_none()).map_or(-1, |row| row.bound);
            let is_proven = |row: &&Ranked| row.gain.is_some_and(|gain| self.ranked_part(gain) > greatest_open);
            let n_proven = rows.iter().take_while(is_proven).count();
            Ok(Improvements { rows, n_proven })
        })
    }

    /// What the total would gain by one improvement, and how many more needs of each tier would be served: exact.
    ///
    /// # Errors
    ///
    /// As [`improvements`](Self::improvements).
    pub fn gain(
        &self,
        improvement: Improvement,
        options: &Options<'_>,
    ) -> Result<(Total, [i64; Tier::ALL.len()]), Error> {
        let quiet = Control::new();
        let control = options.control.unwrap_or(&quiet);
        control.check()?;
        pool::run(options.threads, || self.gain_of(improvement, control))
    }

    /// The part of a gain by which improvements are ranked.
    fn ranked_part(&self, gain: Total) -> i128 {
        match self.matching.problem().policy().objective() {
            Objective::Score => gain.score,
            _ => gain.tier,
        }
    }

    /// All improvements whose bound is above zero.
    fn bounded(&self, own: &Sensitivity, control: &Control) -> Result<Vec<Ranked>, Error> {
        let problem = self.matching.problem();
        let mut ledger = Ledger::new(control);
        let search = Search::new(problem, &mut ledger)?;
        let scorer = Scorer::new(problem);
        let needs: Vec<NeedId> = (0..problem.needs().len()).map(NeedId::new).collect();
        let unlocked = needs.par_chunks(64).map(|needs| {
            control.check()?;
            let mut found = Vec::new();
            needs.iter().for_each(|&need| self.unlocked_for(own, need, (&search, &scorer), &mut found));
            Ok(found)
        });
        let mut unlocked: Vec<Unlocked> = unlocked.collect::<Result<Vec<_>, Error>>()?.concat();
        unlocked.par_sort_unstable_by_key(|one| (one.improvement, one.provider, Reverse(one.excess)));
        let of_edges =
            unlocked.chunk_by(|a, b| a.improvement == b.improvement).map(|all| (all[0].improvement, self.bound(all)));
        let mut bounds: BTreeMap<Improvement, i128> = of_edges.collect();
        // Whoever is registered is no longer held to the places of an incubating organization.
        for organization in (0..problem.organizations().len()).map(OrganizationId::new) {
            let node = self.forest.index(Node::Organization(organization));
            let more = i128::from(places_after_incubation(problem, organization));
            *bounds.entry(Improvement::Register(organization)).or_default() +=
                more * self.ranked_part(own.own_price(node));
        }
        let recruits = (0..problem.workers().len()).map(|worker| {
            let id = WorkerId::new(worker);
            let more = i128::from(problem.workers()[worker].caseload_max);
            (Improvement::Recruit(id), more * self.ranked_part(own.own_price(worker as u32)))
        });
        let row = |(improvement, bound)| Ranked { improvement, bound, gain: None, served_by_tier: None };
        Ok(bounds.into_iter().chain(recruits).filter(|&(_, bound)| bound > 0).map(row).collect())
    }

    /// The pairs of a need that one improvement alone would let pass, as far as the prices leave them a chance.
    fn unlocked_for(
        &self,
        own: &Sensitivity,
        id: NeedId,
        (search, scorer): (&Search<'_>, &Scorer<'_>),
        found: &mut Vec<Unlocked>,
    ) {
        let problem = self.matching.problem();
        let need = &problem.needs()[id.index()];
        let utility = own.utility(id.index() as u32);
        let most_score = MOST_SCORE + problem.policy().switch_penalty() as i32;
        let most = self.ranked_part(self.worth(id, most_score) - utility);
        let price = |v: u32| self.ranked_part(own.full_price(v));
        let score = scorer.of_need(id);
        let county = problem.communities()[need.community.index()].code.at_level(DivisionLevel::County);
        search.visit_failing_one(
            id,
            |v| most > price(v),
            |v, rule| {
                let (organization, worker) = self.forest.provider(problem, v);
                let improvement = match (rule, worker) {
                    (RuleId::D01, Some(worker)) => Improvement::Train(worker, need.domain),
                    (RuleId::H02, _) => Improvement::Register(organization),
                    (RuleId::H14, Some(worker)) if !problem.workers()[worker.index()].service_area.is_empty() => {
                        Improvement::Extend(Node::Worker(worker), county)
                    }
                    (RuleId::H14, _) => Improvement::Extend(Node::Organization(organization), county),
                    _ => return,
                };
                // Of the first level of competence comes a third of the criterion, and rounding adds less than one.
                let trained = if rule == RuleId::D01 { most_score } else { score(v) };
                let excess = self.ranked_part(self.worth(id, trained) - own.full_price(v) - utility);
                if excess > 0 {
                    found.push(Unlocked { improvement, provider: v, excess });
                }
            },
        );
    }

    /// What the prices prove that pairs cannot gain more than: each worker's price may rise until only as many pairs as it
    /// has places gain, or else that of a node above.
    fn bound(&self, unlocked: &[Unlocked]) -> i128 {
        let problem = self.matching.problem();
        let more = |v: u32| match unlocked[0].improvement {
            Improvement::Register(id) if v == self.forest.index(Node::Organization(id)) => {
                places_after_incubation(problem, id)
            }
            _ => 0,
        };
        let capacity =
            |v: u32| usize::try_from(self.capacity[v as usize].saturating_add(more(v))).unwrap_or(usize::MAX);
        let of_provider = |pairs: &[Unlocked]| -> i128 {
            let provider = pairs[0].provider;
            let places = self.forest.path(provider).map(capacity).min().unwrap_or(0);
            pairs.iter().take(places).map(|pair| pair.excess).sum()
        };
        let each: i128 = unlocked.chunk_by(|a, b| a.provider == b.provider).map(of_provider).sum();
        let (organization, _) = self.forest.provider(problem, unlocked[0].provider);
        let places = self.forest.path(self.forest.index(Node::Organization(organization))).map(capacity).min();
        let mut all: Vec<i128> = unlocked.iter().map(|pair| pair.excess).collect();
        all.sort_unstable_by_key(|&excess| Reverse(excess));
        each.min(all.into_iter().take(places.unwrap_or(0)).sum())
    }

    fn gain_of(&self, improvement: Improvement, control: &Control) -> Result<(Total, [i64; Tier::ALL.len()]), Error> {
        let problem = self.matching.problem();
        let changed = changed(problem, improvement);
        let scored = self.rescored(&changed, improvement);
        let encoded = encode::encode(&changed, &scored, 0, control)?;
        let network = encoded.network(control)?;
        let flow = fast::solve(&network, control)?;
        let (mut gain, mut served) = (Total::ZERO, [0; Tier::ALL.len()]);
        for (need, row) in problem.needs().iter().enumerate().filter(|(_, row)| row.pinned_worker.is_none()) {
            let id = NeedId::new(need);
            let tier = Tier::of(row.risk) as usize;
            if let Some(own) = self.matching.assignment(id) {
                gain = gain - self.worth(id, own.score);
                served[tier] -= 1;
            }
            if let Some(v) = flow.node[need] {
                let score = scored.row(id).find(|&(provider, _)| provider == v).map_or(0, |(_, score)| score);
                gain += self.worth(id, score);
                served[tier] += 1;
            }
        }
        Ok((gain, served))
    }

    /// The candidates of the changed problem, of which only those of the providers concerned are new.
    fn rescored(&self, changed: &Problem, improvement: Improvement) -> ScoredCandidates {
        let concerned = concerned(changed, improvement);
        let is_concerned = |v: u32| concerned.binary_search(&v).is_ok();
        let scorer = Scorer::new(changed);
        let row = |need: usize| {
            let id = NeedId::new(need);
            let old = self.scored.row(id);
            let takes_part = self.scored.candidates.not_optimised(id).is_none();
            if changed.needs()[need].pinned_worker.is_some() || !takes_part {
                return old.collect();
            }
            let score = scorer.of_need(id);
            let passing = concerned.iter().filter(|&&v| failed_rules(changed, id, v).is_empty());
            let mut row: Vec<(u32, i32)> = old.filter(|&(v, _)| !is_concerned(v)).collect();
            row.extend(passing.map(|&v| (v, score(v))));
            row.sort_unstable();
            row
        };
        let rows: Vec<Vec<(u32, i32)>> = (0..changed.needs().len()).into_par_iter().map(row).collect();
        let mut indptr = vec![0];
        rows.iter().for_each(|row| indptr.push(indptr[indptr.len() - 1] + row.len()));
        let candidates = Candidates {
            indptr,
            provider: rows.iter().flatten().map(|entry| entry.0).collect(),
            not_optimised: self.scored.candidates.not_optimised.clone(),
        };
        ScoredCandidates::new(candidates, rows.iter().flatten().map(|entry| entry.1).collect())
    }
}

/// How many places more an organization has once it is registered.
fn places_after_incubation(problem: &Problem, organization: OrganizationId) -> u64 {
    let row = &problem.organizations()[organization.index()];
    u64::from(row.capacity_max.saturating_sub(row.capacity_current) - row.open_places())
}

/// A score of 1.0, to which the policy's switch penalty comes.
const MOST_SCORE: i32 = 1_000_000;

/// The level of competence after a training.
const FIRST_LEVEL: u8 = 1;

/// The problem after an improvement. It keeps the digest of the one before, since it is no input of anybody's.
fn changed(problem: &Problem, improvement: Improvement) -> Problem {
    match improvement {
        Improvement::Train(worker, domain) => {
            problem.with_worker(worker, |worker| worker.domains.set(domain, FIRST_LEVEL))
        }
        Improvement::Register(organization) => problem.with_organization(organization, |organization| {
            organization.status = Some(OrganizationStatus::Registered);
            organization.compliant = Some(true);
            organization.capacity_now = organization.capacity_max;
        }),
        Improvement::Extend(Node::Worker(worker), county) => {
            problem.with_worker(worker, |worker| worker.service_area = extended(&worker.service_area, county))
        }
        Improvement::Extend(Node::Organization(organization), county) => {
            problem.with_organization(organization, |own| own.service_area = extended(&own.service_area, county))
        }
        // A group serves nothing itself.
        Improvement::Extend(Node::Group(_), _) => problem.clone(),
        Improvement::Recruit(worker) => {
            problem.with_worker(worker, |worker| worker.caseload_max = worker.caseload_max.saturating_mul(2))
        }
    }
}

fn extended(area: &ServiceArea, county: DivisionCode) -> ServiceArea {
    ServiceArea::new(area.divisions().iter().copied().chain([county]).collect())
}

/// The providers whose pairs an improvement may change, in ascending order.
fn concerned(problem: &Problem, improvement: Improvement) -> Vec<u32> {
    let n_workers = problem.workers().len();
    match improvement.node() {
        Node::Worker(worker) => vec![worker.index() as u32],
        Node::Organization(organization) => {
            let members = (0..n_workers).filter(|&worker| problem.workers()[worker].organization == organization);
            members.chain([n_workers + organization.index()]).map(|v| v as u32).collect()
        }
        Node::Group(_) => Vec::new(),
    }
}
