//! How many organizations and workers there are, per county, with the source of each figure.

use needmatch::model::codes::GroupKind;

use super::Supply;
use super::builder::{Builder, Seat};
use super::forms::{self, Form};
use super::funds;
use super::roles::{self, Role};

/// Certified social workers per million residents who serve in each county, in the order of the codes.
///
/// Together 338 per million, as in neighbouring Jinzhong (1,142 certified for 3.38 million residents in 2023), which
/// gives Jincheng about 740. That more than half of them serve in the main city is an assumption.
const CERTIFIED_PER_MILLION: [u64; 6] = [710, 115, 205, 110, 205, 295];

/// Professional agencies in each county: eight, as six to nine follow from Jinzhong's nine.
const N_AGENCIES: [u64; 6] = [3, 1, 1, 1, 1, 1];

/// Workers of ten stations; one station per township (national 2021: 2.35 per station; Quanzhou 2023: 2.5).
const STATION_WORKERS_PER_TEN_TOWNSHIPS: u64 = 22;

/// Station workers with a national certificate, per cent (assumption).
const STATION_CERTIFIED_PER_CENT: u64 = 40;

/// Where the certified workers beside the stations' serve, per cent (assumption); the rest in committees.
const AGENCY_PER_CENT: u64 = 26;
const INSTITUTION_PER_CENT: u64 = 18;
const ASSOCIATION_PER_CENT: u64 = 6;

/// The county, by its place in the order of the codes, whose round of awards for filed groups begins late (assumption).
const LATE_AWARDS_POSITION: usize = 3;

/// Certified agency workers for community correction, per million (assumption: 880 subjects at one to fifty
/// would need 18 with nothing else to do; these have most of their caseload taken).
const CORRECTION_PER_MILLION: u64 = 13;

/// Other staff per million residents (assumptions).
const CARERS_PER_MILLION: u64 = 260;
const THERAPISTS_PER_MILLION: u64 = 22;
const COUNSELLORS_PER_MILLION: u64 = 24;
const PSYCHIATRIC_PER_MILLION: u64 = 3;
const LAWYERS_PER_MILLION: u64 = 11;
const TEACHERS_PER_MILLION: u64 = 60;
const FAMILY_GUIDES_PER_MILLION: u64 = 23;
const MEDIATORS_PER_MILLION: u64 = 70;
const VOLUNTEERS_PER_MILLION: u64 = 115;

/// Organizations per million residents that take part in the matching (assumptions; of registered ones there are
/// about 630 per million nationally, and most do no such work).
const ENTERPRISES_PER_MILLION: u64 = 18;
const CARE_HOMES_PER_MILLION: u64 = 18;
const ASSOCIATIONS_PER_MILLION: u64 = 20;
const FILED_GROUPS_PER_MILLION: u64 = 130;
const VOLUNTEER_TEAMS_PER_MILLION: u64 = 90;

/// Filed groups that found no fiscal host, per mille (assumption).
const WITHOUT_HOST_PER_MILLE: u32 = 120;

/// Residents for each fiscal host (assumption).
const RESIDENTS_PER_HOST: u64 = 150_000;

/// Fills all counties.
pub(super) fn staff(mut builder: Builder<'_>) -> Supply {
    let federation = builder.group(GroupKind::Federation, None);
    for county in 0..builder.places.counties.len() {
        County::new(&mut builder, county).fill(federation);
    }
    builder.finish()
}

/// One county that is being filled.
struct County<'b, 'a> {
    builder: &'b mut Builder<'a>,
    county: usize,
    group: usize,
    area: Vec<u64>,
    /// Certified workers not yet placed.
    certified: u64,
}

impl<'b, 'a> County<'b, 'a> {
    fn new(builder: &'b mut Builder<'a>, county: usize) -> Self {
        let group = builder.group(GroupKind::County, None);
        let of = &builder.places.counties[county];
        let (area, rate) = (vec![of.code], CERTIFIED_PER_MILLION[of.position]);
        let certified = (of.population * rate * builder.places.time_share + 500_000) / 1_000_000;
        Self { builder, county, group, area, certified }
    }

    fn fill(mut self, federation: usize) {
        self.stations();
        let others = self.certified;
        self.agencies(federation, others * AGENCY_PER_CENT / 100);
        self.hospital(others * INSTITUTION_PER_CENT / 100);
        self.associations(others * ASSOCIATION_PER_CENT / 100);
        self.care();
        self.learning_and_law();
        self.committees();
        self.community_groups();
    }

    /// So many per million residents. What rounding takes from one county the next one gets, so that small areas
    /// have their due together.
    fn per_million(&self, rate: u64) -> u64 {
        let rate = rate * self.builder.places.time_share;
        let rounded = |residents: u64| (residents * rate + 500_000) / 1_000_000;
        let counties = &self.builder.places.counties;
        let before: u64 = counties[..self.county].iter().map(|county| county.population).sum();
        rounded(before + counties[self.county].population) - rounded(before)
    }

    /// Takes certified workers out of those not yet placed.
    fn take_certified(&mut self, wanted: u64) -> u64 {
        let taken = wanted.min(self.certified);
        self.certified -= taken;
        taken
    }

