//! Robustness: between which weights a matching, and each of its assignments, stays.

use super::optimum::not_explained;
use super::{Explainer, pair};
use crate::control::Control;
use crate::encode::scale::FULL_WEIGHT;
use crate::error::Error;
use crate::matching::Node;
use crate::model::NeedId;
use crate::options::Options;
use crate::policy::Objective;
use crate::pool;
use crate::score::{self, N_CRITERIA, Scorer, weights_of};
use crate::sensitivity::{Interval, Parametric};

/// Between which weights of a criterion something stays, in thousandths, both included. The weights of the other criteria
/// change in proportion to each other, so that all sum to 1000 again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WeightRange {
    /// The least weight.
    pub least: u32,
    /// The greatest weight.
    pub most: u32,
    /// Whether it stays no longer one thousandth below, or nothing is below. If false, it may stay further.
    pub is_least_exact: bool,
    /// The same of one thousandth above.
    pub is_most_exact: bool,
}

/// Between which weights an assignment stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AssignmentRanges {
    /// The need.
    pub need: NeedId,
    /// Who serves it.
    pub provider: Node,
    /// In the order of [`Criterion::ALL`](crate::score::Criterion::ALL).
    pub ranges: [WeightRange; N_CRITERIA],
}

/// Between which weights a matching and its assignments stay.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WeightRanges {
    /// The weight of each criterion in the policy, in the order of [`Criterion::ALL`](crate::score::Criterion::ALL).
    pub weights: [u32; N_CRITERIA],
    /// Between which no other matching is better than this one.
    pub whole: [WeightRange; N_CRITERIA],
    /// Between which an assignment is in this or an equally good matching; in the order of the needs' identifiers.
    pub assignments: Vec<AssignmentRanges>,
}

impl WeightRange {
    const ALL: Self = Self { least: 0, most: FULL_WEIGHT, is_least_exact: true, is_most_exact: true };

    fn of(interval: Interval) -> Self {
        let Interval { least, most, is_least_exact, is_most_exact } = interval;
        Self { least: least as u32, most: most as u32, is_least_exact, is_most_exact }
    }
}

impl Explainer {
    /// Between which weights the matching and each of its assignments stay, criterion by criterion.
    ///
    /// One weight takes whole thousandths from 0 to 1000, and the others keep their proportions to each other. A score
    /// moves from what it is in the run by what the measure says, without being rounded anew. An assignment stays as long
    /// as it is in some best matching; a pinned one stays always.
    ///
    /// For the whole, ranges are exact. For single assignments at most `most_solves` networks are solved for each criterion
    /// and direction; where that is too few, a range is a part of the true one, and says so.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] with fault 600 where more than places binds, and under the objective `score` with a switch penalty; [`Error::Cancelled`] or [`Error::Limit`] as the control asks; [`Error::Threads`] if the threads cannot be started.
    ///
    /// # Complexity
    ///
    /// For the whole some solves of the network for each criterion and direction; at most `most_solves` more for single
    /// assignments, each with a search for every node whose needs have moved.
    pub fn weight_ranges(&self, most_solves: usize, options: &Options<'_>) -> Result<WeightRanges, Error> {
        let quiet = Control::new();
        let control = options.control.unwrap_or(&quiet);
        control.check()?;
        self.of_places()?;
        let policy = self.matching.problem().policy();
        if policy.switch_penalty() > 0 && policy.objective() == Objective::Score {
            return Err(not_explained("another objective than score, or no switch penalty"));
        }
        pool::run(options.threads, || self.ranges(most_solves, control))
    }

    fn ranges(&self, most_solves: usize, control: &Control) -> Result<WeightRanges, Error> {
        let problem = self.matching.problem();
        let mut ranges = WeightRanges {
            weights: weights_of(problem.policy()),
            whole: [WeightRange::ALL; N_CRITERIA],
            assignments: Vec::new(),
        };
        ranges.assignments.extend(self.matching.assignments().iter().map(|own| AssignmentRanges {
            need: own.need,
            provider: pair::provider_of(own),
            ranges: [WeightRange::ALL; N_CRITERIA],
        }));
        let edges = Edges::new(self, control)?;
        let node = &edges.place;
        for (k, weight) in ranges.weights.into_iter().enumerate() {
            if weight == FULL_WEIGHT {
                // There is no other weight that could grow in proportion.
                let only = WeightRange { least: FULL_WEIGHT, ..WeightRange::ALL };
                ranges.whole[k] = only;
                ranges.assignments.iter_mut().for_each(|own| own.ranges[k] = only);
                continue;
            }
            let found = edges.parametric(self, k, weight).intervals(weight.into(), node, most_solves, control)?;
            ranges.whole[k] = WeightRange::of(found.whole);
            for own in &mut ranges.assignments {
                // A pinned need has no place in the network.
                own.ranges[k] = found.of_need[own.need.index()].map_or(WeightRange::ALL, WeightRange::of);
            }
        }
        Ok(ranges)
    }
}

