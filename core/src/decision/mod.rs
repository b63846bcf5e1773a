//! The decision file: one document that says what was decided, over what, and why nothing is better.
//!
//! It is canonical JSON: one order of keys, whole numbers only, no white space, identifiers instead of people. Whoever
//! holds it can check it without the tables ([`Decision::verify`]); whoever holds the tables too can make it again
//! ([`replay`]) and compare byte for byte.

mod fault;
pub(crate) mod form;

mod read;
mod write;

mod difference;
mod replay;

pub use fault::DecisionFault;
pub use replay::replay;

use crate::verify;

/// What stands between the bytes that the digest covers and the digest.
const DIGEST_KEY: &str = ",\"digest\":\"";

/// A decision file that was read: well formed, canonical and of the digest that it states.
///
/// # Examples
///
/// ```
/// # use needmatch::{Options, Policy, Problem, Table, Tables, solve};
/// # let empty = |names: &[&str]| names.iter().fold(Table::new(), |table, &name| table.with_texts(name, []));
/// # let tables = Tables {
/// #     communities: empty(&["community"]),
/// #     organizations: empty(&["organization_id", "capacity_max"]),
/// #     workers: empty(&["worker_id", "organization_id", "domains", "caseload_max"]),
/// #     needs: empty(&["need_id", "community", "domain", "risk"]),
/// #     ..Tables::default()
/// # };
/// use needmatch::{Decision, replay};
///
/// let matching = solve(&Problem::new(&tables, Policy::default())?, &Options::default())?;
/// let bytes = matching.to_decision()?;
///
/// // Years later, without the tables:
/// let decision = Decision::parse(&bytes)?;
/// decision.verify()?;
/// assert_eq!(decision.seed(), "needmatch");
/// // With them:
/// replay(&tables, &bytes, &Options::default())?;
/// # Ok::<(), needmatch::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    file: form::File,
}

/// What was found to be true of a decision file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecisionVerified {
    /// Needs that are served.
    pub served: usize,
    /// Needs that are not.
    pub unmatched: usize,
    /// Candidates over which the total is proven the greatest.
    pub candidates: usize,
}

impl Decision {
    /// Reads a decision file strictly: every byte must be the one that this library would write for what it says.
    ///
    /// # Errors
    ///
    /// [`DecisionFault`]: too large, not canonical, of a newer form, or of another digest than it states.
    ///
    /// # Complexity
    ///
    /// Linear in the bytes.
    pub fn parse(bytes: &[u8]) -> Result<Self, DecisionFault> {
        read::read(bytes).map(|file| Self { file })
    }

    /// Checks all that can be checked without the tables: who serves whom, places, tiers, scores, ranks, totals, counts,
    /// reasons, the lottery's order, and from the prices that nothing over the file's candidates is better.
    ///
    /// # Errors
    ///
    /// [`DecisionFault::Wrong`] with the first place that is wrong.
    ///
    /// # Complexity
    ///
    /// O(candidates + needs + nodes).
    pub fn verify(&self) -> Result<DecisionVerified, DecisionFault> {
        verify::decision::check(&self.file)
    }

    /// The meaning of a result in the version that made it.
    #[must_use]
    pub fn semantics_id(&self) -> &str {
        &self.file.semantics_id
    }

    /// The version of the library that made it.
    #[must_use]
    pub fn library_version(&self) -> &str {
        &self.file.library_version
    }

    /// SHA-256 of all checked rows and the policy.
    #[must_use]
    pub fn input_digest(&self) -> &str {
        &self.file.input_digest
    }

    /// SHA-256 of all checked rows without the policy.
    #[must_use]
    pub fn tables_digest(&self) -> &str {
        &self.file.tables_digest
    }

    /// SHA-256 of the policy's text.
    #[must_use]
    pub fn policy_digest(&self) -> &str {
        &self.file.policy.digest
    }

    /// The policy as canonical TOML.
    #[must_use]
    pub fn policy_text(&self) -> &str {
        &self.file.policy.text
    }

    /// The seed of the lottery.
    #[must_use]
    pub fn seed(&self) -> &str {
        &self.file.seed
    }

    /// The day on which papers had to be valid, such as `2026-01-01`.
    #[must_use]
    pub fn evaluation_date(&self) -> &str {
        &self.file.evaluation_date
    }

    /// SHA-256 of all bytes before it.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.file.digest
    }
}

#[cfg(test)]
mod attacks;
#[cfg(test)]
mod tests;
