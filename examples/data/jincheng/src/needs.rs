//! What residents ask for: the needs of one prefecture, in the order of its communities.

use needmatch::model::codes::{
    AgeBand, ClientGroup, Confidentiality, Consent, Domain, Emergency, Guardianship, Language, Qualification, Risk,
    ServiceType, Sex,
};

use crate::places::{County, Places};
use crate::prevalence::{Population, STREAMS, Stream, StreamKind};
use crate::profile::{Profile, profile};
use crate::protection::protect;
use crate::random::{Purpose, Random};
use crate::supply::{Supply, covers};

/// A need. Positions refer to the lists of the same prefecture.
pub(crate) struct Need {
    pub(crate) community: usize,
    pub(crate) domain: Domain,
    pub(crate) grade: &'static str,
    pub(crate) service: ServiceType,
    pub(crate) groups: Vec<ClientGroup>,
    /// Age and sex of the subject; `None` where no single person is the subject.
    pub(crate) person: Option<(AgeBand, Sex)>,
    pub(crate) juvenile_case: bool,
    pub(crate) guardianship: Option<Guardianship>,
    pub(crate) emergencies: Vec<Emergency>,
    pub(crate) min_qualification: Option<Qualification>,
    pub(crate) required_sex: Option<Sex>,
    pub(crate) languages: Vec<Language>,
    pub(crate) waiting_days: u32,
    /// Position of the first need of the same household.
    pub(crate) household: Option<usize>,
    pub(crate) current_worker: Option<usize>,
    pub(crate) current_organization: Option<usize>,
    pub(crate) preferred_workers: Vec<usize>,
    pub(crate) excluded_workers: Vec<usize>,
    pub(crate) excluded_organizations: Vec<usize>,
    pub(crate) assessor_organization: Option<usize>,
    pub(crate) confidentiality: Confidentiality,
    pub(crate) consents: Vec<Consent>,
    pub(crate) automated_decision_refused: bool,
    pub(crate) pinned_worker: Option<usize>,
}

// Shares per mille (assumptions).
/// Needs of persons that a worker or organization serves already.
const SERVED_NOW: u32 = 220;
/// Of those, served by an organization without a named worker.
const SERVED_BY_ORGANIZATION: u32 = 150;
/// Needs whose resident prefers somebody.
const WITH_PREFERENCE: u32 = 40;
/// Needs whose resident excludes a worker (a relative, a complaint), or an organization.
const EXCLUDES_WORKER: u32 = 20;
const EXCLUDES_ORGANIZATION: u32 = 10;
/// Elderly cases with an assessment on record.
const ASSESSED: u32 = 700;
/// Cases in which one of the consents asked for is missing.
const CONSENT_MISSING: u32 = 15;
/// Residents who refuse a purely automated decision.
const REFUSES_AUTOMATION: u32 = 3;
/// Needs of the same household as the need before.
const SAME_HOUSEHOLD: u32 = 120;
/// Personal care for which the resident demands a carer of the same sex.
const SAME_SEX: u32 = 600;
/// Red casework for which the caller demands a certified social worker by name of the qualification.
const DEMANDS_CERTIFIED: u32 = 400;

/// Longest waiting time in days.
const LONGEST_WAIT: u32 = 720;

/// The needs of the places of one prefecture.
pub(crate) fn needs(seed: u64, prefecture: usize, places: &Places, supply: &Supply) -> Vec<Need> {
    let mut random = Random::new(seed, Purpose::Needs, prefecture);
    let by_domain = workers_by_domain(places, supply);
    let assessors: Vec<Vec<usize>> = (0..places.counties.len()).map(|county| assessors(supply, county)).collect();
    let mut maker = Maker { random: &mut random, places, supply, by_domain, assessors, profiles: profiles() };
    let origins = maker.origins();
    let mut needs: Vec<Need> = Vec::with_capacity(origins.len());
    for (community, stream) in origins {
        let previous = needs.last().filter(|need| need.community == community);
        let household = previous.and_then(|need| need.household);
        let need = maker.need(needs.len(), community, stream, household);
        needs.push(need);
    }
    protect(&mut needs, seed, prefecture);
    pin(&mut needs, places, supply);
    needs
}

/// The population figures of a county as far as it is covered.
pub(crate) fn population(county: &County) -> Population {
    Population {
        residents: county.population,
        rural: county.rural_population,
        share60_per_mille: county.share60_per_mille,
        communities: county.communities.len() as u64,
    }
}