/// The candidates of needs that are not pinned, with what each criterion measures.
struct Edges {
    indptr: Vec<usize>,
    node: Vec<u32>,
    /// The weighted means.
    mean: Vec<i32>,
    /// What each edge lacks: the policy's penalty where it is a switch.
    lacks: Vec<i32>,
    measures: Vec<[i32; N_CRITERIA]>,
    /// For each edge whether the need's area has weights of its own, which stay.
    is_kept: Vec<bool>,
    /// For each need its node in the matching.
    place: Vec<Option<u32>>,
}

impl Edges {
    fn new(explainer: &Explainer, control: &Control) -> Result<Self, Error> {
        let problem = explainer.matching.problem();
        let n_edges = explainer.scored.score.len() as u64;
        control.reserve(Scorer::bytes(problem) + n_edges * (12 + 4 * N_CRITERIA as u64))?;
        let scorer = Scorer::new(problem);
        let penalty = problem.policy().switch_penalty() as i32;
        let place = super::flow(&explainer.matching, &explainer.forest).node;
        let mut edges = Self {
            indptr: vec![0],
            node: Vec::new(),
            mean: Vec::new(),
            lacks: Vec::new(),
            measures: Vec::new(),
            is_kept: Vec::new(),
            place,
        };
        for (k, need) in problem.needs().iter().enumerate() {
            if k % 1024 == 0 {
                control.check()?;
            }
            if need.pinned_worker.is_none() {
                let id = NeedId::new(k);
                let measures = scorer.measures_of_need(id);
                let is_kept = weights_of(problem.policy_of(need)) != weights_of(problem.policy());
                for (node, score) in explainer.scored.row(id) {
                    edges.node.push(node);
                    let lacks = if score::is_switch(problem, id, node) { penalty } else { 0 };
                    edges.mean.push(score - (penalty - lacks));
                    edges.lacks.push(lacks);
                    edges.measures.push(measures(node));
                    edges.is_kept.push(is_kept);
                }
            }
            edges.indptr.push(edges.node.len());
        }
        Ok(edges)
    }

    /// Scores by the weight x of one criterion, which is w in the policy, times 1000 · (1000 − w): with the measure v of the
    /// criterion and a = 1000 · mean − w · v, the part of the others, that is (1000 − x) · a + x · (1000 − w) · v, and less
    /// the penalty of a switch. Its magnitude is below 2^40, and at x = w it is the score of the run, less the penalty of
    /// every need that is served, which are as many in all matchings that are the best in tiers. Where an area has weights
    /// of its own, a mean stays as it is.
    fn parametric<'a>(&'a self, explainer: &'a Explainer, criterion: usize, weight: u32) -> Parametric<'a> {
        let (full, weight) = (i64::from(FULL_WEIGHT), i64::from(weight));
        let rows = self.mean.iter().zip(&self.lacks).zip(&self.measures).zip(&self.is_kept);
        let parts = rows.map(|(((&mean, &lacks), measures), &is_kept)| {
            let lacks = full * (full - weight) * i64::from(lacks);
            if is_kept {
                return (full * (full - weight) * i64::from(mean) - lacks, 0);
            }
            let measure = i64::from(measures[criterion]);
            let others = full * i64::from(mean) - weight * measure;
            (full * others - lacks, (full - weight) * measure - others)
        });
        let (at_zero, slope) = parts.unzip();
        Parametric {
            indptr: &self.indptr,
            node: &self.node,
            capacity: &explainer.capacity,
            parent: &explainer.forest.parent,
            tier: &explainer.tier,
            at_zero,
            slope,
            last: full,
        }
    }
}
