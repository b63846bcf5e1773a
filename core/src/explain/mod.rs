//! Why this one, why not that one, and what would help: a matching explained, exactly.
//!
//! Every number here equals what a run would give on the changed problem, and every chain of moves, carried out, gives a
//! matching that keeps to all rules and places and has exactly the total that is stated. How that is found is described
//! in the module `sensitivity`, which knows nothing of people.

mod change;
mod optimum;

mod pair;

mod why;
mod why_not;

mod losses;
mod values;

mod weights;

mod improve;
mod pins;
mod shortage;

mod json;
mod report;
mod text;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use change::{Change, Move};
pub use improve::{Improvement, Improvements, Ranked};
pub use losses::{Losses, PairLoss};
pub use pins::{Fixed, FixedCost};
pub use report::Report;
pub(crate) use report::{ints, owned, texts};
pub use shortage::{Repair, Shortage};
pub use values::PlaceValue;
pub use weights::{AssignmentRanges, WeightRange, WeightRanges};
pub use why::{OtherCandidate, Why};
pub use why_not::{Answer, WhyNot};

use crate::candidate;
use crate::control::Control;
use crate::encode::{self, Forest, Scaled};
use crate::engine::Engine;
use crate::error::Error;
use crate::matching::{Kind, Level, Matching, Node, OptimalOver};
use crate::model::NeedId;
use crate::options::Options;
use crate::pool;
use crate::score::{self, ScoredCandidates};
use crate::solve::{Flow, Price};
use crate::total::Total;
use optimum::{Back, Optimum};

/// A matching, ready to be explained.
///
/// It never changes, and threads may share it. Answers take about a millisecond for a city; what it takes to build one
/// is a fraction of the time of solving.
///
/// # Examples
///
/// One place, and two residents who ask for it: the green need would displace the red one.
///
/// ```
/// use needmatch::{Options, Policy, Problem, Table, Tables, solve};
/// use needmatch::explain::{Answer, Explainer};
/// # let tables = Tables {
/// #     communities: Table::new().with_texts("community", ["140524100201"]),
/// #     organizations: Table::new()
/// #         .with_texts("organization_id", ["o1"])
/// #         .with_texts("status", ["registered"])
/// #         .with_texts("compliant", ["true"])
/// #         .with_ints("capacity_max", [10]),
/// #     workers: Table::new()
/// #         .with_texts("worker_id", ["w1"])
/// #         .with_texts("organization_id", ["o1"])
/// #         .with_texts("domains", ["elderly_care:2"])
/// #         .with_texts("qualifications", ["sw_certified@2030-12-31"])
/// #         .with_texts("base_community", ["140524100201"])
/// #         .with_texts("service_area", ["140524"])
/// #         .with_ints("caseload_max", [1]),
/// #     needs: Table::new()
/// #         .with_texts("need_id", ["green", "red"])
/// #         .with_texts("community", ["140524100201"; 2])
/// #         .with_texts("domain", ["elderly_care"; 2])
/// #         .with_texts("age_band", ["80-89"; 2])
/// #         .with_texts("consent", ["general;separate"; 2])
/// #         .with_ints("risk", [0, 3]),
/// #     ..Tables::default()
/// # };
/// let problem = Problem::new(&tables, Policy::default())?;
/// let matching = solve(&problem, &Options::default())?;
/// let explainer = Explainer::new(&matching, &Options::default())?;
///
/// let need = problem.need_by_id("green").unwrap();
/// let worker = explainer.provider_by_id("w1", None).unwrap();
/// let Answer::Loss(change) = explainer.why_not(need, worker).answer else { panic!("a candidate") };
/// // A red need counts 4 in coverage, a green one 1.
/// assert_eq!(change.loss.tier, 3);
/// assert_eq!(change.served_by_tier(), [-1, 0, 0, 1]);
/// assert_eq!(matching.need_id(change.moves[1].need), "red");
/// # Ok::<(), needmatch::Error>(())
/// ```
pub struct Explainer {
    matching: Matching,
    /// All candidates; of a result that is optimal on the lists, those on them.
    scored: Arc<ScoredCandidates>,
    forest: Forest,
    /// How much each need counts in coverage.
    tier: Vec<u8>,
    /// For each node its places, those of pinned needs not counted; more than enough where there is no limit.
    capacity: Vec<u64>,
    optimum: Optimum,
    /// The ways to where needs are that nobody serves, which most questions ask for.
    back_outside: Back,
}