struct Maker<'a> {
    random: &'a mut Random,
    places: &'a Places,
    supply: &'a Supply,
    by_domain: Vec<Vec<Vec<usize>>>,
    assessors: Vec<Vec<usize>>,
    profiles: Vec<Profile>,
}

impl Maker<'_> {
    /// Where each need arises and of which stream it is, in the order of communities.
    fn origins(&mut self) -> Vec<(usize, usize)> {
        let mut origins = Vec::new();
        for county in &self.places.counties {
            for (k, stream) in STREAMS.iter().enumerate() {
                let sums = self.running_weights(county, k);
                // A part of a county may have no community where the stream arises.
                if sums.last().is_some_and(|&sum| sum > 0) {
                    for _ in 0..stream.n_needs(population(county)) {
                        origins.push((county.communities.start + self.random.by_sums(&sums), k));
                    }
                }
            }
        }
        origins.sort_unstable();
        origins
    }

    fn running_weights(&self, county: &County, stream: usize) -> Vec<u64> {
        let (rural, urban) = self.profiles[stream].weights;
        let mut sum = 0;
        let weights = self.places.communities[county.communities.clone()].iter().map(|community| {
            sum += community.population * if community.class.is_urban() { urban } else { rural };
            sum
        });
        weights.collect()
    }

    fn need(&mut self, position: usize, community: usize, stream: usize, last_household: Option<usize>) -> Need {
        let Stream { kind, domain, .. } = STREAMS[stream];
        let profile = &self.profiles[stream];
        let random = &mut *self.random;
        let (grade, risk) = random.weighted(profile.grades);
        let differs = risk == Risk::Red && !profile.services_at_red.is_empty();
        let service = random.weighted(if differs { profile.services_at_red } else { profile.services });
        let person = (!profile.ages.is_empty()).then(|| person(random, profile));
        let groups = groups(random, kind, profile, person, risk);
        let confidentiality = profile.confidentiality;
        let household = person.map(|_| match last_household {
            Some(household) if random.chance(SAME_HOUSEHOLD) => household,
            _ => position,
        });
        let required_sex = required_sex(random, kind, service, person, risk);
        let demands = service == ServiceType::CaseWork && risk == Risk::Red && random.chance(DEMANDS_CERTIFIED);
        let mean_wait = match risk {
            Risk::Red => 10,
            Risk::Yellow => 30,
            Risk::Blue => 60,
            _ => 90,
        };
        let rural = !self.places.communities[community].class.is_urban();
        let mut need = Need {
            community,
            domain,
            grade,
            service,
            juvenile_case: is_juvenile_case(random, kind, person),
            guardianship: None,
            emergencies: Vec::new(),
            min_qualification: demands.then_some(Qualification::SwCertified),
            required_sex,
            languages: person.map_or_else(Vec::new, |_| spoken(random, kind, rural)),
            waiting_days: random.exponential(mean_wait, LONGEST_WAIT),
            household,
            current_worker: None,
            current_organization: None,
            preferred_workers: Vec::new(),
            excluded_workers: Vec::new(),
            excluded_organizations: Vec::new(),
            assessor_organization: None,
            confidentiality,
            consents: consents(random, profile, &groups, person, confidentiality),
            automated_decision_refused: person.is_some() && random.chance(REFUSES_AUTOMATION),
            pinned_worker: None,
            groups,
            person,
        };
        if need.person.is_some() {
            self.relate(&mut need);
        }
        need
    }

    /// Whom the resident knows: who serves now, who is wished for, who is not, who assessed.
    fn relate(&mut self, need: &mut Need) {
        let county = self.places.communities[need.community].county;
        let serves_now = if self.random.chance(SERVED_NOW) { self.nearby(need, county) } else { None };
        if let Some(worker) = serves_now {
            need.current_organization = Some(self.supply.workers[worker].organization);
            need.current_worker = (!self.random.chance(SERVED_BY_ORGANIZATION)).then_some(worker);
        }
        if self.random.chance(WITH_PREFERENCE) {
            for _ in 0..self.random.within((1, 2)) {
                need.preferred_workers.extend(self.nearby(need, county));
            }
            need.preferred_workers.sort_unstable();
            need.preferred_workers.dedup();
        }
        if self.random.chance(EXCLUDES_WORKER) {
            let known = self.nearby(need, county);
            need.excluded_workers.extend(known.filter(|worker| !need.preferred_workers.contains(worker)));
        }
        if self.random.chance(EXCLUDES_ORGANIZATION) {
            let known = self.nearby(need, county).map(|worker| self.supply.workers[worker].organization);
            need.excluded_organizations
                .extend(known.filter(|&organization| need.current_organization != Some(organization)));
        }
        let assessed = matches!(need.domain, Domain::ElderlyCare | Domain::LeftBehindElderly);
        if assessed && !self.assessors[county].is_empty() && self.random.chance(ASSESSED) {
            need.assessor_organization = Some(self.random.pick(&self.assessors[county]));
        }
    }

    /// A worker of the need's domain whose area covers it; `None` where a few draws find none.
    fn nearby(&mut self, need: &Need, county: usize) -> Option<usize> {
        let workers = &self.by_domain[county][need.domain as usize];
        let community = self.places.communities[need.community].code;
        if workers.is_empty() {
            return None;
        }
        (0..12).map(|_| self.random.pick(workers)).find(|&worker| covers(self.supply.area_of(worker), community))
    }
}

