//! Reads `organizations`.

use super::MAX_PLACES;
use super::columns::OrganizationColumns;
use super::field::Reading;
use super::floor::{check_current, check_floor};
use super::index::Index;
use super::number::point;
use crate::model::{GroupId, Organization};

/// Reads a row.
pub(super) fn organization(
    columns: &OrganizationColumns<'_>,
    ids: &Index<'_>,
    groups: &Index<'_>,
    row: usize,
    reading: &mut Reading,
) -> Option<Organization> {
    let kind = columns.kind.code(row, reading);
    let status = columns.status.code(row, reading);
    let capacity_max = columns.capacity_max.count(row, MAX_PLACES, reading);
    let capacity_current = columns.capacity_current.count(row, MAX_PLACES, reading).unwrap_or(0);
    let capacity_min = columns.capacity_min.count(row, MAX_PLACES, reading).unwrap_or(0);
    check_current(&columns.capacity_current, capacity_current, capacity_max, row, reading);
    check_floor(&columns.capacity_min, capacity_min.into(), capacity_max.map(u64::from), row, reading);
    let direct = columns.direct.flag(row, reading).unwrap_or(false);
    let domains = columns.domains.domains(row, reading).unwrap_or_default();
    let credit_code = columns.credit_code.credit_code(row, reading);
    let compliant = columns.compliant.flag(row, reading);
    let eval_grade = columns.eval_grade.code_or_zero(row, reading);
    let eval_valid_until = columns.eval_valid_until.date(row, reading);
    let minor_check_valid_until = columns.minor_check_valid_until.date(row, reading);
    let service_area = columns.service_area.area(row, reading).unwrap_or_default();
    let group = columns.group_id.reference(row, groups, GroupId::new, reading);
    let point = point(&columns.lon, &columns.lat, row, reading);
    Some(Organization {
        id: ids.text(row).into(),
        kind,
        status,
        capacity_max: capacity_max?,
        capacity_current,
        capacity_min,
        direct,
        domains,
        credit_code,
        compliant,
        eval_grade,
        eval_valid_until,
        minor_check_valid_until,
        service_area,
        group,
        point,
    })
}
