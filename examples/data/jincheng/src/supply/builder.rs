//! Adds organizations and workers of a form or role, drawing what is left open.

use needmatch::model::codes::{
    Authority, Confidentiality, Domain, GroupKind, Language, OrganizationKind, OrganizationStatus,
};

use super::forms::Form;
use super::roles::{Reach, Role};
use super::{Group, Organization, Supply, Terms, Worker};
use crate::dates;
use crate::places::Places;
use crate::random::Random;

/// A supply side that is being built.
pub(super) struct Builder<'a> {
    pub(super) random: Random,
    pub(super) places: &'a Places,
    groups: Vec<Group>,
    organizations: Vec<Organization>,
    workers: Vec<Worker>,
    /// Urban communities and all communities of each county, with running sums of residents.
    homes: Vec<[(Vec<usize>, Vec<u64>); 2]>,
}

/// Where an organization is put.
pub(super) struct Seat {
    pub(super) county: usize,
    /// Position of a community.
    pub(super) base: usize,
    /// Divisions served.
    pub(super) area: Vec<u64>,
    pub(super) group: Option<usize>,
}

/// Levels of competence from 1 to 3, and their shares (assumption).
const LEVELS: &[(u8, u32)] = &[(1, 35), (2, 45), (3, 20)];

/// Workers of a county outside the main city who live in the main city, per mille (assumption: the mismatch that
/// the field reports, certified workers live where few of the hardest needs arise).
const LIVE_IN_MAIN_CITY_PER_MILLE: u32 = 300;

impl<'a> Builder<'a> {
    pub(super) fn new(random: Random, places: &'a Places) -> Self {
        let homes = places.counties.iter().map(|county| {
            let all: Vec<usize> = county.communities.clone().collect();
            let urban: Vec<usize> = all.iter().copied().filter(|&k| places.communities[k].class.is_urban()).collect();
            [if urban.is_empty() { all.clone() } else { urban }, all].map(|members| {
                let mut sum = 0;
                let sums = members.iter().map(|&k| {
                    sum += places.communities[k].population;
                    sum
                });
                let sums = sums.collect();
                (members, sums)
            })
        });
        let homes = homes.collect();
        Self { random, places, groups: Vec::new(), organizations: Vec::new(), workers: Vec::new(), homes }
    }

    /// Adds a group without a limit.
    pub(super) fn group(&mut self, kind: GroupKind, parent: Option<usize>) -> usize {
        self.groups.push(Group { parent, kind, capacity: None, terms: None, pays_in: None });
        self.groups.len() - 1
    }

    /// Adds a fund line of a county with its terms.
    pub(super) fn fund_line(&mut self, county: usize, parent: usize, terms: Terms) -> usize {
        let line = self.group(GroupKind::FundLine, Some(parent));
        self.groups[line].terms = Some(terms);
        self.groups[line].pays_in = Some(self.places.counties[county].code);
        line
    }

    /// A community of a county where somebody lives: an urban one, or any.
    pub(super) fn home(&mut self, county: usize, urban: bool) -> usize {
        let (members, sums) = &self.homes[county][usize::from(!urban)];
        members[self.random.by_sums(sums)]
    }

    /// Where a professional lives who works in a county: some live in the main city.
    pub(super) fn professional_home(&mut self, county: usize) -> usize {
        let in_main_city = self.random.chance(LIVE_IN_MAIN_CITY_PER_MILLE) && self.places.counties[0].position == 0;
        self.home(if in_main_city { 0 } else { county }, true)
    }

    /// Adds an organization of a form.
    pub(super) fn organization(&mut self, form: &Form, seat: Seat) -> usize {
        let random = &mut self.random;
        let n_direct = random.within(form.n_direct);
        let mut domains: Vec<(Domain, u8)> = random
            .weighted_subset(form.direct, n_direct)
            .into_iter()
            .map(|domain| (domain, random.weighted(LEVELS)))
            .collect();
        domains.sort_unstable();
        let places = random.within(form.places);
        let taken = busy(places, places * random.within((20, 50)) / 100, self.places.time_share);
        let status = match form.status() {
            OrganizationStatus::Filed if random.chance(150) => OrganizationStatus::Incubating,
            status => status,
        };
        // Stations and public institutions are watched closely; of the others some fail or leave it open.
        let watched = matches!(form.kind, OrganizationKind::SocialWorkStation | OrganizationKind::PublicInstitution);
        let compliant =
            if watched { Some(true) } else { random.weighted(&[(Some(true), 965), (Some(false), 20), (None, 15)]) };
        let graded = random.chance(form.graded);
        self.organizations.push(Organization {
            kind: form.kind,
            status,
            incubated_since: None,
            legal_person: form.legal_person,
            capacity_max: places,
            capacity_current: taken,
            direct: !domains.is_empty(),
            domains,
            compliant,
            grade: graded.then(|| {
                (random.weighted(&[(1, 5), (2, 15), (3, 50), (4, 22), (5, 8)]), dates::certificate(random, 100))
            }),
            minor_check: dates::yearly_check(random, form.unchecked, 30),
            area: seat.area,
            group: seat.group,
            point: self.places.communities[seat.base].point,
            county: seat.county,
            assesses: false,
        });
        self.organizations.len() - 1
    }

    /// Has an organization serve another division instead of those it was given.
    pub(super) fn serve(&mut self, organization: usize, division: u64) {
        self.organizations[organization].area = vec![division];
    }

    /// Has an organization assess the ability of elderly residents.
    pub(super) fn let_assess(&mut self, organization: usize) {
        self.organizations[organization].assesses = true;
    }