fn profiles() -> Vec<Profile> {
    STREAMS.iter().map(|stream| profile(stream.kind)).collect()
}

/// Workers by the county of their organization and by domain.
fn workers_by_domain(places: &Places, supply: &Supply) -> Vec<Vec<Vec<usize>>> {
    let mut by_domain = vec![vec![Vec::new(); Domain::ALL.len()]; places.counties.len()];
    for (k, worker) in supply.workers.iter().enumerate() {
        for &(domain, _) in &worker.domains {
            by_domain[supply.organizations[worker.organization].county][domain as usize].push(k);
        }
    }
    by_domain
}

fn assessors(supply: &Supply, county: usize) -> Vec<usize> {
    let organizations = supply.organizations.iter().enumerate();
    organizations.filter(|(_, o)| o.assesses && o.county == county).map(|(k, _)| k).collect()
}

fn person(random: &mut Random, profile: &Profile) -> (AgeBand, Sex) {
    let age = random.weighted(profile.ages);
    (age, if random.chance(profile.women) { Sex::Female } else { Sex::Male })
}

fn groups(
    random: &mut Random,
    kind: StreamKind,
    profile: &Profile,
    person: Option<(AgeBand, Sex)>,
    risk: Risk,
) -> Vec<ClientGroup> {
    let mut groups = profile.groups.to_vec();
    groups.extend(profile.also.iter().filter(|&&(_, share)| random.chance(share)).map(|&(group, _)| group));
    if kind == StreamKind::FamilyViolence {
        if person.is_some_and(|(_, sex)| sex == Sex::Female) {
            groups.push(ClientGroup::Woman);
        }
        if risk >= Risk::Yellow {
            groups.push(ClientGroup::ViolenceVictim);
        }
    }
    match person {
        Some((age, _)) if age.is_minor() => groups.push(ClientGroup::Child),
        Some((age, _)) if age >= AgeBand::From60 => groups.push(ClientGroup::Elderly),
        _ => {}
    }
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// A case that began when the person was a minor, some of whom have come of age since.
fn is_juvenile_case(random: &mut Random, kind: StreamKind, person: Option<(AgeBand, Sex)>) -> bool {
    match (kind, person) {
        (StreamKind::Misconduct, _) => true,
        (StreamKind::Correction, Some((AgeBand::From18, _))) => random.chance(15),
        (StreamKind::Correction, Some((age, _))) => age.is_minor(),
        _ => false,
    }
}

fn required_sex(
    random: &mut Random,
    kind: StreamKind,
    service: ServiceType,
    person: Option<(AgeBand, Sex)>,
    risk: Risk,
) -> Option<Sex> {
    let (_, sex) = person?;
    let share = match (service, kind) {
        (ServiceType::PersonalCare, _) => SAME_SEX,
        (_, StreamKind::FamilyViolence) if sex == Sex::Female && risk >= Risk::Yellow => 800,
        _ => 0,
    };
    random.chance(share).then_some(sex)
}

/// Languages of a resident (assumption); empty where nothing is recorded.
fn spoken(random: &mut Random, kind: StreamKind, rural: bool) -> Vec<Language> {
    match kind {
        // One in four certificate holders is hard of hearing (2006 survey), few of whom sign.
        StreamKind::Disability if random.chance(70) => vec![Language::SignLanguage],
        StreamKind::Disability if random.chance(10) => vec![Language::Mandarin, Language::Braille],
        StreamKind::MigrantWorker if random.chance(400) => vec![Language::CentralPlains],
        StreamKind::MigrantWorker if random.chance(100) => vec![Language::Other],
        _ if rural && random.chance(300) => vec![Language::Jin],
        _ if random.chance(400) => vec![Language::Mandarin, Language::Jin],
        _ => Vec::new(),
    }
}

/// Consents on record: what the case demands, save for a few where one is missing.
fn consents(
    random: &mut Random,
    profile: &Profile,
    groups: &[ClientGroup],
    person: Option<(AgeBand, Sex)>,
    confidentiality: Confidentiality,
) -> Vec<Consent> {
    let mut consents = Vec::new();
    if profile.statutory {
        consents.push(Consent::Statutory);
    } else {
        consents.push(Consent::General);
        let guarded = person.is_some_and(|(age, _)| age.needs_guardian_consent());
        let sensitive = [
            ClientGroup::Disabled,
            ClientGroup::PrisonerChild,
            ClientGroup::SevereMentalDisorder,
            ClientGroup::ViolenceVictim,
        ];
        if guarded || confidentiality >= Confidentiality::Sensitive || groups.iter().any(|g| sensitive.contains(g)) {
            consents.push(Consent::Separate);
        }
        if guarded {
            consents.push(Consent::Guardian);
        }
    }
    if random.chance(CONSENT_MISSING) {
        consents.remove(random.below(consents.len()));
    }
    consents
}

/// Has a person's decision stand: a community's event stays with the worker who sets out from there.
///
/// Only pairs are taken that no rule could forbid: no person is the subject, the case is open to all, the papers of
/// worker and organization are in order, the way is nought.
fn pin(needs: &mut [Need], places: &Places, supply: &Supply) {
    let mut pinned_worker = vec![false; supply.workers.len()];
    let mut room = Room::of(supply);
    for need in needs.iter_mut().filter(|need| need.domain == Domain::CommunityIntegration && !need.consents.is_empty())
    {
        let found = supply.workers.iter().enumerate().find(|(k, worker)| {
            let organization = &supply.organizations[worker.organization];
            let serves = worker.domains.iter().any(|(domain, _)| *domain == need.domain);
            let in_order = worker.qualifications[0].1.is_none_or(|day| !day.expired());
            let suits = need.service == ServiceType::Activity && worker.base == need.community;
            let sound = organization.legal_person.is_some() && organization.compliant == Some(true);
            let free = worker.caseload_current < worker.caseload_max && !pinned_worker[*k];
            let covered = covers(supply.area_of(*k), places.communities[need.community].code);
            serves && in_order && suits && sound && free && covered && room.is_left(worker.organization)
        });
        if let Some((k, worker)) = found {
            need.pinned_worker = Some(k);
            pinned_worker[k] = true;
            room.take(worker.organization);
        }
    }
}

/// Open places of organizations and the groups above them.
struct Room<'a> {
    supply: &'a Supply,
    of_organization: Vec<u32>,
    of_group: Vec<u64>,
}

impl<'a> Room<'a> {
    fn of(supply: &'a Supply) -> Self {
        let mut room = Self {
            supply,
            of_organization: supply.organizations.iter().map(|o| o.capacity_max - o.capacity_current).collect(),
            of_group: supply.groups.iter().map(|group| group.capacity.unwrap_or(u64::MAX)).collect(),
        };
        for (k, organization) in supply.organizations.iter().enumerate() {
            for group in room.groups_above(k) {
                room.of_group[group] -= u64::from(organization.capacity_current);
            }
        }
        room
    }

    fn groups_above(&self, organization: usize) -> impl Iterator<Item = usize> + use<'a> {
        let supply = self.supply;
        std::iter::successors(supply.organizations[organization].group, |&group| supply.groups[group].parent)
    }

    fn is_left(&self, organization: usize) -> bool {
        self.of_organization[organization] > 0 && self.groups_above(organization).all(|group| self.of_group[group] > 0)
    }

    fn take(&mut self, organization: usize) {
        self.of_organization[organization] -= 1;
        self.groups_above(organization).for_each(|group| self.of_group[group] -= 1);
    }
}
