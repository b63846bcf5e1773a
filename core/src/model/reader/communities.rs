//! Reads `communities`.

use super::columns::CommunityColumns;
use super::field::Reading;
use super::index::Index;
use super::number::point;
use crate::model::Community;
use crate::model::codes::DivisionCode;

/// Reads a row whose key is in the index.
pub(super) fn community(
    columns: &CommunityColumns<'_>,
    codes: &Index<'_>,
    row: usize,
    reading: &mut Reading,
) -> Option<Community> {
    let name = columns.name.label(row, reading);
    let urban_rural_class = columns.urban_rural_class.code_or_zero(row, reading);
    let point = point(&columns.lon, &columns.lat, row, reading);
    let pilot = columns.pilot.flag(row, reading).unwrap_or(false);
    Some(Community { code: DivisionCode::parse(codes.text(row))?, name, urban_rural_class, point, pilot })
}
