//! Reads `quotas`.

use super::columns::QuotaColumns;
use super::field::{Field, Raw, Reading};
use super::floor::check_floor;
use super::index::Index;
use super::wanted::Wrong;
use super::word::{division_of, plain};
use crate::error::FaultCode;
use crate::model::Quota;

/// Reads a row.
pub(super) fn quota(columns: &QuotaColumns<'_>, ids: &Index<'_>, row: usize, reading: &mut Reading) -> Option<Quota> {
    let area = columns.area.read(row, reading, |raw, scratch| division_of(plain(raw, scratch)?));
    let residence = columns.residence.code(row, reading);
    let client_group = columns.client_group.code(row, reading);
    let domain = columns.domain.code(row, reading);
    let risk = columns.risk.code(row, reading);
    let per_household = columns.per_household.flag(row, reading).unwrap_or(false);
    let floor = columns.floor.whole(row, 0, i64::MAX, reading).map(i64::unsigned_abs);
    let cap = columns.cap.whole(row, 0, i64::MAX, reading).map(i64::unsigned_abs);
    check_floor(&columns.floor, floor.unwrap_or(0), cap, row, reading);
    let is_missing = |field: &Field<'_>| field.column.and_then(|column| Raw::of(column, row)).is_none();
    if is_missing(&columns.floor) && is_missing(&columns.cap) {
        columns.cap.fault(row, reading, Wrong::new(FaultCode::MissingValue, "a floor, a cap, or both"));
    }
    Some(Quota {
        id: ids.text(row).into(),
        area,
        residence,
        client_group,
        domain,
        risk,
        per_household,
        floor: floor.unwrap_or(0),
        cap,
    })
}
