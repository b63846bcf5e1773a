//! What an objective other than the default one costs.

use super::solve;
use crate::error::Error;
use crate::matching::{Matching, Tier};
use crate::model::Problem;
use crate::options::Options;
use crate::policy::Objective;

/// What the default objective would have served more, and scored more, than the objective of the policy did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ObjectivePrice {
    /// How many more needs of each tier, the most urgent first; below zero where the policy's objective serves more.
    pub served: [i64; 4],
    /// How much more score, in fixed point; below zero where the policy's objective scores more.
    pub score: i128,
}

/// Compares a matching with the best one under `tiers_then_score` and everything else as it is, which is solved and
/// verified for this. Nothing to pay is what every number being zero means.
///
/// # Errors
///
/// As of [`solve`].
pub fn objective_price(matching: &Matching, options: &Options<'_>) -> Result<ObjectivePrice, Error> {
    let problem: Problem = matching.problem().with_objective(Objective::TiersThenScore);
    let default = solve(&problem, options)?;
    let served = |of: &Matching, tier: Tier| of.assignments().iter().filter(|a| a.tier == tier).count() as i64;
    Ok(ObjectivePrice {
        served: Tier::ALL.map(|tier| served(&default, tier) - served(matching, tier)),
        score: default.total().score - matching.total().score,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn the_default_is_free_and_no_objective_serves_more_of_the_upper_tiers() {
        let mut n_paid = 0;
        for seed in 0..400 {
            let problem = sample::problem(seed).unwrap();
            let options = Options { threads: Some(1), ..Options::default() };
            let Ok(matching) = solve(&problem, &options) else { continue };
            let price = objective_price(&matching, &options).unwrap();
            let mut above = 0;
            for served in price.served {
                above += served;
                assert!(above >= 0, "seed {seed}: {price:?}");
            }
            let is_free = price.served == [0; 4] && price.score == 0;
            assert!(is_free || problem.policy().objective() != Objective::TiersThenScore, "seed {seed}: {price:?}");
            n_paid += u32::from(!is_free);
        }
        assert!(n_paid > 10, "{n_paid} paid anything");
    }
}
