//! Everything the checker may find wrong.

use crate::candidate::RuleId;
use crate::error::Error;

/// What the checker found wrong. It names positions and checks, never identifiers or values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Violation {
    /// A list has another length than the problem asks for.
    #[error("list `{list}` has the wrong length")]
    Length {
        /// The list.
        list: &'static str,
    },
    /// A need is served where it has no candidate.
    #[error("need {need} is served by none of its candidates")]
    NotACandidate {
        /// The need's position.
        need: usize,
    },
    /// A node of the supply forest, with everything under it, serves more needs than it may.
    #[error("node {node} serves more needs than it has places")]
    OverCapacity {
        /// The node.
        node: usize,
    },
    /// A node of the supply forest, with everything under it, serves fewer needs than it must.
    #[error("node {node} serves fewer needs than its floor")]
    BelowFloor {
        /// The node.
        node: usize,
    },
    /// Of a group of needs more are served than may be, or fewer than must be.
    #[error("group {group} has fewer or more needs served than its bounds allow")]
    GroupOutOfBounds {
        /// The group.
        group: usize,
    },
    /// The steps between tiers are not those that follow from the network.
    #[error("the steps between tiers do not follow from the network")]
    WrongSteps,
    /// A set that should prove that floors cannot be met does not.
    #[error("the tight set does not prove that the floors cannot be met")]
    NotTight,
    /// A set of needs that should be short of places is not.
    #[error("the needs are not short of places as stated")]
    NotShort,
    /// The result is said to be the best over other pairs than it is.
    #[error("the result is not the best over the pairs that it names")]
    WrongExtent,
    /// The engine or the reason for it does not fit the network.
    #[error("the engine, or the reason for it, does not fit the network")]
    WrongEngine,
    /// A price is below zero.
    #[error("node {node} has a price below zero")]
    NegativePrice {
        /// The node.
        node: usize,
    },
    /// The prices are so high that no bound can be computed from them.
    #[error("the prices are too high to compute a bound from them")]
    PriceOverflow,
    /// The stated total is not the total of the assignments.
    #[error("the total is not the sum over the assignments")]
    WrongTotal,
    /// The stated bound does not follow from the prices.
    #[error("the bound does not follow from the prices")]
    WrongBound,
    /// A node has a price although places stay free, so total and bound differ.
    #[error("node {node} has a price although it has free places")]
    PricedButFree {
        /// The node.
        node: usize,
    },
    /// A need is served, or left unserved, where something else is worth more at the prices, so total and bound differ.
    #[error("need {need} does not have what is worth most at the prices")]
    NotTheBest {
        /// The need's position.
        need: usize,
    },
    /// A need and a provider would rather have each other than what they have.
    #[error("need {need} and one of its candidates would rather have each other")]
    Blocked {
        /// The need's position.
        need: usize,
    },
    /// A price proves the optimum, but a lower one would too.
    #[error("node {node} has a higher price than the least that proves the optimum")]
    PriceNotLeast {
        /// The node.
        node: usize,
    },
    /// A need is neither served nor unmatched.
    #[error("need {need} is listed nowhere")]
    NotListed {
        /// The need's position.
        need: usize,
    },
    /// An assignment breaks a hard rule.
    #[error("assignment {row} breaks rule {rule}")]
    BreaksRule {
        /// The row in the list of assignments.
        row: usize,
        /// The rule.
        rule: RuleId,
    },
    /// A field of an assignment is wrong.
    #[error("assignment {row} has a wrong field `{field}`")]
    Assignment {
        /// The row in the list of assignments.
        row: usize,
        /// The field.
        field: &'static str,
    },
    /// A field of an unmatched need is wrong.
    #[error("unmatched need {row} has a wrong field `{field}`")]
    Unmatched {
        /// The row in the list of unmatched needs.
        row: usize,
        /// The field.
        field: &'static str,
    },
    /// A field of the list of places is wrong.
    #[error("row {row} of the places has a wrong field `{field}`")]
    Capacity {
        /// The row in the list of places.
        row: usize,
        /// The field.
        field: &'static str,
    },
    /// A field of the list of quotas is wrong.
    #[error("row {row} of the quotas has a wrong field `{field}`")]
    Quota {
        /// The row in the list of quotas.
        row: usize,
        /// The field.
        field: &'static str,
    },
    /// What is said of the rates of kinds of needs is wrong.
    #[error("the rates of kinds have a wrong field `{field}`")]
    Rates {
        /// The field.
        field: &'static str,
    },
    /// A number of the summary is wrong.
    #[error("the summary has a wrong field `{field}`")]
    Summary {
        /// The field.
        field: &'static str,
    },
    /// The result names another origin than it has.
    #[error("the provenance has a wrong field `{field}`")]
    Provenance {
        /// The field.
        field: &'static str,
    },
    /// The candidates are no rows of the problem's providers.
    #[error("the candidates have a wrong field `{field}`")]
    Candidates {
        /// The field.
        field: &'static str,
    },
}

impl From<Violation> for Error {
    fn from(violation: Violation) -> Self {
        Self::InternalCheck { check: violation.to_string() }
    }
}
