//! Reads `quotas`.

use super::columns::QuotaColumns;
use super::field::{Field, Raw, Reading};
use super::floor::check_floor;
use super::index::Index;
use super::wanted::Wrong;
use super::word::{division_of, plain};
use crate::error::FaultCode;
use crate::model::{Community, Need, Quota};
use crate::policy::Scope;

/// All of something in thousandths.
const FULL: i64 = 1000;

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
    let floor_per_mille = columns.floor_per_mille.whole(row, 0, FULL, reading).unwrap_or(0);
    if per_household && floor_per_mille > 0 {
        let wrong = Wrong::new(FaultCode::OutOfRange, "0 where the bounds are for each household");
        columns.floor_per_mille.fault(row, reading, wrong);
    }
    let is_missing = |field: &Field<'_>| field.column.and_then(|column| Raw::of(column, row)).is_none();
    if [&columns.floor, &columns.floor_per_mille, &columns.cap].into_iter().all(is_missing) {
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
        floor_per_mille: floor_per_mille as u16,
        cap,
    })
}

/// Turns floors that are parts of the needs into numbers: a part of those that the quota is about and that lie in the scope of
/// the run, rounded up. `rows` are in the caller's order.
pub(super) fn count_floors(
    columns: &QuotaColumns<'_>,
    rows: &mut [Quota],
    (needs, communities, scope): (&[Need], &[Community], Scope),
    reading: &mut Reading,
) {
    for (row, quota) in rows.iter_mut().enumerate().filter(|(_, quota)| quota.floor_per_mille > 0) {
        let is_about = |need: &&Need| {
            let community = &communities[need.community.index()];
            scope.holds(need, community) && quota.covers(need, community)
        };
        let n_needs = needs.iter().filter(is_about).count() as u64;
        quota.floor = quota.floor.max((n_needs * u64::from(quota.floor_per_mille)).div_ceil(FULL.unsigned_abs()));
        check_floor(&columns.floor_per_mille, quota.floor, quota.cap, row, reading);
    }
}
