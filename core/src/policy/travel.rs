//! How long a way takes, by terrain.

use super::choice::Choice;
use crate::model::Community;
use crate::model::codes::DivisionCode;

/// What the roads around a community are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Terrain {
    /// Urban by the community's official class.
    Urban,
    /// In none of the divisions with mountain roads, and not urban.
    Rural,
    /// In a division with mountain roads, and not urban.
    Mountain,
}

impl Terrain {
    pub(crate) const ALL: [Self; 3] = [Self::Urban, Self::Rural, Self::Mountain];

    /// The key of the policy.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Urban => "urban",
            Self::Rural => "rural",
            Self::Mountain => "mountain",
        }
    }
}

/// Roads of one terrain: minutes = 60 · factor · distance / speed + fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Roads {
    /// Length of the road for a great-circle distance of 1, in thousandths.
    pub factor_per_mille: u32,
    /// Speed on the road.
    pub speed_km_h: u32,
    /// Minutes that every way takes besides.
    pub fixed_minutes: u32,
}

impl Roads {
    /// Minutes for a great-circle distance.
    #[must_use]
    pub fn minutes(self, distance_km: f64) -> f64 {
        self.minutes_per_km() * distance_km + f64::from(self.fixed_minutes)
    }

    /// About the great-circle distance that takes so many minutes; negative where the fixed minutes take longer.
    pub(crate) fn km(self, minutes: f64) -> f64 {
        (minutes - f64::from(self.fixed_minutes)) / self.minutes_per_km()
    }

    fn minutes_per_km(self) -> f64 {
        60.0 * f64::from(self.factor_per_mille) / (1000.0 * f64::from(self.speed_km_h))
    }
}

/// What rule T01 says where a location is unknown on either side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnknownLocation {
    /// Passes if the provider's base lies in the need's township, or, where the base is unknown too, if a division of
    /// the service area that covers the need is a township or a village.
    SameTownship,
    /// Passes.
    Pass,
    /// Fails.
    Fail,
}

impl Choice for UnknownLocation {
    const ALL: &[(Self, &'static str)] =
        &[(Self::SameTownship, "same_township"), (Self::Pass, "pass"), (Self::Fail, "fail")];
}

/// How long ways take, and how long they may be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Travel {
    /// The longest way of a worker who states none, and of an organization that serves directly.
    pub max_minutes: u32,
    /// What rule T01 says where a location is unknown.
    pub unknown_location: UnknownLocation,
    /// Minutes that the criterion of travel assumes where a location is unknown.
    pub unknown_minutes: u32,
    /// Divisions with mountain roads, in ascending order.
    pub mountain_divisions: Vec<DivisionCode>,
    pub(super) roads: [Roads; Terrain::ALL.len()],
}

impl Travel {
    /// The terrain around a community. One of unknown class counts as not urban.
    #[must_use]
    pub fn terrain(&self, community: &Community) -> Terrain {
        if community.urban_rural_class.is_some_and(|class| class.is_urban()) {
            Terrain::Urban
        } else if self.mountain_divisions.iter().any(|division| division.contains(community.code)) {
            Terrain::Mountain
        } else {
            Terrain::Rural
        }
    }

    /// The roads of a terrain.
    #[must_use]
    pub fn roads(&self, terrain: Terrain) -> Roads {
        self.roads[terrain as usize]
    }
}
