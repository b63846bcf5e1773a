//! Why not that one: the rules that a pair fails, or what it would cost and whom.

use super::optimum::{Back, Optimum};
use super::pair::provider_of;
use super::{Change, Explainer};
use crate::candidate::{NotOptimised, RuleSet, failed_rules};
use crate::matching::{Node, OptimalOver};
use crate::model::NeedId;

/// Why a provider does not serve a need.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WhyNot {
    /// The need.
    pub need: NeedId,
    /// The worker, or the organization that would serve without naming one.
    pub provider: Node,
    /// The answer.
    pub answer: Answer,
}

/// Why a pair was not chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// It was.
    Assigned,
    /// The pair fails hard rules, all of which are listed.
    FailedRules(RuleSet),
    /// The library decides nothing about the need.
    NotOptimised(NotOptimised),
    /// A person decided on this worker or organization beforehand.
    PinnedTo(Node),
    /// The matching is the best on the lists only, and this pair is not on them.
    NotOnList,
    /// There is no place in this run at this worker, organization or group: it is full beforehand, or pinned needs take
    /// all its places.
    NoPlace(Node),
    /// No matching within all floors and quotas has the pair.
    BreaksBounds,
    /// What would follow if the pair were forced.
    Loss(Change),
}

impl Answer {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::FailedRules(_) => "failed_rules",
            Self::NotOptimised(_) => "not_optimised",
            Self::PinnedTo(_) => "pinned",
            Self::NotOnList => "not_on_list",
            Self::NoPlace(_) => "no_place",
            Self::BreaksBounds => "breaks_bounds",
            Self::Loss(_) => "loss",
        }
    }

    /// What would follow if the pair were forced, if that is the answer.
    #[must_use]
    pub fn change(&self) -> Option<&Change> {
        match self {
            Self::Loss(change) => Some(change),
            _ => None,
        }
    }
}

impl Explainer {
    /// Why a provider does not serve a need: the hard rules that the pair fails, or what the total would lose if it were
    /// forced, and who would move. That a pair costs nothing means that another matching with it is as good, and the tie
    /// rule decided.
    ///
    /// # Panics
    ///
    /// Panics if there is no such need or provider; a group is no provider.
    #[must_use]
    pub fn why_not(&self, need: NeedId, provider: Node) -> WhyNot {
        let number = self.forest.index(provider);
        assert!(number < self.n_providers(), "a provider is a worker or an organization");
        let answer = self
            .decided(need, number)
            .unwrap_or_else(|| self.with_ways_back(need, |back| self.forced(back, need, number)));
        WhyNot { need, provider, answer }
    }

    /// Why each provider does not serve a need: all workers, then all organizations, each in the order of their
    /// identifiers' bytes.
    ///
    /// # Panics
    ///
    /// Panics if there is no such need.
    ///
    /// # Complexity
    ///
    /// One search for the need, and every rule for every provider.
    #[must_use]
    pub fn why_not_all(&self, need: NeedId) -> Vec<WhyNot> {
        let problem = self.matching.problem();
        let workers = problem.workers_by_id().map(Node::Worker);
        let organizations = problem.organizations_by_id().map(Node::Organization);
        self.with_ways_back(need, |back| {
            let why_not = |provider: Node| {
                let number = self.forest.index(provider);
                let answer = self.decided(need, number).unwrap_or_else(|| self.forced(back, need, number));
                WhyNot { need, provider, answer }
            };
            workers.chain(organizations).map(why_not).collect()
        })
    }

    /// The answer where places have no say in it.
    fn decided(&self, need: NeedId, provider: u32) -> Option<Answer> {
        let assignment = self.matching.assignment(need);
        let chosen = assignment.map(provider_of);
        if chosen.is_some_and(|chosen| self.forest.index(chosen) == provider) {
            return Some(Answer::Assigned);
        }
        if let Some(reason) = self.scored.candidates.not_optimised(need) {
            return Some(Answer::NotOptimised(reason));
        }
        // What is on a list passes every rule.
        if self.score_of(need, provider).is_some() {
            return None;
        }
        let failed = failed_rules(self.matching.problem(), need, provider);
        if !failed.is_empty() {
            return Some(Answer::FailedRules(failed));
        }
        if let Some(chosen) = chosen.filter(|_| assignment.is_some_and(|assignment| assignment.pinned)) {
            return Some(Answer::PinnedTo(chosen));
        }
        debug_assert_eq!(self.matching.optimal_over(), OptimalOver::Lists, "otherwise every such pair is a candidate");
        Some(Answer::NotOnList)
    }

    /// What would follow if a candidate were forced.
    fn forced(&self, back: &Back, need: NeedId, provider: u32) -> Answer {
        let forced = self.score_of(need, provider).and_then(|score| self.if_forced(back, need, (provider, score)));
        if let Some(change) = forced {
            return Answer::Loss(change);
        }
        let is_closed = |v: &u32| match &self.optimum {
            Optimum::Places(own) => own.is_closed(*v),
            Optimum::Bounds(_) => self.capacity[*v as usize] == 0,
        };
        match (self.forest.path(provider).find(is_closed), &self.optimum) {
            (None, Optimum::Bounds(_)) => Answer::BreaksBounds,
            (closed, _) => Answer::NoPlace(self.forest.node(closed.unwrap_or(provider))),
        }
    }
}