impl Explainer {
    /// Prepares to explain a matching.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] with fault 600 for a stable matching, and for one that floors, quotas, rates of kinds or costs of
    /// caseloads bind and that is not proven the best, or whose quotas cross; [`Error::Cancelled`] or [`Error::Limit`] as
    /// the control asks; [`Error::Threads`] if the threads cannot be started.
    ///
    /// # Complexity
    ///
    /// O(candidates); where lists were short, all candidates are found once more.
    pub fn new(matching: &Matching, options: &Options<'_>) -> Result<Self, Error> {
        let quiet = Control::new();
        let control = options.control.unwrap_or(&quiet);
        control.check()?;
        pool::run(options.threads, || Self::prepared(matching, control))
    }

    fn prepared(matching: &Matching, control: &Control) -> Result<Self, Error> {
        let problem = matching.problem();
        let scored = all_candidates(matching, control)?;
        control.check()?;
        let encoded = encode::encode(problem, &scored, 0, control)?;
        let (tier, bounds) = (encoded.tier.clone(), encoded.bounds.clone());
        let flow = flow(matching, &bounds.forest);
        let optimum = match matching.engine() {
            Engine::Fast => Optimum::of_places(&encoded.network(control)?, &flow, control)?,
            Engine::General => {
                let mut scaled = Scaled::of(problem, encoded, control)?;
                keep_rates(matching, &scored, &mut scaled);
                Optimum::within_bounds(matching, &bounds, (&scaled, &flow.node), control)?
            }
            Engine::DeferredAcceptance => {
                return Err(optimum::not_explained("a result that is the best under its objective, not a stable one"));
            }
        };
        let back_outside = optimum.ways_back(optimum.outside());
        let encode::Bounds { forest, capacity, .. } = bounds;
        let scored = Arc::clone(&scored);
        Ok(Self { matching: matching.clone(), scored, forest, tier, capacity, optimum, back_outside })
    }

    /// The matching that is explained.
    #[must_use]
    pub fn matching(&self) -> &Matching {
        &self.matching
    }

    /// The provider of an identifier: at one level, or else a worker before an organization of the same identifier.
    #[must_use]
    pub fn provider_by_id(&self, id: &str, level: Option<Level>) -> Option<Node> {
        let problem = self.matching.problem();
        let worker = || problem.worker_by_id(id).map(Node::Worker);
        let organization = || problem.organization_by_id(id).map(Node::Organization);
        match level {
            None => worker().or_else(organization),
            Some(Level::Worker) => worker(),
            Some(Level::Organization) => organization(),
            Some(Level::Group) => None,
        }
    }

    /// The ways to the vertex of a need, made where they are not kept.
    fn with_ways_back<T>(&self, need: NeedId, ask: impl FnOnce(&Back) -> T) -> T {
        let vertex = self.optimum.vertex(need.index() as u32);
        if vertex == self.optimum.outside() {
            return ask(&self.back_outside);
        }
        ask(&self.optimum.ways_back(vertex))
    }

    /// What a pair adds to the total.
    fn worth(&self, need: NeedId, score: i32) -> Total {
        Total { tier: self.tier[need.index()].into(), score: score.into() }
    }
}

/// Under an objective that compares kinds of needs, what is explained keeps the floors that the rates have set.
fn keep_rates(matching: &Matching, scored: &ScoredCandidates, scaled: &mut Scaled<'_>) {
    let Some(rates) = matching.rates() else { return };
    let floors: BTreeMap<Kind, u64> = rates.kinds.iter().map(|own| (own.kind, own.floor)).collect();
    let sizes = encode::sizes(matching.problem(), scored);
    scaled.set_floors(&sizes, |kind, _| floors.get(&kind).copied().unwrap_or(0));
}

/// The candidates over which the matching is optimal.
fn all_candidates(matching: &Matching, control: &Control) -> Result<Arc<ScoredCandidates>, Error> {
    let on_lists = &matching.candidates;
    let is_whole = on_lists.score.len() as u64 == matching.summary().candidates;
    if is_whole || matching.optimal_over() == OptimalOver::Lists {
        return Ok(Arc::clone(on_lists));
    }
    let candidates = candidate::find(matching.problem(), control)?;
    let score = score::score_all(matching.problem(), &candidates, control)?;
    Ok(Arc::new(ScoredCandidates::new(candidates, score)))
}

/// The flow of a matching in the network without pinned needs.
fn flow(matching: &Matching, forest: &Forest) -> Flow {
    let mut flow =
        Flow { node: vec![None; matching.problem().needs().len()], price: vec![Price::default(); forest.n_nodes()] };
    for assignment in matching.assignments().iter().filter(|assignment| !assignment.pinned) {
        flow.node[assignment.need.index()] = Some(forest.index(pair::provider_of(assignment)));
    }
    for capacity in matching.capacity() {
        flow.price[forest.index(capacity.node) as usize] = capacity.price;
    }
    flow
}
