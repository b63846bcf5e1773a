//! What the decisions of people cost: needs pinned to a worker or frozen with one, and providers excluded for a need.

use rayon::prelude::*;

use super::{Change, Explainer};
use crate::candidate::{RuleId, RuleSet, failed_rules};
use crate::control::Control;
use crate::error::Error;
use crate::matching::Node;
use crate::model::{Need, NeedId};
use crate::options::Options;
use crate::pool;
use crate::score::Scorer;
use crate::sensitivity::{self, Sensitivity};
use crate::total::Total;

/// What a person decided beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Fixed {
    /// The need is pinned to this worker.
    Pin(Node),
    /// The need is frozen with this worker.
    Freeze(Node),
    /// This worker or organization is excluded for the need.
    Ban(Node),
}

/// What a decision costs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FixedCost {
    /// The need.
    pub need: NeedId,
    /// What was decided.
    pub fixed: Fixed,
    /// What would follow if this one decision were taken back and all others kept: exact. Its gain is the cost of the
    /// decision, and the need that it would serve at last is the one that was displaced.
    pub without: Change,
}

impl FixedCost {
    /// What the decision costs in tiers and score; below zero only for a pin without which the need would not be assigned.
    #[must_use]
    pub fn cost(&self) -> Total {
        Total::ZERO - self.without.loss
    }
}

impl Explainer {
    /// What each pin, each freeze and each ban costs by itself, the needs in the order of their identifiers.
    ///
    /// A pinned need whose resident refuses automated decisions would not be assigned at all without its pin: then the
    /// change tells who would have its place.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] with fault 600 where more than places binds; [`Error::Cancelled`] or [`Error::Limit`] as the control asks; [`Error::Threads`] if the threads cannot be started.
    ///
    /// # Complexity
    ///
    /// For each need with a decision every rule for every provider, and one search.
    pub fn pin_costs(&self, options: &Options<'_>) -> Result<Vec<FixedCost>, Error> {
        let quiet = Control::new();
        let control = options.control.unwrap_or(&quiet);
        control.check()?;
        let own = self.of_places()?;
        let problem = self.matching.problem();
        let decided = |&id: &NeedId| {
            let need = &problem.needs()[id.index()];
            let takes_part = self.scored.candidates.not_optimised(id).is_none();
            takes_part && (need.pinned_worker.is_some() || has_ban(need))
        };
        let needs: Vec<NeedId> = problem.needs_by_id().filter(decided).collect();
        if needs.is_empty() {
            return Ok(Vec::new());
        }
        let scorer = Scorer::new(problem);
        pool::run(options.threads, || {
            let costs = needs.par_iter().map(|&need| {
                control.check()?;
                Ok(self.costs_of(own, need, &scorer))
            });
            let costs: Vec<Vec<FixedCost>> = costs.collect::<Result<_, Error>>()?;
            Ok(costs.into_iter().flatten().collect())
        })
    }

    fn costs_of(&self, own: &Sensitivity, id: NeedId, scorer: &Scorer<'_>) -> Vec<FixedCost> {
        let need = &self.matching.problem().needs()[id.index()];
        match need.pinned_worker {
            Some(worker) => vec![self.cost_of_pin(own, id, Node::Worker(worker), scorer)],
            None => self.costs_of_bans(id, scorer),
        }
    }

    /// The need moves from its pinned worker to wherever the total gains most, or stays.
    fn cost_of_pin(&self, own: &Sensitivity, id: NeedId, worker: Node, scorer: &Scorer<'_>) -> FixedCost {
        let problem = self.matching.problem();
        let need = &problem.needs()[id.index()];
        let pinned = self.forest.index(worker);
        let here = self.score_of(id, pinned).map_or(Total::ZERO, |score| self.worth(id, score));
        let back = own.ways_back_to_pinned(pinned, self.forest.path(pinned));
        let score = scorer.of_need(id);
        let passing = (0..self.n_providers()).filter(|&v| v != pinned && failed_rules(problem, id, v).is_empty());
        // Without the pin a person decides, not we.
        let edges: Vec<(u32, Total)> = match need.automated_decision_refused {
            true => Vec::new(),
            false => passing.map(|v| (v, self.worth(id, score(v)))).collect(),
        };
        let change = own.if_unpinned(&back, id.index() as u32, here, edges.into_iter());
        let is_kept = change.loss >= Total::ZERO && !need.automated_decision_refused;
        let without = if is_kept { sensitivity::Change::none() } else { change };
        let fixed = if need.frozen { Fixed::Freeze(worker) } else { Fixed::Pin(worker) };
        FixedCost { need: id, fixed, without: self.told(without) }
    }

    /// For each excluded worker and organization the best of the candidates that this exclusion alone keeps away.
    fn costs_of_bans(&self, id: NeedId, scorer: &Scorer<'_>) -> Vec<FixedCost> {
        let problem = self.matching.problem();
        let need = &problem.needs()[id.index()];
        let only = RuleSet::EMPTY.with(RuleId::H09);
        let score = scorer.of_need(id);
        let banned = (0..self.n_providers()).filter(|&v| failed_rules(problem, id, v) == only);
        let banned: Vec<(Vec<Node>, u32)> = banned.map(|v| (bans_of(self, need, v), v)).collect();
        let workers = need.excluded_workers.iter().map(|&worker| Node::Worker(worker));
        let organizations = need.excluded_organizations.iter().map(|&o| Node::Organization(o));
        self.with_ways_back(id, |back| {
            let cost = |ban: Node| {
                let alone = banned.iter().filter(|(bans, _)| bans[..] == [ban]).map(|&(_, v)| v);
                let change = alone.filter_map(|v| self.if_forced(back, id, (v, score(v))));
                let best = change.min_by(|a, b| a.loss.cmp(&b.loss).then(a.moves.len().cmp(&b.moves.len())));
                let gains = best.filter(|change| change.loss < Total::ZERO);
                let without = gains.unwrap_or_else(|| self.told(sensitivity::Change::none()));
                FixedCost { need: id, fixed: Fixed::Ban(ban), without }
            };
            workers.chain(organizations).map(cost).collect()
        })
    }
}

fn has_ban(need: &Need) -> bool {
    !need.excluded_workers.is_empty() || !need.excluded_organizations.is_empty()
}

/// The exclusions that keep a provider away.
fn bans_of(explainer: &Explainer, need: &Need, provider: u32) -> Vec<Node> {
    let problem = explainer.matching.problem();
    let (organization, worker) = explainer.forest.provider(problem, provider);
    let worker = worker.filter(|worker| need.excluded_workers.contains(worker)).map(Node::Worker);
    let organization = Some(organization).filter(|o| need.excluded_organizations.contains(o)).map(Node::Organization);
    worker.into_iter().chain(organization).collect()
}