    /// Adds workers of a role, each with a home of its own.
    pub(super) fn workers(&mut self, count: u64, role: &Role, organization: usize, home: impl Fn(&mut Self) -> usize) {
        for _ in 0..count {
            let base = home(self);
            self.worker(role, organization, base);
        }
    }

    /// Adds a worker of a role.
    pub(super) fn worker(&mut self, role: &Role, organization: usize, base: usize) {
        let random = &mut self.random;
        let n_menu = random.within(role.n_menu);
        let menu = random.weighted_subset(role.menu, n_menu);
        let mut domains: Vec<(Domain, u8)> = Vec::new();
        for domain in role.core.iter().copied().chain(menu) {
            domains.push((domain, random.weighted(LEVELS)));
        }
        domains.sort_unstable();
        let mut qualifications =
            vec![(random.weighted(role.qualification), Some(dates::certificate(random, role.expired)))];
        for &(qualification, share) in role.also {
            if random.chance(share) {
                // A specialist for juveniles is named, not certified: no last day.
                let last_day = random.chance(700).then(|| dates::certificate(random, 50));
                qualifications.push((qualification, last_day));
            }
        }
        let caseload_max = random.within(role.caseload);
        let caseload_current =
            busy(caseload_max, caseload_max * random.within(role.taken) / 100, self.places.time_share);
        let languages = spoken(random);
        let authorities = authorities(random, &domains);
        let community = self.places.communities[base].code;
        let area = match role.reach {
            Reach::Community => vec![community],
            Reach::Township if !self.is_station(organization) => vec![community / 1000 * 1000],
            Reach::Township | Reach::County => Vec::new(),
            Reach::Prefecture => vec![community / 100_000_000 * 100_000_000],
        };
        let random = &mut self.random;
        let clearance: Confidentiality = random.weighted(role.clearance);
        self.workers.push(Worker {
            organization,
            domains,
            caseload_max,
            caseload_current,
            qualifications,
            woman: random.chance(role.women),
            languages,
            minor_check: dates::yearly_check(random, role.unchecked, 40),
            clearance: (!random.chance(15)).then_some(clearance),
            authorities,
            base,
            area,
            max_travel_minutes: role.travel,
        });
    }

    fn is_station(&self, organization: usize) -> bool {
        matches!(self.organizations[organization].kind, OrganizationKind::SocialWorkStation)
    }

    /// Sets the capacities of organizations from their workers', and those of groups from their organizations'.
    pub(super) fn finish(mut self) -> Supply {
        let mut max = vec![0; self.organizations.len()];
        let mut current = vec![0; self.organizations.len()];
        for worker in &self.workers {
            max[worker.organization] += worker.caseload_max;
            current[worker.organization] += worker.caseload_current;
        }
        let mut taken_and_open = vec![(0u64, 0u64); self.groups.len()];
        for (k, organization) in self.organizations.iter_mut().enumerate() {
            // Rooms, cars and supervision allow less than the workers' caseloads together in three of ten.
            let tight = self.random.chance(300);
            let per_cent = self.random.within(if tight { (72, 88) } else { (100, 108) });
            organization.capacity_current += current[k];
            organization.capacity_max =
                (organization.capacity_max + max[k] * per_cent / 100).max(organization.capacity_current);
            if let Some(group) = organization.group {
                let (taken, open) = &mut taken_and_open[group];
                *taken += u64::from(organization.capacity_current);
                *open += u64::from(organization.capacity_max - organization.capacity_current);
            }
        }
        for (group, (taken, open)) in self.groups.iter_mut().zip(taken_and_open) {
            // A line above hosts is bounded through them.
            let per_cent = match group.kind {
                _ if taken + open == 0 => continue,
                GroupKind::FundLine => self.random.within((80, 100)),
                GroupKind::FiscalHost => self.random.within((65, 90)),
                _ => continue,
            };
            group.capacity = Some(taken + (open * u64::from(per_cent)).div_ceil(100));
        }
        Supply { groups: self.groups, organizations: self.organizations, workers: self.workers }
    }
}

/// Places that are taken where only one of some parts of the open ones is there for the area covered.
fn busy(max: u32, taken: u32, time_share: u64) -> u32 {
    max - (max - taken).div_ceil(time_share as u32)
}

/// Languages of a worker (assumption): Jincheng speaks Jin, the southern border the dialect of the Central Plains.
fn spoken(random: &mut Random) -> Vec<Language> {
    let mut languages = vec![Language::Mandarin];
    for (language, share) in [(Language::Jin, 750), (Language::CentralPlains, 80), (Language::SignLanguage, 25)] {
        if random.chance(share) {
            languages.push(language);
        }
    }
    languages
}

/// Authorities that have authorised a worker: civil affairs, and mostly those of the worker's domains.
fn authorities(random: &mut Random, domains: &[(Domain, u8)]) -> Vec<Authority> {
    let mut authorities = vec![Authority::CivilAffairs];
    for (domain, _) in domains {
        let (authority, share) = match domain {
            Domain::MentalHealth => (Authority::Health, 850),
            Domain::CommunityCorrection => (Authority::Justice, 900),
            Domain::DisabilitySupport => (Authority::DisabledFederation, 600),
            Domain::WomenFamily => (Authority::WomenFederation, 600),
            Domain::YouthBehaviour => (Authority::YouthLeague, 600),
            Domain::EmploymentAid => (Authority::HumanResources, 500),
            Domain::ElderlyCare => (Authority::MedicalInsurance, 200),
            Domain::EducationAid => (Authority::Education, 500),
            _ => continue,
        };
        if random.chance(share) {
            authorities.push(authority);
            // Joint visits with doctor, police and committee.
            if authority == Authority::Health && random.chance(250) {
                authorities.push(Authority::JointTeam);
            }
        }
    }
    authorities.sort_unstable();
    authorities
}
