//! Where needs arise, where providers set out from, and how long the way between them takes.

use super::pair::Provider;
use crate::model::codes::{DivisionCode, DivisionLevel, ServiceArea};
use crate::model::{Community, CommunityId, Need, Point, Problem, arc_km, chord_squared};
use crate::policy::{Policy, Terrain, Travel, UnknownLocation};

/// Where a need arises.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site {
    pub(crate) code: DivisionCode,
    pub(crate) terrain: Terrain,
    /// The need's point, else its community's; on the unit sphere.
    pub(crate) position: Option<[f64; 3]>,
}

/// Where a provider sets out from, and how far it goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Base {
    /// The worker's point, else that of its base community, else its organization's; on the unit sphere.
    pub(crate) position: Option<[f64; 3]>,
    /// The township of the worker's base community.
    pub(crate) township: Option<DivisionCode>,
    /// The worker's longest way, else the policy's.
    pub(crate) max_minutes: u32,
}

impl Site {
    pub(crate) fn of(need: &Need, problem: &Problem) -> Self {
        let travel = problem.policy_of(need).travel();
        Self::of_community(&problem.communities()[need.community.index()], travel).at(need.point)
    }

    /// The site of each community.
    pub(crate) fn of_communities(problem: &Problem) -> Vec<Self> {
        let site = |(k, community)| Self::of_community(community, problem.policy_at(CommunityId::new(k)).travel());
        problem.communities().iter().enumerate().map(site).collect()
    }

    fn of_community(community: &Community, travel: &Travel) -> Self {
        Self {
            code: community.code,
            terrain: travel.terrain(community),
            position: community.point.map(Point::on_unit_sphere),
        }
    }

    /// The site at a need's own point, if it has one.
    pub(crate) fn at(self, point: Option<Point>) -> Self {
        Self { position: point.map(Point::on_unit_sphere).or(self.position), ..self }
    }
}

impl Base {
    /// For needs that this policy judges.
    pub(crate) fn of(provider: Provider<'_>, problem: &Problem, policy: &Policy) -> Self {
        let travel = policy.travel();
        match provider {
            Provider::Worker(worker) => {
                let community = worker.base_community.map(|id| &problem.communities()[id.index()]);
                let organization = &problem.organizations()[worker.organization.index()];
                let point = worker.point.or(community.and_then(|c| c.point)).or(organization.point);
                Self {
                    position: point.map(Point::on_unit_sphere),
                    township: community.map(|community| community.code.at_level(DivisionLevel::Township)),
                    max_minutes: worker.max_travel_minutes.unwrap_or(travel.max_minutes),
                }
            }
            Provider::Organization(organization) => Self {
                position: organization.point.map(Point::on_unit_sphere),
                township: None,
                max_minutes: travel.max_minutes,
            },
        }
    }
}

/// Minutes of the way, or `None` where a location is unknown.
pub(crate) fn minutes(site: &Site, base: &Base, travel: &Travel) -> Option<f64> {
    let chord_squared = chord_squared(site.position?, base.position?);
    Some(travel.roads(site.terrain).minutes(arc_km(chord_squared)))
}

/// What the policy says of the way where a location is unknown.
pub(super) fn is_near_if_unknown(site: &Site, base: &Base, area: &ServiceArea, travel: &Travel) -> bool {
    match travel.unknown_location {
        UnknownLocation::Pass => true,
        UnknownLocation::Fail => false,
        UnknownLocation::SameTownship => match base.township {
            Some(township) => township == site.code.at_level(DivisionLevel::Township),
            None => {
                let is_local = |division: &&DivisionCode| division.level() >= DivisionLevel::Township;
                area.divisions().iter().filter(is_local).any(|division| division.contains(site.code))
            }
        },
    }
}
