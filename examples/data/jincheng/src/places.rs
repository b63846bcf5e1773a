//! Where people live: the real villages with synthetic populations, points and urban-rural classes.
//!
//! The divisions and the population of each county are real. Not published, and so drawn at random: how many of a
//! county's residents live in each village, where exactly the village lies, and its urban-rural class, which the
//! statistics office assigns but the division table does not carry.

use std::ops::Range;

use needmatch::model::Point;
use needmatch::model::codes::UrbanRuralClass;

use crate::facts::{self, TownshipKind, VillageKind};
use crate::random::{Purpose, Random, apportion};
use crate::size::Size;

/// The county of [`Size::County`]: Yangcheng, the one whose needs come nearest to five thousand.
const SAMPLE_COUNTY: u64 = 140_522;

/// Pilot communities of each county, in the order of their codes (the plan asks for three to five).
const N_PILOTS: [usize; 6] = [5, 4, 4, 4, 5, 5];

/// Residents of a pilot community, as near as a county has them (assumption).
const PILOT_RESIDENTS: u64 = 2400;

/// Farthest that a pilot community lies from the county seat (assumption).
const PILOT_KM: f64 = 15.0;

/// Staff of the surroundings that a pilot community shares (assumption).
const PILOT_TIME_SHARE: u64 = 6;

/// Standard deviation of the logarithm of a village's population (assumption).
const POPULATION_SPREAD: f64 = 0.7;

/// Length of a degree of latitude.
const KM_PER_DEGREE: f64 = 111.2;

/// The part of a prefecture that a sample covers.
#[derive(Debug)]
pub(crate) struct Places {
    pub(crate) counties: Vec<County>,
    pub(crate) townships: Vec<Township>,
    pub(crate) communities: Vec<Community>,
    /// Pilot communities are served by those who serve their surroundings too: so many times the staff, each with
    /// one part in so many of the open places. 1 where everything is covered.
    pub(crate) time_share: u64,
}

/// A county.
#[derive(Debug)]
pub(crate) struct County {
    /// Division code of twelve digits.
    pub(crate) code: u64,
    /// Position among the six counties of a prefecture.
    pub(crate) position: usize,
    pub(crate) share60_per_mille: u64,
    /// Residents of the communities covered.
    pub(crate) population: u64,
    /// Those of them in communities of a rural class.
    pub(crate) rural_population: u64,
    /// Residents of the whole county.
    pub(crate) whole_population: u64,
    /// Townships of the whole county.
    pub(crate) n_whole_townships: usize,
    pub(crate) townships: Range<usize>,
    pub(crate) communities: Range<usize>,
}

/// A township.
#[derive(Debug)]
pub(crate) struct Township {
    /// Division code of twelve digits.
    pub(crate) code: u64,
    pub(crate) communities: Range<usize>,
}

/// A community: a village or neighbourhood.
#[derive(Clone, Debug)]
pub(crate) struct Community {
    /// Division code of twelve digits.
    pub(crate) code: u64,
    /// Official name; `None` in a synthetic prefecture.
    pub(crate) name: Option<&'static str>,
    pub(crate) county: usize,
    pub(crate) population: u64,
    pub(crate) class: UrbanRuralClass,
    /// Run by a residents' committee.
    pub(crate) residents_committee: bool,
    pub(crate) point: Point,
    pub(crate) pilot: bool,
}

impl Places {
    /// The places of one prefecture that a sample covers; prefecture 0 is Jincheng.
    pub(crate) fn new(size: Size, seed: u64, prefecture: usize) -> Self {
        let communities = choose_pilots(all_communities(seed, prefecture), prefecture);
        let kept = communities.into_iter().filter(|community| match size {
            Size::Pilot => community.pilot,
            Size::County => community.code / 1_000_000 == SAMPLE_COUNTY,
            Size::City | Size::Province => true,
        });
        let time_share = if size == Size::Pilot { PILOT_TIME_SHARE } else { 1 };
        Self::of_communities(kept.collect(), prefecture, time_share)
    }

    fn of_communities(mut communities: Vec<Community>, prefecture: usize, time_share: u64) -> Self {
        let townships: Vec<Township> = ranges(&communities, |community| community.code / 1000)
            .map(|(code, range)| Township { code: code * 1000, communities: range })
            .collect();
        let facts = facts::counties();
        let all_townships = facts::townships();
        let counties: Vec<County> = ranges(&communities, |community| community.code / 1_000_000)
            .map(|(code, range)| {
                let position = communities[range.start].county;
                let fact = &facts[position];
                let members = &communities[range.clone()];
                let start = townships.partition_point(|township| township.code / 1_000_000 < code);
                let end = townships.partition_point(|township| township.code / 1_000_000 <= code);
                County {
                    code: code * 1_000_000,
                    position,
                    share60_per_mille: fact.share60_per_mille,
                    population: members.iter().map(|c| c.population).sum(),
                    rural_population: members.iter().filter(|c| !c.class.is_urban()).map(|c| c.population).sum(),
                    whole_population: fact.population,
                    n_whole_townships: all_townships.iter().filter(|t| t.code / 1_000_000 == fact.code).count(),
                    townships: start..end,
                    communities: range,
                }
            })
            .collect();
        for (k, county) in counties.iter().enumerate() {
            communities[county.communities.clone()].iter_mut().for_each(|community| community.county = k);
        }
        if prefecture > 0 {
            communities.iter_mut().for_each(|community| community.name = None);
        }
        Self { counties, townships, communities, time_share }
    }
}

