//! What a matching is to be best in.

use super::choice::Choice;

/// What is best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Objective {
    /// As many red needs as possible, then yellow, blue, green; then the greatest score.
    TiersThenScore,
    /// As many needs as possible, whatever their colour; then the greatest score.
    CoverageThenScore,
    /// The greatest score; a need may stay unmatched.
    Score,
    /// As [`TiersThenScore`](Self::TiersThenScore); of what is equal, the least sum of the squares of all workers' caseloads.
    LeastUnequal,
    /// No need and provider would both rather have each other.
    Stable,
    /// The greatest least rate of service of any kind of needs, along [`Over`](super::Over); then as
    /// [`TiersThenScore`](Self::TiersThenScore).
    MaxMin,
    /// The greatest least rate of service of any kind of needs, then the greatest second least, and so on; then as
    /// [`TiersThenScore`](Self::TiersThenScore).
    Leximin,
}

impl Choice for Objective {
    const ALL: &[(Self, &'static str)] = &[
        (Self::TiersThenScore, "tiers_then_score"),
        (Self::CoverageThenScore, "coverage_then_score"),
        (Self::Score, "score"),
        (Self::LeastUnequal, "least_unequal"),
        (Self::Stable, "stable"),
        (Self::MaxMin, "max_min"),
        (Self::Leximin, "leximin"),
    ];
}

impl Objective {
    /// The code as the policy writes it.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.to_code()
    }

    /// Whether it compares kinds of needs, along [`Over`](super::Over).
    #[must_use]
    pub fn compares_kinds(self) -> bool {
        matches!(self, Self::MaxMin | Self::Leximin)
    }
}