    /// An organization at the county seat for the whole county.
    fn seated(&mut self, form: &Form, group: usize) -> usize {
        let (county, area) = (self.county, self.area.clone());
        let base = self.builder.home(county, true);
        self.builder.organization(form, Seat { county, base, area, group: Some(group) })
    }

    fn professionals(&mut self, count: u64, role: &Role, organization: usize) {
        let county = self.county;
        self.builder.workers(count, role, organization, |builder| builder.professional_home(county));
    }

    /// Stations with their workers, the child supervisors and directors, and the health centres beside them.
    fn stations(&mut self) {
        let places = self.builder.places;
        let county = &places.counties[self.county];
        let whole = county.n_whole_townships as u64 * STATION_WORKERS_PER_TEN_TOWNSHIPS / 10;
        let workers = (whole * county.population * places.time_share / county.whole_population).max(1);
        let townships: Vec<usize> = county.townships.clone().collect();
        let n_stations = (workers as usize / 2).clamp(1, townships.len());
        let certified = self.take_certified(workers * STATION_CERTIFIED_PER_CENT / 100);
        let fund = self.builder.fund_line(self.county, self.group, funds::STATIONS);
        for station in 0..n_stations {
            let own: Vec<usize> = townships.iter().copied().skip(station).step_by(n_stations).collect();
            let area: Vec<u64> = own.iter().map(|&k| places.townships[k].code).collect();
            let base = largest(self.builder, own[0]);
            let seat = |group| Seat { county: self.county, base, area: area.clone(), group: Some(group) };
            let (of_fund, of_county) = (seat(fund), seat(self.group));
            let organization = self.builder.organization(&forms::STATION, of_fund);
            for nth in (station..workers as usize).step_by(n_stations) {
                let is_certified = (nth as u64) < certified;
                let role = if is_certified { &roles::STATION_CERTIFIED } else { &roles::STATION_AUXILIARY };
                self.builder.worker(role, organization, base);
            }
            let health_centre = self.builder.organization(&forms::INSTITUTION, of_county);
            self.builder.worker(&roles::MENTAL_HEALTH_MANAGER, health_centre, base);
            for township in own {
                let supervisor_base = largest(self.builder, township);
                self.builder.worker(&roles::CHILD_SUPERVISOR, organization, supervisor_base);
                for community in places.townships[township].communities.clone() {
                    self.builder.worker(&roles::CHILD_DIRECTOR, organization, community);
                }
            }
        }
    }

    /// Professional agencies; the first in the main city serves the whole prefecture.
    fn agencies(&mut self, federation: usize, certified: u64) {
        let county = &self.builder.places.counties[self.county];
        let (position, code) = (county.position, county.code);
        let whole = county.population == county.whole_population;
        let n_agencies = if whole { N_AGENCIES[position] } else { u64::from(self.county == 0) };
        if n_agencies == 0 {
            return;
        }
        let certified = self.take_certified(certified);
        let correction = self.per_million(CORRECTION_PER_MILLION).min(certified);
        let counsellors = self.per_million(COUNSELLORS_PER_MILLION) / 2;
        for nth in 0..n_agencies {
            let organization = self.seated(&forms::AGENCY, federation);
            if position == 0 && nth == 0 {
                self.builder.serve(organization, code / 100_000_000 * 100_000_000);
            }
            self.professionals(part(correction, nth, n_agencies), &roles::CORRECTION, organization);
            self.professionals(part(certified - correction, nth, n_agencies), &roles::AGENCY, organization);
            self.professionals(part(counsellors, nth, n_agencies), &roles::COUNSELLOR, organization);
            if nth == 1 || n_agencies == 1 {
                self.builder.let_assess(organization);
            }
        }
    }

    /// The county hospital, which also assesses elderly residents.
    fn hospital(&mut self, certified: u64) {
        let hospital = self.seated(&forms::INSTITUTION, self.group);
        self.builder.let_assess(hospital);
        let certified = self.take_certified(certified);
        self.professionals(certified, &roles::INSTITUTION, hospital);
        self.professionals(self.per_million(THERAPISTS_PER_MILLION), &roles::THERAPIST, hospital);
        self.professionals(self.per_million(COUNSELLORS_PER_MILLION).div_ceil(2), &roles::COUNSELLOR, hospital);
        self.professionals(self.per_million(PSYCHIATRIC_PER_MILLION), &roles::PSYCHIATRIC, hospital);
    }

    fn associations(&mut self, certified: u64) {
        let certified = self.take_certified(certified);
        let count = self.per_million(ASSOCIATIONS_PER_MILLION).max(1);
        for nth in 0..count {
            let organization = self.seated(&forms::ASSOCIATION, self.group);
            self.professionals(part(certified, nth, count), &roles::ASSOCIATION, organization);
        }
        if self.builder.places.counties[self.county].position == 0 {
            let charity = self.builder.fund_line(self.county, self.group, funds::CHARITY);
            self.seated(&forms::FOUNDATION, charity);
        }
    }

