//! The real figures: counties and divisions of Jincheng as carried in `data/`, see `data/SOURCES.md`.

use needmatch::model::Point;

/// The official population of the city at the census of 2020. The county figures are rounded to hundreds and miss
/// it by 45.
pub const CITY_POPULATION_2020: u64 = 2_194_545;

/// What is known of one county, county-level city or urban district.
#[derive(Clone, Debug)]
pub struct County {
    /// Division code of six digits.
    pub code: u64,
    /// Chinese name.
    pub name: &'static str,
    /// Resident population at the census of 2020.
    pub population: u64,
    /// Residents of 60 and more, per mille.
    pub share60_per_mille: u64,
    /// Code of the town where the county government sits; `None` where that is made up of streets.
    pub seat_township: Option<u64>,
    /// The county seat.
    pub seat: Point,
    /// South-western corner of the county's outline.
    pub min: Point,
    /// North-eastern corner of the county's outline.
    pub max: Point,
}

/// A township (街道, 镇 or 乡) with its villages.
#[derive(Clone, Debug)]
pub struct Township {
    /// Division code of twelve digits.
    pub code: u64,
    /// What kind of township it is.
    pub kind: TownshipKind,
    /// The centre of its published outline, where one is known.
    pub point: Option<Point>,
    /// Its villages and neighbourhoods in the order of their codes.
    pub villages: Vec<Village>,
}

/// The kinds of township.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TownshipKind {
    /// 街道.
    Street,
    /// 镇.
    Town,
    /// 乡.
    Rural,
}

/// A village or neighbourhood.
#[derive(Clone, Debug)]
pub struct Village {
    /// Division code of twelve digits.
    pub code: u64,
    /// What kind of committee runs it.
    pub kind: VillageKind,
    /// Official name.
    pub name: &'static str,
}

/// The kinds of committee, as the last three digits of the code tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VillageKind {
    /// 居委会, 001–199.
    Residents,
    /// 村委会, 200–399.
    Villagers,
    /// 类似居委会, 400–499: mines, farms, schools.
    Like,
}

/// The six counties in the order of their codes.
#[must_use]
pub fn counties() -> Vec<County> {
    rows(include_str!("../data/counties.csv"))
        .map(|cell| {
            let point = |k: usize| Point { lon: number(cell[k]), lat: number(cell[k + 1]) };
            County {
                code: number(cell[0]),
                name: cell[1],
                population: number(cell[3]),
                share60_per_mille: number(cell[5]),
                seat_township: (!cell[7].is_empty()).then(|| number(cell[7])),
                seat: point(8),
                min: point(10),
                max: point(12),
            }
        })
        .collect()
}

/// The 77 townships in the order of their codes.
#[must_use]
pub fn townships() -> Vec<Township> {
    let points: Vec<(u64, Point)> = rows(include_str!("../data/township_points.csv"))
        .map(|cell| (number(cell[0]), Point { lon: number(cell[2]), lat: number(cell[3]) }))
        .collect();
    let mut townships: Vec<Township> = Vec::new();
    for cell in rows(include_str!("../data/divisions.csv")) {
        let code: u64 = number(cell[0]);
        match cell[1] {
            "township" => townships.push(Township {
                code,
                kind: match cell[2] {
                    "street" => TownshipKind::Street,
                    "town" => TownshipKind::Town,
                    _ => TownshipKind::Rural,
                },
                point: points.iter().find(|(of, _)| *of == code).map(|&(_, point)| point),
                villages: Vec::new(),
            }),
            "village" => {
                let parent: u64 = number(cell[4]);
                let township = townships.iter_mut().find(|township| township.code == parent);
                township.expect("the table names every township before its villages").villages.push(Village {
                    code,
                    kind: match cell[2] {
                        "ju" => VillageKind::Residents,
                        "cun" => VillageKind::Villagers,
                        _ => VillageKind::Like,
                    },
                    name: cell[3],
                });
            }
            _ => {}
        }
    }
    townships
}

/// The rows of a table below its heading. The tables hold no quotation marks.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().skip(1).map(|line| line.split(',').collect())
}

fn number<T: std::str::FromStr>(text: &str) -> T {
    text.parse().ok().expect("the tables in data/ are part of this crate, and a test reads them all")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_division_table_has_the_published_counts() {
        let townships = townships();
        assert_eq!(townships.len(), 77);
        let count = |kind| townships.iter().filter(|t| t.kind == kind).count();
        assert_eq!([TownshipKind::Street, TownshipKind::Town, TownshipKind::Rural].map(count), [10, 52, 15]);
        let villages: Vec<_> = townships.iter().flat_map(|t| &t.villages).collect();
        let count = |kind| villages.iter().filter(|v| v.kind == kind).count();
        assert_eq!(
            [VillageKind::Residents, VillageKind::Villagers, VillageKind::Like].map(count),
            [164, 1548, 17],
            "居委会, 村委会 and 类似居委会 of the 2023 edition"
        );
    }

    #[test]
    fn the_counts_of_each_county_agree_with_the_facts() {
        let townships = townships();
        for cell in rows(include_str!("../data/counties.csv")) {
            let county: u64 = number(cell[0]);
            let of_county: Vec<_> = townships.iter().filter(|t| t.code / 1_000_000 == county).collect();
            let n_townships: usize = cell[15..18].iter().map(|cell| number::<usize>(cell)).sum();
            let n_villages: usize = cell[18..21].iter().map(|cell| number::<usize>(cell)).sum();
            assert_eq!(of_county.len(), n_townships, "{county}");
            assert_eq!(of_county.iter().map(|t| t.villages.len()).sum::<usize>(), n_villages, "{county}");
        }
    }

    #[test]
    fn codes_ascend_and_tell_the_kind() {
        let townships = townships();
        let codes: Vec<u64> = townships.iter().flat_map(|t| t.villages.iter().map(|v| v.code)).collect();
        assert!(codes.is_sorted_by(|a, b| a < b));
        for village in townships.iter().flat_map(|t| &t.villages) {
            let kind = match village.code % 1000 {
                1..200 => VillageKind::Residents,
                200..400 => VillageKind::Villagers,
                _ => VillageKind::Like,
            };
            assert_eq!(village.kind, kind, "{}", village.code);
        }
    }

    #[test]
    fn the_county_populations_reach_the_city_up_to_rounding() {
        let sum: u64 = counties().iter().map(|county| county.population).sum();
        assert!(sum.abs_diff(CITY_POPULATION_2020) < 100, "{sum}");
    }

    #[test]
    fn seats_lie_in_their_counties_and_name_a_township() {
        let townships = townships();
        for county in counties() {
            let inside = |low: f64, x: f64, high: f64| low <= x && x <= high;
            assert!(inside(county.min.lon, county.seat.lon, county.max.lon), "{}", county.name);
            assert!(inside(county.min.lat, county.seat.lat, county.max.lat), "{}", county.name);
            if let Some(seat) = county.seat_township {
                assert!(townships.iter().any(|t| t.code == seat && seat / 1_000_000 == county.code));
            }
        }
    }
}
