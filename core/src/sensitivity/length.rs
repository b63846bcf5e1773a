//! Lengths of ways, each in one number.
//!
//! A pair of tier and score is `tier · 2^64 + score`. Sums of pairs are sums of these numbers, and pairs compare as they
//! do, as long as scores stay within 63 bits, which networks warrant for sums along any way.
//! A length is a reduced loss, which is at least 0, and below it the tie rule: how many needs move, then how many arcs.

use crate::total::Total;

/// The bits below the loss: 24 for arcs, 24 for moves.
const STEP_BITS: u32 = 48;
const MOVE: u128 = 1 << 24;
const ARC: u128 = 1;

/// A network has fewer vertices than this, so that no simple way has more arcs than its bits hold.
pub(super) const MAX_VERTICES: usize = 1 << 24;

/// A length of a way, or of an arc.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Length(u128);

impl Length {
    /// Of the empty way.
    pub(super) const ZERO: Self = Self(0);
    /// Of no way at all.
    pub(super) const NONE: Self = Self(u128::MAX);

    /// Of an arc with a reduced loss, along which a need moves or none does.
    pub(super) fn of_arc(reduced: i128, moves: bool) -> Self {
        debug_assert!((0..1 << 79).contains(&reduced), "prices that prove an optimum leave no arc below 0");
        Self(reduced.unsigned_abs() << STEP_BITS | if moves { MOVE | ARC } else { ARC })
    }

    /// The length of a way followed by an arc.
    #[inline]
    pub(super) fn then(self, arc: Self) -> Self {
        Self(self.0 + arc.0)
    }

    /// The reduced loss.
    pub(super) fn reduced(self) -> i128 {
        (self.0 >> STEP_BITS).cast_signed()
    }

    /// How many needs move.
    pub(super) fn n_moves(self) -> u32 {
        ((self.steps() >> 24) & (MAX_VERTICES as u64 - 1)) as u32
    }

    /// Moves and arcs, to be compared.
    pub(super) fn steps(self) -> u64 {
        (self.0 & ((1 << STEP_BITS) - 1)) as u64
    }
}

/// A pair in one number.
pub(super) fn packed(total: Total) -> i128 {
    (total.tier << 64) + total.score
}

/// The pair of a number.
pub(super) fn unpacked(number: i128) -> Total {
    let score = i128::from(number as i64);
    Total { tier: (number - score) >> 64, score }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_in_one_number_add_and_compare_as_pairs() {
        let parts = [-(1 << 62), -7, -1, 0, 1, 9, 1 << 61];
        let pairs = || [-63, -1, 0, 2, 63].into_iter().flat_map(|tier| parts.map(|score| Total { tier, score }));
        for a in pairs() {
            assert_eq!(unpacked(packed(a)), a);
            for b in pairs().filter(|b| (a.score + b.score).abs() < 1 << 63) {
                assert_eq!(packed(a).cmp(&packed(b)), a.cmp(&b));
                assert_eq!(unpacked(packed(a) + packed(b)), a + b);
            }
        }
    }

    #[test]
    fn the_loss_comes_before_the_moves_and_these_before_the_arcs() {
        let (moved, passed) = (Length::of_arc(5, true), Length::of_arc(5, false));
        assert!(moved > passed && passed.then(passed) > moved);
        assert!(Length::of_arc(0, true).then(Length::of_arc(0, false)) > Length::of_arc(0, true));
        assert_eq!((moved.then(passed).reduced(), moved.reduced()), (10, 5));
        assert!(Length::NONE > Length::of_arc((1 << 79) - 1, true));
    }
}
