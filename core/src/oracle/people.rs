//! The best matching of a tiny problem by trying everything, with its bounds read from the rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::matching::{Matching, Node, Rate};
use crate::model::codes::Risk;
use crate::model::{GroupId, Need, NeedId, OrganizationId, Problem, Quota, WorkerId};
use crate::policy::{Objective, Over, Scope};
use crate::score::ScoredCandidates;

/// The rates of kinds that count, the least first, how many needs are served of each tier, the highest first, the sum of the
/// scores, and the squares of caseloads below zero where they count.
pub(crate) type Worth = (Vec<Rate>, Vec<u64>, i128, i128);

/// What the best matching within all bounds is worth, `Some(None)` where there is none; `None` where there are too many
/// to try.
pub(crate) fn best_matching(problem: &Problem, scored: &ScoredCandidates) -> Option<Option<Worth>> {
    if !can_be_tried(problem, scored) {
        return None;
    }
    Some(Trial::of_all(problem, scored).best)
}

/// For each number of switches what the best matching with so many is worth; `None` where there are too many to try.
pub(crate) fn best_by_switches(problem: &Problem, scored: &ScoredCandidates) -> Option<BTreeMap<u64, Worth>> {
    can_be_tried(problem, scored).then(|| Trial::of_all(problem, scored).best_by_switches)
}

fn can_be_tried(problem: &Problem, scored: &ScoredCandidates) -> bool {
    let choices = |need: usize| scored.row(NeedId::new(need)).len() as f64 + 1.0;
    let is_free = |&need: &usize| problem.needs()[need].pinned_worker.is_none();
    (0..problem.needs().len()).filter(is_free).map(choices).product::<f64>() <= 2e5
}

/// What a matching is worth in the same words.
pub(crate) fn worth_of(matching: &Matching) -> Worth {
    let problem = matching.problem();
    let mut served = vec![0; 4];
    let mut score = 0;
    for assignment in matching.assignments() {
        served[class(problem, assignment.need.index())] += 1;
        score += i128::from(assignment.score);
    }
    if problem.policy().objective() == Objective::Score {
        served.fill(0);
    }
    let at = |worker: WorkerId| matching.assignments().iter().filter(|a| a.worker == Some(worker)).count();
    let rates = rates(problem, matching.candidates(), |need| matching.assignment(need).is_some());
    (rates, served, score, squares(problem, at))
}

/// The least rate of any kind, or all of them from the least on, under an objective that asks for the greatest.
fn rates(problem: &Problem, scored: &ScoredCandidates, is_served: impl Fn(NeedId) -> bool) -> Vec<Rate> {
    let n_compared = match problem.policy().objective() {
        Objective::MaxMin => 1,
        Objective::Leximin => usize::MAX,
        _ => return Vec::new(),
    };
    let kinds_of = |need: NeedId| -> Vec<String> {
        let need = &problem.needs()[need.index()];
        let community = problem.communities()[need.community.index()].code.to_string();
        match problem.policy().over() {
            Over::County => vec![community[..6].to_owned()],
            Over::Township => vec![community[..9].to_owned()],
            Over::ClientGroup => need.groups.iter().map(|group| group.code().to_owned()).collect(),
        }
    };
    let needs = || (0..problem.needs().len()).map(NeedId::new).filter(|&need| scored.row(need).len() > 0);
    let rate_of = |kind: &String| {
        let own: Vec<NeedId> = needs().filter(|&need| kinds_of(need).contains(kind)).collect();
        Rate::of(own.iter().filter(|&&need| is_served(need)).count() as u64, own.len() as u64)
    };
    let kinds: BTreeSet<String> = needs().flat_map(kinds_of).collect();
    let mut rates: Vec<Rate> = kinds.iter().map(rate_of).collect();
    rates.sort_unstable();
    rates.truncate(n_compared);
    rates
}

/// The sum of the squares of the caseloads, below zero; 0 where they do not count.
fn squares(problem: &Problem, taken: impl Fn(WorkerId) -> usize) -> i128 {
    let square = |k: usize| {
        let caseload = i128::from(problem.workers()[k].caseload_current) + taken(WorkerId::new(k)) as i128;
        caseload * caseload
    };
    let counts = problem.policy().objective() == Objective::LeastUnequal;
    if counts { -(0..problem.workers().len()).map(square).sum::<i128>() } else { 0 }
}

/// The class in which a need counts, from 0 for the highest.
fn class(problem: &Problem, need: usize) -> usize {
    match (problem.policy().objective(), problem.needs()[need].risk) {
        (Objective::CoverageThenScore | Objective::Score, _) | (_, Risk::Red) => 0,
        (_, Risk::Yellow) => 1,
        (_, Risk::Blue) => 2,
        (_, Risk::Green) => 3,
    }
}

struct Trial<'a> {
    problem: &'a Problem,
    scored: &'a ScoredCandidates,
    served_at: Vec<Option<(Node, i32)>>,
    best: Option<Worth>,
    best_by_switches: BTreeMap<u64, Worth>,
}

impl<'a> Trial<'a> {
    fn of_all(problem: &'a Problem, scored: &'a ScoredCandidates) -> Self {
        let served_at = vec![None; problem.needs().len()];
        let mut trial = Self { problem, scored, served_at, best: None, best_by_switches: BTreeMap::new() };
        trial.extend(0);
        trial
    }

