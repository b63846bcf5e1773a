//! Who serves: groups, organizations and workers of one prefecture, in proportion to its residents.

mod forms;
mod funds;
mod roles;

mod builder;
mod staffing;

use needmatch::model::Point;
use needmatch::model::codes::{
    Authority, Confidentiality, Domain, GroupKind, Language, OrganizationKind, OrganizationStatus, Qualification,
};

pub(crate) use self::funds::Terms;
use crate::credit::LegalPerson;
use crate::dates::{self, LastDay};
use crate::places::Places;
use crate::random::{Purpose, Random};

/// The supply side of one prefecture. Positions refer to the lists of the same prefecture.
pub(crate) struct Supply {
    pub(crate) groups: Vec<Group>,
    pub(crate) organizations: Vec<Organization>,
    pub(crate) workers: Vec<Worker>,
}

/// A group above organizations.
pub(crate) struct Group {
    pub(crate) parent: Option<usize>,
    pub(crate) kind: GroupKind,
    /// Most needs at a time, those served already included.
    pub(crate) capacity: Option<u64>,
    /// What it pays for, if it is a fund line.
    pub(crate) terms: Option<Terms>,
    /// The division in which it pays.
    pub(crate) pays_in: Option<u64>,
}

/// An organization.
pub(crate) struct Organization {
    pub(crate) kind: OrganizationKind,
    pub(crate) status: OrganizationStatus,
    /// When its incubation began, if it is on record.
    pub(crate) incubated_since: Option<LastDay>,
    pub(crate) legal_person: Option<LegalPerson>,
    pub(crate) capacity_max: u32,
    pub(crate) capacity_current: u32,
    pub(crate) direct: bool,
    pub(crate) domains: Vec<(Domain, u8)>,
    pub(crate) compliant: Option<bool>,
    pub(crate) grade: Option<(u8, LastDay)>,
    pub(crate) minor_check: Option<LastDay>,
    /// Divisions served.
    pub(crate) area: Vec<u64>,
    pub(crate) group: Option<usize>,
    pub(crate) point: Point,
    /// Position of the county that it belongs to.
    pub(crate) county: usize,
    /// Assesses the ability of elderly residents.
    pub(crate) assesses: bool,
}

/// A worker.
pub(crate) struct Worker {
    pub(crate) organization: usize,
    pub(crate) domains: Vec<(Domain, u8)>,
    pub(crate) caseload_max: u32,
    pub(crate) caseload_current: u32,
    pub(crate) qualifications: Vec<(Qualification, Option<LastDay>)>,
    pub(crate) woman: bool,
    pub(crate) languages: Vec<Language>,
    pub(crate) minor_check: Option<LastDay>,
    pub(crate) clearance: Option<Confidentiality>,
    pub(crate) authorities: Vec<Authority>,
    /// Position of the community where the worker sets out from.
    pub(crate) base: usize,
    /// Divisions served; empty means the organization's.
    pub(crate) area: Vec<u64>,
    pub(crate) max_travel_minutes: Option<u32>,
}

impl Supply {
    /// The supply side of the places of one prefecture.
    pub(crate) fn new(seed: u64, prefecture: usize, places: &Places) -> Self {
        let mut supply = staffing::staff(builder::Builder::new(Random::new(seed, Purpose::Supply, prefecture), places));
        // A stream of its own, so that it disturbs no other fact. Of one in ten nobody wrote it down (assumption).
        let mut random = Random::new(seed, Purpose::Incubation, prefecture);
        for organization in supply.organizations.iter_mut().filter(|one| one.status == OrganizationStatus::Incubating) {
            let since = dates::incubated_since(&mut random);
            organization.incubated_since = (!random.chance(100)).then_some(since);
        }
        supply
    }

    /// The divisions that a worker serves.
    pub(crate) fn area_of(&self, worker: usize) -> &[u64] {
        let worker = &self.workers[worker];
        if worker.area.is_empty() { &self.organizations[worker.organization].area } else { &worker.area }
    }
}

/// Whether one of some divisions holds a community.
pub(crate) fn covers(area: &[u64], community: u64) -> bool {
    area.iter().any(|&division| {
        let span = [100_000_000, 1_000_000, 1000].into_iter().find(|span| division % span == 0).unwrap_or(1);
        community / span == division / span
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_division_covers_what_lies_in_it() {
        let village = 140_524_100_001;
        for division in [140_500_000_000, 140_524_000_000, 140_524_100_000, village] {
            assert!(covers(&[division], village), "{division}");
        }
        for division in [140_600_000_000, 140_525_000_000, 140_524_101_000, village + 1] {
            assert!(!covers(&[division], village), "{division}");
        }
    }
}
