//! Few changes against a great score: which matchings are the best at some price of a change.
//!
//! A switch is a need whose resident has a current provider and is given another one. Of all matchings that serve the most
//! needs tier by tier, let f(k) be the greatest sum of weighted means that one with k switches has. Nobody can work out f in
//! general: a matching with exactly k switches is a matching with a side constraint. But for a penalty λ the greatest of
//! f(k) − λ k is an ordinary run, and the points (k, f(k)) that some λ finds are the corners of the least concave function
//! above f, and points on its sides: the *supported* points. Between two of them f stays below the lines of both, so what is
//! not found there is bounded.
//!
//! # References
//!
//! M. J. Eisner and D. G. Severance, "Mathematical Techniques for Efficient Record Segmentation in Large Shared Databases",
//! Journal of the ACM 23 (1976): all pieces of such a function by solving where the lines of two known ones cross.

mod search;

mod report;
mod text;

#[cfg(test)]
mod tests;

use crate::error::{Error, Fault, FaultCode, InputError, TableName};
use crate::matching::Matching;
use crate::model::Problem;
use crate::options::Options;
use crate::policy::Objective;
use search::Search;

/// How long a frontier is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrontierSettings {
    /// The most runs, at least the two of both ends. Each point takes about two.
    pub most_runs: u32,
}

impl Default for FrontierSettings {
    fn default() -> Self {
        Self { most_runs: 32 }
    }
}

/// A matching that is the best at some switch penalty.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FrontierPoint {
    /// The least switch penalty at which it is known to be the best, as the policy writes it.
    pub least_penalty: u32,
    /// The greatest one. Next to a gap that is closed it is exact: at one millionth more another point is better.
    pub most_penalty: u32,
    /// How many needs get another provider than the current one.
    pub switches: u64,
    /// The sum of the weighted means of the criteria, in fixed point, with no penalty and nothing on top.
    pub score: i128,
    /// The run at one of these penalties, verified like every run.
    pub matching: Matching,
}

/// What lies between a point and the next one, which has fewer switches and a smaller score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FrontierGap {
    /// No further point lies between, whatever the penalty in whole millionths. If false, runs were too few to tell.
    pub is_closed: bool,
    /// How much more score than the next point a matching could have at most with more switches than that one, and fewer
    /// than this one; 0 where no number lies between.
    pub score: i128,
}

/// The frontier of score against switches.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Frontier {
    /// By rising penalty: the number of switches falls, and so does the score.
    pub points: Vec<FrontierPoint>,
    /// Between each point and the next.
    pub gaps: Vec<FrontierGap>,
    /// How many runs it took.
    pub runs: u32,
    /// For each penalty that was solved, what the best matching is worth less its penalties.
    values: Vec<(u32, i128)>,
}

impl Frontier {
    /// What no matching with so many switches exceeds in score, if it serves as many needs of each tier as the points do.
    #[must_use]
    pub fn bound(&self, switches: u64) -> i128 {
        let lines = self.values.iter().map(|&(penalty, value)| value + i128::from(penalty) * i128::from(switches));
        lines.min().unwrap_or(0)
    }
}

/// Finds the points between the best score, at no penalty, and the fewest switches that a penalty of 1.0 for each brings
/// about. The penalty that the policy names has no part in it.
///
/// Points are exact, each proven and verified as a run of its own. Those of which a side is missing because runs were too
/// few say so in the gap beside them; the widest gaps are looked into first.
///
/// # Errors
///
/// [`Error::Input`] under the objectives `score`, `stable` and `max_min`, under which a penalty may change how many are served; where
/// quotas cross or lists are short without a proof, so that a run is not known to be the best; and as of
/// [`solve`](crate::solve). [`Error::Cancelled`] or [`Error::Limit`] as the control asks.
///
/// # Complexity
///
/// Up to `most_runs` runs, about two for each point. Every point keeps the candidates of its run.
pub fn frontier(problem: &Problem, settings: &FrontierSettings, options: &Options<'_>) -> Result<Frontier, Error> {
    let objective = problem.policy().objective();
    if matches!(objective, Objective::Score | Objective::Stable | Objective::MaxMin) {
        let expected = "tiers_then_score, coverage_then_score or least_unequal";
        let fault = Fault::in_column(TableName::Policy, "objective", FaultCode::PolicyValue, expected);
        return Err(InputError::from(fault).into());
    }
    let mut search = Search::new(problem, options);
    search.run_both_ends()?;
    while search.runs() < settings.most_runs
        && let Some(penalty) = search.next()
    {
        search.run_at(penalty)?;
    }
    Ok(search.into_frontier())
}
