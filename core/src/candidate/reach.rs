//! Rule T01 without an arc sine where the answer is clear.

use super::place::{Base, Site, minutes};
use crate::model::{chord_squared, chord_squared_of_arc};
use crate::policy::{Terrain, Travel};

/// Relative doubt about a squared chord: a million times what rounding can do, and a thousandth of a millimetre in a
/// kilometre.
const DOUBT: f64 = 1e-9;

/// A provider's base with the squared chord of its longest way on each terrain.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    pub(super) base: Base,
    limit: [f64; Terrain::ALL.len()],
}

impl Reach {
    pub(super) fn new(base: Base, travel: &Travel) -> Self {
        let limit = Terrain::ALL.map(|terrain| {
            let roads = travel.roads(terrain);
            let km = roads.km(f64::from(base.max_minutes));
            if km < 0.0 { -1.0 } else { chord_squared_of_arc(km) }
        });
        Self { base, limit }
    }

    /// The squared chord within which every way that is short enough lies, and some more.
    pub(super) fn widest(&self, terrain: Terrain) -> f64 {
        self.limit[terrain as usize] * (1.0 + DOUBT)
    }

    /// Whether the way is short enough; `None` where a location is unknown.
    pub(super) fn holds(&self, site: &Site, travel: &Travel) -> Option<bool> {
        let chord_squared = chord_squared(site.position?, self.base.position?);
        let limit = self.limit[site.terrain as usize];
        if chord_squared < limit * (1.0 - DOUBT) {
            return Some(true);
        }
        if chord_squared > limit * (1.0 + DOUBT) {
            return Some(false);
        }
        minutes(site, &self.base, travel).map(|minutes| minutes <= f64::from(self.base.max_minutes))
    }
}
