//! Whether the floors of a problem can be met.

use crate::control::Control;
use crate::encode::{self, Scaled};
use crate::error::Error;
use crate::general;
use crate::matching::Unmet;
use crate::model::Problem;
use crate::score::ScoredCandidates;

/// A set that proves that the floors of tables, quotas and kinds cannot all be met, or `None` where they can, as far as
/// quotas and kinds do not cross.
///
/// # Errors
///
/// [`Error::Cancelled`] or [`Error::Limit`].
///
/// # Complexity
///
/// A flow over all candidates without scores.
pub(super) fn obstacle(
    problem: &Problem,
    scored: &ScoredCandidates,
    scaled: &Scaled<'_>,
    control: &Control,
) -> Result<Option<Unmet>, Error> {
    let tight = general::obstacle(&scaled.network(control)?, control)?;
    Ok(tight.map(|tight| encode::unmet(problem, scored, scaled.bounds(), &tight)))
}