    /// Needs with a current worker who get another one or none, and those with a current organization alone who get another.
    fn switches(&self) -> u64 {
        let is_switch = |(need, at): (&Need, &Option<(Node, i32)>)| {
            let Some((node, _)) = *at else { return false };
            match (need.current_worker, need.current_organization) {
                (Some(worker), _) => node != Node::Worker(worker),
                (None, Some(organization)) => match node {
                    Node::Worker(id) => self.problem.workers()[id.index()].organization != organization,
                    node => node != Node::Organization(organization),
                },
                (None, None) => false,
            }
        };
        self.problem.needs().iter().zip(&self.served_at).filter(|&pair| is_switch(pair)).count() as u64
    }

    /// Tries everything for the needs from this one on.
    fn extend(&mut self, need: usize) {
        let problem = self.problem;
        if need == problem.needs().len() {
            if self.is_within_bounds() {
                let worth = self.worth();
                let own = self.best_by_switches.entry(self.switches()).or_insert_with(|| worth.clone());
                if *own < worth {
                    own.clone_from(&worth);
                }
                self.best = self.best.take().max(Some(worth));
            }
            return;
        }
        let n_workers = problem.workers().len();
        let row: Vec<(Node, i32)> = self
            .scored
            .row(NeedId::new(need))
            .map(|(provider, score)| match provider as usize {
                v if v < n_workers => (Node::Worker(WorkerId::new(v)), score),
                v => (Node::Organization(OrganizationId::new(v - n_workers)), score),
            })
            .collect();
        match problem.needs()[need].pinned_worker {
            Some(worker) => {
                self.served_at[need] = row.into_iter().find(|&(node, _)| node == Node::Worker(worker));
                self.extend(need + 1);
            }
            None => {
                for choice in row.into_iter().map(Some).chain([None]) {
                    self.served_at[need] = choice;
                    self.extend(need + 1);
                }
            }
        }
        self.served_at[need] = None;
    }

    fn is_within_bounds(&self) -> bool {
        let problem = self.problem;
        let organization_of = |node: Node| match node {
            Node::Worker(id) => problem.workers()[id.index()].organization,
            Node::Organization(id) => id,
            Node::Group(_) => unreachable!("groups serve nobody"),
        };
        let is_in = |organization: OrganizationId, group: GroupId| {
            let first = problem.organizations()[organization.index()].group;
            std::iter::successors(first, |&g| problem.groups()[g.index()].parent).any(|g| g == group)
        };
        let count = |is_under: &dyn Fn(Node) -> bool| {
            self.served_at.iter().flatten().filter(|&&(node, _)| is_under(node)).count() as u64
        };
        let workers = problem.workers().iter().enumerate().all(|(k, row)| {
            let now = u64::from(row.caseload_current) + count(&|node| node == Node::Worker(WorkerId::new(k)));
            now <= row.caseload_max.into() && now >= row.caseload_min.into()
        });
        let organizations = problem.organizations().iter().enumerate().all(|(k, row)| {
            let own = OrganizationId::new(k);
            let now = u64::from(row.capacity_current) + count(&|node| organization_of(node) == own);
            (now <= row.capacity_now.into() || now == u64::from(row.capacity_current)) && now >= row.capacity_min.into()
        });
        let groups = problem.groups().iter().enumerate().all(|(k, row)| {
            let own = GroupId::new(k);
            let held = (0..problem.organizations().len()).filter(|&o| is_in(OrganizationId::new(o), own));
            let held: u64 = held.map(|o| u64::from(problem.organizations()[o].capacity_current)).sum();
            let new = count(&|node| is_in(organization_of(node), own));
            // A group that holds too many already takes nobody more.
            let fits = row.capacity_max.is_none_or(|max| new == 0 || held + new <= max);
            fits && held + new >= row.capacity_min
        });
        workers && organizations && groups && problem.quotas().iter().all(|quota| self.is_kept(quota))
    }

    fn is_kept(&self, quota: &Quota) -> bool {
        let problem = self.problem;
        let about = |need: &Need| {
            let community = &problem.communities()[need.community.index()];
            let is_asked = need.pinned_worker.is_some() || community.pilot || problem.policy().scope() == Scope::All;
            is_asked && quota.covers(need, community)
        };
        let households = problem.needs().iter().filter(|need| about(need)).map(|need| need.household.as_deref());
        let households: BTreeSet<Option<&str>> = match quota.per_household {
            true => households.collect(),
            false => [None].into(),
        };
        households.into_iter().all(|household| {
            let counts = |need: &Need| about(need) && (household.is_none() || need.household.as_deref() == household);
            let served = problem.needs().iter().zip(&self.served_at);
            let n = served.filter(|(need, at)| at.is_some() && counts(need)).count() as u64;
            n >= quota.floor && quota.cap.is_none_or(|cap| n <= cap)
        })
    }

    fn worth(&self) -> Worth {
        let mut served = vec![0; 4];
        let mut score = 0;
        for (need, choice) in self.served_at.iter().enumerate() {
            if let Some((_, of_pair)) = choice {
                served[class(self.problem, need)] += 1;
                score += i128::from(*of_pair);
            }
        }
        if self.problem.policy().objective() == Objective::Score {
            served.fill(0);
        }
        let at = |worker| self.served_at.iter().flatten().filter(|(node, _)| *node == Node::Worker(worker)).count();
        let rates = rates(self.problem, self.scored, |need| self.served_at[need.index()].is_some());
        (rates, served, score, squares(self.problem, at))
    }
}
