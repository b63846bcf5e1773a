//! What a matching is to be best in.

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
}

impl Objective {
    const ALL: [(Self, &'static str); 6] = [
        (Self::TiersThenScore, "tiers_then_score"),
        (Self::CoverageThenScore, "coverage_then_score"),
        (Self::Score, "score"),
        (Self::LeastUnequal, "least_unequal"),
        (Self::Stable, "stable"),
        (Self::MaxMin, "max_min"),
    ];

    /// The code as the policy writes it.
    #[must_use]
    pub fn code(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// All codes.
    pub(super) fn codes() -> impl Iterator<Item = &'static str> {
        Self::ALL.iter().map(|&(_, code)| code)
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|&(objective, _)| objective)
    }
}