/// Runs of neighbours that share a key.
fn ranges<K: Fn(&Community) -> u64>(communities: &[Community], key: K) -> impl Iterator<Item = (u64, Range<usize>)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let first = key(communities.get(start)?);
        let length = communities[start..].iter().take_while(|community| key(community) == first).count();
        let range = start..start + length;
        start = range.end;
        Some((first, range))
    })
}

/// The communities of a whole prefecture, in the order of their codes.
fn all_communities(seed: u64, prefecture: usize) -> Vec<Community> {
    let mut random = Random::new(seed, Purpose::Places, prefecture);
    let townships = facts::townships();
    let mut communities = Vec::new();
    for (position, county) in facts::counties().iter().enumerate() {
        let start = communities.len();
        for township in townships.iter().filter(|township| township.code / 1_000_000 == county.code) {
            let centre = township_centre(&mut random, county, township);
            for (nth, village) in township.villages.iter().enumerate() {
                let class = class_of(county, township, nth);
                communities.push(Community {
                    code: moved_code(village.code, prefecture),
                    name: Some(village.name),
                    county: position,
                    population: 0,
                    class,
                    residents_committee: village.kind == VillageKind::Residents,
                    point: moved_point(near(&mut random, county, centre, spread_km(township, class)), prefecture),
                    pilot: false,
                });
            }
        }
        let members = &mut communities[start..];
        let weights: Vec<f64> =
            members.iter().map(|community| weight(community) * random.lognormal(POPULATION_SPREAD)).collect();
        for (community, population) in members.iter_mut().zip(apportion(county.population, &weights)) {
            community.population = population;
        }
    }
    communities
}

/// The urban-rural class (assumption: it follows the kinds of township and committee).
fn class_of(county: &facts::County, township: &facts::Township, nth: usize) -> UrbanRuralClass {
    let in_main_city = county.seat_township.is_none() && county.code % 100 < 20;
    let kind = township.villages[nth].kind;
    match (township.kind, kind) {
        (_, VillageKind::Like) => UrbanRuralClass::SpecialArea,
        (TownshipKind::Street, VillageKind::Residents) if in_main_city => UrbanRuralClass::MainUrban,
        (TownshipKind::Street, VillageKind::Villagers) if in_main_city => UrbanRuralClass::UrbanFringe,
        (_, VillageKind::Residents) => UrbanRuralClass::TownCentre,
        (TownshipKind::Street, _) => UrbanRuralClass::TownFringe,
        (TownshipKind::Town, _) if county.seat_township == Some(township.code) || in_main_city => {
            UrbanRuralClass::TownFringe
        }
        (TownshipKind::Town, _) if nth == 0 => UrbanRuralClass::TownCentre,
        (TownshipKind::Rural, _) if nth == 0 => UrbanRuralClass::TownshipCentre,
        _ => UrbanRuralClass::Village,
    }
}

/// Usual size of a community beside a village's (assumption; gives the census's 37 % rural residents).
fn weight(community: &Community) -> f64 {
    match community.class {
        UrbanRuralClass::MainUrban => 5.0,
        UrbanRuralClass::TownCentre => 5.0,
        UrbanRuralClass::UrbanFringe | UrbanRuralClass::SpecialArea => 2.0,
        UrbanRuralClass::TownFringe => 2.4,
        UrbanRuralClass::TownshipCentre => 1.5,
        _ => 1.0,
    }
}

/// The published centre, the county seat for the seat's town and streets, otherwise anywhere in the outline.
fn township_centre(random: &mut Random, county: &facts::County, township: &facts::Township) -> Point {
    if let Some(point) = township.point {
        return point;
    }
    if county.seat_township == Some(township.code) {
        return county.seat;
    }
    if township.kind == TownshipKind::Street {
        return near(random, county, county.seat, 2.0);
    }
    let mut between = |low: f64, high: f64| low + (high - low) * random.unit();
    Point { lon: between(county.min.lon, county.max.lon), lat: between(county.min.lat, county.max.lat) }
}

/// How far villages lie from their township's centre, as a standard deviation in each direction (assumption).
fn spread_km(township: &facts::Township, class: UrbanRuralClass) -> f64 {
    match township.kind {
        TownshipKind::Street => 1.5,
        _ if class.is_urban() => 3.0,
        _ => 6.0,
    }
}