    /// Home-care firms and care homes with their carers, under one fund line.
    fn care(&mut self) {
        let fund = self.builder.fund_line(self.county, self.group, funds::CARE);
        let carers = self.per_million(CARERS_PER_MILLION).max(1);
        let firms = self.per_million(ENTERPRISES_PER_MILLION).max(1);
        let homes = self.per_million(CARE_HOMES_PER_MILLION);
        for nth in 0..firms + homes {
            let form = if nth < firms { &forms::ENTERPRISE } else { &forms::INSTITUTION };
            let organization = self.seated(form, fund);
            let county = self.county;
            let count = part(carers, nth, firms + homes);
            self.builder.workers(count, &roles::CARER, organization, |builder| {
                let urban = builder.random.chance(600);
                builder.home(county, urban)
            });
        }
    }

    /// The school centre and the legal aid centre.
    fn learning_and_law(&mut self) {
        let teachers = self.per_million(TEACHERS_PER_MILLION);
        let guides = self.per_million(FAMILY_GUIDES_PER_MILLION);
        if teachers + guides > 0 {
            let school = self.seated(&forms::INSTITUTION, self.group);
            let county = self.county;
            self.builder.workers(teachers, &roles::TEACHER, school, |builder| builder.home(county, false));
            self.professionals(guides, &roles::FAMILY_GUIDE, school);
        }
        let lawyers = self.per_million(LAWYERS_PER_MILLION);
        if lawyers > 0 {
            let centre = self.seated(&forms::INSTITUTION, self.group);
            self.professionals(lawyers, &roles::LAWYER, centre);
        }
    }

    /// Residents' committees with the certified workers who are left, and with mediators.
    fn committees(&mut self) {
        let places = self.builder.places;
        let mut seats: Vec<usize> = places.counties[self.county].communities.clone().collect();
        seats.sort_by_key(|&k| {
            let community = &places.communities[k];
            (!community.residents_committee, std::cmp::Reverse(community.population), community.code)
        });
        let certified = self.take_certified(u64::MAX);
        let mediators = self.per_million(MEDIATORS_PER_MILLION);
        let count = (certified.max(mediators).div_ceil(2) as usize).min(seats.len());
        for (nth, &base) in seats[..count].iter().enumerate() {
            let area = vec![places.communities[base].code / 1000 * 1000];
            let seat = Seat { county: self.county, base, area, group: Some(self.group) };
            let organization = self.builder.organization(&forms::COMMITTEE, seat);
            let share = |total| part(total, nth as u64, count as u64);
            self.builder.workers(share(certified), &roles::COMMITTEE, organization, |_| base);
            self.builder.workers(share(mediators), &roles::MEDIATOR, organization, |_| base);
        }
    }

    /// Filed groups and volunteer teams under fiscal hosts.
    fn community_groups(&mut self) {
        let residents = self.builder.places.counties[self.county].population;
        let n_hosts = (residents / RESIDENTS_PER_HOST).clamp(1, 3);
        let is_late = self.builder.places.counties[self.county].position == LATE_AWARDS_POSITION;
        let terms = if is_late { funds::LATE_AWARDS } else { funds::AWARDS };
        let awards = self.builder.fund_line(self.county, self.group, terms);
        let hosts: Vec<usize> = (0..n_hosts).map(|_| self.builder.group(GroupKind::FiscalHost, Some(awards))).collect();
        let n_groups = self.per_million(FILED_GROUPS_PER_MILLION).max(1);
        let n_teams = self.per_million(VOLUNTEER_TEAMS_PER_MILLION).max(1);
        let volunteers = self.per_million(VOLUNTEERS_PER_MILLION);
        for nth in 0..n_groups + n_teams {
            let base = self.builder.home(self.county, false);
            let community = self.builder.places.communities[base].code;
            let in_township = self.builder.random.chance(650);
            let area = vec![if in_township { community / 1000 * 1000 } else { community }];
            let hosted = !self.builder.random.chance(WITHOUT_HOST_PER_MILLE);
            let group = if hosted { self.builder.random.pick(&hosts) } else { self.group };
            let form = if nth < n_groups { &forms::FILED_GROUP } else { &forms::VOLUNTEER_TEAM };
            let seat = Seat { county: self.county, base, area, group: Some(group) };
            let organization = self.builder.organization(form, seat);
            if nth >= n_groups {
                let count = part(volunteers, nth - n_groups, n_teams);
                self.builder.workers(count, &roles::VOLUNTEER, organization, |_| base);
            }
        }
    }
}

/// The nth of some parts of a total that differ by at most one.
fn part(total: u64, nth: u64, parts: u64) -> u64 {
    total * (nth + 1) / parts - total * nth / parts
}

/// The most populous community of a township.
fn largest(builder: &Builder<'_>, township: usize) -> usize {
    let members = builder.places.townships[township].communities.clone();
    let largest = members.clone().rev().max_by_key(|&k| builder.places.communities[k].population);
    largest.unwrap_or(members.start)
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn parts_sum_to_the_total() {
        for (total, parts) in [(0, 3), (7, 3), (100, 7), (3, 5)] {
            assert_eq!((0..parts).map(|nth| part(total, nth, parts)).sum::<u64>(), total);
        }
    }
}
