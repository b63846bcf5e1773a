//! What a bureau should look at before it publishes a policy, or runs one on its tables.
//!
//! [`lint_policy`] needs nothing but the policy: weights that always decide or never matter, services that nobody may
//! deliver, keys without effect. [`lint_problem`] adds what only the tables tell: criteria that measure the same for
//! everybody, rules that keep everybody away, floors above what exists, quotas that cross. Each finding is a fact about the
//! whole input, proven by counting; that nothing is found does not prove that a floor can be met, which only a run tells.

mod finding;

mod floors;
mod pairs;
mod policy;
mod rules;

mod report;
mod text;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub use finding::{Finding, Lint, Severity};
pub use report::report;

use crate::candidate::{Ledger, NotOptimised, Search, not_optimised};
use crate::control::Control;
use crate::encode::Bounds;
use crate::error::Error;
use crate::model::{Need, Problem};
use crate::options::Options;
use crate::policy::{Layer, Policy};
use crate::pool;
use crate::score::Scorer;
use pairs::Pairs;

/// What the policy alone tells, what matters most first.
///
/// # Examples
///
/// ```
/// use needmatch::Policy;
/// use needmatch::lint::{Lint, lint_policy};
///
/// let policy = Policy::from_toml("version = \"ours\"\nseed = \"2026\"\n[travel.mountain]\nfixed_minutes = 90")?;
/// let found = lint_policy(&policy);
/// assert_eq!(found[0].lint, Lint::OutOfReach);
/// assert_eq!((&*found[0].key, found[0].found, found[0].of), ("travel.mountain.fixed_minutes", Some(90), Some(60)));
/// # Ok::<(), needmatch::InputError>(())
/// ```
#[must_use]
pub fn lint_policy(policy: &Policy) -> Vec<Finding> {
    sorted(policy::findings(policy))
}

/// What the policy tells on these tables, what matters most first. The result is the same for every number of threads.
///
/// # Errors
///
/// [`Error::Cancelled`] or [`Error::Limit`] as the control asks; [`Error::Threads`] if the threads cannot be started.
///
/// # Complexity
///
/// That of finding and scoring every candidate once, and every provider of the domain and area for each need without one.
pub fn lint_problem(problem: &Problem, options: &Options<'_>) -> Result<Vec<Finding>, Error> {
    let quiet = Control::new();
    let control = options.control.unwrap_or(&quiet);
    control.check()?;
    pool::run(options.threads, || {
        let mut ledger = Ledger::new(control);
        let search = Search::new(problem, &mut ledger)?;
        control.reserve(ledger.held() + Scorer::bytes(problem))?;
        let scorer = Scorer::new(problem);
        let bounds = Bounds::of(problem);
        let must = floors::must_fill(&bounds.forest);
        let pairs = Pairs::of(problem, &search, &scorer, (&bounds.forest, &must), control)?;

        let mut found = policy::findings(problem.policy());
        let judged: BTreeSet<Layer> = problem.needs().iter().map(|need| problem.layer_of(need)).collect();
        for (k, overlay) in problem.policy().overlays().iter().enumerate() {
            if !judged.contains(&Some(k as u16)) {
                found.push(Finding::new(Lint::OverlayWithoutNeeds, "overlay").about(overlay.area.to_string()));
            }
        }
        let is_outside = |need: &Need| not_optimised(problem, need) == Some(NotOptimised::OutOfScope);
        if !problem.needs().is_empty() && problem.needs().iter().all(is_outside) {
            found.push(Finding::new(Lint::ScopeWithoutNeeds, "scope").numbers(0, problem.needs().len() as u64));
        }
        pairs.add_weights(problem, &mut found);
        rules::add(problem, &search, &pairs, &mut found, control)?;
        floors::add(problem, &bounds, &must, &pairs, &mut found);
        Ok(sorted(found))
    })
}

/// By kind, then by key; each finding once.
fn sorted(mut found: Vec<Finding>) -> Vec<Finding> {
    found.sort_unstable();
    found.dedup();
    found
}
