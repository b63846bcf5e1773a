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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Point;
    use crate::model::codes::DivisionCode;
    use crate::policy::Policy;

    fn site(lon: f64, lat: f64) -> Site {
        let code = DivisionCode::parse("140502001001").unwrap();
        Site { code, terrain: Terrain::Rural, position: Some(Point { lon, lat }.on_unit_sphere()) }
    }

    fn reach(max_minutes: u32, travel: &Travel) -> Reach {
        let position = Some(Point { lon: 113.0, lat: 35.5 }.on_unit_sphere());
        Reach::new(Base { position, township: None, max_minutes }, travel)
    }

    proptest! {
        #[test]
        fn the_short_way_agrees_with_the_minutes(lon in 112.0f64..114.0, lat in 34.5f64..36.5, most in 0u32..200) {
            let policy = Policy::default();
            let (site, reach) = (site(lon, lat), reach(most, policy.travel()));
            let exact = minutes(&site, &reach.base, policy.travel()).unwrap() <= f64::from(most);
            prop_assert_eq!(reach.holds(&site, policy.travel()), Some(exact));
            let chord_squared = chord_squared(site.position.unwrap(), reach.base.position.unwrap());
            prop_assert!(!exact || chord_squared <= reach.widest(Terrain::Rural));
        }
    }

    #[test]
    fn limits_at_both_ends() {
        let policy = Policy::from_toml("[travel.rural]\nfixed_minutes = 10").unwrap();
        let at_home = site(113.0, 35.5);
        assert_eq!(reach(9, policy.travel()).holds(&at_home, policy.travel()), Some(false));
        assert_eq!(reach(10, policy.travel()).holds(&at_home, policy.travel()), Some(true));
        assert_eq!(reach(100_000, policy.travel()).holds(&site(-67.0, -35.5), policy.travel()), Some(true));
        let nowhere = Site { position: None, ..at_home };
        assert_eq!(reach(10, policy.travel()).holds(&nowhere, policy.travel()), None);
    }
}
