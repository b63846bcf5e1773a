//! Reads how long ways take, and how long they may be.

use super::Section;
use crate::model::codes::DivisionCode;
use crate::policy::choice::Choice;
use crate::policy::travel::{Roads, Terrain, Travel, UnknownLocation};

pub(super) fn travel(section: &Section<'_>) -> Option<Travel> {
    let own = ["max_minutes", "unknown_location", "unknown_minutes", "mountain_divisions"];
    let known: Vec<&str> = own.into_iter().chain(Terrain::ALL.map(Terrain::key)).collect();
    section.allow_only(&known);
    let roads = Terrain::ALL.map(|terrain| {
        let section = section.section(terrain.key());
        section.allow_only(&["factor_per_mille", "speed_km_h", "fixed_minutes"]);
        Roads {
            factor_per_mille: section.integer("factor_per_mille", 1000, 100_000),
            speed_km_h: section.integer("speed_km_h", 1, 1000),
            fixed_minutes: section.integer("fixed_minutes", 0, 1440),
        }
    });
    let mut mountain_divisions = section.list("mountain_divisions", DivisionCode::parse, "a list of division codes");
    mountain_divisions.sort_unstable();
    mountain_divisions.dedup();
    Some(Travel {
        max_minutes: section.integer("max_minutes", 0, 100_000),
        unknown_minutes: section.integer("unknown_minutes", 0, 100_000),
        unknown_location: section.word(
            "unknown_location",
            UnknownLocation::from_code,
            "same_township, pass or fail",
        )?,
        mountain_divisions,
        roads,
    })
}