/// A point around a centre, in the county's outline.
fn near(random: &mut Random, county: &facts::County, centre: Point, spread_km: f64) -> Point {
    let km_per_degree_east = KM_PER_DEGREE * libm::cos(centre.lat.to_radians());
    loop {
        let lon = centre.lon + random.normal() * spread_km / km_per_degree_east;
        let lat = centre.lat + random.normal() * spread_km / KM_PER_DEGREE;
        let inside = county.min.lon <= lon && lon <= county.max.lon && county.min.lat <= lat && lat <= county.max.lat;
        if inside {
            return Point { lon, lat };
        }
    }
}

/// Numbers synthetic prefectures under the province code 99, which GB/T 2260 leaves free.
fn moved_code(code: u64, prefecture: usize) -> u64 {
    const PREFECTURE: u64 = 100_000_000;
    if prefecture == 0 { code } else { (9900 + prefecture as u64) * PREFECTURE + code % PREFECTURE }
}

/// Lays the prefectures out as tiles that do not touch, four in a row. Four digits are about ten metres.
fn moved_point(point: Point, prefecture: usize) -> Point {
    let round = |degrees: f64| (degrees * 10_000.0).round() / 10_000.0;
    let (column, row) = ((prefecture % 4) as f64, (prefecture / 4) as f64);
    Point { lon: round(point.lon + 2.0 * column), lat: round(point.lat - 1.2 * row) }
}

/// Marks the pilot communities: those near the seat with the wanted number of residents, one to a township and half
/// of them rural where the county has such.
fn choose_pilots(mut communities: Vec<Community>, prefecture: usize) -> Vec<Community> {
    let seats: Vec<Point> = facts::counties().iter().map(|county| moved_point(county.seat, prefecture)).collect();
    let mut by_fit: Vec<usize> = (0..communities.len())
        .filter(|&k| communities[k].point.distance_km(seats[communities[k].county]) <= PILOT_KM)
        .collect();
    by_fit.sort_by_key(|&k| (communities[k].population.abs_diff(PILOT_RESIDENTS), communities[k].code));
    for (county, &n_pilots) in N_PILOTS.iter().enumerate() {
        let mut chosen: Vec<usize> = Vec::new();
        // Rural ones first, then urban ones, then whoever is left, at last from townships that have one already.
        for (rural, urban, apart, wanted) in
            [(true, false, true, n_pilots / 2), (false, true, true, n_pilots), (true, true, false, n_pilots)]
        {
            for &k in &by_fit {
                let community = &communities[k];
                let fits = community.county == county && if community.class.is_urban() { urban } else { rural };
                let is_apart = chosen.iter().all(|&other| communities[other].code / 1000 != community.code / 1000);
                if fits && (is_apart || !apart) && !chosen.contains(&k) && chosen.len() < wanted {
                    chosen.push(k);
                }
            }
        }
        chosen.into_iter().for_each(|k| communities[k].pilot = true);
    }
    communities
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn populations_of_villages_sum_to_the_census() {
        for prefecture in [0, 3] {
            let places = Places::new(Size::Province, 5, prefecture);
            for (county, fact) in places.counties.iter().zip(facts::counties()) {
                assert_eq!(county.population, fact.population, "{}", fact.name);
            }
        }
    }

    #[test]
    fn the_rural_share_is_near_the_census() {
        let places = Places::new(Size::City, 1, 0);
        let rural: u64 = places.counties.iter().map(|county| county.rural_population).sum();
        let total: u64 = places.counties.iter().map(|county| county.population).sum();
        let per_mille = rural * 1000 / total;
        assert!((340..=400).contains(&per_mille), "{per_mille}");
    }

    #[test]
    fn points_lie_in_their_county() {
        let facts = facts::counties();
        for community in Places::new(Size::City, 1, 0).communities {
            let county = &facts[community.county];
            let slack = 0.0001;
            assert!(county.min.lon - slack <= community.point.lon && community.point.lon <= county.max.lon + slack);
            assert!(county.min.lat - slack <= community.point.lat && community.point.lat <= county.max.lat + slack);
        }
    }

    #[test]
    fn each_county_has_its_pilots_mostly_in_different_townships() {
        let places = Places::new(Size::Pilot, 1, 0);
        assert_eq!(places.communities.len(), 27);
        assert!(places.townships.len() >= 20, "{}", places.townships.len());
        let counts: Vec<usize> = places.counties.iter().map(|county| county.communities.len()).collect();
        assert_eq!(counts, N_PILOTS);
        let rural = places.communities.iter().filter(|community| !community.class.is_urban()).count();
        assert!(rural >= 8, "{rural}");
    }

    #[test]
    fn synthetic_prefectures_do_not_share_codes_or_ground() {
        let (first, second) = (Places::new(Size::Province, 1, 0), Places::new(Size::Province, 1, 1));
        assert!(second.communities.iter().all(|c| c.code / 10_000_000_000 == 99 && c.name.is_none()));
        let east = first.communities.iter().map(|c| c.point.lon).fold(f64::MIN, f64::max);
        let west = second.communities.iter().map(|c| c.point.lon).fold(f64::MAX, f64::min);
        assert!(east + 0.2 < west);
    }
}
