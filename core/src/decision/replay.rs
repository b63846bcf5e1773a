//! Making a decision again from the tables, years later.

use super::{Decision, DecisionFault, difference, read};
use crate::error::Error;
use crate::matching::SEMANTICS_ID;
use crate::model::Problem;
use crate::options::Options;
use crate::pipeline::solve;
use crate::policy::Policy;
use crate::table::Tables;

/// Makes a decision again, from its tables and the policy that it holds, and compares byte for byte.
///
/// The version of the library may be another than the one that made it, as long as its semantics is the same. If the
/// tables are others, the first difference is a digest; if only what was decided differs, the place of that.
///
/// # Errors
///
/// [`Error::Decision`] with what is wrong with the file, [`DecisionFault::OtherSemantics`], or
/// [`DecisionFault::Differs`] with the first place; [`Error::Input`] and the others as [`solve`].
///
/// # Complexity
///
/// That of [`solve`].
pub fn replay(tables: &Tables, decision: &[u8], options: &Options<'_>) -> Result<(), Error> {
    let stated = Decision::parse(decision)?.file;
    if *stated.semantics_id != *SEMANTICS_ID {
        return Err(DecisionFault::OtherSemantics.into());
    }
    let policy = Policy::from_toml(&stated.policy.text)?;
    let problem = match options.control {
        Some(control) => Problem::with_control(tables, policy, control)?,
        None => Problem::new(tables, policy)?,
    };
    // Known before the run, and all that is worth knowing if it differs.
    for (place, stated, is) in [
        ("tables_digest", &stated.tables_digest, &*problem.tables_digest()),
        ("input_digest", &stated.input_digest, problem.input_digest()),
    ] {
        if **stated != *is {
            return Err(DecisionFault::Differs { place: place.to_owned() }.into());
        }
    }
    let mut again = read::read(&solve(&problem, options)?.to_decision()?)?;
    // Another version that means the same decides the same; its name and what depends on it are no part of the decision.
    again.library_version = stated.library_version.clone();
    again.result.provenance.library_version = stated.library_version.clone();
    again.digest = stated.digest.clone();
    let text = |file| serde_json::to_vec(file).map_err(|_| DecisionFault::NotCanonical { byte: 0 });
    match difference::first(&text(&stated)?, &text(&again)?) {
        Some(place) => Err(DecisionFault::Differs { place }.into()),
        None => Ok(()),
    }
}
